//! The tree that values stand in.
//!
//! `scanner` passes over the text once. It reads the fields (`labelled_fields`, `tables`; `message_end`
//! says where a message without quotes ends, `value_wrappers` what stands around other values) and
//! the containers that they stand in: objects, lists, strings, elements of XML and HTML (`tags`).
//! `records` finds the lines that report one thing, by what a line says (`line_kinds`) and what the lines
//! above it show of calls (`calls`), and in each record `lists_and_sections` finds what stands on lines
//! of its own; `posted_exchange` finds the records that together show one request and its response, by
//! what each shows (`posted_paragraph`, `posted_headings`) and who wrote it (`speakers`).
//! `parse` nests all that into one tree, and decides which of several parts that look alike are
//! items.

mod calls;
mod labelled_fields;
pub mod line_kinds;
mod lists_and_sections;
pub mod message_end;
pub mod parse;
mod posted_exchange;
mod posted_headings;
mod posted_paragraph;
mod python_stacks;
mod records;
mod scanner;
mod speakers;
mod tables;
mod tags;
mod value_wrappers;

use std::iter;
use std::ops::Range;

use super::values::{Field, Role};
use crate::substrings::within;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines that belong together: of a log, a response, a paragraph. What stands in
    /// another record belongs to another error, unless an exchange is around both.
    Record,
    /// Records that show one exchange: the paragraphs in which somebody posts a request and its
    /// response.
    Exchange,
    /// A line, with all lines of the containers that start on it; or a section below a heading, so
    /// that what is alike may stand in several sections as it may on several lines.
    Line,
    /// One of several alike: a member of a list, a row, a section, a block. A value in it belongs to
    /// the codes in it alone; these codes take values from around it, too.
    Item,
    /// Between curly or round brackets, or the block of lines below a key.
    Object,
    /// Between square brackets.
    List,
    /// From a tag of XML to its end; or a member of a PHP array that has a number for its key.
    Element,
    /// A string in quotes.
    Quoted,
}

/// Fields of a role that are looked at on each side of a code.
const MAX_NEAR: usize = 32;

/// The name of parts that are items if several stand in one list.
const ITEM: &str = ",";

/// A part of a text that becomes a node.
#[derive(Debug)]
pub struct Part<'t> {
    pub kind: Kind,
    /// Empty as long as a container is open.
    pub place: Range<usize>,
    /// Parts of the same name in one node are items; those with an empty name never are.
    pub name: &'t str,
}

impl<'t> Part<'t> {
    pub fn new(kind: Kind, place: Range<usize>) -> Self {
        Part::named(kind, place, "")
    }

    pub fn named(kind: Kind, place: Range<usize>, name: &'t str) -> Self {
        Part { kind, place, name }
    }
}

/// A part, with the node around it.
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
    /// The numbers of the fields by their roles.
    by_role: Vec<Vec<usize>>,
}

impl Tree {
    /// The numbers of the nodes around an offset, the innermost first; none where the tree is empty.
    pub fn around_place(&self, at: usize) -> impl Iterator<Item = usize> {
        let next = self.nodes.partition_point(|node| node.place.start <= at);
        let last = next.checked_sub(1);
        let node = last.map(|last| {
            self.around(last).find(|node| self.nodes[*node].place.end > at).unwrap_or(last)
        });
        node.into_iter().flat_map(|node| self.around(node))
    }

    /// The innermost node of one of some kinds around an offset.
    pub fn innermost(&self, kinds: &[Kind], at: usize) -> Option<&Node> {
        let mut around = self.around_place(at).map(|node| &self.nodes[node]);
        around.find(|node| kinds.contains(&node.kind))
    }

    /// The number of a node and of those around it, the innermost first.
    pub fn around(&self, node: usize) -> impl Iterator<Item = usize> {
        iter::successors(Some(node), |node| self.nodes[*node].parent)
    }

    /// The fields in a part of the text.
    pub fn fields_in(&self, part: &Range<usize>) -> &[Field] {
        within(&self.fields, part, |field| field.start)
    }

    /// The fields with a role in a part of the text.
    pub fn with_role(&self, role: Role, part: &Range<usize>) -> impl Iterator<Item = &Field> {
        self.numbers(role, part).iter().map(|number| &self.fields[*number])
    }

    /// Whether a part of the text has a field with one of these roles.
    pub fn says(&self, part: &Range<usize>, roles: &[Role]) -> bool {
        roles.iter().any(|role| !self.numbers(*role, part).is_empty())
    }

    /// The fields with a role in a part of the text, at most [`MAX_NEAR`] on each side of `at`.
    pub fn near(&self, role: Role, part: &Range<usize>, at: usize) -> impl Iterator<Item = &Field> {
        let numbers = self.numbers(role, part);
        let middle = numbers.partition_point(|it| self.fields[*it].start < at);
        let near = middle.saturating_sub(MAX_NEAR)..numbers.len().min(middle + MAX_NEAR);
        numbers[near].iter().map(|number| &self.fields[*number])
    }

    fn numbers(&self, role: Role, part: &Range<usize>) -> &[usize] {
        within(&self.by_role[role as usize], part, |number| self.fields[*number].start)
    }
}
