//! Reduces the forms of a word to the stem that they share.

/// Forms that no rule reduces, as lines `FORM=WORD`. A form is looked up together with the line end
/// before it, so the first line must be a comment.
const FORMS: &str = include_str!("word_forms.txt");

/// The steps that reduce a word. Each step applies the first of its rules that fits. The rule
/// `2ies=y` means: after at least 2 letters, `ies` becomes `y`. The steps remove plurals, British
/// spelling, `-ment` and the endings of verbs; the last three remove what these leave.
const ENDINGS: [&str; 7] = [
    "2ies=y 0sses=ss 0xes=x 0ches=ch 0shes=sh 0zes=z 0ss=ss 0is=is 2us=us 1s=",
    "3isation=ization 3isational=izational 3ising=izing 4ised=ized 4ise=ize",
    "4ment=",
    "1ied=i 0eed=eed 3ing= 3ed= 2tion=t",
    "3e=",
    "5at=",
    "1ific=ifi 3y=i",
];
/// Endings before which the last letter may be doubled, as in `cancelled`.
const DOUBLING: [&str; 3] = ["ing", "ed", "at"];

/// The stem that all forms of an English word share. A traditional Chinese character
/// becomes the simplified one, and other words stay as they are.
pub(crate) fn stem(word: &str) -> String {
    let word = word_of_form(word).unwrap_or(word);
    let mut stem = word.to_owned();
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return stem;
    }
    for step in ENDINGS {
        let fitting = step.split(' ').find_map(|rule| {
            let (ending, new) = rule[1..].split_once('=')?;
            let rest = stem.strip_suffix(ending)?;
            // `ing` and `ed` need a vowel before them: `string` is not a form of `str`.
            let has_vowel = rest.contains(['a', 'e', 'i', 'o', 'u', 'y']);
            let is_long_enough = rest.len() >= usize::from(rule.as_bytes()[0] - b'0');
            let fits = is_long_enough && (has_vowel || !["ing", "ed"].contains(&ending));
            fits.then_some((rest.len(), ending, new))
        });
        if let Some((length, ending, new)) = fitting {
            stem.truncate(length);
            stem += new;
            if DOUBLING.contains(&ending) && is_doubled(&stem) {
                stem.pop();
            }
        }
    }
    stem
}

fn word_of_form(form: &str) -> Option<&'static str> {
    FORMS.split_once(&*format!("\n{form}="))?.1.lines().next()
}

/// Whether a stem ends in a doubled letter to cut, as in `cancell`. `pass` and `full` keep theirs.
fn is_doubled(stem: &str) -> bool {
    stem.len() > 4 && matches!(stem.as_bytes(), [.., a, b] if a == b && !b"aeiousz".contains(b))
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
            &["attach", "attached", "attaching", "attachment", "attachments"],
            &["delegate", "delegated", "delegating", "delegation"],
            &["create", "creates", "created", "creating", "creation"],
            &["organization", "organizations", "organisation", "organisations"],
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
