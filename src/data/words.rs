//! Splits text into words, for the index and for queries alike. `vocabulary.toml` has the words of
//! other languages; `search::concepts` looks them up.

use super::stem::stem;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The word in lower case, without apostrophes.
    pub word: String,
    /// The stem that all forms of the word share: `polici` for `policies` and for `policy`.
    pub stem: String,
}

/// The words of a text: runs of letters and digits, with `camelCase` and `snake_case` taken apart.
/// Every character of a script without spaces, such as Chinese, is a word of its own.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let stemmed = words(text).into_iter().map(|(word, ..)| (stem(&word), word));
    stemmed.map(|(stem, word)| Token { word, stem }).collect()
}

/// The words of a text in lower case, each with its start and end, in characters.
pub(crate) fn words(text: &str) -> Vec<(String, usize, usize)> {
    let text: Vec<char> = text.chars().collect();
    let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphanumeric());
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text[at..].iter().position(|c| c.is_alphanumeric()) {
        at += skipped;
        let (start, mut word) = (at, String::new());
        let end = loop {
            word.extend(text[at].to_lowercase());
            at += 1;
            let apostrophes = text[at..].iter().take_while(|c| matches!(c, '\'' | '’'));
            let after = at + apostrophes.count();
            if !is_letter(after) || after == at && ends_word(&text, at) {
                break at;
            }
            // "organization's" is a form of "organization".
            if after > at && matches!(text[after], 's' | 'S') && !is_letter(after + 1) {
                break std::mem::replace(&mut at, after + 1);
            }
            at = after;
        };
        words.push((word, start, end));
    }
    words
}

/// Whether a word ends between the characters at `at - 1` and `at`.
fn ends_word(text: &[char], at: usize) -> bool {
    // A capital starts a word after a small letter, as in `parentId`, or before two of them, as in
    // `APIGateway`. `OUs` is one word.
    let is_lowercase = |at: usize| text.get(at).is_some_and(|c| c.is_lowercase());
    is_ideograph(text[at - 1])
        || is_ideograph(text[at])
        || text[at].is_uppercase()
            && (is_lowercase(at - 1) || is_lowercase(at + 1) && is_lowercase(at + 2))
}

/// Whether a word is digits and nothing else.
pub(crate) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a byte can stand in a name: a letter, a digit, `_`, `.` or `-`. None of these means
/// anything to a shell.
pub(crate) fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

/// Whether a character belongs to a script that may have no spaces between words: Chinese,
/// Japanese, Korean, Thai, Lao, Burmese or Khmer.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    fn words(text: &str) -> Vec<String> {
        super::words(text).into_iter().map(|(word, ..)| word).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(
            words("not found: ParentId, create_account_status_id (5120)."),
            ["not", "found", "parent", "id", "create", "account", "status", "id", "5120"]
        );
        assert_eq!(words("AWSOrganizations OUs"), ["aws", "organizations", "ous"]);
        assert_eq!(
            words("the organization''s can’t 'quoted' OUs"),
            ["the", "organization", "cant", "quoted", "ous"]
        );
        assert_eq!(words("账号 quota已满"), ["账", "号", "quota", "已", "满"]);
        assert_eq!(words(" ''' "), Vec::<String>::new());
    }

    #[test]
    fn places_count_characters() {
        let words = super::words("ä organization''s b").into_iter();
        let places: Vec<_> = words.map(|(_, start, end)| (start, end)).collect();
        assert_eq!(places, [(0, 1), (2, 14), (18, 19)]);
    }
}
