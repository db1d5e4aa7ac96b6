//! Requests and responses that a program prints line by line, with their bodies, each line behind
//! the same prefix: `TIME DEBUG wire - << "HTTP/1.1 403 Forbidden[\r][\n]"`. The response to such a
//! request is not marked as another log record, even below the program's own lines
//! (`is_unanswered`).

use std::mem;

use super::levels::level;
use super::line::LineKind;
use super::prefix::tag;
use super::times::after_time;
use crate::explain::values::has_error_code;
use crate::explain::values::http::{
    is_header, response_in, starts_with_request, without_leading_numbers,
};
use crate::substrings::start_among;

/// Marks before a request line, and whether the same mark stands before its headers. Some programs
/// mark requests with `<`, curl's mark for responses.
const REQUEST_MARKS: [(&str, bool); 5] =
    [("--> ", false), (">> \"", true), (">> ", true), ("> ", true), ("< ", true)];
/// Marks of `curl -v`, `wget` and Insomnia before lines about a connection.
const NOTES: [&str; 5] = ["* ", "} [", "{ [", "==> ", "| {"];
/// How the line of curl's progress shows a time that it does not know.
const PROGRESS: &str = " --:--:-- ";

/// Ends of a text before a response that is no prefix: CDATA of XML, a quoted cell of CSV.
const NO_PREFIX_ENDS: [&str; 2] = ["<![CDATA[", ",\""];

/// Notes of `curl --trace-ascii` before data that was received or sent, and about the connection.
pub(super) const TRACE_NOTES: [&str; 3] = ["<= Recv ", "=> Send ", "== Info: "];
/// Bytes after which `curl --trace-ascii` breaks a line.
pub(super) const TRACE_WIDTH: usize = 64;
/// How lines of a body start.
const BODY: [char; 7] = ['{', '}', '[', ']', '"', ' ', '\t'];

/// The part of an exchange that the lines show.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The head of the response.
    #[default]
    Head,
    /// The body of the response.
    Body,
    Request,
}

/// The request or response that the lines show.
#[derive(Debug, Default)]
pub(super) struct Transcript<'t> {
    /// The prefix of each of its lines.
    prefix: Option<&'t str>,
    stage: Stage,
    /// Whether the last request has no response yet.
    is_unanswered: bool,
    /// Whether any prefix so far was only a mark, as those of curl are.
    is_of_curl: bool,
}

impl<'t> Transcript<'t> {
    /// A line of a request or response, or a note: its text without the prefix, its kind,
    /// and whether it starts a log record. `next` is the line below. The first line of a request or
    /// a response sets the prefix. The lines below go on with it as long as they have that prefix
    /// and fit the stage.
    pub(super) fn take_line(
        &mut self,
        line: &'t str,
        next: &'t str,
    ) -> Option<(&'t str, LineKind, bool)> {
        // Hurl and Insomnia mark the body, too: a line with an error code is no note.
        let is_note = self.is_of_curl
            && (line == "*"
                || start_among(&NOTES, line).is_some()
                || line.contains(PROGRESS) && !line.contains('{'))
            && !has_error_code(line);
        if is_note || start_among(&TRACE_NOTES, line).is_some() {
            return Some((line, LineKind::PassedOver, false));
        }
        let above = self.prefix.take();
        // A body is no prefix: `Lines::push` splits off the response behind it.
        let is_prefix = |text: &str| {
            !text.is_empty()
                && !text.contains('{')
                && !NO_PREFIX_ENDS.iter().any(|it| text.ends_with(it))
        };
        let first = response_in(line).filter(|at| is_prefix(line[..*at].trim_end()));
        if let Some((prefix, head)) = first.map(|at| line.split_at(at)) {
            let below = after_prefix(prefix, next);
            if starts_headers(below.unwrap_or(next)) || below.is_some_and(|it| it.starts_with('{'))
            {
                let is_first = below.is_some() && !mem::take(&mut self.is_unanswered);
                self.start(below.map(|_| prefix), Stage::Head);
                return Some((head, LineKind::Response, is_first));
            }
        }
        let is_below = |text: &str| starts_headers(text) || text.starts_with("--> END");
        if let Some((prefix, request)) = request_in(line)
            && after_prefix(prefix, next).is_some_and(is_below)
        {
            self.start(Some(prefix), Stage::Request);
            self.is_unanswered = true;
            return Some((request, LineKind::Request, true));
        }
        // Body lines may have the prefix without its mark.
        let mut prefixes = above.map(|prefix| [prefix, unmarked(prefix)])?.into_iter();
        let (prefix, text) = prefixes.find_map(|it| Some((it, after_prefix(it, line)?)))?;
        let is_tagged = || level(text).is_some() || tag(text).is_some();
        let is_of_body = text.is_empty() || text.starts_with(BODY) && !is_tagged();
        if self.stage == Stage::Head && is_of_body {
            self.stage = Stage::Body;
        }
        let (goes_on, kind) = match self.stage {
            Stage::Head => (is_header(text), LineKind::Response),
            Stage::Body => (is_of_body, LineKind::Response),
            Stage::Request => (is_of_body || is_below(text), LineKind::Request),
        };
        self.prefix = goes_on.then_some(prefix);
        goes_on.then_some((text, kind, false))
    }

    fn start(&mut self, prefix: Option<&'t str>, stage: Stage) {
        self.is_of_curl |= prefix.is_some_and(|it| !it.is_empty() && unmarked(it).is_empty());
        (self.prefix, self.stage) = (prefix, stage);
    }
}

/// Whether a line is a header: not one with an error code (`ApiError: Organizations.1305 …`), nor
/// one with a program's name and a time (`sync: 2026-11-24 …`).
fn starts_headers(line: &str) -> bool {
    let is_of_program = || line.starts_with(char::is_lowercase) && after_time(line).is_some();
    is_header(line) && !has_error_code(line) && !is_of_program()
}

/// A prefix without the mark that says whether the line was sent or received.
fn unmarked(prefix: &str) -> &str {
    prefix.trim_end_matches(['<', '>', '-', '"', ' '])
}

/// Splits a line into its prefix and the request behind a mark: `> GET /v1/a`. A request with the
/// version of HTTP needs no mark; the address of a client before it is left out of the prefix.
fn request_in(line: &str) -> Option<(&str, &str)> {
    let request = without_leading_numbers(line);
    if starts_with_request(request) && request.contains(" HTTP/") {
        // In a post the indentation is the prefix.
        let indentation = &line[..line.len() - line.trim_start_matches(' ').len()];
        return Some((indentation, request));
    }
    // Most lines have no mark.
    memchr::memchr2(b'<', b'>', line.as_bytes())?;
    REQUEST_MARKS.iter().find_map(|(mark, is_before_headers)| {
        let at = line.find(mark)?;
        let request = at + mark.len();
        let end = if *is_before_headers { request } else { at };
        starts_with_request(&line[request..]).then(|| (&line[..end], &line[request..]))
    })
}

/// The text of a line of `curl --trace-ascii` behind its offset: `GET /` of `0000: GET /`.
pub(super) fn after_offset(line: &str) -> Option<&str> {
    let (offset, text) = line.split_once(": ")?;
    let is_offset = offset.len() == 4 && offset.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_offset.then_some(text)
}

/// The rest of a line that starts with this prefix, perhaps with another time.
pub(super) fn after_prefix<'t>(prefix: &str, line: &'t str) -> Option<&'t str> {
    let clock = after_time(prefix).map_or(0, |after| prefix.len() - after.len());
    // On an empty line the space that ends the prefix may be cut off.
    let is_short = line.len() < prefix.len();
    let prefix = if is_short { prefix.trim_end() } else { prefix };
    let (start, rest) = line.split_at_checked(prefix.len())?;
    let mut pairs = start.bytes().zip(prefix.bytes()).enumerate();
    let is_alike = |(at, (a, b)): (usize, (u8, u8))| {
        a == b || at < clock && a.is_ascii_digit() && b.is_ascii_digit()
    };
    pairs.all(is_alike).then_some(rest)
}
