//! Tells what a line is: a divider, the start of a command or a response, an object of a logger.
//! Most functions look at the line alone.

use memchr::memchr_iter;

use crate::explain::lines::dialogue::after_shell_prompt;
use crate::explain::lines::times::after_time;
use crate::explain::values::alone::is_value_line;
use crate::explain::values::http::{
    is_header, is_status_with_name, starts_response, starts_with_request, without_leading_numbers,
};
use crate::explain::values::{Role, can_be, is_id_char};
use crate::substrings::{before, has_any, is_word_of, split_while, start_among};

/// First words of a line that starts another step of Ansible, another exception of .NET, an
/// error of an `OpenStack` client, or another element of a list in TOML (`[[`).
#[rustfmt::skip]
const FIRST_WORDS: [&str; 9] = [
    "TASK [", "PLAY [", "ok: [", "changed: [", "failed: [", "fatal: [",
    "---> (Inner Exception #", "[[", "ERROR (",
];
/// Commands that call a service; commands that run a program, if no option follows.
const CALLING: &str = "ansible-playbook aws az curl gcloud hcloud kubectl pulumi terraform \
    tofu wget xh";
const RUNNING: &str = "bash go java node perl php python python3 ruby sh";
/// The line around a block of Markdown. It is passed over: the text below may be about the block.
pub(crate) const FENCE: &str = "```";
/// Keys of an object that a logger writes, without their opening quote: the keys of the level, the
/// time or the logger itself.
#[rustfmt::skip]
const JSON_KEYS_OF_LOG: [&str; 9] = [
    "level\"", "lvl\"", "levelname\"", "@t\"", "@timestamp\"", "logger\"",
    // Bodies have these, too.
    "severity\"", "ts\"", "time\"",
];
/// How many of these, from the first, only a logger writes.
const OF_LOGGERS_ALONE: usize = 6;
/// Marks that clients of Python and Ruby print before a request that they sent.
const SENT_MARKS: [&str; 3] = ["send: b'", "send: '", "<- \""];
/// Arrows before messages that were sent and received.
const ARROWS: [&str; 4] = ["--> ", "<-- ", ">> ", "<< "];

/// Whether a line only separates what stands above from what stands below.
pub(crate) fn is_divider(line: &str) -> bool {
    line.chars().all(|c| "-=_*#~ ".contains(c))
}

/// Whether a line starts a command, a call, a step, an exception or another document of YAML, or
/// separates what grep found. A request at the start of a line that is not indented is the next
/// call, even below an error without a request.
pub(crate) fn starts_call_or_step(text: &str) -> bool {
    start_among(&FIRST_WORDS, text.trim_start()).is_some()
        || starts_command(text)
        || !text.starts_with("  ") && starts_with_request(without_leading_numbers(text))
        || start_among(&SENT_MARKS, text)
            .is_some_and(|mark| starts_with_request(&text[mark.len()..]))
        || matches!(text.trim_end(), "---" | "--")
}

/// Whether a line is the first of a log record of Java's own logger, which says the time, a class
/// and a method; the level and the message stand below.
pub(crate) fn is_head_of_java(line: &str) -> bool {
    let Some(after) = after_time(line) else { return false };
    // Java's own form of a time ends in `AM` or `PM`. Behind other times a word with a capital may
    // be a level, so a class needs a dot.
    let is_own = before(line, after).trim_end().ends_with(['M', 'm']);
    let is_class =
        |word: &str| word.contains('.') || is_own && word.starts_with(char::is_uppercase);
    let mut words = after.split_whitespace();
    words.next().is_some_and(|class| is_class(class) && !class.contains('/'))
        && words.next().is_some_and(|method| method.chars().all(is_id_char))
        && words.next().is_none()
}

/// Whether a line is the result of a test that starts a log record: its block starts on the next
/// line, the block of the result above has ended, or the line above is a result, too. Other results
/// may belong to comments above them.
pub(crate) fn starts_test_result(line: &str, above: &str, below: &str) -> bool {
    is_test_result(line)
        && (below.trim() == "---" || above.trim() == "..." || is_test_result(above))
}

/// Whether a line is the result of a test as TAP writes it: `not ok 2 - GET /v1/…`.
fn is_test_result(line: &str) -> bool {
    let result = line.strip_prefix("not ").unwrap_or(line).strip_prefix("ok ");
    result.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a line says which address wget asks: `--2026-08-03 11:25:17--  https://…`.
pub(crate) fn is_request_of_wget(line: &str) -> bool {
    has_any(line, &["--  http"])
}

/// Whether a line is a command behind the prompt of a shell; or a command as a shell with `-x`
/// shows it (`+ curl …`, or `++ curl …` within another), if it may call a service.
pub(crate) fn starts_command(line: &str) -> bool {
    let Some(command) = line.strip_prefix('+').map(|it| it.trim_start_matches('+')) else {
        return after_shell_prompt(line.trim_start()).is_some();
    };
    let (name, argument) = split_while(command.trim_start(), |c| c != ' ');
    let is_path = name.starts_with(['.', '/']);
    command.starts_with(' ')
        && (is_path
            || is_word_of(CALLING, name)
            || is_word_of(RUNNING, name) && !argument.starts_with(" -"))
}

/// Whether a line ends in an object and the status of its response, like a row that a loop prints.
pub(crate) fn ends_with_status(line: &str) -> bool {
    let line = line.trim_end();
    let split = line.len().checked_sub(3).and_then(|end| line.split_at_checked(end));
    split.is_some_and(|(body, status)| {
        body.trim_end().ends_with('}') && can_be(Role::HttpStatus, status)
    })
}

/// Whether a line is the first of a response, without a body on it. A status with its name needs a
/// header below it (`next`).
pub(crate) fn starts_head(line: &str, next: &str) -> bool {
    starts_response(line.trim_start()) && !ends_body(line)
        || is_status_with_name(line) && is_header(next)
}

/// Whether a line has the headers of a response, printed as a dictionary of Python.
pub(crate) fn has_headers(line: &str) -> bool {
    has_any(line, &["'Content-Type': '", "'content-type': '"])
}

/// Whether a line is one whole object, perhaps behind an arrow, a number or `[USE_ERROR]`.
pub(crate) fn is_whole_object(line: &str) -> bool {
    let is_mark_char =
        |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "\t: []_".contains(c);
    let arrow = start_among(&ARROWS, line).map_or(0, str::len);
    let object = line[arrow..].trim_start_matches(is_mark_char);
    is_object(object) && object.contains(['"', '\''])
}

/// Whether a text starts and ends as an object does.
pub(crate) fn is_object(lines: &str) -> bool {
    lines.starts_with('{') && ends_body(lines)
}

/// Whether a text ends as an object or a list does, perhaps with a comma before the next.
pub(crate) fn ends_body(text: &str) -> bool {
    text.trim_end().trim_end_matches(',').ends_with(['}', ']'])
}

/// Whether a line may be an object of a logger, which writes one for each log record: some bodies
/// look the same.
pub(crate) fn may_be_of_logger(line: &str) -> bool {
    is_whole_object(line) && has_key(line, &JSON_KEYS_OF_LOG)
}

/// Whether a line is an object with a key that only loggers write.
pub(crate) fn is_surely_of_logger(line: &str) -> bool {
    is_whole_object(line) && has_key(line, &JSON_KEYS_OF_LOG[..OF_LOGGERS_ALONE])
}

/// Whether an object has one of these keys, or a string that is the same.
fn has_key(object: &str, keys: &[&str]) -> bool {
    let mut quotes = memchr_iter(b'"', object.as_bytes());
    quotes.any(|quote| start_among(keys, &object[quote + 1..]).is_some())
}

/// Whether a line below a body still says something about it, like what curl prints after a body.
pub(crate) fn is_trailer(line: &str) -> bool {
    start_among(&["curl: (", "HTTP", "[", " ", "\t", "Traceback"], line).is_some()
        || is_value_line(line) && !is_whole_object(line)
}
