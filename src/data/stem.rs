//! Reduces the forms of a word to the stem that they share.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Forms that no rule reduces, each with the word that it is a form of.
static FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let words = include_str!("word_forms.txt").split_whitespace();
    words.filter_map(|word| word.split_once('=')).collect()
});

/// What the forms of an English word share, and the ways to write a Chinese character; other
/// words stay as they are. Takes off plurals, -ing, -ed, -ment, -ion, -ate and British -ise.
pub fn stem(word: &str) -> String {
    let word = FORMS.get(word).unwrap_or(&word);
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return (*word).to_owned();
    }
    let mut stem = american(word);
    singular(&mut stem);
    if let Some(rest) = stem.strip_suffix("ment").filter(|rest| rest.len() >= 4) {
        stem.truncate(rest.len());
    }
    if stem.ends_with("ied") {
        stem.truncate(stem.len() - 1);
        stem.pop();
    } else if let Some(length) = without_verb_ending(&stem) {
        stem.truncate(length);
        undouble(&mut stem);
    } else if stem.len() >= 6 && stem.ends_with("tion") {
        stem.truncate(stem.len() - 3);
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    if let Some(rest) = stem.strip_suffix("at").filter(|rest| rest.len() >= 5) {
        stem.truncate(rest.len());
        undouble(&mut stem);
    }
    if stem.ends_with("ific") {
        stem.pop();
    } else if stem.len() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

/// The American spelling of -ise, -isation and their forms.
fn american(word: &str) -> String {
    for (british, american) in [("isation", "ization"), ("ising", "izing")] {
        if let Some(at) = word.find(british).filter(|at| *at > 2) {
            return format!("{}{american}{}", &word[..at], &word[at + british.len()..]);
        }
    }
    for british in ["ise", "ised", "ises"] {
        if let Some(start) = word.strip_suffix(british).filter(|start| start.len() > 3) {
            return format!("{start}iz{}", &british[2..]);
        }
    }
    word.to_owned()
}

fn singular(word: &mut String) {
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ["sses", "xes", "ches", "shes", "zes"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s')
        && !["ss", "is"].iter().any(|end| word.ends_with(end))
        && (word.len() == 3 || !word.ends_with("us"))
    {
        word.pop();
    }
}

/// The length without -ing or -ed, where something with a vowel is left.
fn without_verb_ending(word: &str) -> Option<usize> {
    if word.ends_with("eed") {
        return None;
    }
    let rest = word
        .strip_suffix("ing")
        .or_else(|| word.strip_suffix("ed"))?;
    let has_vowel = rest.bytes().any(|b| b"aeiouy".contains(&b));
    (rest.len() >= 3 && has_vowel).then_some(rest.len())
}

/// Makes `cancell` `cancel`; `pass` and `full` keep their letters.
fn undouble(word: &mut String) {
    let bytes = word.as_bytes();
    if let [.., before, last] = bytes
        && before == last
        && word.len() > 4
        && !b"aeiousz".contains(last)
    {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_stem() {
        for forms in [
            &["policy", "policies"][..],
            &[
                "cancel",
                "cancels",
                "cancelled",
                "canceled",
                "cancelling",
                "cancellation",
                "cancellations",
            ],
            &[
                "attach",
                "attached",
                "attaching",
                "attachment",
                "attachments",
            ],
            &["delegate", "delegated", "delegating", "delegation"],
            &["create", "creates", "created", "creating", "creation"],
            &[
                "organization",
                "organizations",
                "organisation",
                "organisations",
            ],
            &["invite", "invited", "inviting", "invitation"],
            &["exceed", "exceeds", "exceeded", "exceeding"],
            &["modify", "modifies", "modified", "modification"],
            &["verify", "verified", "verification"],
            &["duplicate", "duplicates", "duplicated"],
            &["authorize", "authorised", "authorization", "authorisation"],
            &["deny", "denied", "denies"],
            &["ou", "ous"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
        assert_ne!(stem("organization"), stem("organizational"));
        assert_eq!((stem("帳"), stem("账")), ("账".to_owned(), "账".to_owned()));
        assert_ne!(stem("string"), stem("strong"));
    }
}
