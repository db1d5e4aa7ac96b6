//! Nests what was read of a text into one tree.

use std::collections::HashMap;
use std::ops::Range;

use super::records::records;
use super::scanner::Scanner;
use super::{ITEM, Kind, Node, Part, Tree, innermost};
use crate::explain::lines::Unwrapped;
use crate::explain::values::{Field, Role};

/// The tree of a text.
pub fn parse(unwrapped: &Unwrapped) -> Tree {
    let (containers, mut fields) = Scanner::new(unwrapped).read();
    // Records come first where they are as large as a container.
    let mut parts = records(unwrapped, &containers);
    parts.extend(containers);
    parts.sort_by_key(|part| (part.place.start, usize::MAX - part.place.end));
    let nodes = nested(&parts, &fields);
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

/// What shows that two parts are of different errors, where both say it.
const DISTINGUISHING: [Role; 3] = [Role::HttpStatus, Role::RequestId, Role::Code];

/// The nodes of parts, which are in order, each with its parent. Those that are one of several
/// elements of a list, or of elements with the same name, are items; sections and blocks,
/// which may be of one error, only if two of them say the same of it.
fn nested(parts: &[Part], fields: &[Field]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(parts.len());
    let mut parent: Option<usize> = None;
    let mut alike: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    let mut unsure: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    for (number, part) in parts.iter().enumerate() {
        while let Some(around) = parent
            && nodes[around].place.end < part.place.end
        {
            parent = nodes[around].parent;
        }
        // What is alike may start on several lines.
        let mut around = parent;
        while let Some(line) = around.filter(|it| nodes[*it].kind == Kind::Line) {
            around = nodes[line].parent;
        }
        let is_sure = around == parent || part.name == ITEM;
        // Only what stands in a list is an item of it.
        if let Some(around) = around
            && !part.name.is_empty()
            && (part.name != ITEM || nodes[around].kind == Kind::List)
        {
            let alike = if is_sure { &mut alike } else { &mut unsure };
            alike.entry((around, part.name)).or_default().push(number);
        }
        nodes.push(Node { kind: part.kind, parent, place: part.place.clone() });
        parent = Some(number);
    }
    let says = |place: &Range<usize>, role: Role| {
        let from = fields.partition_point(|field| field.start < place.start);
        let mut fields = fields[from..].iter().take_while(|field| field.start < place.end);
        fields.any(|field| field.role == role)
    };
    unsure.retain(|_, alike| {
        DISTINGUISHING
            .iter()
            .any(|role| alike.iter().filter(|it| says(&parts[**it].place, *role)).nth(1).is_some())
    });
    let items = alike.into_values().filter(|alike| alike.len() > 1).chain(unsure.into_values());
    items.flatten().for_each(|node| nodes[node].kind = Kind::Item);
    nodes
}
