//! Request IDs without a label right before them: what they look like. `owner::occurrence` looks
//! for an ID at the end of the code's line, and in the code's row. `tree::labelled_fields` reads
//! IDs with a label, whose names are in `labels`.

use super::addresses::{is_of_service, starts_with_version};
use super::east_asian::{IS, word_behind};
use super::http::{shows_exchange, statuses_alone_in};
use super::labels::{is_label_char, label};
use super::others_request::may_be_of_failed_request;
use super::{FULL_ID_LENGTH, Field, Rank, Role, is_hexadecimal, is_id_char, starts_at, status};
use crate::data::words::{is_ideograph, is_number};
use crate::substrings::{end_of, is_word_of, last_word, place_in, split_while, start_of};

/// The fewest characters of a request ID without a label.
pub(crate) const MIN_UNLABELLED_ID: usize = 16;
/// The fewest characters of a request ID in brackets with its name.
const MIN_IN_BRACKETS: usize = 8;
/// The most characters of a request ID: a hash of git has more.
const MAX_ID: usize = 36;
/// The most bytes before a request ID that are read.
const MAX_BEFORE_ID: usize = 96;
/// The most bytes behind the name of a request ID in which the ID must start.
const MAX_BETWEEN: usize = 64;
/// The most words between the name of a request ID and the ID.
const MAX_WORDS_BETWEEN: usize = 8;

/// Ends of a text that has been cut off; the last is Guzzle's.
const CUT_OFF: [&str; 3] = ["...", "…", "(truncated...)"];
/// Names of a request ID in a sentence.
const ID_NAMES: [&str; 4] = ["request id", "request-id", "requestid", "request_id"];
/// Words right before a request ID.
const WORDS_BEFORE_ID: [&str; 5] = ["request", "requête", "requisição", "req", "rid"];
/// Words that make `request ID` the name of another ID: `client request ID`.
const NAMES_OF_OTHER_ID: &str = "client correlation first last other own parent previous trace";
/// Words around the name of a request ID that say that the ID is not that of the failed request
/// (`… of the successful retry`), or that there is none.
const WORDS_OF_OTHER_REQUEST: &str = "account before domain earlier erfolgreichen exitosa good no none \
    not null ok policy project réussie retry second succeeded success successful user worked working works";
/// Characters that end a sentence or start another value.
const SENTENCE_ENDS: &str = "\n\",;{}[]=?!&|";
/// Words that may stand between the name of a request ID and the ID.
const WORDS_BETWEEN: &str = "a aus da das de dem der des die do du el em en es est for from had has header \
    headers im in is ist la las lautet le na o of our reads says shows span strong the this value war \
    was é est antwort answer antwort-header call code failed reply resp response respuesta resposta \
    réponse";
/// What stands before the status of a response that has its request ID in brackets behind it.
const SURE_BEFORE_STATUS: [&str; 5] = ["-> ", "=> ", "→ ", "HTTP ", "status "];
/// Words before such a status that any sentence may have: they count only if a body or the message
/// follows.
const VAGUE_BEFORE_STATUS: [&str; 4] = ["with ", "was ", "got ", "returned "];
/// Separators between a request ID and the message before it.
const SEPARATORS: [char; 8] = ['.', ',', ';', '(', '[', '|', '-', '!'];

/// Whether a text names a request ID.
pub(crate) fn names_request_id(text: &str) -> bool {
    let mut starts = memchr::memchr2_iter(b'R', b'r', text.as_bytes());
    starts.any(|at| ID_NAMES.iter().any(|name| starts_at(text, at, name)))
}

/// Whether a text without a label may be a request ID.
pub(crate) fn is_unlabelled_id(value: &str) -> bool {
    // OpenStack puts a word before the ID.
    let value = value.strip_prefix("req-").unwrap_or(value);
    // A time or a count has digits alone.
    value.len() >= MIN_UNLABELLED_ID
        && is_hexadecimal(value)
        && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The request ID after its name in a sentence (`X-Request-Id of the answer was 7f3c9a1e…`), or
/// right after a word for the request itself (`request 7f3c9a1e… failed`). The name or word starts
/// at `at`.
pub(crate) fn id_after_word(text: &str, at: usize) -> Option<Field> {
    let stands_here = |name: &&&str| starts_at(text, at, name);
    let name = ID_NAMES.iter().chain(&WORDS_BEFORE_ID).find(stands_here)?;
    let after = &text[at + name.len()..];
    let value = if let Some(id) = id_in_brackets(&text[..at], after) {
        id
    } else if let Some(id) = id_after_is(after)
        .filter(|id| may_be_of_failed_request(&text[..at], &after[place_in(after, id).end..]))
    {
        id
    } else if ID_NAMES.contains(name) {
        id_in_sentence(after)?
    } else {
        // Text in quotes may be the name of another request, but not in `failed (request "7f3c…")`.
        let quoted = after.strip_prefix(" \"").filter(|_| text[..at].ends_with('('));
        let value = quoted.unwrap_or_else(|| after.trim_start_matches([' ', '=', ':', '`']));
        leading_id(value).filter(|_| after.starts_with([' ', '=']))?
    };
    let before = text[..at].trim_end_matches(['X', 'x', '-', '_', ' ']);
    if is_word_of(NAMES_OF_OTHER_ID, last_word(before)) {
        return None;
    }
    Some(Field { start: at, ..Field::new(Role::RequestId, Rank::Said, place_in(text, value)) })
}

/// The request ID after its name, whose `ID` starts at `at`: `请求ID 7f3c9a1e…`, `请求ID是7f3c9a1e…`,
/// `请求ID（7f3c9a1e…）`, `ID是7f3c9a1e…的请求`. None if the name or the sentence says that the ID is
/// another request's, or that the request succeeded.
pub(super) fn id_after_east_asian_name(text: &str, at: usize) -> Option<Field> {
    let before = &text[..at];
    let after = starts_at(text, at, "id").then(|| &text[at + "id".len()..])?;
    let is_named = before.trim_end_matches(' ').ends_with(is_ideograph);
    if !is_named && word_behind(after.trim_start(), IS).is_none() {
        return None;
    }
    let is_mark = |c: char| c.is_whitespace() || "（(「“\"`".contains(c);
    let id = id_after_is(after).or_else(|| leading_id(after.trim_start_matches(is_mark)))?;
    let behind = &after[place_in(after, id).end..];
    let near = &text[at - end_of(before, MAX_BEFORE_ID).len()..at + "id".len()];
    let name = label(near, false).filter(|it| it.role == Role::RequestId && is_named);
    let name = name.map(|it| place_in(text, near).start + it.start);
    let is_of_request = || behind.starts_with("的请求") && !before.ends_with(char::is_alphanumeric);
    let start = name.or_else(|| is_of_request().then_some(at))?;
    let field = Field::new(Role::RequestId, Rank::Said, place_in(text, id));
    may_be_of_failed_request(before, behind).then_some(Field { start, ..field })
}

/// The request ID behind a word for `is`.
fn id_after_is(after: &str) -> Option<&str> {
    let after = after.trim_start();
    let value = word_behind(after, IS)?;
    leading_id(value.trim_start())
}

/// The request ID in the brackets that open at `at`, right behind the status of a failure or an
/// address of the service: `-> 404 (7f3c9a1e…)`, `failed with 400 (7f3c9a1e…): …`,
/// `POST /v1/organizations/… [7f3c9a1e…] {…}`.
pub(crate) fn id_in_brackets_behind(text: &str, at: usize) -> Option<Field> {
    let before = text[..at].strip_suffix(' ')?;
    let word = end_of(before, MAX_BEFORE_ID).rsplit(' ').next()?;
    let (id, behind) = split_while(&text[at + 1..], is_id_char);
    let behind = behind.strip_prefix([')', ']'])?;
    let is_full = (FULL_ID_LENGTH..=MAX_ID).contains(&id.len());
    // A full ID before a message or a body.
    let is_introduction = || is_full && [":", " {", " \"{"].iter().any(|it| behind.starts_with(it));
    // A build may have the number 404, too: words before the number say that it is a status.
    let is_behind_failure = || {
        let ends_in =
            |words: &[&str]| words.iter().any(|it| before[..before.len() - 3].ends_with(it));
        word.len() == 3
            && status(word).is_some_and(|status| status >= 400)
            && (ends_in(&SURE_BEFORE_STATUS) || ends_in(&VAGUE_BEFORE_STATUS) && is_introduction())
    };
    // Behind an address only a body or a message shows that the request failed.
    let is_behind_address =
        || is_introduction() && starts_with_version(word) && is_of_service(word);
    let is_own = is_unlabelled_id(id) && (is_behind_failure() || is_behind_address());
    is_own.then(|| Field::new(Role::RequestId, Rank::Beside, place_in(text, id)))
}

/// The request ID that stands in brackets with its name; there it may be shorter:
/// `(request d73c58e0)`, `(status 400, request_id 91be00d7c2)`. `before` and `after` are the texts
/// around the name.
fn id_in_brackets<'t>(before: &str, after: &'t str) -> Option<&'t str> {
    let value = after.strip_prefix(' ')?;
    // A line may be broken there.
    let value = value.strip_prefix('\n').unwrap_or(value);
    let (id, behind) = split_while(value, |c| c.is_ascii_hexdigit());
    let behind = behind.strip_prefix([')', ']'])?;
    let is_at_start = ["(", "[", ", "].iter().any(|it| before.ends_with(it));
    // If the sentence goes on, it may be about another request.
    let is_apart = is_at_start && !behind.starts_with([' ', '(']);
    let has = |is_of: fn(&u8) -> bool| id.bytes().any(|b| is_of(&b));
    let is_id =
        id.len() >= MIN_IN_BRACKETS && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    (is_apart && is_id).then_some(id)
}

/// The request ID that a line ends with, and where its name starts. Between name and ID, words may
/// say what the ID is for: `Request ID for the support: 7f3c9a1e…`.
pub(crate) fn named_id_at_end(line: &str) -> Option<(usize, &str)> {
    if is_cut_off(line) {
        return None;
    }
    let line = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (before_id, id) = split_last_id(line)?;
    let near = end_of(before_id, MAX_BEFORE_ID);
    let words = near.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let marks = &near[words.len()..];
    let is_set_off = marks.contains([':', '：', '=', '|', '.'])
        || marks.ends_with("  ")
        || words.ends_with(is_ideograph);
    let word_ends = near.rmatch_indices(|c: char| !is_label_char(c)).map(|(at, _)| at);
    let mut names = word_ends.filter_map(|end| Some((end, label(&near[..end], false)?)));
    let (name_end, name) = names.find(|(_, name)| name.role == Role::RequestId)?;
    let between = words.get(name_end..).unwrap_or_default();
    let word_before = last_word(near[..name.start].trim_end());
    let mut around = between.split_whitespace().chain([word_before]);
    let is_of_other =
        |it| is_word_of(NAMES_OF_OTHER_ID, it) || is_word_of(WORDS_OF_OTHER_REQUEST, it);
    let is_own = is_set_off
        && !between.contains([':', '=', ',', ';', '/', '|', '.'])
        && around.clone().count() <= MAX_WORDS_BETWEEN
        && !around.any(is_of_other);
    is_own.then_some((before_id.len() - near.len() + name.start, id))
}

/// The request ID at the end of a line, and its offset. Before the ID stand a request and its
/// failed status, as the vendor's SDK for Python logs a call
/// (`"GET https://…" 404 133 0:00:00.09 7f3c…`), or the status alone (`HTTP 400 7f3c…`).
pub(crate) fn id_behind_exchange(line: &str) -> Option<(usize, &str)> {
    let line = line.trim_end();
    // The vendor's SDK for Java puts the size before the ID and the milliseconds behind it.
    let with_duration = line.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix(' ');
    let of_java = with_duration.and_then(split_last_id);
    let of_java = of_java.filter(|(before, _)| is_number(last_word(before.trim_end())));
    let (before, id) = of_java.or_else(|| split_last_id(line))?;
    let is_failure = |status: u16| status >= 400;
    let alone = before.trim().trim_start_matches("HTTP ");
    let is_behind_status = || alone.len() == 3 && status(alone).is_some_and(is_failure);
    let is_of_failure = (FULL_ID_LENGTH..=MAX_ID).contains(&id.len())
        && before.ends_with(' ')
        && (is_behind_status()
            || shows_exchange(before) && statuses_alone_in(before).any(is_failure));
    is_of_failure.then_some((before.len(), id))
}

/// The request ID that a text starts with.
fn leading_id(text: &str) -> Option<&str> {
    let (word, _) = split_while(text, is_id_char);
    let value = word.trim_end_matches('.');
    (is_unlabelled_id(value) && !is_cut_off(word)).then_some(value)
}

/// The request ID in a sentence, given the text after its name.
fn id_in_sentence(after: &str) -> Option<&str> {
    // Behind a colon the ID has a label; a letter continues the name, and `%` starts an escape.
    if after.starts_with(|c: char| c == ':' || c == '%' || c.is_alphabetic()) {
        return None;
    }
    // A mail may break the line there.
    let below = after.strip_prefix('\n').map(str::trim_start).and_then(leading_id);
    if below.is_some() {
        return below;
    }
    let after = after.trim_start_matches([' ', '=', '{', '`', '"']);
    let near = start_of(after, MAX_BETWEEN);
    let between = near.split(|c| SENTENCE_ENDS.contains(c)).next()?;
    let words = between.split(|c: char| !is_id_char(c) && !c.is_alphanumeric());
    // The ID may be longer than the part that is read.
    let value = |word| leading_id(&after[place_in(after, word).start..]);
    let mut words = words.filter(|word| !word.is_empty()).take(MAX_WORDS_BETWEEN + 1);
    words.find(|word| !is_word_of(WORDS_BETWEEN, word)).and_then(value)
}

/// Whether a text has been cut off: an ID at its end would not be whole.
pub(crate) fn is_cut_off(text: &str) -> bool {
    CUT_OFF.iter().any(|mark| text.ends_with(mark))
}

/// Splits a text that ends with a separator and a request ID: the text before the ID, and the ID.
pub(crate) fn id_after_separator(text: &str) -> Option<(&str, &str)> {
    if is_cut_off(text) {
        return None;
    }
    let text = text.trim_end_matches(['\r', ' ', ')', ']', '.', '"', '\'']);
    let (before, id) = split_last_id(text)?;
    let before = before.trim_end_matches(' ');
    before.ends_with(SEPARATORS).then_some((before, id))
}

/// Splits off an ID that is the last word of a text: the text before the ID, and the ID.
fn split_last_id(text: &str) -> Option<(&str, &str)> {
    let is_hyphenated = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let (before, id) = text.split_at(text.trim_end_matches(is_hyphenated).len());
    is_unlabelled_id(id).then_some((before, id))
}

/// The request ID in the row of a code: alone in a cell behind the cell of the status `number` or
/// behind the code, `(400, '7f3c…', 'Organizations.1305', …)`. `before` and `after` are the row on
/// each side of the code; `max` cells of each are read.
pub(crate) fn id_in_cells<'t>(
    before: &'t str,
    after: &'t str,
    number: u16,
    max: usize,
) -> Option<&'t str> {
    let is_mark = |c: char| " '\"()[]{}".contains(c);
    let last = before.trim_end_matches(is_mark).chars().next_back().unwrap_or(' ');
    let separator = if ",;|\t".contains(last) { last } else { ' ' };
    // A row may be long, and have many codes. The part next to the code is the rest of its own
    // cell.
    let mut cells: Vec<_> = before.rsplit(separator).skip(1).take(max).collect();
    cells.reverse();
    let first_behind = cells.len();
    cells.extend(after.split(separator).skip(1).take(max));
    let cells = cells.into_iter().map(|cell| cell.trim_matches(is_mark));
    // An exception begins with its name: `ApiError(404`.
    let written = number.to_string();
    let status_at = cells.clone().position(|cell| cell.rsplit('(').next() == Some(&*written))?;
    cells.skip(first_behind.min(status_at)).find(|cell| is_unlabelled_id(cell))
}
