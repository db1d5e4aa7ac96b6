//! Which values in a node are not the code's: steps 2 and 3 in `owner/mod.rs`. Earlier attempts in
//! a log need no rule here, as they are log records of their own (`tree/log_records/calls.rs`).

use super::keys::is_response_key;
use super::{CodeInTree, Found};
use crate::explain::tree::{Kind, Node};
use crate::explain::values::addresses::{is_of_service, is_own_server};
use crate::explain::values::http::{shows_exchange, shows_success, starts_with_success};
use crate::explain::values::{Field, Role};
use crate::substrings::{end_of, is_word_of, last_word, offsets_in, start_of, start_of_line};

/// The most bytes before a code or a value in which the sign of its line in a diff is looked for.
const MAX_BEFORE_VALUE: usize = 256;
/// Keys of a request, or last words of one: `req`, `httpRequest`.
const REQUEST_KEYS: &str = "config options request req";
/// Keys of a body.
const BODY_KEYS: &str = "body data content entity";
/// The most bytes behind a request in which its status is looked for.
const MAX_BEHIND_REQUEST: usize = 256;

impl CodeInTree<'_> {
    /// Whether a value can be the code's. Refuses lines of a diff with the other sign, a message
    /// that the code is part of, the status of a success in a text or around a list, a request that
    /// succeeded or is the next one, and in an exchange what [`may_be_posted`](Self::may_be_posted)
    /// refuses.
    pub(super) fn may_be_own(&self, height: usize, field: &Field) -> bool {
        let node = self.node(self.around[height]);
        if node.kind == Kind::PostedExchange && !self.may_be_posted(node, field) {
            return false;
        }
        if let Some(own) = self.sign
            && sign_of_diff(self.region.text(), field.start).is_some_and(|sign| sign != own)
        {
            return false;
        }
        let is_in_list = |node: &usize| matches!(self.node(*node).kind, Kind::List | Kind::Item);
        let must_be_failure = || match node.kind {
            Kind::PostedExchange | Kind::LogRecord | Kind::Quoted => true,
            // On the code's own line `status=200` may be the code's; `HTTP/1.1 200` there is the
            // status of the request that carried the error.
            Kind::Line => height > 0 || self.region.text()[field.start..].starts_with("HTTP/"),
            _ => self.around[..height].iter().any(is_in_list),
        };
        match field.role {
            Role::Message => !field.place.contains(&self.place.start),
            Role::HttpStatus if must_be_failure() => self.is_failure(field),
            Role::Request | Role::Method | Role::Url | Role::Path | Role::Address => {
                !self.has_succeeded(field) && !self.is_of_next_request(node, field)
            }
            _ => true,
        }
    }

    /// Whether a value in an exchange may belong to a code in another of its log records: a message
    /// belongs to the code beside it, a request stands above the code.
    fn may_be_posted(&self, exchange: &Node, field: &Field) -> bool {
        match field.role {
            Role::Message | Role::Authorization => false,
            // An ID above the response was sent with the request.
            Role::RequestId => {
                let above = exchange.place.start..self.region.log_record(field.start).end;
                self.region.tree().has_any_of(&above, &[Role::HttpStatus, Role::PossibleStatus])
            }
            Role::HttpStatus => true,
            _ => field.start < self.place.start,
        }
    }

    /// Whether the values with a role in a child of the node at a height may be the code's: the
    /// child shows no other request (step 3). Values in no child always may. What was sent gives no
    /// ID: a client may give its request an ID of its own.
    pub(super) fn may_take_from(&self, height: usize, child: usize, role: Role) -> bool {
        let tree = self.region.tree();
        let part = &self.node(child).place;
        let contradicts = |known: Option<Found>| {
            known.and_then(Found::value).is_some_and(|known| {
                tree.with_role(known.role, part).any(|it| self.differ(it, known))
            })
        };
        // Ansible prints a text again as a list of its lines. If the text, read before, lacks a
        // value, the list does, too.
        let is_list_beside_text = self.start > 0 && self.node(child).kind == Kind::List;
        child == self.around[height]
            || self.has_no_other_code(child)
                && !is_list_beside_text
                && !self.is_of_other_request(child)
                && !self.is_to_other_server(height, |of| tree.with_role(of, part))
                && if self.is_sent(child) {
                    role != Role::RequestId
                } else {
                    !contradicts(self.request_id)
                }
                && !contradicts(self.status)
    }

    /// Whether a child has no code, or only repeats this code: as the response, or as a body,
    /// unless the code itself is in an object and has a label.
    fn has_no_other_code(&self, child: usize) -> bool {
        let starts_with = |node: usize, marks: &[char]| {
            self.region.text()[self.node(node).place.start..].starts_with(marks)
        };
        let is_in_object = || self.around.iter().any(|node| starts_with(*node, &['{', '<']));
        let codes = offsets_in(self.codes, &self.node(child).place);
        codes.is_empty()
            || codes.iter().all(|code| self.is_same_code(*code))
                && (starts_with(child, &['{', '[', '<', '('])
                    && !(self.is_labelled() && is_in_object())
                    || self.is_response_object(child))
    }

    /// Whether a success stands behind a request, on the same line or the next, and the code is not
    /// in that response. A code in an object or behind a label may be in it, unless the code stands
    /// on a later line and has the status of a failure.
    pub(super) fn has_succeeded(&self, request: &Field) -> bool {
        let text = self.region.text();
        let Some(behind) = text.get(request.place.end..self.place.start) else { return false };
        let mut lines = start_of(behind, MAX_BEHIND_REQUEST).lines();
        let has_failed = || {
            let status = self.status.and_then(Found::value);
            behind.contains('\n') && status.is_some_and(|status| self.is_failure(status))
        };
        let may_be_answer = || {
            self.is_labelled() || self.around.iter().any(|node| self.is_object_or_element(*node))
        };
        (lines.next().is_some_and(starts_with_success) || lines.next().is_some_and(shows_success))
            && (has_failed() || !may_be_answer())
    }

    /// Whether a field in a log record is part of the next request: a response (`HTTP/…`) starts
    /// above the code, the field is or follows a method or a request below the code, and its line
    /// shows no request with its status (`404 GET https://…`).
    fn is_of_next_request(&self, node: &Node, field: &Field) -> bool {
        let mut above = self.region.text()[node.place.start..self.place.start].lines();
        let below = self.place.start..field.place.end;
        node.kind == Kind::LogRecord
            && self.region.tree().has_any_of(&below, &[Role::Request, Role::Method])
            && above.any(|line| line.starts_with("HTTP/"))
            && !shows_exchange(self.line_at(start_of_line(self.region.text(), field.start)))
    }

    /// Whether these fields of the node at a height are a request to another server than the
    /// service's, and the code is not in the answer to it: a method and an address, but no address
    /// or host of the service.
    pub(super) fn is_to_other_server<'f, F: Iterator<Item = &'f Field>>(
        &self,
        height: usize,
        fields: impl Fn(Role) -> F,
    ) -> bool {
        let text = self.region.text();
        // Codes of the API gateway may answer requests to any server. Few nodes have a method.
        if !self.is_of_organizations || fields(Role::Method).next().is_none() {
            return false;
        }
        let mut urls = fields(Role::Url).chain(fields(Role::Path)).peekable();
        urls.peek().is_some()
            && !urls.any(|url| is_of_service(&url.value(text)))
            && !fields(Role::Host).any(|host| is_own_server(&host.value(text)))
            && !self.is_in_response(height)
    }

    /// Whether the code is in the answer to the request in the node at a height: the child with the
    /// code has a key of a response, or the key of a body and the node itself has a status.
    fn is_in_response(&self, height: usize) -> bool {
        let Some(below) = height.checked_sub(1) else { return false };
        let (node, key) = (self.around[height], self.key(self.around[below]));
        let has_status = || {
            let mut statuses = self.values_in(height, Role::HttpStatus).into_iter();
            statuses.any(|(status, child)| self.is_member(node, child, status))
        };
        is_response_key(key) || is_word_of(BODY_KEYS, key) && has_status()
    }

    /// Whether a child is an object with a key of a request: it is what was sent.
    fn is_sent(&self, child: usize) -> bool {
        self.is_object_or_element(child) && is_word_of(REQUEST_KEYS, last_word(self.key(child)))
    }
}

/// The sign (`+` or `-`) before the line that an offset is on, if it is one of a diff
/// between what a test expected and what it got.
pub(super) fn sign_of_diff(text: &str, at: usize) -> Option<char> {
    let near = end_of(&text[..at], MAX_BEFORE_VALUE);
    let line =
        near.rsplit_once('\n').map(|(_, line)| line).or((near.len() == at).then_some(near))?;
    let line = line.trim_start();
    let sign = line.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let content = &line[1..];
    (content.starts_with("  ") || content.starts_with(['"', '\'', '{', '\t'])).then_some(sign)
}
