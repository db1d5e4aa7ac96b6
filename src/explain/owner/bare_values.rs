//! Values beside a code that no label names: behind it on its line, or bare on the lines around.

use std::ops::Range;

use super::surroundings::{Context, Spot, codes_in};
use crate::catalog::Entry;
use crate::explain::region::Region;
use crate::explain::tree::message_ends::{end_of_message, ends_message};
use crate::explain::unwrap::lines::Line;
use crate::explain::values::labels::is_bare;
use crate::explain::values::unlabelled::is_bare_id;
use crate::explain::values::{Role, is_error_code, is_one_of, last_word, status};

/// Lines of bare values above and below a code that are looked at.
const MAX_BARE: usize = 4;
/// What sets a request ID off from the message before it.
const SETS_OFF: [char; 8] = ['.', ',', ';', '(', '[', '|', '-', '!'];
/// Words before the ID of what a message is about.
const SUBJECTS: [&str; 12] = [
    "account", "agency", "domain", "group", "id", "policy", "project", "resource", "root", "unit",
    "user", "ou",
];

impl Spot<'_> {
    /// What stands behind the code and a colon: `CODE: message`.
    pub fn behind_code(&self) -> Option<String> {
        let text = self.region.text();
        let rest = text[self.place.end..].strip_prefix(": ")?;
        let start = text.len() - rest.len();
        let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |end| start + end);
        let string = self.region.string_end(self.place.start);
        let end = string.map_or(line, |string| string.min(line));
        let mut labels = self.region.tree.fields_in(&(start..end)).iter();
        let label = labels.find(|field| field.role != Role::BareStatus);
        let end = label.map_or(end, |field| field.start);
        let message = text[start..end_of_message(text, start..end)].trim();
        // A list of codes, or a sentence about several, is none.
        let is_own = codes_in(self.codes, &(start..line)).is_empty();
        (is_own && message.contains(' ')).then(|| message.to_owned())
    }

    /// The number alone that the catalog documents as the status of the code.
    pub fn bare_status(&self, variants: &[&Entry]) -> Option<u16> {
        let number = self.value(Role::BareStatus)?.value(self.region.text());
        let mut statuses = variants.iter().map(|entry| entry.status());
        statuses.find(|status| status.to_string() == number)
    }

    /// Reads what stands bare on the lines around a code that stands alone on its own, as the
    /// samples of SDKs print it: status, request ID, code, message. Gives the message. Where
    /// the code is not alone, reads a request ID at the end of its line.
    pub fn bare_values(&self, context: &mut Context) -> Option<String> {
        let (text, lines) = (self.region.text(), &self.region.unwrapped.lines);
        let own = self.region.unwrapped.line_of(self.place.start);
        let bare = |line: &Line| text[line.start..line.end].trim().trim_matches(['"', '\'']);
        if bare(lines.get(own)?).len() != self.place.len() {
            context.request_id = context.request_id.take().or_else(|| self.id_behind());
            return None;
        }
        let record = self.record();
        let is_near = |line: &&Line| record.contains(&line.start) && !is_error_code(bare(line));
        let above = lines[..own].iter().rev().take(MAX_BARE).take_while(is_near);
        let below = lines[own + 1..].iter().take(MAX_BARE).take_while(is_near);
        let (mut sentences, mut is_sample) = (Vec::new(), false);
        for lines in [below.collect::<Vec<_>>(), above.collect()] {
            for (distance, line) in lines.into_iter().enumerate() {
                let value = bare(line);
                if !is_bare(value) {
                    sentences.push(value);
                    if distance > 0 {
                        break;
                    }
                    continue;
                }
                is_sample = true;
                let status = status(value).filter(|_| value.len() == 3);
                context.http_status = context.http_status.or(status);
                let id = || status.is_none().then(|| value.to_owned());
                context.request_id = context.request_id.take().or_else(id);
            }
        }
        let is_sentence = |value: &&str| value.contains(' ') && !value.contains(['=', '{']);
        let sentence = sentences.into_iter().find(is_sentence);
        sentence.filter(|_| is_sample).map(str::to_owned)
    }

    /// A request ID at the end of the code's line, behind the message.
    fn id_behind(&self) -> Option<String> {
        let line = self.region.text()[self.place.end..].lines().next()?;
        let line = line.trim_end_matches([' ', ')', ']', '.', '"', '\'']);
        let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let (before, id) = line.split_at(line.trim_end_matches(is_of_id).len());
        let behind = self.place.end..self.place.end + line.len();
        let is_own = codes_in(self.codes, &behind).is_empty();
        let before = before.trim_end_matches(' ');
        let is_set_off = before.is_empty() || before.ends_with(SETS_OFF);
        // It may be that of what the message is about: `for account (…`.
        let word = last_word(before.trim_end_matches(['(', '[', ' ']));
        (is_own && is_set_off && is_bare_id(id) && !is_one_of(&SUBJECTS, word))
            .then(|| id.to_owned())
    }
}

/// The documented message at `place` with the detail behind it, which ends at `detail_end` or
/// before the next label.
pub fn with_detail(region: &Region, place: &Range<usize>, detail_end: usize) -> String {
    let text = region.text();
    let behind = place.end..detail_end.max(place.end);
    let mut labels = region.tree.fields_in(&behind).iter();
    let label = labels.find(|field| ends_message(text, field));
    let end = label.map_or(behind.end, |field| field.start);
    let end = end_of_message(text, place.start..end.max(place.end));
    let message = text[place.start..end.max(place.end)].trim_end();
    // A request ID stands behind the message.
    let (before, last) = message.rsplit_once(' ').unwrap_or_default();
    let message = if is_bare_id(last) { before } else { message };
    let message = message.trim_end_matches([' ', '|', ',', ';', '(', '[', '-']);
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
