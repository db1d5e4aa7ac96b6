//! What the text around a code says of it: HTTP status, request ID, message.
//!
//! Looks in ever wider scopes, from the object that the code is a member of to the
//! response it came in, and takes the first value that no other code has a better
//! claim to.

use std::ops::Range;

use super::fields::{Field, Role, end_of_message, fields, status};
use super::finder::{FoundMessage, find_near};
use super::lines::{is_on_line, line_end, line_start};
use super::nesting::Nesting;
use super::records::{
    Level, Severity, container, is_access, is_object, is_status_line, level, starts_record,
    starts_with_time,
};
use crate::catalog::Entry;
use crate::message;

/// What the input says near a code.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Context {
    pub http_status: Option<u16>,
    pub request_id: Option<String>,
    pub message: Option<String>,
    /// What the `{0}` of the documented message stood for.
    pub args: Vec<String>,
}

/// Which of a code's entries fits a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'c> {
    /// The one that fits best; none where the code has none.
    pub entry: Option<&'c Entry>,
    /// Whether no other fits as well.
    pub told_apart: bool,
}

/// Objects around a code that are looked at, from the innermost.
const MOST_OBJECTS: usize = 16;
/// Lines that a scope reaches up and down at most.
const MOST_LINES: usize = 80;

/// Reads the context of the code at `place` in `text`, and tells which of the code's
/// entries fits it: by the message, else by the HTTP status, else the first.
/// `others` are the places of further codes in the text, ascending.
pub fn read<'c>(
    text: &str,
    place: &Range<usize>,
    others: &[usize],
    variants: &[&'c Entry],
) -> (Context, Choice<'c>) {
    let surroundings = Surroundings::new(text, place.start, others);
    let scopes = surroundings.scopes();
    let fields = fields(text, lines_of(text, place, &scopes));
    let mut context = surroundings.status_and_request(&fields, &scopes);

    let labelled = surroundings.value(&fields, &scopes, Role::Message);
    let labelled = labelled.filter(|field| !field.place.contains(&place.start));
    let choice = surroundings.choose(variants, labelled, context.http_status);
    let entry = choice.entry;
    let fits = |message: &str| entry.and_then(|entry| message::arguments(entry, message));
    let args = labelled.and_then(|field| fits(&field.value()));
    let unlabelled = entry
        .filter(|_| args.is_none())
        .and_then(|entry| surroundings.documented_message(entry, &fields));
    (context.message, context.args) = match (labelled, unlabelled) {
        (Some(field), None) => (Some(field.value().into_owned()), args.unwrap_or_default()),
        (Some(field), Some(_)) if field.rank == 0 => (Some(field.value().into_owned()), Vec::new()),
        (_, Some((message, args))) => (Some(message), args),
        (None, None) => (None, Vec::new()),
    };
    (context, choice)
}

/// Reads the context of a documented message that stands at `place` in `text`.
/// `others` are the places of further such messages in the text, ascending.
pub fn read_message(
    text: &str,
    place: &Range<usize>,
    others: &[usize],
    found: &FoundMessage,
) -> Context {
    let surroundings = Surroundings::new(text, place.start, others);
    let scopes = surroundings.scopes();
    // The string that the message stands in may begin far before it.
    let fields = fields(text, 0..lines_of(text, place, &scopes).end);
    let mut context = surroundings.status_and_request(&fields, &scopes);
    // The string that it is the whole of has its escapes resolved.
    // With more detail behind it, it is the same message.
    let whole = fields
        .iter()
        .filter(|field| field.role == Role::Message && field.place.contains(&place.start))
        .find(|field| message::begins(found.entry, &field.value()))
        .map(|field| {
            let args = message::arguments(found.entry, &field.value());
            (
                field.value().into_owned(),
                args.unwrap_or_else(|| found.args.clone()),
            )
        });
    let unlabelled = || {
        // Its detail ends elsewhere in a text that is tidied.
        let rest = &text[place.start..line_end(text, place.end)];
        let again = find_near(found.entry, rest, 0);
        let again = again.filter(|again| again.place.start == 0);
        let detail_end = again.map_or(place.end, |again| place.start + again.detail_end);
        let message = with_detail(text, place, detail_end, &fields);
        (message, found.args.clone())
    };
    let (message, args) = whole.unwrap_or_else(unlabelled);
    (context.message, context.args) = (Some(message), args);
    context
}

/// The documented message at `place` with the detail behind it, which ends at
/// `detail_end` or before the next label.
fn with_detail(text: &str, place: &Range<usize>, detail_end: usize, fields: &[Field]) -> String {
    let end = end_of_message(text, place.start..detail_end, fields);
    text[place.start..end.max(place.end)].to_owned()
}

/// A part of the text in which a value may belong to the code.
struct Scope {
    range: Range<usize>,
    /// What of the range counts.
    members: Members,
}

#[derive(Clone, Copy)]
enum Members {
    /// Values in the object with this number, and in no object inside it.
    Of(usize),
    /// Values in no object that the code is not in.
    Related,
    /// The same, but for the HTTP status of what went well: another request's.
    Nearby,
    /// All values but those in other elements of a list that the code is in an element of.
    All,
}

/// The text around a code (or a message that stands for one).
struct Surroundings<'t> {
    text: &'t str,
    code: usize,
    other_codes: &'t [usize],
    /// The lines of other codes that are not the code's own, ascending.
    other_lines: Vec<Range<usize>>,
    nesting: Nesting,
    /// The numbers of the objects that the code is in, innermost first.
    around: Vec<usize>,
    /// For each object whether it is in another element of a list than the code.
    in_other_elements: Vec<bool>,
}

impl<'t> Surroundings<'t> {
    fn new(text: &'t str, code: usize, other_codes: &'t [usize]) -> Self {
        let nesting = Nesting::new(text);
        let mut other_lines: Vec<Range<usize>> = Vec::new();
        for &other in other_codes {
            if other_lines.last().is_none_or(|line| line.end < other) {
                other_lines.push(line_start(text, other)..line_end(text, other));
            }
        }
        other_lines.retain(|line| !line.contains(&code));
        let around = nesting.around(code);
        Surroundings {
            text,
            code,
            other_codes,
            other_lines,
            in_other_elements: nesting.in_other_elements(&around),
            around,
            nesting,
        }
    }

    fn status_and_request(&self, fields: &[Field], scopes: &[Scope]) -> Context {
        let http_status = self.value(fields, scopes, Role::HttpStatus);
        let request_id = self.value(fields, scopes, Role::RequestId);
        Context {
            http_status: http_status.and_then(|field| status(&field.value())),
            request_id: request_id.map(|field| field.value().into_owned()),
            ..Context::default()
        }
    }

    /// The entry of several that fits best: by the labelled message, else by the
    /// documented message that is nearest to the code, and then by the HTTP status.
    fn choose<'c>(
        &self,
        variants: &[&'c Entry],
        labelled: Option<&Field>,
        status: Option<u16>,
    ) -> Choice<'c> {
        if let [] | [_] = variants {
            return Choice {
                entry: variants.first().copied(),
                told_apart: true,
            };
        }
        let labelled =
            |entry: &&&Entry| labelled.is_some_and(|f| message::begins(entry, &f.value()));
        let mut fitting: Vec<_> = variants.iter().filter(labelled).copied().collect();
        if fitting.is_empty() {
            let lines = self.own_lines();
            let (text, code) = (&self.text[lines.clone()], self.code - lines.start);
            let near = variants
                .iter()
                .filter_map(|entry| find_near(entry, text, code));
            let nearest = near.min_by_key(|found| found.place.start.abs_diff(code));
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
            told_apart: fitting.len() == 1,
        }
    }

    /// The entry's message where it stands near the code, label or not, with the detail
    /// behind it; and what its `{0}`s stood for.
    fn documented_message(&self, entry: &Entry, fields: &[Field]) -> Option<(String, Vec<String>)> {
        let lines = self.own_lines();
        let found = find_near(entry, &self.text[lines.clone()], self.code - lines.start)?;
        let message = lines.start + found.place.start..lines.start + found.place.end;
        // A code behind the message is no detail.
        let codes = self.other_codes.iter().chain([&self.code]).copied();
        let next_code = codes.filter(|code| *code >= message.end).min();
        let detail_end = (lines.start + found.detail_end).min(next_code.unwrap_or(self.text.len()));
        let text = with_detail(self.text, &message, detail_end, fields);
        Some((text, found.args))
    }

    /// The value with the role in the first scope that has one.
    fn value<'f>(
        &self,
        fields: &'f [Field<'t>],
        scopes: &[Scope],
        role: Role,
    ) -> Option<&'f Field<'t>> {
        scopes
            .iter()
            .find_map(|scope| self.pick(fields, scope, role))
    }

    /// Where to look, the nearest first.
    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = Vec::new();
        for &object in self.around.iter().take(MOST_OBJECTS) {
            scopes.push(Scope {
                range: self.nesting.objects[object].place.clone(),
                members: Members::Of(object),
            });
        }
        let lines = self.own_lines();
        scopes.push(Scope {
            range: lines.clone(),
            members: Members::Related,
        });
        if !self.other_codes.iter().any(|code| lines.contains(code)) {
            scopes.push(Scope {
                range: lines.clone(),
                members: Members::All,
            });
        }
        let paragraph = self.paragraph(&lines);
        scopes.push(Scope {
            range: paragraph.clone(),
            members: Members::Nearby,
        });
        // What a log says is no body of a response above it, but may tell the body.
        let own = self.line(lines.start);
        let is_of_log = self.around.is_empty() && (level(own).is_some() || starts_with_time(own));
        let head = (!is_of_log).then(|| self.response_head(paragraph.start));
        if let Some(head) = head.flatten() {
            scopes.push(Scope {
                range: head,
                members: Members::Related,
            });
        }
        scopes
    }

    /// The outermost object that the code is in.
    fn outermost(&self) -> Option<&Range<usize>> {
        self.around
            .last()
            .map(|object| &self.nesting.objects[*object].place)
    }

    /// The lines of the code, or of the outermost object it is in.
    fn own_lines(&self) -> Range<usize> {
        let (start, end) = self
            .outermost()
            .map_or((self.code, self.code), |o| (o.start, o.end));
        line_start(self.text, start)..line_end(self.text, end)
    }

    /// The lines around `lines` up to an empty one or one of another record of a log.
    fn paragraph(&self, lines: &Range<usize>) -> Range<usize> {
        let own_container = container(self.line(lines.start));
        let (start, mut own_level) = self.start_of_record(lines.start);
        let mut end = lines.end;
        // A body on a line of its own has all it says in it.
        let is_body = is_object(&self.text[lines.start..]);
        for _ in 0..if is_body { 0 } else { MOST_LINES } {
            let line = self.line((end + 1).min(self.text.len()));
            let level = level(line);
            let is_others = match (level, own_level) {
                (Some(level), Some(own)) => level != own,
                (Some(level), None) => level.severity != Severity::Error,
                (None, _) => false,
            };
            if line.trim().is_empty()
                || starts_record(line)
                || is_status_line(line)
                || container(line) != own_container
                || is_others
            {
                break;
            }
            own_level = own_level.or(level);
            end += 1 + line.len();
        }
        start..end
    }

    /// Where the record starts that the line at `place` is in, and its level. Lines without
    /// a level belong to what follows, unless there is one of another level above them.
    fn start_of_record(&self, place: usize) -> (usize, Option<Level>) {
        let own_container = container(self.line(place));
        let mut own_level = level(&self.text[place..]);
        let mut start = place;
        let mut certain = place;
        for _ in 0..MOST_LINES {
            let first = &self.text[start..];
            if start == 0 || starts_with_time(first) || is_access(first) {
                break;
            }
            let above = line_start(self.text, start - 1);
            let before = &self.text[above..start];
            // A body may follow on a line of its own; one after another are records.
            let between_bodies = is_object(before) && is_object(first);
            if before.trim().is_empty()
                || between_bodies
                || is_access(before)
                || container(before) != own_container
            {
                break;
            }
            match (level(before), own_level) {
                (None, _) => {}
                (Some(level), None) if level.severity == Severity::Course => return (above, None),
                (Some(level), None) => {
                    own_level = Some(level).filter(|level| level.severity == Severity::Error);
                    certain = above;
                }
                (Some(level), Some(own)) if level == own || level.severity == Severity::Detail => {
                    certain = above;
                }
                (Some(_), Some(_)) => return (certain, own_level),
            }
            start = above;
        }
        (start, own_level)
    }

    /// The line that starts at `start`.
    fn line(&self, start: usize) -> &str {
        &self.text[start..line_end(self.text, start)]
    }

    /// The status line and headers of the response whose body `end` is in.
    fn response_head(&self, end: usize) -> Option<Range<usize>> {
        let mut at = end;
        for _ in 0..MOST_LINES * 4 {
            if at == 0 {
                return None;
            }
            let start = line_start(self.text, at - 1);
            let line = &self.text[start..at];
            if is_status_line(line) {
                let mut head_end = at;
                while head_end < end {
                    let next = line_end(self.text, head_end);
                    if self.text[head_end..next].trim().is_empty() {
                        break;
                    }
                    head_end = (next + 1).min(end);
                }
                return Some(start..head_end);
            }
            if starts_record(line) {
                return None;
            }
            at = start;
        }
        None
    }

    /// The best value with the role in the scope, unless it belongs to another code.
    fn pick<'f>(
        &self,
        fields: &'f [Field<'t>],
        scope: &Scope,
        role: Role,
    ) -> Option<&'f Field<'t>> {
        let belongs = |field: &&Field| {
            field.role == role
                && self.counts(scope, field.start)
                && !self.is_taken(field)
                && !(matches!(scope.members, Members::Nearby) && self.went_well_elsewhere(field))
        };
        let counted = || fields.iter().filter(belongs);
        let rank = counted().map(|field| field.rank).min()?;
        let best: Vec<_> = counted().filter(|field| field.rank == rank).collect();
        let rivals = self.other_codes.iter().copied();
        let rivals: Vec<_> = rivals.filter(|code| self.counts(scope, *code)).collect();
        let (Some(first), Some(first_rival)) = (best.first(), rivals.iter().min()) else {
            return best
                .into_iter()
                .min_by_key(|field| field.start.abs_diff(self.code));
        };
        if let [only] = best[..]
            && role != Role::Message
            && (matches!(scope.members, Members::Of(_))
                || is_on_line(self.text, only.start, self.code))
        {
            // One response, several codes.
            return Some(only);
        }
        if first.start < self.code.min(*first_rival) {
            // Values stand before their codes.
            return best.into_iter().rfind(|field| field.start < self.code);
        }
        let next_rival = rivals.into_iter().filter(|rival| *rival > self.code).min();
        let until_next = self.code..next_rival.unwrap_or(usize::MAX);
        best.into_iter()
            .find(|field| until_next.contains(&field.start))
    }

    /// Whether it is the HTTP status of a request that was answered as wished, and not that
    /// of the body that the code is in.
    fn went_well_elsewhere(&self, field: &Field) -> bool {
        let went_well =
            field.role == Role::HttpStatus && status(&field.value()).is_some_and(|it| it < 400);
        let is_of_body = || {
            let line = line_start(self.text, field.start);
            let is_above = line_end(self.text, line) + 1 == self.own_lines().start;
            is_status_line(self.line(line)) || (is_above && !self.around.is_empty())
        };
        went_well && !is_of_body()
    }

    /// Whether a value stands on a line of another code, and so belongs to that.
    fn is_taken(&self, field: &Field) -> bool {
        let next = self
            .other_lines
            .partition_point(|line| line.end <= field.start);
        let line = self.other_lines.get(next);
        line.is_some_and(|line| line.contains(&field.start))
    }

    /// Whether what stands at `place` counts in the scope.
    fn counts(&self, scope: &Scope, place: usize) -> bool {
        if !scope.range.contains(&place) {
            return false;
        }
        match (scope.members, self.nesting.innermost(place)) {
            (Members::Of(object), innermost) => innermost == Some(object),
            (_, None) => true,
            (Members::All, Some(innermost)) => !self.in_other_elements[innermost],
            (Members::Related | Members::Nearby, Some(innermost)) => {
                self.nesting.objects[innermost].place.contains(&self.code)
            }
        }
    }
}

/// The lines of `place` and of all scopes. What is labelled elsewhere never counts, and
/// where there are many errors most of the text around each is elsewhere.
fn lines_of(text: &str, place: &Range<usize>, scopes: &[Scope]) -> Range<usize> {
    let of_place = line_start(text, place.start)..line_end(text, place.end);
    scopes.iter().fold(of_place, |lines, scope| {
        lines.start.min(scope.range.start)..lines.end.max(scope.range.end)
    })
}
