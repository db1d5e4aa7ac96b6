//! Where the climbs end: from a certain node on, all values are of another request.

use super::{CodeInTree, ValueInChild};
use crate::explain::tree::Kind;
use crate::explain::values::addresses::is_of_service;
use crate::explain::values::{Field, Role};
use crate::substrings::offsets_in;

impl CodeInTree<'_> {
    /// The height at which the climbs end: that of the first node that has a request to the
    /// program itself ([`Self::has_request_to_program`]), a batch ([`Self::is_batch`]) or an
    /// exchange of others ([`Self::is_of_others`]). If a lower node has a string that alone says
    /// what the service answered, they end above that node; then also returns the string
    /// ([`Self::text_with_service_response`]).
    pub(super) fn end_of_climbs(&self) -> (usize, Option<usize>) {
        let ends_climb = |height: &usize| {
            self.has_request_to_program(*height)
                || self.is_batch(*height)
                || self.is_of_others(*height)
        };
        let end = (0..self.end).find(ends_climb).unwrap_or(self.end);
        let response = |height| Some((height + 1, self.text_with_service_response(height)?));
        (0..end).find_map(response).map_or((end, None), |(end, string)| (end, Some(string)))
    }

    /// Whether a node has a request to another server than the service's: the program itself
    /// received that request. In an object the request may be in any member, but the code must be
    /// in an object inside.
    fn has_request_to_program(&self, height: usize) -> bool {
        let node = self.around[height];
        let is_map = self.is_object_or_element(node);
        let fields = |role| {
            let fields = self.values_in(height, role).into_iter();
            fields.filter(|(_, child)| is_map || *child == node).map(|(field, _)| field)
        };
        let is_deeper = || self.around[..height].iter().any(|it| self.is_object_or_element(*it));
        self.is_to_other_server(height, fields) && (!is_map || is_deeper())
    }

    /// Whether a node has a batch whose items were answered each by itself: beside the item with
    /// the code another part of the batch has a request ID. What the node says of the whole batch
    /// is of no item.
    fn is_batch(&self, height: usize) -> bool {
        let is_item = |node: &&usize| self.node(**node).kind == Kind::Item;
        let Some(item) = self.around[..height].iter().rfind(is_item) else { return false };
        let parent = self.node(*item).parent;
        let is_beside = |node: usize| node != *item && self.node(node).parent == parent;
        let (tree, place) = (self.region.tree(), &self.node(self.around[height]).place);
        let mut ids = tree.near(Role::RequestId, place, self.place.start);
        ids.any(|id| tree.ancestors(id.node).any(is_beside))
    }

    /// Whether a node is a posted exchange, but not of this code alone: the code is in an item of a
    /// list, or the exchange has another code, a request to another server, or statuses but no
    /// failure.
    fn is_of_others(&self, height: usize) -> bool {
        let node = self.node(self.around[height]);
        let is_item = |node: &usize| self.node(*node).kind == Kind::Item;
        let fields = |role| self.region.tree().with_role(role, &node.place);
        let statuses = fields(Role::HttpStatus).filter_map(|it| self.number(it));
        let is_foreign = |request: &Field| {
            self.child(height, request).is_some()
                && !is_of_service(&request.value(self.region.text()))
        };
        node.kind == Kind::PostedExchange
            && (self.around[..height].iter().any(is_item)
                || !offsets_in(self.codes, &node.place).iter().all(|code| self.is_same_code(*code))
                || self.is_of_organizations && fields(Role::Request).any(is_foreign)
                || statuses.max().is_some_and(|status| status < 400))
    }

    /// The string, beside the body with the code, that has the status of the service's
    /// response and the request (`404 Not Found from POST https://…`), if the object around them
    /// has a status, too: that status and all else in the object are what the program itself
    /// answered.
    fn text_with_service_response(&self, height: usize) -> Option<usize> {
        let node = self.around[height];
        // Few nodes have an address.
        if !self.is_object_or_element(node) || !self.has_address(node) {
            return None;
        }
        let is_response = |(_, child): &ValueInChild| {
            self.node(*child).kind == Kind::Quoted && self.has_address(*child)
        };
        let statuses = self.values_in(height, Role::HttpStatus).into_iter();
        let (responses, own): (Vec<_>, Vec<_>) = statuses.partition(is_response);
        let (_, text) = *responses.first()?;
        (!own.is_empty()).then_some(text)
    }
}
