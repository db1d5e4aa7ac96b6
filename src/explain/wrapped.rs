//! Diagnostics of Terraform whose lines a log, a mail or a terminal has wrapped.
//!
//! No width is known: a line goes on with the one before where its first word would not have
//! fitted there. Terraform says below each diagnostic where it was met, and that is wrapped, too.

use super::log_lines::{level, starts_with_time};
use super::prefixes::MAX_PREFIX;

/// What a diagnostic starts with.
pub const START: &str = "Error: ";
/// Lines of a diagnostic that are looked at.
pub const MAX_LINES: usize = 64;
/// Spaces before the lines of a column.
const MIN_INDENTATION: usize = 16;
/// Characters from which on a line may have been wrapped.
const MIN_WIDTH: usize = 40;
/// What the provider adds on a line of its own where it has cut a body off.
const CUT_OFF: &str = "...";
/// What the provider prints before a request: `[POST https://…`.
const REQUESTS: [&str; 6] = ["[GET ", "[POST ", "[PUT ", "[PATCH ", "[DELETE ", "[HEAD "];

/// How a line follows the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joint {
    #[default]
    Line,
    /// It was wrapped between two words.
    Space,
    /// It was broken within a word.
    Nothing,
}

/// A line of a diagnostic.
#[derive(Debug, Clone, Copy)]
pub struct Wrapped<'t> {
    /// Without the prefix of the diagnostic.
    pub text: &'t str,
    pub joint: Joint,
}

/// Whether a diagnostic starts on a line, and the prefix before it.
pub fn prefix(line: &str) -> Option<&str> {
    let reach = line.as_bytes().get(..MAX_PREFIX).unwrap_or(line.as_bytes());
    let at = memchr::memmem::find(reach, START.as_bytes())?;
    (at == 0 || line[..at].ends_with([' ', '=', '>'])).then(|| &line[..at])
}

/// The lines of the diagnostic that starts on the first of `lines`, behind it, as far as they
/// have its prefix; none where nothing says that it is one of Terraform.
pub fn diagnostic<'t>(prefix: &str, lines: &mut dyn Iterator<Item = &'t str>) -> Vec<Wrapped<'t>> {
    let first = lines.next().and_then(|line| line.get(prefix.len()..));
    let mut texts: Vec<&str> = first.into_iter().collect();
    let own = lines.take(MAX_LINES).map_while(|line| {
        let text = behind_prefix(line, prefix)?;
        let is_of_log = level(text).is_some() || starts_with_time(text);
        // `Internal Server Error: [POST …` may be broken, too.
        let is_start = text.starts_with(START) && !text[START.len()..].starts_with('[');
        let is_other = is_start || prefix.is_empty() && is_of_log;
        (!is_other).then_some(text)
    });
    texts.extend(own);
    let is_blank = |text: &&str| text.trim().is_empty();
    let summary = texts.iter().position(is_blank);
    let summary = summary.unwrap_or(texts.len());
    let place = texts[summary..]
        .iter()
        .position(|text| !is_blank(text))
        .map_or(texts.len(), |blank| summary + blank);
    let end = texts[place..].iter().position(is_blank);
    let end = end.map_or(texts.len(), |length| place + length);
    let is_placed = texts[place..end].first().is_some_and(|text| is_place(text));
    let said = &texts[..summary];
    let is_of_provider = said.iter().any(|text| {
        text.contains("huaweicloud") || REQUESTS.iter().any(|start| text.contains(start))
    });
    if !is_placed && !is_of_provider {
        return Vec::new();
    }
    let width = Width::of(said, &texts[place..end]);
    let end = if is_placed { end } else { summary };
    let joints = (1..end).map(|number| {
        let (before, text) = (texts[number - 1], texts[number]);
        let joint = match number {
            _ if number < summary => width.joint(before, text),
            _ if number <= place => Joint::Line,
            // What is no line of its own is not indented.
            _ if text.starts_with(' ') || before.ends_with([',', ':', '{']) => Joint::Line,
            _ => width.joint_of_wrapped(before, text),
        };
        Wrapped { text, joint }
    });
    joints.collect()
}

/// Whether a line says where in its files Terraform met an error.
pub fn is_place(line: &str) -> bool {
    let text = line.trim_start();
    let is_indented = text.len() < line.len();
    is_indented && (text.starts_with("with") || text.starts_with("on "))
}

/// What stands behind the prefix of the line, which may differ in its digits.
fn behind_prefix<'t>(line: &'t str, prefix: &str) -> Option<&'t str> {
    let is_alike = |(a, b): (u8, u8)| a == b || a.is_ascii_digit() && b.is_ascii_digit();
    let common = line
        .bytes()
        .zip(prefix.bytes())
        .take_while(|pair| is_alike(*pair))
        .count();
    let is_whole =
        common == prefix.len() || common == line.len() && common >= prefix.trim_end().len();
    is_whole.then(|| line.get(common..)).flatten()
}

/// How wide the lines of a diagnostic are.
struct Width {
    /// Of the longest one that has several words.
    words: usize,
    /// Where lines are broken within words.
    broken: Option<usize>,
}

impl Width {
    fn of(summary: &[&str], place: &[&str]) -> Self {
        let several = summary.iter().filter(|line| line.trim().contains(' '));
        let widths: Vec<_> = summary.iter().map(|line| width(line)).collect();
        let longest = widths.iter().copied().max().unwrap_or(0);
        let full = &widths[..summary.len().saturating_sub(1)];
        let is_full = full.len() > 2 && full.iter().all(|width| width + 1 >= longest);
        let in_url = summary
            .windows(2)
            .find(|pair| goes_on_in_url(pair[0], pair[1]));
        let in_url = in_url
            .map(|pair| pair[0])
            .filter(|line| !line.ends_with('-'));
        let in_address = place.first().filter(|line| {
            let is_open = !line.ends_with(',') && line.matches('"').count() % 2 == 0;
            is_open && line.len() > MIN_WIDTH && line.trim_start().starts_with("with ")
        });
        let broken = in_url.or(in_address.copied()).map(width);
        Width {
            words: several.map(|line| width(line)).max().unwrap_or(0),
            broken: broken.or(is_full.then_some(longest)),
        }
    }

    /// How a line of the summary follows the one before.
    fn joint(&self, before: &str, text: &str) -> Joint {
        let is_indented = text.starts_with([' ', '\t']) && self.broken.is_none();
        if is_indented || text == CUT_OFF || self.words < MIN_WIDTH {
            return Joint::Line;
        }
        let word = text.split(' ').next().unwrap_or(text);
        if width(before) + 1 + width(word) <= self.words {
            return Joint::Line;
        }
        self.joint_of_wrapped(before, text)
    }

    /// How a line that was wrapped goes on.
    fn joint_of_wrapped(&self, before: &str, text: &str) -> Joint {
        let is_in_word = |c: char| c.is_alphanumeric() || "_./:-".contains(c);
        let is_broken = self.broken.is_some_and(|longest| width(before) == longest)
            && before.ends_with(is_in_word)
            && text.starts_with(is_in_word);
        let is_spaced = before.ends_with(' ') || text.starts_with(' ');
        if is_broken || is_spaced || goes_on_in_url(before, text) {
            Joint::Nothing
        } else {
            Joint::Space
        }
    }
}

/// The lines of a column that stand below a line, and how they go on: a log that prints its
/// text in a column breaks off words that are longer than that is wide.
pub fn column<'t>(first: &str, below: &mut dyn Iterator<Item = &'t str>) -> Vec<Wrapped<'t>> {
    let mut lines: Vec<&'t str> = Vec::new();
    let mut indentation = 0;
    for line in below.take(MAX_LINES) {
        let own = line.len() - line.trim_start_matches(' ').len();
        if lines.is_empty() {
            indentation = own;
        }
        if indentation < MIN_INDENTATION || own < indentation || own == line.len() {
            break;
        }
        lines.push(line[indentation..].trim_end());
    }
    let starts_there = first
        .as_bytes()
        .get(..=indentation)
        .is_some_and(|start| start[indentation] != b' ' && start[..indentation].ends_with(b" "));
    if !starts_there {
        return Vec::new();
    }
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let mut word = 0;
    let mut before = None;
    let mut found = Vec::with_capacity(lines.len());
    for text in lines {
        let (own, last) = (text.split(' ').next(), text.rsplit(' ').next());
        let is_broken = before == Some(widest) && word + own.map_or(0, width) > widest;
        let joint = if is_broken {
            Joint::Nothing
        } else {
            Joint::Space
        };
        word = if is_broken && !text.contains(' ') {
            word
        } else {
            0
        } + last.map_or(0, width);
        before = Some(width(text));
        found.push(Wrapped { text, joint });
    }
    found
}

/// How a line goes on that a terminal or a mail has broken off, where the lines of the same
/// frame are at most so wide.
pub fn tail(before: &str, text: &str, widest: usize) -> Joint {
    let broken = Some(widest).filter(|width| *width >= MIN_WIDTH);
    Width { words: 0, broken }.joint_of_wrapped(before, text)
}

pub fn width(text: &str) -> usize {
    text.chars().count()
}

/// Whether a line ends in the address of a request, which ends in the next.
pub fn goes_on_in_url(before: &str, text: &str) -> bool {
    let url = before.rsplit([' ', '[']).next().unwrap_or(before);
    let is_open = url.starts_with("http") && !url.contains([']', ',', '"']);
    let end = text.find(|c: char| c.is_whitespace() || "],\"".contains(c));
    is_open && end.is_some_and(|end| end > 0 && text[end..].starts_with(']'))
}
