//! Reads Terraform's diagnostics: where each starts, which resource in which file it is about, and
//! what it repeats. A line of `terraform apply -json` has its diagnostic in `@message`, then again
//! in `diagnostic`.

use memchr::{memmem, memrchr2_iter};

use super::Resource;
use super::values::{Written, decoded};
use crate::substrings::{split_while, start_of};

/// The start of a diagnostic.
pub(super) const DIAGNOSTIC_START: &str = "Error: ";
/// The keys of a diagnostic's text in a line of `terraform apply -json`, and of the object that
/// repeats the text.
const MESSAGE_KEY: &[u8] = b"@message";
const DIAGNOSTIC_KEY: &[u8] = b"diagnostic";
/// The most bytes between the start of `@message` and the words that are repeated.
const MAX_REPEATED: usize = 8 * 1024;
/// The most `@` before repeated words that are looked at to find `@message`.
const MAX_MARKS: usize = 64;
/// The most bytes of a resource's address.
const MAX_ADDRESS: usize = 512;
/// The most bytes of a file's name and the ` line ` after it.
const MAX_FILE_NAME: usize = 256;

/// Whether the words at an offset stand in a `diagnostic`, and already stood in the `@message`
/// before it.
pub(super) fn repeats_terraform_message(text: &[u8], at: usize, words: &[u8]) -> bool {
    let near = &text[at.saturating_sub(MAX_REPEATED)..at];
    // Goes back to the start of the object. If it is pretty-printed, a space follows each line
    // feed.
    let is_inside = |mark: &usize| near[*mark] == b'@' || near.get(mark + 1) == Some(&b' ');
    let inside = memrchr2_iter(b'\n', b'@', near).take_while(is_inside);
    let mut marks = inside.filter(|mark| near[*mark] == b'@').take(MAX_MARKS);
    let message_at = marks.find(|mark| near[*mark..].starts_with(MESSAGE_KEY));
    let message = message_at.and_then(|at| {
        let after = &near[at..];
        Some(&after[..diagnostic_keys(after).next()?])
    });
    message.is_some_and(|message| memmem::find(message, words).is_some())
}

/// Finds where the key `diagnostic` stands in a text, also where its quotes are escaped.
pub(super) fn diagnostic_keys(text: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(text, DIAGNOSTIC_KEY).filter(|at| {
        let mut after = text[at + DIAGNOSTIC_KEY.len()..].iter();
        let quote = after.find(|byte| **byte != b'\\');
        quote == Some(&b'"') && after.find(|byte| **byte != b' ') == Some(&b':')
    })
}

/// Where diagnostics start in a text, ascending: at the first `Error: ` of a line or of a
/// string.
pub(super) fn diagnostic_starts(text: &str) -> Vec<usize> {
    let mut last = None;
    let is_start = |at: &usize| {
        let before = &text[..*at];
        let is_first = last.replace(*at).is_none_or(|last| before[last..].contains('\n'));
        !before.ends_with(char::is_alphanumeric) && (is_first || before.ends_with(['"', '\'']))
    };
    memmem::find_iter(text.as_bytes(), DIAGNOSTIC_START).filter(is_start).collect()
}

/// Reads the resource that a diagnostic is about from `with ADDRESS,` and `on FILE line N, in …`,
/// or from the members of a line of `terraform apply -json`.
pub(super) fn resource_in(text: &str) -> Option<Resource> {
    if let Some(at) = diagnostic_keys(text.as_bytes()).next() {
        let address = member(&text[at..], "address")?;
        let file = member(&text[at..], "filename");
        let start = after_key(&text[at..], "start");
        let line = start.and_then(|(start, _)| number(after_key(start, "line")?.0));
        return Some(Resource { address, file, line });
    }
    let mut addresses = memmem::find_iter(text.as_bytes(), "with ");
    let named = addresses.find_map(|at| {
        let rest = &text[at + "with ".len()..];
        let (address, after) = rest.split_at(address_length(rest)?);
        // The line feed between the two may be escaped.
        let is_between = |c: char| c.is_whitespace() || "\\rn".contains(c);
        let place = after[1..].trim_start_matches(is_between).strip_prefix("on ");
        let is_address = address.contains('.') && address.contains('_');
        is_address.then(|| (address.replace('\\', ""), place.and_then(file_and_line)))
    });
    let (address, place) = named.or_else(|| declared(text))?;
    let (file, line) = place.unzip();
    Some(Resource { address, file: file.map(str::to_owned), line: line.and_then(number) })
}

/// Whether a line names a resource or a file as Terraform does: indented, after `with` or `on`.
pub(super) fn says_where(line: &str) -> bool {
    let text = line.trim_start();
    text.len() < line.len() && matches!(text.split(' ').next(), Some("with" | "on"))
}

/// Splits `FILE line N, in …` into the file and the text from `N` on.
fn file_and_line(text: &str) -> Option<(&str, &str)> {
    start_of(text, MAX_FILE_NAME).lines().next()?.split_once(" line ")
}

/// Reads the resource from `on FILE line N, in resource "TYPE" "NAME":`, if no address is given.
fn declared(text: &str) -> Option<(String, Option<(&str, &str)>)> {
    let mut blocks = [(", in resource \"", ""), (", in data \"", "data.")].into_iter();
    blocks.find_map(|(block, prefix)| {
        let (before, names) = text.split_once(block)?;
        let (kind, name) = names.split_once("\" \"")?;
        let name = &name[..name.find('"')?];
        let (_, place) = before.rsplit_once("on ")?;
        let is_name = !kind.contains(char::is_whitespace);
        let place = file_and_line(place).filter(|_| is_name)?;
        Some((format!("{prefix}{kind}.{name}"), Some(place)))
    })
}

/// The length of the address at the start of a text, up to the comma after it. A quoted key
/// in the address may have commas and spaces of its own.
fn address_length(text: &str) -> Option<usize> {
    let mut is_in_key = false;
    let mut bytes = text.bytes().take(MAX_ADDRESS).enumerate();
    let (end, byte) = bytes.find(|(_, byte)| {
        is_in_key ^= *byte == b'"';
        *byte == b'\n' || !is_in_key && b", ".contains(byte)
    })?;
    (byte == b',').then_some(end)
}

/// The text after a JSON key and its colon, and the quote around the key, which has
/// backslashes if the JSON stands in a string.
fn after_key<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    text.match_indices(name).find_map(|(at, _)| {
        let before = text[..at].strip_suffix('"')?;
        let quote = &text[before.trim_end_matches('\\').len()..at];
        let after = text[at + name.len()..].strip_prefix(quote)?;
        Some((after.trim_start().strip_prefix(':')?.trim_start(), quote))
    })
}

/// The value of a member of a JSON object, if it is a string.
fn member(text: &str, name: &str) -> Option<String> {
    let (value, quote) = after_key(text, name)?;
    let string = value.strip_prefix(quote)?;
    let mut quotes = string.match_indices(quote).map(|(end, _)| &string[..end]);
    let string = quotes.find(|string| !string.ends_with('\\'))?;
    let backslashes = u8::try_from(quote.len() - 1).ok()?;
    Some(decoded(string, Written::Quoted(backslashes)))
}

/// Reads the number that a text starts with.
fn number(text: &str) -> Option<u64> {
    split_while(text, |c| c.is_ascii_digit()).0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_starts_with_the_first_error_of_a_line_or_a_string() {
        let text =
            "Error: a: Error: b\nTypeError: c Error: d\n\"Error: e\", \"Error: f: Error: g\"";
        let firsts = ["Error: a", "Error: e", "Error: f"].map(|it| text.find(it).unwrap());
        assert_eq!(diagnostic_starts(text), firsts);
    }

    #[test]
    fn the_resource_of_a_diagnostic_is_read() {
        let read = |text: &str| {
            let resource = resource_in(text)?;
            Some((resource.address, resource.file, resource.line))
        };
        let all = |address: &str| Some((address.to_owned(), Some("a.tf".to_owned()), Some(12)));
        let plain =
            "Error: x\n\n  with a_b.c[\"d\"],\n  on a.tf line 12, in resource \"a_b\" \"c\":";
        assert_eq!(read(plain), all("a_b.c[\"d\"]"));
        let spaced = "  with a_b.c[\"d, e\"],\n  on a.tf line 12, in";
        assert_eq!(read(spaced), all("a_b.c[\"d, e\"]"));
        let unnamed = "Error: x\n\n  on a.tf line 12, in resource \"a_b\" \"c\":";
        assert_eq!(read(unnamed), all("a_b.c"));
        let in_json = "  with a_b.c,\n  on a.tf line 12:";
        assert_eq!(read(in_json), all("a_b.c"));
        let json = r#"{"diagnostic":{"address":"a_b.c[\"d\"]","range":{"filename":"a.tf","start":{"line":12}}}}"#;
        assert_eq!(read(json), all("a_b.c[\"d\"]"));
        let valued = json.replace("{\"address\":", "{\"summary\":\"address\",\"address\" :");
        assert_eq!(read(&valued), all("a_b.c[\"d\"]"));
        let without = json.replace(r#""a_b.c[\"d\"]""#, r#"null,"summary":"denied""#);
        assert_eq!(read(&without), None);
        for none in ["go with me, on a line 12", "{\"diagnostic\":{}}", "with "] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
