//! Which of the values in a node is the code's: steps 4 to 6 in `owner/mod.rs`.

use super::{Found, InChild, Owner};
use crate::explain::tree::Kind;
use crate::explain::values::{Field, Role};
use crate::substrings::offsets_in;

impl<'r> Owner<'r> {
    /// Chooses among the values of a node that may be the code's; `all` are also those that are of another
    /// request.
    pub(super) fn choose(
        &self,
        height: usize,
        all: &[InChild<'r>],
        mut best: Vec<InChild<'r>>,
    ) -> Option<Found<'r>> {
        let node = self.around[height];
        let preference = |(field, child): &InChild| {
            let is_own = self.is_object(node) && self.is_member(node, *child, field);
            (!is_own, field.rank)
        };
        let preferred = best.iter().map(preference).min()?;
        best.retain(|it| preference(it) == preferred);
        // All values count here, not only the best: two that differ show that there are two errors.
        // In an exchange only the best do, because it may show responses to other requests.
        let is_of_exchange = self.node(node).kind == Kind::PostedExchange;
        if self.is_disputed(if is_of_exchange { &best } else { all }) {
            return Some(Found::Disputed);
        }
        self.nearest(height, &best).map(Found::Value)
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
