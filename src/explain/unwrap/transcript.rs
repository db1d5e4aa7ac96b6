//! Requests and responses that a program shows line by line, each after the same prefix, as
//! `curl -v` and the debug logs of clients do:
//! `TIME DEBUG wire - << "HTTP/1.1 403 Forbidden[\r][\n]"`.

use super::lines::LineKind;
use super::prefixes::after_alike;
use crate::explain::values::http::{is_header, is_request, response_in};
use crate::explain::values::start_among;

/// How programs show where a line ends.
const LINE_ENDS: [&str; 4] = ["[\\n]", "[\\r]", "\\n", "\\r"];

/// What stands before a request; and whether it stands before its headers, too. Some programs mark
/// what they send as curl does what it receives.
const REQUEST_MARKS: [(&str, bool); 5] = [
    ("--> ", false),
    (">> \"", true),
    (">> ", true),
    ("> ", true),
    ("< ", true),
];

/// What `curl -v`, `wget` and Insomnia put before lines about a connection and of a request.
const NOTES: [&str; 5] = ["* ", "} [", "{ [", "==> ", "| {"];

/// What `curl --trace-ascii` says before a part that was received.
pub const RECEIVED: &str = "<= Recv ";
/// Bytes at which it breaks off lines.
pub const TRACE_WIDTH: usize = 64;

/// What is shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    #[default]
    Head,
    Body,
    Request,
    /// The body of one that stands by itself, without a mark before its lines.
    RequestBody,
}

/// The request or response that is shown.
#[derive(Debug, Default)]
pub struct Transcript<'t> {
    /// What stands before each of its lines.
    prefix: Option<&'t str>,
    part: Part,
    /// What stands before the lines of the last request, apart from its mark.
    request_prefix: Option<&'t str>,
    /// Whether its lines have nothing but the marks of curl before them.
    is_of_curl: bool,
}

impl<'t> Transcript<'t> {
    /// A line of a request or response without what stands before it, its kind, and whether it
    /// is the first of an exchange. `next` gives the line below.
    pub fn take_line(
        &mut self,
        line: &'t str,
        next: impl Fn() -> &'t str,
    ) -> Option<(&'t str, LineKind, bool)> {
        if self.is_of_curl && start_among(&NOTES, line).is_some() {
            return Some((line, LineKind::Note, false));
        }
        let above = self.prefix.take();
        // What follows a body on its line is another response, which is set apart elsewhere.
        let is_prefix = |text: &str| !(text.is_empty() || text.ends_with(['}', ']']));
        let first = response_in(line).filter(|at| is_prefix(line[..*at].trim_end()));
        if let Some((prefix, head)) = first.map(|at| line.split_at(at)) {
            let next = next();
            let below = after_alike(prefix, next);
            if below.is_some_and(|text| text.starts_with('{')) || is_header(below.unwrap_or(next)) {
                let is_base = |request| after_alike(request, base(prefix)) == Some("");
                let is_first = below.is_some() && !self.request_prefix.is_some_and(is_base);
                self.start(below.map(|_| prefix), Part::Head);
                return Some((without_end(prefix, head), LineKind::Response, is_first));
            }
        }
        if let Some((prefix, request)) = request_in(line)
            && after_alike(prefix, next())
                .is_some_and(|text| is_header(text) || text.starts_with("-->"))
        {
            self.start(Some(prefix), Part::Request);
            self.request_prefix = Some(base(prefix));
            return Some((without_end(prefix, request), LineKind::Request, true));
        }
        let mut prefix = above?;
        if after_alike(prefix, line).is_none() {
            // The mark of a line of the head is none of the body's.
            prefix = base(prefix);
        }
        let text = without_end(prefix, after_alike(prefix, line)?);
        let is_of_body = text.starts_with(['{', '}', '[', ']', '"', ' ', '\t']);
        match self.part {
            Part::Head if text.is_empty() || is_of_body => self.part = Part::Body,
            Part::Request if text.is_empty() && prefix.is_empty() => self.part = Part::RequestBody,
            _ => {}
        }
        let goes_on = match self.part {
            Part::Head => is_header(text),
            Part::Body => text.is_empty() || is_of_body,
            // A body that names an error is that of the response.
            Part::RequestBody => text.is_empty() || is_of_body && !text.contains("error_"),
            Part::Request => {
                text.is_empty() || is_header(text) || is_of_body || text.starts_with("--> END")
            }
        };
        let kind = match self.part {
            Part::Request | Part::RequestBody => LineKind::Request,
            Part::Head | Part::Body => LineKind::Response,
        };
        self.prefix = Some(prefix).filter(|_| goes_on);
        goes_on.then_some((text, kind, false))
    }

    fn start(&mut self, prefix: Option<&'t str>, part: Part) {
        self.is_of_curl |=
            prefix.is_some_and(|prefix| !prefix.is_empty() && base(prefix).is_empty());
        self.prefix = prefix;
        self.part = part;
    }
}

/// A prefix without the mark that says which way a line went.
fn base(prefix: &str) -> &str {
    prefix.trim_end_matches(['<', '>', '-', '"', ' '])
}

/// What stands before a request that a mark says was sent, and the request. One with the
/// version of HTTP needs no mark.
fn request_in(line: &str) -> Option<(&str, &str)> {
    if is_request(line) && line.trim_end().contains(" HTTP/") {
        return Some(("", line));
    }
    // Most lines have no mark.
    memchr::memchr2(b'<', b'>', line.as_bytes())?;
    REQUEST_MARKS.iter().find_map(|(mark, is_before_headers)| {
        let at = line.find(mark)?;
        let request = at + mark.len();
        let end = if *is_before_headers { request } else { at };
        is_request(&line[request..]).then(|| (&line[..end], &line[request..]))
    })
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

/// A line of `curl --trace-ascii` after its place in what was sent or received, and its kind.
/// `part` is the kind of the lines of a part.
pub fn traced<'t>(line: &'t str, part: &mut LineKind) -> Option<(&'t str, LineKind)> {
    let starts = |mark: &str| line.starts_with(mark);
    if starts(RECEIVED) || starts("=> Send ") || starts("== Info: ") {
        *part = match () {
            () if starts(RECEIVED) => LineKind::Plain,
            () if starts("=> Send header") => LineKind::Request,
            () => LineKind::Note,
        };
        return Some((line, LineKind::Note));
    }
    crate::escapes::hexadecimal(line.get(..4)?.as_bytes())?;
    let text = line[4..].strip_prefix(':')?;
    Some((text.strip_prefix(' ').unwrap_or(text), *part))
}
