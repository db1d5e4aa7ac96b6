//! What the keys of an object say of the code in it, and of what stands beside that.

use super::Owner;
use crate::explain::values::Role;
use crate::explain::values::labels::is_of_label;
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
        if !key.is_empty() {
            return key;
        }
        let before = before.trim_end_matches(|c| "\\\"': =>".contains(c));
        &before[before.trim_end_matches(is_of_label).len()..]
    }

    /// Whether a child is of all that was sent or answered: a payload, or GraphQL's extensions beside
    /// its errors.
    pub(super) fn is_about_all(&self, height: usize, child: usize) -> bool {
        match self.key(child) {
            PAYLOAD => true,
            EXTENSIONS => self.around[..height].iter().any(|node| self.key(*node) == ERRORS),
            _ => false,
        }
    }

    /// Whether the code stands in the value of a label that says that it is a code.
    pub(super) fn is_labelled(&self) -> bool {
        let code = self.place.start;
        let before = code.saturating_sub(MAX_LABEL)..code + 1;
        let mut labels = self.region.tree().with_role(Role::Code, &before);
        labels.any(|field| field.place.contains(&code))
    }
}
