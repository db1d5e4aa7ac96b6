//! Addresses: where one ends, its server and path, and whether it is one of the service.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::catalog::{Catalog, DEFAULT_SERVICE, Operation};
use crate::data::path_parameter;
use crate::substrings::{byte_set, split_while, start_among};

/// How the addresses of servers start.
pub(crate) const SCHEMES: [&str; 2] = ["https://", "http://"];
/// The domain of the vendor's servers, without its last part, such as `com`.
pub(crate) const DOMAIN: &str = ".myhuaweicloud.";
/// A part of most of the service's paths.
pub(crate) const SERVICE_PATH: &str = "/organizations";
/// ASCII characters in an address; the others end it.
const ADDRESS_CHARS: [bool; 256] = byte_set(
    b"!#$%&()*+-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{}~",
);
/// Marks that end the sentence around an address.
const ADDRESS_END_MARKS: [char; 6] = [':', '.', ';', ')', '@', '!'];

/// The first two parts of the paths of the service's operations: `/v1/organizations`.
static BASE_PATHS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    own_operations().map(|it| it.path().split('/').take(3).collect::<Vec<_>>().join("/")).collect()
});
/// The method of each operation, and the parts of its path behind the version and `/organizations`.
static SHORT_PATHS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let short = |operation: &'static Operation| {
        let parts = operation.path().split('/').skip(2);
        let parts = parts.skip_while(|part| *part == &SERVICE_PATH[1..]).collect();
        (operation.method(), parts)
    };
    own_operations().map(short).collect()
});

fn own_operations() -> impl Iterator<Item = &'static Operation> {
    let operations = Catalog::embedded().operations().iter();
    operations.filter(|operation| operation.service() == DEFAULT_SERVICE)
}

/// An address without the marks behind it that end the sentence around it, or close an object.
pub(crate) fn without_sentence_end(address: &str) -> &str {
    let is_end = |c| ADDRESS_END_MARKS.contains(&c) || c == '}' && !address.contains('{');
    address.trim_end_matches(is_end)
}

/// The address that a text starts with, and the rest. Latin, Greek and Cyrillic letters may be in
/// it; Chinese text ends it.
pub(crate) fn split_address(text: &str) -> (&str, &str) {
    let is_address_char = |c: char| match c {
        '\0'..='\x7f' => ADDRESS_CHARS[c as usize],
        _ => c.is_alphabetic() && c < '\u{530}',
    };
    let (address, _) = split_while(text, is_address_char);
    let mut ends = memchr::memchr3_iter(b'&', b'[', b']', address.as_bytes());
    // A part of a path may be named in brackets: `accounts/[id]`.
    let mut open = 0;
    let is_end = |at: &usize| match address.as_bytes()[*at] {
        b']' if open == 0 => true,
        b']' => {
            open -= 1;
            false
        }
        mark => {
            open += usize::from(mark == b'[');
            start_among(&["&gt;", "[/"], &address[*at..]).is_some()
        }
    };
    let end = ends.find(is_end);
    text.split_at(end.unwrap_or(address.len()))
}

/// The path of an address whose server is a variable of a shell or a template: `${BASE}/v1/…`,
/// `{{ base }}/v1/…`.
pub(crate) fn after_variable(address: &str) -> Option<&str> {
    let name = address.strip_prefix('$').or_else(|| address.strip_prefix("{{"))?;
    let path = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_{}. ".contains(c));
    starts_with_version(path).then_some(path)
}

/// Whether a text starts with the address of a server, or a path with a version.
pub(crate) fn starts_with_address(text: &str) -> bool {
    start_among(&SCHEMES, text).is_some() || starts_with_version(text)
}

/// The server and the path of an address; the server is empty if the address is only a path.
pub(crate) fn server_and_path(address: &str) -> (&str, &str) {
    let server = SCHEMES.iter().find_map(|scheme| address.strip_prefix(scheme));
    server.map_or(("", address), |it| split_while(it, |c| c != '/'))
}

/// Whether the path of an address starts with a version, as those of the API do: `/v1/…`.
pub(crate) fn starts_with_version(address: &str) -> bool {
    let (_, path) = server_and_path(address);
    path.strip_prefix("/v").is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
}

/// The path of an operation that a text starts with, and the rest. The path has its query, but no
/// version and no `/organizations`, which programs keep in the base of their addresses:
/// `/accounts/invite`.
pub(crate) fn split_short_path<'t>(method: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    let (path, behind) = split_while(text, |c| c.is_ascii_alphanumeric() || "/-_".contains(c));
    let parts = || path[1..].split('/');
    let is_own = |(own, template): &(&str, Vec<&str>)| {
        *own == method
            && template.first() == parts().next().as_ref()
            && template.len() == parts().count()
            && template.iter().zip(parts()).all(|(own, part)| {
                *own == part || path_parameter(own).is_some() && !part.is_empty()
            })
    };
    if !path.starts_with('/') || !SHORT_PATHS.iter().any(is_own) {
        return None;
    }
    let is_of_query = |c: char| !c.is_whitespace() && !":,;)]".contains(c);
    let query = behind.strip_prefix('?').map_or("", |query| split_while(query, is_of_query).0);
    Some(text.split_at(path.len() + if query.is_empty() { 0 } else { 1 + query.len() }))
}

/// Whether an address is one of the service's, perhaps behind a gateway: its path is that of
/// operations, or its server is named after the service.
pub(crate) fn is_of_service(address: &str) -> bool {
    has_own_base_path(address) || is_own_server(server_and_path(address).0)
}

/// Whether a host is a server of the service. Others of the vendor answer with their own codes.
pub(crate) fn is_own_server(host: &str) -> bool {
    host.split_once('.').is_some_and(|(name, _)| name.eq_ignore_ascii_case(DEFAULT_SERVICE))
}

/// Whether the path of an address has the start of an operation's path in it.
pub(crate) fn has_own_base_path(address: &str) -> bool {
    let (_, path) = server_and_path(address);
    BASE_PATHS.iter().any(|base| path.contains(base))
}
