//! The tree of log records, lines and containers in which the fields of a text stand.
//!
//! ```text
//! 09:12 GET /v1/policies 200                    log record ─ line
//! 09:13 delete failed (retry: no): {"errors":[  log record ─ line ┬ object
//!   {"error_code":"Organizations.1300"},                          └ object ─ list ┬ item
//!   {"error_code":"Organizations.1305"}],                                         └ item
//!  "request_id":"7f3c91d2"}
//! ```
//!
//! Each string in quotes is a node, too. `(retry: no)` is the first object. The second ends on the
//! last line, and so do the line and the log record around it.
//!
//! `scanner` passes over the text once. It reads the fields (`labelled_fields`, `tables`) and the
//! containers that they stand in: objects, lists, strings, and elements of XML and HTML (`tags`).
//! `message_end` finds the end of a message without quotes. `value_wrappers` takes off what stands
//! around other values, such as `Some(…)`.
//!
//! `log_records` groups the lines that belong together, by what each line says and what the lines
//! above it show. In each log record `bullets_and_sections` finds items, sections and blocks, by
//! how their lines start (`line_starts`). `posted` finds log records that together show one request
//! and its response. `clauses` splits lines of Chinese or Japanese into clauses.
//!
//! `parse` nests all these parts into one tree, and decides which parts of the same name are items.

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
    /// Lines that belong together: in a log, a response or a paragraph. Values in another log
    /// record belong to another error, unless one posted exchange is around both.
    LogRecord,
    /// Log records that together show one request and its response: paragraphs that somebody
    /// posted, or the session of a shell.
    PostedExchange,
    /// A line, extended to the end of the containers that start on it. Parts of the same name may
    /// be items even if each stands on a line of its own (`parse`).
    Line,
    /// One of several parts that are alike: a member of a list, a row, a section, a block. A value
    /// in an item belongs only to the codes in that item; these codes may take values from around
    /// it, too.
    Item,
    /// The text between curly or round brackets, as in `ServiceError(status=404, …)`; or a key and
    /// the block of lines below it.
    Object,
    /// The text between square brackets.
    List,
    /// An element of XML or HTML, from its first tag to its last; or a member of a PHP array whose
    /// key is a number.
    Element,
    /// A string in quotes.
    Quoted,
}

/// The most fields of one role that are looked at on each side of a code.
const MAX_NEAR: usize = 32;

/// The name of a container that may be a member of a list. Several of them in one list are items.
const LIST_MEMBER: &str = ",";

/// Roles that tell errors apart: if two parts each have a request ID, for example, the parts are
/// taken to be of different errors.
const DISTINGUISHING: [Role; 3] = [Role::HttpStatus, Role::RequestId, Role::Code];

/// A container, an item, a log record or a line, as it was found. Once all parts are there, `parse`
/// makes a [`Node`] of each, and decides by their names which of them are items.
#[derive(Debug)]
pub(super) struct Part<'t> {
    pub kind: Kind,
    /// Where the part stands. Empty while a bracket or a tag is not closed.
    pub place: Range<usize>,
    /// Parts of the same name in one node may be items (`parse`). Empty names are not compared.
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

/// A part in the tree, with the index of the node around it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub kind: Kind,
    pub parent: Option<usize>,
    pub place: Range<usize>,
}

/// The nodes of a text, each before the nodes inside it, and the fields of the text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    pub fields: Vec<Field>,
    /// The indexes of the fields of each role.
    by_role: Vec<Vec<usize>>,
}

impl Tree {
    /// The indexes of the nodes around an offset, the innermost first; none if the tree is
    /// empty.
    pub(super) fn nodes_at(&self, at: usize) -> impl Iterator<Item = usize> {
        let next = self.nodes.partition_point(|node| node.place.start <= at);
        let last = next.checked_sub(1);
        let innermost = last.map(|last| {
            let mut around = self.ancestors(last).filter(|node| self.nodes[*node].place.end > at);
            // At the end of the text and between log records, all nodes have ended: take the node
            // that started last.
            around.next().unwrap_or(last)
        });
        innermost.into_iter().flat_map(|node| self.ancestors(node))
    }

    /// Finds the innermost node around an offset that is of one of these kinds.
    pub(super) fn innermost(&self, kinds: &[Kind], at: usize) -> Option<&Node> {
        let mut around = self.nodes_at(at).map(|node| &self.nodes[node]);
        around.find(|node| kinds.contains(&node.kind))
    }

    /// The index of a node and of each node around it, the innermost first.
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

    /// The fields with a role in a part of the text, at most [`MAX_NEAR`] on each side of
    /// `at`.
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
