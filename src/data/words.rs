//! Text to words, and words to stems that their forms share.
//!
//! The build script compiles this file too: the index and a query must see words
//! alike.

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word in lower case, without apostrophes.
    pub word: String,
    /// What its forms share: `policies` and `policy` both have `polici`.
    pub stem: String,
    /// Where it starts, in characters.
    pub start: usize,
    /// Where it ends, in characters; not part of it.
    pub end: usize,
}

/// The words of a text: runs of letters and digits, `camelCase` and `snake_case`
/// taken apart, and every Chinese, Japanese or Korean character on its own.
pub fn tokens(text: &str) -> Vec<Token> {
    let token = |(word, start, end): (String, usize, usize)| Token {
        stem: stem(&word),
        word,
        start,
        end,
    };
    words(text).into_iter().map(token).collect()
}

/// The words of a text, in lower case, with where each starts and ends.
pub fn words(text: &str) -> Vec<(String, usize, usize)> {
    let characters: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !characters[at].is_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        let mut word = String::new();
        let mut end;
        loop {
            match characters[at] {
                c if c.is_ascii() => word.push(c.to_ascii_lowercase()),
                c => word.extend(c.to_lowercase()),
            }
            at += 1;
            end = at;
            let (previous, next) = (characters[at - 1], characters.get(at).copied());
            if next.is_some_and(is_apostrophe) {
                let after = characters[at..]
                    .iter()
                    .take_while(|c| is_apostrophe(**c))
                    .count()
                    + at;
                let rest = characters[after..]
                    .iter()
                    .take_while(|c| c.is_alphanumeric());
                match rest.clone().count() {
                    0 => break,
                    // "organization's" is a form of "organization".
                    1 if characters[after].eq_ignore_ascii_case(&'s') => {
                        at = after + 1;
                        break;
                    }
                    _ => at = after,
                }
            } else if !next.is_some_and(char::is_alphanumeric)
                || is_ideograph(previous)
                || next.is_some_and(is_ideograph)
                || (previous.is_lowercase() && next.is_some_and(char::is_uppercase))
            {
                break;
            }
        }
        words.push((word, start, end));
    }
    words
}

/// Whether a word is digits and nothing else.
pub fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Whether a script without spaces between words writes with the character.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// What the forms of an English word share; other words stay as they are. Light:
/// plurals, -ing, -ed, -ment, -ion, -ate and British -ise are taken off.
pub fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
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

    fn words(text: &str) -> Vec<String> {
        super::words(text)
            .into_iter()
            .map(|(word, ..)| word)
            .collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("not found: ParentId, create_account_status_id (5120)."),
            [
                "not", "found", "parent", "id", "create", "account", "status", "id", "5120"
            ]
        );
        assert_eq!(
            words("the organization''s can’t 'quoted' OUs"),
            ["the", "organization", "cant", "quoted", "ous"]
        );
        assert_eq!(words("账号 quota已满"), ["账", "号", "quota", "已", "满"]);
        assert_eq!(words(" ''' "), Vec::<String>::new());
    }

    #[test]
    fn places_count_characters() {
        let places: Vec<_> = tokens("ä organization''s b")
            .iter()
            .map(|t| (t.start, t.end))
            .collect();
        assert_eq!(places, [(0, 1), (2, 14), (18, 19)]);
    }

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
        assert_ne!(stem("string"), stem("strong"));
    }
}
