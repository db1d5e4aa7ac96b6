//! Which lines belong together: where a record starts, and which lines go on with it.
//!
//! A record is what reports one thing: lines of a log up to the next time or level, a response with
//! its head and body, a diagnostic in its frame, a paragraph of prose. "Above" is the line above in the
//! same stream: `lines` sorts lines by streams. In each table the first row that fits decides.
//!
//! First, `lines` looks at what stands before a line. It marks lines that start a record:
//!
//! | line | record | where | example |
//! | --- | --- | --- | --- |
//! | the rest of a line that was broken or wrapped | is joined to the line above | `wrapped`, `wrapped_cells`, `Prefixed::is_partial` | |
//! | the first line of another stream | starts | `Lines::into_text` | `web-2 \| …` below `web-1 \| …` |
//! | in a frame: the upper edge; any other line | starts; goes on | `frame` | `╷`; `│ Error: …` |
//! | on a connection; a step of Jenkins with a brace; above the response to a request shown line by line | is passed over | `Lines::add`, `transcript` | `* Connected to …` |
//! | of what is shown line by line: a request, or a response without one; any other line | starts; goes on | `Transcript::take_line` | `> GET /v1/a HTTP/1.1`; `> Host: …` |
//! | with a runner's time, less than a second after the line above, a part of what that says | goes on | `goes_on_in_burst` | `{"error_code":…` below `got 404 from https://…` |
//! | with a time, no more than a part of what the line above says | goes on | `continuation` | `09:12 status: 404` |
//! | with a time and its label, the first with that label in a list of values | goes on | `is_time_in_list` | `Time: 2026-06-03 10:41` |
//! | with a time | starts | `Lines::add` | `09:12 delete failed` |
//! | a call at the prompt of an interpreter | starts | `asks_anew` | `>>> delete(a)` |
//! | with a level of .NET | starts | `level_of_net` | `fail: Acme.Billing[0]` |
//!
//! Then [`RecordReader::add`] reads what the lines say. All lines of an object, list, string or element
//! go on with the line that it starts on ([`records`]); one that is still open above a marked line counts
//! for nothing, unless it is an element. Empty lines and fences of Markdown are passed over. For each other line:
//!
//! | line | record | where | example |
//! | --- | --- | --- | --- |
//! | a header below a header; the rest of a wrapped one above a header | goes on | `goes_on_in_head` | `X-Request-Id: …` |
//! | in a frame: below a frame; below a request; elsewhere | starts at the upper edge; goes on; starts | `starts` | `│ Error: …` |
//! | below a frame | starts, unless it asks PowerShell for that error | `asks_for_last_error` | `PS C:\> $error[0]` |
//! | of a request shown line by line | starts, below the same request only once that is answered | `starts` | `> GET /v1/a HTTP/1.1` |
//! | status, address or ID below a body, where no line above has them | goes on | `describes_body_above` | `404 GET https://…` below `{…}` |
//! | an object of a logger below another | starts | `is_record_of_log` | `{"level":"error",…` |
//! | with an error code, below a call that succeeded, unmarked | starts | `ends_with_success` | `Organizations.1305` below `200 https://…` |
//! | the first of a response | starts if marked or if the record has no request that waits | `waits_for_head` | `HTTP/1.1 404 Not Found` |
//! | below a head, with `{` or `<` | goes on, even if marked | `starts` | `09:12 {"error_code":…` |
//! | marked by `lines` | starts | `starts` | `09:12 delete failed` |
//! | below a head | goes on, unless it is plain and below an empty line | `starts` | |
//! | a divider, unless the line below it shows what is waited for | starts | `shows_awaited` | `-----` |
//! | the first of a command, a call or a report | starts | `starts_call_or_report` | `$ curl …`, `GET /v1/a`, `TASK [a]` |
//! | of the next call | starts | `starts_next_call` | `attempt 2: …` below `attempt 1: …` |
//! | the result of a test; above PowerShell's place; the next diagnostic; a section of INI; another stack of Python; who speaks in a chat | starts | `starts_by_text` | `not ok 2 - a`, `[web]`, `Omar F.  9:14 AM` |
//! | below an empty line: a stack or a part of one, a body below headers, one more value with its label, what a colon introduces | goes on | `goes_on_after_blank` | `Request ID: …` below `Status: 404` |
//! | below an empty line | starts | `starts` | |
//! | below a body or what is said of it, unless it says something of that, too | starts, but not the last line of a paragraph right below the body | `is_trailer` | `done` below `{…}` |
//! | without a level, below normal operation | starts, unless indented or a closing bracket | `starts_by_level` | `done` below `INFO …` |
//! | without a level, behind another tag than the line above | starts | `starts_by_level` | `[web-2] …` below `[web-1] …` |
//! | with a level, below none | starts, unless it is a problem or below Java's head of a record | `starts_by_level` | `INFO …`, not `ERROR …`, below `done` |
//! | with a level, below another | starts if one is of normal operation, or a debug line below a problem | `starts_by_level` | `INFO …`, not `ERROR …`, below `ERROR …` |
//! | any other | goes on | | |

mod calls;
pub mod line_kinds;
mod python_stacks;
mod starts;

use std::mem;

use self::calls::{has_failed, has_worked, says_request};
use self::line_kinds::{
    FENCE, has_headers, is_object, is_record_of_log, is_request_of_wget, is_whole_object,
    starts_head,
};
use self::python_stacks::PythonStacks;
use super::lists_and_sections::lists_and_sections;
use super::posted::PostReader;
use super::posted::speakers::speaker;
use super::{Kind, Part};
use crate::explain::lines::Unwrapped;
use crate::explain::lines::levels::Level;
use crate::explain::lines::line::{Line, LineKind};
use crate::explain::lines::times::{label_of_time, starts_with_time};
use crate::explain::values::alone::says_only_values;
use crate::explain::values::http::{
    is_header, shows_exchange, starts_response, starts_with_request, statuses_alone_in,
};
use crate::substrings::place_in;

/// How many lines above or below a line are looked at.
const MAX_NEAR_LINES: usize = 16;

/// The records of a text, the lines in them, and the items of lists that stand on lines of their
/// own.
pub fn records<'t>(unwrapped: &'t Unwrapped, containers: &[Part]) -> Vec<Part<'t>> {
    let mut reader = RecordReader { text: &unwrapped.text, ..RecordReader::default() };
    let mut containers = containers.iter().peekable();
    let mut index = 0;
    while let Some(line) = unwrapped.lines.get(index) {
        // Extended to the last line of the containers that start here.
        let (mut last, mut end) = (index, line.end);
        while let Some(container) = containers.next_if(|it| it.place.start <= end) {
            while container.place.end > end && last + 1 < unwrapped.lines.len() {
                last += 1;
                end = unwrapped.lines[last].end;
            }
        }
        index = last + 1;
        let below = unwrapped.lines.get(index);
        let below = below.map_or("", |below| &unwrapped.text[below.start..below.end]);
        reader.add(line, end, below);
    }
    reader.finish();
    reader.posts.finish(&mut reader.parts);
    reader.parts
}

/// What a line is for the lines below it in the same record.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Content {
    #[default]
    Text,
    /// Lines in a frame.
    Frame,
    /// The request, as `curl -v` shows it.
    Request,
    /// The head of a response.
    Head,
    /// A whole object on one line.
    Body,
    /// The status, address or ID that a client prints below a body, where no line above says them.
    Trailer,
}

/// The record that is read.
#[derive(Default)]
struct Record<'t> {
    /// Its index among the parts.
    part: usize,
    /// Without the empty ones.
    lines: Vec<&'t str>,
    /// What the line above is.
    above: Content,
    level: Option<Level>,
    stacks: PythonStacks,
    /// Whether a line of it is of a log: it has a level or a time, is an object of a logger, or starts a
    /// record in another stream.
    is_of_log: bool,
}

#[derive(Default)]
struct RecordReader<'t> {
    text: &'t str,
    parts: Vec<Part<'t>>,
    record: Record<'t>,
    /// The number of the stream of the line above.
    stream: usize,
    is_blank_above: bool,
    /// Whether the client says the request and the status of a body above it, as one of them has stood
    /// there.
    is_said_above: bool,
    /// Whether any record so far started with the name of who wrote it, as in a chat.
    has_speaker: bool,
    posts: PostReader<'t>,
}

impl<'t> RecordReader<'t> {
    /// Adds a line and the containers that start on it, which end at `end`; `below` is the text of
    /// the next line.
    fn add(&mut self, line: &Line, end: usize, below: &str) {
        let text = &self.text[line.start..line.end];
        let whole = &self.text[line.start..end];
        let starts_record = line.starts_record && !self.is_time_in_list(text);
        let line = &Line { starts_record, ..*line };
        if line.kind == LineKind::Note || text.trim() == FENCE {
            return;
        }
        if whole.trim().is_empty() && line.kind != LineKind::Framed {
            self.is_blank_above = true;
            return;
        }
        let content = match line.kind {
            LineKind::Framed => Content::Frame,
            LineKind::Request => Content::Request,
            _ if starts_head(text, below) => Content::Head,
            _ if is_whole_object(text) && !has_headers(text) => Content::Body,
            _ if !line.starts_record && self.describes_body_above(text, below) => Content::Trailer,
            _ => Content::Text,
        };
        self.is_said_above |= content == Content::Text
            && (shows_exchange(text) || starts_with_request(text))
            && !has_worked(text)
            // That is of another paragraph.
            && !(self.is_blank_above && is_object(self.line_above()));
        let is_of_head = content == Content::Text && self.goes_on_in_head(text, below);
        if !is_of_head && self.starts(line, content, whole, below) {
            self.finish();
            self.has_speaker |= speaker(text).is_some();
            self.record.part = self.parts.len();
            self.parts.push(Part::new(Kind::Record, line.start..end));
        }
        match self.parts.last_mut() {
            // The line of the head is the last part.
            Some(head) if is_of_head => head.place.end = end,
            _ => {
                self.parts.push(Part::new(Kind::Line, line.start..end));
                self.record.above = content;
            }
        }
        self.record.level = line.level.or(self.record.level);
        self.record.is_of_log |= line.level.is_some()
            || content == Content::Body && is_record_of_log(text)
            || line.starts_record
                && (starts_with_time(text) && !is_request_of_wget(text)
                    || line.stream != self.stream);
        self.record.stacks.add(whole);
        self.stream = line.stream;
        self.record.lines.push(whole);
        self.is_blank_above = false;
    }

    /// Whether a line is a labelled time that goes on with the list of values above it: the line above
    /// has a label, too, and none of those near has the same one.
    fn is_time_in_list(&self, text: &str) -> bool {
        let Some(label) = label_of_time(text) else { return false };
        !self.is_blank_above
            && self.lines_above().iter().all(|line| label_of_time(line) != Some(label))
            && self.line_above().contains([':', '：'])
    }

    /// Whether a line says the status, address or ID of the body above it, and no line above that body
    /// does; `below` is the text of the next line.
    fn describes_body_above(&self, text: &str, below: &str) -> bool {
        if self.record.above == Content::Trailer {
            return says_only_values(text) && !text.starts_with('{');
        }
        let Some((body, above)) = self.lines_above().split_last() else { return false };
        // The head of the response says the same status.
        let own = statuses_alone_in(text).next();
        let says = |line: &str| {
            let status = statuses_alone_in(line).next();
            let is_of_head = is_header(line) || starts_response(line) && status == own;
            !is_of_head && (status.is_some() || says_only_values(line))
        };
        !self.is_said_above
            && is_object(body)
            && has_failed(body) != has_worked(text)
            && (shows_exchange(text) || says_only_values(text) && !is_object(text))
            && (!self.is_blank_above || below.trim().is_empty())
            && !above.iter().any(|line| says(line) || says_request(line))
    }

    /// The last lines of the record.
    fn lines_above(&self) -> &[&'t str] {
        &self.record.lines[self.record.lines.len().saturating_sub(MAX_NEAR_LINES)..]
    }

    fn line_above(&self) -> &'t str {
        self.record.lines.last().copied().unwrap_or_default()
    }

    /// Ends the record with its last line.
    fn finish(&mut self) {
        let record = mem::take(&mut self.record);
        let Some(last) = record.lines.last() else { return };
        self.parts[record.part].place.end = place_in(self.text, last).end;
        self.parts.extend(lists_and_sections(self.text, &record.lines));
        if record.is_of_log {
            self.posts.finish(&mut self.parts);
        } else {
            self.posts.take(self.text, &record.lines, &mut self.parts);
        }
    }
}
