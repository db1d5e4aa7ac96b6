//! The exchanges that a program has logged step by step, a line each: a request, and the status and the
//! headers that it was answered with. These stand below the request, or above it where a client names
//! that only then.

use std::mem;
use std::ops::Range;

use super::Owner;
use super::exchange_lines::{is_in_sentence, is_of_response, method_alone, status_of_response};
use super::request::{in_parts, is_of_service};
use crate::explain::values::http::{server_and_path, starts_with_success};
use crate::explain::values::{Field, Role};
use crate::substrings::{place_in, words};

/// What names the body of a request or a response.
const BODY: &str = "body";

/// A request, and what the lines beside it say of its response.
#[derive(Default)]
pub struct Exchange<'r> {
    /// Where the request starts.
    pub start: usize,
    pub method: String,
    pub url: String,
    /// Whether a line shows the response, or names a part of it.
    pub is_answered: bool,
    pub status: Option<u16>,
    pub id: Option<&'r Field>,
}

/// What is read of exchanges, line by line.
#[derive(Default)]
struct Exchanges<'r> {
    /// Those that may have failed.
    all: Vec<Exchange<'r>>,
    /// The status and the ID of the response on the line above, if that is of none of these.
    other_response: Option<(u16, &'r Field)>,
    /// The method that is all the line above says.
    method_above: Option<&'r str>,
    /// The address on the line above.
    address_above: Option<&'r Field>,
}

impl<'r> Owner<'r> {
    /// The exchanges with the service in these lines, below the last that succeeded or went to another
    /// server.
    pub(super) fn exchanges_in(&self, lines: &[Range<usize>]) -> Vec<Exchange<'r>> {
        let mut exchanges = Exchanges::default();
        for line in lines {
            self.take_line(&mut exchanges, line);
        }
        exchanges.all
    }

    fn take_line(&self, exchanges: &mut Exchanges<'r>, line: &Range<usize>) {
        let own = &self.region.text()[line.clone()];
        let fields = self.requests_on(line, exchanges);
        let has_request = fields.iter().any(|(_, request)| request.is_some());
        if !has_request {
            exchanges.other_response = self.other_response(line, exchanges);
            if is_of_response(own) {
                answer_last(&mut exchanges.all);
            }
        }
        for (field, request) in fields {
            match request {
                Some(request) => self.take_request(exchanges, field, request, line),
                None => self.take_field(exchanges, field),
            }
        }
        if !has_request && let Some(status) = status_of_response(own) {
            exchanges.take_status(status);
        }
    }

    /// The fields on a line, each with the method and the address of the request that it says, if any. A
    /// method alone may stand above its
    /// address, or below it.
    fn requests_on(
        &self,
        line: &Range<usize>,
        exchanges: &mut Exchanges<'r>,
    ) -> Vec<(&'r Field, Option<(String, String)>)> {
        let (fields, own) = (self.region.tree().fields_in(line), &self.region.text()[line.clone()]);
        let method = method_alone(own);
        let method_beside = exchanges.method_above.or(method);
        let address_above = exchanges.address_above.filter(|_| method.is_some());
        let is_address = |it: &&Field| matches!(it.role, Role::Url | Role::Path);
        exchanges.method_above = method;
        exchanges.address_above = fields.iter().find(is_address);
        // An address behind the word `body` is no request.
        let body = words(own).find(|word| *word == BODY);
        let body = body.map_or(line.end, |body| line.start + place_in(own, body).start);
        let request = |field| {
            let request = self.whole_request(field, method_beside);
            (field, request.filter(|_| field.start < body))
        };
        fields.iter().chain(address_above).map(request).collect()
    }

    /// The method and the address of the request that a field says, by itself or with the method and the
    /// host of its record; or with the method that stands alone on the line above or below.
    fn whole_request(
        &self,
        field: &Field,
        method_beside: Option<&str>,
    ) -> Option<(String, String)> {
        let text = self.region.text();
        let record = self.region.record(field.start);
        let first = |role| self.region.tree().with_role(role, &record).next();
        let (method, url) = match field.role {
            Role::Request => in_parts(&field.value(text))?,
            Role::Url | Role::Path => {
                let method = first(Role::Method).map(|it| it.value(text));
                let method = method.or(method_beside.map(str::to_owned))?;
                (method.to_ascii_uppercase(), field.value(text))
            }
            _ => return None,
        };
        Some((method, self.with_server(url, first(Role::Host))))
    }

    /// The status and the ID of the response that a line shows, if that is none of the last request's.
    fn other_response(
        &self,
        line: &Range<usize>,
        exchanges: &Exchanges<'r>,
    ) -> Option<(u16, &'r Field)> {
        let first = |role| self.region.tree().with_role(role, line).next();
        let status = first(Role::HttpStatus).and_then(|it| self.number(it));
        let (status, id) = status.zip(first(Role::RequestId))?;
        let is_of =
            |last: &Exchange| last.id.is_none() && last.status.is_none_or(|it| it == status);
        let is_response = self.region.text()[line.clone()].contains("HTTP/");
        (is_response && !exchanges.all.last().is_some_and(is_of)).then_some((status, id))
    }

    /// Takes in the request that a field on a line says.
    fn take_request(
        &self,
        exchanges: &mut Exchanges<'r>,
        field: &Field,
        (method, url): (String, String),
        line: &Range<usize>,
    ) {
        let (tree, text) = (self.region.tree(), self.region.text());
        // An address may end on the line below.
        let behind = text.get(field.place.end..line.end).unwrap_or_default();
        if is_in_sentence(behind) {
            return;
        }
        let other_response = exchanges.other_response.take();
        if !is_of_service(&url) || self.has_succeeded(field) || starts_with_success(behind) {
            exchanges.all.clear();
            return;
        }
        // A client may name the status first: `404 Not Found for GET https://…`.
        let status_in = |part| tree.with_role(Role::HttpStatus, &part).last();
        let number = |it| self.number(it);
        let status = status_in(line.start..field.start).and_then(number);
        let answered = status_in(field.place.end..line.end).and_then(number);
        let is_response = is_of_response(&text[line.clone()]);
        // A command and the request that it sent are one exchange.
        let is_open = |it: &mut Exchange| {
            it.method == method
                && server_and_path(&it.url).1 == server_and_path(&url).1
                && match answered {
                    Some(_) => it.status.is_none() || it.status == answered,
                    None => it.status.is_none() && (!it.is_answered || is_response),
                }
        };
        let open = exchanges.all.pop_if(is_open);
        // One that was answered without a status is over.
        exchanges.all.retain(|it| it.status.is_some() || !it.is_answered);
        let mut exchange = open.unwrap_or_else(|| {
            let own = other_response.filter(|(status, _)| Some(*status) == answered);
            Exchange { method, url, id: own.map(|(_, id)| id), ..Exchange::default() }
        });
        exchange.start = field.start;
        exchange.status = exchange.status.or(status);
        exchange.is_answered |= is_response || exchange.status.is_some();
        exchanges.all.push(exchange);
    }

    /// Takes in what a field says of the server that was asked, or of the response; forgets the last
    /// request where that may not be the one that was answered.
    fn take_field(&self, exchanges: &mut Exchanges<'r>, field: &'r Field) {
        if field.role == Role::HttpStatus {
            self.number(field).inspect(|status| exchanges.take_status(*status));
            return;
        }
        let Some(last) = exchanges.all.last_mut() else { return };
        match (field.role, last.id) {
            (Role::Host, _) if !last.is_answered => {
                last.url = self.with_server(mem::take(&mut last.url), Some(field));
            }
            // The request may have an ID of its own, so one counts only below an answer.
            (Role::RequestId, None) if last.is_answered => last.id = Some(field),
            (Role::RequestId, Some(known)) if last.is_answered && self.differ(known, field) => {
                exchanges.all.pop();
            }
            _ => {}
        }
    }
}

impl Exchanges<'_> {
    /// Takes in the status of a response; forgets the last request where it succeeded, or was answered
    /// twice.
    fn take_status(&mut self, status: u16) {
        if status < 200 {
            return;
        }
        answer_last(&mut self.all);
        let Some(last) = self.all.last_mut() else { return };
        if status < 400 || last.status.is_some_and(|it| it != status) {
            self.all.pop();
        } else {
            last.status = Some(status);
        }
    }
}

/// Takes in that a response follows, which is that of the last request; forgets all requests where
/// several wait for one.
pub fn answer_last(exchanges: &mut Vec<Exchange>) {
    if exchanges.iter().filter(|it| !it.is_answered).count() > 1 {
        exchanges.clear();
    }
    if let Some(last) = exchanges.last_mut() {
        last.is_answered = true;
    }
}
