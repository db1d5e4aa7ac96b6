//! Quotes, brackets and line ends that a line writes otherwise: as entities of HTML, as percents of
//! an address, doubled as in CSV, typographic as in a chat, as numbers in the logs of nginx and
//! rsyslog. Terminal sequences are taken out earlier, in `crate::bytes_to_text`; where a string
//! ends is decided in `Scanner::string_end`, in `tree`.

use std::array;

use memchr::memchr;

use crate::string_escapes::escape;
use crate::substrings::has_any;

/// What shows that a line has such escapes.
const SIGNS: [&[&str]; 7] = [
    // Entities of HTML.
    &["&quot;", "&#", "&apos;"],
    // A quote or a brace in an address.
    &["%22", "%7"],
    // Doubled quotes after a key.
    &["\"\":"],
    // Typographic quotes after a key.
    &["”:"],
    // Quotes of nginx after a key.
    &["\\x22:"],
    &[RSYSLOG_LINE_END],
    &["##teamcity["],
];
const NGINX_QUOTE: &str = "\\x22";
const RSYSLOG_LINE_END: &str = "#012";

/// Which of these there may be.
pub type Signs = [bool; SIGNS.len()];
/// All of them.
pub const ALL: Signs = [true; SIGNS.len()];

/// Which signs a text has. Only the candidates are looked for.
pub fn signs_in(text: &str, candidates: Signs) -> Signs {
    array::from_fn(|kind| candidates[kind] && has_any(text, SIGNS[kind]))
}

/// Adds a line to `out` with its escapes resolved, and to `pieces` where each piece starts, in the
/// original and in `out`. `at` is the place of the line in the original, `signs` are those of the
/// whole text.
pub fn push_resolved(
    at: usize,
    line: &str,
    signs: Signs,
    out: &mut String,
    pieces: &mut Vec<(usize, usize)>,
) {
    pieces.push((at, out.len()));
    let signs = signs_in(line, signs);
    let [
        has_entities,
        has_percents,
        is_doubled,
        is_typographic,
        is_of_nginx,
        is_of_rsyslog,
        is_of_teamcity,
    ] = signs;
    let is_mark = |c: char| match c {
        '&' => has_entities,
        '%' | '+' => has_percents,
        '"' => is_doubled,
        '“' | '”' => is_typographic,
        '\\' => is_of_nginx,
        '#' => is_of_rsyslog,
        '|' => is_of_teamcity,
        _ => false,
    };
    // Up to here the text is encoded as in an address, so `+` is a space.
    let mut encoded_end = 0;
    let mut done = 0;
    while signs.contains(&true)
        && let Some(next) = line[done..].find(is_mark)
    {
        out.push_str(&line[done..done + next]);
        done += next;
        let rest = &line[done..];
        let mark = rest.chars().next().unwrap_or_default();
        if mark == '%' && done >= encoded_end {
            let is_encoded = |c: char| c.is_ascii_alphanumeric() || "%+-_.*~!'()".contains(c);
            encoded_end = line.len() - rest.trim_start_matches(is_encoded).len();
        }
        let resolved = match mark {
            '&' | '%' => escape(rest),
            '+' => (done < encoded_end).then_some((' ', 1)),
            '"' => rest.starts_with("\"\"").then_some(('"', 2)),
            '|' => rest[1..].chars().next().filter(|c| "'[]|".contains(*c)).map(|c| (c, 2)),
            '\\' => rest.starts_with(NGINX_QUOTE).then_some(('"', NGINX_QUOTE.len())),
            // The number of an issue may begin so, too.
            '#' => rest
                .strip_prefix(RSYSLOG_LINE_END)
                .filter(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
                .map(|_| (' ', RSYSLOG_LINE_END.len())),
            _ => Some(('"', mark.len_utf8())),
        };
        let (c, length) = resolved.unwrap_or((mark, mark.len_utf8()));
        out.push(c);
        done += length;
        pieces.push((at + done, out.len()));
    }
    out.push_str(&line[done..]);
}

/// Adds a string to `out` with its escapes resolved, and to `pieces` where each piece starts, in the
/// original and in `out`. `at` is the place of the string in the original.
pub fn push_string(at: usize, string: &str, out: &mut String, pieces: &mut Vec<(usize, usize)>) {
    pieces.push((at, out.len()));
    let mut done = 0;
    while let Some(next) = memchr(b'\\', &string.as_bytes()[done..]) {
        out.push_str(&string[done..done + next]);
        done += next;
        // Line ends in a string are of another, which stands in it.
        let resolved = escape(&string[done..]);
        let resolved = resolved.filter(|(c, _)| !c.is_control() || "\t\r".contains(*c));
        let (c, length) = resolved.unwrap_or(('\\', 1));
        out.push(c);
        done += length;
        pieces.push((at + done, out.len()));
    }
    out.push_str(&string[done..]);
}
