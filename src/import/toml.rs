//! Writes services and entries as the TOML of a catalog.

use std::fmt::Write as _;

use super::entries::{Contents, PageEntry};
use super::rules;
use crate::hidden::is_hidden;

const HEAD: &str = "\
# Imported from a documentation page. Category and action are filled in by rule:
# read them over.
";

/// The TOML of a catalog of a page of this day; empty without entries. It holds no character that a terminal
/// does not show.
pub fn toml(catalog: &Contents, updated: &str) -> String {
    if catalog.entries.is_empty() {
        return String::new();
    }
    let mut toml = HEAD.to_owned();
    for service in &catalog.services {
        let name = quoted(&service.name);
        let categories = &service.categories;
        write!(
            toml,
            "\n[[service]]\nname = {name}\ntitle = {name}\nurl = \"unknown\"\n\
             updated = \"{updated}\"\ncategories = {categories:?}\n"
        )
        .expect("a String takes every write");
        if service.has_variants {
            toml += "variants = true\n";
        }
    }
    for PageEntry { code, status, row } in &catalog.entries {
        let texts = [&row.message, &row.description, &row.solution];
        let [message, description, solution] = texts.map(|text| quoted(text));
        let category = rules::category(*status);
        let action = rules::action(*status, row).name();
        write!(
            toml,
            "\n[[entry]]\ncode = \"{code}\"\nstatus = {status}\nmessage = {message}\n\
             description = {description}\nsolution = {solution}\n\
             category = \"{category}\"\naction = \"{action}\"\n"
        )
        .expect("a String takes every write");
    }
    toml
}

/// A TOML string, with escapes for what a terminal does not show.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        let is_shown = c == ' ' || !(c.is_whitespace() || is_hidden(c));
        let code = u32::from(c);
        let written = match c {
            '"' | '\\' => write!(quoted, "\\{c}"),
            '\n' => write!(quoted, "\\n"),
            '\t' => write!(quoted, "\\t"),
            _ if is_shown => write!(quoted, "{c}"),
            _ if code <= 0xffff => write!(quoted, "\\u{code:04x}"),
            _ => write!(quoted, "\\U{code:08x}"),
        };
        written.expect("a String takes every write");
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_does_not_show_is_escaped() {
        let text = "a\"b\\c\n\t\u{7f}\u{9b}\u{202e}\u{200b}\u{e0041}\u{3164}\u{a0}é 错误 😀";
        let written = quoted(text);
        assert_eq!(
            written,
            "\"a\\\"b\\\\c\\n\\t\\u007f\\u009b\\u202e\\u200b\\U000e0041\\u3164\\u00a0é 错误 😀\""
        );
        let read: toml::Table = toml::from_str(&format!("text = {written}")).unwrap();
        assert_eq!(read["text"].as_str(), Some(text));
    }
}
