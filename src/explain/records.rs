//! What kind of line one is: where the records of a log and responses start.

use std::net::IpAddr;

use super::lines::line_end;

/// Levels of a log. In small letters they are words of a text.
const LEVELS: [(&str, Severity); 10] = [
    ("TRACE", Severity::Detail),
    ("DEBUG", Severity::Detail),
    ("INFO", Severity::Course),
    ("NOTICE", Severity::Course),
    ("WARN", Severity::Error),
    ("WARNING", Severity::Error),
    ("ERROR", Severity::Error),
    ("SEVERE", Severity::Error),
    ("CRITICAL", Severity::Error),
    ("FATAL", Severity::Error),
];
/// What the word behind such a one may be where both are a label.
const NAMES: [&str; 8] = [
    "CODE",
    "MESSAGE",
    "MSG",
    "DETAIL",
    "DETAILS",
    "DESCRIPTION",
    "ID",
    "STATUS",
];
/// Bytes that an IP address has at most.
const LONGEST_ADDRESS: usize = 45;

/// Whether a line is the first of a response.
pub fn is_status_line(line: &str) -> bool {
    line.trim_start()
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"))
}

/// Whether a line starts a new record of a log.
pub fn starts_record(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'{') => is_object(text),
        // Most lines of an object begin with none of these.
        Some(b'[' | b'<' | b'(' | b':' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') => {
            starts_with_time(text) || is_access(text)
        }
        _ => false,
    }
}

/// Whether the first line is a JSON object, whole.
pub fn is_object(text: &str) -> bool {
    let line = text[..line_end(text, 0)].trim_end();
    line.starts_with('{') && line.ends_with('}')
}

/// How a log calls a level, and what it tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    name: &'static str,
    pub severity: Severity,
}

/// What a line of a log tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// What may have led to an error.
    Detail,
    /// What goes its usual way.
    Course,
    /// An error, or what may become one.
    Error,
}

/// The level that the first line starts with.
pub fn level(text: &str) -> Option<Level> {
    let line = without_container(&text[..line_end(text, 0)]).trim_start_matches(['[', '(']);
    let word = capitals(line);
    let rest = &line[word.len()..];
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    // `ERROR CODE: …` and `ERROR:` on a line of its own are labels.
    let is_label = rest.trim() == ":" || NAMES.contains(&capitals(rest.trim_start()));
    let known = LEVELS.into_iter().find(|(name, _)| *name == word);
    let (name, severity) = known.filter(|_| !goes_on && !is_label)?;
    Some(Level { name, severity })
}

fn capitals(text: &str) -> &str {
    let length = text.bytes().take_while(u8::is_ascii_uppercase).count();
    &text[..length]
}

/// The container whose log a line is of, as its [`prefix`] says it; empty where it has none.
pub fn container(line: &str) -> &str {
    prefix(line).trim_end()
}

/// What stands before each line of a container's log: the `web-1  | ` of `docker compose`
/// or the `[pod/name/container] ` of `kubectl`. Empty where there is none.
fn prefix(line: &str) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let after_name = |text: &str| text.len() - text.trim_start_matches(is_name).len();
    let of_compose = || {
        let (name, rest) = line.split_at(after_name(line));
        // Without the number of the container it may be a column of a table.
        let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_numbered = unnumbered.len() < name.len() && unnumbered.ends_with(['-', '_']);
        let text = after_mark(rest.trim_start_matches(' '), '|')?;
        is_numbered.then_some(line.len() - text.len())
    };
    let of_kubectl = || {
        let pod = line.strip_prefix("[pod/")?;
        let text = after_mark(&pod[after_name(pod)..], ']')?;
        Some(line.len() - text.len())
    };
    &line[..of_compose().or_else(of_kubectl).unwrap_or(0)]
}

/// The text behind a mark and a space; an empty one may lack the space.
fn after_mark(text: &str, mark: char) -> Option<&str> {
    let text = text.strip_prefix(mark)?;
    text.strip_prefix(' ')
        .or(text.trim_end().is_empty().then_some(text))
}

fn without_container(line: &str) -> &str {
    &line[prefix(line).len()..]
}

/// Whether the first line is one of the access log of a server, which is a record of its
/// own: `ADDRESS - USER [TIME …`.
pub fn is_access(text: &str) -> bool {
    let line = without_container(&text[..line_end(text, 0)]);
    let mut words = line.splitn(4, ' ');
    let address = words.next().filter(|word| word.len() <= LONGEST_ADDRESS);
    let is_access = words.next() == Some("-") && words.nth(1).is_some_and(|it| it.starts_with('['));
    is_access && address.is_some_and(|address| address.parse::<IpAddr>().is_ok())
}

/// Whether the first line starts as those of a log do: with a date or a time.
pub fn starts_with_time(text: &str) -> bool {
    let line = &text[..line_end(text, 0)];
    let line = without_container(line).trim_start_matches(['[', '<', '(']);
    let shape: String = line
        .chars()
        .take(10)
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let date_or_time = [
        "0000-00-00",
        "0000/00/00",
        "00:00:00",
        "00:00 ",
        "00/",
        "00000000 ",
    ];
    let months = [
        "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ",
        "Dec ",
    ];
    let keys = ["time=", "ts=", "level=", "timestamp="];
    // In Kubernetes' logs behind the first letter of a level.
    let behind_level = shape.strip_prefix(['I', 'W', 'E', 'F']);
    date_or_time.iter().any(|start| shape.starts_with(start))
        || behind_level.is_some_and(|rest| rest.starts_with("0000 00:0"))
        || months
            .iter()
            .chain(&keys)
            .any(|start| line.starts_with(start))
}
