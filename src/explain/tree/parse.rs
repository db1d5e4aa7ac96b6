//! Reads a text as one tree: its records, the containers in them, and the fields.

use std::collections::HashMap;

use super::message_ends::end_messages;
use super::reader::{ITEM, Reader};
use super::records::records;
use super::{Kind, Node, Part, Tree, WRAPPER, innermost};
use crate::explain::unwrap::Unwrapped;

/// The tree of a text.
pub fn parse(unwrapped: &Unwrapped) -> Tree {
    let (containers, mut fields) = Reader::new(unwrapped).read();
    end_messages(&unwrapped.text, &mut fields);
    // Records come first where they are as large as a container.
    let mut parts = records(unwrapped, &containers);
    parts.extend(containers);
    parts.sort_by_key(|part| (part.place.start, usize::MAX - part.place.end));
    let nodes = nested(&parts);
    let mut node = 0;
    for field in &mut fields {
        let is_before = |next: &Node| next.place.start <= field.start;
        while nodes.get(node + 1).is_some_and(is_before) {
            node += 1;
        }
        field.node = innermost(&nodes, node, field.start);
    }
    Tree { nodes, fields }
}

/// The nodes of parts, which are in order, each with its parent. Those that are one of several
/// elements of a list, or of elements with the same name, are items.
fn nested(parts: &[Part]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(parts.len());
    let mut parent: Option<usize> = None;
    let mut elements: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    for (number, part) in parts.iter().enumerate() {
        while let Some(around) = parent
            && nodes[around].place.end < part.place.end
        {
            parent = nodes[around].parent;
        }
        let is_in_list = parent.is_some_and(|parent| parts[parent].kind == Kind::List);
        let name = match part.kind {
            Kind::Element => Some(part.name),
            Kind::Object | Kind::List if is_in_list && part.name != WRAPPER => Some(ITEM),
            Kind::Text if is_in_list && part.name == ITEM => Some(ITEM),
            _ => None,
        };
        if let (Some(parent), Some(name)) = (parent, name) {
            elements.entry((parent, name)).or_default().push(number);
        }
        nodes.push(Node {
            kind: part.kind,
            parent,
            place: part.place.clone(),
        });
        parent = Some(number);
    }
    for alike in elements.into_values().filter(|alike| alike.len() > 1) {
        for node in alike {
            nodes[node].kind = Kind::Item;
        }
    }
    nodes
}
