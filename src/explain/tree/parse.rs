//! Reads a text as one tree: its records, the containers in them, and the fields.

use std::collections::HashMap;
use std::ops::Range;

use super::log_records::records;
use super::message_ends::end_messages;
use super::reader::Reader;
use super::{Container, Kind, Node, Tree, innermost};
use crate::explain::unwrap::Unwrapped;

/// The tree of a text.
pub fn parse(unwrapped: &Unwrapped) -> Tree {
    let (containers, mut fields) = Reader::new(unwrapped).read();
    end_messages(&unwrapped.text, &mut fields);
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
