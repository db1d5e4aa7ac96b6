//! Which value belongs to which code.
//!
//! One rule: a value belongs to the code with which it has the deepest node in common, and
//! never across the border of a record or of an item of a list. From the code one goes up
//! through the nodes around it, and takes the first value that
//!
//! - stands in no other record or item inside that node,
//! - stands in no part of the node that has another code, and so belongs to that,
//! - stands in no part that contradicts what was found nearer: another request ID or HTTP
//!   status is of another request.
//!
//! Of several the one with the most exact label counts; then that on the code's line, on the
//! side on which the values of the codes in that node stand, the nearest.

use std::ops::Range;

use super::fields::{end_of_message, ends_message};
use super::labels::{Role, is_bare};
use super::messages::{FoundMessage, find_near};
use super::region::Region;
use super::tree::{Field, Kind, Node};
use super::unlabelled::is_bare_id;
use super::values::{can_be, is_error_code, status};
use crate::catalog::Entry;
use crate::message;

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

/// Which of a code's entries fits a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'c> {
    /// The one that fits best; none where the code has none.
    pub entry: Option<&'c Entry>,
    /// Whether no other fits as well.
    pub is_unambiguous: bool,
}

/// Fields before and after a code that are looked at.
const MAX_FIELDS: usize = 256;
/// Lines of bare values above and below a code that are looked at.
const MAX_BARE: usize = 4;

/// Reads what the region says of the code at `place`, and which of the code's entries fits
/// it: by the message, else by the HTTP status, else the first.
pub fn read<'c>(
    region: &Region,
    place: &Range<usize>,
    variants: &[&'c Entry],
) -> (Context, Choice<'c>) {
    let text = region.text();
    if region.codes.binary_search(&place.start).is_err() {
        // It stands in what was taken off.
        let choice = Choice {
            entry: variants.first().copied(),
            is_unambiguous: variants.len() < 2,
        };
        return (Context::default(), choice);
    }
    let owner = Owner::new(region, place.clone(), &region.codes);
    let mut context = owner.context();
    let labelled = owner.value(Role::Message);
    let value = labelled.map(|field| field.value(text));
    let bare = owner.bare_values(&mut context);
    let choice = owner.choose(variants, value.as_deref(), context.http_status);
    let entry = choice.entry;
    let args = |message: &str| entry.and_then(|entry| message::arguments(entry, message));
    let own_args = value.as_deref().and_then(args);
    let documented = entry
        .filter(|_| own_args.is_none())
        .and_then(|entry| owner.documented_message(entry));
    let is_exact = labelled.is_some_and(|field| field.rank == 0);
    (context.message, context.args) = match (value, documented) {
        (Some(message), None) => (Some(message), own_args.unwrap_or_default()),
        (Some(message), Some(_)) if is_exact => (Some(message), Vec::new()),
        (_, Some((message, args))) => (Some(message), args),
        (None, None) => (owner.behind_code().or(bare), Vec::new()),
    };
    (context, choice)
}

/// Reads what the region says of a documented message. `others` are the places of further
/// ones, ascending.
pub fn read_message(region: &Region, found: &FoundMessage, others: &[usize]) -> Context {
    let owner = Owner::new(region, found.place.clone(), others);
    let mut context = owner.context();
    owner.bare_values(&mut context);
    let text = region.text();
    let start = found.place.start;
    // The string that it is the whole of has its escapes resolved. With more detail behind
    // it, it is the same message.
    let fields = region.tree.fields.iter();
    let around = fields.filter(|field| field.role == Role::Message && field.place.contains(&start));
    let mut whole = around.map(|field| field.value(text));
    let whole = whole.find(|value| message::begins(found.entry, value));
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

/// The documented message at `place` with the detail behind it, which ends at `detail_end` or
/// before the next label.
fn with_detail(region: &Region, place: &Range<usize>, detail_end: usize) -> String {
    let text = region.text();
    let behind = place.end..detail_end.max(place.end);
    let mut labels = region.tree.fields_in(&behind).iter();
    let label = labels.find(|field| ends_message(text, field));
    let end = label.map_or(behind.end, |field| field.start);
    let end = end_of_message(text, place.start..end.max(place.end));
    let message = text[place.start..end.max(place.end)].trim_end();
    // A request ID stands behind the message.
    let last = message.rsplit(' ').next().unwrap_or(message);
    let message = message
        .strip_suffix(last)
        .filter(|_| is_bare_id(last))
        .unwrap_or(message);
    let message = message.trim_end_matches([' ', '|', ',', ';', '(', '[', '-']);
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A code, or a message that stands for one, and what is around it.
struct Owner<'r> {
    region: &'r Region,
    place: Range<usize>,
    /// All codes, ascending, its own among them.
    codes: &'r [usize],
    /// The nodes around it, the innermost first, up to its record.
    around: Vec<usize>,
}

/// What was found of an occurrence so far.
#[derive(Default, Clone, Copy)]
struct Nearer<'r> {
    status: Option<&'r Field>,
    request_id: Option<&'r Field>,
}

impl<'r> Owner<'r> {
    fn new(region: &'r Region, place: Range<usize>, codes: &'r [usize]) -> Self {
        let node = region.tree.node_at(place.start);
        let mut around = Vec::new();
        for node in node.into_iter().flat_map(|node| region.tree.around(node)) {
            around.push(node);
            if region.tree.nodes[node].kind == Kind::Record {
                break;
            }
        }
        Owner {
            region,
            place,
            codes,
            around,
        }
    }

    fn node(&self, number: usize) -> &'r Node {
        &self.region.tree.nodes[number]
    }

    fn context(&self) -> Context {
        let text = self.region.text();
        let (mut nearer, mut request, mut authorization) = (Nearer::default(), None, None);
        let (mut method, mut url) = (None, None);
        for level in 0..self.around.len() {
            let known = nearer;
            let pick = |role| self.pick(level, role, known);
            nearer.request_id = known.request_id.or_else(|| pick(Role::RequestId));
            nearer.status = known.status.or_else(|| pick(Role::HttpStatus));
            request = request.or_else(|| pick(Role::Request));
            method = method.or_else(|| pick(Role::Method));
            url = url.or_else(|| pick(Role::Url));
            authorization = authorization.or_else(|| pick(Role::Authorization));
        }
        let value = |field: &Field| field.value(text);
        let pair = || Some((value(method?), value(url?)));
        let whole_url = url
            .map(value)
            .filter(|url| !url.starts_with('/'))
            .unwrap_or_default();
        let request = request.map(value).and_then(|request| {
            let (method, url) = request.split_once(' ')?;
            let is_same = url.starts_with('/') && whole_url.ends_with(url);
            let url = if is_same { &whole_url } else { url };
            Some((method.to_owned(), url.to_owned()))
        });
        Context {
            http_status: nearer.status.and_then(|field| status(&value(field))),
            request_id: nearer.request_id.map(value),
            request: request
                .or_else(pair)
                .map(|(method, url)| (method, self.with_host(url))),
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
        let host = (0..self.around.len())
            .find_map(|level| self.pick(level, Role::Host, Nearer::default()));
        match host.map(|field| field.value(self.region.text())) {
            Some(host) if host.contains('.') => format!("https://{host}{url}"),
            _ => url,
        }
    }

    /// The value with a role in the first node that has one.
    fn value(&self, role: Role) -> Option<&'r Field> {
        (0..self.around.len()).find_map(|level| self.pick(level, role, Nearer::default()))
    }

    /// The best value with the role in the node at a level around the code that is in no
    /// nearer one, and belongs to no other code.
    fn pick(&self, level: usize, role: Role, known: Nearer) -> Option<&'r Field> {
        let node = self.around[level];
        let nearer = level
            .checked_sub(1)
            .map(|level| self.node(self.around[level]));
        let is_farther = |field: &&Field| nearer.is_none_or(|it| !it.place.contains(&field.start));
        let fields = self.region.tree.fields_in(&self.node(node).place);
        let own = fields.partition_point(|field| field.start < self.place.start);
        let near = own.saturating_sub(MAX_FIELDS)..fields.len().min(own + MAX_FIELDS);
        let fields = fields[near].iter().filter(|field| field.role == role);
        let parts = Parts::default();
        let belongs = |field: &&Field| {
            let part = self.part(node, field);
            let is_own = role != Role::Message || !field.place.contains(&self.place.start);
            is_own
                && part.is_some_and(|part| parts.is_open(self, part, known))
                && !(role == Role::HttpStatus && self.went_well_elsewhere(node, field))
        };
        let counted: Vec<_> = fields.filter(is_farther).filter(belongs).collect();
        let rank = counted.iter().map(|field| field.rank).min()?;
        let best: Vec<_> = counted
            .into_iter()
            .filter(|field| field.rank == rank)
            .collect();
        self.nearest(node, role, &best)
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
        if let [only] = best
            && role != Role::Message
            && (self.is_shared(node, only) || self.is_on_line(only.start))
        {
            // One response, several codes.
            return Some(only);
        }
        let previous = rivals.clone().take_while(|rival| *rival < code).last();
        let next = rivals.find(|rival| *rival > code).unwrap_or(usize::MAX);
        if self.values_stand_before(node, first, code.min(first_rival)) {
            let own = previous.unwrap_or(0)..code;
            let own = best.iter().rev().find(|field| own.contains(&field.start));
            return own.copied();
        }
        let own = best
            .iter()
            .find(|field| (code..next).contains(&field.start));
        own.copied()
    }

    /// Whether the values of the codes in a node stand before them, given the first of each.
    fn values_stand_before(&self, node: usize, first: &Field, first_code: usize) -> bool {
        let is_before = first.start < first_code;
        if !(is_before && self.region.is_cut && self.node(node).place.start == 0) {
            return is_before;
        }
        // The code of the first value may be cut off. Then what sets the next value off from
        // the code before it counts.
        let between = first_code..first_code + 64;
        let next = self.region.tree.fields_in(&between).first();
        let text = next.and_then(|next| self.region.text().get(first_code..next.start));
        text.is_none_or(|text| text.contains([';', '|', '\n', '}']))
    }

    /// Whether a value is of all codes in a node: of a response's head, or an object's member.
    fn is_shared(&self, node: usize, field: &Field) -> bool {
        let is_head = self.node(field.node).kind == Kind::Head;
        is_head || !matches!(self.node(node).kind, Kind::Record | Kind::Line | Kind::Text)
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
        let own = self
            .around
            .iter()
            .rev()
            .nth(1)
            .map_or(self.place.start, |own| self.node(*own).place.start);
        let is_above = lines.line_of(field.start) + 1 == lines.line_of(own);
        let is_in_object = self.around.len() > 2;
        !(is_above && is_in_object)
    }

    /// The entry of several that fits best: by the labelled message, else by the documented
    /// message that is nearest to the code, and then by the HTTP status.
    fn choose<'c>(
        &self,
        variants: &[&'c Entry],
        labelled: Option<&str>,
        status: Option<u16>,
    ) -> Choice<'c> {
        if let [] | [_] = variants {
            return Choice {
                entry: variants.first().copied(),
                is_unambiguous: true,
            };
        }
        let says = |entry: &&&Entry| labelled.is_some_and(|it| message::begins(entry, it));
        let mut fitting: Vec<_> = variants.iter().filter(says).copied().collect();
        if fitting.is_empty() {
            let record = self.record();
            let near = variants
                .iter()
                .filter_map(|entry| find_near(entry, self.region, &record, self.place.start));
            let nearest = near.min_by_key(|it| it.place.start.abs_diff(self.place.start));
            fitting.extend(nearest.map(|found| found.entry));
        }
        if fitting.is_empty() {
            fitting = variants.to_vec();
        }
        if fitting.iter().any(|entry| Some(entry.status()) == status) {
            fitting.retain(|entry| Some(entry.status()) == status);
        }
        Choice {
            entry: fitting.first().copied(),
            is_unambiguous: fitting.len() == 1,
        }
    }

    /// The part of the text that the code's message may stand in without a label: the
    /// innermost item or record, but for the lines of other codes.
    fn record(&self) -> Range<usize> {
        let kinds = [Kind::Item, Kind::Record];
        let mut around = self.around.iter().map(|node| self.node(*node));
        let own = around.find(|node| kinds.contains(&node.kind));
        own.map_or(self.place.clone(), |node| node.place.clone())
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

    /// What stands behind the code and a colon: `CODE: message`.
    fn behind_code(&self) -> Option<String> {
        let text = self.region.text();
        let rest = text[self.place.end..].strip_prefix(": ")?;
        let start = text.len() - rest.len();
        let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |end| start + end);
        let string = self
            .region
            .string_end(self.place.start)
            .unwrap_or(text.len());
        let mut end = line.min(string);
        if !codes_in(self.codes, &(start..end)).is_empty() {
            // A list of codes, or a sentence about several.
            return None;
        }
        let labels = self.region.tree.fields_in(&(start..end));
        end = labels.first().map_or(end, |field| field.start);
        let end = end_of_message(text, start..end);
        let message = text[start..end].trim();
        let is_sentence =
            message.split(' ').count() > 1 && message.starts_with(char::is_alphabetic);
        is_sentence.then(|| message.to_owned())
    }

    /// Reads what stands bare on the lines around a code that stands alone on its own, as the
    /// samples of SDKs print it: status, request ID, code, message. Gives the message. Where
    /// the code is not alone, reads a request ID at the end of its line.
    fn bare_values(&self, context: &mut Context) -> Option<String> {
        let (text, lines) = (self.region.text(), &self.region.unwrapped.lines);
        let own = self.region.unwrapped.line_of(self.place.start);
        let line = |number: usize| lines.get(number).map(|line| &text[line.start..line.end]);
        let own_line = line(own)?;
        if own_line.trim().trim_matches(['"', '\'']).len() != self.place.len() {
            if context.request_id.is_none() {
                context.request_id = self.id_behind();
            }
            return None;
        }
        let record = self.record();
        let is_in_record = |number: &usize| {
            lines
                .get(*number)
                .is_some_and(|line| record.contains(&line.start))
        };
        let above = (0..own).rev().take(MAX_BARE).take_while(is_in_record);
        let below = (own + 1..lines.len())
            .take(MAX_BARE)
            .take_while(is_in_record);
        let mut sentences = Vec::new();
        let mut bare = 0;
        for lines in [below.collect::<Vec<_>>(), above.collect()] {
            for (distance, number) in lines.into_iter().enumerate() {
                let value = line(number).unwrap_or_default().trim();
                let value = value.trim_matches(['"', '\'']);
                if is_error_code(value) {
                    break;
                }
                if !is_bare(value) {
                    sentences.extend(Some(value).filter(|_| distance < 3));
                    if distance > 0 || value.contains(':') {
                        break;
                    }
                    continue;
                }
                bare += 1;
                match status(value).filter(|_| value.len() == 3) {
                    Some(status) => context.http_status = context.http_status.or(Some(status)),
                    None if context.request_id.is_none() => {
                        context.request_id = Some(value.to_owned());
                    }
                    None => {}
                }
            }
        }
        let is_sentence = |value: &&str| value.contains(' ') && !value.contains(['=', '{']);
        let sentence = sentences.into_iter().find(is_sentence);
        sentence.filter(|_| bare > 0).map(str::to_owned)
    }

    /// A request ID at the end of the code's line, behind the message.
    fn id_behind(&self) -> Option<String> {
        let text = self.region.text();
        let rest = &text[self.place.end..];
        let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end]);
        let outside = [' ', ')', ']', '.', '\r', '"', '\''];
        let line = line.trim_end_matches(outside);
        let start = line
            .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-')
            .len();
        let before = line[..start].trim_end_matches(' ');
        let is_set_off =
            before.is_empty() || before.ends_with(['.', ',', ';', '(', '[', '|', '-', '!']);
        let next = self.codes.partition_point(|code| *code <= self.place.start);
        let is_others = self
            .codes
            .get(next)
            .is_some_and(|code| *code < self.place.end + start);
        let id = &line[start..];
        (is_set_off && !is_others && is_bare_id(id)).then(|| id.to_owned())
    }
}

/// The parts of a node that were looked at, of which the last is asked for again and again.
#[derive(Default)]
struct Parts {
    last: std::cell::Cell<Option<(usize, bool)>>,
}

impl Parts {
    /// Whether a part of a node around the code may say something of it: it has no other code
    /// in it, and does not contradict what is known.
    fn is_open(&self, owner: &Owner, part: usize, known: Nearer) -> bool {
        if owner.around.contains(&part) {
            return true;
        }
        if let Some((last, is_open)) = self.last.get()
            && last == part
        {
            return is_open;
        }
        let place = &owner.node(part).place;
        let is_open = codes_in(owner.codes, place).is_empty() && !contradicts(owner, place, known);
        self.last.set(Some((part, is_open)));
        is_open
    }
}

/// Whether a part of the text says something else of a request than is known, or names a code
/// of another service.
fn contradicts(owner: &Owner, part: &Range<usize>, known: Nearer) -> bool {
    let text = owner.region.text();
    let mut fields = owner.region.tree.fields_in(part).iter();
    let differs = |known: Option<&Field>, field: &Field| {
        known.is_some_and(|known| known.value(text) != field.value(text))
    };
    fields.any(|field| match field.role {
        Role::RequestId => field.rank < 2 && differs(known.request_id, field),
        Role::HttpStatus => field.rank < 3 && differs(known.status, field),
        Role::Code => is_error_code(&field.value(text)),
        _ => false,
    })
}

/// The codes in a part of the text.
fn codes_in<'r>(codes: &'r [usize], part: &Range<usize>) -> &'r [usize] {
    let start = codes.partition_point(|code| *code < part.start);
    let end = codes.partition_point(|code| *code < part.end);
    &codes[start..end.max(start)]
}
