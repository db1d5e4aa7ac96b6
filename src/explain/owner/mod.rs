//! Which value belongs to which code.
//!
//! Each code takes a value from the innermost node around it that has one for it. Several codes may
//! take the same value. The search climbs from the code through the nodes around it up to its
//! record ([`Owner::around`]): first for the HTTP status and the request ID together, which
//! distinguish one request from another, then once for each other role. Where the record is a
//! paragraph of an exchange that somebody posted, the exchange is the last node
//! ([`Owner::may_be_posted`]). In each node the climb goes through these steps; the functions have
//! the exceptions:
//!
//! 1. It gathers the values in the node, without those in the child that the climb has passed, nor
//!    those in another item of a list or in another record, unless the node is an exchange
//!    ([`Owner::child`]).
//! 2. It leaves out what cannot be the code's: the message that the code is part of, the status of
//!    a success in a text or around a list, lines of a diff with the other sign
//!    ([`Owner::may_be_own`]).
//! 3. It leaves out what is of another request: what stands in a child that has a code of its own,
//!    of any service, another request ID or HTTP status than the known ones, a key of another's request,
//!    or a request to another server than the service's ([`Owner::may_take_from`]).
//! 4. It prefers what an object says that shows the request to the service
//!    ([`Owner::keep_those_of_exchange`]), an object's own status and ID, then the surest rank
//!    ([`Owner::pick`]).
//! 5. It takes none if several objects, or paragraphs of an exchange, give different values
//!    ([`Owner::is_disputed`]).
//! 6. It takes the nearest value. If the node has several codes, each takes values on one side
//!    only, before it or after it, up to the next code there, unless the only value belongs to all
//!    of them ([`Owner::nearest`]).
//!
//! The climb for a role ends where a value is taken or disputed. All climbs also end below a node
//! with a request to another server than the service's ([`Owner::has_own_request`]): such a node
//! shows the request that the program itself received, and its answer. The climbs also end below a
//! batch whose items were answered each by itself ([`Owner::is_batch`]), and below a posted
//! exchange with another code ([`Owner::is_of_others`]); and above a node in which only a string says
//! what the service answered ([`Owner::text_with_service_response`]).
//!
//! A string of several lines is a text by itself, as a log has it in an object, and so is an element: a
//! code in it takes its values from there, and those that are missing from around it, unless that is of
//! another request (`code_occurrence`, `Region::inner_text`).
//!
//! A code that a test expected has no values.
//!
//! ```text
//! 09:12 GET /v1/a 200 request_id=aaaaaaa1                      record
//! 09:13 HTTP/1.1 404 Not Found                                 record ┬ head
//! X-Request-Id: bbbbbbb2                                              │
//! [{"error_code":"Organizations.1300","error_msg":"x"},               └ list ┬ item
//!  {"error_code":"Organizations.1305","status":409}]                         └ item
//! ```
//!
//! For 1300 the first climb finds no status and no request ID in its item; in the list they are in
//! another item; in the record the head has both, and they belong to 1300. The climb for the
//! message ends in the item. 1305 finds its status in its item. The head contradicts that, so its
//! request ID is another's.
//!
//! Where no node has the request, or its method, a record with the same request ID may, with its status
//! (`request`), or the exchange that the log shows above the record, with its status and request ID
//! (`earlier_exchange`). After the climbs `occurrence` refuses a message that may be the log's own, and a
//! number alone that the catalog does not document as the code's status; it reads what is no field of
//! the tree: a request ID at the end of the line or in the code's row, and its message near the code.

mod earlier_exchange;
mod exchange_lines;
mod keys;
pub mod occurrence;
mod other_requests;
mod posted;
mod request;
mod threads;

use std::ops::Range;

use super::region::Region;
use super::tree::{Kind, Node};
use super::values::expected_codes::is_expected;
use super::values::{Field, Role, status};
use crate::substrings::{end_of, offsets_in};

/// Bytes before a value on its line in a diff.
const MAX_BEFORE_VALUE: usize = 256;

/// A code, or a message that stands for one, and what is around it.
pub struct Owner<'r> {
    region: &'r Region,
    place: Range<usize>,
    /// The sign before its line, if that is one of a diff.
    sign: Option<char>,
    /// All codes, or all messages that stand for one, ascending, this one among them.
    codes: &'r [usize],
    /// The nodes around it, the innermost first, up to its record or the exchange around that. A
    /// node's height is its index in this list.
    around: Vec<usize>,
    /// The height at which the climbs start: above the node of an inner text that was read before.
    start: usize,
    /// The HTTP status that the first climb found.
    status: Option<Found<'r>>,
    /// The request ID that the first climb found.
    request_id: Option<Found<'r>>,
    /// The height at which the climbs end: from there on values are of another request.
    end: usize,
    /// The height of a node in which only a string says what the service answered, and the number
    /// of that string's node.
    service_response: Option<(usize, usize)>,
}

/// What ends a climb.
#[derive(Clone, Copy)]
enum Found<'r> {
    Value(&'r Field),
    /// Several values, none of which is surely the code's.
    Disputed,
}

impl<'r> Found<'r> {
    fn value(self) -> Option<&'r Field> {
        match self {
            Found::Value(field) => Some(field),
            Found::Disputed => None,
        }
    }
}

/// A value, and the number of the child that it stands in.
type InChild<'r> = (&'r Field, usize);

impl<'r> Owner<'r> {
    /// Finds the HTTP status and the request ID, which distinguish one request from another. `inner` is
    /// the node of an inner text that was read before: only what is around that counts.
    fn new(
        region: &'r Region,
        place: Range<usize>,
        codes: &'r [usize],
        inner: Option<&Range<usize>>,
    ) -> Self {
        let mut around: Vec<_> = region.tree().around_place(place.start).collect();
        if is_expected(region.text(), place.clone()) {
            around.clear();
        }
        let is_inner = |node: &usize| inner == Some(&region.tree().nodes[*node].place);
        let start = around.iter().rposition(is_inner).map_or(0, |inner| inner + 1);
        let (end, status, request_id, service_response) = (around.len(), None, None, None);
        let sign = sign_of_diff(region.text(), place.start);
        let mut owner = Owner {
            region,
            place,
            sign,
            codes,
            around,
            start,
            status,
            request_id,
            end,
            service_response,
        };
        (owner.end, owner.service_response) = owner.end_of_climbs();
        for height in start..owner.end {
            owner.status = owner.status.or_else(|| owner.pick(height, Role::HttpStatus));
            owner.request_id = owner.request_id.or_else(|| owner.pick(height, Role::RequestId));
        }
        owner
    }

    /// The height at which the climbs end: below a node with a request of the program's own
    /// ([`Owner::has_own_request`]), a batch ([`Owner::is_batch`]) or an exchange of others
    /// ([`Owner::is_of_others`]); or, if that is lower, above the first node in which only a string
    /// says what the service answered ([`Owner::text_with_service_response`]): then also its height
    /// and the string's node.
    fn end_of_climbs(&self) -> (usize, Option<(usize, usize)>) {
        let ends_climb = |height: &usize| {
            self.has_own_request(*height) || self.is_batch(*height) || self.is_of_others(*height)
        };
        let end = (0..self.end).find(ends_climb).unwrap_or(self.end);
        let response = |height| Some((height, self.text_with_service_response(height)?));
        let service_response = (0..end).find_map(response);
        (service_response.map_or(end, |(height, _)| height + 1), service_response)
    }

    /// The value with a role in the first node that has one.
    fn value(&self, role: Role) -> Option<&'r Field> {
        let found = match role {
            Role::HttpStatus => self.status,
            Role::RequestId => self.request_id,
            _ => (self.start..self.end).find_map(|height| self.pick(height, role)),
        };
        found?.value()
    }

    /// The result for the role in the node at a height; none where the climb goes on.
    fn pick(&self, height: usize, role: Role) -> Option<Found<'r>> {
        let node = self.around[height];
        let mut all = self.values_in(height, role);
        self.keep_those_of_exchange(height, role, &mut all);
        // Asked once for each child: its fields follow each other.
        let mut last = (usize::MAX, false);
        let mut may_take = |child: usize| {
            if last.0 != child {
                last = (child, self.may_take_from(height, child, role));
            }
            last.1
        };
        let mut best = all.clone();
        best.retain(|(_, child)| may_take(*child));
        let preference = |(field, child): &InChild| {
            let is_own = self.is_object(node) && self.is_member(node, *child, field);
            (!is_own, field.rank)
        };
        let first = best.iter().map(preference).min()?;
        best.retain(|it| preference(it) == first);
        // Values beside other codes count here, too: two that differ show that there are two
        // errors. An exchange may also show responses of other requests, which are no longer among
        // the best.
        let is_of_exchange = self.node(node).kind == Kind::Exchange;
        if self.is_disputed(if is_of_exchange { &best } else { &all }) {
            return Some(Found::Disputed);
        }
        self.nearest(height, &best).map(Found::Value)
    }

    /// The values with a role in a node that may be the code's, each with the child of the node
    /// that it stands in.
    fn values_in(&self, height: usize, role: Role) -> Vec<InChild<'r>> {
        let part = &self.node(self.around[height]).place;
        let near = self.region.tree().near(role, part, self.place.start);
        let in_children = near.filter_map(|field| Some((field, self.child(height, field)?)));
        let only = self.service_response.filter(|(of_height, _)| *of_height == height);
        let may_be_own = |(field, child): &InChild| {
            self.may_be_own(height, field) && only.is_none_or(|(_, string)| string == *child)
        };
        in_children.filter(may_be_own).collect()
    }

    /// Whether a field is a member of the object itself, whose keys may be strings, and of none in
    /// it.
    fn is_member(&self, object: usize, child: usize, field: &Field) -> bool {
        child == object || field.node == child && self.node(child).kind != Kind::Object
    }

    /// The child, of the node at a height, that a field stands in; the node itself if the field is
    /// in none of its children. None where the field is out of reach: in another record or item, or
    /// in the child that the code stands in, which the climb has passed.
    fn child(&self, height: usize, field: &Field) -> Option<usize> {
        let mut child = self.around[height];
        for node in self.region.tree().around(field.node) {
            if node == self.around[height] {
                return (self.around[..height].last() != Some(&child)).then_some(child);
            }
            let is_border = match self.node(node).kind {
                Kind::Item => true,
                Kind::Record => self.node(self.around[height]).kind != Kind::Exchange,
                _ => false,
            };
            if is_border {
                return None;
            }
            child = node;
        }
        None
    }

    /// Whether the values with a role in a child of a node may be the code's: the child shows no
    /// other request (step 3). What was sent lends no ID: it may have one of its own. What stands in
    /// none of the children always may be.
    fn may_take_from(&self, height: usize, child: usize, role: Role) -> bool {
        let tree = self.region.tree();
        let part = &self.node(child).place;
        let contradicts = |known: Option<Found>| {
            known.and_then(Found::value).is_some_and(|known| {
                tree.with_role(known.role, part).any(|it| self.differ(it, known))
            })
        };
        // Ansible writes a text again as a list of its lines: what the one did not say of the code, the
        // other does not either.
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

    /// Whether a value can be the code's: not on a line of a diff with the other sign, no message
    /// that the code is part of, in a text or around a list no status of a success, and in an
    /// exchange only what [`may_be_posted`](Self::may_be_posted).
    fn may_be_own(&self, height: usize, field: &Field) -> bool {
        let node = self.node(self.around[height]);
        if node.kind == Kind::Exchange && !self.may_be_posted(node, field) {
            return false;
        }
        if let Some(own) = self.sign
            && sign_of_diff(self.region.text(), field.start).is_some_and(|sign| sign != own)
        {
            return false;
        }
        let is_in_list = |node: &usize| matches!(self.node(*node).kind, Kind::List | Kind::Item);
        let must_be_failure = || match node.kind {
            Kind::Exchange | Kind::Record | Kind::Quoted => true,
            // On the code's own line a label may give a success; `HTTP/1.1 200` there is the status
            // of the request that reported the error.
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

    /// Whether all values stand in objects or paragraphs beside that of the code, and two of
    /// them differ.
    fn is_disputed(&self, all: &[InChild]) -> bool {
        let clash = |pair: &[InChild]| pair[0].1 != pair[1].1 && self.differ(pair[0].0, pair[1].0);
        let is_beside = |node: usize| self.is_object(node) || self.node(node).kind == Kind::Record;
        all.iter().all(|(_, child)| is_beside(*child)) && all.windows(2).any(clash)
    }

    /// Whether two fields with the same role have different values: `409 Conflict` is no other
    /// status than `409`.
    fn differ(&self, field: &Field, other: &Field) -> bool {
        let [value, other] = [field, other].map(|it| it.value(self.region.text()));
        value != other && (field.role != Role::HttpStatus || status(&value) != status(&other))
    }

    /// Of several values in a node the one that belongs to this code. If the first value stands
    /// before the first code, values stand before their codes, else after them.
    fn nearest(&self, height: usize, best: &[InChild<'r>]) -> Option<&'r Field> {
        let (node, code) = (self.node(self.around[height]), self.place.start);
        let codes = offsets_in(self.codes, &node.place);
        let before = &codes[..codes.partition_point(|it| *it < code)];
        let after = &codes[codes.partition_point(|it| *it < self.place.end)..];
        let role = best.first()?.0.role;
        // One response with several codes, or with one that is named several times.
        let is_prose = matches!(node.kind, Kind::Record | Kind::Line | Kind::Quoted);
        let is_of_all = best.len() == 1
            && role != Role::Message
            && (!is_prose || before.iter().chain(after).all(|rival| self.is_same_code(*rival)));
        let first = self.region.tree().with_role(role, &node.place).next()?.start;
        let reach = if is_of_all || before.is_empty() && after.is_empty() {
            0..usize::MAX
        } else if first < codes[0] {
            before.last().copied().unwrap_or(0)..code
        } else {
            code..self.next_code(self.place.end)
        };
        let own = best.iter().map(|(field, _)| *field);
        let own = own.filter(|field| reach.contains(&field.start));
        own.min_by_key(|field| field.start.abs_diff(code))
    }

    /// The number of an HTTP status.
    fn number(&self, status_field: &Field) -> Option<u16> {
        status(&status_field.value(self.region.text()))
    }

    fn is_failure(&self, status_field: &Field) -> bool {
        self.number(status_field).is_some_and(|status| status >= 400)
    }

    fn is_same_code(&self, other: usize) -> bool {
        let text = self.region.text().as_bytes();
        let end = other + self.place.len();
        let code = text.get(other..end);
        !text.get(end).is_some_and(u8::is_ascii_digit)
            && code.is_some_and(|it| it.eq_ignore_ascii_case(&text[self.place.clone()]))
    }

    fn is_object(&self, node: usize) -> bool {
        matches!(self.node(node).kind, Kind::Object | Kind::Element)
    }

    fn node(&self, number: usize) -> &'r Node {
        &self.region.tree().nodes[number]
    }

    /// Where the first code at or after `at` starts; the end of all where there is none.
    fn next_code(&self, at: usize) -> usize {
        let next = self.codes.partition_point(|code| *code < at);
        self.codes.get(next).copied().unwrap_or(usize::MAX)
    }
}

/// The sign before the line of a diff that an offset is on: of what a test expected, or of what
/// it got.
fn sign_of_diff(text: &str, at: usize) -> Option<char> {
    let near = end_of(&text[..at], MAX_BEFORE_VALUE);
    let line =
        near.rsplit_once('\n').map(|(_, line)| line).or((near.len() == at).then_some(near))?;
    let line = line.trim_start();
    let sign = line.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let content = &line[1..];
    (content.starts_with("  ") || content.starts_with(['"', '\'', '{', '\t'])).then_some(sign)
}
