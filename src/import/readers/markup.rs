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
            let marked = || self.marked(c, before, ahead, depth + 1);
            let marked = may_be_marked.then(marked).flatten();
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
            '*' => self.emphasis('*', before, ahead, depth),
            '_' if is_markdown => self.emphasis('_', before, ahead, depth),
            '`' if is_markdown => {
                let inside = ahead.trim_start_matches('`');
                let marks = ahead.len() - inside.len();
                let end = inside.find(&ahead[..marks])?;
                let text = inside[..end].trim().replace("\\|", "|");
                Some((marks + end + marks, text.into()))
            }
            '`' => self.reference(ahead, depth),
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
                let entity = start_of(ahead, MAX_ENTITY_LENGTH);
                let entity = &entity[..=entity.find(';')?];
                Some((entity.len(), html::entity(entity)?.into()))
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
        let is_markdown = self == Syntax::Markdown;
        let escaped = ahead[1..].chars().next().unwrap_or(' ');
        let text = start_of(&ahead[1..], escaped.len_utf8());
        match escaped {
            _ if escaped.is_whitespace() && !is_markdown => Some((1 + text.len(), "".into())),
            _ if is_markdown && !escaped.is_ascii_punctuation() && escaped != ' ' => None,
            _ => Some((1 + text.len(), text.into())),
        }
    }

    /// Marks around a text that starts and ends without spaces, and outside of words.
    fn emphasis<'m>(self, c: char, before: &str, ahead: &'m str, depth: usize) -> Marked<'m> {
        let inside = ahead.trim_start_matches(c);
        let marks = &ahead[..ahead.len() - inside.len()];
        let (text, after) = inside.split_once(marks)?;
        let mut around = before
            .chars()
            .next_back()
            .into_iter()
            .chain(after.chars().next());
        let is_inside_word = around.any(|other| other.is_ascii_alphanumeric() || other == c);
        let is_trimmed = !text.is_empty() && text.trim() == text;
        let is_emphasised = is_trimmed && !is_inside_word && marks.len() <= MAX_MARKS;
        let length = 2 * marks.len() + text.len();
        is_emphasised.then(|| (length, self.plain(text, depth).into()))
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

    /// Text of reStructuredText between two backticks, or one with the target of a
    /// reference.
    fn reference(self, ahead: &str, depth: usize) -> Marked<'_> {
        if let Some(inside) = ahead.strip_prefix("``") {
            let end = inside.find("``")?;
            return Some((end + 4, inside[..end].into()));
        }
        let mut backticks = ahead.match_indices('`').skip(1).map(|(at, _)| at);
        let end = backticks.find(|at| !ahead[..*at].ends_with('\\'))?;
        let (text, rest) = (&ahead[1..end], &ahead[end + 1..]);
        let label = text.split_once(" <").filter(|_| text.ends_with('>'));
        let label = label.map_or(text, |(label, _)| label);
        let marks = rest.len() - rest.trim_start_matches('_').len();
        Some((end + 1 + marks, self.plain(label, depth).into()))
    }
}
