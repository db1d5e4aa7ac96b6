//! What of an exchange that somebody posted in paragraphs is a code's.

use super::Owner;
use super::request::is_of_service;
use crate::explain::tree::{Kind, Node};
use crate::explain::values::{Field, Role};
use crate::substrings::offsets_in;

impl Owner<'_> {
    /// Whether a node is an exchange that somebody posted, but not of this code alone: the code
    /// stands in an item of a list, or the exchange has another code, a request to another server,
    /// or statuses of which none is of a failure.
    pub(super) fn is_of_others(&self, height: usize) -> bool {
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

    /// Whether a paragraph of an exchange may say a value of the code in another: a message is of
    /// its own code, and what stands below a body is of the response.
    pub(super) fn may_be_posted(&self, exchange: &Node, field: &Field) -> bool {
        match field.role {
            Role::Message | Role::Authorization => false,
            Role::RequestId => !self.is_above_response(exchange, field),
            Role::HttpStatus => true,
            _ => field.start < self.place.start,
        }
    }

    /// Whether the exchange shows no response up to the record of a field, which then was sent.
    fn is_above_response(&self, exchange: &Node, field: &Field) -> bool {
        let above = exchange.place.start..self.region.record(field.start).end;
        !self.region.tree().has_any_of(&above, &[Role::HttpStatus, Role::PossibleStatus])
    }
}
