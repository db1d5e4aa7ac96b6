//! Which value belongs to which code.
//!
//! Each code takes a value from the innermost node around it that has one for it. Several codes may
//! take the same value. The search climbs from the code through the nodes around it
//! ([`Owner::around`]) up to its log record; where that is a paragraph of a posted exchange, up to
//! the exchange. It climbs first for the HTTP status and the request ID, which distinguish one
//! request from another: node by node, it looks for each of the two that it has not found yet. What
//! it has found bars what contradicts that, in this node and further out. Then it climbs once for
//! each other role. In each node it goes through these steps ([`Owner::pick`]); the functions have
//! the exceptions:
//!
//! 1. It gathers the values with the role in the node ([`Owner::values_in`]), without those in the
//!    child that the climb has passed, nor those in another item of a list or in another log
//!    record, unless the node is a posted exchange ([`Owner::child`]). If an object beside that
//!    with the code shows the request to the service, it takes a status, an ID and an address from
//!    there alone ([`Owner::sibling_with_request`]).
//! 2. It leaves out what cannot be the code's ([`Owner::may_be_own`]): a message that the code is
//!    part of; the status of a success in a log record, a string or a posted exchange, around a
//!    list, and on a line, unless a label gives it there and the code stands in nothing smaller; a
//!    request that succeeded, or that stands below the response with the code; lines of a diff with
//!    the other sign.
//! 3. It leaves out what is of another request: what stands in a child that has a code of its own,
//!    of any service, another request ID or HTTP status than the known ones, a key of another's
//!    request, or a request to another server than the service's ([`Owner::may_take_from`]).
//! 4. It prefers what an object itself says to what its members say, then the surest rank.
//! 5. It takes none if several objects, or paragraphs of an exchange, give different values
//!    ([`Owner::is_disputed`]).
//! 6. It takes the nearest value. If the node has several codes, each takes values on one side
//!    only, before it or after it, up to the next code there. A value that is the only one belongs
//!    to all of them in an object, a list or an element; in a text, or if it is a message, only if
//!    they are the same code ([`Owner::nearest`]).
//!
//! The climb for a role ends where a value is taken or disputed. All climbs end
//! ([`Owner::end_of_climbs`])
//!
//! - inside a node with a request to another server than the service's: that is the request that
//!   the program itself received, and the node shows its answer ([`Owner::has_own_request`]);
//! - inside a batch whose items were answered each by itself ([`Owner::is_batch`]);
//! - inside a posted exchange that is not of this code alone ([`Owner::is_of_others`]);
//! - with a node in which a string says what the service answered, and the rest what the program
//!   did; of that node only the string counts ([`Owner::text_with_service_response`]).
//!
//! A string of several lines is a text by itself, as a log has it in an object, and so is an
//! element: the outermost around a code with two line ends or more ([`Region::inner_text`]). The
//! code takes its values from there, and those that are missing from around it, unless the status
//! or the request ID there is another (`code_occurrence`).
//!
//! A code that a test expected has no values.
//!
//! ```text
//! 09:12 GET /v1/a 200 request_id=aaaaaaa1                      log record
//! 09:13 HTTP/1.1 404 Not Found                                 log record ┬ head
//! X-Request-Id: bbbbbbb2                                                  │
//! [{"error_code":"Organizations.1300","error_msg":"x"},                   └ list ┬ item
//!  {"error_code":"Organizations.1305","status":409}]                             └ item
//! ```
//!
//! For 1300 the first climb finds no status and no request ID in its item; in the list they are in
//! another item; in the log record the head has both, and they belong to 1300. The climb for the
//! message ends in the item. 1305 finds its status in its item. The head contradicts that, so its
//! request ID is another's.
//!
//! If no node has the request, log records with the same request ID may; if none has its method or
//! no ID is known, the exchange above may, which the log shows step by step (`logged`). After the
//! climbs `occurrence` refuses a message that may be the log's own, and a number alone that the
//! catalog does not document as the code's status; it reads what is no field of the tree: a request
//! ID at the end of the line or in the code's row, and its message near the code.

mod climb;
mod climb_end;
mod keys;
mod logged;
pub(super) mod occurrence;
mod refuse;
mod request;

use std::ops::Range;

use self::refuse::sign_of_diff;
use super::region::Region;
use super::tree::{Kind, Node};
use super::values::expected_codes::is_expected;
use super::values::{Field, Role, status};
use crate::catalog::DEFAULT_SERVICE;

/// A code, or a message that stands for one, and what is around it.
pub(super) struct Owner<'r> {
    region: &'r Region,
    place: Range<usize>,
    /// The sign before its line, if that is one of a diff.
    sign: Option<char>,
    /// All codes, or all messages that stand for one, ascending, this one among them.
    codes: &'r [usize],
    /// Whether the code is one of Organizations itself, not of the gateway before it.
    is_of_organizations: bool,
    /// The nodes around it, the innermost first, up to its log record or the exchange around that.
    /// A node's height is its index in this list.
    around: Vec<usize>,
    /// The height at which the climbs start: above the node of an inner text that was read before.
    start: usize,
    /// The HTTP status that the first climb found.
    status: Option<Found<'r>>,
    /// The request ID that the first climb found.
    request_id: Option<Found<'r>>,
    /// The height at which the climbs end: from there on values are of another request.
    end: usize,
    /// The string that alone says, in the last node of the climbs, what the service answered.
    service_response: Option<usize>,
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

/// A value, and the index of the child that it stands in.
type InChild<'r> = (&'r Field, usize);

impl<'r> Owner<'r> {
    /// Finds the HTTP status and the request ID. `inner` is the node of an inner text that was read
    /// before: only what is around that counts; `service` is the one of the code.
    fn new(
        region: &'r Region,
        place: Range<usize>,
        codes: &'r [usize],
        inner: Option<&Range<usize>>,
        service: &str,
    ) -> Self {
        let mut around: Vec<_> = region.tree().nodes_at(place.start).collect();
        if is_expected(region.text(), place.clone()) {
            around.clear();
        }
        let is_inner = |node: &usize| inner == Some(&region.tree().nodes[*node].place);
        let start = around.iter().rposition(is_inner).map_or(0, |inner| inner + 1);
        let mut owner = Owner {
            region,
            sign: sign_of_diff(region.text(), place.start),
            place,
            codes,
            is_of_organizations: service.eq_ignore_ascii_case(DEFAULT_SERVICE),
            end: around.len(),
            around,
            start,
            status: None,
            request_id: None,
            service_response: None,
        };
        (owner.end, owner.service_response) = owner.end_of_climbs();
        for height in start..owner.end {
            owner.status = owner.status.or_else(|| owner.pick(height, Role::HttpStatus));
            owner.request_id = owner.request_id.or_else(|| owner.pick(height, Role::RequestId));
        }
        owner
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

    /// Whether two fields with the same role have different values: `409 Conflict` is no other
    /// status than `409`.
    fn differ(&self, field: &Field, other: &Field) -> bool {
        let [value, other] = [field, other].map(|it| it.value(self.region.text()));
        value != other && (field.role != Role::HttpStatus || status(&value) != status(&other))
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

    fn node(&self, index: usize) -> &'r Node {
        &self.region.tree().nodes[index]
    }

    /// The line that starts at an offset.
    fn line_at(&self, start: usize) -> &'r str {
        self.region.text()[start..].lines().next().unwrap_or_default()
    }

    /// Where the first code at or after `at` starts; the end of all where there is none.
    fn next_code(&self, at: usize) -> usize {
        let next = self.codes.partition_point(|code| *code < at);
        self.codes.get(next).copied().unwrap_or(usize::MAX)
    }
}
