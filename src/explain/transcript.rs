//! Responses that a program shows line by line, each behind what it puts before every line:
//! `TIME DEBUG wire - << "HTTP/1.1 403 Forbidden[\r][\n]"`.

use super::log_lines::behind_time;
use super::unlabelled::{is_header, response_in};

/// How programs show where a line ends.
const LINE_ENDS: [&str; 4] = ["[\\n]", "[\\r]", "\\n", "\\r"];

/// The response that is shown.
#[derive(Debug, Default)]
pub struct Transcript<'t> {
    /// What stands before each of its lines.
    prefix: Option<&'t str>,
    is_in_body: bool,
}

impl<'t> Transcript<'t> {
    /// A line of a response without what stands before it, and whether it is the first. `next`
    /// is the line below.
    pub fn line(&mut self, line: &'t str, next: &str) -> Option<(&'t str, bool)> {
        // What follows a body on its line is another response, which is set apart elsewhere.
        let is_prefix = |text: &str| !(text.is_empty() || text.ends_with(['}', ']']));
        let first = response_in(line).filter(|at| is_prefix(line[..*at].trim_end()));
        if let Some((prefix, head)) = first.map(|at| line.split_at(at)) {
            let below = behind(prefix, next);
            if is_header(below.unwrap_or(next)) {
                self.prefix = below.map(|_| prefix);
                self.is_in_body = false;
                return Some((without_end(prefix, head), true));
            }
        }
        let mut prefix = self.prefix.take()?;
        if self.is_in_body && behind(prefix, line).is_none() {
            // The mark of a line of the head is none of the body's.
            prefix = prefix.trim_end_matches(['<', '-', ' ']);
        }
        let text = without_end(prefix, behind(prefix, line)?);
        let goes_on = text.is_empty()
            || is_header(text) && !self.is_in_body
            || self.is_in_body && text.starts_with(['{', '}', '[', ']', '"', ' ', '\t']);
        self.is_in_body |= text.is_empty();
        self.prefix = Some(prefix).filter(|_| goes_on);
        goes_on.then_some((text, false))
    }
}

/// What stands behind a prefix, whose time may be another.
fn behind<'t>(prefix: &str, line: &'t str) -> Option<&'t str> {
    let clock = behind_time(prefix).map_or(0, |behind| prefix.len() - behind.len());
    // What ends in white space may have lost it.
    let prefix = if line.len() < prefix.len() {
        prefix.trim_end()
    } else {
        prefix
    };
    let (start, rest) = line.split_at_checked(prefix.len())?;
    let pairs = start.bytes().zip(prefix.bytes()).enumerate();
    let is_alike = |(at, (a, b)): (usize, (u8, u8))| {
        a == b || at < clock && a.is_ascii_digit() && b.is_ascii_digit()
    };
    pairs.into_iter().all(is_alike).then_some(rest)
}

/// A line without the quote that the prefix opens and the marks of its end.
fn without_end<'t>(prefix: &str, line: &'t str) -> &'t str {
    let quote = prefix
        .chars()
        .next_back()
        .filter(|c| matches!(c, '"' | '\''));
    let mut text = quote
        .and_then(|quote| line.strip_suffix(quote))
        .unwrap_or(line);
    while let Some(shorter) = LINE_ENDS.iter().find_map(|end| text.strip_suffix(end)) {
        text = shorter;
    }
    text
}
