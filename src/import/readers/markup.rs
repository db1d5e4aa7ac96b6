//! What stands in the middle of a text: emphasis, links, code, escapes, footnotes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::html::without_elements;
use crate::message::start_of;

/// Bytes of an emphasised text, a link, ..., so that marks that nothing closes cost
/// little.
const MAX_LENGTH: usize = 1000;

/// Marks before an emphasised text.
const MAX_MARKS: usize = 3;

/// How a page marks texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Markdown,
    ReStructuredText,
}

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
            match text.split_once(' ').unwrap_or((text, "")) {
                ("#.", item) => {
                    number += 1;
                    format!("{number}. {item}").into()
                }
                ("|", line) => line.into(),
                _ => text.into(),
            }
        });
        self.plain(&lines.collect::<Vec<_>>().join(" "))
    }

    /// A text without its markup.
    pub fn plain(self, markup: &str) -> String {
        let mut scanner = Scanner {
            markup,
            syntax: self,
            at: 0,
            last_angle: markup.rfind('>').unwrap_or(0),
            closing: BTreeMap::new(),
            text: String::new(),
        };
        scanner.scan();
        match self {
            Syntax::Markdown => without_elements(&scanner.text),
            Syntax::ReStructuredText => scanner.text,
        }
    }
}

struct Scanner<'m> {
    markup: &'m str,
    syntax: Syntax,
    at: usize,
    /// The last place where an element may end.
    last_angle: usize,
    /// Where markup that was opened is closed, and how long that mark is.
    closing: BTreeMap<usize, usize>,
    /// What was read. Of Markdown it is still HTML.
    text: String,
}

impl<'m> Scanner<'m> {
    fn scan(&mut self) {
        let is_markdown = self.syntax == Syntax::Markdown;
        while let Some(c) = self.markup[self.at..].chars().next() {
            let mark = self.closing.remove(&self.at).or_else(|| match c {
                '\\' => self.escape(),
                '`' if is_markdown => self.code(),
                '`' => self.literal_or_reference(),
                ':' if !is_markdown => self.role(),
                '*' => self.emphasis("*"),
                '_' if is_markdown => self.emphasis("_"),
                '!' | '[' if is_markdown => self.link(),
                '[' => self.footnote(),
                // An element that nothing closes is none.
                '<' if self.at > self.last_angle => Some(self.literal("<", 1)),
                _ => None,
            });
            self.at += mark.unwrap_or_else(|| {
                self.text.push(c);
                c.len_utf8()
            });
        }
    }

    /// The text from here on that a construct may take.
    fn ahead(&self) -> &'m str {
        start_of(&self.markup[self.at..], MAX_LENGTH)
    }

    /// Adds a text that has no markup in place of so many bytes.
    fn literal(&mut self, text: &str, length: usize) -> usize {
        let is_html = self.syntax == Syntax::Markdown;
        let escaped = is_html.then(|| text.replace('&', "&amp;").replace('<', "&lt;"));
        self.text.push_str(escaped.as_deref().unwrap_or(text));
        length
    }

    fn escape(&mut self) -> Option<usize> {
        let is_markdown = self.syntax == Syntax::Markdown;
        let Some(escaped) = self.ahead()[1..].chars().next() else {
            return is_markdown.then_some(1);
        };
        let length = 1 + escaped.len_utf8();
        match escaped {
            ' ' if is_markdown => Some(self.literal(" ", length)),
            _ if escaped.is_whitespace() => Some(length),
            _ if is_markdown && !escaped.is_ascii_punctuation() => None,
            _ => Some(self.literal(escaped.encode_utf8(&mut [0; 4]), length)),
        }
    }

    /// Text of Markdown between backticks.
    fn code(&mut self) -> Option<usize> {
        let ahead = self.ahead();
        let inside = ahead.trim_start_matches('`');
        let marks = ahead.len() - inside.len();
        let end = inside.find(&ahead[..marks])?;
        let text = inside[..end].replace("\\|", "|");
        Some(self.literal(text.trim(), marks + end + marks))
    }

    /// Text of reStructuredText between two backticks, or one with the target of a
    /// reference.
    fn literal_or_reference(&mut self) -> Option<usize> {
        let ahead = self.ahead();
        if let Some(inside) = ahead.strip_prefix("``") {
            let end = inside.find("``")?;
            return Some(self.literal(&inside[..end], end + 4));
        }
        let mut is_escaped = false;
        let end = ahead[1..].find(|c| {
            let ends = c == '`' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        })?;
        let (text, rest) = (&ahead[1..=end], &ahead[end + 2..]);
        let label = text.split_once(" <").filter(|_| text.ends_with('>'));
        let label = label.map_or(text, |(label, _)| label).replace("\\\\", "\0");
        let marks = rest.len() - rest.trim_start_matches('_').len();
        let label = label.replace('\\', "").replace('\0', "\\");
        Some(self.literal(&label, end + 2 + marks))
    }

    /// A role such as `:ref:` before a text in backticks.
    fn role(&mut self) -> Option<usize> {
        let name = &self.ahead()[1..];
        let end = name.find(":`")?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:+".contains(c);
        (end > 0 && name[..end].chars().all(is_name)).then_some(end + 2)
    }

    /// Marks around a text that starts and ends without spaces, and outside of words.
    fn emphasis(&mut self, mark: &str) -> Option<usize> {
        let ahead = self.ahead();
        let marks = ahead.len() - ahead.trim_start_matches(mark).len();
        let (marks, inside) = ahead.split_at(marks);
        if marks.len() > MAX_MARKS {
            return None;
        }
        let end = inside.find(marks)?;
        let text = &inside[..end];
        let before = self.markup[..self.at].chars().next_back();
        let after = inside[end + marks.len()..].chars().next();
        let mut around = before.into_iter().chain(after);
        let is_inside_word = around.any(|c| c.is_ascii_alphanumeric() || mark.contains(c));
        if text.is_empty() || text.trim() != text || is_inside_word {
            return None;
        }
        let close = self.at + marks.len() + end;
        self.closing.insert(close, marks.len());
        Some(marks.len())
    }

    /// A link, an image or a footnote of Markdown.
    fn link(&mut self) -> Option<usize> {
        let ahead = self.ahead();
        let mark = if ahead.starts_with('!') { 2 } else { 1 };
        let end = ahead.find(']')?;
        let label = ahead[mark - 1..end].strip_prefix('[')?;
        if label.starts_with('^') {
            return Some(end + 1);
        }
        let address = ahead[end..]
            .strip_prefix("](")
            .filter(|_| !label.contains('['))?;
        self.closing.insert(self.at + end, address.find(')')? + 3);
        Some(mark)
    }

    /// A reference to a footnote of reStructuredText.
    fn footnote(&mut self) -> Option<usize> {
        let (label, after) = self.ahead().split_once(']')?;
        after.starts_with('_').then_some(label.len() + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_plain(markup: &str, text: &str) {
        assert_eq!(Syntax::Markdown.plain(markup), text, "{markup}");
    }

    #[test]
    fn markup_is_taken_off() {
        assert_plain(
            "**IAM.0001** `a*b*` *c*, **_d_** _Guide_",
            "IAM.0001 a*b* c, d Guide",
        );
        assert_plain("[IAM.0003](#x \"y\") ![icon](i.png)[^2]", "IAM.0003 icon");
        assert_plain("[**Guide**](g.md)", "Guide");
        assert_plain("4.<br />Then<BR>go. <b>now</b>", "4. Then go. now");
        assert_plain(
            "a &lt; b &amp; c &#124; e &#x7c; `&lt;`",
            "a < b & c | e | &lt;",
        );
        assert_plain(r"a\_b \* \\ `c\|d` \<p\>", r"a_b * \ c|d <p>");
    }

    #[test]
    fn what_is_no_markup_stays() {
        for text in [
            "2 * 3 * 4",
            "a*b*c",
            "**",
            "`open",
            "[a] (b)",
            "<name> is XXX",
            "a < b",
            "a <name",
            "${name} {0} %s snake_case_name __x",
            "& co",
            "C:\\dir",
        ] {
            assert_plain(text, text);
        }
    }

    #[test]
    fn restructuredtext_has_roles_references_and_footnotes() {
        let plain = |markup| Syntax::ReStructuredText.plain(markup);
        assert_eq!(
            plain(":ref:`Table 1 <t1>` [2]_ and `a <b>`__"),
            "Table 1  and a"
        );
        assert_eq!(
            plain(r"``a\b`` *c*\ **d** \*e\* [a-z](1) &lt; _x_"),
            r"a\b cd *e* [a-z](1) &lt; _x_"
        );
        assert_eq!(plain("a: b: `c`"), "a: b: c");
    }
}
