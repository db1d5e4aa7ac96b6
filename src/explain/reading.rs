//! An input while it is read.

use std::collections::HashMap;

use super::Finding;
use super::codes::CodeFinder;
use super::diagnostic::JsonLine;
use super::messages::MessageFinder;
use super::region::Region;
use super::sentences::Failure;
use super::window::Window;

/// Bytes between a response and what a client says instead of it.
const MAX_BETWEEN: u64 = 256 * 1024;
/// Codes that are remembered.
const MAX_MET: usize = 4096;

/// An input that is read, and the region that was last read closely.
pub struct Reading<'s> {
    pub window: Window<'s>,
    /// Where in the input it starts and ends.
    region: Option<(u64, u64, Region)>,
    pub line: JsonLine,
    /// Where in the input sentences stand whose record is not there to its end. They are in
    /// reach of the end of what is there, and so not many.
    pub pending: Vec<u64>,
    /// Where in the input each code was met last.
    met: HashMap<Vec<u8>, u64>,
}

impl<'s> Reading<'s> {
    pub fn new(window: Window<'s>) -> Self {
        Reading {
            window,
            region: None,
            line: JsonLine::default(),
            pending: Vec::new(),
            met: HashMap::new(),
        }
    }

    /// Whether to come back to a sentence when more of the input is there, until its record
    /// has ended, or all is there that is in reach: it may name the code.
    pub fn waits_for_more(&mut self, place: usize, codes: &CodeFinder) -> bool {
        if self.window.has_all_around(place) {
            return false;
        }
        let (start, region) = self.region(place, codes);
        let record = region.record(region.unwrapped.place(place - start));
        // A line may start a record because of the next one.
        let behind = region.text()[record.end..].trim_start();
        behind.matches('\n').count() < 2
    }

    /// Remembers where a code was met.
    pub fn met(&mut self, code: &[u8], place: usize) {
        let at = self.window.in_input(place);
        if let Some(last) = self.met.get_mut(code) {
            *last = at;
        } else if self.met.len() < MAX_MET {
            self.met.insert(code.to_vec(), at);
        }
    }

    /// Whether the input has just shown the code that a client then hides.
    pub fn has_just_met(&self, failure: &Failure, place: usize) -> bool {
        let at = self.window.in_input(place);
        let mut codes = failure
            .candidates
            .iter()
            .map(|entry| entry.code().to_ascii_lowercase());
        codes.any(|code| {
            let last = self.met.get(code.as_bytes());
            last.is_some_and(|last| *last < at && at - *last < MAX_BETWEEN)
        })
    }

    /// The region around a place of the window, and where in the window it starts.
    pub fn region(&mut self, place: usize, codes: &CodeFinder) -> (usize, &Region) {
        let part = self.window.around(place);
        let (start, end) = (
            self.window.in_input(part.start),
            self.window.in_input(part.end),
        );
        let known = self.region.take();
        let known = known.filter(|(from, to, _)| (*from, *to) == (start, end));
        let (_, _, region) = self.region.insert(known.unwrap_or_else(|| {
            let starts_line = self.window.starts_line(part.start);
            let text = self.window.text_of(part.clone());
            (start, end, Region::new(&text, starts_line, codes))
        }));
        (part.start, region)
    }
}

/// What was recognised by its message in an input that has named no code so far.
#[derive(Default)]
pub struct ByMessage<'a> {
    pub findings: Vec<Finding<'a>>,
    /// Where in the input the last message ends.
    pub until: u64,
    /// Whether the input was too long to be searched to its end.
    pub gave_up: bool,
}

/// Where in a region documented messages start.
pub fn messages_in(region: &Region, finder: &MessageFinder) -> Vec<usize> {
    let text = region.text();
    let places = finder.places(text.as_bytes(), 0..text.len());
    let is_message = |place: &usize| finder.at(region, *place).is_some();
    places.into_iter().filter(is_message).collect()
}
