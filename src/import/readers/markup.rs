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
        let lines = lines.map(|line| {
            if self == Syntax::Markdown {
                return line.into();
            }
            let directive = line
                .strip_prefix(".. ")
                .and_then(|line| line.split_once("::"));
            let text = directive.map_or(line, |(_, text)| text.trim_start());
            if let Some(item) = text.strip_prefix("#. ") {
                number += 1;
                return format!("{number}. {item}").into();
            }
            let text = if text == "|" { "" } else { text };
            text.strip_prefix("| ").unwrap_or(text).into()
        });
        let lines: Vec<Cow<'_, str>> = lines.collect();
        self.plain(&lines.join(" "))
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
        while let Some(c) = self.markup[self.at..].chars().next() {
            let mark = self.closing.remove(&self.at).or_else(|| match c {
                '\\' => self.escape(),
                '`' => self.code(),
                ':' if self.syntax == Syntax::ReStructuredText => self.role(),
                '*' => self.emphasis("*"),
                '_' if self.syntax == Syntax::Markdown => self.emphasis("_"),
                '[' | '!' => self.link(),
                _ => None,
            });
            if let Some(length) = mark {
                self.at += length;
                continue;
            }
            self.at += c.len_utf8();
            // An element that nothing closes is none.
            if c == '<' && self.at > self.last_angle {
                self.literal("<");
            } else {
                self.text.push(c);
            }
        }
    }

    /// The text from here on that a construct may take.
    fn ahead(&self) -> &'m str {
        start_of(&self.markup[self.at..], MAX_LENGTH)
    }

    /// Adds a text that has no markup.
    fn literal(&mut self, text: &str) {
        match self.syntax {
            Syntax::Markdown => {
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                self.text.push_str(&text);
            }
            Syntax::ReStructuredText => self.text.push_str(text),
        }
    }

    fn escape(&mut self) -> Option<usize> {
        let escaped = self.ahead()[1..].chars().next();
        match (self.syntax, escaped) {
            (Syntax::ReStructuredText, Some(c)) if c.is_whitespace() => {}
            (Syntax::Markdown, Some(c)) if c.is_whitespace() => self.text.push(' '),
            (Syntax::Markdown, None) => return Some(1),
            (Syntax::Markdown, Some(c)) if !c.is_ascii_punctuation() => return None,
            (_, c) => self.literal(c?.encode_utf8(&mut [0; 4])),
        }
        Some(1 + escaped.map_or(0, char::len_utf8))
    }

    /// Text between backticks; of reStructuredText with the target of a reference.
    fn code(&mut self) -> Option<usize> {
        let ahead = self.ahead();
        let inside = ahead.trim_start_matches('`');
        let marks = ahead.len() - inside.len();
        let (marks, inside) = if self.syntax == Syntax::Markdown || marks < 3 {
            (marks, inside)
        } else {
            (2, &ahead[2..])
        };
        let is_escaped = |end: &usize| {
            let before = &inside[..*end];
            let escapes = before.len() - before.trim_end_matches('\\').len();
            self.syntax == Syntax::ReStructuredText && marks == 1 && escapes % 2 == 1
        };
        let mut ends = inside.match_indices(&ahead[..marks]).map(|(end, _)| end);
        let end = ends.find(|end| !is_escaped(end))?;
        let text = &inside[..end];
        let length = marks + end + marks;
        if self.syntax == Syntax::Markdown {
            self.literal(text.replace("\\|", "|").trim());
        } else if marks == 2 {
            self.literal(text);
        } else {
            let label = text.split_once(" <").filter(|_| text.ends_with('>'));
            let label = label.map_or(text, |(label, _)| label).replace("\\\\", "\0");
            self.text
                .push_str(&label.replace('\\', "").replace('\0', "\\"));
            let rest = &ahead[length..];
            return Some(length + rest.len() - rest.trim_start_matches('_').len());
        }
        Some(length)
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
        let mut around = [
            self.markup[..self.at].chars().next_back(),
            inside[end + marks.len()..].chars().next(),
        ]
        .into_iter()
        .flatten();
        let is_inside_word = around.any(|c| c.is_ascii_alphanumeric() || mark.contains(c));
        if text.is_empty() || text.trim() != text || is_inside_word {
            return None;
        }
        let close = self.at + marks.len() + end;
        self.closing.insert(close, marks.len());
        Some(marks.len())
    }

    /// A link or an image of Markdown, or a reference to a footnote.
    fn link(&mut self) -> Option<usize> {
        let ahead = self.ahead();
        let link = ahead.trim_start_matches('!');
        let image_mark = ahead.len() - link.len();
        let label_end = link.find(']')?;
        let label = link[..label_end].strip_prefix('[')?;
        let after = &link[label_end..];
        match self.syntax {
            Syntax::ReStructuredText => {
                let is_footnote = image_mark == 0 && after.starts_with("]_");
                is_footnote.then_some(label_end + 2)
            }
            Syntax::Markdown if label.starts_with('^') => Some(image_mark + label_end + 1),
            Syntax::Markdown => {
                let address = after.strip_prefix("](")?;
                let end = address.find(')')?;
                if image_mark > 1 || label.contains('[') {
                    return None;
                }
                let start = self.at + image_mark;
                self.closing.insert(start + label_end, 2 + end + 1);
                Some(image_mark + 1)
            }
        }
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
