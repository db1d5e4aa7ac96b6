//! One node of a climb (the steps in `owner/mod.rs`): which of its values may be the code's, and which
//! one of these is. A node's height is how many nodes lie between it and the code.

use super::{Found, InChild, Owner};
use crate::explain::tree::Kind;
use crate::explain::values::{Field, Role};
use crate::substrings::{end_of, offsets_in};

/// Bytes before a value on its line in a diff.
const MAX_BEFORE_VALUE: usize = 256;

impl<'r> Owner<'r> {
    /// The result for the role in the node at a height; none where the climb goes on.
    pub(super) fn pick(&self, height: usize, role: Role) -> Option<Found<'r>> {
        let node = self.around[height];
        let mut all = self.values_in(height, role);
        if let Some(exchange) = self.sibling_with_request(height, role)
            && all.iter().any(|(_, child)| *child == exchange)
        {
            all.retain(|(_, child)| *child == exchange);
        }
        // The fields of a child follow each other, so that it is asked only once.
        let mut last_asked = (usize::MAX, false);
        let mut may_take = |child: usize| {
            if last_asked.0 != child {
                last_asked = (child, self.may_take_from(height, child, role));
            }
            last_asked.1
        };
        let mut best = all.clone();
        best.retain(|(_, child)| may_take(*child));
        let preference = |(field, child): &InChild| {
            let is_own = self.is_object(node) && self.is_member(node, *child, field);
            (!is_own, field.rank)
        };
        let preferred = best.iter().map(preference).min()?;
        best.retain(|it| preference(it) == preferred);
        // All values count here, not only the best: two that differ show that there are two errors.
        // In an exchange only the best do, because it may show responses to other requests.
        let is_of_exchange = self.node(node).kind == Kind::PostedExchange;
        if self.is_disputed(if is_of_exchange { &best } else { &all }) {
            return Some(Found::Disputed);
        }
        self.nearest(height, &best).map(Found::Value)
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
            Kind::PostedExchange | Kind::Record | Kind::Quoted => true,
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

/// The sign before the line of a diff that an offset is on: of what a test expected, or of what
/// it got.
pub(super) fn sign_of_diff(text: &str, at: usize) -> Option<char> {
    let near = end_of(&text[..at], MAX_BEFORE_VALUE);
    let line =
        near.rsplit_once('\n').map(|(_, line)| line).or((near.len() == at).then_some(near))?;
    let line = line.trim_start();
    let sign = line.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let content = &line[1..];
    (content.starts_with("  ") || content.starts_with(['"', '\'', '{', '\t'])).then_some(sign)
}
