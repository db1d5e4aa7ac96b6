//! What is of another request than the one that failed: one that succeeded, that the program itself
//! was sent, that a whole batch was sent with, or that was answered with another code. Attempts in a
//! log are separate records (`tree/records/calls.rs`).

use super::keys::names_response;
use super::request::{is_of_service, is_own_server};
use super::{Found, InChild, Owner};
use crate::explain::tree::{Kind, Node};
use crate::explain::values::http::{is_success, shows_exchange, starts_with_success};
use crate::explain::values::{Field, Role};
use crate::substrings::{is_word_of, last_word, offsets_in, start_of, start_of_line};

/// Keys of a request, also as the last word of one.
const REQUESTS: &str = "config options request req";
/// Keys of a body.
const BODIES: &str = "body data content entity";
/// Bytes behind a request in which its status is looked for.
const MAX_BEHIND_REQUEST: usize = 256;

impl Owner<'_> {
    /// Whether a child has no code, or is the response that names this code again, or a body that
    /// does where the code itself has no label in an object.
    pub(super) fn has_no_other_code(&self, child: usize) -> bool {
        let starts_with = |node: usize, marks: &[char]| {
            self.region.text()[self.node(node).place.start..].starts_with(marks)
        };
        let is_in_object = || self.around.iter().any(|node| starts_with(*node, &['{', '<']));
        let codes = offsets_in(self.codes, &self.node(child).place);
        codes.is_empty()
            || codes.iter().all(|code| self.is_same_code(*code))
                && (starts_with(child, &['{', '[', '<', '('])
                    && !(self.is_labelled() && is_in_object())
                    || self.is_response(child))
    }

    /// Whether a request was answered with no failure, right behind it or on the next line, and the
    /// code is not in that answer. It may be, where it stands in an object or behind a label, but not
    /// with a status of a failure on a line below the request.
    pub(super) fn has_succeeded(&self, request: &Field) -> bool {
        let text = self.region.text();
        let Some(behind) = text.get(request.place.end..self.place.start) else { return false };
        let mut lines = start_of(behind, MAX_BEHIND_REQUEST).lines();
        let has_failed = || {
            let status = self.status.and_then(Found::value);
            behind.contains('\n') && status.is_some_and(|status| self.is_failure(status))
        };
        let may_be_answer =
            || self.is_labelled() || self.around.iter().any(|node| self.is_object(*node));
        (lines.next().is_some_and(starts_with_success) || lines.next().is_some_and(is_success))
            && (has_failed() || !may_be_answer())
    }

    /// Whether a node is a record, and a field in it says a part of the next request, which stands
    /// below a response with the code, from its method on, and has no status on its line.
    pub(super) fn is_of_next_request(&self, node: &Node, field: &Field) -> bool {
        let mut above = self.region.text()[node.place.start..self.place.start].lines();
        let below = self.place.start..field.place.end;
        node.kind == Kind::Record
            && self.region.tree().has_any_of(&below, &[Role::Request, Role::Method])
            && above.any(|line| line.starts_with("HTTP/"))
            && !shows_exchange(self.line_at(start_of_line(self.region.text(), field.start)))
    }

    /// Whether a node says a request to another server than the service's, in an object also in a
    /// member beside that with the code: a program was asked it itself, and what is said beside it
    /// is of that. Not so where the code is a member of the object itself.
    pub(super) fn has_own_request(&self, height: usize) -> bool {
        let node = self.around[height];
        let is_map = self.is_object(node);
        let fields = |role| {
            let fields = self.values_in(height, role).into_iter();
            fields.filter(|(_, child)| is_map || *child == node).map(|(field, _)| field)
        };
        let is_deeper = || self.around[..height].iter().any(|it| self.is_object(*it));
        self.is_to_other_server(height, fields) && (!is_map || is_deeper())
    }

    /// The text beside the body with the code that reports what the service answered, a status and the
    /// request to it (`404 Not Found from POST https://…`), where the object around says a
    /// status, too: that, and all else in it, is what a program answered itself.
    pub(super) fn text_with_service_response(&self, height: usize) -> Option<usize> {
        let node = self.around[height];
        // Few nodes have an address.
        if !self.is_object(node) || !self.has_address(node) {
            return None;
        }
        let is_response = |(_, child): &InChild| {
            self.node(*child).kind == Kind::Quoted && self.has_address(*child)
        };
        let statuses = self.values_in(height, Role::HttpStatus).into_iter();
        let (responses, own): (Vec<_>, Vec<_>) = statuses.partition(is_response);
        let (_, text) = *responses.first()?;
        (!own.is_empty()).then_some(text)
    }

    /// The object beside that with the code that shows the request to the service; for the role of a
    /// status or an ID with the status of a failure, for that of an address with the method: what else
    /// is said there is of something else, such as what the program itself was asked, or which script
    /// sent the request.
    pub(super) fn sibling_with_request(&self, height: usize, role: Role) -> Option<usize> {
        let (node, tree) = (self.around[height], self.region.tree());
        let fields = |role, child: usize| tree.with_role(role, &self.node(child).place);
        let shows = |child: usize| match role {
            Role::HttpStatus | Role::RequestId => {
                fields(Role::HttpStatus, child).any(|status| self.is_failure(status))
            }
            _ => fields(Role::Method, child).next().is_some(),
        };
        let may_have = matches!(role, Role::HttpStatus | Role::RequestId | Role::Url);
        if !may_have || !self.is_object(node) || !self.has_address(node) {
            return None;
        }
        let urls = self.values_in(height, Role::Url).into_iter();
        let of_service = |(url, child): InChild| {
            let is_beside = child != node && self.is_object(child) && shows(child);
            (is_beside && is_of_service(&url.value(self.region.text()))).then_some(child)
        };
        let mut children = urls.filter_map(of_service);
        let first = children.next()?;
        children.all(|child| child == first).then_some(first)
    }

    fn has_address(&self, node: usize) -> bool {
        self.region.tree().has_any_of(&self.node(node).place, &[Role::Request, Role::Url])
    }

    /// Whether what a node says is of a whole batch whose items were answered each by itself, and says
    /// nothing of them: an item beside that with the code has a request ID of its own.
    pub(super) fn is_batch(&self, height: usize) -> bool {
        let is_item = |node: &&usize| self.node(**node).kind == Kind::Item;
        let Some(item) = self.around[..height].iter().rfind(is_item) else { return false };
        let parent = self.node(*item).parent;
        let is_beside = |node: usize| node != *item && self.node(node).parent == parent;
        let (tree, place) = (self.region.tree(), &self.node(self.around[height]).place);
        let mut ids = tree.near(Role::RequestId, place, self.place.start);
        ids.any(|id| tree.ancestors(id.node).any(is_beside))
    }

    /// Whether the parts of a request among these fields, in the node at a height, say that it is to
    /// another server than the service's, and the code does not stand in the answer to it.
    pub(super) fn is_to_other_server<'f, F: Iterator<Item = &'f Field>>(
        &self,
        height: usize,
        fields: impl Fn(Role) -> F,
    ) -> bool {
        let text = self.region.text();
        // The API gateway stands before all servers. Few nodes have a method.
        if !self.is_of_organizations || fields(Role::Method).next().is_none() {
            return false;
        }
        let mut urls = fields(Role::Url).chain(fields(Role::Path)).peekable();
        urls.peek().is_some()
            && !urls.any(|url| is_of_service(&url.value(text)))
            && !fields(Role::Host).any(|host| is_own_server(&host.value(text)))
            && !self.is_in_response(height)
    }

    /// Whether the code stands in what a request was answered with, as the key in the node at a height
    /// says, or the body beside the status.
    fn is_in_response(&self, height: usize) -> bool {
        let Some(below) = height.checked_sub(1) else { return false };
        let (node, key) = (self.around[height], self.key(self.around[below]));
        let has_status = || {
            let mut statuses = self.values_in(height, Role::HttpStatus).into_iter();
            statuses.any(|(status, child)| self.is_member(node, child, status))
        };
        names_response(key) || is_word_of(BODIES, key) && has_status()
    }

    /// Whether a child is what was sent: a client may give its request an ID of its own.
    pub(super) fn is_sent(&self, child: usize) -> bool {
        self.is_object(child) && is_word_of(REQUESTS, last_word(self.key(child)))
    }
}
