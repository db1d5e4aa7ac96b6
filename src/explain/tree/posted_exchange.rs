//! Exchanges that people post in paragraphs: the request, below it the status and the headers of
//! the response, then its body, perhaps with headings and sentences between.

use std::mem;
use std::ops::Range;

use self::Shown::{Body, NameOfExpected, NameOfRequest, NameOfResponse, Request, Response};
use super::line_kinds::is_divider;
use super::tags::is_tag_of_html;
use super::{Kind, Part};
use crate::explain::values::http::{has_request, is_named_status, starts_response};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, can_be, is_error_code, is_of_id};
use crate::substrings::{is_word_of, start_of};

/// Words of a heading that name the request, the response or a part of it, and what did not happen.
const HEADINGS: [(Shown, &str); 3] = [
    (
        NameOfRequest,
        "request 请求 anfrage requête requete solicitud petición requisição запрос リクエスト 요청",
    ),
    (
        NameOfResponse,
        "response header headers 响应 返回 antwort réponse reponse respuesta resposta ответ \
        レスポンス 応答 응답",
    ),
    (NameOfExpected, "expect expected expecting should"),
];
/// Tags that a page of HTML starts with: a proxy answers with one.
const PAGE: &str = "html head body";
/// Words of a heading.
const MAX_WORDS: usize = 5;
/// Lines of a paragraph that is part of an exchange; a body is one.
const MAX_LINES: usize = 40;
/// Bytes of a body in which an error code is looked for.
const MAX_BODY: usize = 4096;
/// Paragraphs that show nothing, one after another.
const MAX_BETWEEN: usize = 3;

/// What a line shows of an exchange, or which part a heading names.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Request,
    Response,
    Body,
    NameOfRequest,
    NameOfResponse,
    NameOfExpected,
}

/// The paragraphs of the exchange that is read.
#[derive(Default)]
pub struct PostedExchange {
    place: Range<usize>,
    paragraphs: usize,
    /// How many paragraphs that show nothing stand below these.
    between: usize,
    /// What they show.
    shown: Vec<Shown>,
    /// Whether a heading below the body names a part of the response.
    is_named_below: bool,
}

impl PostedExchange {
    /// Takes in the lines of a paragraph, none of them those of a log; gives the exchange that ends
    /// above it.
    pub fn take<'t>(&mut self, text: &str, lines: &[Range<usize>]) -> Option<Part<'t>> {
        let (Some(first), Some(last), ..=MAX_LINES) = (lines.first(), lines.last(), lines.len())
        else {
            return self.finish();
        };
        let own = shown(text, lines);
        let ends = self.ends_above(&own, is_divider(&text[first.clone()]));
        let ended = if ends { self.finish() } else { None };
        if own.is_empty() {
            self.between += 1;
        } else if self.paragraphs > 0 || own[0] != Body && !own.contains(&NameOfExpected) {
            self.add(&own, first.start..last.end);
        }
        ended
    }

    /// Whether the exchange ends above a paragraph: a response is whole with its body.
    fn ends_above(&self, own: &[Shown], is_divider: bool) -> bool {
        let (own, above) = (|it| own.contains(&it), |it| self.shown.contains(&it));
        let has_answer = above(Response) || above(Body);
        let is_whole = above(Body) && (above(Response) || !above(Request));
        own(NameOfExpected)
            || own(Request) && above(Request)
            || (own(Request) || own(NameOfRequest)) && has_answer
            || is_whole && (is_divider || own(Body) || !own(NameOfResponse) && !self.is_named_below)
            || self.between > MAX_BETWEEN
    }

    fn add(&mut self, own: &[Shown], place: Range<usize>) {
        let above = |it| self.shown.contains(&it);
        self.is_named_below = above(Body) && own.contains(&NameOfResponse);
        if self.paragraphs == 0 {
            self.place.start = place.start;
        }
        self.place.end = place.end;
        self.paragraphs += 1 + mem::take(&mut self.between);
        // A body above the response was sent.
        if own.contains(&Response) && !above(Response) {
            self.shown.retain(|it| *it != Body);
        }
        self.shown.extend(own);
        self.shown.dedup();
    }

    /// The exchange that is read, if it has several paragraphs.
    pub fn finish<'t>(&mut self) -> Option<Part<'t>> {
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
        add_shown(without_marks(line), &mut shown);
        if shown.last() == Some(&Body) {
            if shown.contains(&NameOfRequest) {
                shown.pop();
            }
            // What was sent has no error code.
            if start_of(whole, MAX_BODY).split(|c| !is_of_id(c)).any(is_error_code) {
                shown.push(Response);
            }
            break;
        }
    }
    shown
}

/// Adds what a line shows.
fn add_shown(line: &str, shown: &mut Vec<Shown>) {
    let name = line.split([':', '：', '|', '\t']).next().unwrap_or_default();
    let role = meaning_of(name).map(|(role, _)| role);
    if has_request(line) || line.starts_with("curl ") {
        shown.push(Request);
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
        && is_tag_of_html(tag)
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

/// What a line names first that is a heading or an introduction.
fn names_in_heading(line: &str) -> Option<Shown> {
    let line = line.split("</").next()?;
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    if !line.ends_with([':', '：']) && words.clone().count() > MAX_WORDS {
        return None;
    }
    // Chinese has no spaces.
    let is_in =
        |known: &str, word: &str| known.split(' ').any(|it| !it.is_ascii() && word.contains(it));
    let is_named =
        |known: &str, word: &str| is_word_of(known, word) || !word.is_ascii() && is_in(known, word);
    words.find_map(|word| {
        let mut headings = HEADINGS.iter();
        headings.find(|(_, known)| is_named(known, word)).map(|(named, _)| *named)
    })
}
