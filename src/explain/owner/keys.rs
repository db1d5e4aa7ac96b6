//! What the keys of an object tell about the code in it, and about its other members.

use super::CodeInTree;
use crate::explain::values::Role;
use crate::explain::values::labels::is_label_char;
use crate::substrings::{is_word_of, split_while};

/// Keys of values that are about another request: a message in a queue, an earlier attempt, a link
/// to follow.
const OF_OTHER_REQUESTS: &str = "payload previous previous_attempt prev parent history retries \
    retried_from next links _links help";
/// Keys of a response.
const RESPONSE_KEYS: &str = "answer httpresponse rawresponse reply res resp response rsp";
/// The most bytes before a code in which its label is looked for.
const MAX_LABEL: usize = 128;

impl CodeInTree<'_> {
    /// The key of a child: the word it starts with (`<error>`), else the word before it
    /// (`error: {`).
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

    /// Whether a child has a key of values that are about another request.
    pub(super) fn is_of_other_request(&self, child: usize) -> bool {
        is_word_of(OF_OTHER_REQUESTS, self.key(child))
    }

    /// Whether a child is an object with a key of responses: `response: {`, `http_response: {`.
    pub(super) fn is_response_object(&self, child: usize) -> bool {
        let key: String = self.key(child).chars().filter(|c| c.is_alphanumeric()).collect();
        self.is_object_or_element(child) && is_word_of(RESPONSE_KEYS, key.to_lowercase())
    }

    /// Whether the code is in the value of a label of error codes, such as `error_code`.
    pub(super) fn is_labelled(&self) -> bool {
        let code = self.place.start;
        let before = code.saturating_sub(MAX_LABEL)..code + 1;
        let mut labels = self.region.tree().with_role(Role::Code, &before);
        labels.any(|field| field.place.contains(&code))
    }
}

/// Whether a key is one of a response, or has `response` in it.
pub(super) fn is_response_key(key: &str) -> bool {
    is_word_of(RESPONSE_KEYS, key) || key.to_ascii_lowercase().contains("response")
}
