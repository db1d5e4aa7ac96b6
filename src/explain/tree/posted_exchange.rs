//! Exchanges that people post in paragraphs: the request, below it the status and the headers of
//! the response, then its body, perhaps with headings and sentences between.

use std::mem;
use std::ops::Range;

use self::Shown::{
    Body, NameOfHeaders, NameOfOther, NameOfRequest, NameOfResponse, Request, Response, Success,
};
use super::line_kinds::{FENCE, is_divider};
use super::speakers::speaker;
use super::tags::is_tag_of_html;
use super::{Kind, Part};
use crate::catalog::status_name;
use crate::explain::lines::dialogue::{after_shell_prompt, asks_anew};
use crate::explain::values::http::{
    METHODS, has_request, is_address, response_status, server_and_path,
};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, has_error_code, is_of_id, status};
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
        "response actual instead got 响应 返回 实际 antwort réponse reponse respuesta resposta ответ \
        レスポンス 応答 응답",
    ),
];
/// With these a heading that names what works is about what does not, or no longer.
const DENIALS: &str = "no not nothing never but got now until 不 非 nicht";
/// Tags that a page of HTML starts with: a proxy answers with one.
const PAGE: &str = "html head body";
/// Commands that show what others have written.
const VIEWERS: &str = "bat cat head jq less more tail type";
/// A request with this method sends no body.
const BODILESS: &str = "GET";
/// Words of a heading, those of an introduction, which ends in a colon, and those of the name of a
/// record.
const MAX_WORDS: usize = 5;
const MAX_WORDS_OF_INTRODUCTION: usize = 16;
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
    /// The status or a header of a response.
    Response,
    /// The status of a response to a request that succeeded.
    Success,
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
    /// The method and the path of its request.
    asked: (Option<&'static str>, &'t str),
    /// Who wrote the message that is read.
    speaker: &'t str,
    /// Where the paragraph above ends.
    end_above: usize,
    /// Whether a heading below the body names the headers of the response.
    is_named_below: bool,
    /// Whether the last heading or status was about what was expected or works.
    is_of_other: bool,
}

impl<'t> PostedExchange<'t> {
    /// Takes in the lines of a paragraph. Adds the exchange that ends above it to `parts`, and the
    /// paragraph as an item where it is about what was expected.
    pub fn take(&mut self, text: &'t str, lines: &[Range<usize>], parts: &mut Vec<Part<'t>>) {
        let (Some(first), Some(last), ..=MAX_LINES) = (lines.first(), lines.last(), lines.len())
        else {
            return self.finish(parts);
        };
        let place = first.start..last.end;
        let speaker = lines.iter().find_map(|line| speaker(&text[line.clone()]));
        // What another person writes is about another exchange.
        if speaker.is_some_and(|name| name != self.speaker) {
            self.finish(parts);
        }
        self.speaker = speaker.unwrap_or(self.speaker);
        let own = shown(text, lines);
        let name = name_of_record(&text[first.clone()]);
        let is_rule = lines.len() == 1 && is_divider(&text[first.clone()]);
        let is_expected = self.is_of_other || own.contains(&NameOfOther);
        self.is_of_other = match own.first() {
            _ if own.contains(&NameOfOther) => true,
            None | Some(NameOfRequest | NameOfHeaders | NameOfResponse) => false,
            _ => self.is_of_other || own.contains(&Success),
        };
        let is_introduction =
            [first, last].into_iter().any(|line| ends_in_colon(&text[line.clone()]));
        let ends = if self.is_of_other {
            own.contains(&Request) || !is_expected
        } else {
            let asked = asked(&text[place.clone()]);
            let asks_again = asked.is_some_and(|it| it == self.asked);
            self.asked = asked.unwrap_or(self.asked);
            self.ends_above(&own, is_introduction, asks_again)
        };
        if ends
            || is_rule && first.start > self.end_above + 1
            || name.is_some_and(|name| self.names.contains(&name))
        {
            let (is_of_other, speaker, asked) = (self.is_of_other, self.speaker, self.asked);
            self.finish(parts);
            (self.is_of_other, self.speaker, self.asked) = (is_of_other, speaker, asked);
        }
        self.end_above = last.end;
        let is_part = self.paragraphs > 0;
        if self.is_of_other {
            parts.extend(is_part.then(|| Part::new(Kind::Item, place)));
        } else if own.is_empty() {
            if !is_part {
                self.names.clear();
            }
            self.between += usize::from(is_part);
            self.names.extend(name);
        } else if is_part || own[0] != Body {
            self.add(&own, place);
            self.names.extend(name);
        }
    }

    /// Whether the exchange ends above a paragraph: a response is whole with its body. What is
    /// between may be about anything, unless the exchange has a request or names, or that is an
    /// introduction.
    fn ends_above(&self, own: &[Shown], is_introduction: bool, asks_again: bool) -> bool {
        let is_empty = own.is_empty();
        let (own, above) = (|it| own.contains(&it), |it| self.shown.contains(&it));
        let has_answer = above(Response) || above(Body);
        let is_whole = above(Body) && (above(Response) || above(NameOfResponse) || !above(Request));
        let is_named = || above(Request) || above(NameOfRequest) || above(NameOfResponse);
        own(Request) && above(Request) && !asks_again
            || (own(Request) || own(NameOfRequest)) && has_answer
            || is_whole && (own(Body) || !own(NameOfHeaders) && !self.is_named_below)
            || is_empty && !is_introduction && !is_named()
            || self.between > MAX_BETWEEN
            || self.paragraphs >= MAX_PARAGRAPHS
    }

    fn add(&mut self, own: &[Shown], place: Range<usize>) {
        self.is_named_below = self.shown.contains(&Body) && own.last() == Some(&NameOfHeaders);
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
    }

    /// Adds the exchange that is read to `parts`, if it has several paragraphs.
    pub fn finish(&mut self, parts: &mut Vec<Part<'t>>) {
        let PostedExchange { place, paragraphs, .. } = mem::take(self);
        parts.extend((paragraphs > 1).then(|| Part::new(Kind::Exchange, place)));
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
        let (command, is_call) = (after_shell_prompt(line.trim_start()), asks_anew(line));
        let line = without_marks(line);
        let own = match command {
            Some(command) => (!is_word_of(VIEWERS, first_word(command))).then_some(Request),
            None if is_call => Some(Request),
            None => shown_in(line, may_be_heading(above))
                .or_else(|| whole.lines().any(is_labelled_code).then_some(Body)),
        };
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
    shown
}

/// Whether a line is an error code after its label.
fn is_labelled_code(line: &str) -> bool {
    let label = line.split(':').next().and_then(meaning_of);
    label.is_some_and(|(role, _)| role == Role::Code) && has_error_code(line)
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
fn name_of_record(line: &str) -> Option<&str> {
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
    let (name, value) = line.split_once([':', '：', '|', '\t']).unwrap_or((line, ""));
    let role = meaning_of(name).map(|(role, _)| role);
    let value = value.trim();
    if has_request(line)
        || line.starts_with("curl ")
        || role == Some(Role::Url) && is_address(value)
    {
        return Some(Request);
    }
    // Some write no colon.
    let word = first_word(line);
    let (role, value) = match meaning_of(word) {
        Some((own @ (Role::RequestId | Role::HttpStatus), _)) if role.is_none() => {
            (Some(own), line[word.len()..].trim())
        }
        _ => (role, value),
    };
    let labelled = || status(value).filter(|_| role == Some(Role::HttpStatus));
    // `212 ms` is none.
    let alone = status(line).filter(|it| !status_name(*it).is_empty());
    match alone.or_else(|| response_status(line)).or_else(labelled) {
        Some(200..300) => Some(Success),
        // The next response follows.
        Some(100..400) => None,
        Some(_) => Some(Response),
        None if role == Some(Role::RequestId)
            || role == Some(Role::HttpStatus) && word.len() < name.len() =>
        {
            Some(Response)
        }
        None if starts_body(line) || role == Some(Role::Code) => Some(Body),
        // `Request body: {}` was sent.
        None if starts_body(value) && names_in_heading(name, true) != Some(NameOfRequest) => {
            Some(Body)
        }
        None => names_in_heading(line, may_be_heading),
    }
}

/// The method and the path of the first address in a paragraph.
fn asked(paragraph: &str) -> Option<(Option<&'static str>, &str)> {
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
    let mut content = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"{[<".contains(c));
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
    inside.is_some_and(is_value) || line.starts_with('<') && !line.starts_with("<http")
}

/// What a line names that is a heading or an introduction.
fn names_in_heading(line: &str, may_be_heading: bool) -> Option<Shown> {
    let line = line.split("</").next()?;
    // Behind a label stands its value.
    let words =
        line.split(": ").next()?.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let is_introduction = ends_in_colon(line);
    let max = if is_introduction { MAX_WORDS_OF_INTRODUCTION } else { MAX_WORDS };
    if !is_introduction && !may_be_heading || words.clone().nth(max).is_some() {
        return None;
    }
    let has = |known: &str, max| {
        // Chinese has no spaces.
        let is_in = |word: &str| known.split(' ').any(|it| !it.is_ascii() && word.contains(it));
        let is_known = |word: &str| is_word_of(known, word) || !word.is_ascii() && is_in(word);
        words.clone().take(max).any(is_known)
    };
    let is_named = |(named, known): &&(Shown, &str)| match named {
        // Further on in an introduction it is said by the way.
        NameOfOther => has(known, MAX_WORDS) && !has(DENIALS, max),
        _ => has(known, max),
    };
    HEADINGS.iter().find(is_named).map(|(named, _)| *named)
}

fn ends_in_colon(line: &str) -> bool {
    line.trim_end().ends_with([':', '：'])
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|it| it == word)
}
