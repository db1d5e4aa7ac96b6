//! Nests what was read of a text into one tree.

use std::collections::HashMap;

use super::reader::Reader;
use super::records::records;
use super::{ITEM, Kind, Node, Part, Tree, innermost};
use crate::explain::lines::Unwrapped;
use crate::explain::values::Role;

/// The tree of a text.
pub fn parse(unwrapped: &Unwrapped) -> Tree {
    let (containers, mut fields) = Reader::new(unwrapped).read();
    // Records come first where they are as large as a container.
    let mut parts = records(unwrapped, &containers);
    parts.extend(containers);
    parts.sort_by_key(|part| (part.place.start, usize::MAX - part.place.end));
    let nodes = nested(&parts);
    let mut by_role = vec![Vec::new(); Role::Other as usize + 1];
    let mut node = 0;
    for (number, field) in fields.iter_mut().enumerate() {
        let is_before = |next: &Node| next.place.start <= field.start;
        while nodes.get(node + 1).is_some_and(is_before) {
            node += 1;
        }
        field.node = innermost(&nodes, node, field.start);
        by_role[field.role as usize].push(number);
    }
    Tree { nodes, fields, by_role }
}

/// The nodes of parts, which are in order, each with its parent. Those that are one of several
/// elements of a list, or of elements with the same name, are items.
fn nested(parts: &[Part]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(parts.len());
    let mut parent: Option<usize> = None;
    let mut alike: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    for (number, part) in parts.iter().enumerate() {
        while let Some(around) = parent
            && nodes[around].place.end < part.place.end
        {
            parent = nodes[around].parent;
        }
        // Only what stands in a list is an item of it. What is alike may start on several lines.
        let is_line = |node: &usize| nodes[*node].kind == Kind::Line;
        let around = parent.and_then(|it| if is_line(&it) { nodes[it].parent } else { parent });
        if let Some(parent) = around
            && !part.name.is_empty()
            && (part.name != ITEM || nodes[parent].kind == Kind::List)
        {
            alike.entry((parent, part.name)).or_default().push(number);
        }
        nodes.push(Node { kind: part.kind, parent, place: part.place.clone() });
        parent = Some(number);
    }
    for alike in alike.into_values().filter(|alike| alike.len() > 1) {
        for node in alike {
            nodes[node].kind = Kind::Item;
        }
    }
    nodes
}
