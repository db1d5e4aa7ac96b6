//! Decides whether a line starts another log record, by the second table in the head of
//! `log_records/mod.rs`.

use super::calls::{
    asks_next, ends_with_success, has_next_number, is_answered, says_request, shows_awaited,
};
use super::line_kinds::{
    ends_with_status, has_headers, is_divider, is_head_of_java, is_object, is_request_of_wget,
    is_surely_of_logger, is_trailer, may_be_of_logger, starts_call_or_step, starts_test_result,
};
use super::{Content, LogRecordReader, MAX_NEAR_LINES};
use crate::explain::lines::dialogue::{after_shell_prompt, asks_for_last_error};
use crate::explain::lines::levels::{Level, starts_event};
use crate::explain::lines::line::{Line, LineKind};
use crate::explain::lines::prefix::tag;
use crate::explain::terraform_diagnostics::{DIAGNOSTIC_START, says_where};
use crate::explain::tree::line_starts::{after_bullet, key_of_line, names_code};
use crate::explain::tree::posted::speakers::speaker;
use crate::explain::values::alone::is_value_line;
use crate::explain::values::http::{is_header, shows_exchange, starts_with_request};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{error_code, has_error_code};
use crate::substrings::place_in;

/// The mark before the place of an error in a Rust diagnostic, below its title.
const RUST_PLACE: &str = "  --> ";
/// What PowerShell 7 prints below a message, above the line of the script.
const HEAD_OF_POWERSHELL: &str = "Line |";

impl LogRecordReader<'_> {
    /// Whether a line with this content starts another log record. `whole` goes to the end of the
    /// containers that start on the line; `below` is the next line. The order of the rows matters.
    pub(super) fn starts(&self, line: &Line, content: Content, whole: &str, below: &str) -> bool {
        let text = &self.text[line.start..line.end];
        let (lines, above) = (self.lines_above(), self.line_above());
        match (self.log_record.above, content) {
            _ if self.log_record.lines.is_empty() => true,
            (Content::Frame, Content::Frame) => line.starts_log_record,
            // A frame below a request, or below PowerShell's head, shows the response.
            (_, Content::Frame) => {
                let mut lines = lines.iter().map(|line| line.trim());
                !lines.any(|it| starts_with_request(it) || it == HEAD_OF_POWERSHELL)
            }
            (Content::Frame, _) => !asks_for_last_error(text),
            (Content::Request, Content::Request) => {
                let is_other = |it: &&str| starts_with_request(it) && *it != text;
                starts_with_request(text) && (lines.iter().any(is_other) || is_answered(lines))
            }
            (_, Content::Request) => true,
            (_, Content::Trailer) => false,
            _ if may_be_of_logger(whole) && may_be_of_logger(above) => true,
            _ if self.log_record.is_from_logger
                && is_surely_of_logger(whole)
                && !above.ends_with(':') =>
            {
                true
            }
            // Checked late because the search for a code takes long.
            _ if !line.starts_log_record
                && has_error_code(whole)
                && ends_with_success(lines)
                && after_bullet(text.trim_start()).is_none() =>
            {
                true
            }
            (_, Content::Head) => line.starts_log_record || !self.waits_for_head(above),
            // A body belongs to its head, even where a logger wrote it.
            (Content::Head, _) if text.contains(['{', '<']) => false,
            _ if line.starts_log_record => true,
            // After the empty line below a head, only a body goes on with it.
            (Content::Head, _) => line.kind == LineKind::Plain && self.is_blank_above,
            _ if self.starts_by_text(text, above, below) => true,
            _ if self.is_blank_above => !self.goes_on_after_blank(text, below),
            (Content::Trailer, _) if !is_trailer(text) => true,
            // The last line of a paragraph may say the status of the body above it.
            (Content::Body, _) if !is_trailer(text) => {
                !below.trim().is_empty() || text.contains('{')
            }
            _ => self.starts_by_level(line, text, above),
        }
    }

    /// Whether a line starts another log record, by its text and the lines right above and below
    /// it.
    fn starts_by_text(&self, text: &str, above: &str, below: &str) -> bool {
        is_divider(text) && !shows_awaited(below, self.lines_above())
            || starts_call_or_step(text)
            || self.starts_next_call(text, above)
            || starts_test_result(text, above, below)
            // PowerShell prints the place (`At line:1 …`) below a message.
            || below.starts_with("At ")
            || below.trim() == HEAD_OF_POWERSHELL
            || text.starts_with(DIAGNOSTIC_START) && says_where(above)
            || is_section(text, below) && !self.goes_on_in_table(text)
            || !self.is_blank_above && self.log_record.stacks.starts_another(text, above)
            // A first line that seems to name a speaker may be a label and its value.
            || self.has_speaker && speaker(text).is_some()
    }

    /// Whether a line is of another call than those above it.
    fn starts_next_call(&self, text: &str, above: &str) -> bool {
        // Each list of values starts with the same label. In a list, a line with another label goes
        // on.
        let starts_list =
            |first: &&str| is_value_line(first) && key_of_line(first) != key_of_line(text);
        let is_of_list = self.log_record.lines.first().is_some_and(starts_list);
        let lines = self.lines_above();
        !is_of_list && asks_next(text, lines)
            || has_next_number(text, lines)
            || ends_with_status(text) && ends_with_status(above)
            || self.client_shows_exchange_first && is_object(above) && shows_exchange(text)
    }

    /// Whether the log record still waits for a response: it shows a request on the line above or
    /// on its first line, or starts with a shell command or the address that wget asks for.
    fn waits_for_head(&self, above: &str) -> bool {
        let is_request = |first: &&str| {
            says_request(first) || after_shell_prompt(first).is_some() || is_request_of_wget(first)
        };
        self.log_record.above == Content::Request
            || starts_with_request(above.trim_start_matches([' ', '-', '>']))
            || !self.is_blank_above && self.log_record.lines.first().is_some_and(is_request)
    }

    /// Whether a line is one more header of the head above it, or the rest of a wrapped header
    /// above another header.
    pub(super) fn goes_on_in_head(&self, line: &str, below: &str) -> bool {
        let is_in_head = self.log_record.above == Content::Head && !self.is_blank_above;
        let is_body = line.starts_with(['{', '[', '<']);
        is_in_head
            && !is_body
            && !starts_call_or_step(line)
            && (is_header(line) || is_header(below))
    }

    /// Whether a line after an empty one still belongs to what stands above, such as a stack, a
    /// body below headers, or one more value with its label.
    fn goes_on_after_blank(&self, text: &str, below: &str) -> bool {
        // A label that the lines above have, too, starts another log record.
        let key = key_of_line(text);
        let has_key = |line: &&str| key_of_line(line) == key;
        let is_new = key.is_none() || !self.lines_above().iter().any(has_key);
        let is_label = |line: &str| meaning_of(line).is_some();
        let is_value = |line: &str| is_value_line(line) || is_label(line);
        let above = self.line_above();
        let is_below_label = matches!(self.log_record.lines[..], [.., label, _] if is_label(label));
        // Loggers of Java put an empty line before the stack of a log record.
        let is_of_stack = |line: &str| line.trim_start().starts_with("at ");
        self.log_record.stacks.go_on_with(text)
            || self.goes_on_in_table(text)
            || !is_of_stack(above) && is_of_stack(below)
            || has_headers(above)
            || says_where(text)
            || below.starts_with(RUST_PLACE)
            || asks_for_last_error(text)
            || [text, above].iter().any(|line| self.log_record.stacks.are_joined_by(line))
            || is_new
                && !self.names_other_code(text)
                && (above.ends_with([':', '：'])
                    || is_value(text) && (is_value(above) || is_below_label))
    }

    /// Whether a line is the head of a TOML table within the table that the log record starts with:
    /// `[call.error]` below `[[call]]`.
    fn goes_on_in_table(&self, text: &str) -> bool {
        let table = self.log_record.lines.first().and_then(|it| it.trim().strip_prefix('['));
        let name = table.map_or("", |it| it.trim_matches(['[', ']']));
        let inner = text.trim_start().strip_prefix('[').and_then(|it| it.strip_prefix(name));
        !name.is_empty() && inner.is_some_and(|inner| inner.starts_with('.'))
    }

    /// Whether the paragraph that starts with a line names another code than the log record.
    fn names_other_code(&self, line: &str) -> bool {
        let code = |line| error_code(line).filter(|_| names_code(line));
        let Some(known) = self.lines_above().iter().rev().copied().find_map(code) else {
            return false;
        };
        let paragraph = self.text[place_in(self.text, line).start..].lines();
        let mut paragraph =
            paragraph.take(MAX_NEAR_LINES).take_while(|line| !line.trim().is_empty());
        paragraph.find_map(code).is_some_and(|code| code != known)
    }

    /// Whether a line starts another log record, by its level and that of the lines above. A line
    /// of normal operation stands alone; debug lines belong to what follows them. A line without a
    /// level starts one if its tag (`[web-1]`) is another.
    fn starts_by_level(&self, line: &Line, text: &str, above: &str) -> bool {
        match (line.level, self.log_record.level) {
            _ if starts_event(text) => true,
            (None, Some(Level::Info)) => !text.starts_with([' ', '\t', '}', ']', ')']),
            (None, _) => {
                matches!((tag(text), tag(above)), (Some(own), Some(above)) if own != above)
            }
            (Some(level), None) => {
                level != Level::Problem
                    && !(self.log_record.lines.len() == 1 && is_head_of_java(above))
            }
            (Some(Level::Info), _) | (_, Some(Level::Info)) => true,
            (own, of_log_record) => {
                (own, of_log_record) == (Some(Level::Debug), Some(Level::Problem))
            }
        }
    }
}

/// Whether a line is the head of a section of an INI file or a table of TOML; `below` is the next
/// line.
fn is_section(line: &str, below: &str) -> bool {
    line.starts_with('[') && line.trim_end().ends_with(']') && below.contains(" = ")
}
