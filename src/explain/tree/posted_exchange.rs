//! Exchanges that people post in paragraphs: the request, below it the status and the headers of
//! the response, then its body, perhaps with headings and sentences between.

use std::mem;
use std::ops::Range;

use self::Shown::{
    Body, NameOfHeaders, NameOfOther, NameOfRequest, NameOfResponse, Request, Response,
};
use super::line_kinds::{FENCE, is_divider};
use super::tags::is_tag_of_html;
use super::{Kind, Part};
use crate::explain::values::http::{has_request, is_named_status, starts_response};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, can_be, is_error_code, is_of_id};
use crate::substrings::{is_word_of, split_while, start_of};

/// Words of a heading that name what was expected or works, the request, the headers of the response,
/// or the response. The first that a heading has counts.
const HEADINGS: [(Shown, &str); 4] = [
    (
        NameOfOther,
        "expect expected expecting should works worked working succeeds succeeded passes passed \
        期望 预期 正常 erwartet esperado attendu",
    ),
    (
        NameOfRequest,
        "request 请求 anfrage requête requete solicitud petición requisição запрос リクエスト 요청",
    ),
    (NameOfHeaders, "header headers 响应头 返回头"),
    (
        NameOfResponse,
        "response actual instead 响应 返回 实际 antwort réponse reponse respuesta resposta ответ \
        レスポンス 応答 응답",
    ),
];
/// Tags that a page of HTML starts with: a proxy answers with one.
const PAGE: &str = "html head body";
/// What stands before a command: another one is another exchange.
const PROMPT: &str = "$ ";
/// Words of a heading, and of the name of a record.
const MAX_WORDS: usize = 5;
const MAX_WORDS_OF_NAME: usize = 3;
/// Lines of a paragraph that is part of an exchange; a body is one.
const MAX_LINES: usize = 40;
/// Bytes of a body in which an error code is looked for.
const MAX_BODY: usize = 4096;
/// Paragraphs of an exchange, and those among them that show nothing, one after another.
const MAX_PARAGRAPHS: usize = 16;
const MAX_BETWEEN: usize = 3;

/// What a line shows of an exchange, or which part a heading names.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Request,
    Response,
    Body,
    NameOfRequest,
    NameOfHeaders,
    NameOfResponse,
    NameOfOther,
}

/// The paragraphs of the exchange that is read.
#[derive(Default)]
pub struct PostedExchange<'t> {
    place: Range<usize>,
    paragraphs: usize,
    /// How many paragraphs that show nothing stand below these.
    between: usize,
    /// What they show.
    shown: Vec<Shown>,
    /// The names of the records that they are, if they are a list.
    names: Vec<&'t str>,
    /// Where the paragraph above ends.
    end_above: usize,
    /// Whether a heading below the body names the headers of the response.
    is_named_below: bool,
    /// Whether the last heading was about what was expected or works.
    is_of_other: bool,
}

impl<'t> PostedExchange<'t> {
    /// Takes in the lines of a paragraph; gives the exchange that ends above it.
    pub fn take(&mut self, text: &'t str, lines: &[Range<usize>]) -> Option<Part<'t>> {
        let (Some(first), Some(last), ..=MAX_LINES) = (lines.first(), lines.last(), lines.len())
        else {
            return self.finish();
        };
        let own = shown(text, lines);
        let name = name_of_record(&text[first.clone()]);
        let is_rule = lines.len() == 1 && is_divider(&text[first.clone()]);
        let ends = is_rule && first.start > self.end_above + 1
            || self.ends_above(&own)
            || name.is_some_and(|name| self.names.contains(&name));
        let ended = if ends { self.finish() } else { None };
        self.end_above = last.end;
        if own.contains(&NameOfOther) {
            self.is_of_other = true;
        } else if own.is_empty() {
            self.is_of_other = false;
            if self.paragraphs == 0 {
                self.names.clear();
            }
            self.between += usize::from(self.paragraphs > 0);
            self.names.extend(name);
        } else if self.paragraphs > 0 || own[0] != Body && !self.is_of_other {
            self.add(&own, first.start..last.end);
            self.names.extend(name);
        }
        ended
    }

    /// Whether the exchange ends above a paragraph: a response is whole with its body.
    fn ends_above(&self, own: &[Shown]) -> bool {
        let (own, above) = (|it| own.contains(&it), |it| self.shown.contains(&it));
        let has_answer = above(Response) || above(Body);
        let is_whole = above(Body) && (above(Response) || above(NameOfResponse) || !above(Request));
        own(NameOfOther)
            || own(Request) && above(Request)
            || (own(Request) || own(NameOfRequest)) && has_answer
            || is_whole && (own(Body) || !own(NameOfHeaders) && !self.is_named_below)
            || self.between > MAX_BETWEEN
            || self.paragraphs > MAX_PARAGRAPHS
    }

    fn add(&mut self, own: &[Shown], place: Range<usize>) {
        let above = |it| self.shown.contains(&it);
        self.is_named_below = above(Body) && own.contains(&NameOfHeaders);
        if self.paragraphs == 0 {
            self.place.start = place.start;
        }
        self.place.end = place.end;
        self.paragraphs += 1 + mem::take(&mut self.between);
        // A body above the response was sent.
        let is_of_response = |it: &Shown| matches!(it, Response | NameOfResponse | NameOfHeaders);
        if own.iter().any(is_of_response) && !self.shown.iter().any(is_of_response) {
            self.shown.retain(|it| *it != Body);
        }
        self.shown.extend(own);
        self.shown.dedup();
    }

    /// The exchange that is read, if it has several paragraphs.
    pub fn finish(&mut self) -> Option<Part<'t>> {
        let PostedExchange { place, paragraphs, .. } = mem::take(self);
        (paragraphs > 1).then(|| Part::new(Kind::Exchange, place))
    }
}

/// What the lines of a paragraph show, up to the body.
fn shown(text: &str, lines: &[Range<usize>]) -> Vec<Shown> {
    let mut shown = Vec::new();
    for line in lines {
        let whole = &text[line.clone()];
        let line = whole.lines().next().unwrap_or_default();
        if line.trim_start().starts_with(PROMPT) {
            shown.push(Request);
            continue;
        }
        let line = without_marks(line);
        add_shown(line, &mut shown);
        if shown.last() == Some(&Body) {
            if shown.contains(&NameOfRequest) {
                shown.pop();
            }
            let mut words = start_of(whole, MAX_BODY).split(|c| !is_of_id(c));
            // Programs print the headers as an object, too.
            if words.clone().any(|word| word.eq_ignore_ascii_case("content-type")) {
                shown.pop();
                shown.push(Response);
            // What was sent has no error code, and is no page of a proxy.
            } else if line.starts_with('<') || words.any(is_error_code) {
                shown.push(Response);
            }
            break;
        }
    }
    shown
}

/// The first word of a line that names a record of a list, without its number: others begin alike.
fn name_of_record(line: &str) -> Option<&str> {
    let line = line.lines().next().filter(|line| !line.trim_start().starts_with(FENCE))?;
    let line = without_marks(line);
    // In a chat the time stands behind the name of who speaks.
    let is_time = |word: &str| word.trim_matches(['[', ']', '(', ')']).contains(':');
    let mut words = line.split_whitespace();
    let name = split_while(words.next()?, char::is_alphabetic).0;
    if name.is_empty() || words.clone().count() >= MAX_WORDS_OF_NAME || words.any(is_time) {
        return None;
    }
    let mut shown = Vec::new();
    add_shown(line, &mut shown);
    shown.is_empty().then_some(name)
}

/// Adds what a line shows.
fn add_shown(line: &str, shown: &mut Vec<Shown>) {
    let name = line.split([':', '：', '|', '\t']).next().unwrap_or_default();
    let role = meaning_of(name).map(|(role, _)| role);
    if has_request(line) || line.starts_with("curl ") {
        shown.push(Request);
        // It sends no body: the next one is the response's.
        if line.contains("GET ") {
            shown.push(NameOfResponse);
        }
    } else if starts_response(line)
        || is_named_status(line)
        || matches!(role, Some(Role::HttpStatus | Role::RequestId))
        || can_be(Role::HttpStatus, line)
    {
        shown.push(Response);
    } else if starts_body(line) || role == Some(Role::Code) {
        shown.push(Body);
    } else {
        shown.extend(names_in_heading(line));
    }
}

/// A line without the marks of a heading, an item, a prompt or a quote before it, and tags of HTML.
fn without_marks(line: &str) -> &str {
    let mut content = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"{[<".contains(c));
    while let Some((tag, rest)) = content.strip_prefix('<').and_then(|it| it.split_once('>'))
        && is_tag_of_html(tag.trim_start_matches('/'))
        && !is_word_of(PAGE, tag)
    {
        content = rest.trim_start();
    }
    content.trim_end_matches([' ', '*', '`'])
}

/// Whether a line is the first of a body: Jira has words in brackets, too.
fn starts_body(line: &str) -> bool {
    let inside = line.strip_prefix(['{', '[']).map(str::trim_start);
    let is_value = |text: &str| text.is_empty() || text.starts_with(['"', '\'', '{', '}']);
    inside.is_some_and(is_value) || line.starts_with('<')
}

/// What a line names that is a heading or an introduction.
fn names_in_heading(line: &str) -> Option<Shown> {
    let line = line.split("</").next()?;
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    if !line.ends_with([':', '：']) && words.clone().count() > MAX_WORDS {
        return None;
    }
    let names = |known: &str| {
        // Chinese has no spaces.
        let is_in = |word: &str| known.split(' ').any(|it| !it.is_ascii() && word.contains(it));
        words.clone().any(|word| is_word_of(known, word) || !word.is_ascii() && is_in(word))
    };
    HEADINGS.iter().find(|(_, known)| names(known)).map(|(named, _)| *named)
}
