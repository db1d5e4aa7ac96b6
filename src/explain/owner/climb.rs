//! The six steps of a climb in one node (see `owner/mod.rs`); steps 2 and 3 are in `refuse.rs`. A
//! node's height is how many nodes lie between it and the code.

use super::{CodeInTree, Found, ValueInChild};
use crate::explain::tree::Kind;
use crate::explain::values::addresses::is_of_service;
use crate::explain::values::{Field, Role};
use crate::substrings::offsets_in;

impl<'r> CodeInTree<'r> {
    /// What the node at a height has for the role; none if the climb goes on.
    pub(super) fn pick(&self, height: usize, role: Role) -> Option<Found<'r>> {
        let node = self.around[height];
        // Steps 1 and 2.
        let mut all = self.values_in(height, role);
        if let Some(sibling) = self.sibling_with_request(height, role)
            && all.iter().any(|(_, child)| *child == sibling)
        {
            all.retain(|(_, child)| *child == sibling);
        }
        // Step 3. The fields of one child are adjacent, so each child is checked once.
        let children = all.chunk_by(|a, b| a.1 == b.1);
        let possible = children.filter(|fields| self.may_take_from(height, fields[0].1, role));
        let mut best = possible.collect::<Vec<_>>().concat();
        // Step 4.
        let preference = |(field, child): &ValueInChild| {
            let is_own = self.is_object_or_element(node) && self.is_member(node, *child, field);
            (!is_own, field.rank)
        };
        let preferred = best.iter().map(preference).min()?;
        best.retain(|it| preference(it) == preferred);
        // Step 5. All values count here, not only the best: two that differ show that there are two
        // errors. In an exchange only the best count, because it may show responses to other
        // requests.
        let is_of_exchange = self.node(node).kind == Kind::PostedExchange;
        if self.is_disputed(if is_of_exchange { &best } else { &all }) {
            return Some(Found::Disputed);
        }
        // Step 6.
        self.nearest(height, &best).map(Found::Value)
    }

    /// The values with a role in the node at a height that may be the code's, each with the
    /// child of the node in which it stands.
    pub(super) fn values_in(&self, height: usize, role: Role) -> Vec<ValueInChild<'r>> {
        let part = &self.node(self.around[height]).place;
        let near = self.region.tree().near(role, part, self.place.start);
        let in_children = near.filter_map(|field| Some((field, self.child(height, field)?)));
        // In the last node only the string with the service's response counts, if there is one.
        let response = self.service_response.filter(|_| height + 1 == self.end);
        let may_be_own = |(field, child): &ValueInChild| {
            self.may_be_own(height, field) && response.is_none_or(|string| string == *child)
        };
        in_children.filter(may_be_own).collect()
    }

    /// Whether a field is a direct member of the object, not of an object inside it. A member may
    /// itself be a node, such as a key in quotes or an element.
    pub(super) fn is_member(&self, object: usize, child: usize, field: &Field) -> bool {
        child == object || field.node == child && self.node(child).kind != Kind::Object
    }

    /// The child of the node at a height in which a field stands, or the node itself if the
    /// field is in no child. None if the field is out of reach: in another log record or item,
    /// below the key of another request, or in the child with the code, from which the climb comes.
    pub(super) fn child(&self, height: usize, field: &Field) -> Option<usize> {
        let mut child = self.around[height];
        for node in self.region.tree().ancestors(field.node) {
            if node == self.around[height] {
                return (self.around[..height].last() != Some(&child)).then_some(child);
            }
            let is_border = match self.node(node).kind {
                Kind::Item => true,
                Kind::LogRecord => self.node(self.around[height]).kind != Kind::PostedExchange,
                Kind::Object | Kind::List | Kind::Element => self.is_of_other_request(node),
                _ => false,
            };
            if is_border {
                return None;
            }
            child = node;
        }
        None
    }

    /// The only object beside the one with the code that shows the request to the service:
    /// it has an address of the service and, if `role` is a status or an ID, the status of a
    /// failure, else a method. Values outside it may be of a request that the program itself
    /// received, or of the script that sent this one.
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
        if !may_have || !self.is_object_or_element(node) || !self.has_address(node) {
            return None;
        }
        let urls = self.values_in(height, Role::Url).into_iter();
        let of_service = |(url, child): ValueInChild| {
            let is_beside = child != node && self.is_object_or_element(child) && shows(child);
            (is_beside && is_of_service(&url.value(self.region.text()))).then_some(child)
        };
        let mut children = urls.filter_map(of_service);
        let first = children.next()?;
        children.all(|child| child == first).then_some(first)
    }

    pub(super) fn has_address(&self, node: usize) -> bool {
        self.region.tree().has_any_of(&self.node(node).place, &[Role::Request, Role::Url])
    }

    /// Whether all values stand in objects, or in log records of an exchange, and two from
    /// different ones differ.
    fn is_disputed(&self, all: &[ValueInChild]) -> bool {
        let clash =
            |pair: &[ValueInChild]| pair[0].1 != pair[1].1 && self.differ(pair[0].0, pair[1].0);
        let is_beside = |node: usize| {
            self.is_object_or_element(node) || self.node(node).kind == Kind::LogRecord
        };
        all.iter().all(|(_, child)| is_beside(*child)) && all.windows(2).any(clash)
    }

    /// The value that belongs to this code, of several in the node at a height. If the
    /// first value stands before the first code, all are taken to stand before their codes, else
    /// after them.
    fn nearest(&self, height: usize, best: &[ValueInChild<'r>]) -> Option<&'r Field> {
        let (node, code) = (self.node(self.around[height]), self.place.start);
        let codes = offsets_in(self.codes, &node.place);
        let before = &codes[..codes.partition_point(|it| *it < code)];
        let after = &codes[codes.partition_point(|it| *it < self.place.end)..];
        let role = best.first()?.0.role;
        // A response may have several codes, or name one several times: its only value is of all.
        let is_prose = matches!(node.kind, Kind::LogRecord | Kind::Line | Kind::Quoted);
        let needs_same_code = is_prose || role == Role::Message;
        let is_of_all = best.len() == 1
            && (!needs_same_code
                || before.iter().chain(after).all(|rival| self.is_same_code(*rival)));
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
}
