//! Removes the markup in a text: emphasis, links, code, escapes, footnotes.

use std::borrow::Cow;

use super::{asciidoc, html};
use crate::substrings::start_of;

/// The most bytes of an emphasised text, a link and so on. This limit keeps marks that nothing
/// closes cheap.
const MAX_MARKED: usize = 1000;
/// The most bytes of an entity such as `&lt;`.
const MAX_ENTITY_LENGTH: usize = 32;
/// The most marks before an emphasised text.
const MAX_MARKS: usize = 3;
/// Marks around a code, which are removed to find out what a raised text after it means.
const EMPHASIS: [char; 3] = ['*', '_', '`'];
/// What begins a raised text in reStructuredText.
const RAISED_OF_RST: &str = ":sup:`";
/// The most marked texts inside one another.
const MAX_NESTED_MARKS: usize = 4;

/// How a page marks texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    AsciiDoc,
    Markdown,
    ReStructuredText,
}

/// What to write for the marked text at the start of a text, and what comes after it.
type Marked<'m> = Option<(Cow<'m, str>, &'m str)>;

impl Syntax {
    /// The syntax of a page. Only reStructuredText has directives and explicit targets.
    pub(super) fn of(page: &str) -> Self {
        let is_directive = |line: &str| {
            let marked = line.trim_start().strip_prefix(".. ");
            marked.is_some_and(|text| text.contains("::") || text.starts_with('_'))
        };
        if page.contains(":ref:`") || page.lines().any(is_directive) {
            Syntax::ReStructuredText
        } else if page.lines().any(asciidoc::is_fence) {
            Syntax::AsciiDoc
        } else {
            Syntax::Markdown
        }
    }

    /// Joins the lines of a cell to a text without markup. In reStructuredText, removes the marks
    /// of directives and of line blocks (`| `) and numbers the items marked `#.`, too.
    pub(super) fn plain_lines(self, lines: &str) -> String {
        let mut number = 0;
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| -> Cow<'_, str> {
            if self != Syntax::ReStructuredText {
                return line.into();
            }
            let directive = line.strip_prefix(".. ").and_then(|it| it.split_once("::"));
            let text = directive.map_or(line, |(_, text)| text.trim_start());
            number += usize::from(text.starts_with("#. "));
            match text.split_once(' ') {
                Some(("#.", item)) => format!("{number}. {item}").into(),
                Some(("|", line)) => line.into(),
                _ => text.into(),
            }
        });
        self.plain(&lines.collect::<Vec<_>>().join(" "), 0)
    }

    /// The text without its markup. `depth` is the number of marked texts around it.
    fn plain(self, markup: &str, depth: usize) -> String {
        let mut text = String::with_capacity(markup.len());
        let mut at = 0;
        while let Some(c) = markup[at..].chars().next() {
            let (before, ahead) = (&markup[..at], start_of(&markup[at..], MAX_MARKED));
            let may_be_marked = depth < MAX_NESTED_MARKS;
            let marked = may_be_marked.then(|| self.marked(c, before, ahead, depth + 1)).flatten();
            let (first, rest) = ahead.split_at(c.len_utf8());
            let (says, after) = marked.unwrap_or((first.into(), rest));
            text.push_str(&says);
            at += ahead.len() - after.len();
        }
        text
    }

    fn marked<'m>(self, first: char, before: &str, ahead: &'m str, depth: usize) -> Marked<'m> {
        let is_rst = self == Syntax::ReStructuredText;
        match first {
            '\\' => self.escape(ahead),
            '`' => self.backticks(ahead, depth),
            '*' => self.emphasis(first, before, ahead, depth),
            '_' if !is_rst => self.emphasis(first, before, ahead, depth),
            // Drops a text that is struck out.
            '~' if !is_rst && ahead.starts_with("~~") && !ahead.starts_with("~~~") => {
                let (_, after) = self.emphasis(first, before, ahead, depth)?;
                Some(("".into(), after))
            }
            '!' | '[' if !is_rst => self.link(ahead, depth),
            '[' => Some(("".into(), ahead.split_once(']')?.1.strip_prefix('_')?)),
            'f' | 'l' | 'x' if self == Syntax::AsciiDoc => link_of_asciidoc(ahead),
            '<' if self == Syntax::AsciiDoc && ahead.starts_with("<<") => {
                let (target, after) = ahead[2..].split_once(">>")?;
                let label = target.split_once(',').map_or(target, |(_, label)| label);
                Some((label.into(), after))
            }
            '<' if !is_rst => {
                let (tag, after) = ahead.split_once('>')?;
                let end_of_sup = || after.to_ascii_lowercase().find("</sup");
                if let Some(end) = html::is_sup(tag).then(end_of_sup).flatten() {
                    let (text, end) = after.split_at(end);
                    return Some((self.raised(text, before, depth), end.split_once('>')?.1));
                }
                Some((html::element(tag)?.into(), after))
            }
            '&' if !is_rst => {
                let end = start_of(ahead, MAX_ENTITY_LENGTH).find(';')? + 1;
                Some((html::entity(&ahead[..end])?.into(), &ahead[end..]))
            }
            ':' if is_rst && ahead.starts_with(RAISED_OF_RST) => {
                let (text, after) = ahead[RAISED_OF_RST.len()..].split_once('`')?;
                Some((self.raised(text, before, depth), after))
            }
            // A role such as `:ref:` before a text in backticks.
            ':' if is_rst => {
                let (name, _) = ahead[1..].split_once(":`")?;
                let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:+".contains(c);
                let is_role = !name.is_empty() && name.chars().all(is_name);
                is_role.then(|| ("".into(), &ahead[name.len() + 2..]))
            }
            _ => None,
        }
    }

    /// What to write for a raised text after `before`.
    fn raised(self, markup: &str, before: &str, depth: usize) -> Cow<'static, str> {
        let before = before.strip_suffix("\\ ").unwrap_or(before).trim_matches(EMPHASIS);
        html::raised(&self.plain(markup, depth), before).into()
    }

    fn escape(self, ahead: &str) -> Marked<'_> {
        let escaped = ahead[1..].chars().next().map_or(0, char::len_utf8);
        let (escaped, after) = ahead[1..].split_at(escaped);
        let is_mark = |c: char| c.is_ascii_punctuation() || c == ' ';
        match self {
            Syntax::ReStructuredText if escaped.trim().is_empty() => Some(("".into(), after)),
            Syntax::Markdown | Syntax::AsciiDoc if !escaped.chars().all(is_mark) => None,
            _ => Some((escaped.into(), after)),
        }
    }

    /// The text between marks of emphasis, if it starts and ends without spaces and the marks are
    /// not inside a word.
    fn emphasis<'m>(self, c: char, before: &str, ahead: &'m str, depth: usize) -> Marked<'m> {
        let (marks, text, after) = self.between(c, ahead)?;
        let mut around = before.chars().rev().take(1).chain(after.chars().take(1));
        let is_inside_word = around.any(|other| other.is_ascii_alphanumeric() || other == c);
        let is_trimmed = !text.is_empty() && text.trim() == text;
        let is_emphasised = is_trimmed && !is_inside_word && marks <= MAX_MARKS;
        is_emphasised.then(|| (self.plain(text, depth).into(), after))
    }

    /// The text between backticks: code, or in reStructuredText a reference without its target.
    fn backticks(self, ahead: &str, depth: usize) -> Marked<'_> {
        let (marks, text, after) = self.between('`', ahead)?;
        Some(match self {
            Syntax::Markdown | Syntax::AsciiDoc => (text.trim().replace("\\|", "|").into(), after),
            Syntax::ReStructuredText if marks > 1 => (text.into(), after),
            Syntax::ReStructuredText => {
                let label = text.split_once(" <").filter(|_| text.ends_with('>'));
                let label = label.map_or(text, |(label, _)| label);
                (self.plain(label, depth).into(), after.trim_start_matches('_'))
            }
        })
    }

    /// The label of a link or an image of Markdown, or nothing for a footnote.
    fn link(self, ahead: &str, depth: usize) -> Marked<'_> {
        let link = ahead.strip_prefix('!').unwrap_or(ahead).strip_prefix('[')?;
        let (label, after) = link.split_once(']')?;
        if label.starts_with('^') {
            return Some(("".into(), after));
        }
        let address = after.strip_prefix('(').filter(|_| !label.contains('['))?;
        Some((self.plain(label, depth).into(), address.split_once(')')?.1))
    }

    /// Finds the text between the marks at the start of `ahead` and as many marks after it. Returns
    /// the number of marks, the text, and what comes after.
    fn between(self, mark: char, ahead: &str) -> Option<(usize, &str, &str)> {
        let inside = ahead.trim_start_matches(mark);
        let marks = ahead.len() - inside.len();
        let has_escapes = mark != '`' || self == Syntax::ReStructuredText && marks == 1;
        let mut ends = inside.match_indices(&ahead[..marks]).map(|(at, _)| at);
        let end = ends.find(|at| !(has_escapes && inside[..*at].ends_with('\\')))?;
        Some((marks, &inside[..end], &inside[end + marks..]))
    }
}

/// What to write for a footnote or a link of `AsciiDoc`: nothing, or the label.
fn link_of_asciidoc(ahead: &str) -> Marked<'_> {
    let named = |name: &str| Some((name == "footnote:", ahead.strip_prefix(name)?));
    let (is_footnote, after) = ["footnote:", "link:", "xref:"].into_iter().find_map(named)?;
    let (target, after) = after.split_once('[')?;
    let (label, after) = after.split_once(']')?;
    let label = if is_footnote { "" } else { label };
    (!target.contains(' ')).then(|| (label.into(), after))
}
