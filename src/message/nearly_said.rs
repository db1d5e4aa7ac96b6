//! The argument of a text that nearly is a documented message: a word or two are others, or
//! the quotes are.

use strsim::generic_levenshtein;

/// Words of a text that is compared.
const MAX_WORDS: usize = 48;
/// The words of a message for each that may differ.
const WORDS_PER_CHANGE: usize = 3;
/// How a documented message writes an argument that is one word.
const QUOTED: &str = "'{0}'";

/// What the one quoted `{0}` of a documented message stood for in a text.
pub fn argument<'t>(documented: &str, text: &'t str) -> Option<&'t str> {
    let (before, behind) = documented.split_once(QUOTED)?;
    if behind.contains('{') || text.len() > 64 * MAX_WORDS {
        return None;
    }
    let [before, behind] = [before, behind].map(plain_words);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > MAX_WORDS {
        return None;
    }
    let plain = plain_words(text);
    let most = (before.len() + behind.len()) / WORDS_PER_CHANGE;
    let changes = |at: usize| {
        let (around, after) = (plain[..at].to_vec(), plain[at + 1..].to_vec());
        generic_levenshtein(&before, &around) + generic_levenshtein(&behind, &after)
    };
    let marked = (0..words.len()).filter(|at| is_marked(words[*at]));
    let mut by_changes: Vec<_> = marked.map(|at| (changes(at), at)).collect();
    by_changes.sort_unstable();
    let (fewest, at) = *by_changes.first()?;
    let is_sure = by_changes.get(1).is_none_or(|(next, _)| *next > fewest);
    (fewest <= most && is_sure).then(|| words[at].trim_matches(is_around))
}

/// Whether a text is one word without anything around it.
pub fn is_bare_word(text: &str) -> bool {
    !text.contains(char::is_whitespace) && text.trim_matches(is_around) == text
}

fn is_around(c: char) -> bool {
    "'\"`’‘“”„«»‹›「」()[]{}<>*.,;:!\\".contains(c)
}

/// Whether a word is no word of a sentence: in quotes or brackets, or with marks inside.
fn is_marked(word: &str) -> bool {
    let bare = word.trim_matches(is_around);
    let is_quoted = word.starts_with(is_around);
    let has_mark = bare.contains(|c: char| c.is_ascii_digit() || ":_/-.".contains(c));
    !bare.is_empty() && (is_quoted || has_mark)
}

fn plain_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(plain_word).collect()
}

/// A word in small letters, without quotes and punctuation.
fn plain_word(word: &str) -> String {
    let kept = word.chars().filter(|c| !is_around(*c));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_argument_of_a_nearly_documented_message_is_read() {
        let documented = "Policy doesn't allow '{0}' to be performed.";
        for near in [
            "The policy doesn't allow 'a:b:c' to be performed.",
            "Policy doesn't permit `a:b:c` to be performed",
            "Policy doesn't allow action 'a:b:c' to be executed.",
            "Policy doesn’t allow “a:b:c” to be performed.",
            "policy doesn't allow the action [a:b:c] to be performed",
        ] {
            assert_eq!(argument(documented, near), Some("a:b:c"), "{near}");
        }
        for other in [
            "Policy doesn't allow to be performed.",
            "Policy doesn't allow everything to be performed.",
            "You are not allowed to perform 'a:b:c'.",
            "Policy doesn't allow 'a:b:c' 'd:e:f' to be performed.",
        ] {
            assert_eq!(argument(documented, other), None, "{other}");
        }
    }
}
