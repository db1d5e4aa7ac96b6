//! What a region says of a code: its values, its message, and which of its variants fit. Variants
//! are the entries with this code: it may be documented with several messages or statuses.

use std::ops::Range;

use super::CodeInTree;
use crate::catalog::{DEFAULT_SERVICE, Entry};
use crate::data::words::is_number;
use crate::explain::Occurrence;
use crate::explain::messages::{FoundMessage, find_near};
use crate::explain::region::Region;
use crate::explain::tree::log_records::line_kinds::may_be_of_logger;
use crate::explain::tree::message_end::{end_before, end_of_message};
use crate::explain::tree::{Kind, Node};
use crate::explain::values::unlabelled_id::{id_after_separator, id_in_cells};
use crate::explain::values::{Field, Rank, Role, can_be, status};
use crate::message::{self, NormalizedText};
use crate::substrings::{offsets_in, start_of};

/// Cells on each side of a code, or of the body around it, in which its request ID is looked for.
const MAX_CELLS_BESIDE_CODE: usize = 2;
const MAX_CELLS_BESIDE_BODY: usize = 3;

/// Reads what the region says of the code at `place`, and which of its variants fit that.
pub(crate) fn code_occurrence<'c>(
    region: &Region,
    place: &Range<usize>,
    variants: &[&'c Entry],
) -> (Occurrence, Vec<&'c Entry>) {
    let service = start_of(&region.text()[place.clone()], DEFAULT_SERVICE.len());
    let code = |inner| CodeInTree::new(region, place.clone(), region.all_codes(), inner, service);
    if let Some((inner, place_in_it)) = region.inner_text(place) {
        let (mut occurrence, fitting) = code_occurrence(&inner.region, &place_in_it, variants);
        code(Some(&inner.node)).complete(&mut occurrence, variants);
        return (occurrence, fitting);
    }
    let code = code(None);
    let mut occurrence = code.values(variants);
    let fitting;
    (fitting, occurrence.message, occurrence.args) =
        code.fitting_and_message(variants, occurrence.http_status);
    (occurrence, fitting)
}

/// Reads what the region says of a documented message. `starts`: where documented messages start in
/// the region, ascending.
pub(crate) fn message_occurrence(
    region: &Region,
    found: &FoundMessage,
    starts: &[usize],
) -> Occurrence {
    let (start, service) = (found.place.start, found.entry.service());
    if let Some((inner, place)) = region.inner_text(&(start..start)) {
        let below = place.start..inner.region.text().len();
        if let Some(found_in_it) = find_near(found.entry, &inner.region, &below, place.start) {
            let starts_in_it: Vec<_> = offsets_in(starts, &inner.node)
                .iter()
                .filter_map(|at| region.in_inner_text(&inner, *at))
                .collect();
            let mut occurrence = message_occurrence(&inner.region, &found_in_it, &starts_in_it);
            let node = Some(&inner.node);
            let outer = CodeInTree::new(region, found.place.clone(), starts, node, service);
            outer.complete(&mut occurrence, &[found.entry]);
            return occurrence;
        }
    }
    let own = CodeInTree::new(region, found.place.clone(), starts, None, service);
    let mut occurrence = own.values(&[found.entry]);
    // If a labelled message is this one, perhaps with detail behind it, take the label's value: its
    // escapes are resolved.
    let is_around = |field: &&Field| field.role == Role::Message && field.place.contains(&start);
    let fields_around = region.tree().fields.iter().filter(is_around);
    let mut values = fields_around.map(|field| field.value(region.text()));
    let string =
        values.find(|value| message::begins(found.entry, &NormalizedText::of_value(value)));
    let args = (string.as_ref()).and_then(|value| message::arguments(found.entry, value));
    occurrence.args = args.unwrap_or_else(|| found.args.clone());
    let unquoted = || with_detail(region, &found.place, found.detail_end);
    occurrence.message = Some(string.unwrap_or_else(unquoted));
    occurrence
}

impl CodeInTree<'_> {
    /// The values of the tree, and what other log records say of the same request; if
    /// neither has the request, a short one before the code.
    fn values(&self, variants: &[&Entry]) -> Occurrence {
        let mut occurrence = self.own_values(variants);
        self.add_from_other_log_records(&mut occurrence, variants);
        occurrence.request = occurrence.request.or_else(|| self.short_request());
        occurrence
    }

    /// The values of the tree; if it has no request ID, one that is no field of it.
    fn own_values(&self, variants: &[&Entry]) -> Occurrence {
        let value = |role| Some(self.value(role)?.value(self.region.text()));
        // A possible status counts if it is the status of a variant.
        let documented = || {
            let number = status(&value(Role::PossibleStatus)?)?;
            variants.iter().map(|entry| entry.status()).find(|status| *status == number)
        };
        let from_tree = value(Role::HttpStatus).and_then(|value| status(&value));
        let http_status = from_tree.or_else(documented);
        let id_from_tree = value(Role::RequestId);
        Occurrence {
            http_status,
            request_id: id_from_tree
                .or_else(|| self.id_at_line_end())
                .or_else(|| self.id_in_row(http_status?)),
            request: self.request(),
            encoded_authorization_message: value(Role::Authorization)
                .filter(|value| can_be(Role::Authorization, value)),
            ..Occurrence::default()
        }
    }

    /// Adds the values around the inner text to those read in it, unless they have another status
    /// or request ID.
    fn complete(&self, occurrence: &mut Occurrence, variants: &[&Entry]) {
        let outer = self.own_values(variants);
        if differ(occurrence.http_status.as_ref(), outer.http_status.as_ref())
            || differ(occurrence.request_id.as_ref(), outer.request_id.as_ref())
        {
            return;
        }
        occurrence.http_status = occurrence.http_status.or(outer.http_status);
        occurrence.request_id = occurrence.request_id.take().or(outer.request_id);
        occurrence.request = occurrence.request.take().or(outer.request);
        self.add_from_other_log_records(occurrence, variants);
        if occurrence.message.is_none() {
            let (_, message, args) = self.fitting_and_message(variants, occurrence.http_status);
            (occurrence.message, occurrence.args) = (message, args);
        }
    }

    /// The variants that fit, the message, and what its `{0}`s stood for.
    fn fitting_and_message<'c>(
        &self,
        variants: &[&'c Entry],
        status: Option<u16>,
    ) -> (Vec<&'c Entry>, Option<String>, Vec<String>) {
        let labelled = self.value(Role::Message);
        let is_of_log = labelled.is_some_and(|field| self.may_be_of_log(field));
        let labelled = labelled.map(|field| field.value(self.region.text()));
        let is_documented = |message: &String| {
            variants.iter().any(|entry| message::arguments(entry, message).is_some())
        };
        let labelled = labelled.filter(|it| !is_of_log || is_documented(it));
        let (fitting, documented) = self.fitting(variants, status, labelled.is_some());
        let (message, args) = match fitting.first() {
            Some(entry) => self.message(entry, labelled, documented),
            None => (labelled, Vec::new()),
        };
        (fitting, message, args)
    }

    /// The variants that fit: the one whose documented message stands nearest, else those
    /// with this status, else all. Also returns that message. It is looked for in the code's item
    /// and, if the code has no labelled message, in its whole log record.
    fn fitting<'c>(
        &self,
        variants: &[&'c Entry],
        status: Option<u16>,
        has_message: bool,
    ) -> (Vec<&'c Entry>, Option<FoundMessage<'c>>) {
        let code = self.place.start;
        let nearest_in = |part: Range<usize>| {
            let near =
                variants.iter().filter_map(|entry| find_near(entry, self.region, &part, code));
            near.min_by_key(|found| found.place.start.abs_diff(code))
        };
        let is_in_no_other_item = |found: &FoundMessage| {
            let item = self.region.tree().innermost(&[Kind::Item], found.place.start);
            item.is_none_or(|item| item.place.contains(&code))
        };
        let in_log_record =
            || self.log_record_of_its_own().and_then(nearest_in).filter(is_in_no_other_item);
        let nearest = nearest_in(self.item_or_log_record());
        let nearest = nearest.or_else(|| if has_message { None } else { in_log_record() });
        let mut fitting = nearest.as_ref().map_or(variants.to_vec(), |found| vec![found.entry]);
        if fitting.iter().any(|entry| Some(entry.status()) == status) {
            fitting.retain(|entry| Some(entry.status()) == status);
        }
        (fitting, nearest)
    }

    /// Whether a message may be the log's own. Either the code is in a longer string and the
    /// message is not; or both are in an object of a logger:
    /// `{"level":"warn","msg":"will retry","code":…}`.
    fn may_be_of_log(&self, field: &Field) -> bool {
        let innermost = |kind| self.region.tree().innermost(&[kind], self.place.start);
        let is_beside_text = |text: &Node| {
            text.place.len() > self.place.len() + 2 && !text.place.contains(&field.start)
        };
        let is_in_logged_object = |object: &Node| {
            let text = &self.region.text()[object.place.clone()];
            object.place.contains(&field.start) && may_be_of_logger(text)
        };
        field.rank != Rank::Exact && innermost(Kind::Quoted).is_some_and(is_beside_text)
            || field.rank == Rank::Usual && innermost(Kind::Object).is_some_and(is_in_logged_object)
    }

    /// The message of a code with this entry, and what its `{0}`s stood for, from the
    /// labelled message and the documented one near the code.
    fn message(
        &self,
        entry: &Entry,
        labelled: Option<String>,
        documented: Option<FoundMessage>,
    ) -> (Option<String>, Vec<String>) {
        if let Some(message) = &labelled {
            if let Some(args) = message::arguments(entry, message) {
                return (labelled, args);
            }
            if let Some(unbroken) = message::unbroken(entry, message) {
                return (Some(unbroken.to_owned()), Vec::new());
            }
        }
        let Some(found) = documented else { return (labelled, Vec::new()) };
        let begins = |it: &String| message::begins(entry, &NormalizedText::of_value(it));
        if labelled.as_ref().is_some_and(begins) {
            return (labelled, found.args);
        }
        // A code after the message is no detail.
        let detail_end = found.detail_end.min(self.next_code(found.place.end));
        (Some(with_detail(self.region, &found.place, detail_end)), found.args)
    }

    /// The log record of the code, if no other code stands in it.
    pub(super) fn log_record_of_its_own(&self) -> Option<Range<usize>> {
        let log_record = self.region.log_record(self.place.start);
        let mut codes = offsets_in(self.codes, &log_record).iter();
        codes.all(|other| self.is_same_code(*other)).then_some(log_record)
    }

    /// The innermost item or log record around the code.
    fn item_or_log_record(&self) -> Range<usize> {
        let tree = self.region.tree();
        let node = tree.innermost(&[Kind::Item, Kind::LogRecord], self.place.start);
        node.map_or(self.place.clone(), |node| node.place.clone())
    }

    /// The request ID that stands without a label in a cell of the code's row.
    fn id_in_row(&self, status: u16) -> Option<String> {
        let text = self.region.text();
        let row = self.item_or_log_record();
        // A body around the code counts as its cell. Behind a body, one more cell (what was asked
        // for) may stand before the ID.
        let object = self.region.tree().innermost(&[Kind::Object], self.place.start);
        let body =
            object.filter(|it| text[it.place.start..].starts_with('{') && it.place.end < row.end);
        let cell = body.map_or(&self.place, |body| &body.place);
        let max = if body.is_some() { MAX_CELLS_BESIDE_BODY } else { MAX_CELLS_BESIDE_CODE };
        let before = text[row.start..cell.start.max(row.start)].rsplit('\n').next()?;
        let after = text[cell.end..row.end.max(cell.end)].split('\n').next()?;
        id_in_cells(before, after, status, max).map(str::to_owned)
    }

    /// A request ID at the end of the code's line, after the message.
    fn id_at_line_end(&self) -> Option<String> {
        // A code that was only expected has no values.
        self.around.first()?;
        // A line may be long, and have many codes.
        let next = self.next_code(self.place.end);
        let end = self.item_or_log_record().end.min(next).max(self.place.end);
        let rest = &self.region.text()[self.place.end..end];
        let line = rest.lines().next()?;
        // A string may be folded.
        let string_end =
            self.region.string_end(self.place.end).filter(|string_end| *string_end <= end);
        let text = string_end.map_or(line, |string_end| &rest[..string_end - self.place.end]);
        id_after_separator(text).map(|(_, id)| id.to_owned())
    }
}

/// A message without the class of the exception that Ruby writes behind it:
/// `not found. (ApiError)`.
fn without_class(message: &str) -> &str {
    let parts = message.strip_suffix(')').and_then(|it| it.rsplit_once(" ("));
    let is_class = |name: &str| {
        (name.ends_with("Error") || name.ends_with("Exception"))
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == ':')
    };
    parts.filter(|(_, name)| is_class(name)).map_or(message, |(before, _)| before)
}

/// A message without the place in a file that PHP writes behind it:
/// `not found. in /srv/app/run.php:41`.
fn without_file_and_line(message: &str) -> &str {
    let parts = message.rsplit_once(" in /");
    let is_file = |file: &str| file.rsplit_once(':').is_some_and(|(_, line)| is_number(line));
    parts.filter(|(_, file)| is_file(file)).map_or(message, |(before, _)| before)
}

/// Whether both values are known and differ.
fn differ<T: PartialEq>(own: Option<&T>, other: Option<&T>) -> bool {
    own.is_some() && other.is_some() && own != other
}

/// The documented message at `place` with the detail after it, up to `detail_end` at most.
/// Leaves out the next field, the next cell, what a test names behind the message, a request ID,
/// and the file and the class of the exception that programs write behind it.
fn with_detail(region: &Region, place: &Range<usize>, detail_end: usize) -> String {
    let text = region.text();
    let detail = place.end..detail_end.max(place.end);
    let label = region.tree().fields_in(&detail).first();
    // The message is whole without its detail, so any field ends the detail, even one that could be
    // part of a sentence.
    let end = label.map(|field| end_before(text, field).unwrap_or(field.start));
    let end = end.unwrap_or(detail.end);
    let end = end_of_message(text, place.start..end.max(place.end));
    let message = &text[place.start..end.max(place.end)];
    // A cell ends at a tab, and a sentence before ` / ` and what a test names.
    let end = ["\t", ". / "].iter().filter_map(|mark| message.find(mark)).min();
    let message = message[..end.map_or(message.len(), |end| end + 1)].trim_end();
    let message = id_after_separator(message).map_or(message, |(before, _)| before);
    let message = without_class(without_file_and_line(message));
    let message = message.trim_end_matches([' ', '|', ',', ';', '(', '[', '-']);
    // SQL and shells escape a quote in a string.
    message.split_whitespace().collect::<Vec<_>>().join(" ").replace("\\'", "'")
}
