//! The exchange that a program has logged above the log record of an error, step by step: a
//! request, the status and the headers that it was answered with, and only then, in a log record of
//! its own, the body with the code or what the program says of it.

use std::ops::Range;

use super::exchanges::{LoggedExchange, mark_last_answered};
use super::steps::{is_of_debug, is_of_response, is_step};
use super::threads::Thread;
use crate::catalog::Entry;
use crate::explain::lines::levels::{Level, level, level_among_words};
use crate::explain::lines::prefix::text_after_time;
use crate::explain::lines::times::{MAX_WAIT, after_time, seconds_apart};
use crate::explain::owner::{CodeInTree, Found};
use crate::explain::tree::Kind;
use crate::explain::tree::log_records::line_kinds::may_be_of_logger;
use crate::explain::values::addresses::{is_of_service, server_and_path};
use crate::explain::values::http::{METHODS, has_request, is_header, starts_response};
use crate::explain::values::unlabelled_id::is_unlabelled_id;
use crate::explain::values::{FULL_ID_LENGTH, Role, is_error_code, status};
use crate::explain::{Occurrence, Request};
use crate::substrings::{
    before, common_start, has_any, offsets_in, start_of, start_of_line, words,
};

/// The most bytes above a log record in which its exchange is looked for.
const MAX_ABOVE: usize = 8192;
/// The most lines of the stream in these bytes that are read.
const MAX_LINES: usize = 256;
/// Codes above a log record after which reading upwards ends, even if all are of other threads.
const MAX_CODES: usize = 4;

/// Words of a failure.
const FAILURES: [&str; 4] = ["error", "exception", "fail", "fatal"];
/// Roles of fields with the method of a request.
const ROLES_OF_METHOD: [Role; 2] = [Role::Request, Role::Method];
/// Roles of fields with its address.
const ROLES_OF_ADDRESS: [Role; 3] = [Role::Url, Role::Path, Role::Address];
/// Roles of fields that show that a line is a step of an exchange.
const ROLES_OF_STEP: [Role; 4] = [Role::HttpStatus, Role::RequestId, Role::Host, Role::Method];

impl<'r> CodeInTree<'r> {
    /// Adds the request, the status and the ID of the exchange above to what the code's log record
    /// says, if exactly one exchange may be that of the log record.
    pub(super) fn add_exchange_above(&self, occurrence: &mut Occurrence, variants: &[&Entry]) {
        let own = occurrence.request.as_ref();
        let Some(log_record) =
            self.log_record_of_its_own().filter(|it| self.may_have_exchange(it, own))
        else {
            return;
        };
        let lines = self.lines_above(&log_record);
        let mut exchanges = self.exchanges_in(&lines);
        if self.log_record_answers(&log_record, occurrence) {
            mark_last_answered(&mut exchanges);
        }
        exchanges.retain(|it| self.may_be_of(it, &log_record, occurrence, variants));
        let [exchange] = &exchanges[..] else { return };
        let mut between = lines.iter().filter(|it| it.start > exchange.start);
        if !between.all(|line| self.goes_on_with(exchange, line)) {
            return;
        }
        let id = || Some(exchange.id?.value(self.region.text()));
        occurrence.http_status = occurrence.http_status.or(exchange.status);
        occurrence.request_id = occurrence.request_id.take().or_else(id);
        let own_url = occurrence.request.take().and_then(|own| own.url);
        let own_url = own_url.filter(|own| !own.starts_with('/'));
        occurrence.request = Some(Request {
            method: Some(exchange.method.clone()),
            url: own_url.or_else(|| Some(exchange.url.clone())),
        });
    }

    /// The lines above the code's log record that are of its stream and of no other thread,
    /// below the last that has a code.
    fn lines_above(&self, log_record: &Range<usize>) -> Vec<Range<usize>> {
        let region = self.region;
        let above = log_record.start.saturating_sub(MAX_ABOVE)..log_record.start;
        let codes = offsets_in(region.all_codes(), &above);
        let start = codes.len().checked_sub(MAX_CODES).map_or(above.start, |first| codes[first]);
        let has_code = |line: &Range<usize>| !offsets_in(codes, line).is_empty();
        let own_line = self.line_at(log_record.start);
        let thread = Thread::new(own_line, self.place.start - log_record.start);
        let log_record_of = |line: &Range<usize>| region.log_record(line.start).start;
        // From the last line upwards, by log record. The first line of each names its thread.
        let lines: Vec<_> =
            region.lines_of_stream(start..above.end).rev().take(MAX_LINES).collect();
        let mut kept = Vec::new();
        for lines in lines.chunk_by(|below, above| log_record_of(below) == log_record_of(above)) {
            let first = lines[lines.len() - 1].start;
            let text = self.line_at(first);
            let is_whole = region.log_record(first).start == first;
            if is_whole && thread.differs_from(&Thread::new(text, text.len())) {
                continue;
            }
            let Some(code) = lines.iter().position(has_code) else {
                kept.extend_from_slice(lines);
                continue;
            };
            // Lines below a code are still of that code, up to the next request, unless their log
            // record starts with a response.
            let is_next = |line: &Range<usize>| {
                starts_response(text) || has_request(self.line_at(line.start))
            };
            let next = lines[..code].iter().rposition(is_next);
            kept.extend_from_slice(&lines[..next.map_or(0, |next| next + 1)]);
            break;
        }
        kept.reverse();
        kept
    }

    /// Whether the code's log record has a status or an ID, or starts with a response or a failure,
    /// and so may answer a request above that has no answer yet.
    fn log_record_answers(&self, log_record: &Range<usize>, occurrence: &Occurrence) -> bool {
        occurrence.http_status.is_some()
            || occurrence.request_id.is_some()
            || is_of_response(self.line_at(log_record.start))
            || self.starts_with_failure(log_record)
    }

    /// Whether an exchange may be that of the code's log record: their statuses, IDs, paths and
    /// methods do not contradict, and they are close in time. An exchange with a status fits a log
    /// record without one only if the log record shows a body or a failure, and the catalog
    /// documents that status for the code.
    fn may_be_of(
        &self,
        exchange: &LoggedExchange,
        log_record: &Range<usize>,
        occurrence: &Occurrence,
        variants: &[&Entry],
    ) -> bool {
        let text = self.region.text();
        let own = occurrence.request.as_ref();
        let is_of_other_method = |word: &str| METHODS.contains(&word) && exchange.method != word;
        let is_body = || self.around.iter().any(|node| self.node(*node).kind == Kind::Object);
        let has_its_status = match (exchange.status, occurrence.http_status) {
            (None, _) => exchange.is_answered || own.is_some(),
            (Some(answered), Some(status)) => answered == status,
            (Some(answered), None) => {
                (is_body() || self.starts_with_failure(log_record))
                    && variants.iter().any(|entry| entry.status() == answered)
            }
        };
        let has_its_id = || match (exchange.id, &occurrence.request_id) {
            (None, _) => true,
            (Some(id), Some(own)) => id.value(text) == *own,
            // An ID as long as this one would be the code's own; a shorter one may be an account's.
            (Some(id), None) => !words(&text[log_record.clone()]).any(|word| {
                word.len() >= id.place.len().min(FULL_ID_LENGTH) && is_unlabelled_id(word)
            }),
        };
        // A message alone is too little to go by.
        let says_enough = exchange.status.is_some()
            || occurrence.http_status.is_some()
            || is_error_code(&text[self.place.clone()]);
        has_its_status
            && says_enough
            && has_its_id()
            && own.is_none_or(|own| {
                exchange.has_path_of(own.url.as_deref().unwrap_or_default())
                    && own.method.as_ref().is_none_or(|own| *own == exchange.method)
            })
            && !words(self.text_before_code(log_record)).any(is_of_other_method)
            && self.is_soon_after(exchange, log_record)
    }

    /// Whether the code's log record starts with the level of a problem, or with words of a
    /// failure.
    fn starts_with_failure(&self, log_record: &Range<usize>) -> bool {
        // Java writes the level below the time.
        let mut lines = self.region.text()[log_record.start..self.place.end].lines().take(2);
        lines.find_map(level_among_words) == Some(Level::Problem)
            || has_any(&self.text_before_code(log_record).to_lowercase(), &FAILURES)
    }

    /// The first line of the code's log record up to the code; only up to the first quote,
    /// unless the line is an object of a logger.
    fn text_before_code(&self, log_record: &Range<usize>) -> &'r str {
        let line = self.line_at(log_record.start);
        let start = start_of(line, self.place.start - log_record.start);
        if may_be_of_logger(line) {
            return start;
        }
        start.split(['"', '\'']).next().unwrap_or_default()
    }

    /// Whether an exchange above may complete the code's log record: the code or its request is of
    /// the service, no status or ID is disputed, and the code is in no item. The log record must
    /// name no method; if the code's method is known, only its first line must not. If nothing of
    /// the request is known, the log record must name no address either.
    fn may_have_exchange(&self, log_record: &Range<usize>, own: Option<&Request>) -> bool {
        let tree = self.region.tree();
        let first_line = log_record.start..log_record.start + self.line_at(log_record.start).len();
        let is_in_item = self.around.iter().any(|node| self.node(*node).kind == Kind::Item);
        let is_disputed =
            [self.status, self.request_id].iter().any(|it| matches!(it, Some(Found::Disputed)));
        // The API gateway stands before all servers, so its codes need an address of the service.
        let says_service = || own.and_then(|own| own.url.as_deref()).is_some_and(is_of_service);
        let may_be_asked_above = match own {
            Some(own) if own.method.is_some() => !tree.has_any_of(&first_line, &ROLES_OF_METHOD),
            Some(_) => !tree.has_any_of(log_record, &ROLES_OF_METHOD),
            None => {
                !tree.has_any_of(log_record, &ROLES_OF_METHOD)
                    && !tree.has_any_of(log_record, &ROLES_OF_ADDRESS)
            }
        };
        (self.is_of_organizations || says_service())
            && !self.around.is_empty()
            && !is_in_item
            && !is_disputed
            && may_be_asked_above
    }

    /// Whether the code's log record follows an exchange soon, by their times; if neither has a
    /// time, whether it starts like a response or a line of a log.
    fn is_soon_after(&self, exchange: &LoggedExchange, log_record: &Range<usize>) -> bool {
        let above = self.region.log_record(exchange.start).start;
        let [own_line, line] = [log_record.start, above].map(|at| self.line_at(at));
        let times = [own_line, line].map(|it| after_time(it).map(|after| before(it, after)));
        match times {
            [Some(own), Some(above)] => seconds_apart(own, above) <= MAX_WAIT,
            [None, None] => {
                starts_response(own_line)
                    || is_header(own_line)
                    || status(own_line).is_some()
                    || level(own_line).is_some()
                    || may_be_of_logger(own_line)
            }
            _ => true,
        }
    }

    /// Whether a line below an exchange belongs to it: it has a field of a response or a request,
    /// or names the address that was asked, or is a step. An object of a logger is a step at the
    /// level of debug lines. Any other line is a step if (a) it continues its log record, (b) it
    /// looks like a step, with or without the words that it shares with the start of the request's
    /// line, or (c) the line below looks like a step and has no time.
    fn goes_on_with(&self, exchange: &LoggedExchange, line: &Range<usize>) -> bool {
        let text = self.region.text();
        let own = &text[line.clone()];
        let (_, path) = server_and_path(&exchange.url);
        if self.region.tree().has_any_of(line, &ROLES_OF_STEP)
            || path.len() > 1 && has_any(own, &[path])
        {
            return true;
        }
        if may_be_of_logger(own) {
            return is_of_debug(&own.to_uppercase());
        }
        let below = text[line.end..].lines().nth(1).unwrap_or_default();
        let request = self.line_at(start_of_line(text, exchange.start));
        let [after_time_of_own, asked] = [own, request].map(text_after_time);
        let shared = common_start(after_time_of_own, asked);
        self.region.log_record(line.start).start != line.start
            || is_step(own)
            || is_step(&after_time_of_own[shared.len()..])
            || !below.is_empty() && after_time(below).is_none() && is_step(below)
    }
}
