//! Where a message ends that stands without quotes.

use std::ops::Range;

use crate::explain::values::labels::{is_label_char, meaning_of};
use crate::explain::values::{Field, Rank, Role};
use crate::substrings::split_while;

/// Quotation marks of several languages, and those that close what they open.
const QUOTATION_MARKS: [(char, char); 5] =
    [('«', '»'), ('»', '«'), ('„', '“'), ('“', '”'), ('「', '」')];

/// Whether a field is no part of a message that stands before it.
pub fn ends_message(text: &str, field: &Field) -> bool {
    let before = text[..field.start].trim_end_matches([' ', '"', '\'', '\\']);
    let is_set_off = before.ends_with([',', ';', '|', '(', '{', '[', '\n', '.']);
    match field.role {
        Role::HttpStatus | Role::RequestId | Role::Message | Role::Code | Role::Authorization => {
            field.rank < Rank::Said || is_set_off
        }
        _ => is_set_off,
    }
}

/// The end of the message without quotes that starts `place`: the end of that, or earlier, before a key
/// and its value (`…;node=7`), before a tag or bracket that closes what is around the message, or at a
/// bracket that nothing closes.
pub fn end_of_message(text: &str, place: Range<usize>) -> usize {
    let message = &text[place.clone()];
    let line_end = ["\\r", "\\n"].iter().find_map(|escape| message.find(escape));
    let message = without_closing_tags(&message[..line_end.unwrap_or(message.len())]);
    let message = inside_quotes(&text[..place.start], message);
    // An address may follow it.
    let address = message.rfind(" <http").filter(|_| message.ends_with('>'));
    let message = &message[..address.unwrap_or(message.len())];
    // Go prints the fields of a struct so: `{ErrorCode:… ErrorMessage:… Method:POST}`.
    let before = text[..place.start].strip_suffix(':').unwrap_or_default();
    let before = before.trim_end_matches(is_label_char);
    let is_in_struct = before.ends_with(['{', ' ']) && !before.ends_with(", ");
    let starts_pair = |(at, mark): &(usize, &str)| {
        let (name, value) = split_while(&message[at + 1..], is_label_char);
        let is_field = || value.starts_with(':') && !value.starts_with(": ") && *mark == " ";
        // Its fields are exported.
        let is_known = || !name.starts_with(char::is_lowercase) && meaning_of(name).is_some();
        !name.is_empty() && value.starts_with('=') || is_in_struct && is_field() && is_known()
    };
    let mut separators = message.match_indices([' ', ',', ';']);
    let pair = separators.find(starts_pair).map(|(at, _)| at);
    let message = &message[..pair.unwrap_or(message.len())];
    let mut end = message.len();
    let mut open = Vec::new();
    for (at, c) in message.char_indices() {
        match c {
            '{' | '(' | '[' => open.push(at),
            '}' | ')' | ']' if open.pop().is_none() => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    // What is still open here was cut off by the next label.
    if let Some(at) = open.first() {
        end = *at;
    }
    let value = message[..end].trim_end();
    let value = value.trim_end_matches([',', ';', '"', '\'', '\\', '(', '[', '|', '`', '*', '»']);
    place.start + value.trim_end().len()
}

/// A message up to the quotation mark that closes the one right before it.
fn inside_quotes<'t>(before: &str, message: &'t str) -> &'t str {
    let opening = before.trim_end_matches([' ', '\u{a0}']).chars().next_back();
    let pair = QUOTATION_MARKS.iter().find(|(open, _)| Some(*open) == opening);
    pair.and_then(|(_, close)| message.split(*close).next()).unwrap_or(message)
}

/// A text without the tags that close the elements around it.
pub fn without_closing_tags(mut text: &str) -> &str {
    while let Some((before, _)) = text.strip_suffix('>').and_then(|text| text.rsplit_once("</")) {
        text = before;
    }
    text
}
