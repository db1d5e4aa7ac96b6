//! Values that are known by their form, or that the words around them name: request IDs, requests,
//! addresses of the API, the names of statuses and the sentences that mean one. `unlabelled_status`
//! decides which numbers are statuses.

use std::ops::Range;
use std::sync::LazyLock;

use super::http::{MAX_COMMAND, after_version, api_address, request_at, up_to_method_option};
use super::unlabelled_id::{id_after_east_asian_name, id_after_word};
use super::unlabelled_status::unlabelled_status;
use super::{Field, Rank, Role, Written, can_be, is_host_char, starts_at, status};
use crate::catalog::CLIENTS;
use crate::substrings::{end_of, split_while, start_among, start_of};

/// The value at `at`, or the value that the words there announce: `HTTP/1.1 404`, `request 7f3c…`.
/// The caller checks that no word or number goes on at `at` ([`super::can_start_word_after`]).
pub(crate) fn field_at(text: &str, at: usize) -> Option<Field> {
    let found = match text.as_bytes()[at] {
        b'4' | b'5' => unlabelled_status(text, at),
        b'H' | b'h' => after_version(text, at)
            .filter(|from| status(&text[*from..]).is_some())
            .map(|from| Field::new(Role::HttpStatus, Rank::Exact, from..from + 3))
            .or_else(|| address(text, at)),
        b'/' => address(text, at),
        b'R' | b'r' => id_after_word(text, at).or_else(|| sentence(text, at)),
        b'I' | b'i' => id_after_east_asian_name(text, at).or_else(|| sentence(text, at)),
        // No operation of the service uses HEAD or OPTIONS.
        b'G' | b'P' | b'D' => {
            let request = request_at(text, at);
            request.map(|place| Field::new(Role::Request, Rank::Exact, place)).or_else(|| {
                let method = named_method(text, at)?;
                Some(Field::new(Role::Method, Rank::Usual, at..at + method.len()))
            })
        }
        _ => sentence(text, at),
    };
    found.map(|found| Field { start: at.min(found.start), ..found })
}

fn address(text: &str, at: usize) -> Option<Field> {
    api_address(text, at).map(|place| Field::new(Role::Address, Rank::Said, place))
}

/// The method at `at` that a command of PowerShell or curl gives to a request, or that Robot
/// Framework puts before the address: `POST Request : url=…`.
fn named_method(text: &str, at: usize) -> Option<&str> {
    let (before, word) = text.split_at(at);
    let (word, behind) = split_while(word, |c| c.is_ascii_alphabetic());
    let is_of_robot = || start_among(&[" Request : url=", " Response : url="], behind).is_some();
    let is_method =
        before.ends_with("-Method ") || is_of_robot() || is_option_of_curl(before, behind);
    (is_method && can_be(Role::Method, word)).then_some(word)
}

/// Whether a method follows curl's option for it, and no second curl command follows in the
/// paragraph: the address of the command may stand before the option.
fn is_option_of_curl(before: &str, behind: &str) -> bool {
    let Some(option) = up_to_method_option(before) else { return false };
    let command = end_of(option, MAX_COMMAND).rsplit_once("curl ");
    let mut paragraphs = start_of(behind, MAX_COMMAND).split("\n\n");
    command.is_some_and(|(_, command)| !command.contains([';', '|']))
        && !paragraphs.next().is_some_and(|it| it.contains("curl "))
}

/// The sentences that clients put before a request, and the statuses that they mean.
static SENTENCES: LazyLock<Vec<(&str, u16)>> = LazyLock::new(|| {
    let clients = CLIENTS.iter();
    let sentences = clients.flat_map(|client| client.sentences.iter());
    let before_request = sentences.filter(|it| it.says.ends_with(':'));
    before_request.map(|it| (&*it.says, it.status)).collect()
});

/// The status that a sentence at `at` means, if a request in brackets follows.
fn sentence(text: &str, at: usize) -> Option<Field> {
    let mut known = SENTENCES.iter();
    let (words, status) = known.find(|(words, _)| starts_at(text, at, words))?;
    let end = at + words.len();
    // YAML may have folded the line there.
    text[end..].trim_start().starts_with('[').then(|| Field {
        written: Written::Means(*status),
        ..Field::new(Role::HttpStatus, Rank::Said, at..end - 1)
    })
}

/// The value in a line of a request, as `curl -v` shows it: the host, or method and address.
pub(crate) fn request_line(text: &str, line: Range<usize>) -> Option<Field> {
    if starts_at(text, line.start, "Host: ") {
        let start = line.start + "Host: ".len();
        let (host, _) = split_while(&text[start..line.end.max(start)], is_host_char);
        return Some(Field::new(Role::Host, Rank::Exact, start..start + host.len()));
    }
    request_at(text, line.start).map(|place| Field::new(Role::Request, Rank::Exact, place))
}
