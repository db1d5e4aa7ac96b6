//! The tree that tokens stand in.

use std::collections::HashMap;
use std::ops::Range;

use super::labels::Role;
use super::records::records;
use super::tokens::{Container, Reader};
use super::unwrap::Unwrapped;
use super::values::{Written, decoded};

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

/// A part of a text that contains others.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: Kind,
    pub parent: Option<usize>,
    pub place: Range<usize>,
}

/// A labelled value, or one that says by itself what it is.
#[derive(Debug, Clone)]
pub struct Field {
    pub role: Role,
    /// 0 for a label that says exactly this, more for one that may mean another thing.
    pub rank: u8,
    /// Where the label starts.
    pub start: usize,
    /// Where the value stands, without quotes.
    pub place: Range<usize>,
    pub written: Written,
    /// Whether nothing but what follows ends the value.
    pub is_open: bool,
    /// The innermost node around it.
    pub node: usize,
}

impl Field {
    /// The value, decoded from what it stands in.
    pub fn value(&self, text: &str) -> String {
        decoded(&text[self.place.clone()], self.written)
    }
}

/// The nodes of a text in order, each before those inside, and its fields.
#[derive(Debug, Default)]
pub struct Tree {
    pub nodes: Vec<Node>,
    pub fields: Vec<Field>,
}

impl Tree {
    pub fn new(unwrapped: &Unwrapped) -> Self {
        let (containers, fields) = Reader::new(unwrapped).read();
        let records = records(unwrapped, &containers);
        let mut tree = Tree {
            nodes: nested(&containers, records),
            fields,
        };
        let mut node = 0;
        for field in &mut tree.fields {
            while tree
                .nodes
                .get(node + 1)
                .is_some_and(|next| next.place.start <= field.start)
            {
                node += 1;
            }
            field.node = innermost(&tree.nodes, node, field.start);
        }
        tree
    }

    /// The innermost node around a place; none where the tree is empty.
    pub fn node_at(&self, place: usize) -> Option<usize> {
        let next = self.nodes.partition_point(|node| node.place.start <= place);
        Some(innermost(&self.nodes, next.checked_sub(1)?, place))
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
fn innermost(nodes: &[Node], last: usize, place: usize) -> usize {
    let parents = std::iter::successors(Some(last), |node| nodes[*node].parent);
    let mut around = parents.filter(|node| nodes[*node].place.end > place);
    around.next().unwrap_or(last)
}

/// The nodes of containers and records, each with its parent.
fn nested(containers: &[Container], records: Vec<(Kind, Range<usize>)>) -> Vec<Node> {
    let of_containers = containers
        .iter()
        .map(|it| (it.kind, it.place.clone(), Some(it)));
    let of_records = records.into_iter().map(|(kind, place)| (kind, place, None));
    // Records come first where they are as large as a container.
    let mut all: Vec<_> = of_records.chain(of_containers).collect();
    all.sort_by_key(|(_, place, _)| (place.start, usize::MAX - place.end));
    let mut nodes: Vec<Node> = Vec::with_capacity(all.len());
    let mut parent: Option<usize> = None;
    for (kind, place, _) in &all {
        while let Some(around) = parent
            && nodes[around].place.end < place.end
        {
            parent = nodes[around].parent;
        }
        nodes.push(Node {
            kind: *kind,
            parent,
            place: place.clone(),
        });
        parent = Some(nodes.len() - 1);
    }
    mark_items(&mut nodes, |node| all[node].2);
    nodes
}

/// Marks the containers that are one of several elements of a list, of numbered members, or
/// of elements with the same name.
fn mark_items<'c>(nodes: &mut [Node], container: impl Fn(usize) -> Option<&'c Container>) {
    let mut elements: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    for (number, node) in nodes.iter().enumerate() {
        let (Some(parent), Some(own)) = (node.parent, container(number)) else {
            continue;
        };
        let list = container(parent);
        let is_of_list = list.is_some_and(|list| list.kind == Kind::List && !list.has_pairs);
        let name = match node.kind {
            Kind::Element => own.name,
            Kind::Object | Kind::List if own.is_numbered => 1,
            Kind::Object | Kind::List if is_of_list => 2,
            _ => continue,
        };
        elements.entry((parent, name)).or_default().push(number);
    }
    for alike in elements.into_values().filter(|alike| alike.len() > 1) {
        for node in alike {
            nodes[node].kind = Kind::Item;
        }
    }
}
