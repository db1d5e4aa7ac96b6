//! Splits text into words, for the index and for queries alike.

use std::str::Chars;

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
    words(text).map(token).collect()
}

/// The words of a text, in lower case, with where each starts and ends.
pub fn words(text: &str) -> impl Iterator<Item = (String, usize, usize)> {
    let mut rest = Rest {
        characters: text.chars(),
        at: 0,
    };
    std::iter::from_fn(move || rest.word())
}

/// What of a text is not read yet. No list of its characters: a text is read for each
/// entry that a search finds.
#[derive(Clone)]
struct Rest<'t> {
    characters: Chars<'t>,
    /// How many characters are read.
    at: usize,
}

impl Rest<'_> {
    fn character(&mut self) -> Option<char> {
        let character = self.characters.next()?;
        self.at += 1;
        Some(character)
    }

    fn peek(&self) -> Option<char> {
        self.characters.clone().next()
    }

    fn word(&mut self) -> Option<(String, usize, usize)> {
        while !self.peek()?.is_alphanumeric() {
            self.character();
        }
        let start = self.at;
        let mut end = start;
        let mut word = String::new();
        while let Some(c) = self.character() {
            match c {
                c if c.is_ascii() => word.push(c.to_ascii_lowercase()),
                c => word.extend(c.to_lowercase()),
            }
            end = self.at;
            if self.peek().is_some_and(is_apostrophe) {
                let mut behind = self.clone();
                while behind.peek().is_some_and(is_apostrophe) {
                    behind.character();
                }
                let mut letters = behind.characters.clone();
                let mut letter = || letters.next().filter(|c| c.is_alphanumeric());
                match (letter(), letter()) {
                    (None, _) => break,
                    // "organization's" is a form of "organization".
                    (Some('s' | 'S'), None) => {
                        behind.character();
                        *self = behind;
                        break;
                    }
                    _ => *self = behind,
                }
            } else if self.ends_word(c) {
                break;
            }
        }
        Some((word, start, end))
    }

    /// Whether a word ends with the character that was read last.
    fn ends_word(&self, last: char) -> bool {
        let Some(next) = self.peek().filter(|next| next.is_alphanumeric()) else {
            return true;
        };
        // A word starts behind capital letters, as in `APIGateway`, but not in `OUs`.
        let mut behind = self.characters.clone().skip(1);
        let mut is_lowercase = || behind.next().is_some_and(char::is_lowercase);
        is_ideograph(last)
            || is_ideograph(next)
            || next.is_uppercase() && (last.is_lowercase() || is_lowercase() && is_lowercase())
    }
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
        super::words(text).map(|(word, ..)| word).collect()
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
