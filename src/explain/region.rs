//! A part of an input that is read closely, once for all codes and messages in it.
//! `input/window.rs` decides how much text that is (`region_around`, `REACH`), `reading.rs` keeps
//! the last region.

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
use super::terraform_diagnostics::{diagnostic_keys, diagnostic_starts, resource_in};
use super::tree::parse::parse;
use super::tree::{Kind, Node, Tree};
use super::values::{Rank, Role};
use crate::message::NormalizedText;
use crate::substrings::{has_any, offsets_in, place_in, within};

/// The kinds of nodes in which an error's values may stand beside its message.
const BESIDE: [Kind; 4] = [Kind::Object, Kind::Item, Kind::Element, Kind::Line];

/// The fewest line ends in a string or an element for it to be read as a text by itself.
const MIN_LINE_ENDS: usize = 2;
/// The most fields up to a message that are looked at to find the message's label.
const MAX_FIELDS_BEFORE_MESSAGE: usize = 4;

/// A part of an input, unwrapped, as a tree.
#[derive(Debug, Default)]
pub(super) struct Region {
    /// Where in the input the region starts and ends.
    pub span: Range<u64>,
    unwrapped: Unwrapped,
    /// The text before unwrapping, if it has XML elements: the text in each is unwrapped by itself.
    original: String,
    /// Built when first needed: most places that are looked at turn out to start no message.
    tree: OnceCell<Tree>,
    /// Where codes of the catalog's services start, ascending.
    pub codes: Vec<usize>,
    all_codes: OnceCell<Vec<usize>>,
    /// Where documented messages start, ascending; searched for once per region, when first needed.
    pub messages: OnceCell<Vec<usize>>,
    normal: OnceCell<NormalizedText>,
    /// Where the key `diagnostic` stands, ascending.
    diagnostic_keys: OnceCell<Vec<usize>>,
    /// Where diagnostics of Terraform start, ascending.
    diagnostic_starts: OnceCell<Vec<usize>>,
    /// The part that was last searched for a resource, and the resource in it.
    searched: RefCell<(Range<usize>, Option<Resource>)>,
    /// The last inner text that was read.
    inner: RefCell<Option<Rc<InnerText>>>,
}

/// The text in a string or an element of several lines, read as a region of its own.
#[derive(Debug)]
pub(super) struct InnerText {
    /// Where the string or the element stands.
    pub node: Range<usize>,
    /// Whether it was taken from the original text, not from the unwrapped one.
    is_original: bool,
    /// Maps offsets in the text around to offsets in the inner text before its unwrapping.
    map: PlaceMap,
    pub region: Region,
}

impl Region {
    /// Unwraps a text that starts at `start` in the input, and finds its codes. `starts_line` says
    /// whether the text starts a line.
    pub(super) fn new(original: &str, start: u64, starts_line: bool, finder: &CodeFinder) -> Self {
        let mut region = Region::without_codes(original, start, starts_line);
        let text = region.text().as_bytes();
        let codes = finder.codes(text, 0..text.len());
        region.codes = codes.iter().map(|code| code.place.start).collect();
        region
    }

    fn without_codes(original: &str, start: u64, starts_line: bool) -> Self {
        let has_elements = has_any(original, &["</"]);
        Region {
            span: start..start + original.len() as u64,
            original: if has_elements { original.to_owned() } else { String::new() },
            unwrapped: Unwrapped::new(original, starts_line),
            ..Region::default()
        }
    }

    /// The inner text of the outermost string or element of several lines around a part of
    /// the text, and where that part stands in the inner text.
    pub(super) fn inner_text(&self, part: &Range<usize>) -> Option<(Rc<InnerText>, Range<usize>)> {
        let around: Vec<_> = self.tree().nodes_at(part.start).collect();
        let mut nodes = around.iter().rev().map(|node| &self.tree().nodes[*node]);
        let (node, place, mark) = nodes.find_map(|it| self.lines_in(it))?;
        let mut last = self.inner.borrow_mut();
        let known = last.take().filter(|it| it.node == *node);
        let inner = known.unwrap_or_else(|| Rc::new(self.read_inner_text(node, place, mark)));
        *last = Some(Rc::clone(&inner));
        let start = self.in_inner_text(&inner, part.start)?;
        let own = start..start + part.len();
        // The part must read the same in both: a line may be broken in one and joined in the other.
        let is_same = inner.region.text().get(own.clone()) == Some(&self.text()[part.clone()]);
        is_same.then_some((inner, own))
    }

    /// Converts an offset in the text to one in an inner text.
    pub(super) fn in_inner_text(&self, inner: &InnerText, at: usize) -> Option<usize> {
        let at = if inner.is_original { self.unwrapped.in_original(at) } else { at };
        inner.region.unwrapped.in_text(inner.map.in_text(at)?)
    }

    /// If a node is a string or an element of several lines: its place, the place of the text in
    /// it, and the mark that starts an escape there (0 for none).
    fn lines_in<'n>(&self, node: &'n Node) -> Option<(&'n Range<usize>, Range<usize>, u8)> {
        let text = &self.text()[node.place.clone()];
        let (inside, line_end, mark) = match node.kind {
            Kind::Quoted => (text, "\\n", b'\\'),
            Kind::Element | Kind::Item => {
                let (_, inside) = text.strip_prefix('<')?.split_once('>')?;
                let (inside, _) = inside.rsplit_once("</")?;
                let data = inside.trim().strip_prefix("<![CDATA[");
                match data.and_then(|it| it.strip_suffix("]]>")) {
                    Some(data) => (data, "\n", 0),
                    // An element around others is skipped: each of those is read by itself.
                    None => (Some(inside).filter(|it| !it.contains('<'))?, "\n", b'&'),
                }
            }
            _ => return None,
        };
        inside.match_indices(line_end).nth(MIN_LINE_ENDS - 1)?;
        Some((&node.place, place_in(self.text(), inside), mark))
    }

    /// Reads the text at `place`, which is in the string or element `node`, as a region of its own.
    /// Its escapes start with `mark`.
    fn read_inner_text(&self, node: &Range<usize>, place: Range<usize>, mark: u8) -> InnerText {
        let is_original = mark != b'\\';
        let (text, part) = if is_original {
            let [start, end] = [place.start, place.end].map(|at| self.unwrapped.in_original(at));
            (&*self.original, start..end.max(start))
        } else {
            (self.text(), place.clone())
        };
        let mut out = Resolved::with_capacity(part.len());
        out.push_string(part.start, text.get(part).unwrap_or_default(), mark);
        let region = Region::without_codes(&out.text, 0, true);
        let map = PlaceMap::new(out.pieces);
        let mut inner = InnerText { node: node.clone(), is_original, map, region };
        let codes = offsets_in(&self.codes, &place).iter();
        inner.region.codes = codes.filter_map(|at| self.in_inner_text(&inner, *at)).collect();
        inner
    }

    pub(super) fn text(&self) -> &str {
        &self.unwrapped.text
    }

    pub(super) fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| parse(&self.unwrapped))
    }

    /// Where codes of any service start, ascending.
    pub(super) fn all_codes(&self) -> &[usize] {
        let codes = || codes_of_any_service(self.text(), self.tree(), &self.codes);
        self.all_codes.get_or_init(codes)
    }

    /// Converts an offset in the input to one in the text; none if unwrapping removed it.
    pub(super) fn in_text(&self, in_input: u64) -> Option<usize> {
        let raw = in_input.checked_sub(self.span.start)?;
        self.unwrapped.in_text(usize::try_from(raw).ok()?)
    }

    /// Converts an offset in the text to one in the input.
    pub(super) fn in_input(&self, at: usize) -> u64 {
        self.span.start + self.unwrapped.in_original(at) as u64
    }

    /// The text in the normal form in which messages are compared.
    pub(super) fn normal(&self) -> &NormalizedText {
        self.normal.get_or_init(|| NormalizedText::new(self.text()))
    }

    /// The log record around an offset, else the whole text.
    pub(super) fn log_record(&self, at: usize) -> Range<usize> {
        let log_record = self.tree().innermost(&[Kind::LogRecord], at);
        log_record.map_or(0..self.text().len(), |log_record| log_record.place.clone())
    }

    /// The lines that start in a part of the text and belong to the same stream as its end.
    pub(super) fn lines_of_stream(
        &self,
        part: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = Range<usize>> {
        let all = &self.unwrapped.lines;
        let below = all.partition_point(|line| line.start <= part.end);
        let stream = all[..below].last().map(|line| line.stream);
        let own = within(all, &part, |line| line.start).iter();
        let own = own.filter(move |line| Some(line.stream) == stream);
        own.map(|line| line.start..line.end)
    }

    /// Whether the code that the log record at an offset names can no longer change, whatever
    /// follows. For that, a whole line with a time or a level must stand below the log record, or
    /// stand in it and name a code. `ends_line` says whether the last line is whole.
    pub(super) fn code_cannot_change(
        &self,
        at: usize,
        log_record: &Range<usize>,
        ends_line: bool,
    ) -> bool {
        let (text, lines) = (self.text(), &self.unwrapped.lines);
        let next = lines.partition_point(|line| line.start <= at);
        lines[next.saturating_sub(1)..].windows(2).any(|pair| {
            let [above, own] = [&pair[0], &pair[1]].map(|line| &text[line.start..line.end]);
            let line = &pair[1];
            let is_timed = || line.starts_log_record && starts_with_time(own);
            // Below an empty line, `}` or `]`, a level is not enough: the next line matters, too.
            let is_below_text = || !above.trim().is_empty() && !above.ends_with(['}', ']']);
            let has_level = || line.level.is_some() && !own.starts_with('[') && is_below_text();
            let names_code = || !offsets_in(&self.codes, &(line.start..line.end)).is_empty();
            (line.end < text.len() || ends_line)
                && (is_timed() || has_level())
                && (line.start >= log_record.end || names_code())
        })
    }

    /// The resource that the diagnostic around an offset is about. Looks for it in the
    /// innermost node with a key `diagnostic`, else in the inner text, else in the log record from
    /// the start of this diagnostic to the next. The result is kept, as one diagnostic may have
    /// many codes.
    pub(super) fn resource(&self, at: usize) -> Option<Resource> {
        let around = self.tree().nodes_at(at);
        let mut nodes = around.map(|node| &self.tree().nodes[node].place);
        let keys = || diagnostic_keys(self.text().as_bytes()).collect();
        let keys = self.diagnostic_keys.get_or_init(keys);
        let in_json = nodes.find(|node| !offsets_in(keys, node).is_empty());
        if in_json.is_none()
            && let Some((inner, own)) = self.inner_text(&(at..at))
        {
            return inner.region.resource(own.start);
        }
        let part = in_json.cloned().unwrap_or_else(|| {
            let log_record = self.log_record(at);
            let starts = self.diagnostic_starts.get_or_init(|| diagnostic_starts(self.text()));
            let (above, below) = starts.split_at(starts.partition_point(|start| *start <= at));
            let start = above.last().map_or(log_record.start, |start| log_record.start.max(*start));
            start..below.first().map_or(log_record.end, |start| log_record.end.min(*start))
        });
        let mut searched = self.searched.borrow_mut();
        if searched.0 != part {
            *searched = (part.clone(), resource_in(self.text().get(part)?));
        }
        searched.1.clone()
    }

    /// Where the innermost string around an offset ends.
    pub(super) fn string_end(&self, at: usize) -> Option<usize> {
        let string = self.tree().innermost(&[Kind::Quoted], at)?;
        string.place.contains(&at).then_some(string.place.end)
    }

    /// Whether the value of a message's label starts at an offset, with this rank or a surer one.
    /// Quotes, spaces and bars may stand before the offset, and other fields may start there.
    pub(super) fn starts_labelled_message(&self, at: usize, rank: Rank) -> bool {
        let fields = &self.tree().fields;
        let next = fields.partition_point(|field| field.start <= at);
        let mut near = fields[next.saturating_sub(MAX_FIELDS_BEFORE_MESSAGE)..next].iter();
        let is_mark = |c: char| "\\\"'\n │".contains(c);
        near.any(|field| {
            let between = self.text().get(field.place.start..at);
            field.role == Role::Message
                && field.rank <= rank
                && between.is_some_and(|text| text.trim_matches(is_mark).is_empty())
        })
    }

    /// The values with a role in the innermost object, item, element or line around an
    /// offset.
    pub(super) fn beside(&self, role: Role, at: usize) -> impl Iterator<Item = String> {
        let own = self.tree().innermost(&BESIDE, at);
        let fields = own.into_iter().flat_map(move |own| self.tree().with_role(role, &own.place));
        fields.map(|field| field.value(self.text()))
    }
}
