//! Numbers that are statuses, though no label says so, because of what stands around them: words
//! (`status code was 404`, `curl: (22) The requested URL returned error: 400`), the name of the
//! status, a request, the arrow of a line that was received (`< 404`), a body or a code.

use super::addresses::{SERVICE_PATH, starts_with_address};
use super::east_asian::{Introduced, introduced, starts_with_unit};
use super::http::{starts_json, starts_with_request};
use super::labels::{MAX_MARKUP, meaning_of};
use super::{Field, Rank, Role, is_error_code, is_id_char, status};
use crate::catalog::status_name;
use crate::data::words::{is_ideograph, is_number};
use crate::substrings::{byte_set, end_of, is_word_of, last_word, split_while, start_of};

/// Words before a status: `status 404`, `error[400]:`, `failed (400):`.
const WORDS_BEFORE_STATUS: &str = "status code got returned http error resp response failed received \
    actual rejected exception";
/// Words before a number that is a status only if the catalog documents it for the code:
/// `I get 403`.
const WORDS_BEFORE_POSSIBLE: &str = "a answered answers back error erreur gave get gets getting gives me \
    replied respuesta returning returns renvoie réponse said with ответ ошибка ошибкой ошибку";
/// Words before a possible status or an amount; what follows the number decides: `recibo 400`,
/// `recibo 400 euros`.
const AMBIGUOUS_WORDS_BEFORE: &str = "an bekomme ein eine einem einen erhalte obtengo recebo recevons recibo \
    reçois un une um получаем получаю получил возвращает";
/// Words that make the number before them an amount: `404 rows`.
const UNITS_AFTER: &str = "bytes calls entries items ms records requests rows s sec seconds times";
/// Words before a number that is not the status of this response: it was expected, is earlier, or
/// belongs to another thing.
const WORDS_BEFORE_OTHER_NUMBER: &str =
    "before earlier exit expect expected expecting line old port prev previous want wanted were";
/// Words that may stand between a word of `WORDS_BEFORE_OTHER_NUMBER` and the number.
const WORDS_BETWEEN: &str = "a be code http is response status to value was";
/// Words that may follow `status` in a label: `Status of the answer: `.
const WORDS_OF_RESPONSE: &str = "answer antwort api client code das de der du get got i is la listener \
    of our printed prints received recibido reçu reply reported response respuesta resposta returned \
    réponse server service shown the was we";
/// Words that connect a word and its number: `status code was 404`.
const CONNECTING_WORDS: [&str; 3] = [" is", " was", " of"];
/// How tests introduce what they got.
const WORDS_OF_TESTS: [&str; 2] = [" but was", "^ actual value is"];
/// What stands between a status and the request that it answers.
const BEFORE_REQUEST: [&str; 4] = [" ", " on ", " for ", "] during ["];
/// Words that clients put after a status instead of its name: `400 Client Error: Bad Request`.
const IN_PLACE_OF_NAME: [&str; 3] = ["clienterror", "servererror", "message="];
/// Characters before the name of a status, and in it.
const NAME_SEPARATORS: [char; 6] = [' ', '-', ':', '(', ')', ','];
/// What stands on both sides of a status: `ApiError(404, '…')`, `failed: (404)`, and cells such as
/// `1305;404;x` and `1305,404,x`, or between tabs.
const BORDERS: [(&str, &str); 5] = [("(", ","), (": (", ")"), (";", ";"), (",", ","), ("\t", "\t")];
/// Bytes that end an address.
const ADDRESS_ENDS: [bool; 256] = byte_set(b" \n\"'`[]()<>");
/// Marks of Markdown around a number.
const NUMBER_MARKS: [&str; 3] = ["**", "*", "`"];
/// The most words that a status label may have at the start of a longer label.
const MAX_WORDS_OF_STATUS: usize = 3;
/// The most bytes on each side of a number that are read.
const MAX_NEAR_NUMBER: usize = 256;

/// The number at `at`, if what stands around it says that it is a status. It starts with 4 or 5.
pub(crate) fn unlabelled_status(text: &str, at: usize) -> Option<Field> {
    let number = status(&text[at..])?;
    let (before, after) = (&text[..at], start_of(&text[at + 3..], MAX_NEAR_NUMBER));
    let marks =
        NUMBER_MARKS.iter().find_map(|it| before.strip_suffix(it).zip(after.strip_prefix(it)));
    let (before, after) = marks.unwrap_or((before, after));
    let name = status_name(number);
    let introduced = introduced(before, after);
    let is_introduced = || introduced.is_some() || introduces_status(before);
    // In a line of Spring Boot the number of the process stands before ` --- `.
    if after.starts_with(" --- ")
        || is_in_list(before, after)
        || are_decimals(before)
        || is_of_other(before)
        || introduced == Some(Introduced::Denied)
        || is_amount(after)
    {
        return None;
    }
    let field = |role, rank| Some(Field::new(role, rank, at..at + 3));
    if !name.is_empty() && is_of_request(before, after) {
        field(Role::HttpStatus, Rank::Vague)
    } else if name_follows(after, name)
        || is_after_name(before, after, name)
        || introduced == Some(Introduced::Status)
        || word_says_status(before)
        || label_starts_with_status(before)
        || is_on_received_line(before, after)
    {
        field(Role::HttpStatus, Rank::Said)
    } else if is_after_body(before, after) {
        // The field starts at the end of the body, to be in the body's log record.
        let start = before.trim_end_matches(['\n', ' ']).len() - 1;
        field(Role::HttpStatus, Rank::Beside).map(|it| Field { start, ..it })
    } else if is_before_body_or_code(before, after, is_introduced) {
        field(Role::HttpStatus, Rank::Beside)
    } else if !name.is_empty()
        && (stands_alone(before, after, is_introduced)
            || after.starts_with(" == ")
            || is_with_code(after))
    {
        let rank = if introduced.is_some() { Rank::Vague } else { Rank::Exact };
        field(Role::PossibleStatus, rank)
    } else {
        None
    }
}

/// Whether a line has a status of 400 or more without a label.
pub(crate) fn has_unlabelled_status(line: &str) -> bool {
    let mut digits = memchr::memchr2_iter(b'4', b'5', line.as_bytes());
    digits.any(|at| unlabelled_status(line, at).is_some())
}

/// Whether a unit behind a number makes it an amount: `500 ms`, `404 rows`.
fn is_amount(after: &str) -> bool {
    let unit = after.strip_prefix(' ').unwrap_or_default();
    is_word_of(UNITS_AFTER, split_while(unit, |c| c.is_ascii_alphabetic()).0)
        || starts_with_unit(after)
}

/// Whether `with` and a code stand behind a number: `401 with Organizations.1002`.
fn is_with_code(after: &str) -> bool {
    let code = after.strip_prefix(" with ").map(|code| code.trim_start_matches('`'));
    code.is_some_and(|code| is_error_code(split_while(code, is_id_char).0))
}

/// Whether a status stands beside another one, with a comma between.
fn is_in_list(before: &str, after: &str) -> bool {
    let last = before.trim_end_matches(' ').strip_suffix(',');
    let last = last.map(last_word);
    let next = after.strip_prefix(',').map(str::trim_start);
    [last, next].into_iter().flatten().any(|it| status(it).is_some())
}

/// Whether a number after a text is the fraction of a second: `17:53:27,413`.
fn are_decimals(before: &str) -> bool {
    let is_digit = u8::is_ascii_digit;
    matches!(before.as_bytes(), [.., b':', a, b, b',' | b'.'] if is_digit(a) && is_digit(b))
}

/// Whether a number after a text is the status of another thing, or a status that was expected:
/// `exit_status=`, `Expected status 404 but`.
fn is_of_other(before: &str) -> bool {
    let mut text = before.trim_end_matches([' ', ':', '=', '<', '(', '"']);
    // A test compares what it got with the number.
    if before[text.len()..].contains("==") {
        return true;
    }
    while is_word_of(WORDS_BETWEEN, last_word(text)) {
        text = &text[..text.len() - last_word(text).len()];
        text = text.trim_end_matches([' ', '_', '-']);
    }
    is_word_of(WORDS_BEFORE_OTHER_NUMBER, last_word(text))
}

/// Whether a number is the status that answers a request. The number stands behind an address,
/// perhaps after an arrow, or before a request. At the start of a line or a string it may also
/// stand before an address of the service that has no method.
fn is_of_request(before: &str, after: &str) -> bool {
    let text = before.trim_end_matches(' ');
    let is_after_space = text.len() < before.len();
    // `(GET https://…) 404 {`, as Java prints a response; an address alone in brackets is in a
    // sentence.
    let in_brackets = text.strip_suffix(')').map(|text| end_of(text, MAX_NEAR_NUMBER));
    if let Some((_, request)) = in_brackets.and_then(|it| it.rsplit_once('(')) {
        let goes_on = after.trim_start_matches(' ').starts_with(char::is_alphabetic);
        return is_after_space && !goes_on && starts_with_request(request);
    }
    let text = text.trim_end_matches(['-', '=', '>', '→', ' ', '"']).as_bytes();
    let is_after_address = || {
        let near = &text[text.len().saturating_sub(MAX_NEAR_NUMBER)..];
        let address = near.rsplit(|byte| ADDRESS_ENDS[usize::from(*byte)]).next();
        address.and_then(|it| str::from_utf8(it).ok()).is_some_and(starts_with_address)
    };
    let starts_text = before.is_empty() || before.ends_with(['\n', '"']);
    let is_before_address =
        starts_text && after.strip_prefix(' ').is_some_and(starts_with_address_of_service);
    is_after_space && is_after_address()
        || is_before_address
        || BEFORE_REQUEST.iter().any(|it| after.strip_prefix(it).is_some_and(starts_with_request))
}

/// Whether a text starts with an address that has a path of the service.
fn starts_with_address_of_service(text: &str) -> bool {
    let address = text.split(char::is_whitespace).next().unwrap_or_default();
    starts_with_address(address) && address.contains(SERVICE_PATH)
}

/// Whether the word before a number says that it is a status: `status code was `, `error[`.
fn word_says_status(before: &str) -> bool {
    let words = before.trim_end_matches([' ', '[', '(', '<', '"', '\'', ':', '=']);
    let unconnected =
        CONNECTING_WORDS.iter().find_map(|link| words.strip_suffix(link)).unwrap_or(words);
    let last = unconnected.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_label = || matches!(meaning_of(last), Some((Role::HttpStatus, Rank::Exact)));
    let is_word = is_word_of(WORDS_BEFORE_STATUS, last_word(unconnected)) || is_label();
    words.len() < before.len() && (is_word || WORDS_OF_TESTS.iter().any(|it| words.ends_with(it)))
}

/// Whether a number stands on a line that an arrow marks as received, perhaps behind the number of
/// the request: `1 < 404`, `< 404 in 0.2s`.
fn is_on_received_line(before: &str, after: &str) -> bool {
    let ends_here = after.is_empty() || after.starts_with('\n') || after.starts_with(" in ");
    let line = || end_of(before, MAX_NEAR_NUMBER).rsplit('\n').next().unwrap_or_default();
    let arrow = ends_here.then(line).and_then(|line| line.strip_suffix("< "));
    arrow.map(str::trim).is_some_and(|number| number.is_empty() || is_number(number))
}

/// Whether the name of the status follows its number. .NET writes the name as one word; others
/// write `Client Error` in its place.
fn name_follows(after: &str, name: &str) -> bool {
    let starts_with = |name: &str| {
        let mut there = letters(after);
        letters(name).all(|letter| there.next() == Some(letter))
    };
    let is_separated = after.starts_with(NAME_SEPARATORS);
    let mut names = IN_PLACE_OF_NAME.into_iter().chain(Some(name).filter(|name| !name.is_empty()));
    is_separated && names.any(starts_with)
}

/// The letters of a text that may be the name of a status, in lower case and without separators.
fn letters(text: &str) -> impl DoubleEndedIterator<Item = u8> {
    let letters = text.bytes().filter(|byte| !NAME_SEPARATORS.contains(&char::from(*byte)));
    letters.map(|byte| byte.to_ascii_lowercase())
}

/// Whether a number in brackets stands after the name of its status: `Not Found (404)`.
fn is_after_name(before: &str, after: &str, name: &str) -> bool {
    let Some(words) = before.strip_suffix('(').filter(|_| after.starts_with(')')) else {
        return false;
    };
    let before_name = letters(name).rev().try_fold(words, |text, letter| {
        let text = text.trim_end_matches(NAME_SEPARATORS);
        let (before, last) = text.split_at_checked(text.len().checked_sub(1)?)?;
        last.as_bytes()[0].eq_ignore_ascii_case(&letter).then_some(before)
    });
    let word = before_name.map(|before| last_word(before.trim_end()));
    let names_other_thing =
        |word| is_word_of(WORDS_BEFORE_OTHER_NUMBER, word) || is_word_of("no not of than", word);
    !name.is_empty() && word.is_some_and(|word| !names_other_thing(word))
}

/// Whether the label before a number starts with a label of a status, and goes on with words about
/// a response: `Status of the answer: `, `Code HTTP reçu : `.
fn label_starts_with_status(before: &str) -> bool {
    let line = end_of(before, MAX_MARKUP).rsplit(['\n', '.']).next().unwrap_or_default();
    let label = line.trim_end_matches(' ').strip_suffix([':', '：']);
    let label = label.map_or("", |label| label.trim_matches(|c: char| !c.is_alphanumeric()));
    let splits = label.match_indices(' ').map(|(at, _)| label.split_at(at));
    let is_status = |(start, rest): (&str, &str)| {
        matches!(meaning_of(start), Some((Role::HttpStatus, rank)) if rank <= Rank::Usual)
            && rest.split_whitespace().all(|word| is_word_of(WORDS_OF_RESPONSE, word))
    };
    splits.take(MAX_WORDS_OF_STATUS).any(is_status)
}

/// Whether the word before a number says that it may be a status.
fn introduces_status(before: &str) -> bool {
    ends_in_word(before.trim_end_matches([' ', '\t', '(', '[']), WORDS_BEFORE_POSSIBLE)
}

/// Whether a text ends in one of the words, in any alphabet.
fn ends_in_word(before: &str, known: &str) -> bool {
    let near = end_of(before, MAX_NEAR_NUMBER);
    let word = near.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    is_word_of(known, last_word(before)) || is_word_of(known, word.to_lowercase())
}

/// Whether a number may be a status by its place alone: it is a cell of a table, or is not part of
/// a name and counts nothing.
fn stands_alone(before: &str, after: &str, is_introduced: impl Fn() -> bool) -> bool {
    let named = before.trim_end_matches([' ', '\t', '(', '[']);
    let name = last_word(named.strip_suffix(':').unwrap_or(named));
    let is_introduced = is_introduced();
    let may_stand_so = if is_introduced || ends_in_word(named, AMBIGUOUS_WORDS_BEFORE) {
        true
    } else if name.is_empty() {
        !named.ends_with(|c: char| c.is_alphanumeric() || ":=#\"$€£~+*：＝＃￥＄～＋＊".contains(c))
    } else {
        name.contains(|c: char| c.is_ascii_digit())
    };
    // A sentence may introduce a body: `the server answered 409:`.
    let heading = after.strip_prefix([':', '：']).filter(|_| is_introduced);
    let rest = heading.unwrap_or(after.trim_start_matches([')', ']', ',', ';', '.']));
    let ends_here = rest.is_empty()
        || rest.starts_with(|c| " \t\n|/<，。；、）！？".contains(c))
        || is_introduced && rest.starts_with(is_ideograph);
    let word = after.strip_prefix(' ').and_then(|rest| rest.split_whitespace().next());
    let word = word.map(|word| word.trim_end_matches([',', '.', ';', ':', ')']));
    let is_count = !is_introduced && word.is_some_and(|word| word.chars().all(char::is_alphabetic));
    may_stand_so && ends_here && !is_count
        || BORDERS.iter().any(|(start, end)| before.ends_with(start) && after.starts_with(end))
}

/// Whether a number stands alone after a body, as `curl -w '%{http_code}'` prints it, perhaps
/// with a time.
fn is_after_body(before: &str, after: &str) -> bool {
    let body = before.trim_end_matches(['\n', ' ']);
    let is_body = body.ends_with(['}', '>']) && !body.ends_with("->") && !body.ends_with("=>");
    let is_time = |c: char| c.is_ascii_digit() || " .s".contains(c);
    is_body && after.split('\n').next().is_some_and(|rest| rest.chars().all(is_time))
}

/// Whether a number stands right before a body or an error code, as programs print both:
/// `403 {"error_code": …}`, `got 404 Organizations.1300`.
fn is_before_body_or_code(before: &str, after: &str, is_introduced: impl Fn() -> bool) -> bool {
    // A number and a code alone on a line may be a count (`uniq -c`). A number after `=` is a
    // parameter.
    let indented = before.trim_end_matches(' ');
    let is_first = indented.is_empty() || indented.ends_with('\n');
    let mark = after.strip_prefix(':').filter(|_| is_introduced());
    let text = mark.map(|text| text.trim_start_matches(' '));
    // Spring puts a body in quotes: `404 : "{…}"`.
    let text = text.or(after.strip_prefix(" : ")).or(after.strip_prefix(' ')).unwrap_or("");
    // Columns may be several spaces apart.
    let text = text.trim_start_matches(' ');
    let (word, rest) = split_while(text.trim_start_matches(['`', '*']), is_id_char);
    let rest = rest.trim_start_matches(['`', '*']);
    let is_last = rest.is_empty() || rest.starts_with('\n');
    let is_code = !(is_first && is_last) && is_error_code(word);
    !before.ends_with('=') && (is_body(text) || is_code)
}

/// Whether a text starts with an object of JSON, perhaps in a string.
fn is_body(text: &str) -> bool {
    starts_json(text.strip_prefix("b'").or(text.strip_prefix('"')).unwrap_or(text))
}
