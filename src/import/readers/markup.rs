//! What stands in the middle of a text: emphasis, links, code, escapes, footnotes.

use std::borrow::Cow;

use super::html;
use crate::message::start_of;

/// Bytes of an emphasised text, a link, ..., so that marks that nothing closes cost
/// little.
const MAX_LENGTH: usize = 1000;
/// Bytes of an entity such as `&lt;`.
const MAX_ENTITY_LENGTH: usize = 32;
/// Marks before an emphasised text.
const MAX_MARKS: usize = 3;
/// Marked texts inside of one another.
const MAX_DEPTH: usize = 4;

/// How a page marks texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Markdown,
    ReStructuredText,
}

/// Something marked at the start of a text: how many bytes it takes, and what it says.
type Marked<'m> = Option<(usize, Cow<'m, str>)>;

impl Syntax {
    /// The syntax of a page. Only reStructuredText has directives and explicit targets.
    pub fn of(page: &str) -> Self {
        let is_directive = |line: &str| {
            let marked = line.trim_start().strip_prefix(".. ");
            marked.is_some_and(|text| text.contains("::") || text.starts_with('_'))
        };
        if page.contains(":ref:`") || page.lines().any(is_directive) {
            Syntax::ReStructuredText
        } else {
            Syntax::Markdown
        }
    }

    /// Lines of a cell as a text without its markup: neither the marks of directives
    /// nor those of lines that are to stay lines.
    pub fn plain_lines(self, lines: &str) -> String {
        let mut number = 0;
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| -> Cow<'_, str> {
            if self == Syntax::Markdown {
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

    /// A text without its markup, inside of so many marks.
    fn plain(self, markup: &str, depth: usize) -> String {
        let mut text = String::with_capacity(markup.len());
        let mut at = 0;
        while let Some(c) = markup[at..].chars().next() {
            let (before, ahead) = (&markup[..at], start_of(&markup[at..], MAX_LENGTH));
            let may_be_marked = depth < MAX_DEPTH && !c.is_alphanumeric();
            let marked = may_be_marked.then(|| self.marked(c, before, ahead, depth + 1)).flatten();
            let (length, says) = marked.unwrap_or((c.len_utf8(), ahead[..c.len_utf8()].into()));
            text.push_str(&says);
            at += length;
        }
        text
    }

    fn marked<'m>(self, first: char, before: &str, ahead: &'m str, depth: usize) -> Marked<'m> {
        let is_markdown = self == Syntax::Markdown;
        match first {
            '\\' => self.escape(ahead),
            '`' => self.backticks(ahead, depth),
            '*' => self.emphasis(first, before, ahead, depth),
            '_' if is_markdown => self.emphasis(first, before, ahead, depth),
            '!' | '[' if is_markdown => self.link(ahead, depth),
            '[' => {
                let (label, after) = ahead.split_once(']')?;
                after.starts_with('_').then(|| (label.len() + 2, "".into()))
            }
            '<' if is_markdown => {
                let tag = &ahead[..=ahead.find('>')?];
                Some((tag.len(), html::element(tag)?.into()))
            }
            '&' if is_markdown => {
                let (entity, _) = start_of(ahead, MAX_ENTITY_LENGTH).split_once(';')?;
                Some((entity.len() + 1, html::entity(&ahead[..=entity.len()])?.into()))
            }
            // A role such as `:ref:` before a text in backticks.
            ':' if !is_markdown => {
                let (name, _) = ahead[1..].split_once(":`")?;
                let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:+".contains(c);
                (!name.is_empty() && name.chars().all(is_name)).then(|| (name.len() + 2, "".into()))
            }
            _ => None,
        }
    }

    fn escape(self, ahead: &str) -> Marked<'_> {
        let escaped = ahead[1..].chars().next().unwrap_or(' ');
        let length = 1 + start_of(&ahead[1..], escaped.len_utf8()).len();
        match self {
            Syntax::ReStructuredText if escaped.is_whitespace() => Some((length, "".into())),
            Syntax::Markdown if !escaped.is_ascii_punctuation() && escaped != ' ' => None,
            _ => Some((length, ahead[1..length].into())),
        }
    }

    /// Marks around a text that starts and ends without spaces, and outside of words.
    fn emphasis<'m>(self, c: char, before: &str, ahead: &'m str, depth: usize) -> Marked<'m> {
        let (marks, text, after) = self.between(c, ahead)?;
        let mut around = before.chars().rev().take(1).chain(after.chars().take(1));
        let is_inside_word = around.any(|other| other.is_ascii_alphanumeric() || other == c);
        let is_trimmed = !text.is_empty() && text.trim() == text;
        let is_emphasised = is_trimmed && !is_inside_word && marks <= MAX_MARKS;
        is_emphasised.then(|| (2 * marks + text.len(), self.plain(text, depth).into()))
    }

    /// Code, or text with the target of a reference.
    fn backticks(self, ahead: &str, depth: usize) -> Marked<'_> {
        let (marks, text, after) = self.between('`', ahead)?;
        let length = 2 * marks + text.len();
        if self == Syntax::Markdown {
            return Some((length, text.trim().replace("\\|", "|").into()));
        }
        if marks > 1 {
            return Some((length, text.into()));
        }
        let label = text.split_once(" <").filter(|_| text.ends_with('>'));
        let label = label.map_or(text, |(label, _)| label);
        let marks = after.len() - after.trim_start_matches('_').len();
        Some((length + marks, self.plain(label, depth).into()))
    }

    /// A link, an image or a footnote of Markdown.
    fn link(self, ahead: &str, depth: usize) -> Marked<'_> {
        let link = ahead.strip_prefix('!').unwrap_or(ahead).strip_prefix('[')?;
        let (label, after) = link.split_once(']')?;
        let start = ahead.len() - link.len() + label.len() + 1;
        if label.starts_with('^') {
            return Some((start, "".into()));
        }
        let address = after.strip_prefix('(').filter(|_| !label.contains('['))?;
        let length = start + address.find(')')? + 2;
        Some((length, self.plain(label, depth).into()))
    }

    /// A text between the marks at the start of another and as many of them, how many these
    /// are, and what comes after.
    fn between(self, mark: char, ahead: &str) -> Option<(usize, &str, &str)> {
        let inside = ahead.trim_start_matches(mark);
        let marks = ahead.len() - inside.len();
        let has_escapes = mark != '`' || self == Syntax::ReStructuredText && marks == 1;
        let mut ends = inside.match_indices(&ahead[..marks]).map(|(at, _)| at);
        let end = ends.find(|at| !(has_escapes && inside[..*at].ends_with('\\')))?;
        Some((marks, &inside[..end], &inside[end + marks..]))
    }
}
