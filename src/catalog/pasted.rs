//! Takes codes out of what people type and paste: splits lists, and removes what surrounds a code.

use super::{Catalog, parse_code};

/// What may surround a code without being part of it.
const WRAPPING: &str = ".\"'`()[]{}<>,;:!?#=|-_“”„‟‘’‚‛«»‹›「」『』【】《》、。•\
    \u{200b}\u{200e}\u{200f}\u{feff}";
/// Labels of an error code, in lower case without `-`, `_` and spaces.
pub(crate) const CODE_LABELS: &str = "errcode errorcode 错误码 错误代码 错误编码 錯誤碼 錯誤代碼 \
    エラーコード 오류코드 fehlercode códigodeerror codigodeerror códigodeerro codigodeerro \
    codederreur codeerreur codicedierrore codiceerrore кодошибки";
/// Other words that people write before a code.
const OTHER_LABELS: &str = "code codes err error errorcodes";
/// What separates the codes of a list, as white space does.
const BETWEEN_CODES: &[char] = &[',', ';', '，', '；', '、'];
/// The most bytes of a label with its marks.
const MAX_LABEL: usize = 24;

/// The text with ASCII in place of the wide forms of East Asian keyboards (`１３０５`, `，`) and of
/// typographic dashes. A `。` after a Latin letter becomes a dot.
pub(crate) fn half_width(text: &str) -> String {
    let mut narrow = String::with_capacity(text.len());
    for c in text.chars() {
        let is_in_code = narrow.ends_with(|before: char| before.is_ascii_alphabetic());
        narrow.push(match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '。' if is_in_code => '.',
            c => c,
        });
    }
    narrow
}

/// The text without what surrounds a code.
pub(crate) fn trimmed(text: &str) -> &str {
    // A `*` after a number has a meaning, unless it emphasises (`**1305**`).
    let text = text.trim_matches(is_wrapping);
    match text.strip_prefix('*') {
        Some(text) => text.trim_matches(|c| c == '*' || is_wrapping(c)),
        None => text,
    }
}

fn is_wrapping(c: char) -> bool {
    c.is_whitespace() || WRAPPING.contains(c)
}

/// The text after a label such as `error_code:`.
pub(crate) fn without_label(text: &str) -> Option<&str> {
    let ends = text.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
    let labels = ends.take_while(|(end, _)| *end <= MAX_LABEL).filter(|(end, last)| {
        let goes_on = text[*end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        !(goes_on && last.is_ascii()) && is_label(&text[..*end])
    });
    let (end, _) = labels.last()?;
    Some(trimmed(&text[end..]))
}

/// Whether a text is a label that people write before a code.
pub(super) fn is_label(text: &str) -> bool {
    let name = trimmed(text).chars().filter(|c| !" -_".contains(*c));
    let name = || name.clone().flat_map(char::to_lowercase);
    let mut labels = CODE_LABELS.split(' ').chain(OTHER_LABELS.split(' '));
    labels.any(|label| label.chars().eq(name()))
}

/// Splits typed or pasted texts into codes, each a text of its own. Lists are split; a code that is
/// spread over several texts, such as `organizations` and `1305`, is joined. Words that are no
/// codes come one by one.
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// let codes = orgerr::split_codes(catalog, ["apig", "0301", "1305;1400", "error code: 1001"]);
/// assert_eq!(codes, ["apig 0301", "1305", "1400", "error code: 1001"]);
/// ```
pub fn split_codes<'t>(catalog: &Catalog, texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for text in texts {
        let parts = text.split(BETWEEN_CODES);
        let mut words: Vec<_> = parts.flat_map(str::split_whitespace).collect();
        if words.is_empty() {
            words.push(text);
        }
        for word in words {
            let both = joined.last().and_then(|before| joined_with(catalog, before, word));
            match (both, joined.last_mut()) {
                (Some(both), Some(before)) => *before = both,
                _ => joined.push(word.to_owned()),
            }
        }
    }
    joined
}

/// Joins the name of a service, or a label, with the word after it, if both make a code or a longer
/// label.
fn joined_with(catalog: &Catalog, before: &str, word: &str) -> Option<String> {
    if catalog.service_meant(trimmed(before)).is_none() && !is_label(before) {
        return None;
    }
    let both = format!("{before} {word}");
    (parse_code(catalog, &both).is_ok() || is_label(&both)).then_some(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_spread_over_several_texts() {
        let catalog = Catalog::embedded();
        for (texts, codes) in [
            (&["organizations", "1305"][..], &["organizations 1305"][..]),
            (&["org", "13xx", "1001"], &["org 13xx", "1001"]),
            (&["1001", "apig", "0301"], &["1001", "apig 0301"]),
            (&["organizations:", "1305"], &["organizations: 1305"]),
            (&["organizations", "quota"], &["organizations", "quota"]),
            (&["1001", "1002"], &["1001", "1002"]),
            (&["error_code:", "1305"], &["error_code: 1305"]),
            (&["Error", "code", "quota"], &["Error code", "quota"]),
            (&["error", "code", "1305"], &["error code 1305"]),
            (&["1305；1400、1401"], &["1305", "1400", "1401"]),
            (&["1305 1400"], &["1305", "1400"]),
            (&[";"], &[";"]),
        ] {
            assert_eq!(split_codes(catalog, texts.iter().copied()), codes);
        }
    }
}
