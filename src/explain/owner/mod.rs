//! Which value belongs to which code.
//!
//! Each code takes a value from the innermost node around it that has a value for it. Several codes
//! may take the same value. The search, a climb, goes from the code through the nodes around it
//! ([`CodeInTree::around`]) up to its log record or, if that is part of a posted exchange, up to
//! the exchange. The first climb looks for the HTTP status and the request ID, which distinguish
//! one request from another: node by node, for each of the two that is not found yet. What it has
//! found excludes whatever contradicts that, in the same node and further out. Then there is one
//! climb for each other role, such as the message. In each node a climb takes these steps
//! ([`CodeInTree::pick`]); the functions have the exceptions:
//!
//! 1. Gather the values with the role in the node ([`CodeInTree::values_in`]), but not those in the
//!    child from which the climb comes, in another item of a list or, unless the node is a posted
//!    exchange, in another log record ([`CodeInTree::child`]). If an object beside the one with the
//!    code shows the request to the service, and has the status, ID or address that is looked for,
//!    only that object counts ([`CodeInTree::sibling_with_request`]).
//! 2. Leave out what cannot be the code's ([`CodeInTree::may_be_own`]): a message that the code is
//!    part of; a request that succeeded; the next request, below the response with the code; lines
//!    of a diff with the other sign; the status of a success, if the node is a log record, a string
//!    or a posted exchange or has a list around the code; on a line only if the status reads
//!    `HTTP/1.1 200` or the code is in a smaller node on that line.
//! 3. Leave out what belongs to another request: a child that has a code of its own, of any
//!    service, another request ID or HTTP status than the known ones, a key that names another
//!    request, or a request to another server than the service's ([`CodeInTree::may_take_from`]).
//! 4. In an object, prefer its own members to those of objects inside it. Then prefer the surest
//!    rank.
//! 5. Take none if several objects, or log records of an exchange, give different values
//!    ([`CodeInTree::is_disputed`]).
//! 6. Take the nearest value. If the node has several codes, each takes values on one side only,
//!    before it or after it, up to the next code there. A single value belongs to all of them; but
//!    in a log record, a line or a string, or if it is a message, only if they are the same code
//!    ([`CodeInTree::nearest`]).
//!
//! The climb for a role ends where a value is taken or disputed. All climbs end
//! ([`CodeInTree::end_of_climbs`])
//!
//! - before a node with a request to another server than the service's: the program itself received
//!   that request, and the node shows its answer ([`CodeInTree::has_request_to_program`]);
//! - before a batch whose items were answered each by itself ([`CodeInTree::is_batch`]);
//! - before a posted exchange that is not of this code alone ([`CodeInTree::is_of_others`]);
//! - with a node in which a string says what the service answered, and the rest what the program
//!   answered; of that node only the string counts ([`CodeInTree::text_with_service_response`]).
//!
//! A string or an element with two line ends or more is read as a text by itself, for example a
//! string in an object of a log; of nested ones, the outermost first ([`Region::inner_text`]). The
//! code takes its values from that text. What is missing there it takes from around the text,
//! unless the status or the request ID there is another (`code_occurrence`).
//!
//! A code that a test expected takes no values from the tree.
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
//! message ends in the item. 1305 finds its status in its item. The head has another status, so its
//! request ID is another's.
//!
//! If no node has the request, log records with the same request ID may have it. If the method or
//! the request ID is still missing, the exchange above may have it, which the log shows step by
//! step (`logged`). After the climbs `occurrence` refuses a message that may be the log's own, and
//! a bare number that the catalog does not document as the code's status. It also reads what is no
//! field of the tree: a request ID at the end of the line or in the code's row, and a documented
//! message near the code.

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

/// A code, or a message in place of a code, and what is around it: the values are looked for there.
pub(super) struct CodeInTree<'r> {
    region: &'r Region,
    place: Range<usize>,
    /// The sign (`+` or `-`) before the code's line, if that is a line of a diff.
    sign: Option<char>,
    /// Where all codes start, or all messages in place of codes: ascending, this code among them.
    codes: &'r [usize],
    /// Whether the code is one of Organizations, not of another service such as the API gateway.
    is_of_organizations: bool,
    /// The nodes around the code, the innermost first, up to its log record or the exchange around
    /// that. A node's height is its index in this list. Empty for a code that a test expected.
    around: Vec<usize>,
    /// The height where the climbs start: 0, or above the node of an inner text already read.
    start: usize,
    /// The HTTP status that the first climb found.
    status: Option<Found<'r>>,
    /// The request ID that the first climb found.
    request_id: Option<Found<'r>>,
    /// The height where the climbs end: from there on values are of another request.
    end: usize,
    /// The string with the service's answer: in the last node of the climbs only it counts.
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

/// A value, and the child of the node in which it stands; the node itself if it stands in no child.
type ValueInChild<'r> = (&'r Field, usize);

impl<'r> CodeInTree<'r> {
    /// Climbs for the HTTP status and the request ID. `inner` is the node of an inner text that was
    /// read before: the climbs start above that node. `service` is the service of the code.
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
        let mut code = CodeInTree {
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
        (code.end, code.service_response) = code.end_of_climbs();
        for height in start..code.end {
            code.status = code.status.or_else(|| code.pick(height, Role::HttpStatus));
            code.request_id = code.request_id.or_else(|| code.pick(height, Role::RequestId));
        }
        code
    }

    /// The value that the climb for a role finds; none if it is disputed.
    fn value(&self, role: Role) -> Option<&'r Field> {
        let found = match role {
            Role::HttpStatus => self.status,
            Role::RequestId => self.request_id,
            _ => (self.start..self.end).find_map(|height| self.pick(height, role)),
        };
        found?.value()
    }

    /// Whether two fields with the same role have different values. Statuses are compared as
    /// numbers: `409 Conflict` and `409` are the same.
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

    fn is_object_or_element(&self, node: usize) -> bool {
        matches!(self.node(node).kind, Kind::Object | Kind::Element)
    }

    fn node(&self, index: usize) -> &'r Node {
        &self.region.tree().nodes[index]
    }

    /// The line that starts at an offset.
    fn line_at(&self, start: usize) -> &'r str {
        self.region.text()[start..].lines().next().unwrap_or_default()
    }

    /// Where the first code at or after `at` starts; `usize::MAX` if there is none.
    fn next_code(&self, at: usize) -> usize {
        let next = self.codes.partition_point(|code| *code < at);
        self.codes.get(next).copied().unwrap_or(usize::MAX)
    }
}
