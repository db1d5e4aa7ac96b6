//! Resolves quotes, brackets, spaces and line ends that a tool has written in another way: as
//! entities and tags of HTML, as `%22` in an address, doubled as in CSV, typographic as in a chat,
//! as numbers in the logs of nginx (`\x22`) and rsyslog (`#012`), behind a bar as in `TeamCity`.
//! Terminal sequences are taken out earlier, in `crate::bytes_to_text`; escapes within a value
//! later, in `values::decoded`. Where a string ends is decided in `Scanner::string_end`, in `tree`.

use memchr::memchr;

use super::html_layout;
use crate::string_escapes::escape;
use crate::substrings::has_any;

/// One kind of escape.
pub(crate) struct Escape {
    /// Whether a text has signs of such escapes.
    is_in: fn(&str) -> bool,
    /// Characters that such an escape may start with.
    marks: &'static [char],
    /// The character that the escape at the start of a text stands for, and the escape's length.
    resolve: fn(&str) -> Option<(char, usize)>,
}

static ESCAPES: [Escape; 9] = [
    // Entities of HTML.
    Escape {
        is_in: |text| has_any(text, &["&quot;", "&#", "&apos;", "&nbsp;"]),
        marks: &['&'],
        resolve: escape,
    },
    // No-break spaces.
    Escape {
        is_in: |text| has_any(text, &["\u{a0}"]),
        marks: &['\u{a0}'],
        resolve: |_| Some((' ', '\u{a0}'.len_utf8())),
    },
    // A quote or a brace in an address; whether `+` is a space depends on what stands before it.
    Escape { is_in: |text| has_any(text, &["%22", "%7"]), marks: &['%', '+'], resolve: escape },
    // Doubled quotes, typographic quotes and those of nginx: their sign is one before a colon.
    Escape {
        is_in: |text| has_any(text, &["\"\":"]),
        marks: &['"'],
        resolve: |text| quote(text, "\"\""),
    },
    Escape {
        is_in: |text| has_any(text, &["”:"]),
        marks: &['“', '”'],
        resolve: |_| Some(('"', '”'.len_utf8())),
    },
    Escape {
        is_in: |text| has_any(text, &["\\x22:"]),
        marks: &['\\'],
        resolve: |text| quote(text, "\\x22"),
    },
    Escape {
        is_in: |text| has_any(text, &[RSYSLOG_LINE_END]),
        marks: &['#'],
        resolve: rsyslog_line_end,
    },
    Escape { is_in: |text| has_any(text, &["##teamcity["]), marks: &['|'], resolve: of_teamcity },
    Escape { is_in: html_layout::is_in, marks: &['<'], resolve: html_layout::tag_character },
];
const RSYSLOG_LINE_END: &str = "#012";

/// The kinds of escapes of which a text has signs.
pub(crate) fn escapes_in(text: &str) -> Vec<&'static Escape> {
    ESCAPES.iter().filter(|escape| (escape.is_in)(text)).collect()
}

fn quote(text: &str, written: &str) -> Option<(char, usize)> {
    text.starts_with(written).then_some(('"', written.len()))
}

/// Resolves a line end of rsyslog to a space. `#0123` may be the number of an issue.
fn rsyslog_line_end(text: &str) -> Option<(char, usize)> {
    let after = text.strip_prefix(RSYSLOG_LINE_END)?;
    let goes_on = after.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!goes_on).then_some((' ', RSYSLOG_LINE_END.len()))
}

fn of_teamcity(text: &str) -> Option<(char, usize)> {
    text[1..].chars().next().filter(|c| "'[]|".contains(*c)).map(|c| (c, 2))
}

/// A text with its escapes resolved.
pub(crate) struct Resolved {
    pub text: String,
    /// Where each piece starts, in the original and in the text.
    pub pieces: Vec<(usize, usize)>,
}

impl Resolved {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Resolved { text: String::with_capacity(bytes), pieces: Vec::new() }
    }

    /// Adds a line, which starts at offset `at` of the original. `escapes` are those of all lines.
    pub(crate) fn push_line(&mut self, at: usize, line: &str, escapes: &[&Escape]) {
        // Tags stay as they are in JSON: a string may be about them.
        let is_json = || line.trim_start().starts_with(['{', '[', '"']);
        let is_own = |it: &&&Escape| (it.is_in)(line) && !(it.marks == ['<'] && is_json());
        let own: Vec<_> = escapes.iter().filter(is_own).collect();
        let marks: Vec<_> = own.iter().flat_map(|escape| escape.marks).copied().collect();
        let next = |text: &str| if marks.is_empty() { None } else { text.find(&marks[..]) };
        // Up to here the text is encoded as in an address, so `+` is a space.
        let mut encoded_end = 0;
        // Up to here the line has only tags and spaces.
        let mut tags_end = 0;
        self.push(at, line, &next, &mut |done, mark| {
            let rest = &line[done..];
            if mark == '%' && done >= encoded_end {
                let is_encoded = |c: char| c.is_ascii_alphanumeric() || "%+-_.*~!'()".contains(c);
                encoded_end = line.len() - rest.trim_start_matches(is_encoded).len();
            }
            if mark == '+' {
                return (done < encoded_end).then_some((' ', 1));
            }
            let escape = own.iter().find(|escape| escape.marks.contains(&mark))?;
            let (c, length) = (escape.resolve)(rest)?;
            if mark != '<' || !line[tags_end..done].trim().is_empty() {
                return Some((c, length));
            }
            // Tags at the start of a line do not indent it.
            tags_end = done + length;
            Some((if c == ' ' { html_layout::NOTHING } else { c }, length))
        });
    }

    /// Adds a string, which starts at offset `at` of the original, and resolves its escapes, which
    /// start with `mark`.
    pub(crate) fn push_string(&mut self, at: usize, string: &str, mark: u8) {
        let next = |text: &str| memchr(mark, text.as_bytes());
        self.push(at, string, &next, &mut |done, _| {
            escape(&string[done..]).filter(|(c, _)| !c.is_control() || "\t\r\n".contains(*c))
        });
    }

    /// Adds a text, which starts at offset `at` of the original. `next` finds the mark of the next
    /// escape. `resolve` returns the character that the escape there stands for, and its length.
    fn push(
        &mut self,
        at: usize,
        text: &str,
        next: &dyn Fn(&str) -> Option<usize>,
        resolve: &mut dyn FnMut(usize, char) -> Option<(char, usize)>,
    ) {
        self.start_piece(at);
        let mut done = 0;
        while let Some(length) = next(&text[done..]) {
            self.text.push_str(&text[done..done + length]);
            done += length;
            let mark = text[done..].chars().next().unwrap_or_default();
            let (c, length) = resolve(done, mark).unwrap_or((mark, mark.len_utf8()));
            if c != html_layout::NOTHING {
                self.text.push(c);
            }
            done += length;
            self.start_piece(at + done);
        }
        self.text.push_str(&text[done..]);
    }

    /// Starts a piece at offset `at` of the original.
    pub(crate) fn start_piece(&mut self, at: usize) {
        self.pieces.push((at, self.text.len()));
    }
}
