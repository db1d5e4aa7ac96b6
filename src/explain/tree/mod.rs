//! The tree that values stand in.
//!
//! ```text
//! 09:12 GET /v1/policies 200                    log record ─ line
//! 09:13 delete failed (retry: no): {"errors":[  log record ─ line ┬ object
//!   {"error_code":"Organizations.1300"},                          └ object ─ list ┬ item
//!   {"error_code":"Organizations.1305"}],                                         └ item
//!  "request_id":"7f3c91d2"}
//! ```
//!
//! Each string in quotes is a node as well. The second object ends with the last line, and so do
//! the line and the log record around it.
//!
//! `scanner` passes over the text once. It reads the fields (`labelled_fields`, `tables`;
//! `message_end` says where a message without quotes ends, `value_wrappers` what stands around
//! other values) and the containers that they stand in: objects, lists, strings, elements of XML
//! and HTML (`tags`).
//!
//! `log_records` finds the lines that belong together, by what a line says and by what the lines
//! above it show. In each of these log records `bullets_and_sections` finds what stands on lines of
//! its own, by what these start with (`line_starts`); `clauses` finds the clauses of Chinese and
//! Japanese. `posted` finds those that together show one
//! request and its response.
//!
//! `parse` nests all that into one tree, and decides which of several parts that look alike are
//! items.

mod bullets_and_sections;
mod clauses;
mod labelled_fields;
mod line_starts;
pub(super) mod log_records;
pub(super) mod message_end;
pub(super) mod parse;
mod posted;
mod scanner;
mod tables;
mod tags;
mod value_wrappers;

use std::iter;
use std::ops::Range;

use super::values::{Field, Role};
use crate::substrings::within;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Lines that belong together: of a log, a response, a paragraph. What stands in another log
    /// record belongs to another error, unless a posted exchange is around both.
    LogRecord,
    /// Log records that together show one request and its response: paragraphs that somebody
    /// posted, or the session of a shell.
    PostedExchange,
    /// A line, up to the end of the containers that start on it. Parts of the same name may be
    /// items though each stands on a line of its own (`parse`).
    Line,
    /// One of several alike: a member of a list, a row, a section, a block. A value in it belongs
    /// to the codes in it alone; these codes take values from around it, too.
    Item,
    /// Between curly or round brackets, as in `ServiceError(status=404, …)`; or the block of lines
    /// below a key.
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

/// The name of what may be a member of a list: if several stand in one list, they are items.
const LIST_MEMBER: &str = ",";

/// Roles that show that two parts are of different errors, where both have one.
const DISTINGUISHING: [Role; 3] = [Role::HttpStatus, Role::RequestId, Role::Code];

/// A container, a log record or a line as it was found. `parse` makes a [`Node`] of each once all
/// are there, and decides by their names which are items.
#[derive(Debug)]
pub(super) struct Part<'t> {
    pub kind: Kind,
    /// Empty as long as a container is open.
    pub place: Range<usize>,
    /// Parts of the same name in one node are items; those with an empty name never are.
    pub name: &'t str,
}

impl<'t> Part<'t> {
    pub(super) fn new(kind: Kind, place: Range<usize>) -> Self {
        Part::named(kind, place, "")
    }

    pub(super) fn named(kind: Kind, place: Range<usize>, name: &'t str) -> Self {
        Part { kind, place, name }
    }
}

/// A part at its place in the tree: with the node around it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub kind: Kind,
    pub parent: Option<usize>,
    pub place: Range<usize>,
}

/// The nodes of a text in order, each before those inside, and its fields.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    pub fields: Vec<Field>,
    /// The indexes of the fields by their roles.
    by_role: Vec<Vec<usize>>,
}

impl Tree {
    /// The indexes of the nodes around an offset, the innermost first; none where the tree is
    /// empty.
    pub(super) fn nodes_at(&self, at: usize) -> impl Iterator<Item = usize> {
        let next = self.nodes.partition_point(|node| node.place.start <= at);
        let last = next.checked_sub(1);
        let innermost = last.map(|last| {
            let mut around = self.ancestors(last).filter(|node| self.nodes[*node].place.end > at);
            // At the end of the text and between log records, all have ended: the last that
            // started.
            around.next().unwrap_or(last)
        });
        innermost.into_iter().flat_map(|node| self.ancestors(node))
    }

    /// The innermost node of one of some kinds around an offset.
    pub(super) fn innermost(&self, kinds: &[Kind], at: usize) -> Option<&Node> {
        let mut around = self.nodes_at(at).map(|node| &self.nodes[node]);
        around.find(|node| kinds.contains(&node.kind))
    }

    /// The indexes of a node and of those around it, the innermost first.
    pub(super) fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        iter::successors(Some(node), |node| self.nodes[*node].parent)
    }

    /// The fields in a part of the text.
    pub(super) fn fields_in(&self, part: &Range<usize>) -> &[Field] {
        within(&self.fields, part, |field| field.start)
    }

    /// The fields with a role in a part of the text.
    pub(super) fn with_role(
        &self,
        role: Role,
        part: &Range<usize>,
    ) -> impl Iterator<Item = &Field> {
        self.indexes(role, part).iter().map(|index| &self.fields[*index])
    }

    /// Whether a part of the text has a field with one of these roles.
    pub(super) fn has_any_of(&self, part: &Range<usize>, roles: &[Role]) -> bool {
        roles.iter().any(|role| !self.indexes(*role, part).is_empty())
    }

    /// The fields with a role in a part of the text, at most [`MAX_NEAR`] on each side of `at`.
    pub(super) fn near(
        &self,
        role: Role,
        part: &Range<usize>,
        at: usize,
    ) -> impl Iterator<Item = &Field> {
        let indexes = self.indexes(role, part);
        let middle = indexes.partition_point(|it| self.fields[*it].start < at);
        let near = middle.saturating_sub(MAX_NEAR)..indexes.len().min(middle + MAX_NEAR);
        indexes[near].iter().map(|index| &self.fields[*index])
    }

    fn indexes(&self, role: Role, part: &Range<usize>) -> &[usize] {
        within(&self.by_role[role as usize], part, |index| self.fields[*index].start)
    }
}
