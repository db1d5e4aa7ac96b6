//! Splits text into words, for the index and for queries alike.

use super::stem::stem;

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
                || next.is_some_and(char::is_uppercase)
                    && (previous.is_lowercase() || starts_word(&characters[at..]))
            {
                break;
            }
        }
        words.push((word, start, end));
    }
    words
}

/// Whether a word starts behind capital letters, as in `APIGateway`, but not in `OUs`.
fn starts_word(characters: &[char]) -> bool {
    matches!(characters, [_, second, third, ..] if second.is_lowercase() && third.is_lowercase())
}

/// Whether a word is digits and nothing else.
pub fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Whether a script without spaces between words writes with the character: those of China,
/// Japan and Korea, of Thailand, Laos, Myanmar and Cambodia.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}')
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
            words("AWSOrganizations OUs"),
            ["aws", "organizations", "ous"]
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
}
