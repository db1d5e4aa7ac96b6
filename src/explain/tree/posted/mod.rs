//! Exchanges that people post in paragraphs, and all that is no log, such as a session of a shell:
//! the request, below it the status and the headers of the response, then its body, perhaps with
//! headings and sentences between.
//!
//! A paragraph that shows anything but a body opens an exchange. Those below it join, up to the
//! body. Another request, what another person writes, a success and a rule end it. What stands
//! below a heading of what was expected or works is passed over.

mod headings;
mod paragraph;
pub(super) mod speakers;

use std::mem;
use std::ops::Range;

use self::headings::Shown::{
    self, Body, IdInSentence, NameOfHeaders, NameOfOther, NameOfRequest, NameOfResponse, Request,
    RequestId, Response, Success,
};
use self::paragraph::{Asked, Paragraph, is_no_other_heading};
use self::speakers::speaker;
use super::log_records::line_kinds::is_divider;
use super::{Kind, Part};
use crate::substrings::place_in;

/// Bytes of the name of a file that a command writes and another shows.
const MIN_FILE: usize = 3;
/// Lines of a paragraph that is part of an exchange; a body is one.
const MAX_LINES: usize = 40;
/// Paragraphs of an exchange, and those among them that show nothing, one after another.
const MAX_PARAGRAPHS: usize = 16;
const MAX_BETWEEN: usize = 3;

/// What is read of posts.
#[derive(Default)]
pub(super) struct PostReader<'t> {
    exchange: PostedExchange<'t>,
    /// Who wrote the message that is read.
    speaker: &'t str,
    /// Whether the last heading or status was about what was expected or works.
    is_of_other: bool,
}

impl<'t> PostReader<'t> {
    /// Takes in the lines of a paragraph. Adds the exchange that ends above it to `parts`, and the
    /// paragraph as an item where it is about what was expected.
    pub(super) fn take(&mut self, text: &'t str, lines: &[&'t str], parts: &mut Vec<Part<'t>>) {
        let ([first_line, ..], [.., last], ..=MAX_LINES) = (lines, lines, lines.len()) else {
            return self.finish(parts);
        };
        let place = place_in(text, first_line).start..place_in(text, last).end;
        let whole = &text[place.clone()];
        let mut own = Paragraph::new(whole, lines);
        let above = &text[self.exchange.place.clone()];
        // A command that shows a file which the request above it wrote is no other request.
        if own.file.is_some_and(|file| file.len() >= MIN_FILE && above.contains(file)) {
            own.shown.retain(|it| *it != Request);
        }
        if !self.exchange.shows(Body) {
            own.shown.retain(|it| *it != IdInSentence);
        }
        let was_of_other = self.is_of_other;
        self.is_of_other = match own.shown.first() {
            _ if own.shows(NameOfOther) => true,
            None => was_of_other && is_no_other_heading(whole),
            Some(NameOfRequest | NameOfHeaders | NameOfResponse) => false,
            _ => was_of_other || own.shows(Success),
        };
        let ends = if self.is_of_other {
            own.shows(Request) || !was_of_other && !own.shows(NameOfOther)
        } else {
            self.exchange.ends_above(&own)
        };
        // A rule right below a line underlines it.
        let is_below_gap = || text[..place.start].trim_end().len() + 1 < place.start;
        let is_rule = lines.len() == 1 && is_divider(first_line) && is_below_gap();
        let speaker = speaker(first_line);
        if ends || is_rule || speaker.is_some_and(|name| name != self.speaker) {
            self.exchange.finish(parts);
        }
        self.speaker = speaker.unwrap_or(self.speaker);
        let is_part = self.exchange.paragraphs > 0;
        if self.is_of_other {
            parts.extend(is_part.then(|| Part::new(Kind::Item, place)));
            return;
        }
        // Headers that were sent.
        if own.shows(NameOfRequest) && own.shows(RequestId) && !own.shows(Response) {
            parts.push(Part::new(Kind::Item, place.clone()));
        }
        if own.shown.is_empty() {
            self.exchange.between += usize::from(is_part);
        } else if is_part || own.shown[0] != Body {
            self.exchange.add(own, place);
        }
    }

    /// Adds the exchange that is read to `parts`, if it has several paragraphs.
    pub(super) fn finish(&mut self, parts: &mut Vec<Part<'t>>) {
        self.exchange.finish(parts);
        self.is_of_other = false;
    }
}

/// The paragraphs of the exchange that is read.
#[derive(Default)]
struct PostedExchange<'t> {
    place: Range<usize>,
    paragraphs: usize,
    /// How many paragraphs that show nothing stand below these.
    between: usize,
    /// What they show.
    shown: Vec<Shown>,
    asked: Option<Asked<'t>>,
}

impl<'t> PostedExchange<'t> {
    fn shows(&self, it: Shown) -> bool {
        self.shown.contains(&it)
    }

    /// Whether it ends above a paragraph: a response is whole with its body. Below that may stand
    /// its request ID. What is between may be about anything, unless the exchange has a request, or
    /// that is an introduction.
    fn ends_above(&self, paragraph: &Paragraph) -> bool {
        let (own, above) = (|it| paragraph.shows(it), |it| self.shows(it));
        let is_whole = above(Body) && above(Response);
        let adds_id = paragraph.says_id && !above(IdInSentence);
        // A client shows the request that its command sends.
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
        // A body above the response was sent.
        let is_of_response =
            |it: &Shown| matches!(it, Response | RequestId | NameOfResponse | NameOfHeaders);
        if paragraph.shown.iter().any(is_of_response) && !self.shown.iter().any(is_of_response) {
            self.shown.retain(|it| *it != Body);
        }
        self.shown.extend(paragraph.shown);
    }

    /// Adds it to `parts`, if it has several paragraphs, and starts another.
    fn finish(&mut self, parts: &mut Vec<Part<'t>>) {
        let PostedExchange { place, paragraphs, .. } = mem::take(self);
        parts.extend((paragraphs > 1).then(|| Part::new(Kind::PostedExchange, place)));
    }
}
