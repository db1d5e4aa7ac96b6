//! Reduces the forms of a word to the stem that they share.

/// Forms that no rule reduces, a line each, with the word that it is a form of.
const FORMS: &str = include_str!("word_forms.txt");

/// What the forms of an English word share, and the ways to write a Chinese character; other
/// words stay as they are. Takes off plurals, -ing, -ed, -ment, -ion, -ate and British -ise.
pub fn stem(word: &str) -> String {
    let word = word_of_form(word).unwrap_or(word);
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut stem = american(word);
    singular(&mut stem);
    cut(&mut stem, "ment", 4);
    if stem.ends_with("ied") {
        cut(&mut stem, "ed", 0);
    } else if cut_verb_ending(&mut stem) {
        undouble(&mut stem);
    } else if stem.ends_with("tion") {
        cut(&mut stem, "ion", 3);
    }
    cut(&mut stem, "e", 3);
    if cut(&mut stem, "at", 5) {
        undouble(&mut stem);
    }
    if stem.ends_with("ific") {
        stem.pop();
    } else if cut(&mut stem, "y", 3) {
        stem.push('i');
    }
    stem
}

fn word_of_form(form: &str) -> Option<&'static str> {
    let line = FORMS.find(&format!("\n{form}="))? + 1;
    FORMS[line + form.len() + 1..].lines().next()
}

/// Takes an ending off a word of which so many letters are left at least.
fn cut(word: &mut String, ending: &str, min_left: usize) -> bool {
    let left = word.strip_suffix(ending).map_or(0, str::len);
    let is_cut = left > 0 && left >= min_left;
    if is_cut {
        word.truncate(left);
    }
    is_cut
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
    let ends_with = |word: &str, ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if cut(word, "ies", 2) {
        word.push('y');
    } else if ends_with(word, &["sses", "xes", "ches", "shes", "zes"]) {
        cut(word, "es", 0);
    } else if !ends_with(word, &["ss", "is"]) && (word.len() == 3 || !word.ends_with("us")) {
        cut(word, "s", 0);
    }
}

/// Takes off -ing or -ed, where something with a vowel is left.
fn cut_verb_ending(word: &mut String) -> bool {
    let rest = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed"));
    let has_vowel = rest.is_some_and(|rest| rest.contains(['a', 'e', 'i', 'o', 'u', 'y']));
    let has_ending = has_vowel && !word.ends_with("eed");
    has_ending && (cut(word, "ing", 3) || cut(word, "ed", 3))
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
