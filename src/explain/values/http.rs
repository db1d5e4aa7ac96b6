//! What HTTP says by itself: requests, status lines, headers.

use std::ops::Range;

use super::addresses::{
    DOMAIN, SCHEMES, SERVICE_PATH, after_variable, server_and_path, split_address,
    starts_with_address, starts_with_version, without_sentence_end,
};
use super::status;
use crate::catalog::status_name;
use crate::substrings::{
    before, end_of, is_word_of, place_in, split_while, start_among, start_of, words,
};

/// The methods of requests.
pub(crate) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
/// Marks between a method and its address.
const MARKS_BEFORE_ADDRESS: &str = " *\"'`<>@[](|";
/// Words between a method and its address: `POST to https://…`.
const WORDS_BEFORE_ADDRESS: &str = "a al an at auf code die el for gegen la na nach on para request resource sur to url vers zu к на";
/// The most such words in a row.
const MAX_WORDS_BEFORE_ADDRESS: usize = 3;
/// Verbs behind an address that say that the call works.
const WORKS: &str = "works worked succeeds succeeded klappt klappte funktioniert funktionierte \
    fonctionne marche funciona funcionó работает 正常 成功";
/// Words that may follow such a verb: `works fine`.
const WELL: &str = "fine ok okay well es bien perfectly";
/// Verbs before the status that an address returned: `returns 200`.
const RETURNS: &str = "returns returned gives gave answers answered liefert renvoie devuelve";
/// Marks behind such words that end what is said about the address.
const CLAUSE_ENDS: [char; 9] = [',', ';', '.', ':', '!', ')', '\n', '，', '。'];
/// Starts of long options of curl, behind their first hyphen, that set the method or send data.
const SENDING: [&str; 6] = ["-request", "-data", "-form", "-upload", "-head", "-json"];
/// Options of curl before the method.
const METHOD_OPTIONS: [&str; 2] = [" -X ", " --request "];
/// The most bytes of a curl command that are read on each side of its method or its address.
pub(crate) const MAX_COMMAND: usize = 1024;
/// Marks that programs put before the status of a response.
const RESPONSE_MARKS: [&str; 5] = ["<-- ", "<< ", "< ", "Response: ", "http: warning: HTTP "];

/// The request, a method and an address, that starts at `at`; none if the text behind it says that
/// it worked.
pub(crate) fn request_at(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, text) = text.split_at_checked(at)?;
    let rest = &text[start_among(&METHODS, text)?.len()..];
    let address = address_on_line(rest)
        .or_else(|| folded_address(before, rest))
        .or_else(|| address_in_curl_command(before, rest))?;
    let start = text.len() - address.len();
    let (address, after) = split_address(address);
    // A mark that ends the sentence is no part of the address; in brackets there is no sentence.
    let is_in_brackets = before.ends_with('[') && after.starts_with(']');
    let address = if is_in_brackets { address } else { without_sentence_end(address) };
    (!is_followed_by_success(after)).then_some(at..at + start + address.len())
}

/// The address that starts at `at`, if it has a version and either is on a server of the vendor
/// (`for url (https://…)`, `-Uri https://…`) or is a path of the service that stands apart. None
/// behind a word in `-ed` (`fetched https://…`), or if the text behind says that it works: that
/// call has not failed.
pub(crate) fn api_address(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, address) = text.split_at_checked(at)?;
    // Most slashes are in paths without a version.
    if !starts_with_address(address) {
        return None;
    }
    let is_path = address.starts_with('/');
    let text_before = before.trim_end_matches(['(', '<', '"', '\'', '`', '@', ' ']);
    let is_apart = before.len() > text_before.len() || before.is_empty() || before.ends_with('\n');
    // A path behind a label is read with the label, in `labelled_fields`.
    let is_labelled = text_before.ends_with([':', '=', '[', ',']);
    if text_before.ends_with("ed") || is_path && (is_labelled || !is_apart) {
        return None;
    }
    let (address, after) = split_address(start_of(address, MAX_COMMAND));
    let address = without_sentence_end(address);
    let (server, path) = server_and_path(address);
    let is_known =
        server.contains(DOMAIN) || is_path && path.contains(SERVICE_PATH) && !path.contains('*');
    // PowerShell shows a line of the script behind `+ `, and cuts it off with ` ...`.
    let is_whole = after.lines().next() != Some(" ...")
        || !before.rsplit('\n').next().unwrap_or_default().starts_with("+ ");
    let is_of_api =
        is_known && is_whole && starts_with_version(path) && !is_followed_by_success(after);
    is_of_api.then(|| at..at + address.len())
}

/// Whether the text behind an address says, without a condition, that it works: `works, but`,
/// `works fine with`, `returns 200.`; not `works for the first ten`.
fn is_followed_by_success(after: &str) -> bool {
    let sentence = after.trim_start_matches(|c: char| "\"'`*_>) ".contains(c));
    let (verb, rest) = split_while(sentence, char::is_alphabetic);
    let (word, behind) = split_while(rest.trim_start_matches(' '), char::is_alphanumeric);
    let is_end = |text: &str| text.is_empty() || text.starts_with(CLAUSE_ENDS);
    is_word_of(WORKS, verb) && (is_end(rest) || is_word_of(WELL, word))
        || is_word_of(RETURNS, verb)
            && matches!(status(word), Some(200..400))
            && is_end(behind.strip_prefix(" OK").unwrap_or(behind))
}

/// The text after a method from its address on, if the address is on the same line. A signed text
/// (`GET|/v1/…/|`) is no request: it has another path than the request.
fn address_on_line(mut after: &str) -> Option<&str> {
    if after.starts_with("|/") {
        return None;
    }
    for words_passed in 0..=MAX_WORDS_BEFORE_ADDRESS {
        let is_mark = |c| MARKS_BEFORE_ADDRESS.contains(c) || words_passed > 0 && c == ':';
        let (marks, rest) = split_while(after, is_mark);
        let rest = rest.strip_prefix("&lt;").unwrap_or(rest);
        if !marks.is_empty() && starts_with_address_of_request(rest) {
            // In a sentence it may be any address, so only one with a version counts.
            return Some(rest).filter(|it| words_passed == 0 || starts_with_version(it));
        }
        let (word, behind) = split_while(rest, char::is_alphabetic);
        if marks.is_empty() || !is_word_of(WORDS_BEFORE_ADDRESS, word) {
            return None;
        }
        after = behind;
    }
    None
}

/// The text after a method from its address on, if the address is on the next line: YAML has folded
/// it, or each is alone on its line, as copied from a form.
fn folded_address<'t>(before: &str, after: &'t str) -> Option<&'t str> {
    let address = after.trim_start_matches(' ').strip_prefix('\n')?.trim_start_matches(' ');
    let is_alone = before.is_empty() || before.ends_with('\n');
    (address.starts_with(SCHEMES[0]) || is_alone && starts_with_address(address)).then_some(address)
}

/// The text after a method from its address on, if both are arguments of curl, perhaps with other
/// options between them.
fn address_in_curl_command<'t>(before: &str, after: &'t str) -> Option<&'t str> {
    let before = up_to_method_option(before)?;
    let near = before.as_bytes().iter().rev().take(MAX_COMMAND);
    let start = before.len() - near.take_while(|byte| **byte != b'\n').count();
    memchr::memmem::find(&before.as_bytes()[start..], b"curl ")?;
    let command = rest_of_command(after);
    let ends_command = |argument: &&str| argument.ends_with([';', '|', '&']);
    let mut arguments = command.split(char::is_whitespace).take_while(|it| !ends_command(it));
    arguments.find_map(|argument| {
        let argument = argument.trim_start_matches(['"', '\'']);
        let whole = start_among(&SCHEMES, argument).map(|_| argument);
        Some(&after[place_in(after, after_variable(argument).or(whole)?).start..])
    })
}

/// The rest of a command, which may go on in the lines below.
fn rest_of_command(text: &str) -> &str {
    let near = start_of(text, MAX_COMMAND);
    let mut line_ends = near.match_indices('\n');
    let end = line_ends.find(|(end, _)| !goes_on(&near[..*end]));
    end.map_or(near, |(end, _)| &near[..end])
}

/// Whether the command in a line goes on in the line below. Pasted lines may end in spaces.
fn goes_on(line: &str) -> bool {
    line.trim_end().ends_with('\\')
}

/// The method of the curl command with an address at `at`: GET, if no option sets a method or sends
/// data.
pub(crate) fn method_of_curl(text: &str, at: usize) -> Option<&'static str> {
    let (_, above) = end_of(&text[..at], MAX_COMMAND).rsplit_once("curl ")?;
    if !above.match_indices('\n').all(|(end, _)| goes_on(&above[..end]))
        || above.contains(['|', ';'])
    {
        return None;
    }
    let command = [above, rest_of_command(&text[at..])];
    let mut words = command.into_iter().flat_map(str::split_whitespace);
    let sets_method = |word: &str| match word.strip_prefix('-') {
        Some(long) if long.starts_with('-') => start_among(&SENDING, long).is_some(),
        Some(short) => short.contains(['X', 'd', 'F', 'T', 'I']),
        None => false,
    };
    (!words.any(sets_method)).then_some("GET")
}

/// A text that ends with curl's option before a method, without the quote after the option.
pub(crate) fn up_to_method_option(before: &str) -> Option<&str> {
    let option = before.trim_end_matches(['"', '\'']);
    METHOD_OPTIONS.iter().any(|it| option.ends_with(it)).then_some(option)
}

/// Whether a text starts with the address of a request. The address may start with a variable. In a
/// server's log, its path may start with what a gateway adds: `/org/v1/organizations/… HTTP/1.1`.
fn starts_with_address_of_request(text: &str) -> bool {
    let is_behind_gateway = || {
        let (path, behind) = split_while(text, |c| !c.is_whitespace());
        behind.starts_with(" HTTP/") && path.contains(SERVICE_PATH)
    };
    starts_with_address(text)
        || after_variable(text).is_some()
        || text.starts_with('/') && is_behind_gateway()
}

/// A line without the numbers before its text, such as the address and port of a client.
pub(crate) fn without_leading_numbers(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_ascii_digit() || ".: ".contains(c))
}

/// Whether a text starts with an object or a list of JSON, perhaps in a string, and not with a name
/// in brackets.
pub(crate) fn starts_json(text: &str) -> bool {
    let inside = text.strip_prefix(['{', '[']).map(str::trim_start);
    let is_value =
        |it: &str| it.is_empty() || it.starts_with(['"', '\'', '\\', '{', '}', '[', ']']);
    // Templates have variables in two braces.
    inside.is_some_and(is_value) && !text.starts_with("{{")
}

/// Whether a text starts with a request.
pub(crate) fn starts_with_request(text: &str) -> bool {
    request_at(text, 0).is_some()
}

/// Whether a line has a request in it. Of each method only the first place is looked at.
pub(crate) fn has_request(line: &str) -> bool {
    // Most lines have no address.
    if !line.contains('/') {
        return false;
    }
    let mut methods = METHODS.iter().filter_map(|method| line.find(method));
    methods.any(|at| request_at(line, at).is_some())
}

/// The request that a line ends with: its last word is the address.
pub(crate) fn request_at_end(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let address = line.rsplit(' ').next().filter(|word| word.contains('/'))?;
    let before = before(line, address);
    let mut starts = METHODS.iter().filter_map(|method| before.rfind(method));
    let place = starts.find_map(|at| request_at(line, at).filter(|it| it.end == line.len()))?;
    Some(&line[place])
}

/// Whether a text starts with the first line of a response.
pub(crate) fn starts_response(text: &str) -> bool {
    response_status(text).is_some()
}

/// The status in the first line of a response that a text starts with.
pub(crate) fn response_status(text: &str) -> Option<u16> {
    let after_mark = || start_among(&RESPONSE_MARKS, text).map(str::len);
    // In a server's log the version is the end of a request: `GET /v1/a HTTP/1.1" 404`.
    let after_version = after_version(text, 0).filter(|from| !text[..*from].ends_with("\" "));
    status(&text[after_version.or_else(after_mark)?..])
}

/// Whether the text behind a request starts with the status of a success or a redirect: ` -> 200`,
/// ` (HTTP 204), then`, `) 200 `, ` HTTP/1.1" 200 120`.
pub(crate) fn starts_with_success(behind: &str) -> bool {
    let text = behind.trim_start_matches(|c: char| " -→>=[():\"".contains(c));
    let text = &text[after_version(text, 0).unwrap_or(0)..];
    let text = text.strip_prefix("HTTP ").unwrap_or(text);
    // `200 accounts` is a count; `200 OK`, `200 in 3 ms` and `200 120` are not.
    let is_count = || {
        let word = text[3..].split_whitespace().next().unwrap_or("0");
        word != "in" && word.chars().all(char::is_alphabetic) && !shows_success(text)
    };
    matches!(status(text), Some(200..400)) && !is_count()
}

/// Whether a line shows the status of a success or a redirect with its name: `< HTTP/1.1 200 OK`,
/// `Completed 201 Created`.
pub(crate) fn shows_success(line: &str) -> bool {
    let text = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = text.strip_prefix("Completed ").unwrap_or(text);
    let text = &text[after_version(text, 0).unwrap_or(0)..];
    let name = status(text).filter(|it| (200..400).contains(it)).map_or("", status_name);
    !name.is_empty() && text[3..].trim_start().starts_with(name)
}

/// The numbers in a line that are statuses with a name.
pub(crate) fn known_statuses_in(line: &str) -> impl Iterator<Item = u16> {
    let statuses = words(line).filter_map(status);
    statuses.filter(|status| !status_name(*status).is_empty())
}

/// The part of a line before an object of JSON, or the whole line.
pub(crate) fn before_body(line: &str) -> &str {
    let mut braces = memchr::memchr_iter(b'{', line.as_bytes());
    let body = braces.find(|at| line[at + 1..].starts_with(['"', '\'', '}']));
    &line[..body.unwrap_or(line.len())]
}

/// The statuses with a name that stand alone in a line, perhaps labelled or between marks:
/// `status=404`, `[404]`; not `/404/`.
pub(crate) fn statuses_alone_in(line: &str) -> impl Iterator<Item = u16> {
    marked_words(line).filter(|word| word.len() == 3).flat_map(known_statuses_in)
}

/// Whether a line has the status of an exchange and its address, as curl prints them below a body:
/// `404 GET https://… 0.18s`.
pub(crate) fn shows_exchange(line: &str) -> bool {
    // Most lines have no address.
    line.contains('/')
        && statuses_alone_in(line).next().is_some()
        && marked_words(line).any(starts_with_address)
}

/// The words of a line, without the labels before them and the marks around them: `404` for each of
/// `[404]`, `status=404,` and `DEBUG:app:404`.
fn marked_words(line: &str) -> impl Iterator<Item = &str> {
    line.split(ends_word).map(|word| {
        let (label, rest) = split_while(word, |c| c.is_alphabetic() || "_:".contains(c));
        let is_status = label.ends_with(':') && status(rest).is_some();
        let value = rest.strip_prefix('=').unwrap_or(if is_status { rest } else { word });
        value.trim_matches(|c| "[](){}<>|,:;\"'".contains(c))
    })
}

/// Whether a character separates such words. With a list of characters instead, comparing each of
/// them took an eighth of the time for long logs.
fn ends_word(c: char) -> bool {
    matches!(c, ' ' | '\t' | ',' | '|')
}

/// Whether a line is a status and its name, and no more: `404 Not Found`.
pub(crate) fn is_status_with_name(line: &str) -> bool {
    let name = line.get(3..).and_then(|after| after.trim_end().strip_prefix(' '));
    name.is_some_and(|name| status(line).is_some_and(|number| name == status_name(number)))
}

/// Where the status may start behind the version of HTTP at `at`: after `HTTP/1.1 `, a server log's
/// `HTTP/1.1" `, Erlang's `HTTP/1.1",` or Python's `'HTTP/1.1', `.
pub(crate) fn after_version(text: &str, at: usize) -> Option<usize> {
    let (name, rest) = text.get(at..)?.split_at_checked("HTTP".len())?;
    if !name.eq_ignore_ascii_case("HTTP") {
        return None;
    }
    // JSON may escape the slash.
    let version = rest.trim_start_matches('\\').strip_prefix('/')?;
    let after = version.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let after = after.strip_prefix(['"', '\'']).unwrap_or(after);
    Some(text.len() - after.strip_prefix([' ', ','])?.trim_start_matches(' ').len())
}

/// Whether a line is a header of a request or a response.
pub(crate) fn is_header(line: &str) -> bool {
    let name = line.trim_start();
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    rest.starts_with(':') && name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Where a response starts in a line, after any prefix of a program: at the version of HTTP before
/// the status, or at one of `RESPONSE_MARKS`.
pub(crate) fn response_in(line: &str) -> Option<usize> {
    let slashes = memchr::memchr_iter(b'/', line.as_bytes());
    let versions = slashes.filter_map(|slash| slash.checked_sub("HTTP".len()));
    // Each of `RESPONSE_MARKS` starts with one of these.
    let marks = memchr::memchr3_iter(b'<', b'R', b'h', line.as_bytes());
    versions.chain(marks).find(|at| line.get(*at..).is_some_and(starts_response))
}
