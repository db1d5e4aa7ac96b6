//! The exchange that a program has logged above an error, step by step: a request, the status and
//! the headers that it was answered with, and only then, in a record of its own, the body with the
//! code or what the program says of it.

use std::ops::Range;

use super::request::{in_parts, is_of_service};
use super::{Found, Owner};
use crate::catalog::Entry;
use crate::explain::lines::continuation::MAX_WAIT;
use crate::explain::lines::levels::{Level, after_level, level};
use crate::explain::lines::prefix::MAX_PREFIX;
use crate::explain::lines::times::{after_time, seconds_apart};
use crate::explain::tree::Kind;
use crate::explain::values::http::{is_header, server_and_path, starts_response};
use crate::explain::values::unlabelled_id::is_unlabelled_id;
use crate::explain::values::{Field, Role, status};
use crate::explain::{Occurrence, Request};
use crate::substrings::{before, is_word_of, offsets_in, split_while, start_of, start_of_line};

/// Bytes above a record in which its exchange is looked for.
const MAX_ABOVE: usize = 8192;
/// Lines of the stream among these.
const MAX_LINES: usize = 256;
/// Words before what a line says, among which the name of a thread is looked for.
const MAX_WORDS: usize = 12;
/// How what a program says of a request and of a response starts, in small letters.
const REQUESTS: [&str; 2] = ["request", "http request"];
const RESPONSES: [&str; 2] = ["response", "http response"];
/// Words behind them.
const PARTS: &str = "body code content head header headers method returned status uri url";
/// Tags of the steps of an exchange.
const PHASES: &str = "body request response";

/// A request, and what the lines below say of its response.
#[derive(Default)]
struct Exchange<'r> {
    /// Where the request starts.
    start: usize,
    request: Request,
    /// Whether a line shows the response, or names a part of it.
    is_answered: bool,
    status: Option<u16>,
    id: Option<&'r Field>,
}

impl<'r> Owner<'r> {
    /// Adds the request of the exchange above, its status and its request ID to what the code's
    /// record says. The record shows the response, or its body, or has the same status, or the same
    /// address.
    pub(super) fn add_exchange_above(&self, occurrence: &mut Occurrence, variants: &[&Entry]) {
        let own = occurrence.request.as_ref();
        let Some(record) = self.record_of_its_own().filter(|it| self.may_have_exchange(it, own))
        else {
            return;
        };
        let lines = self.lines_above(&record);
        let is_body = self.around.iter().any(|node| self.node(*node).kind == Kind::Object);
        let mut exchanges = self.exchanges_in(&lines);
        if is_of_response(self.line_at(record.start)) {
            mark_answered(&mut exchanges);
        }
        exchanges.retain(|it| own.is_none_or(|own| have_same_path(&it.request, own)));
        exchanges.retain(|it| match (it.status, occurrence.http_status) {
            (None, _) => it.is_answered || own.is_some(),
            (Some(answered), Some(status)) => answered == status,
            (Some(answered), None) => {
                is_body && variants.iter().any(|entry| entry.status() == answered)
            }
        });
        let [exchange] = &exchanges[..] else { return };
        let id = exchange.id.map(|id| id.value(self.region.text()));
        let is_same =
            id.is_none() || occurrence.request_id.is_none() || id == occurrence.request_id;
        let mut between = lines.iter().filter(|it| it.start > exchange.start);
        if is_same && self.is_soon_after(exchange, &record) && between.all(|it| self.is_step(it)) {
            occurrence.http_status = occurrence.http_status.or(exchange.status);
            occurrence.request_id = occurrence.request_id.take().or(id);
            occurrence.request = Some(exchange.request.clone());
        }
    }

    /// Whether the code's record leaves open what was asked, and whose response it is.
    fn may_have_exchange(&self, record: &Range<usize>, own: Option<&Request>) -> bool {
        let is_said = |role: &Role| self.region.tree().with_role(*role, record).next().is_some();
        let text = self.region.text();
        let is_in_item = self.around.iter().any(|node| self.node(*node).kind == Kind::Item);
        let is_disputed =
            [self.status, self.request_id].iter().any(|it| matches!(it, Some(Found::Disputed)));
        let has_id = || {
            let mut words = text[record.clone()].split(|c: char| !c.is_ascii_alphanumeric());
            self.request_id.is_none() && words.any(is_unlabelled_id)
        };
        self.is_of_organizations()
            && !self.around.is_empty()
            && !is_in_item
            && !is_disputed
            && ![Role::Request, Role::Method].iter().any(is_said)
            && (own.is_some() || ![Role::Url, Role::Path, Role::Address].iter().any(is_said))
            && !has_id()
    }

    /// The lines above the code's record, down from the code above, that are of its stream and of no
    /// other thread.
    fn lines_above(&self, record: &Range<usize>) -> Vec<Range<usize>> {
        let region = self.region;
        let above = record.start.saturating_sub(MAX_ABOVE)..record.start;
        let code = offsets_in(region.all_codes(), &above).last();
        let own_line = start_of(self.line_at(record.start), self.place.start - record.start);
        let mut is_of_other = false;
        let lines = region.lines_of_stream(code.copied().unwrap_or(above.start)..above.end);
        let mut own: Vec<_> = lines.rev().take(MAX_LINES).collect();
        own.reverse();
        own.retain(|line| {
            let text = self.line_at(line.start);
            if after_time(text).is_some() || region.record(line.start).start == line.start {
                is_of_other = are_of_two_threads(own_line, text);
            }
            !is_of_other
        });
        own
    }

    /// The exchanges with the service in these lines that did not succeed, since the last request to
    /// another server.
    fn exchanges_in(&self, lines: &[Range<usize>]) -> Vec<Exchange<'r>> {
        let (tree, text) = (self.region.tree(), self.region.text());
        let mut exchanges: Vec<Exchange> = Vec::new();
        for line in lines {
            let fields = tree.fields_in(line);
            let requests: Vec<_> = fields.iter().map(|it| self.whole_request(it, lines)).collect();
            let is_response = is_of_response(&text[line.clone()]);
            if is_response && requests.iter().all(Option::is_none) {
                mark_answered(&mut exchanges);
            }
            for (field, request) in fields.iter().zip(requests) {
                let Some(request) = request else {
                    self.take_answer(&mut exchanges, field);
                    continue;
                };
                let is_of_service = request.url.as_deref().is_some_and(is_of_service);
                if !is_of_service || self.has_succeeded(field) {
                    exchanges.clear();
                    continue;
                }
                // A client may name the status first: `404 Not Found for GET https://…`.
                let status_in = |part| tree.with_role(Role::HttpStatus, &part).last();
                let number = |it| self.number(it);
                let status = status_in(line.start..field.start).and_then(number);
                let answered = status_in(field.place.end..line.end).and_then(number);
                // A command above says the same request as what it sent.
                let is_open = |it: &mut Exchange| {
                    is_same(&it.request, &request) && (it.status.is_none() || it.status == answered)
                };
                let open = exchanges.pop_if(is_open);
                exchanges.retain(|it| it.status.is_some() || !it.is_answered);
                let mut exchange = open.unwrap_or(Exchange { request, ..Exchange::default() });
                exchange.start = field.start;
                exchange.status = exchange.status.or(status);
                exchange.is_answered |= is_response || exchange.status.is_some();
                exchanges.push(exchange);
            }
        }
        exchanges
    }

    /// Takes in what a field says of the server that was asked, or of the response; forgets the last
    /// request where it succeeded, was answered twice, or may not be the one that was answered.
    fn take_answer(&self, exchanges: &mut Vec<Exchange<'r>>, field: &'r Field) {
        let status = match field.role {
            Role::HttpStatus => self.number(field),
            _ => None,
        };
        if status.is_some() {
            mark_answered(exchanges);
        }
        let Some(last) = exchanges.last_mut() else { return };
        let is_other = match field.role {
            Role::Host if !last.is_answered => {
                let url = last.request.url.take();
                last.request.url = url.map(|url| self.with_server(url, Some(field)));
                false
            }
            Role::HttpStatus => last.status.is_some() && last.status != status,
            // What was sent may have an ID of its own.
            Role::RequestId if last.is_answered => self.differ(last.id.get_or_insert(field), field),
            _ => false,
        };
        last.status = last.status.or(status);
        if is_other || last.status.is_some_and(|status| status < 400) {
            exchanges.pop();
        }
    }

    /// The request that a field says, by itself or with the method in its record, or in the line
    /// before it of these, which has the same words before its label and ends there.
    fn whole_request(&self, field: &Field, lines: &[Range<usize>]) -> Option<Request> {
        let (tree, text) = (self.region.tree(), self.region.text());
        let record = self.region.record(field.start);
        let first = |role| tree.with_role(role, &record).next();
        let (method, url) = match field.role {
            Role::Request => in_parts(&field.value(text))?,
            Role::Url => {
                let words = |field: &Field| {
                    let start = start_of_line(text, field.start);
                    text_after_time(&text[start..field.start]).trim()
                };
                let is_in_line_before = |method: &&Field| {
                    let lines_between = text.get(method.place.end..field.start);
                    lines_between
                        .and_then(|it| it.strip_prefix('\n'))
                        .is_some_and(|line| !line.contains('\n') && words(method) == words(field))
                };
                let above = lines[0].start..field.start;
                let before = tree.with_role(Role::Method, &above).last();
                let method = first(Role::Method).or(before.filter(is_in_line_before))?.value(text);
                (method.to_ascii_uppercase(), field.value(text))
            }
            _ => return None,
        };
        let url = self.with_server(url, first(Role::Host));
        Some(Request { method: Some(method), url: Some(url) })
    }

    /// The line that starts at an offset.
    fn line_at(&self, start: usize) -> &'r str {
        self.region.text()[start..].lines().next().unwrap_or_default()
    }

    /// Whether a log goes on with the code's record soon after the line with an exchange.
    fn is_soon_after(&self, exchange: &Exchange, record: &Range<usize>) -> bool {
        let above = self.region.record(exchange.start).start;
        let [own_line, line] = [record.start, above].map(|at| self.line_at(at));
        let times = [own_line, line].map(|it| after_time(it).map(|after| before(it, after)));
        match times {
            [Some(own), Some(above)] => seconds_apart(own, above) <= MAX_WAIT,
            [None, None] => {
                starts_response(own_line)
                    || is_header(own_line)
                    || status(own_line).is_some()
                    || level(own_line).is_some()
            }
            _ => true,
        }
    }

    /// Whether a line goes on with its record, or is a step of an exchange, as it says itself, or the
    /// line without a time below it.
    fn is_step(&self, line: &Range<usize>) -> bool {
        let below = self.region.text()[line.end..].lines().nth(1).unwrap_or_default();
        self.region.record(line.start).start != line.start
            || is_step(&self.region.text()[line.clone()])
            || after_time(below).is_none() && is_step(below)
    }
}

/// Takes in that a response follows, which is that of the last request; forgets all requests where
/// several wait for one.
fn mark_answered(exchanges: &mut Vec<Exchange>) {
    if exchanges.iter().filter(|it| !it.is_answered).count() > 1 {
        exchanges.clear();
    }
    if let Some(last) = exchanges.last_mut() {
        last.is_answered = true;
    }
}

/// Whether two requests have the same method and path.
fn is_same(request: &Request, other: &Request) -> bool {
    request.method == other.method && have_same_path(request, other)
}

fn have_same_path(request: &Request, other: &Request) -> bool {
    let [own, other] = [request, other].map(|it| it.url.as_deref().unwrap_or_default());
    server_and_path(own).1 == server_and_path(other).1
}

/// Whether two lines have words before what they say that name two threads, processes or traces.
fn are_of_two_threads(line: &str, other: &str) -> bool {
    let words = |line| {
        let near = start_of(text_after_time(line), MAX_PREFIX);
        near.split_whitespace().take(MAX_WORDS)
    };
    let (own, above) = (words(line), words(other));
    let only_above = above.clone().filter(|word| own.clone().all(|it| it != *word));
    let mut only_own = own.clone().filter(|word| above.clone().all(|it| it != *word));
    only_own.any(|own| only_above.clone().any(|word| name_two_threads(own, word)))
}

/// Whether two words name two threads: `worker-1` and `worker-2`, `[main]` and `[cleaner]`,
/// `trace=a1` and `trace=b2`. Places in a program do not.
fn name_two_threads(word: &str, other: &str) -> bool {
    let shape = |word: &str| -> String {
        match word.split_once('=') {
            Some((key, _)) => key.to_owned(),
            None if word.starts_with('[') && level(&word.to_uppercase()).is_none() => {
                "[".to_owned()
            }
            None => word.chars().filter(|c| !c.is_ascii_digit()).collect(),
        }
    };
    let is_place = word.contains('.') && word.contains(':');
    // Some programs put the level right before it.
    let [word, other] = [word, other].map(|it| it.rsplit('/').next().unwrap_or(it));
    let is_part = [word, other].iter().any(|it| is_word_of(PHASES, it.trim_matches(['[', ']'])));
    let is_name = word.contains(char::is_alphabetic) && !is_place && !is_part;
    word != other && is_name && shape(word) == shape(other)
}

/// Whether a line below a request may be a step of its exchange: a header, a status, a body, what a
/// program calls a part of it, whatever it says of HTTP or at the level of debug lines, or nothing
/// but marks.
fn is_step(line: &str) -> bool {
    let text = text_after_prefix(line);
    let last = text.rsplit("] ").next().unwrap_or(text).trim_start();
    last.is_empty()
        || is_of_debug(line)
        || is_header(last)
        || says_step(text, REQUESTS.iter().chain(&RESPONSES))
        || text.contains("HTTP")
        || last.trim_start_matches('-').starts_with(['}', ']', '"', '<', '>', '('])
        || is_body(last)
        || !text.contains(char::is_alphabetic)
}

/// Whether a line has a level of those that programs tell their steps with.
fn is_of_debug(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_ascii_alphanumeric()).take(MAX_WORDS);
    words.any(|word| level(word) == Some(Level::Debug))
}

/// Whether a line is the first of a response, or names a part of one.
fn is_of_response(line: &str) -> bool {
    starts_response(line) || says_step(text_after_prefix(line), RESPONSES.iter())
}

/// Whether a text has one of some words: that alone, or with a part of what it names behind it.
fn says_step<'s>(text: &str, mut steps: impl Iterator<Item = &'s &'s str>) -> bool {
    let said = text.to_lowercase();
    steps.any(|step| {
        let Some((before, behind)) = said.split_once(*step) else { return false };
        let behind = behind.trim_start();
        let (word, _) = split_while(behind, char::is_alphabetic);
        let is_alone = !behind.starts_with(char::is_alphanumeric) || status(behind).is_some();
        is_alone && !before.trim_end().ends_with(char::is_alphabetic) || is_word_of(PARTS, word)
    })
}

/// What stands in a line after its time and its level.
fn text_after_prefix(line: &str) -> &str {
    after_level(text_after_time(line).trim_start())
}

/// What stands in a line after its time; all of it, where there is none.
fn text_after_time(line: &str) -> &str {
    after_time(line).unwrap_or(line)
}

/// Whether a text starts with an object or a list of JSON, and not with a name in brackets.
fn is_body(text: &str) -> bool {
    let inside = text.strip_prefix(['{', '[']).map(str::trim_start);
    inside.is_some_and(|it| it.is_empty() || it.starts_with(['"', '\'', '\\', '{', '[', '}', ']']))
}
