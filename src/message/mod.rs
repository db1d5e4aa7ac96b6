//! Matches texts against documented messages.
//!
//! A message is a pattern (`pattern`): its `{0}` stands for a value. Texts are compared in a normal
//! form (`normal`).

mod normal;
mod pattern;

use std::ops::Range;

use crate::catalog::Entry;
use crate::data::words::is_ideograph;
use crate::substrings::{split_while, start_among};
pub(crate) use normal::NormalizedText;
pub(crate) use pattern::{PERIODS, Pattern};

/// The messages documented for an entry: the message of the page, then other wordings. If the entry
/// is not documented, its message is in our words and no response has it, so it is left out.
pub(crate) fn messages(entry: &Entry) -> impl Iterator<Item = &str> {
    let own = entry.documented().then(|| entry.message());
    own.into_iter().chain(entry.wordings())
}

/// What the `{0}`s of the entry's message stand for in `message`, a whole message as received; none
/// if that is another message.
pub(crate) fn arguments(entry: &Entry, message: &str) -> Option<Vec<String>> {
    let message = message.trim();
    let normal = NormalizedText::of_value(message);
    let mut beginnings = beginnings(entry, &normal);
    let (args, _) = beginnings.find(|(_, rest)| is_end(rest))?;
    Some(args.iter().map(|arg| arg_text(&normal, message, arg)).collect())
}

/// The message of the entry that has the same letters as a text, whatever the white space and the
/// case: a frame or a terminal may have broken a word.
pub(crate) fn unbroken<'e>(entry: &'e Entry, text: &str) -> Option<&'e str> {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        let letters = text.chars().filter(|c| !c.is_whitespace());
        letters.flat_map(char::to_lowercase)
    }
    messages(entry).find(|message| letters(message).eq(letters(text)))
}

/// Whether a text is one of the entry's messages, or begins with one and goes on with detail.
pub(crate) fn begins(entry: &Entry, text: &NormalizedText) -> bool {
    beginnings(entry, text).any(|(_, rest)| is_end(rest) || is_detail(rest))
}

/// For each message that a text begins with: the places of its arguments, and the text behind it.
fn beginnings<'t>(
    entry: &'t Entry,
    text: &'t NormalizedText,
) -> impl Iterator<Item = (Vec<Range<usize>>, &'t str)> {
    let whole = &*text.text;
    // Most messages start with another word, and are not taken apart.
    let may_begin = |message: &&str| {
        let (first, _) = split_while(message, |c| c.is_ascii_alphanumeric());
        whole.get(..first.len()).is_some_and(|start| start.eq_ignore_ascii_case(first))
    };
    messages(entry).filter(may_begin).filter_map(|message| {
        let (args, end) = Pattern::new(message).at(text, 0, whole.len())?;
        Some((args, &whole[end..]))
    })
}

/// Whether nothing follows a message but its period.
fn is_end(rest: &str) -> bool {
    rest.chars().all(|c| c == ' ' || PERIODS.contains(&c))
}

/// Whether the text after a message is detail of the same: `: detail`, ` (detail)`.
pub(crate) fn is_detail(text: &str) -> bool {
    let rest = text.trim_start_matches(PERIODS);
    // Behind a period, a comma without a space separates two cells.
    let is_separator = rest.len() < text.len() && rest.starts_with(',') && !rest.starts_with(", ");
    start_among(&[":", ",", ";", " (", " - "], rest).is_some() && !is_separator
        || start_among(&[". ", "。"], text).is_some()
}

/// Whether no word from before goes on at `place`. A word in Latin letters may start right behind a
/// Chinese one.
pub(crate) fn starts_word(text: &str, place: usize) -> bool {
    let (before, after) = text.split_at(place);
    let is_of_word =
        |c: char| c.is_alphanumeric() && (!is_ideograph(c) || after.starts_with(is_ideograph));
    !before.ends_with(|c: char| is_of_word(c) || c == '_')
}

/// An argument as the original has it, without the quotes around it.
pub(crate) fn arg_text(normal: &NormalizedText, original: &str, place: &Range<usize>) -> String {
    let text = &original[normal.to_original(place.start)..normal.original_end(original, place.end)];
    let outside = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | '’' | '‘' | '\\');
    let text = text.trim_matches(outside);
    // It may be folded over lines.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn args(number: &str, message: &str) -> Option<Vec<String>> {
        let code = format!("Organizations.{number}");
        arguments(Catalog::embedded().get(&code).unwrap(), message)
    }

    #[test]
    fn arguments_are_read_back() {
        let create = Some(vec!["organizations:accounts:create".to_owned()]);
        for message in [
            "Policy doesn't allow 'organizations:accounts:create' to be performed.",
            "policy doesn''t allow organizations:accounts:create to be performed",
            "Policy  doesn’t\nallow \"organizations:accounts:create\" to be performed. ",
            "Policy doesn\\u0027t allow \\u0027organizations:accounts:create\\u0027 to be performed.",
        ] {
            assert_eq!(args("1007", message), create, "{message}");
        }
        assert_eq!(
            args("2007", "Bad Request: no agency. Sorry."),
            Some(vec!["no agency. Sorry".to_owned()])
        );
        assert_eq!(args("1305", "Quota exceeded for account"), Some(vec![]));
    }

    #[test]
    fn arguments_are_of_any_script() {
        for arg in ["é", "配额不足", "👍", r"x\u9519"] {
            let message = format!("Bad Request: {arg}");
            assert_eq!(args("2007", &message), Some(vec![arg.to_owned()]));
            let message = format!("Policy doesn't allow '{arg}' to be performed.");
            assert_eq!(args("1007", &message), Some(vec![arg.to_owned()]));
        }
    }

    #[test]
    fn another_message_has_no_arguments() {
        assert_eq!(args("1007", "Policy doesn't allow to be performed."), None);
        assert_eq!(args("1305", "quota exceeded for accounts."), None);
        assert_eq!(args("1305", "quota exceeded for account. Twice."), None);
        assert_eq!(args("2007", "Bad Request: ."), None);
        assert_eq!(args("2007", "Bad Request: \"\"."), None);
    }

    #[test]
    fn detail_after_a_message_leaves_it_the_same() {
        let entry = Catalog::embedded().get("APIGW.0301").unwrap();
        for detail in [": verify aksk signature fail", ", ak not exist", ""] {
            let message = format!("Incorrect IAM authentication information{detail}");
            assert!(begins(entry, &NormalizedText::of_value(&message)), "{message}");
        }
        let other = NormalizedText::of_value("Incorrect IAM authentication informations");
        assert!(!begins(entry, &other));
    }
}
