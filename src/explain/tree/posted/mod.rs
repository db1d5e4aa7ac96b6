//! Finds exchanges in text that is no log, such as a post or the session of a shell. Paragraphs
//! show the request, then the status and the headers of the response, then its body, perhaps with
//! headings and sentences between.
//!
//! A paragraph opens an exchange if it shows something other than a body first. The paragraphs
//! below join it, up to the body. Another request, another writer, a success or a rule ends it.
//! What stands below a heading about what was expected or works is set apart in an item.

mod headings;
mod paragraph;
pub(super) mod speakers;

use std::mem;
use std::ops::Range;

use self::headings::Shown::{
    self, Body, IdInSentence, NameOfHeaders, NameOfOther, NameOfRequest, NameOfResponse, Request,
    RequestId, Response, Success,
};
use self::paragraph::{Asked, Paragraph, cannot_be_heading};
use self::speakers::speaker;
use super::log_records::line_kinds::is_divider;
use super::{Kind, Part};
use crate::substrings::place_in;

/// The fewest bytes of the name of a file that one command writes and another shows.
const MIN_FILE: usize = 3;
/// The most lines of a paragraph in an exchange; a body counts as one line.
const MAX_LINES: usize = 40;
/// The most paragraphs of an exchange, and how many in a row may show nothing.
const MAX_PARAGRAPHS: usize = 16;
const MAX_BETWEEN: usize = 3;

/// Reads the paragraphs of posts, one after another.
#[derive(Default)]
pub(super) struct PostReader<'t> {
    exchange: PostedExchange<'t>,
    /// Who wrote the current message.
    speaker: &'t str,
    /// Whether the last heading or status was about something that was expected or works.
    is_about_expected: bool,
}

impl<'t> PostReader<'t> {
    /// Takes in the lines of a paragraph. Adds the exchange to `parts` if it ends above the
    /// paragraph; adds the paragraph as an item if it is in an exchange, but about what was
    /// expected or works.
    pub(super) fn take(&mut self, text: &'t str, lines: &[&'t str], parts: &mut Vec<Part<'t>>) {
        let ([first_line, ..], [.., last], ..=MAX_LINES) = (lines, lines, lines.len()) else {
            return self.finish(parts);
        };
        let place = place_in(text, first_line).start..place_in(text, last).end;
        let whole = &text[place.clone()];
        let mut own = Paragraph::new(whole, lines);
        let above = &text[self.exchange.place.clone()];
        // A command that shows the file that the request above wrote is no other request.
        if own.file.is_some_and(|file| file.len() >= MIN_FILE && above.contains(file)) {
            own.shown.retain(|it| *it != Request);
        }
        if !self.exchange.shows(Body) {
            own.shown.retain(|it| *it != IdInSentence);
        }
        let was_about_expected = self.is_about_expected;
        self.is_about_expected = match own.shown.first() {
            _ if own.shows(NameOfOther) => true,
            None => was_about_expected && cannot_be_heading(whole),
            Some(NameOfRequest | NameOfHeaders | NameOfResponse) => false,
            _ => was_about_expected || own.shows(Success),
        };
        let ends = if self.is_about_expected {
            own.shows(Request) || !was_about_expected && !own.shows(NameOfOther)
        } else {
            self.exchange.ends_above(&own)
        };
        // Right below a line, a rule underlines that line.
        let is_below_gap = || text[..place.start].trim_end().len() + 1 < place.start;
        let is_rule = lines.len() == 1 && is_divider(first_line) && is_below_gap();
        let speaker = speaker(first_line);
        if ends || is_rule || speaker.is_some_and(|name| name != self.speaker) {
            self.exchange.finish(parts);
        }
        self.speaker = speaker.unwrap_or(self.speaker);
        let is_part = self.exchange.paragraphs > 0;
        if self.is_about_expected {
            parts.extend(is_part.then(|| Part::new(Kind::Item, place)));
            return;
        }
        // These headers were sent: their request ID is not the response's.
        if own.shows(NameOfRequest) && own.shows(RequestId) && !own.shows(Response) {
            parts.push(Part::new(Kind::Item, place.clone()));
        }
        if own.shown.is_empty() {
            self.exchange.between += usize::from(is_part);
        } else if is_part || own.shown[0] != Body {
            self.exchange.add(own, place);
        }
    }

    /// Ends the current exchange, and adds it to `parts` if it has several paragraphs.
    pub(super) fn finish(&mut self, parts: &mut Vec<Part<'t>>) {
        self.exchange.finish(parts);
        self.is_about_expected = false;
    }
}

/// The current exchange.
#[derive(Default)]
struct PostedExchange<'t> {
    place: Range<usize>,
    paragraphs: usize,
    /// How many paragraphs that show nothing stand below its last paragraph.
    between: usize,
    /// What its paragraphs show.
    shown: Vec<Shown>,
    asked: Option<Asked<'t>>,
}

impl<'t> PostedExchange<'t> {
    fn shows(&self, it: Shown) -> bool {
        self.shown.contains(&it)
    }

    /// Whether the exchange ends above a paragraph. A response is whole with its body; only its
    /// request ID may stand below. A paragraph that shows nothing ends an exchange that has no
    /// request, unless the paragraph introduces what follows.
    fn ends_above(&self, paragraph: &Paragraph) -> bool {
        let (own, above) = (|it| paragraph.shows(it), |it| self.shows(it));
        let is_whole = above(Body) && above(Response);
        let adds_id = paragraph.shows_nothing_but_id && !above(IdInSentence);
        // A client may show the request that its command sends, which is no other request.
        let is_echo = paragraph.asked.is_some() && paragraph.asked == self.asked;
        own(Request) && !is_echo
            || own(NameOfRequest) && above(Body)
            || is_whole && (own(Body) || !adds_id)
            || paragraph.shown.is_empty() && !paragraph.is_introduction && !above(Request)
            || self.between > MAX_BETWEEN
            || self.paragraphs >= MAX_PARAGRAPHS
    }

    fn add(&mut self, paragraph: Paragraph<'t>, place: Range<usize>) {
        if self.paragraphs == 0 {
            self.place.start = place.start;
        }
        self.place.end = place.end;
        self.paragraphs += 1 + mem::take(&mut self.between);
        self.asked = paragraph.asked.or(self.asked);
        // A body above the response is that of the request.
        let is_of_response =
            |it: &Shown| matches!(it, Response | RequestId | NameOfResponse | NameOfHeaders);
        if paragraph.shown.iter().any(is_of_response) && !self.shown.iter().any(is_of_response) {
            self.shown.retain(|it| *it != Body);
        }
        self.shown.extend(paragraph.shown);
    }

    /// Adds the exchange to `parts` if it has several paragraphs, and starts an empty one.
    fn finish(&mut self, parts: &mut Vec<Part<'t>>) {
        let PostedExchange { place, paragraphs, .. } = mem::take(self);
        parts.extend((paragraphs > 1).then(|| Part::new(Kind::PostedExchange, place)));
    }
}
