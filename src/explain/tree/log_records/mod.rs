//! Groups lines into log records: decides which line starts a log record and which goes on with it.
//!
//! A log record is about one thing: lines of a log up to the next time or level, a response with
//! its head and body, a diagnostic in its frame, a paragraph of prose. `lines` has sorted the lines
//! by stream. In both tables the first row that fits counts.
//!
//! First, `lines` marks lines as the start of a log record, by what stands before their text:
//!
//! | line | mark | where | example |
//! | --- | --- | --- | --- |
//! | the rest of a line that was broken or wrapped | joined to the line above | `wrapped`, `wrapped_cells`, `is_partial` | |
//! | a labelled time in a list of values, if its label is new there | no | `is_time_in_list` | `Time: 2026-06-03 10:41` |
//! | the first line of another stream | yes | `Lines::into_text` | `web-2 \| …` below `web-1 \| …` |
//! | in a frame | upper edge only | `frame` | `╷` |
//! | about a connection; a brace of Jenkins | passed over | `Lines::add` | `* Connected to …` |
//! | of a request or response shown line by line | first line of a request, or of a response without one | `Transcript::take_line` | `> GET /v1/a HTTP/1.1` |
//! | a call at the prompt of an interpreter | yes | `asks_anew` | `>>> delete(a)` |
//! | with a runner's time, soon after the line above and a part of what that says | no | `goes_on_in_burst` | `{"error_code":…` below `got 404` |
//! | with a time, a part of what the line above says | no | `continuation` | `09:12 status: 404` |
//! | with a time | yes | `Lines::add` | `09:12 delete failed` |
//! | any other | no | | |
//!
//! Then [`LogRecordReader::add`] reads what the lines say. All lines of an object, list, string or
//! element belong to the line on which it starts ([`log_records`]). Whatever is still open above a
//! marked line is ignored, unless it is an element. Empty lines and fences of Markdown are passed
//! over. Any other line starts a log record or goes on with one:
//!
//! | line | log record | where | example |
//! | --- | --- | --- | --- |
//! | a header in a head; the rest of a wrapped header above another header | goes on | `goes_on_in_head` | `X-Request-Id: …` |
//! | the first line of the text | starts | `starts` | |
//! | in a frame, below a frame | starts if marked | `starts` | `╷` |
//! | in a frame | starts, unless a request or `Line \|` stands above | `starts` | `│ Error: …` |
//! | below a frame | starts, unless it asks for the last error | `asks_for_last_error` | `PS C:\> $error[0]` |
//! | of a request shown line by line | starts; below another such line only if it is a request, and the lines above show a different request or a response | `starts` | `> GET /v1/a HTTP/1.1` |
//! | the status, address or ID of the body above, if no line above the body says them, except curl's command | goes on | `describes_body_above` | `404 GET https://…` below `{…}` |
//! | an object of a logger below another; or in a log record from a logger, unless the line above ends in a colon | starts | `may_be_of_logger` | `{"level":"error",…` |
//! | with an error code, not marked, without a bullet, below a call that succeeded | starts | `ends_with_success` | `Organizations.1305` below `200 https://…` |
//! | the first line of a response | starts if marked or if no request waits for it | `waits_for_head` | `HTTP/1.1 404 Not Found` |
//! | with `{` or `<`, below a head | goes on, marked or not | `starts` | `09:12 {"error_code":…` |
//! | marked | starts | `starts` | `09:12 delete failed` |
//! | below a head | goes on, unless it stands below an empty line and outside a transcript | `starts` | |
//! | a divider, unless what the lines above wait for stands below it | starts | `shows_awaited` | `-----` |
//! | the first line of a command, a call, a step or an exception | starts | `starts_call_or_step` | `$ curl …`, `GET /v1/a`, `TASK [a]` |
//! | of the next call | starts | `starts_next_call` | `attempt 2: …` below `attempt 1: …` |
//! | the result of a test, beside its block or another result | starts | `starts_test_result` | `not ok 2 - a` |
//! | a message above the place that PowerShell prints | starts | `starts_by_text` | `… failed` above `At line:1 …` or `Line \|` |
//! | the next diagnostic | starts | `starts_by_text` | `Error: …` below `  on main.tf line 3:` |
//! | a section of an INI file; a table of TOML, unless it is inside the table that the log record starts with | starts | `starts_by_text` | `[web]` above `a = b` |
//! | another exception of Python, or a request below one; not below an empty line | starts | `PythonStacks` | `Traceback (…` |
//! | the name of a speaker, if a log record above started with a name | starts | `speaker` | `Omar F.  9:14 AM` |
//! | below an empty line: more of a stack, a body below headers, one more value, or anything behind a colon | goes on | `goes_on_after_blank` | `Request ID: …` below `Status: 404` |
//! | below an empty line | starts | `starts` | |
//! | below the status or ID of a body, and about something else | starts | `is_trailer` | `done` below `404 https://…` |
//! | below a body, and about something else | starts, unless it ends the paragraph and has no `{` | `is_trailer` | `done` below `{…}` |
//! | without a level, below a line of normal operation | starts, unless indented or a closing bracket | `starts_by_level` | `done` below `INFO …` |
//! | without a level, behind another tag | starts | `starts_by_level` | `[web-2] …` below `[web-1] …` |
//! | an event of .NET | starts | `starts_event` | `fail: Acme.Billing[0]` |
//! | with a level, below lines without | starts if it is no problem, unless only the head of a Java log record stands above | `starts_by_level` | `INFO …`, not `ERROR …`, below `done` |
//! | with a level, below a line with a level | starts if one is of normal operation, or a debug line below a problem | `starts_by_level` | `INFO …`, not `ERROR …`, below `ERROR …` |
//! | any other | goes on | | |

mod calls;
pub(crate) mod line_kinds;
mod python_stacks;
mod starts;

use std::mem;

use self::calls::{has_failed, has_worked, is_said_by_command, says_request};
use self::line_kinds::{
    FENCE, has_headers, is_object, is_request_of_wget, is_whole_object, may_be_of_logger,
    starts_head,
};
use self::python_stacks::PythonStacks;
use super::bullets_and_sections::bullets_and_sections;
use super::posted::PostReader;
use super::posted::speakers::speaker;
use super::{Kind, Part, Tree};
use crate::explain::lines::Unwrapped;
use crate::explain::lines::levels::Level;
use crate::explain::lines::line::{Line, LineKind};
use crate::explain::lines::times::{label_of_time, starts_with_time};
use crate::explain::values::alone::is_value_line;
use crate::explain::values::http::{
    is_header, shows_exchange, starts_response, starts_with_request, statuses_alone_in,
};
use crate::substrings::place_in;

/// How many lines above or below a line are looked at.
const MAX_NEAR_LINES: usize = 16;

/// The log records of a text, the lines in them, the items and blocks that stand on lines
/// of their own, and the posted exchanges.
pub(crate) fn log_records<'t>(
    unwrapped: &'t Unwrapped,
    containers: &[Part],
    tree: &'t Tree,
) -> Vec<Part<'t>> {
    let mut reader = LogRecordReader::new(&unwrapped.text, tree);
    let mut containers = containers.iter().peekable();
    let mut index = 0;
    while let Some(line) = unwrapped.lines.get(index) {
        // The line is extended to the last line of the containers that start on it.
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

/// What a line is for the lines below it in the same log record.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Content {
    #[default]
    Text,
    /// A line in a frame.
    Frame,
    /// A line of a request, as `curl -v` shows it.
    Request,
    /// The head of a response.
    Head,
    /// A whole object on one line.
    Body,
    /// The status, address or ID that a client prints below a body, if no line above the body says
    /// it.
    Trailer,
}

/// The current log record.
#[derive(Default)]
struct LogRecord<'t> {
    /// Its index among the parts.
    part: usize,
    /// Its lines so far, without empty ones.
    lines: Vec<&'t str>,
    /// What the line above is.
    above: Content,
    level: Option<Level>,
    stacks: PythonStacks,
    /// Whether a logger wrote one of its lines: the line has a level or a time, is an object of a
    /// logger, or starts a log record in another stream.
    is_from_logger: bool,
}

struct LogRecordReader<'t> {
    text: &'t str,
    /// The fields of the text. The nodes are added later.
    tree: &'t Tree,
    parts: Vec<Part<'t>>,
    log_record: LogRecord<'t>,
    /// The number of the stream of the line above.
    stream: usize,
    is_blank_above: bool,
    /// Whether the client shows a request, or a status and an address, above a body and not below
    /// it: a line so far has shown them there.
    client_shows_exchange_first: bool,
    /// Whether any log record so far started with the name of its writer, as in a chat.
    has_speaker: bool,
    posts: PostReader<'t>,
}

impl<'t> LogRecordReader<'t> {
    fn new(text: &'t str, tree: &'t Tree) -> Self {
        LogRecordReader {
            text,
            tree,
            parts: Vec::new(),
            log_record: LogRecord::default(),
            stream: 0,
            is_blank_above: false,
            client_shows_exchange_first: false,
            has_speaker: false,
            posts: PostReader::default(),
        }
    }

    /// Adds a line and the containers that start on it, which end at `end`; `below` is the text of
    /// the next line.
    fn add(&mut self, line: &Line, end: usize, below: &str) {
        let text = &self.text[line.start..line.end];
        let whole = &self.text[line.start..end];
        let starts_log_record = line.starts_log_record && !self.is_time_in_list(text);
        let line = &Line { starts_log_record, ..*line };
        if line.kind == LineKind::PassedOver || text.trim() == FENCE {
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
            _ if !line.starts_log_record && self.describes_body_above(text, below) => {
                Content::Trailer
            }
            _ => Content::Text,
        };
        self.client_shows_exchange_first |= content == Content::Text
            && (shows_exchange(text) || starts_with_request(text))
            && !has_worked(text)
            // Below a body and an empty line, it is of another paragraph.
            && !(self.is_blank_above && is_object(self.line_above()));
        let is_of_head = content == Content::Text && self.goes_on_in_head(text, below);
        if !is_of_head && self.starts(line, content, whole, below) {
            self.finish();
            self.has_speaker |= speaker(text).is_some();
            self.log_record.part = self.parts.len();
            self.parts.push(Part::new(Kind::LogRecord, line.start..end));
        }
        match self.parts.last_mut() {
            // A header extends the line of its head, which is the last part.
            Some(head) if is_of_head => head.place.end = end,
            _ => {
                self.parts.push(Part::new(Kind::Line, line.start..end));
                self.log_record.above = content;
            }
        }
        self.log_record.level = line.level.or(self.log_record.level);
        self.log_record.is_from_logger |= line.level.is_some()
            || content == Content::Body && may_be_of_logger(text)
            || line.starts_log_record
                && (starts_with_time(text) && !is_request_of_wget(text)
                    || line.stream != self.stream);
        self.log_record.stacks.add(whole);
        self.stream = line.stream;
        self.log_record.lines.push(whole);
        self.is_blank_above = false;
    }

    /// Whether a line is a labelled time that goes on with the list of values above it: the line
    /// above has a colon, too, and no line near above has the same label.
    fn is_time_in_list(&self, text: &str) -> bool {
        let Some(label) = label_of_time(text) else { return false };
        !self.is_blank_above
            && self.lines_above().iter().all(|line| label_of_time(line) != Some(label))
            && self.line_above().contains([':', '：'])
    }

    /// Whether a line says the status, address or ID of the body above it, and no line above that
    /// body says any; `below` is the text of the next line.
    fn describes_body_above(&self, text: &str, below: &str) -> bool {
        if self.log_record.above == Content::Trailer {
            return is_value_line(text) && !text.starts_with('{');
        }
        let Some((body, above)) = self.lines_above().split_last() else { return false };
        // The head of the response does not count: it says the same status.
        let own = statuses_alone_in(text).next();
        let says = |line: &str| {
            let status = statuses_alone_in(line).next();
            let is_of_head = is_header(line) || starts_response(line) && status == own;
            !is_of_head && (status.is_some() || is_value_line(line))
        };
        let is_body_below = below.starts_with('{');
        let is_of_other =
            |line: &str| says_request(line) && (is_body_below || !is_said_by_command(text, line));
        !self.client_shows_exchange_first
            && is_object(body)
            && has_failed(body) != has_worked(text)
            && (shows_exchange(text) || is_value_line(text) && !is_object(text))
            && (!self.is_blank_above || below.trim().is_empty())
            && !above.iter().any(|line| says(line) || is_of_other(line))
    }

    /// The last lines of the log record.
    fn lines_above(&self) -> &[&'t str] {
        &self.log_record.lines[self.log_record.lines.len().saturating_sub(MAX_NEAR_LINES)..]
    }

    fn line_above(&self) -> &'t str {
        self.log_record.lines.last().copied().unwrap_or_default()
    }

    /// Ends the log record with its last line, and adds the items and exchanges in it.
    fn finish(&mut self) {
        let log_record = mem::take(&mut self.log_record);
        let Some(last) = log_record.lines.last() else { return };
        self.parts[log_record.part].place.end = place_in(self.text, last).end;
        self.parts.extend(bullets_and_sections(self.text, &log_record.lines, self.tree));
        if log_record.is_from_logger {
            self.posts.finish(&mut self.parts);
        } else {
            self.posts.take(self.text, &log_record.lines, &mut self.parts);
        }
    }
}
