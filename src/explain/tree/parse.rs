//! Builds the tree of a text from its parts and fields.

use std::collections::HashMap;

use super::clauses::clauses;
use super::log_records::log_records;
use super::scanner::Scanner;
use super::{DISTINGUISHING, Kind, LIST_MEMBER, Node, Part, Tree};
use crate::explain::lines::Unwrapped;
use crate::explain::values::Role;

/// Reads a text and returns its tree.
pub(crate) fn parse(unwrapped: &Unwrapped) -> Tree {
    let (containers, fields) = Scanner::new(unwrapped).read();
    let mut by_role = vec![Vec::new(); Role::Other as usize + 1];
    for (index, field) in fields.iter().enumerate() {
        by_role[field.role as usize].push(index);
    }
    let mut tree = Tree { nodes: Vec::new(), fields, by_role };
    // The sort keeps this order at equal places: a log record goes around a container.
    let mut parts = log_records(unwrapped, &containers, &tree);
    parts.extend(clauses(&unwrapped.text, &unwrapped.lines, &containers, &tree));
    parts.extend(containers);
    parts.sort_by_key(|part| (part.place.start, usize::MAX - part.place.end));
    tree.nodes = nested(&parts, &tree);
    for field in 0..tree.fields.len() {
        let node = tree.nodes_at(tree.fields[field].start).next();
        tree.fields[field].node = node.unwrap_or(0);
    }
    tree
}

/// The nodes of parts, each with its parent; the parts are sorted by where they stand.
/// Several members of a list become items, and so do several parts of the same name in one
/// container. Parts of the same name that stand directly on lines may be of one error: they become
/// items only if two of them each have a status, or a request ID, or a code.
fn nested(parts: &[Part], tree: &Tree) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(parts.len());
    let mut parent: Option<usize> = None;
    // Candidates, by the node around them, their name, and whether they surely are items.
    let mut alike: HashMap<(usize, &str, bool), Vec<usize>> = HashMap::new();
    for (index, part) in parts.iter().enumerate() {
        while let Some(around) = parent
            && nodes[around].place.end < part.place.end
        {
            parent = nodes[around].parent;
        }
        // Parts of the same name may start on different lines, so the node around the lines counts.
        let mut around = parent;
        while let Some(line) = around.filter(|it| nodes[*it].kind == Kind::Line) {
            around = nodes[line].parent;
        }
        let is_sure = around == parent || part.name == LIST_MEMBER;
        // A member of a list is an item only if it stands directly in a list.
        if let Some(around) = around
            && !part.name.is_empty()
            && (part.name != LIST_MEMBER || nodes[around].kind == Kind::List)
        {
            alike.entry((around, part.name, is_sure)).or_default().push(index);
        }
        nodes.push(Node { kind: part.kind, parent, place: part.place.clone() });
        parent = Some(index);
    }
    let says = |part: usize, role: Role| tree.has_any_of(&parts[part].place, &[role]);
    for ((.., is_sure), alike) in alike {
        let two_say = |role: &Role| alike.iter().filter(|it| says(**it, *role)).nth(1).is_some();
        if alike.len() > 1 && (is_sure || DISTINGUISHING.iter().any(two_say)) {
            for node in alike {
                nodes[node].kind = Kind::Item;
            }
        }
    }
    nodes
}
