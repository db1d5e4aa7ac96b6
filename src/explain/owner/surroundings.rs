//! A place that is asked about, and what is around it.

use std::ops::Range;

use crate::explain::region::Region;
use crate::explain::tree::{Kind, Node};
use crate::explain::values::Role;

/// Bytes of a label and the marks before a code.
const MAX_LABEL: usize = 128;

/// What the input says of an occurrence.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Context {
    pub http_status: Option<u16>,
    pub request_id: Option<String>,
    pub message: Option<String>,
    /// What the `{0}` of the documented message stood for.
    pub args: Vec<String>,
    /// The method and the address of the request.
    pub request: Option<(String, String)>,
    pub authorization: Option<String>,
}

/// A code, or a message that stands for one, and what is around it.
pub struct Spot<'r> {
    pub region: &'r Region,
    pub place: Range<usize>,
    /// All codes, ascending, its own among them.
    pub codes: &'r [usize],
    /// The nodes around it, the innermost first, up to its record.
    pub around: Vec<usize>,
}

impl<'r> Spot<'r> {
    pub fn new(region: &'r Region, place: Range<usize>, codes: &'r [usize]) -> Self {
        let node = region.tree.node_at(place.start);
        let mut around = Vec::new();
        for node in node.into_iter().flat_map(|node| region.tree.around(node)) {
            around.push(node);
            if region.tree.nodes[node].kind == Kind::Record {
                break;
            }
        }
        Spot {
            region,
            place,
            codes,
            around,
        }
    }

    pub fn node(&self, number: usize) -> &'r Node {
        &self.region.tree.nodes[number]
    }

    /// The part of the text that the code's message may stand in without a label: the
    /// innermost item or record, but for the lines of other codes.
    pub fn record(&self) -> Range<usize> {
        let kinds = [Kind::Item, Kind::Record];
        let mut around = self.around.iter().map(|node| self.node(*node));
        let own = around.find(|node| kinds.contains(&node.kind));
        own.map_or(self.place.clone(), |node| node.place.clone())
    }

    /// Whether a part is a body that names this code again, which stands in none itself.
    pub fn leads_to(&self, part: &Range<usize>, codes: &[usize]) -> bool {
        let own = self.place.start;
        let near = self
            .region
            .tree
            .fields_in(&(own.saturating_sub(MAX_LABEL)..own + 1));
        let mut near = near.iter();
        let is_labelled = near.any(|it| it.role == Role::Code && it.place.contains(&own));
        let is_body = self.region.text()[part.start..].starts_with(['{', '[', '<', '(']);
        !is_labelled && is_body && codes.iter().all(|code| self.is_same_code(*code))
    }

    pub fn is_same_code(&self, other: usize) -> bool {
        let text = self.region.text().as_bytes();
        let end = other + self.place.len();
        let is_longer = text.get(end).is_some_and(u8::is_ascii_digit);
        let code = text.get(other..end);
        !is_longer && code.is_some_and(|it| it.eq_ignore_ascii_case(&text[self.place.clone()]))
    }
}

/// The codes in a part of the text.
pub fn codes_in<'r>(codes: &'r [usize], part: &Range<usize>) -> &'r [usize] {
    let start = codes.partition_point(|code| *code < part.start);
    let end = codes.partition_point(|code| *code < part.end);
    &codes[start..end.max(start)]
}
