//! What the keys of an object say of the code in it, and of what stands beside that.

use super::Owner;
use crate::explain::tree::Kind;
use crate::explain::values::labels::is_of_label;
use crate::explain::values::{Field, Role};
use crate::substrings::split_while;

/// The key of what a queue was sent.
const PAYLOAD: &str = "payload";
/// The key of what GraphQL says of its whole answer, and that of the errors beside it.
const EXTENSIONS: &str = "extensions";
const ERRORS: &str = "errors";
/// Bytes of a label and the marks before a code.
const MAX_LABEL: usize = 128;

impl Owner<'_> {
    /// The key of a child: its first word, as of an element; else the word before it.
    pub(super) fn key(&self, child: usize) -> &str {
        let (node, text) = (self.node(child), self.region.text());
        let (before, inside) = text.split_at(node.place.start);
        let inside = inside.trim_start_matches(['\\', '"', '\'', '<', ' ']);
        let (key, _) = split_while(inside, is_of_label);
        if node.kind != Kind::Quoted && !key.is_empty() {
            return key;
        }
        let before = before.trim_end_matches(|c| "\\\"': =>".contains(c));
        &before[before.trim_end_matches(is_of_label).len()..]
    }

    /// Whether a child is of all that was sent or answered: a payload beside the object of the error,
    /// GraphQL's extensions beside its errors.
    pub(super) fn is_about_all(&self, height: usize, child: usize) -> bool {
        match self.key(child) {
            PAYLOAD => !self.is_labelled_in(self.around[height]),
            EXTENSIONS => self.around[..height].iter().any(|node| self.key(*node) == ERRORS),
            _ => false,
        }
    }

    /// Whether a label says that it is a code.
    pub(super) fn is_labelled(&self) -> bool {
        self.has_label(|_| true)
    }

    /// Whether a label in the object itself says that it is a code.
    fn is_labelled_in(&self, object: usize) -> bool {
        let is_own = |field: &Field| {
            let mut around = self.region.tree.around(field.node);
            let is_around =
                |node: &usize| self.is_object(*node) || self.node(*node).kind == Kind::List;
            around.find(is_around) == Some(object)
        };
        self.has_label(is_own)
    }

    /// Whether the code stands in the value of such a label, which says that it is a code.
    fn has_label(&self, is_one: impl Fn(&Field) -> bool) -> bool {
        let code = self.place.start;
        let before = code.saturating_sub(MAX_LABEL)..code + 1;
        let mut labels = self.region.tree.with_role(Role::Code, &before);
        labels.any(|field| field.place.contains(&code) && is_one(field))
    }
}
