//! The exchange that a program has logged above an error, step by step: a request, the status and
//! the headers that it was answered with, and only then, in a record of its own, the body with the
//! code or what the program says of it.

use std::ops::Range;

use super::request::{in_parts, is_of_service};
use super::{Found, Owner};
use crate::catalog::Entry;
use crate::data::words::is_number;
use crate::explain::lines::continuation::MAX_WAIT;
use crate::explain::lines::levels::{Level, after_level, level};
use crate::explain::lines::times::{after_time, seconds_apart};
use crate::explain::tree::Kind;
use crate::explain::values::http::{is_header, server_and_path, starts_response, status_named};
use crate::explain::values::unlabelled_id::is_unlabelled_id;
use crate::explain::values::{Field, Role, status};
use crate::explain::{Occurrence, Request};
use crate::substrings::{before, is_word_of, offsets_in, split_while, start_of_line};

/// Bytes above a record in which its exchange is looked for.
const MAX_ABOVE: usize = 8192;
/// Words before what a line says, among which the name of a thread is looked for.
const MAX_WORDS: usize = 12;
/// Parts of a request. A record with one says itself what was asked.
const OF_REQUEST: [Role; 5] = [Role::Request, Role::Method, Role::Url, Role::Path, Role::Address];
/// How what a program says of a request and of a response starts, in small letters.
const REQUESTS: [&str; 2] = ["request", "http request"];
const RESPONSES: [&str; 2] = ["response", "http response"];
/// Words behind them.
const PARTS: &str = "body code content head header headers method returned status uri url";

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
    /// record says. The record shows the response, or its body, or has the same status.
    pub(super) fn add_exchange_above(&self, occurrence: &mut Occurrence, variants: &[&Entry]) {
        let Some(record) = self.record_of_its_own().filter(|it| self.may_have_exchange(it)) else {
            return;
        };
        let is_body = self.around.iter().any(|node| self.node(*node).kind == Kind::Object);
        let mut exchanges = self.exchanges_above(&record);
        exchanges.retain(|it| match (it.status, occurrence.http_status) {
            (None, _) => it.is_answered,
            (own, Some(status)) => own == Some(status),
            (Some(own), None) => is_body && variants.iter().any(|entry| entry.status() == own),
        });
        let [exchange] = &exchanges[..] else { return };
        let id = exchange.id.map(|id| id.value(self.region.text()));
        let is_same =
            id.is_none() || occurrence.request_id.is_none() || id == occurrence.request_id;
        if is_same && self.goes_on_to(&record, exchange) {
            occurrence.http_status = occurrence.http_status.or(exchange.status);
            occurrence.request_id = occurrence.request_id.take().or(id);
            occurrence.request = Some(exchange.request.clone());
        }
    }

    /// Whether the code's record leaves open what was asked, and whose response it is.
    fn may_have_exchange(&self, record: &Range<usize>) -> bool {
        let (tree, text) = (self.region.tree(), self.region.text());
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
            && !OF_REQUEST.iter().any(|role| tree.with_role(*role, record).next().is_some())
            && !has_id()
    }

    /// The exchanges with the service above the code's record that did not succeed, since the last
    /// code and the last request to another server.
    fn exchanges_above(&self, record: &Range<usize>) -> Vec<Exchange<'r>> {
        let (region, text) = (self.region, self.region.text());
        let above = record.start.saturating_sub(MAX_ABOVE)..record.start;
        let code = offsets_in(region.all_codes(), &above).last();
        let above = code.copied().unwrap_or(above.start)..above.end;
        let mut exchanges: Vec<Exchange> = Vec::new();
        let mut read = above.start;
        let mut is_answered_before = |end: usize| {
            let mut lines = region.lines_of_stream(read..end);
            read = end;
            lines.any(is_of_response)
        };
        let is_of_stream =
            |field: &&Field| region.stream(field.start) == region.stream(record.start);
        for field in region.tree().fields_in(&above).iter().filter(is_of_stream) {
            let line = above.start.max(start_of_line(text, field.start));
            if is_answered_before(line) {
                answer(&mut exchanges);
            }
            let is_answered = is_answered_before(field.start);
            let Some(request) = self.whole_request(field, &above) else {
                if is_answered {
                    answer(&mut exchanges);
                }
                self.take_answer(&mut exchanges, field);
                continue;
            };
            let is_of_service = request.url.as_deref().is_some_and(is_of_service);
            if !is_of_service || self.has_succeeded(field) {
                exchanges.clear();
                continue;
            }
            // A client may name the status first: `404 Not Found for GET https://…`.
            let status = region.tree().with_role(Role::HttpStatus, &(line..field.start)).last();
            let status = status.and_then(|it| self.number(it));
            // A command above says the same request as what it sent.
            let is_open = |it: &mut Exchange| it.status.is_none() && is_same(&it.request, &request);
            let open = exchanges.pop_if(is_open);
            exchanges.retain(|it| it.status.is_some() || !it.is_answered);
            let mut exchange = open.unwrap_or(Exchange { request, ..Exchange::default() });
            exchange.start = field.start;
            exchange.is_answered |= is_answered || status.is_some();
            exchange.status = status;
            exchanges.push(exchange);
        }
        if is_answered_before(record.start + 1) {
            answer(&mut exchanges);
        }
        exchanges
    }

    /// Takes in what a field says of the server that was asked, or of the response; forgets the last
    /// request where it succeeded, was answered twice, or may not be the one that was answered.
    fn take_answer(&self, exchanges: &mut Vec<Exchange<'r>>, field: &'r Field) {
        let answer = match field.role {
            Role::HttpStatus => self.number(field),
            _ => None,
        };
        if answer.is_some() {
            self::answer(exchanges);
        }
        let Some(last) = exchanges.last_mut() else { return };
        let is_other = match field.role {
            Role::Host if !last.is_answered => {
                let url = last.request.url.take();
                last.request.url = url.map(|url| self.with_server(url, Some(field)));
                false
            }
            Role::HttpStatus => last.status.is_some() && last.status != answer,
            // What was sent may have an ID of its own.
            Role::RequestId if last.is_answered => self.differ(last.id.get_or_insert(field), field),
            _ => false,
        };
        last.status = last.status.or(answer);
        if is_other || last.status.is_some_and(|status| status < 400) {
            exchanges.pop();
        }
    }

    /// The request that a field says, by itself or with the method in its record, or in the line
    /// before it in the part `above`, which has the same words before its label and ends there.
    fn whole_request(&self, field: &Field, above: &Range<usize>) -> Option<Request> {
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
                let before = tree.with_role(Role::Method, &(above.start..field.start)).last();
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

    /// Whether a log goes on from an exchange to the code's record: in one stream, soon and of the
    /// same thread, with nothing but steps of the exchange in between.
    fn goes_on_to(&self, record: &Range<usize>, exchange: &Exchange) -> bool {
        let region = self.region;
        let above = region.record(exchange.start).start;
        let [own_line, line] = [record.start, above].map(|at| self.line_at(at));
        let times = [own_line, line].map(|it| after_time(it).map(|after| before(it, after)));
        let is_soon = match times {
            [Some(own), Some(above)] => seconds_apart(own, above) <= MAX_WAIT,
            [None, None] => {
                starts_response(own_line) || is_header(own_line) || status(own_line).is_some()
            }
            _ => true,
        };
        let words = |line: &'r str, end: usize| {
            let line = line.get(..end).unwrap_or(line);
            text_after_time(line).split_whitespace().take(MAX_WORDS)
        };
        let own_words = words(own_line, self.place.start - record.start);
        let words = words(line, exchange.start - above);
        let other = words.clone().filter(|word| own_words.clone().all(|own| own != *word));
        let mut own = own_words.clone().filter(|own| words.clone().all(|word| word != *own));
        let mut between = region.lines_of_stream(exchange.start + 1..record.start);
        is_soon
            && !own.any(|own| other.clone().any(|word| are_of_two_threads(own, word)))
            && between.all(is_step)
    }
}

/// Takes in that a response follows, which is that of the last request; forgets all requests where
/// several wait for one.
fn answer(exchanges: &mut Vec<Exchange>) {
    if exchanges.iter().filter(|it| !it.is_answered).count() > 1 {
        exchanges.clear();
    }
    if let Some(last) = exchanges.last_mut() {
        last.is_answered = true;
    }
}

/// Whether two requests have the same method and path.
fn is_same(request: &Request, other: &Request) -> bool {
    let [own, other_url] = [request, other].map(|it| it.url.as_deref().unwrap_or_default());
    request.method == other.method && server_and_path(own).1 == server_and_path(other_url).1
}

/// Whether two words before what lines say name two threads, processes or traces: `worker-1` and
/// `worker-2`, `[main]` and `[cleaner]`, `trace=a1` and `trace=b2`. Places in a program do not.
fn are_of_two_threads(word: &str, other: &str) -> bool {
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
    word != other && !is_place && !is_number(word) && shape(word) == shape(other)
}

/// Whether a line below a request may be a step of its exchange: a header, a status, a body, what a
/// program calls a part of it, or nothing but marks.
fn is_step(line: &str) -> bool {
    let text = text_after_prefix(line);
    let last = text.rsplit("] ").next().unwrap_or(text).trim_start();
    last.is_empty()
        || is_of_debug(line)
        || is_header(last)
        || says_step(text, REQUESTS.iter().chain(&RESPONSES))
        || text.contains("HTTP/")
        || text.rsplit_once("HTTP error: ").is_some_and(|(_, name)| status_named(name).is_some())
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

/// Whether a text starts with one of some words: with that alone, or with a part of what it names
/// behind it.
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
