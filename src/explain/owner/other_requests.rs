//! What is of another request than the one that failed: one that the program itself was sent, or
//! that a whole batch was sent with.

use super::request::{is_of_service, is_own_server};
use super::{Found, InChild, MAX_FIELDS, Owner};
use crate::catalog::DEFAULT_SERVICE;
use crate::explain::tree::Kind;
use crate::explain::values::{Field, Rank, Role, status};
use crate::substrings::{is_word_of, last_word, start_of};

/// Keys of a request, also as the last word of one.
const REQUESTS: &str = "config options request req";
/// Keys of what a request is answered with, beside those that name a response.
const ANSWERS: &str = "resp res rsp reply answer";
/// Keys of a body: of an answer, except in an object with the key of a request.
const BODIES: &str = "body data content entity";

impl Owner<'_> {
    /// Whether a node says a request to another server than the service's, in an object also in a
    /// member beside that with the code: a program was asked it itself, and what is said beside it
    /// is of that. Not so where the code is a member of the object itself.
    pub(super) fn has_own_request(&self, height: usize) -> bool {
        let node = self.around[height];
        let is_map = self.is_map(node);
        if !is_map && self.node(node).kind != Kind::Line {
            return false;
        }
        let fields = |role| {
            let fields = self.candidates(height, role).into_iter();
            fields.filter(|(_, child)| is_map || *child == node).map(|(field, _)| field)
        };
        let is_deeper = || self.around[..height].iter().any(|it| self.is_map(*it));
        let is_member = || is_map && !is_deeper() && self.is_labelled();
        self.is_to_other_server(height, fields) && !is_member() && !self.is_body_of_answer(height)
    }

    /// Whether the code stands in the body of an answer, as gateways and clients write a call down:
    /// beside the address that was asked, or in an object with a status and no request of its own.
    fn is_body_of_answer(&self, height: usize) -> bool {
        let node = self.around[height];
        let is_own = |(field, child): InChild| self.is_member(node, child, field);
        let has_own = |role| self.candidates(height, role).into_iter().any(is_own);
        self.key_below(height).is_some_and(|key| is_word_of(BODIES, key))
            && !is_word_of(REQUESTS, self.key(node))
            && (has_own(Role::Url) || has_own(Role::HttpStatus) && !has_own(Role::Method))
    }

    /// The text beside the body with the code that tells what the service answered, a status and the
    /// request to it (`404 Not Found from POST https://…`), where the object around says another
    /// status: that, and all else in it, is what a program answered itself.
    pub(super) fn text_with_service_answer(&self, height: usize) -> Option<usize> {
        let (below, around) = self.around.split_at(height);
        if !self.is_map(around[0]) || !below.iter().any(|it| self.is_map(*it)) {
            return None;
        }
        // Few nodes have an address.
        self.first_address(around[0])?;
        let statuses = self.candidates(height, Role::HttpStatus).into_iter();
        let (answers, own): (Vec<_>, Vec<_>) =
            statuses.partition(|(_, child)| self.address_in(*child).is_some());
        let (status, text) = *answers.first()?;
        let is_only = answers.iter().all(|(it, child)| *child == text && !self.differ(it, status));
        let is_other = |(it, _): &InChild| it.rank <= Rank::Usual && self.differ(it, status);
        let address = self.address_in(text)?.value(self.region.text());
        (is_only && own.iter().any(is_other) && is_of_service(&address)).then_some(text)
    }

    /// The first address in a child that is a text.
    fn address_in(&self, child: usize) -> Option<&Field> {
        self.first_address(child).filter(|_| self.node(child).kind == Kind::Quoted)
    }

    /// The first request in a node; without one, the first URL.
    fn first_address(&self, node: usize) -> Option<&Field> {
        let (tree, place) = (&self.region.tree, &self.node(node).place);
        [Role::Request, Role::Url].into_iter().find_map(|role| tree.with_role(role, place).next())
    }

    /// Whether a status is that of an object with the code in a list, and says that it succeeded.
    pub(super) fn is_batch_success(&self, height: usize, field: &Field) -> bool {
        let is_in_list = |node: &usize| matches!(self.node(*node).kind, Kind::List | Kind::Item);
        self.is_object(self.around[height])
            && self.around[..height].iter().any(is_in_list)
            && status(&field.value(self.region.text())).is_some_and(|status| status < 400)
    }

    /// Whether what a node says is of a whole batch whose items were answered each by itself, and says
    /// nothing of them: an item beside that with the code has a request ID other than the batch's, or a
    /// status where the object around says that it succeeded.
    pub(super) fn is_batch(&self, height: usize) -> bool {
        let object = self.around[height];
        let is_item = |node: &&usize| self.node(**node).kind == Kind::Item;
        let Some(item) = self.around[..height].iter().rfind(is_item) else { return false };
        let is_beside = |node: usize| {
            let parent = self.node(node).parent;
            node != *item && self.node(node).kind == Kind::Item && parent == self.node(*item).parent
        };
        let (tree, place) = (&self.region.tree, &self.node(object).place);
        let near = |role| tree.near(role, place, self.place.start, MAX_FIELDS);
        let of_item = |role| near(role).find(|it| tree.around(it.node).any(is_beside));
        let is_success = |field: &Field| {
            let child = self.child(height, field);
            let is_own = child.is_some_and(|child| self.is_member(object, child, field));
            is_own && self.is_batch_success(height, field)
        };
        let has_other_id = |item: &Field| {
            let mut ids = near(Role::RequestId).filter(|it| self.child(height, it).is_some());
            ids.any(|it| self.differ(it, item))
        };
        of_item(Role::RequestId).is_some_and(has_other_id)
            || near(Role::HttpStatus).any(is_success) && of_item(Role::HttpStatus).is_some()
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
        if !self.is_of_organizations() || fields(Role::Method).next().is_none() {
            return false;
        }
        let mut urls = fields(Role::Url).chain(fields(Role::Path)).peekable();
        urls.peek().is_some()
            && !urls.any(|url| is_of_service(&url.value(text)))
            && !fields(Role::Host).any(|host| is_own_server(&host.value(text)))
            && !self.key_below(height).is_some_and(names_answer)
    }

    /// Whether the code is one of the service itself.
    pub(super) fn is_of_organizations(&self) -> bool {
        let code = &self.region.text()[self.place.clone()];
        start_of(code, DEFAULT_SERVICE.len()).eq_ignore_ascii_case(DEFAULT_SERVICE)
    }

    /// Whether a child is what was sent, beside what was answered: a client may give its request an
    /// ID of its own.
    pub(super) fn is_sent(&self, height: usize, child: usize) -> bool {
        self.is_object(child)
            && is_word_of(REQUESTS, last_word(self.key(child)))
            && self.key_below(height).is_some_and(|it| names_answer(it) || is_word_of(BODIES, it))
    }

    /// The key of the child of a node that the code stands in.
    fn key_below(&self, height: usize) -> Option<&str> {
        height.checked_sub(1).map(|below| self.key(self.around[below]))
    }

    /// Whether a node says another status than that of the code, which stands deeper: a request in it
    /// is the one that the program itself was sent, and answered with that other status.
    pub(super) fn is_of_other_request(&self, height: usize) -> bool {
        let below = height.checked_sub(1).map(|below| &self.node(self.around[below]).place);
        let node = self.around[height];
        let known = self.status.and_then(Found::value).filter(|known| {
            (self.is_map(node) || self.node(node).kind == Kind::Line)
                && below.is_some_and(|below| below.contains(&known.start))
        });
        known.is_some_and(|known| {
            let mut others = self.candidates(height, Role::HttpStatus).into_iter();
            others.any(|(it, _)| it.rank <= Rank::Usual && self.differ(it, known))
        })
    }
}

/// Whether a key names what a request is answered with: `response`, `responseBody`, `res`.
fn names_answer(key: &str) -> bool {
    is_word_of(ANSWERS, key) || key.to_ascii_lowercase().contains("response")
}
