//! Diagnostics of Terraform: where in its files an error was met, and the lines of
//! `terraform -json`, which repeat each diagnostic: in `@message`, then in `diagnostic`.

use std::iter;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem, memrchr, memrchr_iter};

use super::Resource;
use super::input::window::Window;
use super::values::{Written, decoded};
use crate::message::start_of;

/// The keys of what a line of `terraform -json` says, and of the member that repeats it.
const MESSAGE_KEY: &[u8] = b"@message";
const DIAGNOSTIC_KEY: &[u8] = b"diagnostic";
/// What stands after the name of a file.
const LINE: &str = " line ";
/// Bytes above and below a place that are searched for the start and the end of its line.
const MAX_PRETTY: usize = 16 * 1024;
/// Codes of `@message` that are remembered.
const MAX_CODES: usize = 16;
/// Bytes of the address of a resource at most.
const MAX_ADDRESS: usize = 512;
/// Bytes of the name of a file, and ` line ` after it, at most.
const MAX_FILE_NAME: usize = 256;

/// The line with `terraform -json` that was last looked at, up to a place.
#[derive(Debug, Default)]
pub struct JsonLine {
    /// Where in the input it stands, as far as it was read.
    line: Range<u64>,
    /// Where in the input what was looked at ends.
    seen: u64,
    /// What the last `@message` names; none without one.
    in_message: Option<Vec<Vec<u8>>>,
    /// Whether a `diagnostic` follows that.
    is_repeated: bool,
}

impl JsonLine {
    /// Whether the code at a place stands in a `diagnostic`, and was seen in its `@message`
    /// already. Codes there are remembered.
    pub fn repeats(&mut self, window: &Window, place: usize, name: &[u8]) -> bool {
        let at = window.in_input(place);
        if !self.line.contains(&at) {
            let line = line_around(window.text(), place);
            let line = window.in_input(line.start)..window.in_input(line.end);
            *self = JsonLine { seen: line.start, line, ..JsonLine::default() };
        }
        let new = &window.text()[window.place(self.seen).min(place)..place];
        self.seen = at;
        // Most lines have no such key.
        let last = memchr(b'@', new).and_then(|_| memmem::rfind(new, MESSAGE_KEY));
        if last.is_some() {
            (self.in_message, self.is_repeated) = (Some(Vec::new()), false);
        }
        let Some(codes) = &mut self.in_message else {
            return false;
        };
        self.is_repeated |= diagnostics(&new[last.unwrap_or(0)..]).next().is_some();
        let is_known = codes.iter().any(|known| known == name);
        if !self.is_repeated && codes.len() < MAX_CODES {
            codes.push(name.to_vec());
        }
        self.is_repeated && is_known
    }
}

/// Where the key `diagnostic` stands in a text, perhaps in a string.
pub fn diagnostics(text: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(text, DIAGNOSTIC_KEY).filter(|at| {
        let mut after = text[at + DIAGNOSTIC_KEY.len()..].iter();
        let quote = after.find(|byte| **byte != b'\\');
        quote == Some(&b'"') && after.find(|byte| **byte != b' ') == Some(&b':')
    })
}

/// The line of a place, with what is indented around it where it is pretty-printed.
fn line_around(text: &[u8], place: usize) -> Range<usize> {
    let is_indented = |start: usize| text.get(start) == Some(&b' ');
    let reach = place.saturating_sub(MAX_PRETTY);
    let starts = memrchr_iter(b'\n', &text[reach..place]).map(|feed| reach + feed + 1);
    let start = iter::once(0).filter(|_| reach == 0);
    let pretty = starts.chain(start).find(|start| !is_indented(*start));
    let is_open =
        |start: &usize| matches!(text[*start..].trim_ascii_start(), [b'{' | b'[', b'\n', ..]);
    let (start, reach) = match pretty.filter(is_open) {
        Some(start) => (start, place + MAX_PRETTY),
        None => (memrchr(b'\n', &text[..place]).map_or(0, |feed| feed + 1), 0),
    };
    let mut feeds = memchr_iter(b'\n', &text[place..]).map(|feed| place + feed);
    let end = feeds.find(|feed| !is_indented(feed + 1) || *feed > reach);
    start..end.unwrap_or(text.len())
}

/// The resource that a diagnostic is about: `with ADDRESS,` and `on FILE line N, in …`, or the
/// members of a line of `terraform -json`.
pub fn resource(record: &str) -> Option<Resource> {
    if let Some(at) = diagnostics(record.as_bytes()).next() {
        let second = &record[at..];
        let file = member(second, "filename").and_then(string);
        let start = member(second, "start").unwrap_or_default();
        return Some(Resource {
            address: string(member(second, "address")?)?,
            line: file.as_ref().and_then(|_| number(member(start, "line")?)),
            file,
        });
    }
    let line = memmem::Finder::new(LINE);
    let mut addresses = memmem::find_iter(record.as_bytes(), "with ");
    let named = addresses.find_map(|at| {
        let rest = &record[at + "with ".len()..];
        let (address, after) = rest.split_at(address_length(rest)?);
        let is_address = address.contains('.')
            && address.contains('_')
            && address.starts_with(|c: char| c.is_ascii_alphabetic());
        // The end of the line may be escaped.
        let is_between = |c: char| c.is_whitespace() || "\\rn".contains(c);
        let place = after[1..].trim_start_matches(is_between).strip_prefix("on ");
        let place = place.and_then(|place| place_in_file(place, &line));
        is_address.then(|| (address.replace('\\', ""), place))
    });
    let (address, place) = named.or_else(|| declared(record, &line))?;
    Some(Resource {
        address,
        file: place.map(|(file, _)| file.to_owned()),
        line: place.and_then(|(_, line)| number(line)),
    })
}

/// The file of `FILE line N, in …`, and what stands after `line `.
fn place_in_file<'t>(text: &'t str, line: &memmem::Finder) -> Option<(&'t str, &'t str)> {
    let near = start_of(text, MAX_FILE_NAME);
    let file = &text[..line.find(near.as_bytes())?];
    let is_file = !file.is_empty() && !file.contains('\n');
    is_file.then(|| (file, &text[file.len() + LINE.len()..]))
}

/// The resource of `on FILE line N, in resource "TYPE" "NAME":`, where no address is given.
fn declared<'t>(
    record: &'t str,
    line: &memmem::Finder,
) -> Option<(String, Option<(&'t str, &'t str)>)> {
    line.find(record.as_bytes())?;
    let mut places = memmem::find_iter(record.as_bytes(), "on ");
    places.find_map(|at| {
        let place = place_in_file(&record[at + "on ".len()..], line)?;
        let after = place.1.trim_start_matches(|c: char| c.is_ascii_digit());
        let mut names = after.strip_prefix(", in ")?.splitn(5, '"');
        let prefix = match names.next()? {
            "resource " => "",
            "data " => "data.",
            _ => return None,
        };
        let (kind, _, name) = (names.next()?, names.next()?, names.next()?);
        let is_name = |name: &str| name.len() < MAX_ADDRESS && !name.contains(['\n', ' ']);
        let are_names = is_name(kind) && is_name(name);
        are_names.then(|| (format!("{prefix}{kind}.{name}"), Some(place)))
    })
}

/// The length of the address that a text starts with, up to the comma. A key in it may have
/// commas and spaces of its own.
fn address_length(text: &str) -> Option<usize> {
    let mut is_in_key = false;
    let mut bytes = text.bytes().take(MAX_ADDRESS).enumerate();
    let (end, byte) = bytes.find(|(_, byte)| {
        is_in_key ^= *byte == b'"';
        *byte == b'\n' || !is_in_key && b", ".contains(byte)
    })?;
    (byte == b',').then_some(end)
}

/// The text from the value of a member in JSON on.
fn member<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut keys = text.match_indices(name);
    let value = keys.find_map(|(at, _)| {
        let quote = text[at + name.len()..].trim_start_matches('\\');
        let is_key = text[..at].ends_with('"');
        quote.strip_prefix('"')?.trim_start().strip_prefix(':').filter(|_| is_key)
    })?;
    Some(value.trim_start())
}

/// The string in JSON that a text starts with, perhaps in a string itself.
fn string(text: &str) -> Option<String> {
    let after = text.trim_start_matches('\\');
    let string = after.strip_prefix('"')?;
    let backslashes = &text[..text.len() - after.len()];
    // The quote with as many backslashes closes it.
    let mut quotes = memchr::memchr_iter(b'"', string.as_bytes());
    let end = quotes.find_map(|at| {
        let before = string[..at].strip_suffix(backslashes)?;
        (!before.ends_with('\\')).then_some(before.len())
    })?;
    let depth = u8::try_from(backslashes.len()).ok()?;
    Some(decoded(&string[..end], Written::Quoted(depth)))
}

/// The number that a text starts with.
fn number(text: &str) -> Option<u64> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_of_a_diagnostic_is_read() {
        let read = |text: &str| {
            let resource = resource(text)?;
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
