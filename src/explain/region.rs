//! A part of an input that is read closely: once for all codes and messages in it. How much that is
//! around a code: `input/window.rs` (`region_around`, `REACH`); which one is kept: `reading.rs`.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use super::Resource;
use super::codes::CodeFinder;
use super::foreign_codes::codes_of_any_service;
use super::lines::Unwrapped;
use super::lines::line_escapes::Resolved;
use super::lines::place_map::PlaceMap;
use super::lines::times::starts_with_time;
use super::terraform_diagnostics::{diagnostics, resource_in};
use super::tree::parse::parse;
use super::tree::{Kind, Tree};
use super::values::{Rank, Role};
use crate::message::NormalizedText;
use crate::substrings::offsets_in;

/// The kinds of nodes that one error's values may stand in beside its message.
const BESIDE: [Kind; 4] = [Kind::Object, Kind::Item, Kind::Element, Kind::Line];

/// Line ends that are escaped in a string that is read as a text by itself.
const MIN_LINE_ENDS: usize = 2;
/// Fields that may start between a message's label and the message.
const MAX_FIELDS_BETWEEN: usize = 4;

/// A part of an input, unwrapped, as a tree.
#[derive(Debug)]
pub struct Region {
    /// Where in the input it starts and ends.
    pub span: Range<u64>,
    unwrapped: Unwrapped,
    /// Made when it is first asked for: most places that are looked at start no message.
    tree: OnceCell<Tree>,
    /// Where codes of the catalog's services start, ascending.
    pub codes: Vec<usize>,
    all_codes: OnceCell<Vec<usize>>,
    /// Where documented messages start, ascending; looked for once for all of them.
    pub messages: OnceCell<Vec<usize>>,
    normal: OnceCell<NormalizedText>,
    /// Where the key `diagnostic` stands, ascending.
    diagnostics: OnceCell<Vec<usize>>,
    /// The record that was last searched for a resource, and the one in it.
    searched: RefCell<(Range<usize>, Option<Resource>)>,
    /// Where the string is that was last looked at, and its lines, if it has several.
    string: RefCell<(Range<usize>, Option<Rc<LinesInString>>)>,
}

/// A string of several lines as a text by itself.
#[derive(Debug)]
pub struct LinesInString {
    /// Where it stands, without its quotes.
    pub place: Range<usize>,
    map: PlaceMap,
    pub region: Region,
}

impl LinesInString {
    /// Where a part of the text around stands in it.
    pub fn in_string(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let at = |at: usize| self.region.unwrapped.in_text(self.map.in_text(at)?);
        let start = at(part.start)?;
        Some(start..start + part.len())
    }
}

impl Region {
    /// Reads a text that starts at `start` in the input, and may do so anywhere in a line.
    pub fn new(original: &str, start: u64, starts_line: bool, finder: &CodeFinder) -> Self {
        let unwrapped = Unwrapped::new(original, starts_line);
        let text = unwrapped.text.as_bytes();
        let codes = finder.codes(text, 0..text.len());
        let codes = codes.iter().map(|code| code.place.start).collect();
        Region::of_lines(unwrapped, start..start + original.len() as u64, codes)
    }

    /// Takes lines with the codes of the catalog's services in them, and where in the input they are.
    fn of_lines(unwrapped: Unwrapped, span: Range<u64>, codes: Vec<usize>) -> Self {
        Region {
            span,
            codes,
            unwrapped,
            tree: OnceCell::new(),
            all_codes: OnceCell::new(),
            messages: OnceCell::new(),
            normal: OnceCell::new(),
            diagnostics: OnceCell::new(),
            searched: RefCell::default(),
            string: RefCell::default(),
        }
    }

    /// The outermost string around an offset, if it has several lines.
    pub fn string_of_lines(&self, at: usize) -> Option<Rc<LinesInString>> {
        let is_string = |node: &usize| self.tree().nodes[*node].kind == Kind::Quoted;
        let string = self.tree().around_place(at).filter(is_string).last()?;
        let place = &self.tree().nodes[string].place;
        let mut last = self.string.borrow_mut();
        if last.0 != *place {
            *last = (place.clone(), self.lines_in_string(place).map(Rc::new));
        }
        last.1.clone()
    }

    /// The lines of a string at a place, if it has several.
    fn lines_in_string(&self, place: &Range<usize>) -> Option<LinesInString> {
        let raw = &self.text()[place.clone()];
        raw.match_indices("\\n").nth(MIN_LINE_ENDS - 1)?;
        let mut out = Resolved::with_capacity(raw.len());
        out.push_string(place.start, raw);
        let map = PlaceMap::new(out.pieces);
        let unwrapped = Unwrapped::new(&out.text, true);
        let codes = offsets_in(&self.codes, place).iter();
        let codes = codes.filter_map(|at| unwrapped.in_text(map.in_text(*at)?)).collect();
        let region = Region::of_lines(unwrapped, 0..out.text.len() as u64, codes);
        Some(LinesInString { place: place.clone(), map, region })
    }

    pub fn text(&self) -> &str {
        &self.unwrapped.text
    }

    pub fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| parse(&self.unwrapped))
    }

    /// Where codes of any service start, ascending.
    pub fn all_codes(&self) -> &[usize] {
        let codes = || codes_of_any_service(self.text(), self.tree(), &self.codes);
        self.all_codes.get_or_init(codes)
    }

    /// Where something of the input stands in the text; none where it was taken off.
    pub fn in_text(&self, in_input: u64) -> Option<usize> {
        let raw = in_input.checked_sub(self.span.start)?;
        self.unwrapped.in_text(usize::try_from(raw).ok()?)
    }

    /// Where in the input something of the text stands.
    pub fn in_input(&self, at: usize) -> u64 {
        self.span.start + self.unwrapped.in_original(at) as u64
    }

    /// The text as messages are compared.
    pub fn normal(&self) -> &NormalizedText {
        self.normal.get_or_init(|| NormalizedText::new(self.text()))
    }

    /// The record around an offset.
    pub fn record(&self, at: usize) -> Range<usize> {
        let record = self.tree().innermost(&[Kind::Record], at);
        record.map_or(0..self.text().len(), |record| record.place.clone())
    }

    /// The number of the stream that the line at an offset is of.
    pub fn stream(&self, at: usize) -> Option<usize> {
        let lines = &self.unwrapped.lines;
        let next = lines.partition_point(|line| line.start <= at);
        lines[..next].last().map(|line| line.stream)
    }

    /// Whether no text to come changes which code the record at an offset names: a whole line below
    /// the record, or one in it that names a code, has a time or a level of its own. `ends_line`
    /// where the last line is whole.
    pub fn is_settled(&self, at: usize, record: &Range<usize>, ends_line: bool) -> bool {
        let (text, lines) = (self.text(), &self.unwrapped.lines);
        let next = lines.partition_point(|line| line.start <= at);
        lines[next.saturating_sub(1)..].windows(2).any(|pair| {
            let [above, own] = [&pair[0], &pair[1]].map(|line| &text[line.start..line.end]);
            let line = &pair[1];
            let is_timed = || line.starts_record && starts_with_time(own);
            // Below these the next line matters, too.
            let is_below_text = || !above.trim().is_empty() && !above.ends_with(['}', ']']);
            let has_level = || line.level.is_some() && !own.starts_with('[') && is_below_text();
            let names_code = || !offsets_in(&self.codes, &(line.start..line.end)).is_empty();
            (line.end < text.len() || ends_line)
                && (is_timed() || has_level())
                && (line.start >= record.end || names_code())
        })
    }

    /// The resource that a diagnostic is about: the one in the innermost node around an offset with a
    /// key `diagnostic`, else in the record, in the string if that has lines. Remembered, as a long record may have many codes.
    pub fn resource(&self, at: usize) -> Option<Resource> {
        let around = self.tree().around_place(at);
        let mut nodes = around.map(|node| &self.tree().nodes[node].place);
        let keys = || diagnostics(self.text().as_bytes()).collect();
        let keys = self.diagnostics.get_or_init(keys);
        let in_json = nodes.find(|node| !offsets_in(keys, node).is_empty());
        if in_json.is_none()
            && let Some(string) = self.string_of_lines(at)
            && let Some(own) = string.in_string(&(at..at))
        {
            return string.region.resource(own.start);
        }
        let record = in_json.map_or_else(|| self.record(at), Range::clone);
        let mut searched = self.searched.borrow_mut();
        if searched.0 != record {
            *searched = (record.clone(), resource_in(&self.text()[record]));
        }
        searched.1.clone()
    }

    /// Where the innermost string ends that an offset is in.
    pub fn string_end(&self, at: usize) -> Option<usize> {
        let string = self.tree().innermost(&[Kind::Quoted], at)?;
        string.place.contains(&at).then_some(string.place.end)
    }

    /// Whether the value of a message's label, of this rank or a surer one, starts at an offset.
    /// Other fields may start in between: a quote, a status.
    pub fn starts_labelled_message(&self, at: usize, rank: Rank) -> bool {
        let fields = &self.tree().fields;
        let next = fields.partition_point(|field| field.start <= at);
        let mut near = fields[next.saturating_sub(MAX_FIELDS_BETWEEN)..next].iter();
        let is_mark = |c: char| "\\\"'\n │".contains(c);
        near.any(|field| {
            let between = self.text().get(field.place.start..at);
            field.role == Role::Message
                && field.rank <= rank
                && between.is_some_and(|text| text.trim_matches(is_mark).is_empty())
        })
    }

    /// The values with a role in the same object as an offset, or on the same line where it is in
    /// none.
    pub fn beside(&self, role: Role, at: usize) -> impl Iterator<Item = String> {
        let own = self.tree().innermost(&BESIDE, at);
        let fields = own.into_iter().flat_map(move |own| self.tree().with_role(role, &own.place));
        fields.map(|field| field.value(self.text()))
    }
}
