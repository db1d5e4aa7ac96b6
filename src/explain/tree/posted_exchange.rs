//! Exchanges that people post in paragraphs: the request, below it the status and the headers of
//! the response, then its body, perhaps with headings and sentences between.
//!
//! A paragraph that shows anything but a body opens an exchange. Those below it join, up to the body.
//! Another request, what another person writes, a success, a rule and the next record of a list end
//! it. What stands below a heading of what was expected or works is passed over.

use std::collections::HashMap;
use std::mem;
use std::ops::Range;
use std::sync::LazyLock;

use self::Shown::{
    Body, IdInSentence, NameOfHeaders, NameOfOther, NameOfRequest, NameOfResponse, Request,
    RequestId, Response, Success,
};
use super::line_kinds::{FENCE, is_divider};
use super::speakers::speaker;
use super::tags::is_tag_of_html;
use super::{Kind, Part};
use crate::catalog::status_name;
use crate::explain::lines::dialogue::{after_prompt, after_shell_prompt, asks_anew};
use crate::explain::values::http::{
    METHODS, has_request, is_address, response_status, server_and_path,
};
use crate::explain::values::labels::{label, meaning_of};
use crate::explain::values::request_id::id_after_word;
use crate::explain::values::{Role, can_start_word_after, has_error_code, is_of_id, status};
use crate::substrings::{is_word_of, split_while, start_of};

/// Words of a heading that name what was expected or works, the request, the headers of the response,
/// or the response. The first that a heading has counts.
const HEADINGS: [(Shown, &str); 4] = [
    (
        NameOfOther,
        "expect expected expecting should works worked working succeeds succeeded passes passed wanted \
        desired docs documentation documented \
        期望 预期 期待 正常 예상 기대 erwartet esperado attendu ожидалось ожидаемый",
    ),
    (
        NameOfRequest,
        "request 请求 anfrage requête requete solicitud petición requisição запрос リクエスト 요청",
    ),
    (NameOfHeaders, "header headers 响应头 返回头"),
    (
        NameOfResponse,
        "response actual instead got 响应 返回 实际 実際 실제 antwort tatsächlich réponse reponse obtenu \
        respuesta resposta obtenido ответ ответа фактически фактический レスポンス 応答 응답",
    ),
];
/// With these a heading that names what works is about what does not, or no longer.
const DENIALS: &str = "no not nothing never but got now until 不 非 nicht";
/// Tags that a page of HTML starts with: a proxy answers with one.
const PAGE: &str = "html head body";
/// Bytes of the name of a file that a command writes and another shows.
const MIN_FILE: usize = 3;
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
    /// The status of a response that failed.
    Response,
    /// The ID in the head of a response, and one that a sentence below the body says.
    RequestId,
    IdInSentence,
    /// The status of a response to a request that succeeded.
    Success,
    Body,
    NameOfRequest,
    NameOfHeaders,
    NameOfResponse,
    NameOfOther,
}

/// What is read of posts.
#[derive(Default)]
pub struct PostedExchange<'t> {
    exchange: Exchange<'t>,
    /// Who wrote the message that is read.
    speaker: &'t str,
    /// Whether the last heading or status was about what was expected or works.
    is_of_other: bool,
}

impl<'t> PostedExchange<'t> {
    /// Takes in the lines of a paragraph. Adds the exchange that ends above it to `parts`, and the
    /// paragraph as an item where it is about what was expected.
    pub fn take(&mut self, text: &'t str, lines: &[Range<usize>], parts: &mut Vec<Part<'t>>) {
        let ([first, ..], [.., last], ..=MAX_LINES) = (lines, lines, lines.len()) else {
            return self.finish(parts);
        };
        let place = first.start..last.end;
        let first_line = &text[first.clone()];
        let mut own = Paragraph::new(text, lines);
        let above = &text[self.exchange.place.clone()];
        // A command that shows a file which the request above it wrote is no other request.
        if own.file.is_some_and(|file| file.len() >= MIN_FILE && above.contains(file)) {
            own.shown.retain(|it| *it != Request);
        }
        if !self.exchange.shows(Body) {
            own.shown.retain(|it| *it != IdInSentence);
        }
        let was_of_other = self.is_of_other;
        self.is_of_other = match own.shown.first() {
            _ if own.shows(NameOfOther) => true,
            None => was_of_other && own.is_sentence,
            Some(NameOfRequest | NameOfHeaders | NameOfResponse) => false,
            _ => was_of_other || own.shows(Success),
        };
        let ends = if self.is_of_other {
            own.shows(Request) || !was_of_other && !own.shows(NameOfOther)
        } else {
            self.exchange.ends_above(&own)
        };
        // A rule right below a line underlines it.
        let is_below_gap = text[..first.start].trim_end().len() + 1 < first.start;
        let is_rule = lines.len() == 1 && is_divider(first_line) && is_below_gap;
        let speaker = speaker(first_line);
        let name = name_of_record(first_line);
        if ends
            || is_rule
            || name.is_some_and(|name| self.exchange.names.contains(&name))
            || speaker.is_some_and(|name| name != self.speaker)
        {
            // What stands above another body is of that.
            if own.shown.first() == Some(&Body) && self.exchange.end_of_body > 0 {
                self.exchange.place.end = self.exchange.end_of_body;
            }
            self.exchange.finish(parts);
        }
        self.speaker = speaker.unwrap_or(self.speaker);
        let is_part = self.exchange.paragraphs > 0;
        if self.is_of_other {
            parts.extend(is_part.then(|| Part::new(Kind::Item, place)));
            return;
        }
        // Headers that were sent.
        if own.shows(NameOfRequest) && own.shows(RequestId) && !own.shows(Request) {
            parts.push(Part::new(Kind::Item, place.clone()));
        }
        if own.shown.is_empty() {
            if !is_part {
                self.exchange.names.clear();
            }
            self.exchange.between += usize::from(is_part);
        } else if is_part || own.shown[0] != Body {
            self.exchange.add(own, place);
        } else {
            return;
        }
        self.exchange.names.extend(name);
    }

    /// Adds the exchange that is read to `parts`, if it has several paragraphs.
    pub fn finish(&mut self, parts: &mut Vec<Part<'t>>) {
        self.exchange.finish(parts);
        self.is_of_other = false;
    }
}

/// The method and the path of a request.
type Asked<'t> = (Option<&'static str>, &'t str);

/// A paragraph by itself.
struct Paragraph<'t> {
    shown: Vec<Shown>,
    asked: Option<Asked<'t>>,
    /// The last word of a command in it.
    file: Option<&'t str>,
    is_introduction: bool,
    /// Whether it is no heading that names something else.
    is_sentence: bool,
    /// Whether each line says a request ID, or that it is of the response.
    says_only_id: bool,
}

impl<'t> Paragraph<'t> {
    fn new(text: &'t str, lines: &[Range<usize>]) -> Self {
        let shown = shown(text, lines);
        let whole = &text[lines[0].start..lines[lines.len() - 1].end];
        let first = &text[lines[0].clone()];
        let is_of_id =
            |it: &Shown| matches!(it, RequestId | IdInSentence | NameOfResponse | NameOfHeaders);
        let command = after_shell_prompt(first.trim_start()).or_else(|| after_prompt(first));
        Paragraph {
            asked: first_address(whole).filter(|_| shown.contains(&Request)),
            file: command.and_then(|it| it.lines().next()?.split_whitespace().last()),
            is_introduction: [first, whole].into_iter().any(ends_in_colon),
            is_sentence: whole.ends_with(['.', '。']) || has_error_code(start_of(whole, MAX_BODY)),
            says_only_id: shown.len() >= lines.len() && shown.iter().all(is_of_id),
            shown,
        }
    }

    fn shows(&self, it: Shown) -> bool {
        self.shown.contains(&it)
    }
}

/// The paragraphs of the exchange that is read.
#[derive(Default)]
struct Exchange<'t> {
    place: Range<usize>,
    paragraphs: usize,
    /// How many paragraphs that show nothing stand below these.
    between: usize,
    /// What they show.
    shown: Vec<Shown>,
    asked: Option<Asked<'t>>,
    /// The names of the records that they are, if they are a list.
    names: Vec<&'t str>,
    /// Where it ends without the request ID that stands below the body; 0 where none does.
    end_of_body: usize,
}

impl<'t> Exchange<'t> {
    fn shows(&self, it: Shown) -> bool {
        self.shown.contains(&it)
    }

    /// Whether it ends above a paragraph: a response is whole with its body. Below that may stand its
    /// request ID, or its headers below a heading. What is between may be about anything, unless the
    /// exchange has a request or names, or that is an introduction.
    fn ends_above(&self, paragraph: &Paragraph) -> bool {
        let (own, above) = (|it| paragraph.shows(it), |it| self.shows(it));
        let has_head = above(Response) || above(RequestId);
        let is_whole = above(Body) && (has_head || above(NameOfResponse) || !above(Request));
        let names_headers = own(NameOfHeaders) || self.shown.last() == Some(&NameOfHeaders);
        let says_id = paragraph.says_only_id && !above(RequestId) && !above(IdInSentence);
        let is_named = || above(Request) || above(NameOfRequest) || above(NameOfResponse);
        // A client shows the request that its command sends.
        let is_echo =
            self.between == 0 && paragraph.asked.is_some() && paragraph.asked == self.asked;
        own(Request) && (above(Body) || has_head || above(Request) && !is_echo)
            || own(NameOfRequest) && above(Body)
            || is_whole && (own(Body) || !names_headers && !says_id)
            || paragraph.shown.is_empty() && !paragraph.is_introduction && !is_named()
            || self.between > MAX_BETWEEN
            || self.paragraphs >= MAX_PARAGRAPHS
    }

    fn add(&mut self, paragraph: Paragraph<'t>, place: Range<usize>) {
        let is_below_body = self.shows(Body) && paragraph.says_only_id;
        self.end_of_body = if is_below_body { self.place.end } else { 0 };
        if self.paragraphs == 0 {
            self.place.start = place.start;
        }
        self.place.end = place.end;
        self.paragraphs += 1 + mem::take(&mut self.between);
        self.asked = paragraph.asked.or(self.asked);
        // A body above the response was sent.
        let is_of_response =
            |it: &Shown| matches!(it, Response | RequestId | NameOfResponse | NameOfHeaders);
        if paragraph.shown.iter().any(is_of_response) && !self.shown.iter().any(is_of_response) {
            self.shown.retain(|it| *it != Body);
        }
        self.shown.extend(paragraph.shown);
    }

    /// Adds it to `parts`, if it has several paragraphs, and starts another.
    fn finish(&mut self, parts: &mut Vec<Part<'t>>) {
        let Exchange { place, paragraphs, .. } = mem::take(self);
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
    let split = line.split_once([':', '：', '|', '\t']);
    // Some write no colon after these.
    let (name, value) = split.unwrap_or_else(|| line.split_at(first_word(line).len()));
    let role = meaning_of(name)
        .map(|(role, _)| role)
        .filter(|role| split.is_some() || matches!(role, Role::RequestId | Role::HttpStatus));
    let value = value.trim_matches([' ', '*', '`']);
    if has_request(line) && says_success(line) {
        return Some(Success);
    }
    if has_request(line)
        || line.starts_with("curl ")
        || role == Some(Role::Url) && is_address(value)
    {
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

fn says_success(line: &str) -> bool {
    let mut statuses = line.split(|c: char| !c.is_alphanumeric()).filter_map(status);
    statuses.any(|it| (200..300).contains(&it) && !status_name(it).is_empty())
}

/// Whether a line says a request ID behind other words.
fn says_request_id(line: &str, name: &str) -> bool {
    let is_named = || label(name, false).is_some_and(|it| it.role == Role::RequestId);
    let mut starts = line.match_indices(['R', 'r']).map(|(at, _)| at);
    name.len() < line.len() && is_named()
        || starts.any(|at| {
            can_start_word_after(&line.as_bytes()[..at]) && id_after_word(line, at).is_some()
        })
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
    // Templates have variables in two brackets.
    inside.is_some_and(is_value) && !line.starts_with("{{")
        || line.starts_with('<') && !line.starts_with("<http")
}

/// What a line names that is a heading or an introduction.
fn names_in_heading(line: &str, may_be_heading: bool) -> Option<Shown> {
    let line = line.split("</").next()?;
    // Behind a label stands its value.
    let words =
        line.split(": ").next()?.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let is_introduction = ends_in_colon(line);
    let max = if is_introduction { MAX_WORDS_OF_INTRODUCTION } else { MAX_WORDS };
    if line.ends_with('?')
        || !is_introduction && !may_be_heading
        || words.clone().nth(max).is_some()
    {
        return None;
    }
    let mut found = Vec::new();
    for (number, word) in words.enumerate() {
        // Further on in an introduction what works is said by the way.
        let counts = |it: &Option<Shown>| *it != Some(NameOfOther) || number < MAX_WORDS;
        found.extend(lists_with(&word.to_lowercase()).into_iter().filter(counts));
    }
    let is_denied = found.contains(&None);
    let is_named =
        |named: &Shown| found.contains(&Some(*named)) && (*named != NameOfOther || !is_denied);
    HEADINGS.iter().map(|(named, _)| *named).find(is_named)
}

/// The words of all lists, each with what those that have it name; none for denials.
static LISTS: LazyLock<HashMap<&str, Vec<Option<Shown>>>> = LazyLock::new(|| {
    let mut lists = HashMap::new();
    let named = HEADINGS.iter().map(|(named, words)| (Some(*named), *words));
    for (named, words) in named.chain([(None, DENIALS)]) {
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            lists.entry(word).or_insert_with(Vec::new).push(named);
        }
    }
    lists
});

/// The names of the lists that have a word, in small letters. Chinese has no spaces: a part of it
/// counts.
fn lists_with(word: &str) -> Vec<Option<Shown>> {
    if word.is_ascii() {
        return LISTS.get(word).cloned().unwrap_or_default();
    }
    let parts = LISTS.iter().filter(|(known, _)| word.contains(**known));
    parts.flat_map(|(_, named)| named).copied().collect()
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
