//! Lines that a log, a mail, a terminal or a column has wrapped, above all of Terraform's
//! diagnostics.
//!
//! No width is known: a line goes on with the one before where its first word would not have
//! fitted there. Terraform says below each diagnostic where it was met, and that is wrapped, too.

use super::log_lines::{level, starts_with_time};
use super::prefixes::{MAX_PREFIX, behind_alike};

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

/// A line without the prefix of its diagnostic, or the indentation of its column.
pub type Wrapped<'t> = (&'t str, Joint);

/// Whether a diagnostic starts on a line, and the prefix before it.
pub fn prefix(line: &str) -> Option<&str> {
    let reach = line.as_bytes().get(..MAX_PREFIX).unwrap_or(line.as_bytes());
    let at = memchr::memmem::find(reach, START.as_bytes())?;
    (at == 0 || line[..at].ends_with([' ', '=', '>'])).then(|| &line[..at])
}

/// The lines of the diagnostic that starts on the first of `lines`, behind it, as far as they
/// have its prefix; none where nothing says that it is one of Terraform.
pub fn diagnostic<'t>(prefix: &str, lines: &mut dyn Iterator<Item = &'t str>) -> Vec<Wrapped<'t>> {
    let is_other = |text: &str| {
        // `Internal Server Error: [POST …` may be broken, too.
        let is_start = text
            .strip_prefix(START)
            .is_some_and(|it| !it.starts_with('['));
        is_start || prefix.is_empty() && (level(text).is_some() || starts_with_time(text))
    };
    let first = lines.next().and_then(|line| line.get(prefix.len()..));
    let mut texts: Vec<&str> = first.into_iter().collect();
    let own = lines
        .take(MAX_LINES)
        .map_while(|line| behind_alike(prefix, line));
    texts.extend(own.take_while(|text| !is_other(text)));
    let is_blank = |text: &&str| text.trim().is_empty();
    let summary = texts.iter().position(is_blank).unwrap_or(texts.len());
    let (said, below) = texts.split_at(summary);
    let blank = below.iter().take_while(|text| is_blank(text)).count();
    let place = below[blank..]
        .iter()
        .take_while(|text| !is_blank(text))
        .count();
    let is_placed = below.get(blank).is_some_and(|text| is_place(text));
    if !is_placed && !said.iter().any(|text| text.contains("huaweicloud")) {
        return Vec::new();
    }
    let width = Width::of(said);
    let end = if is_placed {
        summary + blank + place
    } else {
        summary
    };
    let joint = |number: usize| {
        let (before, text) = (texts[number - 1], texts[number]);
        let joint = match number {
            _ if number < summary => width.joint(before, text),
            // What is no line of its own is not indented.
            _ if is_blank(&before) || text.is_empty() || text.starts_with(' ') => Joint::Line,
            _ if before.ends_with([',', ':', '{']) => Joint::Line,
            _ => width.joint_of_wrapped(before, text),
        };
        (text, joint)
    };
    (1..end).map(joint).collect()
}

/// Whether a line says where in its files Terraform met an error.
pub fn is_place(line: &str) -> bool {
    let text = line.trim_start();
    text.len() < line.len() && (text.starts_with("with") || text.starts_with("on "))
}

/// How wide the lines of a diagnostic are.
struct Width {
    /// Of the longest one that has several words.
    words: usize,
    /// Where lines are broken within words.
    broken: Option<usize>,
}

impl Width {
    fn of(summary: &[&str]) -> Self {
        let several = summary.iter().filter(|line| line.trim().contains(' '));
        let in_url = summary
            .windows(2)
            .find(|pair| goes_on_in_url(pair[0], pair[1]));
        Width {
            words: several.map(|line| width(line)).max().unwrap_or(0),
            broken: in_url.map(|pair| width(pair[0])),
        }
    }

    /// How a line of the summary follows the one before.
    fn joint(&self, before: &str, text: &str) -> Joint {
        let word = text.split(' ').next().unwrap_or(text);
        let has_room = width(before) + 1 + width(word) <= self.words;
        if has_room || text == CUT_OFF || self.words < MIN_WIDTH {
            return Joint::Line;
        }
        self.joint_of_wrapped(before, text)
    }

    /// How a line that was wrapped goes on.
    fn joint_of_wrapped(&self, before: &str, text: &str) -> Joint {
        let is_in_word = |c: char| c.is_alphanumeric() || "_./:-".contains(c);
        let is_broken = self.broken == Some(width(before))
            && before.ends_with(is_in_word)
            && text.starts_with(is_in_word);
        if is_broken || before.ends_with(' ') || text.starts_with(' ') {
            Joint::Nothing
        } else {
            Joint::Space
        }
    }
}

/// The lines of a column that stand below a line, and how they go on: a log that prints its
/// text in a column breaks off words that are longer than that is wide.
pub fn column<'t>(first: &str, below: &mut dyn Iterator<Item = &'t str>) -> Vec<Wrapped<'t>> {
    let mut below = below.take(MAX_LINES).peekable();
    let line = below.peek().copied().unwrap_or("");
    let indentation = line.len() - line.trim_start_matches(' ').len();
    let start = first
        .as_bytes()
        .get(indentation.saturating_sub(1)..=indentation);
    if indentation < MIN_INDENTATION || start.is_none_or(|it| it[0] != b' ' || it[1] == b' ') {
        return Vec::new();
    }
    let of_column = |line: &'t str| {
        let (before, text) = line.split_at_checked(indentation)?;
        (before.trim().is_empty() && !text.trim().is_empty()).then(|| text.trim_end())
    };
    let lines: Vec<_> = below.map_while(of_column).collect();
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let mut before = "";
    let joint = |text| {
        let words = (before.rsplit(' ').next(), str::split(text, ' ').next());
        let word = words.0.map_or(0, width) + words.1.map_or(0, width);
        let is_broken = width(before) == widest && word > widest;
        before = text;
        (
            text,
            if is_broken {
                Joint::Nothing
            } else {
                Joint::Space
            },
        )
    };
    lines.into_iter().map(joint).collect()
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
fn goes_on_in_url(before: &str, text: &str) -> bool {
    let url = before.rsplit([' ', '[']).next().unwrap_or(before);
    let is_open = url.starts_with("http") && !url.contains([']', ',', '"']);
    let end = text.find(|c: char| c.is_whitespace() || "],\"".contains(c));
    is_open && end.is_some_and(|end| end > 0 && text[end..].starts_with(']'))
}
