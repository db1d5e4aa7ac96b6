//! Which value belongs to which code.
//!
//! Each code takes a value from the deepest node that it has in common with one, and never across
//! the border of a record or of an item of a list; several codes may take the same. The search
//! climbs from the code through the nodes around it ([`Spot::around`]), once for each role; first
//! for the request ID and the HTTP status, which distinguish one request from another. In each node
//! it looks at the values that stand in no node passed before ([`Spot::pick`]), but for those
//!
//! - in another record or item ([`Spot::child`]),
//! - in a child of the node that has a code of its own, of any service, or that contradicts the
//!   request ID or the HTTP status that is known: it is of another request ([`Spot::lends`]),
//! - that say of themselves that they are not the code's ([`Spot::may_be_own`]).
//!
//! An object's own members come before those of its children; of these only the values with the
//! surest rank are kept, and of these a remark right after the code before others. Of what is left
//! the nearest is taken; where the node has several codes, the nearest on the side on which the
//! values of the node stand, unless one value is of all ([`Spot::nearest`]). If several objects beside the code give different values, none of them is
//! taken ([`Spot::is_disputed`]). The climb for a role ends where a value is taken or disputed.
//!
//! ```text
//! 09:12 GET /v1/a 200 request_id=aaaaaaa1                      record
//! 09:13 HTTP/1.1 404 Not Found                                 record ┬ head
//! X-Request-Id: bbbbbbb2                                              │
//! [{"error_code":"Organizations.1300","error_msg":"x"},               └ list ┬ item
//!  {"error_code":"Organizations.1305","status":409}]                         └ item
//! ```
//!
//! 1300 finds its message in its item. The climb goes on for the other values: in the list they
//! are in another item; in the record the head has a status and a request ID, and they belong to 1300.
//! 1305 finds its status in its item. The head contradicts that, so its request ID is another's.
//!
//! What no label names is read after the climb (`context`): a request ID at the end of the line,
//! and the documented message near the code.

pub mod context;

use std::ops::Range;

use super::lines::quotes::has_any;
use super::region::Region;
use super::tree::{Kind, Node};
use super::values::{Field, Rank, Role, status};

/// Fields of a role that are looked at before a code, and as many after it.
const MAX_FIELDS: usize = 32;
/// Bytes of a label and the marks before a code.
const MAX_LABEL: usize = 128;

/// A code, or a message that stands for one, and what is around it.
pub struct Spot<'r> {
    region: &'r Region,
    place: Range<usize>,
    /// All codes, ascending, this one among them.
    codes: &'r [usize],
    /// The nodes around it, the innermost first.
    around: Vec<usize>,
    status: Option<Found<'r>>,
    request_id: Option<Found<'r>>,
}

/// What ends the climb: a value, or none where several are disputed.
type Found<'r> = Option<&'r Field>;

/// A value, and the child of a node that it stands in.
type InChild<'r> = (&'r Field, usize);

impl<'r> Spot<'r> {
    /// Finds the HTTP status and the request ID, which distinguish one request from another.
    fn new(region: &'r Region, place: Range<usize>, codes: &'r [usize]) -> Self {
        let around = region.tree.around_place(place.start).collect();
        let mut spot = Spot { region, place, codes, around, status: None, request_id: None };
        for height in 0..spot.around.len() {
            spot.status = spot.status.or_else(|| spot.pick(height, Role::HttpStatus));
            spot.request_id = spot.request_id.or_else(|| spot.pick(height, Role::RequestId));
        }
        spot
    }

    /// The value with a role in the first node that has one.
    fn value(&self, role: Role) -> Option<&'r Field> {
        let mut heights = 0..self.around.len();
        let found = match role {
            Role::HttpStatus => self.status,
            Role::RequestId => self.request_id,
            _ => heights.find_map(|height| self.pick(height, role)),
        };
        found?
    }

    /// What is found with the role in the node at a height above the code.
    fn pick(&self, height: usize, role: Role) -> Option<Found<'r>> {
        let candidates = self.candidates(height, role);
        // Fields of the same child follow each other.
        let mut last = (usize::MAX, false);
        let mut may_lend = |child: usize| {
            if last.0 != child {
                last = (child, self.lends(height, child));
            }
            last.1
        };
        let mut best = candidates.clone();
        best.retain(|(_, child)| may_lend(*child));
        // An object's own members come first; their keys are strings.
        let preference = |(field, child): &InChild| {
            let is_member = self.node(*child).kind == Kind::Quoted;
            (!is_member, field.rank, !self.is_remark(*child))
        };
        let first = best.iter().map(preference).min()?;
        best.retain(|it| preference(it) == first);
        // What another code has beside the code's own object shows that both are records.
        let all = if height > 0 { &candidates } else { &best };
        if self.is_disputed(all) {
            return Some(None);
        }
        self.nearest(height, &best).map(Some)
    }

    /// The values with a role in a node that may be the code's, each with the child of the node that
    /// it stands in.
    fn candidates(&self, height: usize, role: Role) -> Vec<InChild<'r>> {
        let part = &self.node(self.around[height]).place;
        let near = self.region.tree.near(role, part, self.place.start, MAX_FIELDS);
        let in_children = near.filter_map(|field| Some((field, self.child(height, field)?)));
        in_children.filter(|(field, _)| self.may_be_own(field)).collect()
    }

    /// The child of a node around the code in which a field stands; the node itself where it
    /// stands in none. None where it stands in another record or item, or in the node below.
    fn child(&self, height: usize, field: &Field) -> Option<usize> {
        let mut child = self.around[height];
        for node in self.region.tree.around(field.node) {
            if node == self.around[height] {
                let below = height.checked_sub(1).map(|below| self.around[below]);
                return Some(child).filter(|child| Some(*child) != below);
            }
            if matches!(self.node(node).kind, Kind::Item | Kind::Record) {
                return None;
            }
            child = node;
        }
        None
    }

    /// Whether the values in a child of a node may be the code's: it has no other code and says no
    /// other status or request ID than is known.
    fn lends(&self, height: usize, child: usize) -> bool {
        let (text, tree) = (self.region.text(), &self.region.tree);
        let part = &self.node(child).place;
        let contradicts = |role, known: Option<Found>| {
            known.flatten().is_some_and(|known| {
                let mut fields = tree.with_role(role, part);
                fields.any(|it| it.value(text) != known.value(text))
            })
        };
        child == self.around[height]
            || self.has_no_rival(child)
                && !contradicts(Role::RequestId, self.request_id)
                && !contradicts(Role::HttpStatus, self.status)
    }

    /// Whether a value can be the code's: no message that the code is part of, no status of a
    /// request that succeeded, and none without a label that is more than a line away in a string.
    fn may_be_own(&self, field: &Field) -> bool {
        let is_near = || field.rank < Rank::Said || self.between(field).matches("\\n").count() < 2;
        match field.role {
            Role::Message => !field.place.contains(&self.place.start),
            Role::HttpStatus => {
                let value = field.value(self.region.text());
                status(&value).is_some_and(|status| status >= 400) && is_near()
            }
            _ => true,
        }
    }

    /// Whether a child stands right after the code: `Organizations.1305 (400)`.
    fn is_remark(&self, child: usize) -> bool {
        let between = self.place.end..self.node(child).place.start;
        let between = self.region.text().get(between);
        between.is_some_and(|it| it.trim_matches([' ', ':']).is_empty())
    }

    /// Whether all values stand in objects beside the code, and differ.
    fn is_disputed(&self, all: &[InChild]) -> bool {
        let value = |(field, _): &InChild| field.value(self.region.text());
        let differ = |pair: &[InChild]| value(&pair[0]) != value(&pair[1]);
        all.iter().all(|(_, child)| self.is_object(*child)) && all.windows(2).any(differ)
    }

    /// Of several values in a node the one that belongs to this code.
    fn nearest(&self, height: usize, best: &[InChild<'r>]) -> Option<&'r Field> {
        let (node, code) = (self.node(self.around[height]), self.place.start);
        let codes = codes_in(self.codes, &node.place);
        let (before, after) = codes.split_at(codes.partition_point(|it| *it < code));
        let after = &after[after.partition_point(|it| *it < self.place.end)..];
        let mut rivals = before.iter().chain(after).copied();
        // One response with several codes, or with one that is named several times.
        let is_of_all = best.len() == 1
            && (!matches!(node.kind, Kind::Record | Kind::Line | Kind::Quoted)
                || rivals.clone().all(|rival| self.is_same_code(rival)));
        let (nearby, _) = *best.first()?;
        // Where more are before the code than are looked at, the first is not among those.
        let mut of_node = self.region.tree.with_role(nearby.role, &node.place).take(MAX_FIELDS);
        let first = of_node.find(|it| it.rank == nearby.rank).unwrap_or(nearby);
        let reach = if rivals.clone().next().is_none() || is_of_all {
            0..usize::MAX
        } else if first.start < code && rivals.all(|it| first.start < it) {
            before.last().copied().unwrap_or(0)..code
        } else {
            code..self.next_code(self.place.end)
        };
        let own = best.iter().map(|(field, _)| *field);
        let own = own.filter(|field| reach.contains(&field.start));
        // A request stands before its response.
        let is_next = |field: &Field| {
            field.start > code && matches!(field.role, Role::Request | Role::Method | Role::Url)
        };
        own.min_by_key(|field| {
            let is_on_other_line = self.is_on_other_line(field);
            let is_next = is_on_other_line && is_next(field);
            (is_on_other_line, is_next, field.start.abs_diff(code))
        })
    }

    fn is_on_other_line(&self, field: &Field) -> bool {
        has_any(self.between(field), &["\n", "\\n"])
    }

    /// The text between the code and a field.
    fn between(&self, field: &Field) -> &'r str {
        let (code, place) = (self.place.start, field.start);
        &self.region.text()[code.min(place)..code.max(place)]
    }

    /// Whether a child has no code, or is a body that names this code again
    /// where the code itself has no label.
    fn has_no_rival(&self, child: usize) -> bool {
        let (part, code) = (&self.node(child).place, self.place.start);
        let codes = codes_in(self.codes, part);
        let is_body = || self.region.text()[part.start..].starts_with(['{', '[', '<', '(']);
        let is_labelled = || {
            let before = code.saturating_sub(MAX_LABEL)..code + 1;
            let mut labels = self.region.tree.with_role(Role::Code, &before);
            labels.any(|field| field.place.contains(&code))
        };
        codes.is_empty()
            || codes.iter().all(|code| self.is_same_code(*code)) && is_body() && !is_labelled()
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

    fn node(&self, number: usize) -> &'r Node {
        &self.region.tree.nodes[number]
    }

    /// The innermost item or record.
    fn item_or_record(&self) -> Range<usize> {
        let tree = &self.region.tree;
        let record = tree.innermost(&[Kind::Item, Kind::Record], self.place.start);
        record.map_or(self.place.clone(), |node| node.place.clone())
    }

    /// Where the next code after a place starts; the end of all where there is none.
    fn next_code(&self, place: usize) -> usize {
        let next = self.codes.partition_point(|code| *code < place);
        self.codes.get(next).copied().unwrap_or(usize::MAX)
    }
}

/// The codes in a part of the text.
pub fn codes_in<'r>(codes: &'r [usize], part: &Range<usize>) -> &'r [usize] {
    let before = |place| codes.partition_point(|code| *code < place);
    &codes[before(part.start)..before(part.end).max(before(part.start))]
}
