//! Finds the end of a message without quotes.

use std::ops::Range;

use crate::explain::values::labels::{is_label_char, meaning_of};
use crate::explain::values::{Field, Rank, Role};
use crate::substrings::{before, end_of, is_word_of, split_while, words};

/// Words that introduce a request behind a message, and how many bytes they may take.
const WORDS_OF_REQUEST: &str = "address after api at call calling during endpoint failed failing for from http \
    in is method on operation original request requested requesting the this to uri url was were when while";
const MAX_BEFORE_REQUEST: usize = 64;
/// Opening quotation marks of several languages, each with the mark that closes it.
const QUOTATION_MARKS: [(char, char); 5] =
    [('«', '»'), ('»', '«'), ('„', '“'), ('“', '”'), ('「', '」')];

/// Where a message before a field ends, if that field ends it.
pub(crate) fn end_before(text: &str, field: &Field) -> Option<usize> {
    let before = match field.role {
        Role::Request | Role::Address | Role::Url | Role::Method => {
            without_words_of_request(&text[..field.start])
        }
        _ => &text[..field.start],
    };
    let said = before.trim_end_matches([' ', '"', '\'', '\\']);
    let is_set_off = said.ends_with([',', ';', '|', '(', '{', '[', '\n', '.']);
    let ends = match field.role {
        Role::HttpStatus | Role::RequestId | Role::Message | Role::Code | Role::Authorization => {
            field.rank < Rank::Said || is_set_off
        }
        _ => is_set_off,
    };
    ends.then_some(before.len())
}

/// The text before a request without its last clause, if that only introduces the request:
/// `quota exceeded. request: `, `quota exceeded, while calling `.
fn without_words_of_request(text: &str) -> &str {
    let near = end_of(text, MAX_BEFORE_REQUEST);
    let clause = near.rsplit(['.', ',', ';']).next().unwrap_or_default();
    let are_known = words(clause).all(|word| is_word_of(WORDS_OF_REQUEST, word));
    if are_known && clause.len() < near.len() { before(text, clause) } else { text }
}

/// Finds the end of the message without quotes in `place`: before an escaped line end, an address
/// in `<…>` at the end, a key and its value (`…;node=7`), the mark that closes the quotes or the
/// bracket around the message, or a bracket left open; else at the end of `place`.
pub(crate) fn end_of_message(text: &str, place: Range<usize>) -> usize {
    let whole = &text[place.clone()];
    let escaped_line_end = ["\\r", "\\n"].iter().find_map(|escape| whole.find(escape));
    let first_line = &whole[..escaped_line_end.unwrap_or(whole.len())];
    let inside = inside_quotes(&text[..place.start], first_line);
    let address = inside.rfind(" <http").filter(|_| inside.ends_with('>'));
    let before_address = &inside[..address.unwrap_or(inside.len())];
    // Go prints a struct like this: `{ErrorCode:… ErrorMessage:… Method:POST}`.
    let before = text[..place.start].strip_suffix(':').unwrap_or_default();
    let before = before.trim_end_matches(is_label_char);
    let is_in_struct = before.ends_with(['{', ' ']) && !before.ends_with(", ");
    let starts_pair = |(at, mark): &(usize, &str)| {
        let (name, value) = split_while(&before_address[at + 1..], is_label_char);
        let is_field = || value.starts_with(':') && !value.starts_with(": ") && *mark == " ";
        // Only exported fields count, which start with a capital letter.
        let is_known = || !name.starts_with(char::is_lowercase) && meaning_of(name).is_some();
        !name.is_empty() && value.starts_with('=') || is_in_struct && is_field() && is_known()
    };
    let mut separators = before_address.match_indices([' ', ',', ';']);
    let pair = separators.find(starts_pair).map(|(at, _)| at);
    let before_pair = &before_address[..pair.unwrap_or(before_address.len())];
    let mut open = Vec::new();
    let mut brackets = before_pair.match_indices(['{', '(', '[', '}', ')', ']']);
    let closing = brackets.find(|(at, bracket)| match *bracket {
        "{" | "(" | "[" => {
            open.push(*at);
            false
        }
        _ => open.pop().is_none(),
    });
    // A bracket left open belongs to the next label, which ends `place`: `… (request_id=7f3c…)`.
    let end = closing.map(|(at, _)| at).or(open.first().copied());
    let message = before_pair[..end.unwrap_or(before_pair.len())].trim_end();
    let message = message.trim_end_matches(|c| ",;\"'\\([|`*»，；、（".contains(c));
    // A bracket that is only closed here opened before the message.
    let closing = message.strip_suffix('）').filter(|message| !message.contains('（'));
    place.start + closing.unwrap_or(message).trim_end().len()
}

/// A message up to the quotation mark that closes the mark right before the message.
fn inside_quotes<'t>(before: &str, message: &'t str) -> &'t str {
    let opening = before.trim_end_matches([' ', '\u{a0}']).chars().next_back();
    let pair = QUOTATION_MARKS.iter().find(|(open, _)| Some(*open) == opening);
    pair.and_then(|(_, close)| message.split(*close).next()).unwrap_or(message)
}
