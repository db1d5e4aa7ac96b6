//! One node of a climb: the steps in `owner/mod.rs`, of which `refuse` has the second and the third,
//! `choose` the last three. A node's height is how many nodes lie between it and the code.

use super::request::is_of_service;
use super::{Found, InChild, Owner};
use crate::explain::tree::Kind;
use crate::explain::values::{Field, Role};

impl<'r> Owner<'r> {
    /// The result for the role in the node at a height; none where the climb goes on.
    pub(super) fn pick(&self, height: usize, role: Role) -> Option<Found<'r>> {
        let mut all = self.values_in(height, role);
        if let Some(sibling) = self.sibling_with_request(height, role)
            && all.iter().any(|(_, child)| *child == sibling)
        {
            all.retain(|(_, child)| *child == sibling);
        }
        // The fields of a child follow each other, so that it is asked only once.
        let mut last_asked = (usize::MAX, false);
        let mut may_take = |child: usize| {
            if last_asked.0 != child {
                last_asked = (child, self.may_take_from(height, child, role));
            }
            last_asked.1
        };
        let best = all.iter().copied().filter(|(_, child)| may_take(*child)).collect();
        self.choose(height, &all, best)
    }

    /// The values with a role in a node that may be the code's, each with the child of the node
    /// that it stands in.
    pub(super) fn values_in(&self, height: usize, role: Role) -> Vec<InChild<'r>> {
        let part = &self.node(self.around[height]).place;
        let near = self.region.tree().near(role, part, self.place.start);
        let in_children = near.filter_map(|field| Some((field, self.child(height, field)?)));
        // In the last node only the string with the service's response counts, if there is one.
        let response = self.service_response.filter(|_| height + 1 == self.end);
        let may_be_own = |(field, child): &InChild| {
            self.may_be_own(height, field) && response.is_none_or(|string| string == *child)
        };
        in_children.filter(may_be_own).collect()
    }

    /// Whether a field is a member of the object itself, whose keys may be strings, and of none in
    /// it.
    pub(super) fn is_member(&self, object: usize, child: usize, field: &Field) -> bool {
        child == object || field.node == child && self.node(child).kind != Kind::Object
    }

    /// The child, of the node at a height, that a field stands in; the node itself if the field is
    /// in none of its children. None where the field is out of reach: in another record or item, or
    /// in the child that the code stands in, which the climb has passed.
    pub(super) fn child(&self, height: usize, field: &Field) -> Option<usize> {
        let mut child = self.around[height];
        for node in self.region.tree().ancestors(field.node) {
            if node == self.around[height] {
                return (self.around[..height].last() != Some(&child)).then_some(child);
            }
            let is_border = match self.node(node).kind {
                Kind::Item => true,
                Kind::Record => self.node(self.around[height]).kind != Kind::PostedExchange,
                _ => false,
            };
            if is_border {
                return None;
            }
            child = node;
        }
        None
    }

    /// The only object beside that with the code that has an address of the service and, where a status or
    /// an ID is looked for, the status of a failure, or where an address is, the method. What stands
    /// outside it may be of what the program itself was asked, or of the script that sent the request.
    fn sibling_with_request(&self, height: usize, role: Role) -> Option<usize> {
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

    pub(super) fn has_address(&self, node: usize) -> bool {
        self.region.tree().has_any_of(&self.node(node).place, &[Role::Request, Role::Url])
    }
}
