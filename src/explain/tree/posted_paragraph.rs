//! A paragraph of a post by itself: what its lines show of an exchange.

use std::ops::Range;

use super::line_kinds::FENCE;
use super::posted_headings::Shown::{
    self, Body, IdInSentence, NameOfHeaders, NameOfRequest, NameOfResponse, Request, RequestId,
    Response, Success,
};
use super::posted_headings::{ends_in_colon, names_in_heading};
use super::tags::is_tag_of_html;
use crate::catalog::status_name;
use crate::explain::lines::dialogue::{after_prompt, after_shell_prompt, asks_anew};
use crate::explain::values::http::{
    METHODS, has_request, is_address, named_statuses, response_status, server_and_path,
};
use crate::explain::values::labels::{label, meaning_of};
use crate::explain::values::unlabelled_id::{id_after_word, named_id_at_end, names_request_id};
use crate::explain::values::{Role, can_start_word_after, has_error_code, is_of_id, status};
use crate::substrings::{is_word_of, split_while, start_of};

/// Tags that a page of HTML starts with: a proxy answers with one.
const PAGE: &str = "html head body";
/// A request with this method sends no body.
const BODILESS: &str = "GET";
/// Words of the name of a record.
const MAX_WORDS_OF_NAME: usize = 3;
/// Digits of the number of an item.
const MAX_NUMBER: usize = 2;
/// Bytes of a body in which an error code is looked for.
const MAX_BODY: usize = 4096;

/// The method and the path of a request.
pub type Asked<'t> = (Option<&'static str>, &'t str);

/// A paragraph by itself.
pub struct Paragraph<'t> {
    pub shown: Vec<Shown>,
    pub asked: Option<Asked<'t>>,
    /// The last word of a command in it.
    pub file: Option<&'t str>,
    pub is_introduction: bool,
    /// Whether it says a request ID, and shows nothing else but that it is of the response.
    pub says_id: bool,
}

impl<'t> Paragraph<'t> {
    pub fn new(text: &'t str, lines: &[Range<usize>]) -> Self {
        let shown = shown(text, lines);
        let whole = &text[lines[0].start..lines[lines.len() - 1].end];
        let first = &text[lines[0].clone()];
        let is_of_id =
            |it: &Shown| matches!(it, RequestId | IdInSentence | NameOfResponse | NameOfHeaders);
        let command = after_shell_prompt(first.trim_start()).or_else(|| after_prompt(first));
        Paragraph {
            asked: shown.contains(&Request).then(|| first_address(whole)).flatten(),
            file: command.and_then(|it| it.lines().next()?.split_whitespace().last()),
            is_introduction: [first, whole].into_iter().any(ends_in_colon),
            says_id: !shown.is_empty()
                && shown.iter().all(is_of_id)
                && (shown.len() >= lines.len() || !shown.contains(&NameOfResponse)),
            shown,
        }
    }

    pub fn shows(&self, it: Shown) -> bool {
        self.shown.contains(&it)
    }
}

/// What the lines of a paragraph show, up to the body.
fn shown(text: &str, lines: &[Range<usize>]) -> Vec<Shown> {
    let mut shown = Vec::new();
    // The last line of a paragraph ends a sentence.
    let may_be_heading = |above| above == 0 || above + 1 < lines.len();
    for (above, line) in lines.iter().enumerate() {
        let whole = &text[line.clone()];
        let line = whole.lines().next().unwrap_or_default();
        // Another command is another exchange.
        let is_call = after_shell_prompt(line.trim_start()).is_some()
            || asks_anew(line)
            || line.starts_with("PS ") && after_prompt(line).is_some_and(|it| !it.starts_with('$'));
        let line = without_marks(line);
        let own = if is_call { Some(Request) } else { shown_in(line, may_be_heading(above)) };
        // The code may stand in another line of an object.
        let own = own.or_else(|| whole.lines().any(is_labelled_code).then_some(Body));
        match own {
            Some(Body) => {
                shown.extend(shown_in_body(whole, line, shown.contains(&NameOfRequest)));
                break;
            }
            // The next body is the response's.
            Some(Request) if has_word(line, BODILESS) => shown.extend([Request, NameOfResponse]),
            _ => shown.extend(own),
        }
    }
    let whole = &text[lines[0].start..lines[lines.len() - 1].end];
    let body = start_of(whole, MAX_BODY);
    // A program prints a response with its ID on one line; a person tells it with its request.
    if !shown.contains(&Body)
        && has_error_code(body)
        && (shown.contains(&Request) || names_request_id(body))
    {
        shown.push(Body);
    }
    shown
}

/// Whether a line is an error code after its label.
fn is_labelled_code(line: &str) -> bool {
    let label = line.split_once(':').and_then(|(label, _)| meaning_of(label));
    matches!(label, Some((Role::Code, _))) && has_error_code(line)
}

/// What a body shows: what was sent has no error code, and is no page of a proxy.
fn shown_in_body(body: &str, first_line: &str, is_named_request: bool) -> &'static [Shown] {
    let body = start_of(body, MAX_BODY);
    let mut words = body.split(|c| !is_of_id(c));
    // Programs print the headers as an object, too.
    if words.any(|word| word.eq_ignore_ascii_case("content-type")) {
        &[Response]
    } else if first_line.starts_with('<') || has_error_code(body) {
        &[Body, Response]
    } else if is_named_request {
        &[]
    } else {
        &[Body]
    }
}

/// The first word of a line that names a record of a list, without its number: others begin alike.
pub fn name_of_record(line: &str) -> Option<&str> {
    let line = line.lines().next().filter(|line| !line.trim_start().starts_with(FENCE))?;
    let line = without_marks(line);
    // In a chat the time stands behind the name of who speaks.
    let is_time = |word: &str| word.trim_matches(['[', ']', '(', ')']).contains(':');
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let name = split_while(first, char::is_alphabetic).0;
    let is_header = |it: &str| it.contains('-') && it.ends_with(char::is_alphabetic);
    if name.is_empty()
        || first.strip_suffix(':').is_some_and(is_header)
        || words.clone().count() >= MAX_WORDS_OF_NAME
        || words.any(is_time)
        || shown_in(line, true).is_some()
    {
        return None;
    }
    Some(name)
}

/// What a line shows.
fn shown_in(line: &str, may_be_heading: bool) -> Option<Shown> {
    let split = line.split_once([':', '：', '|', '\t']);
    // Some write no colon after these.
    let (name, value) = split.unwrap_or_else(|| line.split_at(first_word(line).len()));
    let role = meaning_of(name)
        .map(|(role, _)| role)
        .filter(|role| split.is_some() || matches!(role, Role::RequestId | Role::HttpStatus));
    let value = value.trim_matches([' ', '*', '`']);
    if has_request(line) {
        let succeeded = named_statuses(line).any(|it| (200..300).contains(&it));
        return Some(if succeeded { Success } else { Request });
    }
    if line.starts_with("curl ") || role == Some(Role::Url) && is_address(value) {
        return Some(Request);
    }
    let labelled = || status(value).filter(|_| role == Some(Role::HttpStatus));
    // A status has a name: `212 ms` is none.
    let alone = status(line).filter(|it| !status_name(*it).is_empty());
    match alone.or_else(|| response_status(line)).or_else(labelled) {
        Some(200..300) => Some(Success),
        // The next response follows.
        Some(100..400) => None,
        Some(_) => Some(Response),
        None if starts_body(line) || role == Some(Role::Code) => Some(Body),
        None if role == Some(Role::RequestId) => Some(RequestId),
        None if says_request_id(line, name) => Some(IdInSentence),
        None if role == Some(Role::HttpStatus) && split.is_some() => Some(Response),
        // `Request body: {}` was sent.
        None if split.is_some()
            && starts_body(value)
            && names_in_heading(name, true) != Some(NameOfRequest) =>
        {
            Some(Body)
        }
        None => names_in_heading(line, may_be_heading),
    }
}

/// Whether a line says a request ID behind other words.
fn says_request_id(line: &str, name: &str) -> bool {
    let is_named = || label(name, false).is_some_and(|it| it.role == Role::RequestId);
    let mut starts = line.match_indices(['R', 'r']).map(|(at, _)| at);
    name.len() < line.len() && is_named()
        || named_id_at_end(line).is_some()
        || starts.any(|at| {
            can_start_word_after(&line.as_bytes()[..at]) && id_after_word(line, at).is_some()
        })
}

/// Whether a paragraph is no heading that names something else.
pub fn is_sentence(paragraph: &str) -> bool {
    paragraph.ends_with(['.', '。']) || has_error_code(start_of(paragraph, MAX_BODY))
}

/// The method and the path of the first address in a paragraph.
fn first_address(paragraph: &str) -> Option<Asked<'_>> {
    let mut words = paragraph.split_whitespace().map(|it| it.trim_matches(['"', '\'', '`']));
    let mut method = None;
    let address = words.find(|word| {
        method = METHODS.iter().find(|method| *method == word).copied().or(method);
        is_address(word)
    });
    Some((method, server_and_path(address?).1))
}

/// A line without the marks of a heading, an item, a prompt or a quote before it, and tags and
/// comments of HTML.
fn without_marks(line: &str) -> &str {
    let is_mark = |c: char| !c.is_alphanumeric() && !"{[<".contains(c);
    let mut content = line.trim_start_matches(is_mark);
    // Items may have numbers.
    let (number, item) = split_while(content, |c| c.is_ascii_digit());
    if number.len() <= MAX_NUMBER && (item.starts_with(". ") || item.starts_with(") ")) {
        content = item.trim_start_matches(is_mark);
    }
    while let Some((tag, rest)) = content.strip_prefix('<').and_then(|it| it.split_once('>')) {
        let name = split_while(tag.trim_start_matches('/'), char::is_alphanumeric).0;
        let lays_out = is_tag_of_html(name) && !is_word_of(PAGE, name);
        if !lays_out && !tag.starts_with("!--") {
            break;
        }
        content = rest.trim_start();
    }
    content.trim_end_matches([' ', '*', '`'])
}

/// Whether a line is the first of a body: Jira has words in brackets, too, and mails addresses.
fn starts_body(line: &str) -> bool {
    let inside = line.strip_prefix(['{', '[']).map(str::trim_start);
    let is_value = |text: &str| text.is_empty() || text.starts_with(['"', '\'', '{', '}']);
    // Templates have variables in two brackets.
    inside.is_some_and(is_value) && !line.starts_with("{{")
        || line.starts_with('<') && !line.starts_with("<http")
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|it| it == word)
}
