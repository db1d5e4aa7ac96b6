//! What the keys of an object say of the code in it, and of what stands beside that.

use super::Owner;
use crate::explain::values::Role;
use crate::explain::values::labels::is_label_char;
use crate::substrings::{is_word_of, split_while};

/// Keys of what is about another request: what a queue was sent, earlier attempts, what may be read
/// or called next.
const OF_OTHER_REQUESTS: &str = "payload previous previous_attempt prev parent history retries \
    retried_from next links _links help";
/// Keys of what a request is answered with.
const RESPONSES: &str = "answer httpresponse rawresponse reply res resp response rsp";
/// Bytes of a label and the marks before a code.
const MAX_LABEL: usize = 128;

impl Owner<'_> {
    /// The key of a child: its first word, as of an element; else the word before it.
    pub(super) fn key(&self, child: usize) -> &str {
        let (node, text) = (self.node(child), self.region.text());
        let (before, inside) = text.split_at(node.place.start);
        let inside = inside.trim_start_matches(['\\', '"', '\'', '<', ' ']);
        let (key, _) = split_while(inside, is_label_char);
        if !key.is_empty() {
            return key;
        }
        let before = before.trim_end_matches(|c| "\\\"': =>".contains(c));
        &before[before.trim_end_matches(is_label_char).len()..]
    }

    /// Whether the key of a child says that it is about another request.
    pub(super) fn is_of_other_request(&self, child: usize) -> bool {
        is_word_of(OF_OTHER_REQUESTS, self.key(child))
    }

    /// Whether a child is the response beside an error.
    pub(super) fn is_response(&self, child: usize) -> bool {
        let key: String = self.key(child).chars().filter(|c| c.is_alphanumeric()).collect();
        self.is_object(child) && is_word_of(RESPONSES, key.to_lowercase())
    }

    /// Whether the code stands in the value of a label that says that it is a code.
    pub(super) fn is_labelled(&self) -> bool {
        let code = self.place.start;
        let before = code.saturating_sub(MAX_LABEL)..code + 1;
        let mut labels = self.region.tree().with_role(Role::Code, &before);
        labels.any(|field| field.place.contains(&code))
    }
}

/// Whether a key is that of a response.
pub(super) fn names_response(key: &str) -> bool {
    is_word_of(RESPONSES, key) || key.to_ascii_lowercase().contains("response")
}
