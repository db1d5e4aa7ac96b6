//! What a region says of a code: its values, its message, and which of its entries fits.

use std::ops::Range;

use super::which_entry::Choice;
use super::{Spot, codes_in};
use crate::catalog::Entry;
use crate::explain::messages::{FoundMessage, find_near};
use crate::explain::region::Region;
use crate::explain::tree::Kind;
use crate::explain::tree::labelled::{end_of_message, ends_message};
use crate::explain::values::unlabelled::is_bare_id;
use crate::explain::values::{Field, Rank, Role, can_be, is_one_of, last_word, status};
use crate::message::{self, NormalizedText};

/// What sets a request ID off from the message before it.
const SETS_OFF: [char; 8] = ['.', ',', ';', '(', '[', '|', '-', '!'];
/// Words before the ID of what a message is about.
const SUBJECTS: [&str; 12] = [
    "account", "agency", "domain", "group", "id", "policy", "project", "resource", "root", "unit",
    "user", "ou",
];

/// What the input says of an occurrence.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Context {
    pub http_status: Option<u16>,
    pub request_id: Option<String>,
    pub message: Option<String>,
    /// What the `{0}` of the documented message stood for.
    pub args: Vec<String>,
    /// The method and the address of the request.
    pub request: Option<(String, String)>,
    pub authorization: Option<String>,
}

/// Reads what the region says of the code at `place`, and which of the code's entries fits it
/// (see [`Spot::choose`]).
pub fn read<'c>(
    region: &Region,
    place: &Range<usize>,
    variants: &[&'c Entry],
) -> (Context, Choice<'c>) {
    let text = region.text();
    if region.codes.binary_search(&place.start).is_err() {
        // It stands in a prefix that was taken off, so nothing around it can be read.
        let choice = Choice {
            entry: variants.first().copied(),
            is_unambiguous: variants.len() < 2,
        };
        return (Context::default(), choice);
    }
    let spot = Spot::new(region, place.clone(), &region.codes);
    let mut context = spot.context(variants);
    let labelled = spot
        .value(Role::Message)
        .filter(|field| spot.is_of_error(field));
    let value = labelled.map(|field| field.value(text));
    let choice = spot.choose(variants, value.as_deref(), context.http_status);
    let entry = choice.entry;
    let args = |message: &str| entry.and_then(|entry| message::arguments(entry, message));
    let own_args = value.as_deref().and_then(args);
    let documented = entry
        .filter(|_| own_args.is_none())
        .and_then(|entry| spot.documented_message(entry));
    let is_exact = labelled.is_some_and(|field| field.rank == Rank::Exact);
    (context.message, context.args) = match (value, documented) {
        (Some(message), None) => (Some(message), own_args.unwrap_or_default()),
        (Some(message), Some(_)) if is_exact => (Some(message), Vec::new()),
        (_, Some((message, args))) => (Some(message), args),
        (None, None) => (spot.message_after_code(), Vec::new()),
    };
    (context, choice)
}

/// Reads what the region says of a documented message. `all` are the places of all in it,
/// ascending.
pub fn read_message(region: &Region, found: &FoundMessage, all: &[usize]) -> Context {
    let spot = Spot::new(region, found.place.clone(), all);
    let mut context = spot.context(&[found.entry]);
    let text = region.text();
    let start = found.place.start;
    // The string that it is the whole of has its escapes resolved. With more detail after
    // it, it is the same message.
    let fields = region.tree.fields.iter();
    let around = fields.filter(|field| field.role == Role::Message && field.place.contains(&start));
    let mut whole = around.map(|field| field.value(text));
    let whole = whole.find(|value| message::begins(found.entry, &NormalizedText::of_value(value)));
    let args = whole
        .as_ref()
        .and_then(|value| message::arguments(found.entry, value));
    context.args = args.unwrap_or_else(|| found.args.clone());
    let bare = || with_detail(region, &found.place, found.detail_end);
    context.message = Some(whole.unwrap_or_else(bare));
    context
}

impl Spot<'_> {
    fn context(&self, variants: &[&Entry]) -> Context {
        let value = |role| Some(self.value(role)?.value(self.region.text()));
        let url = value(Role::Url);
        let in_one = value(Role::Request).and_then(|request| {
            let (before, url) = request.rsplit_once([' ', '[', '"'])?;
            Some((before.split([' ', ']']).next()?.to_owned(), url.to_owned()))
        });
        let request = in_one.or_else(|| Some((value(Role::Method)?, url.clone()?)));
        let request = request.map(|(method, path)| {
            let whole = url.filter(|url| url.ends_with(&path)).unwrap_or(path);
            let host =
                value(Role::Host).filter(|host| whole.starts_with('/') && host.contains('.'));
            let server = host.map_or(String::new(), |host| format!("https://{host}"));
            (method, server + &whole)
        });
        // A number alone is a status if the catalog documents it for the code.
        let documented = || {
            let number = value(Role::BareStatus)?;
            let mut statuses = variants.iter().map(|entry| entry.status());
            statuses.find(|status| status.to_string() == number)
        };
        let labelled = value(Role::HttpStatus).and_then(|value| status(&value));
        Context {
            http_status: labelled.or_else(documented),
            request_id: value(Role::RequestId).or_else(|| self.id_at_line_end()),
            request,
            authorization: value(Role::Authorization)
                .filter(|value| can_be(Role::Authorization, value)),
            ..Context::default()
        }
    }

    /// Whether a message may be the error's. Where the code is quoted in a text, a label such as
    /// `msg` beside that text is the log's. A description in a body above the code is part of
    /// the request.
    fn is_of_error(&self, field: &Field) -> bool {
        let mut bodies = self.region.tree.around(field.node);
        let body = bodies.find(|node| self.node(*node).kind == Kind::Object);
        let is_above = |body: usize| self.node(body).place.end < self.place.start;
        let is_of_request = field.rank > Rank::Usual && body.is_some_and(is_above);
        let text = self.innermost(&[Kind::Text]);
        field.rank == Rank::Exact
            || !is_of_request
                && text.is_none_or(|text| {
                    text.place.len() <= self.place.len() + 2 || text.place.contains(&field.start)
                })
    }

    /// The entry's message where it stands near the code, label or not, with the detail
    /// after it; and what its `{0}`s stood for.
    fn documented_message(&self, entry: &Entry) -> Option<(String, Vec<String>)> {
        let found = find_near(entry, self.region, &self.item_or_record(), self.place.start)?;
        // A code after the message is no detail.
        let next = self.codes.partition_point(|code| *code < found.place.end);
        let next = self.codes.get(next).copied().unwrap_or(usize::MAX);
        let text = with_detail(self.region, &found.place, found.detail_end.min(next));
        Some((text, found.args))
    }

    /// What stands after the code and a colon: `CODE: message`.
    fn message_after_code(&self) -> Option<String> {
        let text = self.region.text();
        let rest = text[self.place.end..].strip_prefix(": ")?;
        let start = text.len() - rest.len();
        let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |end| start + end);
        let string = self.region.string_end(self.place.start);
        let end = string.map_or(line, |string| string.min(line));
        let mut labels = self.region.tree.fields_in(&(start..end)).iter();
        let label = labels.find(|field| field.role != Role::BareStatus);
        let end = label.map_or(end, |field| field.start);
        let message = text[start..end_of_message(text, start..end)].trim();
        // A list of codes, or a sentence about several, is none.
        let is_own = codes_in(self.codes, &(start..line)).is_empty();
        (is_own && message.contains(' ')).then(|| message.to_owned())
    }

    /// A request ID at the end of the code's line, after the message.
    fn id_at_line_end(&self) -> Option<String> {
        // A line may be long, and have many codes.
        let next = codes_in(self.codes, &(self.place.end..usize::MAX)).first();
        let end = self.item_or_record().end.max(self.place.end);
        let rest = self.region.text().get(self.place.end..end)?;
        let line = match next {
            Some(next) if *next < end => {
                &rest[..memchr::memchr(b'\n', &rest.as_bytes()[..next - self.place.end])?]
            }
            _ => rest.lines().next()?,
        };
        let line = line.trim_end_matches(['\r', ' ', ')', ']', '.', '"', '\'']);
        let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let (before, id) = line.split_at(line.trim_end_matches(is_of_id).len());
        let before = before.trim_end_matches(' ');
        let is_set_off = before.is_empty() || before.ends_with(SETS_OFF);
        // It may be that of what the message is about: `for account (…`.
        let word = last_word(before.trim_end_matches(['(', '[', ' ']));
        (is_set_off && is_bare_id(id) && !is_one_of(&SUBJECTS, word)).then(|| id.to_owned())
    }
}

/// The documented message at `place` with the detail after it, which ends at `detail_end` or
/// before the next label.
fn with_detail(region: &Region, place: &Range<usize>, detail_end: usize) -> String {
    let text = region.text();
    let detail = place.end..detail_end.max(place.end);
    let mut labels = region.tree.fields_in(&detail).iter();
    let label = labels.find(|field| ends_message(text, field));
    let end = label.map_or(detail.end, |field| field.start);
    let end = end_of_message(text, place.start..end.max(place.end));
    let message = text[place.start..end.max(place.end)].trim_end();
    // A request ID stands after the message.
    let (before, last) = message.rsplit_once(' ').unwrap_or_default();
    let message = if is_bare_id(last) { before } else { message };
    let message = message.trim_end_matches([' ', '|', ',', ';', '(', '[', '-']);
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
