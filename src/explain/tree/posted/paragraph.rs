//! Reads a paragraph of a post: what its lines show of an exchange.

use super::headings::Shown::{
    self, Body, IdInSentence, NameOfHeaders, NameOfRequest, Request, RequestId, Response, Success,
};
use super::headings::{ends_in_colon, names_in_heading};
use crate::catalog::status_name;
use crate::explain::lines::dialogue::{after_prompt, after_shell_prompt, asks_anew};
use crate::explain::tree::log_records::line_kinds::{is_request_of_wget, starts_command};
use crate::explain::values::addresses::{server_and_path, starts_with_address};
use crate::explain::values::http::{
    METHODS, has_request, known_statuses_in, response_status, starts_json,
};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::unlabelled_id::{id_after_word, named_id_at_end, names_request_id};
use crate::explain::values::{Role, can_start_word_after, has_error_code, status};
use crate::substrings::{has_any, is_word_of, start_of};

/// Tags that an HTML page starts with, such as the answer of a proxy.
const PAGE: &str = "html head body";
/// The most bytes of a body in which an error code is looked for.
const MAX_BODY: usize = 4096;

/// The method and the path of a request.
pub(super) type Asked<'t> = (Option<&'static str>, &'t str);

/// What a paragraph shows by itself.
pub(super) struct Paragraph<'t> {
    pub shown: Vec<Shown>,
    pub asked: Option<Asked<'t>>,
    /// The last word of the command that the paragraph starts with: perhaps a file.
    pub file: Option<&'t str>,
    pub is_introduction: bool,
    /// Whether it shows nothing, or only a request ID and the name of headers.
    pub shows_nothing_but_id: bool,
}

impl<'t> Paragraph<'t> {
    pub(super) fn new(whole: &'t str, lines: &[&'t str]) -> Self {
        let (shown, first) = (shown(whole, lines), lines[0]);
        let is_about_id = |it: &Shown| matches!(it, RequestId | IdInSentence | NameOfHeaders);
        let command = after_shell_prompt(first.trim_start()).or_else(|| after_prompt(first));
        Paragraph {
            asked: shown.contains(&Request).then(|| first_address(whole)).flatten(),
            file: command.and_then(|it| it.lines().next()?.split_whitespace().last()),
            is_introduction: [first, whole].into_iter().any(ends_in_colon),
            shows_nothing_but_id: shown.iter().all(is_about_id),
            shown,
        }
    }

    pub(super) fn shows(&self, it: Shown) -> bool {
        self.shown.contains(&it)
    }
}

/// What the lines of a paragraph show, up to the body.
fn shown(whole: &str, lines: &[&str]) -> Vec<Shown> {
    let mut shown = Vec::new();
    // The last of several lines ends a sentence, and is no heading.
    let may_be_heading = |above| above == 0 || above + 1 < lines.len();
    for (above, part) in lines.iter().enumerate() {
        let line = part.lines().next().unwrap_or_default();
        // A command starts another exchange, as a request does.
        let is_call = starts_command(line)
            || asks_anew(line)
            || is_request_of_wget(line)
            || line.starts_with("PS ") && after_prompt(line).is_some_and(|it| !it.starts_with('$'));
        let line = without_marks(line);
        let own = if is_call { Some(Request) } else { shown_in(line, may_be_heading(above)) };
        match own {
            Some(Body) => {
                // A body that was sent has no error code.
                let is_response = has_error_code(start_of(part, MAX_BODY));
                if is_response || !shown.contains(&NameOfRequest) {
                    shown.push(Body);
                }
                shown.extend(is_response.then_some(Response));
                break;
            }
            _ => shown.extend(own),
        }
    }
    let body = start_of(whole, MAX_BODY);
    // A program may print a response with its request ID on one line, and wget a body behind its
    // progress.
    if has_error_code(body) && (names_request_id(body) || has_any(body, &["%["])) {
        shown.push(Body);
    }
    shown
}

/// What a line shows.
fn shown_in(line: &str, may_be_heading: bool) -> Option<Shown> {
    let split = line.split_once([':', '：', '|', '\t']);
    let value = split.map_or("", |(_, value)| value);
    let role = split.and_then(|(name, _)| Some(meaning_of(name)?.0));
    let value = value.trim_matches([' ', '*', '`']);
    if has_request(line) {
        let succeeded = known_statuses_in(line).any(|it| (200..400).contains(&it));
        return Some(if succeeded { Success } else { Request });
    }
    if line.starts_with("curl ") || role == Some(Role::Url) && starts_with_address(value) {
        return Some(Request);
    }
    // A number that is no known status does not count: `212 ms`.
    let alone = status(line).filter(|it| !status_name(*it).is_empty());
    match alone.or_else(|| response_status(line)) {
        Some(200..300) => Some(Success),
        // After this response the next one follows.
        Some(100..400) => None,
        Some(_) => Some(Response),
        None if starts_body(line) => Some(Body),
        None if role == Some(Role::RequestId) => Some(RequestId),
        None if says_request_id(line) => Some(IdInSentence),
        None if role == Some(Role::HttpStatus) => Some(Response),
        None if starts_body(value) => Some(Body),
        None => names_in_heading(line, may_be_heading),
    }
}

/// Whether a line says a request ID in a sentence.
fn says_request_id(line: &str) -> bool {
    let mut starts = line.match_indices(['R', 'r']).map(|(at, _)| at);
    named_id_at_end(line).is_some()
        || starts.any(|at| {
            can_start_word_after(&line.as_bytes()[..at]) && id_after_word(line, at).is_some()
        })
}

/// Whether a paragraph cannot be a heading: it ends in a full stop or has a code.
pub(super) fn cannot_be_heading(paragraph: &str) -> bool {
    paragraph.ends_with(['.', '。']) || has_error_code(start_of(paragraph, MAX_BODY))
}

/// The method and the path of the first address in a paragraph.
fn first_address(paragraph: &str) -> Option<Asked<'_>> {
    let mut words = paragraph.split_whitespace().map(|it| it.trim_matches(['"', '\'', '`']));
    let mut method = None;
    let address = words.find(|word| {
        method = METHODS.iter().find(|method| *method == word).copied().or(method);
        starts_with_address(word)
    });
    Some((method, server_and_path(address?).1))
}

/// A line without the marks before it (of a heading, an item, a prompt, a quote) and
/// without tags before its text, except the tags of a page.
fn without_marks(line: &str) -> &str {
    let is_mark = |c: char| !c.is_alphanumeric() && !"{[<".contains(c);
    let mut content = line.trim_start_matches(is_mark);
    while let Some((tag, rest)) = content.strip_prefix('<').and_then(|it| it.split_once('>'))
        && !is_word_of(PAGE, tag)
    {
        content = rest.trim_start();
    }
    content.trim_end_matches([' ', '*', '`'])
}

/// Whether a line starts a body. Words in brackets, as in Jira, and addresses in mails start none.
fn starts_body(line: &str) -> bool {
    starts_json(line) || line.starts_with('<') && !line.starts_with("<http")
}
