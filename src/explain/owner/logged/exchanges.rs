//! The exchanges that a program has logged step by step, a line each: a request, and below it the
//! status and the headers that it was answered with. Some clients (httpx) log the request after the
//! status and the headers; then these stand above the request.

use std::mem;
use std::ops::Range;

use super::steps::{is_in_sentence, is_of_response, method_alone, status_of_response};
use crate::explain::owner::CodeInTree;
use crate::explain::values::addresses::{is_of_service, server_and_path};
use crate::explain::values::http::starts_with_success;
use crate::explain::values::{Field, Role};
use crate::substrings::{place_in, words};

/// The word that names the body of a request or a response.
const BODY: &str = "body";

/// A request, and what the lines around it say of its response.
#[derive(Default)]
pub(super) struct LoggedExchange<'r> {
    /// Where the request starts, on the last line that shows it.
    pub start: usize,
    pub method: String,
    pub url: String,
    /// Whether a line shows the response, or names a part of it.
    pub is_answered: bool,
    pub status: Option<u16>,
    pub id: Option<&'r Field>,
}

impl LoggedExchange<'_> {
    /// Whether the address has the same path as another, whatever their servers.
    pub(super) fn has_path_of(&self, url: &str) -> bool {
        server_and_path(&self.url).1 == server_and_path(url).1
    }
}

/// The exchanges read so far, and what the line above says.
#[derive(Default)]
struct ExchangeReader<'r> {
    may_have_failed: Vec<LoggedExchange<'r>>,
    /// The status and the ID of a response on the line above that cannot answer the last request:
    /// httpcore logs a response before httpx logs its request.
    response_above: Option<(u16, &'r Field)>,
    /// The method on the line above, if that says nothing else.
    method_above: Option<&'r str>,
    /// The address on the line above.
    address_above: Option<&'r Field>,
}

impl<'r> CodeInTree<'r> {
    /// The exchanges with the service in these lines that may have failed. A request that
    /// succeeded, on its line or the next, or went elsewhere removes all requests above it; a
    /// success on a line further down removes the last one.
    pub(super) fn exchanges_in(&self, lines: &[Range<usize>]) -> Vec<LoggedExchange<'r>> {
        let mut reader = ExchangeReader::default();
        for line in lines {
            self.take_line(&mut reader, line);
        }
        reader.may_have_failed
    }

    fn take_line(&self, reader: &mut ExchangeReader<'r>, line: &Range<usize>) {
        let own = &self.region.text()[line.clone()];
        let fields = self.fields_with_requests(line, reader);
        let has_request = fields.iter().any(|(_, request)| request.is_some());
        if !has_request {
            reader.response_above = self.response_before_request(line, reader);
            if is_of_response(own) {
                mark_last_answered(&mut reader.may_have_failed);
            }
        }
        for (field, request) in fields {
            match request {
                Some(request) => self.take_request(reader, field, request, line),
                None => self.take_field(reader, field),
            }
        }
        if !has_request && let Some(status) = status_of_response(own) {
            reader.take_status(status);
        }
    }

    /// The fields on a line, each with the request that it shows, if any: its method and
    /// its address. If the line is only a method, the address on the line above is among them.
    /// Keeps the method and the address of this line for the line below.
    fn fields_with_requests(
        &self,
        line: &Range<usize>,
        reader: &mut ExchangeReader<'r>,
    ) -> Vec<(&'r Field, Option<(String, String)>)> {
        let (fields, own) = (self.region.tree().fields_in(line), &self.region.text()[line.clone()]);
        let method = method_alone(own);
        let method_beside = reader.method_above.or(method);
        let address_above = reader.address_above.filter(|_| method.is_some());
        let is_address = |it: &&Field| matches!(it.role, Role::Url | Role::Path);
        reader.method_above = method;
        reader.address_above = fields.iter().find(is_address);
        // An address behind the word `body` is no request.
        let body = words(own).find(|word| *word == BODY);
        let body = body.map_or(line.end, |body| line.start + place_in(own, body).start);
        let request = |field| {
            let request = self.whole_request(field, method_beside);
            (field, request.filter(|_| field.start < body))
        };
        fields.iter().chain(address_above).map(request).collect()
    }

    /// The method and the address of the request that a field shows: by itself, or with the
    /// method of its log record, or with the method that stands alone on the line above or below. A
    /// path is put behind the host of its log record.
    fn whole_request(
        &self,
        field: &Field,
        method_beside: Option<&str>,
    ) -> Option<(String, String)> {
        let text = self.region.text();
        let log_record = self.region.log_record(field.start);
        let first = |role| self.region.tree().with_role(role, &log_record).next();
        let (method, url) = match field.role {
            Role::Request => self.parts(field)?,
            Role::Url | Role::Path => {
                let method = first(Role::Method).map(|it| it.value(text));
                let method = method.or(method_beside.map(str::to_owned))?;
                (method.to_ascii_uppercase(), field.value(text))
            }
            _ => return None,
        };
        Some((method, self.with_server(url, first(Role::Host))))
    }

    /// The status and the ID of the response that a line shows, if that response cannot
    /// answer the last request.
    fn response_before_request(
        &self,
        line: &Range<usize>,
        reader: &ExchangeReader<'r>,
    ) -> Option<(u16, &'r Field)> {
        let first = |role| self.region.tree().with_role(role, line).next();
        let status = first(Role::HttpStatus).and_then(|it| self.number(it));
        let (status, id) = status.zip(first(Role::RequestId))?;
        let may_answer =
            |last: &LoggedExchange| last.id.is_none() && last.status.is_none_or(|it| it == status);
        let is_response = self.region.text()[line.clone()].contains("HTTP/");
        (is_response && !reader.may_have_failed.last().is_some_and(may_answer))
            .then_some((status, id))
    }

    /// Takes in the request that a field on a line shows.
    fn take_request(
        &self,
        reader: &mut ExchangeReader<'r>,
        field: &Field,
        (method, url): (String, String),
        line: &Range<usize>,
    ) {
        let (tree, text) = (self.region.tree(), self.region.text());
        // A wrapped address ends on a later line; then nothing stands after it on this one.
        let behind = text.get(field.place.end..line.end).unwrap_or_default();
        if is_in_sentence(behind) {
            return;
        }
        let response_above = reader.response_above.take();
        if !is_of_service(&url) || self.has_succeeded(field) || starts_with_success(behind) {
            reader.may_have_failed.clear();
            return;
        }
        // A client may name the status first: `404 Not Found for GET https://…`.
        let status_in = |part| self.number(tree.with_role(Role::HttpStatus, &part).last()?);
        let status_before = status_in(line.start..field.start);
        let status_after = status_in(field.place.end..line.end);
        let is_response = is_of_response(&text[line.clone()]);
        // A command and the request that it sent are one exchange; so is a request that is logged
        // again with its response.
        let is_open = |it: &mut LoggedExchange| {
            it.method == method
                && it.has_path_of(&url)
                && match status_after {
                    Some(_) => it.status.is_none() || it.status == status_after,
                    None => it.status.is_none() && (!it.is_answered || is_response),
                }
        };
        let open = reader.may_have_failed.pop_if(is_open);
        // A request that was answered without a status is over.
        reader.may_have_failed.retain(|it| it.status.is_some() || !it.is_answered);
        let mut exchange = open.unwrap_or_else(|| {
            let own = response_above.filter(|(status, _)| Some(*status) == status_after);
            LoggedExchange { method, url, id: own.map(|(_, id)| id), ..LoggedExchange::default() }
        });
        exchange.start = field.start;
        exchange.status = exchange.status.or(status_before);
        exchange.is_answered |= is_response || exchange.status.is_some();
        reader.may_have_failed.push(exchange);
    }

    /// Takes in a field with the status, the ID or the server of the last request; removes that
    /// request if it gets a second, different ID.
    fn take_field(&self, reader: &mut ExchangeReader<'r>, field: &'r Field) {
        if field.role == Role::HttpStatus {
            self.number(field).inspect(|status| reader.take_status(*status));
            return;
        }
        let Some(last) = reader.may_have_failed.last_mut() else { return };
        match (field.role, last.id) {
            (Role::Host, _) if !last.is_answered => {
                last.url = self.with_server(mem::take(&mut last.url), Some(field));
            }
            // The request may have an ID of its own, so an ID counts only once a response has
            // begun.
            (Role::RequestId, None) if last.is_answered => last.id = Some(field),
            (Role::RequestId, Some(known)) if last.is_answered && self.differ(known, field) => {
                reader.may_have_failed.pop();
            }
            _ => {}
        }
    }
}

impl ExchangeReader<'_> {
    /// Takes in the status of a response; removes the last request if it succeeded, or had another
    /// status. A status below 200 is not yet the answer.
    fn take_status(&mut self, status: u16) {
        if status < 200 {
            return;
        }
        mark_last_answered(&mut self.may_have_failed);
        let Some(last) = self.may_have_failed.last_mut() else { return };
        if status < 400 || last.status.is_some_and(|it| it != status) {
            self.may_have_failed.pop();
        } else {
            last.status = Some(status);
        }
    }
}

/// Marks the last request as answered. If several wait, it is not known which one was answered, and
/// all are removed.
pub(super) fn mark_last_answered(exchanges: &mut Vec<LoggedExchange>) {
    if exchanges.iter().filter(|it| !it.is_answered).count() > 1 {
        exchanges.clear();
    }
    if let Some(last) = exchanges.last_mut() {
        last.is_answered = true;
    }
}
