//! Values beside a code that no label names: behind it on its line, or bare on the lines around.

use std::ops::Range;

use super::labels::is_bare;
use super::message_ends::{end_of_message, ends_message};
use super::region::Region;
use super::spot::{Context, Spot, codes_in};
use super::unlabelled::is_bare_id;
use super::values::{Role, is_error_code, status};
use crate::catalog::Entry;

/// Lines of bare values above and below a code that are looked at.
const MAX_BARE: usize = 4;

impl Spot<'_> {
    /// What stands behind the code and a colon: `CODE: message`.
    pub fn behind_code(&self) -> Option<String> {
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
        let mut labels = self.region.tree.fields_in(&(start..end)).iter();
        let label = labels.find(|field| field.role != Role::BareStatus);
        end = label.map_or(end, |field| field.start);
        let end = end_of_message(text, start..end);
        let message = text[start..end].trim();
        let is_sentence =
            message.split(' ').count() > 1 && message.starts_with(char::is_alphabetic);
        is_sentence.then(|| message.to_owned())
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
        let line = |number: usize| {
            let line = lines.get(number)?;
            Some(text[line.start..line.end].trim().trim_matches(['"', '\'']))
        };
        if line(own)?.len() != self.place.len() {
            context.request_id = context.request_id.take().or_else(|| self.id_behind());
            return None;
        }
        let record = self.record();
        let is_in_record = |number: &usize| {
            lines
                .get(*number)
                .is_some_and(|line| record.contains(&line.start))
        };
        let (mut sentences, mut bare) = (Vec::new(), 0);
        let sides: [&mut dyn Iterator<Item = usize>; 2] = [&mut (own + 1..), &mut (0..own).rev()];
        for side in sides {
            let values = side.take_while(is_in_record).filter_map(line);
            for (distance, value) in values.take(MAX_BARE).enumerate() {
                if is_error_code(value) {
                    break;
                }
                if !is_bare(value) {
                    sentences.extend((distance < 3).then_some(value));
                    if distance > 0 || value.contains(':') {
                        break;
                    }
                    continue;
                }
                bare += 1;
                if let Some(status) = status(value).filter(|_| value.len() == 3) {
                    context.http_status.get_or_insert(status);
                } else {
                    context.request_id.get_or_insert(value.to_owned());
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
        let id = &line[start..];
        let others = codes_in(self.codes, &(self.place.end..self.place.end + start));
        (is_set_off && others.is_empty() && is_bare_id(id)).then(|| id.to_owned())
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
    let last = message.rsplit(' ').next().unwrap_or(message);
    let message = message
        .strip_suffix(last)
        .filter(|_| is_bare_id(last))
        .unwrap_or(message);
    let message = message.trim_end_matches([' ', '|', ',', ';', '(', '[', '-']);
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
