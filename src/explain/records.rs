//! What kind of line one is: where the records of a log and responses start.

use std::net::IpAddr;

use super::lines::line_end;

/// Levels of a log. In small letters they are words of a text.
const LEVELS: [&str; 10] = [
    "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "SEVERE", "CRITICAL", "FATAL",
];

/// Whether a line is the first of a response.
pub fn is_status_line(line: &str) -> bool {
    line.trim_start()
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"))
}

/// Whether a line starts a new record of a log.
pub fn starts_record(text: &str) -> bool {
    starts_with_time(text) || is_object(text) || is_access(text)
}

/// Whether the first line is a JSON object, whole.
pub fn is_object(text: &str) -> bool {
    let line = text[..line_end(text, 0)].trim_end();
    line.starts_with('{') && line.ends_with('}')
}

/// Which program wrote a line of a log, and how important it is: `web-1  | ERROR …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'t> {
    /// What `docker compose` and `kubectl` put before each line; may be empty.
    container: &'t str,
    /// May be empty.
    level: &'t str,
}

impl<'t> Origin<'t> {
    /// Of the first line.
    pub fn of(text: &'t str) -> Self {
        let line = &text[..line_end(text, 0)];
        let container = container(line);
        let rest = line[container.len()..].trim_start_matches(['[', '<', '(']);
        let word = &rest[..rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_uppercase())
                .len()];
        let goes_on = |c: char| c.is_alphanumeric() || c == '_';
        let is_level = LEVELS.contains(&word) && !rest[word.len()..].starts_with(goes_on);
        Origin {
            container,
            level: if is_level { word } else { "" },
        }
    }

    /// Whether a line of this origin may go on with what one `before` it has begun.
    pub fn continues(&self, before: &Origin) -> bool {
        let is_same_level = self.level.is_empty() || self.level == before.level;
        self.container == before.container && is_same_level
    }

    /// The origin of what this line has begun, or one before it.
    pub fn or(self, before: Origin<'t>) -> Self {
        if self.level.is_empty() { before } else { self }
    }
}

/// The `web-1  | ` or `[pod/name/container] ` that a line starts with.
fn container(line: &str) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let name = |text: &str| text.len() - text.trim_start_matches(is_name).len();
    let of_compose = || {
        let bar = line[name(line)..]
            .trim_start_matches(' ')
            .strip_prefix("| ")?;
        (name(line) > 0).then_some(line.len() - bar.len())
    };
    let of_kubectl = || {
        let name_on = line.strip_prefix("[pod/")?;
        let rest = name_on[name(name_on)..].strip_prefix("] ")?;
        Some(line.len() - rest.len())
    };
    &line[..of_compose().or_else(of_kubectl).unwrap_or(0)]
}

/// Whether the first line tells of a request, as in the access log of a server: it starts
/// with an address and is a record of its own.
pub fn is_access(text: &str) -> bool {
    let line = &text[..line_end(text, 0)];
    let (word, _) = line[container(line).len()..]
        .split_once(" - ")
        .unwrap_or_default();
    word.parse::<IpAddr>().is_ok()
}

/// Whether the first line starts as those of a log do: with a date or a time.
pub fn starts_with_time(text: &str) -> bool {
    let line = &text[..line_end(text, 0)];
    let line = line[container(line).len()..].trim_start_matches(['[', '<', '(']);
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
