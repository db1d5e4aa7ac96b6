//! Which value belongs to which code.
//!
//! One rule: a value belongs to the code with which it has the deepest node in common, and
//! never across the border of a record or of an item of a list. The search goes up from the
//! code through the nodes around it (`Spot::around`) and takes the first value that
//!
//! - stands in no other record or item inside that node,
//! - stands in no part of the node that has another code: it belongs to that one,
//! - stands in no part that contradicts what was found nearer the code: another request ID or
//!   HTTP status is of another request,
//! - is not disputed: if several objects beside the code give different values, none counts.
//!
//! Of several values in a node, those with the most exact label count. Of these, where the node
//! has no other code, the nearest does, those on the code's line before others. Where it has
//! several, it shows on which side of a code its values stand, and the nearest there counts.

pub mod bare_values;
pub mod surroundings;
pub mod which_entry;

use std::ops::Range;

use self::bare_values::with_detail;
use self::surroundings::{Context, Spot, codes_in};
use self::which_entry::Choice;
use super::messages::{FoundMessage, find_near};
use super::region::Region;
use super::tree::Kind;
use super::values::{Field, Role, can_be, status};
use crate::catalog::Entry;
use crate::message::{self, NormalizedText};

/// Fields before and after a code that are looked at.
const MAX_FIELDS: usize = 256;

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
    let mut context = spot.context();
    let labelled = spot
        .value(Role::Message)
        .filter(|field| spot.is_of_error(field));
    let value = labelled.map(|field| field.value(text));
    let bare = spot.bare_values(&mut context);
    context.http_status = context.http_status.or_else(|| spot.bare_status(variants));
    let choice = spot.choose(variants, value.as_deref(), context.http_status);
    let entry = choice.entry;
    let args = |message: &str| entry.and_then(|entry| message::arguments(entry, message));
    let own_args = value.as_deref().and_then(args);
    let documented = entry
        .filter(|_| own_args.is_none())
        .and_then(|entry| spot.documented_message(entry));
    let is_exact = labelled.is_some_and(|field| field.rank == 0);
    (context.message, context.args) = match (value, documented) {
        (Some(message), None) => (Some(message), own_args.unwrap_or_default()),
        (Some(message), Some(_)) if is_exact => (Some(message), Vec::new()),
        (_, Some((message, args))) => (Some(message), args),
        (None, None) => (spot.behind_code().or(bare), Vec::new()),
    };
    (context, choice)
}

/// Reads what the region says of a documented message. `others` are the places of further
/// ones, ascending.
pub fn read_message(region: &Region, found: &FoundMessage, others: &[usize]) -> Context {
    let spot = Spot::new(region, found.place.clone(), others);
    let mut context = spot.context();
    spot.bare_values(&mut context);
    context.http_status = context
        .http_status
        .or_else(|| spot.bare_status(&[found.entry]));
    let text = region.text();
    let start = found.place.start;
    // The string that it is the whole of has its escapes resolved. With more detail behind
    // it, it is the same message.
    let fields = region.tree.fields.iter();
    let around = fields.filter(|field| field.role == Role::Message && field.place.contains(&start));
    let mut whole = around.map(|field| field.value(text));
    let whole = whole.find(|value| message::begins(found.entry, &NormalizedText::of_value(value)));
    context.args.clone_from(&found.args);
    context.message = Some(match whole {
        Some(value) => {
            if let Some(args) = message::arguments(found.entry, &value) {
                context.args = args;
            }
            value
        }
        None => with_detail(region, &found.place, found.detail_end),
    });
    context
}

/// What was found so far, nearer the code.
#[derive(Default, Clone, Copy)]
struct FoundSoFar<'r> {
    status: Option<&'r Field>,
    request_id: Option<&'r Field>,
}

impl<'r> Spot<'r> {
    /// Whether a message may be the error's. Where the code is quoted in a text, a label such as
    /// `msg` beside that text is the log's. A description in a body above the code is part of
    /// the request.
    fn is_of_error(&self, field: &Field) -> bool {
        let mut bodies = self.region.tree.around(field.node);
        let body = bodies.find(|node| self.node(*node).kind == Kind::Object);
        let is_above = |body: usize| self.node(body).place.end < self.place.start;
        let is_of_request = field.rank > 1 && body.is_some_and(is_above);
        let mut around = self.around.iter().map(|node| self.node(*node));
        let text = around.find(|node| node.kind == Kind::Text);
        field.rank == 0
            || field.place.contains(&self.place.start)
            || !is_of_request
                && text.is_none_or(|text| {
                    text.place.len() <= self.place.len() + 2 || text.place.contains(&field.start)
                })
    }

    fn context(&self) -> Context {
        let text = self.region.text();
        let (mut found, mut request, mut authorization) = (FoundSoFar::default(), None, None);
        let (mut method, mut url) = (None, None);
        for level in 0..self.around.len() {
            let known = found;
            let pick = |role| self.pick(level, role, known);
            found.request_id = known.request_id.or_else(|| pick(Role::RequestId));
            found.status = known.status.or_else(|| pick(Role::HttpStatus));
            request = request.or_else(|| pick(Role::Request));
            method = method.or_else(|| pick(Role::Method));
            url = url.or_else(|| pick(Role::Url));
            authorization = authorization.or_else(|| pick(Role::Authorization));
        }
        let value = |field: &Field| field.value(text);
        let url = url.map(value);
        let request = request.map(value);
        let in_one = request.as_deref().and_then(|request| {
            let (before, url) = request.rsplit_once([' ', '[', '"'])?;
            Some((before.split([' ', ']']).next()?, url))
        });
        let in_one = in_one.map(|(method, url)| (method.to_owned(), url.to_owned()));
        let request = in_one.or_else(|| Some((value(method?), url.clone()?)));
        let request = request.map(|(method, path)| {
            let whole = url.filter(|url| url.ends_with(&path));
            (method, self.with_host(whole.unwrap_or(path)))
        });
        Context {
            http_status: found.status.and_then(|field| status(&value(field))),
            request_id: found.request_id.map(value),
            request,
            authorization: authorization
                .map(value)
                .filter(|value| can_be(Role::Authorization, value)),
            ..Context::default()
        }
    }

    /// An address with its server, where a header says which.
    fn with_host(&self, url: String) -> String {
        if !url.starts_with('/') {
            return url;
        }
        match self
            .value(Role::Host)
            .map(|field| field.value(self.region.text()))
        {
            Some(host) if host.contains('.') => format!("https://{host}{url}"),
            _ => url,
        }
    }

    /// The value with a role in the first node that has one.
    pub fn value(&self, role: Role) -> Option<&'r Field> {
        (0..self.around.len()).find_map(|level| self.pick(level, role, FoundSoFar::default()))
    }

    /// The best value with the role in the node at a level around the code that is in no
    /// nearer one, and belongs to no other code.
    fn pick(&self, level: usize, role: Role, known: FoundSoFar) -> Option<&'r Field> {
        let node = self.around[level];
        let inner = level
            .checked_sub(1)
            .map(|inner| self.node(self.around[inner]));
        let is_outside_inner =
            |field: &&Field| inner.is_none_or(|inner| !inner.place.contains(&field.start));
        let fields = self.region.tree.fields_in(&self.node(node).place);
        let behind_code = fields.partition_point(|field| field.start < self.place.start);
        let near =
            behind_code.saturating_sub(MAX_FIELDS)..fields.len().min(behind_code + MAX_FIELDS);
        let fields = fields[near].iter().filter(|field| field.role == role);
        // Asked for the same part again and again.
        let mut last = (usize::MAX, false);
        let mut may_speak_for_code = |part: usize| {
            if last.0 != part {
                last = (part, self.may_speak_for_code(part, known));
            }
            last.1
        };
        let belongs = |field: &&Field| {
            let is_around_code = field.place.contains(&self.place.start);
            !(role == Role::Message && is_around_code)
                && self.part(node, field).is_some_and(&mut may_speak_for_code)
                && !(role == Role::HttpStatus && self.went_well_elsewhere(node, field))
        };
        let mut best: Vec<_> = fields.filter(is_outside_inner).filter(belongs).collect();
        let rank = best.iter().map(|field| field.rank).min()?;
        best.retain(|field| field.rank == rank);
        if self.is_ambiguous(node, &best) {
            return None;
        }
        self.nearest(node, role, &best)
    }

    /// Whether a part of a node around the code may say something of it: it has no other code
    /// in it, or is the body that the code leads to, and does not contradict what is known.
    fn may_speak_for_code(&self, part: usize, known: FoundSoFar) -> bool {
        let place = &self.node(part).place;
        let codes = codes_in(self.codes, place);
        let is_free = || codes.is_empty() || self.leads_to(place, codes);
        self.around.contains(&part) || is_free() && !contradicts(self, place, known)
    }

    /// Whether the values stand in several objects beside the code, and differ.
    fn is_ambiguous(&self, node: usize, best: &[&Field]) -> bool {
        let beside = |field: &&Field| {
            let part = self
                .part(node, field)
                .filter(|part| !self.around.contains(part))?;
            let is_object = matches!(self.node(part).kind, Kind::Object | Kind::Element);
            is_object.then(|| (part, field.value(self.region.text())))
        };
        let beside: Option<Vec<_>> = best.iter().map(beside).collect();
        beside.is_some_and(|beside| {
            let mut pairs = beside.windows(2);
            pairs.any(|pair| pair[0].0 != pair[1].0 && pair[0].1 != pair[1].1)
        })
    }

    /// The part of a node that a field stands in: the child of the node, or the node itself;
    /// none where another record or item is between.
    fn part(&self, node: usize, field: &Field) -> Option<usize> {
        let mut part = node;
        for number in self.region.tree.around(field.node) {
            if number == node {
                return Some(part);
            }
            if matches!(self.node(number).kind, Kind::Item | Kind::Record) {
                return None;
            }
            part = number;
        }
        None
    }

    /// Of several values that belong to the codes in a node the one that belongs to this.
    fn nearest(&self, node: usize, role: Role, best: &[&'r Field]) -> Option<&'r Field> {
        let code = self.place.start;
        let rivals = codes_in(self.codes, &self.node(node).place);
        let mut rivals = rivals
            .iter()
            .copied()
            .filter(|rival| !self.place.contains(rival));
        let Some(first_rival) = rivals.clone().next() else {
            let is_other_line = |field: &Field| !self.is_on_line(field.start);
            let distance = |field: &&&Field| (is_other_line(field), field.start.abs_diff(code));
            return best.iter().min_by_key(distance).copied();
        };
        let first = best.first()?;
        // In a response's head, or in a container rather than on a free line.
        let is_of_all_codes = |field: &Field| {
            let is_head = self.node(field.node).kind == Kind::Head;
            is_head || !matches!(self.node(node).kind, Kind::Record | Kind::Line | Kind::Text)
        };
        if let [only] = best
            && role != Role::Message
            && (is_of_all_codes(only)
                || self.is_on_line(only.start)
                || rivals.clone().all(|rival| self.is_same_code(rival)))
        {
            // One response, several codes, or one that is named several times.
            return Some(only);
        }
        let previous = rivals.clone().take_while(|rival| *rival < code).last();
        let next = rivals.find(|rival| *rival > code).unwrap_or(usize::MAX);
        if first.start < code.min(first_rival) {
            if self.region.is_cut && self.node(node).place.start == 0 {
                // It may be of a code that is cut off.
                return None;
            }
            let own = previous.unwrap_or(0)..code;
            let own = best.iter().rev().find(|field| own.contains(&field.start));
            return own.copied();
        }
        let own = best
            .iter()
            .find(|field| (code..next).contains(&field.start));
        own.copied()
    }

    fn is_on_line(&self, place: usize) -> bool {
        let code = self.place.start;
        let part = &self.region.text().as_bytes()[code.min(place)..code.max(place)];
        memchr::memchr(b'\n', part).is_none()
    }

    /// Whether a value is the HTTP status of a successful request, and not that of the body
    /// that the code is in.
    fn went_well_elsewhere(&self, node: usize, field: &Field) -> bool {
        let text = self.region.text();
        if self.node(node).kind != Kind::Record || self.node(field.node).kind == Kind::Head {
            return false;
        }
        if status(&field.value(text)).is_none_or(|status| status >= 400) {
            return false;
        }
        let lines = &self.region.unwrapped;
        let own = self.around.iter().rev().nth(1);
        let own = own.map_or(self.place.start, |own| self.node(*own).place.start);
        lines.line_of(field.start) + 1 != lines.line_of(own)
    }

    /// The entry's message where it stands near the code, label or not, with the detail
    /// behind it; and what its `{0}`s stood for.
    fn documented_message(&self, entry: &Entry) -> Option<(String, Vec<String>)> {
        let found = find_near(entry, self.region, &self.record(), self.place.start)?;
        // A code behind the message is no detail.
        let next = self.codes.partition_point(|code| *code < found.place.end);
        let next = self.codes.get(next).copied().unwrap_or(usize::MAX);
        let text = with_detail(self.region, &found.place, found.detail_end.min(next));
        Some((text, found.args))
    }
}

/// Whether a part of the text says something else of a request than is known.
fn contradicts(spot: &Spot, part: &Range<usize>, known: FoundSoFar) -> bool {
    let text = spot.region.text();
    let mut fields = spot.region.tree.fields_in(part).iter();
    let differs = |known: Option<&Field>, field: &Field| {
        known.is_some_and(|known| known.value(text) != field.value(text))
    };
    fields.any(|field| match field.role {
        Role::RequestId => field.rank < 2 && differs(known.request_id, field),
        Role::HttpStatus => field.rank < 3 && differs(known.status, field),
        _ => false,
    })
}
