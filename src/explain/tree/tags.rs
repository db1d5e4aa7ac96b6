//! Reads tags of XML and HTML.

use memchr::memchr;

use super::scanner::Scanner;
use super::{Kind, Part};
use crate::explain::lines::html_layout::is_layout;
use crate::explain::values::labels::{Label, LabelMeaning, label, meaning_of};
use crate::explain::values::{Written, is_id_char};
use crate::substrings::{is_word_of, split_while, start_of};

/// The most bytes of a tag with its attributes.
const MAX_TAG: usize = 2048;
/// The closing byte noted for an open element, which its end tag closes.
pub(super) const TAG: u8 = b'<';
/// Elements that have the label of their value in an attribute, and the starts of such attributes.
const NAMED: &str = "data field property attribute entry header";
const NAME_ATTRIBUTES: [&str; 4] = [" name=\"", " Name=\"", " key=\"", " Key=\""];

/// What the label in an attribute says of an element's value: `<Data Name="RequestId">`.
fn named_in_attribute(tag: &str) -> Option<LabelMeaning> {
    let (_, name) = NAME_ATTRIBUTES.iter().find_map(|name| tag.split_once(name))?;
    meaning_of(name.split('"').next()?)
}

impl<'t> Scanner<'t> {
    /// Reads a tag, which opens or closes an element.
    pub(super) fn read_tag(&mut self, at: usize) {
        let rest = &self.text[at + 1..self.limit().max(at + 1)];
        let is_end = rest.starts_with('/');
        let text = rest.trim_start_matches('/');
        let (whole, _) = split_while(text, |c| is_id_char(c) || c == ':');
        let name = whole.rsplit(':').next().unwrap_or(whole);
        let is_name = whole.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_name || is_layout(name) {
            return;
        }
        if is_end {
            self.close_container(TAG, Some(name), at + 2 + whole.len());
            return;
        }
        let reach = &rest.as_bytes()[..rest.len().min(MAX_TAG)];
        let end = memchr(b'>', reach);
        let has_budget = self.spend(end.unwrap_or(reach.len()));
        let Some(end) = end.filter(|_| has_budget) else { return };
        self.read_element(at, name, &rest[..end]);
    }

    /// Reads the start of an element at `at`, with the value that stands in it.
    fn read_element(&mut self, at: usize, name: &'t str, tag: &str) {
        let start = at + 1 + tag.len() + 1;
        let below = &self.text[start..self.limit().max(start)];
        if is_word_of(NAMED, name)
            && let Some(meaning) = named_in_attribute(tag)
            && let Some((value, _)) = start_of(below, MAX_TAG).split_once("</")
            && !value.contains('<')
        {
            let place = start..start + value.len();
            return self.add(Label::new(at, meaning), place, Written::Tagged);
        }
        let mut element = Part::named(Kind::Element, at..at, name);
        if tag.ends_with('/') {
            element.place.end = start;
            // A name with its value is no item beside others.
            if named_in_attribute(tag).is_some() {
                element.name = "";
            }
            self.parts.push(element);
            return;
        }
        self.open_container(element, TAG, self.limit());
        let from = start + usize::from(below.starts_with("<![CDATA["));
        if let Some(label) = label(name, true)
            && let Some(value) = memchr(TAG, &self.text.as_bytes()[from..self.limit().max(from)])
        {
            self.add(Label { start: at + 1, ..label }, start..from + value, Written::Tagged);
        }
    }
}
