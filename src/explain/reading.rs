//! The state of one input while it is read.

use std::ops::Range;

use super::codes::CodeFinder;
use super::finding::first_finding;
use super::input::window::Window;
use super::messages::MessageFinder;
use super::owner::occurrence::message_occurrence;
use super::region::Region;
use super::{Finding, MatchedBy, Occurrence};
use crate::catalog::Catalog;

/// The most bytes between a response and a client's sentence or diagnostic about the same failure.
const MAX_AFTER_RESPONSE: u64 = 256 * 1024;
/// The most bytes of an input without codes that are searched for documented messages.
const MAX_SEARCHED: u64 = 64 * 1024 * 1024;
/// The most mentions of a documented message that are read closely, as a rule; more are counted by
/// their wording.
const MAX_READ_CLOSELY: usize = 256;

/// Marks at the start and the end of an object, a list, a frame.
const PAIRS: [[char; 2]; 3] = [['{', '}'], ['[', ']'], ['╷', '╵']];

/// A region that was read closely.
struct ReadRegion {
    /// Where in the input the region's tile is (`TILE` in `input/window.rs`).
    tile: Range<u64>,
    /// Where in the input the window ended. If the region ended there, too, it may go on by now.
    window_end: u64,
    region: Region,
}

/// An input that is being read, and the region of it that was last read closely.
pub(super) struct Reading<'s, 'c> {
    pub window: Window<'s>,
    pub codes: CodeFinder<'c>,
    region: Option<ReadRegion>,
    /// Where in the input each finding was last found, by the finding's index.
    found_at: Vec<Option<u64>>,
}

impl<'s, 'c> Reading<'s, 'c> {
    pub(super) fn new(window: Window<'s>, catalog: &'c Catalog) -> Self {
        let codes = CodeFinder::new(catalog);
        Reading { window, codes, region: None, found_at: Vec::new() }
    }

    /// Cuts `part` off before the first sentence whose log record is not complete yet, because the
    /// record may still name the code. The rest of `part` is looked at again when more is read.
    pub(super) fn hold_back(
        &mut self,
        part: Range<usize>,
        sentences: &mut Vec<usize>,
    ) -> Range<usize> {
        let Some(open) = sentences.iter().position(|at| self.waits_for_more(*at)) else {
            return part;
        };
        let end = sentences[open];
        sentences.truncate(open);
        self.window.look_again_from(end);
        part.start..end
    }

    /// Whether the log record of a sentence may go on in text that is not read yet.
    fn waits_for_more(&mut self, at: usize) -> bool {
        if self.window.has_all_around(at) {
            return false;
        }
        let ends_line = self.window.text().ends_with(b"\n");
        let (region, Some(offset)) = self.region(at) else { return false };
        let log_record = region.log_record(offset);
        if region.code_cannot_change(offset, &log_record, ends_line) {
            return false;
        }
        let (text, after) = region.text()[log_record.start..].split_at(log_record.len());
        // An object, list or frame that is open goes on, whatever the next lines look like.
        let is_open =
            |[start, end]: [char; 2]| text.matches(start).count() > text.matches(end).count();
        // Whether a line starts a log record may depend on the line below it.
        PAIRS.into_iter().any(is_open) || after.trim_start().matches('\n').count() < 2
    }

    /// Remembers that a finding was found at an offset.
    pub(super) fn note_found(&mut self, finding: usize, at: usize) {
        self.found_at.resize(self.found_at.len().max(finding + 1), None);
        self.found_at[finding] = Some(self.window.in_input(at));
    }

    /// Whether a finding was found close before an offset.
    pub(super) fn was_found_shortly_before(&self, finding: usize, at: usize) -> bool {
        let at = self.window.in_input(at);
        let last = self.found_at.get(finding).copied().flatten();
        last.is_some_and(|last| last < at && at - last < MAX_AFTER_RESPONSE)
    }

    /// The region around an offset in the window, and where in the region's text that
    /// offset is; none if unwrapping removed the text there.
    pub(super) fn region(&mut self, at: usize) -> (&Region, Option<usize>) {
        let window = &self.window;
        let window_end = window.in_input(window.text().len());
        let in_input = window.in_input(at);
        // All offsets of a tile have the same region, up to a gap of empty lines. Looking for the
        // gaps each time would take longer than everything else.
        let is_same = |known: &ReadRegion| {
            let span = &known.region.span;
            let is_whole = span.end < known.window_end || known.window_end == window_end;
            is_whole && span.contains(&in_input) && known.tile.contains(&in_input)
        };
        let known = self.region.take().filter(is_same).unwrap_or_else(|| {
            let tile = window.tile(at, &self.codes);
            let part = window.region_around(at, &tile);
            let text = window.text_of(part.clone());
            let start = window.in_input(part.start);
            let starts_line = window.starts_line(part.start);
            let region = Region::new(&text, start, starts_line, &self.codes);
            ReadRegion { tile, window_end, region }
        });
        let region = &self.region.insert(known).region;
        (region, region.in_text(in_input))
    }

    /// Adds the source, the line and the resource at an offset to the values of an occurrence.
    pub(super) fn occurrence(&mut self, at: usize, values: Occurrence) -> Occurrence {
        let (region, offset) = self.region(at);
        let resource = offset.and_then(|offset| region.resource(offset));
        let (source, line) = (self.window.source.to_owned(), self.window.line_of(at));
        Occurrence { source, line, resource, ..values }
    }
}

/// The findings by message of an input that has named no code so far.
#[derive(Default)]
pub(super) struct MessageFindings<'a> {
    pub findings: Vec<Finding<'a>>,
    /// Where in the input the last message ends.
    until: u64,
    /// Whether the input was too long to be searched to its end.
    pub gave_up: bool,
}

impl<'a> MessageFindings<'a> {
    /// Counts each documented message that starts at one of `places`, or adds its finding.
    pub(super) fn process(
        &mut self,
        finder: &MessageFinder<'a>,
        reading: &mut Reading<'_, 'a>,
        places: Vec<usize>,
    ) {
        if reading.window.in_input(0) >= MAX_SEARCHED {
            self.gave_up = true;
            return;
        }
        for at in places {
            if reading.window.in_input(at) < self.until {
                continue;
            }
            let (region, Some(offset)) = reading.region(at) else { continue };
            if self.findings.iter().any(|it| it.count >= MAX_READ_CLOSELY)
                && let Some((entry, end)) = finder.wording_at(region, offset)
                && self.count_known(entry.code(), MAX_READ_CLOSELY)
            {
                self.until = region.in_input(end);
                continue;
            }
            let Some(found) = finder.at(region, offset) else { continue };
            self.until = region.in_input(found.place.end);
            let code = found.entry.code();
            if self.count_known(code, 1) {
                continue;
            }
            let all = region.messages.get_or_init(|| messages_in(region, finder));
            let occurrence = message_occurrence(region, &found, all);
            let first = reading.occurrence(at, occurrence);
            let (code, by) = (Some(code.to_owned()), MatchedBy::Message);
            let finding = first_finding(reading.codes.catalog, code, by, &[found.entry], first);
            self.findings.push(finding);
        }
    }

    /// Counts a code that was met at least `min` times; returns whether it was.
    fn count_known(&mut self, code: &str, min: usize) -> bool {
        let is_same = |known: &&mut Finding| known.code.as_deref() == Some(code);
        let known = self.findings.iter_mut().find(is_same).filter(|known| known.count >= min);
        known.map(|known| known.count += 1).is_some()
    }
}

/// Where documented messages start in a region.
fn messages_in(region: &Region, finder: &MessageFinder) -> Vec<usize> {
    let text = region.text();
    let places = finder.phrases.places(text.as_bytes(), 0..text.len());
    places.into_iter().filter(|at| finder.at(region, *at).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_region_that_is_kept_is_the_one_that_would_be_read_anew() {
        let gap = "\n".repeat(300);
        let part = ["code: Organizations.1305 ", "é\n", "Organizations.1400\r\n"].concat();
        let text = [&*part.repeat(400), &gap, &part.repeat(2000), &gap, &part].concat();
        let reading = || {
            let mut reading = Reading::new(Window::new("-", false), Catalog::embedded());
            let input = Mutex::new(text.as_bytes());
            let mut blocks = reading.window.blocks(&input);
            while !reading.window.is_last {
                reading.window.read(&mut blocks, &reading.codes).unwrap();
            }
            reading
        };
        let mut kept = reading();
        let places = text.match_indices("Organizations").step_by(37);
        for (place, _) in places {
            let mut fresh = reading();
            let (region, offset) = kept.region(place);
            let (fresh, fresh_offset) = fresh.region(place);
            assert_eq!((offset, region.text()), (fresh_offset, fresh.text()));
        }
    }
}
