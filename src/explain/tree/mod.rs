//! The tree that values stand in.
//!
//! `reader` passes over the text once. It reads the fields (`labelled_values`, `tables`,
//! `value_bounds`) and the containers that they stand in: objects, lists, strings, elements (`xml`).
//! `records` says which lines belong together, `list_items` which of them are one item of a list.
//! `parse` ends messages without quotes where the next field or bracket does (`message_ends`) and
//! nests all that into one tree.

pub mod labelled_values;
pub mod list_items;
pub mod message_ends;
pub mod parse;
pub mod reader;
pub mod records;
pub mod tables;
pub mod typed_values;
pub mod value_bounds;
pub mod xml;

use std::ops::Range;

use super::values::Field;

/// What contains what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines that belong together: of a log, a response, a paragraph. What stands in
    /// another record belongs to another error.
    Record,
    /// The status line of a response with its headers.
    Head,
    /// A line, with all lines of the containers that start on it.
    Line,
    /// One of several elements of a list: another record.
    Item,
    Object,
    List,
    Element,
    /// A string.
    Text,
}

/// What a container is called that holds one value of a type, and so is no item of a list.
pub const WRAPPER: &str = "(";

/// A part of a text that contains others.
#[derive(Debug)]
pub struct Part<'t> {
    pub kind: Kind,
    /// Empty as long as it is open.
    pub place: Range<usize>,
    /// The name of an element: several with the same are items.
    pub name: &'t str,
}

impl Part<'_> {
    pub fn new(kind: Kind, place: Range<usize>) -> Self {
        let name = "";
        Part { kind, place, name }
    }
}

/// A part with what is around it.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: Kind,
    pub parent: Option<usize>,
    pub place: Range<usize>,
}

/// The nodes of a text in order, each before those inside, and its fields.
#[derive(Debug, Default)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub fields: Vec<Field>,
}

impl Tree {
    /// The numbers of the nodes around a place, the innermost first; none where the tree is empty.
    pub fn around_place(&self, place: usize) -> impl Iterator<Item = usize> {
        let next = self.nodes.partition_point(|node| node.place.start <= place);
        let last = next.checked_sub(1);
        let node = last.map(|last| innermost(&self.nodes, last, place));
        node.into_iter().flat_map(|node| self.around(node))
    }

    /// The innermost node of one of some kinds around a place.
    pub fn innermost(&self, kinds: &[Kind], place: usize) -> Option<&Node> {
        let mut around = self.around_place(place).map(|node| &self.nodes[node]);
        around.find(|node| kinds.contains(&node.kind))
    }

    /// The numbers of the nodes around one, the innermost first, and itself.
    pub fn around(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |node| self.nodes[*node].parent)
    }

    /// The fields in a part of the text.
    pub fn fields_in(&self, part: &Range<usize>) -> &[Field] {
        let start = self
            .fields
            .partition_point(|field| field.start < part.start);
        let end = self.fields.partition_point(|field| field.start < part.end);
        &self.fields[start..end.max(start)]
    }
}

/// The innermost of the nodes up to `last` that a place is in, else the last.
pub fn innermost(nodes: &[Node], last: usize, place: usize) -> usize {
    let parents = std::iter::successors(Some(last), |node| nodes[*node].parent);
    let mut around = parents.filter(|node| nodes[*node].place.end > place);
    around.next().unwrap_or(last)
}
