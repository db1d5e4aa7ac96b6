//! Takes off what tools put around the text of an error: frames and line wraps,
//! the marks of `curl -v`, the prefixes of Terraform's log, HTML entities.

use memchr::memmem;

/// What names the provider in a line of Terraform's debug log.
const PROVIDER: &str = "provider.terraform-provider-";
/// Where a body ends without a line end and the next response follows.
const NEXT_RESPONSE: &str = "}HTTP/";
/// Bytes that a date, a time and a level have at most.
const LONGEST_LOG_PREFIX: usize = 40;

/// The text as it was before a tool framed, wrapped or escaped it. Works on a part
/// of a text that may end anywhere in a line, and start there if it does not
/// `start_line`. Marks of curl are such only in what is `from_curl`.
pub fn tidy(text: &str, starts_line: bool, from_curl: bool) -> String {
    let mut tidied = String::with_capacity(text.len());
    // Few texts have these, and none of their lines is searched.
    let has_next_response = contains(text, NEXT_RESPONSE);
    let from_terraform = contains(text, PROVIDER);
    for (number, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let is_rest = number == 0 && !starts_line;
        let (content, framed) = if is_rest {
            (line, false)
        } else {
            unframed(without_log_prefix(line, from_terraform))
        };
        let content = if is_rest || framed || !from_curl {
            Some(content)
        } else {
            without_mark(content)
        };
        let Some(content) = content else {
            continue;
        };
        if number > 0 {
            // A frame wraps long lines; an empty line is none of these.
            let wrapped = framed && !starts_paragraph(content) && !tidied.ends_with('\n');
            tidied.push(if wrapped { ' ' } else { '\n' });
        }
        let body_end = has_next_response
            .then(|| content.find(NEXT_RESPONSE))
            .flatten();
        match body_end {
            Some(body_end) => {
                tidied.extend([&content[..=body_end], "\n", &content[body_end + 1..]]);
            }
            None => tidied.push_str(content),
        }
    }
    if contains(&tidied, "\\u0022") {
        tidied = tidied.replace("\\u0022", "\\\"");
    }
    if contains(&tidied, "&quot;") || contains(&tidied, "&#34;") {
        return without_entities(&tidied);
    }
    tidied
}

/// Whether a text has response headers as `curl -v` prints them. A quoted mail has the
/// mark of its requests, and a list that of its remarks.
pub fn is_from_curl(text: &str, starts_line: bool) -> bool {
    let mut lines = text.split('\n').skip(usize::from(!starts_line));
    // Most texts have no such mark, and no line of them is looked at.
    contains(text, "< ") && lines.any(|line| without_log_prefix(line, true).starts_with("< "))
}

/// As [`str::contains`], several times as fast in a long text.
fn contains(text: &str, part: &str) -> bool {
    memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

/// Whether a line in a frame is no more of the one before: empty, or in a list.
fn starts_paragraph(line: &str) -> bool {
    line.is_empty() || line.starts_with("* ") || line.starts_with("- ")
}

/// A line without the time that a runner puts before each line of a program, e.g.
/// `2026-11-24T10:00:00.1234567Z `: seven or more digits of a second, as programs
/// seldom have themselves.
fn without_time(line: &str) -> &str {
    let fraction = line.get(20..).filter(|_| line.as_bytes()[10] == b'T');
    let rest = fraction.and_then(|fraction| {
        let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_fine = (7..=9).contains(&(fraction.len() - rest.len()));
        let rest = rest.strip_prefix('Z').filter(|_| is_fine)?;
        rest.strip_prefix(' ').or(rest.is_empty().then_some(""))
    });
    rest.unwrap_or(line)
}

/// A line without what a log puts before the text of a program: a runner its time and,
/// in what may be `from_terraform`, Terraform's debug log the name of the provider.
fn without_log_prefix(line: &str, from_terraform: bool) -> &str {
    let line = without_time(line);
    let provider = from_terraform.then(|| line.find(PROVIDER)).flatten();
    let Some(text) = provider.and_then(|at| Some(&line[at + line[at..].find(": ")? + 2..])) else {
        return line;
    };
    let level = text.find("] ").filter(|at| *at < LONGEST_LOG_PREFIX);
    match level {
        Some(at) if text.starts_with(|c: char| c.is_ascii_digit()) => &text[at + 2..],
        _ => text,
    }
}

/// The line without the frame at its left, and whether it had one.
fn unframed(line: &str) -> (&str, bool) {
    let rest = line.trim_start_matches([' ', '\t']);
    match rest.strip_prefix(['│', '┃', '║']) {
        Some(content) => (content.trim(), true),
        None if rest.starts_with(['╷', '╵']) => ("", false),
        None => (line, false),
    }
}

/// The line without the mark that `curl -v` puts before response headers; none
/// for a line about the request or the connection.
fn without_mark(line: &str) -> Option<&str> {
    if let Some(header) = line.strip_prefix("< ") {
        return Some(header);
    }
    match line {
        "<" => Some(""),
        _ if ["> ", "* ", "} [", "{ ["]
            .iter()
            .any(|mark| line.starts_with(mark)) =>
        {
            None
        }
        ">" => None,
        _ => Some(line),
    }
}

const ENTITIES: [(&str, &str); 8] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    // Last, so that what it leaves is not taken for another entity.
    ("&amp;", "&"),
];

/// The text with the entities of XML and HTML resolved.
pub fn without_entities(text: &str) -> String {
    let replace = |text: String, (entity, c): &(&str, &str)| text.replace(entity, c);
    ENTITIES.iter().fold(text.to_owned(), replace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_the_wraps_in_them_are_taken_off() {
        let framed = "╷\n│ Error: one\n│ two\n│\n│   with x.y,\n╵\nend";
        assert_eq!(
            tidy(framed, true, false),
            " Error: one two\n\nwith x.y,\n\nend"
        );
    }

    #[test]
    fn marks_of_curl_are_taken_off() {
        let transcript = "> GET / HTTP/2\r\n* ok\r\n< HTTP/2 404\r\n< a: b\r\n<\r\n{}";
        assert!(is_from_curl(transcript, true));
        let tidied = tidy(transcript, true, true);
        assert_eq!(tidied, "\nHTTP/2 404\na: b\n\n{}");
    }

    #[test]
    fn marks_of_mails_lists_and_codes_are_left() {
        let mail = "> request_id: a\n* status: 404";
        assert!(!is_from_curl(mail, true));
        assert!(!is_from_curl("< not a line", false));
        assert_eq!(tidy(mail, true, false), mail);
        let behind_code = "> request_id: a\n> GET / HTTP/2";
        assert_eq!(tidy(behind_code, false, true), "> request_id: a");
    }

    #[test]
    fn a_response_starts_a_line() {
        assert_eq!(tidy("{}HTTP/1.1 404\n", true, false), "{}\nHTTP/1.1 404\n");
    }

    #[test]
    fn entities_are_resolved_where_quotes_are_entities() {
        let quoted = "&quot;a &amp;lt; b&quot;";
        assert_eq!(tidy(quoted, true, false), "\"a &lt; b\"");
        assert_eq!(tidy("a &amp; b", true, false), "a &amp; b");
    }
}
