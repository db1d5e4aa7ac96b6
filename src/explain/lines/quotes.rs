//! Quotes, brackets and line ends that a line writes otherwise: as entities of HTML, as percents of
//! an address, doubled as in CSV, typographic as in a chat, as numbers in the logs of nginx and
//! rsyslog. Terminal sequences are taken out earlier, in `crate::bytes_to_text`.

use std::array;

use memchr::memmem;

use crate::escapes::escape;

/// What shows that a line has them: entities, percents, after a key doubled quotes, typographic ones
/// and those of nginx, and line ends of rsyslog.
const SIGNS: [&[&str]; 6] =
    [&["&quot;", "&#", "&apos;"], &["%22", "%7"], &["\"\":"], &["”:"], &["\\x22:"], &[LINE_END]];
const QUOTE: &str = "\\x22";
const LINE_END: &str = "#012";

/// Which of these there may be.
pub type Signs = [bool; SIGNS.len()];

/// Which of the signs `among` which it may have a text has.
pub fn signs_in(text: &str, among: Signs) -> Signs {
    array::from_fn(|kind| among[kind] && has_any(text, SIGNS[kind]))
}

/// Adds a line, which is at `at` in the original, to `out`, the escapes of quotes and brackets in it
/// resolved, and to `pieces` where each piece starts in the original and in `out`. `signs` are
/// those of the whole text.
pub fn resolve(
    at: usize,
    line: &str,
    signs: Signs,
    out: &mut String,
    pieces: &mut Vec<(usize, usize)>,
) {
    pieces.push((at, out.len()));
    let signs = signs_in(line, signs);
    let [has_entities, has_percents, is_doubled, is_typographic, is_of_nginx, is_of_rsyslog] =
        signs;
    let is_mark = |c: char| match c {
        '&' => has_entities,
        '%' | '+' => has_percents,
        '"' => is_doubled,
        '“' | '”' => is_typographic,
        '\\' => is_of_nginx,
        '#' => is_of_rsyslog,
        _ => false,
    };
    // Where the text ends that is encoded as in an address.
    let mut form_end = 0;
    let mut done = 0;
    while signs.contains(&true)
        && let Some(next) = line[done..].find(is_mark)
    {
        out.push_str(&line[done..done + next]);
        done += next;
        let rest = &line[done..];
        let mark = rest.chars().next().unwrap_or_default();
        if mark == '%' && done >= form_end {
            let is_of_form = |c: char| c.is_ascii_alphanumeric() || "%+-_.*~!'()".contains(c);
            form_end = line.len() - rest.trim_start_matches(is_of_form).len();
        }
        let resolved = match mark {
            '&' | '%' => escape(rest),
            '+' => (done < form_end).then_some((' ', 1)),
            '"' => rest.starts_with("\"\"").then_some(('"', 2)),
            '\\' => rest.starts_with(QUOTE).then_some(('"', QUOTE.len())),
            // The number of an issue may begin so, too.
            '#' => rest
                .strip_prefix(LINE_END)
                .filter(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
                .map(|_| (' ', LINE_END.len())),
            _ => Some(('"', mark.len_utf8())),
        };
        let (c, length) = resolved.unwrap_or((mark, mark.len_utf8()));
        out.push(c);
        done += length;
        pieces.push((at + done, out.len()));
    }
    out.push_str(&line[done..]);
}

/// Whether a text has one of several parts; several times as fast as [`str::contains`].
pub fn has_any(text: &str, parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    parts.any(|part| memmem::find(text.as_bytes(), part.as_bytes()).is_some())
}
