//! Where messages end that stand without quotes.

use std::ops::Range;

use crate::explain::values::labels::is_of_label;
use crate::explain::values::{Field, Rank, Role, can_be};

/// Ends the messages that stand without quotes: where the next label or the object around them
/// does. Takes out those of which nothing is left.
pub fn end_messages(text: &str, fields: &mut Vec<Field>) {
    // From the last, so that where the next label starts is known.
    let mut ends: Vec<usize> = Vec::new();
    for number in (0..fields.len()).rev() {
        let field = &fields[number];
        let place = field.place.clone();
        if field.is_open {
            while ends.last().is_some_and(|end| *end < place.start) {
                ends.pop();
            }
            let end = ends.last().copied().unwrap_or(text.len()).min(place.end);
            fields[number].place.end = end_of_message(text, place.start..end.max(place.start));
        }
        if ends_message(text, &fields[number]) {
            ends.push(fields[number].start);
        }
    }
    fields.retain(|field| !field.is_open || can_be(Role::Message, &text[field.place.clone()]));
}

/// Whether a field is no part of a message that stands before it.
pub fn ends_message(text: &str, field: &Field) -> bool {
    let mut before = text[..field.start].trim_end_matches([' ', '"', '\'', '\\']);
    if field.rank >= Rank::Said && field.role == Role::HttpStatus {
        // Words without a separator say that it is a status: `(HTTP 404)`.
        before = before.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    }
    let is_set_off = before.ends_with([',', ';', '|', '(', '{', '[', '\n'])
        || field.role == Role::RequestId && before.ends_with('.');
    match field.role {
        Role::Request | Role::BareStatus => false,
        Role::HttpStatus | Role::RequestId | Role::Message | Role::Code | Role::Authorization => {
            field.rank < Rank::Said || is_set_off
        }
        _ => is_set_off,
    }
}

/// Where a message without quotes ends that ends in `place` at the latest.
pub fn end_of_message(text: &str, place: Range<usize>) -> usize {
    let message = &text[place.clone()];
    let message = &message[..message.find("\\n").unwrap_or(message.len())];
    // A key and its value may follow: `…;node=7`.
    let starts_pair = |(at, _): &(usize, &str)| {
        let rest = &message[at + 1..];
        let value = rest.trim_start_matches(is_of_label);
        value.len() < rest.len() && value.starts_with('=')
    };
    let mut separators = message.match_indices([' ', ',', ';']);
    let pair = separators.find(starts_pair).map(|(at, _)| at);
    let mut end = place.start + pair.unwrap_or(message.len());
    let mut open = Vec::new();
    for (at, c) in text[place.start..end].char_indices() {
        match c {
            '{' | '(' | '[' => open.push(at),
            '}' | ')' | ']' if open.pop().is_none() => {
                end = place.start + at;
                break;
            }
            _ => {}
        }
    }
    // What else a bracket says that a label has cut off.
    if let Some(at) = open.first().filter(|at| **at > 0) {
        end = place.start + at;
    }
    let value = text[place.start..end].trim_end();
    let value = value.trim_end_matches([',', ';', '"', '\'', '\\', '(', '[', '|', '`', '*']);
    place.start + value.trim_end().len()
}
