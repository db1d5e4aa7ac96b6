//! Writes services and entries as the TOML of a catalog.

use std::fmt::Write as _;

use super::entries::Contents;
use super::rules;
use crate::hidden::is_hidden;

const HEAD: &str = "\
# Imported from a documentation page. Category and action are filled in by rule:
# read them over.
";

/// The TOML of a catalog of a page of this day. It holds no character that a terminal
/// does not show.
pub fn toml(catalog: &Contents, updated: &str) -> String {
    let mut toml = HEAD.to_owned();
    for service in &catalog.services {
        toml.push_str("\n[[service]]\n");
        field(&mut toml, "name", &service.name);
        field(&mut toml, "title", &service.name);
        field(&mut toml, "url", "unknown");
        field(&mut toml, "updated", updated);
        let mut names: Vec<String> = Vec::new();
        for status in &service.statuses {
            let category = quoted(rules::category(*status));
            if !names.contains(&category) {
                names.push(category);
            }
        }
        line(&mut toml, "categories", &format!("[{}]", names.join(", ")));
        if service.has_variants {
            line(&mut toml, "variants", "true");
        }
    }
    for entry in &catalog.entries {
        toml.push_str("\n[[entry]]\n");
        field(&mut toml, "code", &entry.code);
        line(&mut toml, "status", &entry.status.to_string());
        field(&mut toml, "message", &entry.row.message);
        field(&mut toml, "description", &entry.row.description);
        field(&mut toml, "solution", &entry.row.solution);
        field(&mut toml, "category", rules::category(entry.status));
        field(
            &mut toml,
            "action",
            rules::action(entry.status, entry.row).name(),
        );
    }
    toml
}

fn field(toml: &mut String, name: &str, text: &str) {
    line(toml, name, &quoted(text));
}

fn line(toml: &mut String, name: &str, value: &str) {
    writeln!(toml, "{name} = {value}").expect("a String takes every write");
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
