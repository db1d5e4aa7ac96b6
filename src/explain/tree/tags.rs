//! Tags of XML and HTML.

use memchr::memchr;

use super::scanner::Scanner;
use super::{Kind, Part};
use crate::explain::values::labels::{Label, MAX_MARKUP, label, meaning_of};
use crate::explain::values::{Rank, Role, Written, is_of_id};
use crate::substrings::{is_word_of, place_in, split_while, start_of};

/// Bytes of a tag with its attributes.
const MAX_TAG: usize = 2048;
/// What closes an element.
const TAG: u8 = b'<';
/// Tags of HTML whose text may be the value of the element before.
const VALUES: &str = "dd td";
/// Tags of HTML: they lay out a text, and contain nothing for us.
const HTML: &str = "a abbr b blockquote body br center cite dd details div dl dt em font h1 h2 h3 h4 h5 h6 head hr html \
    i img kbd label p pre section small span strong summary table tbody td th thead tr tt u";

/// Elements that have the name of their value in an attribute, and such attributes.
const NAMED: &str = "data field property attribute entry header";
const NAMES: [&str; 4] = [" name=\"", " Name=\"", " key=\"", " Key=\""];

/// What the value of a tag means that has its label in an attribute: `<Data Name="RequestId">`.
fn named_in_attribute(tag: &str) -> Option<(Role, Rank)> {
    let (_, name) = NAMES.iter().find_map(|name| tag.split_once(name))?;
    meaning_of(name.split('"').next()?).filter(|(role, _)| *role != Role::Name)
}

impl<'t> Scanner<'t> {
    /// Reads the value of HTML whose element starts at `at`, after the element of its label:
    /// `<dt>Request ID</dt><dd>…</dd>`. A message may be of anything on the page.
    fn read_html_value(&mut self, at: usize) {
        let before = self.text[..at].trim_end();
        let inside = before.strip_suffix("</dt>").or_else(|| before.strip_suffix("</th>"));
        let label = inside.and_then(|inside| {
            let mut near = inside.bytes().rev().take(MAX_MARKUP);
            meaning_of(&inside[inside.len() - near.position(|byte| byte == b'>')?..])
        });
        let Some(meaning) = label.filter(|(role, rank)| match role {
            Role::HttpStatus | Role::RequestId | Role::Code => true,
            role => *role == Role::Message && *rank == Rank::Exact,
        }) else {
            return;
        };
        // Its text may be marked.
        let mut value = start_of(&self.text[at..self.limit().max(at)], MAX_TAG);
        while let Some((tag, after)) = value.split_once('>')
            && tag.starts_with('<')
            && !tag.starts_with("</")
        {
            value = after.trim_start();
        }
        if let Some(end) = memchr(TAG, value.as_bytes()).filter(|end| *end > 0) {
            let place = place_in(self.text, &value[..end]);
            self.add(Label::new(place.start, meaning), place, Written::Tagged, false);
        }
    }

    /// Reads a tag.
    pub fn read_tag(&mut self, at: usize) {
        let rest = &self.text[at + 1..self.limit().max(at + 1)];
        let is_end = rest.starts_with('/');
        let text = rest.trim_start_matches('/');
        let (whole, _) = split_while(text, |c| is_of_id(c) || c == ':');
        let name = whole.rsplit(':').next().unwrap_or(whole);
        let is_name = whole.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_name || is_word_of(HTML, name) {
            if !is_end && is_word_of(VALUES, name) {
                self.read_html_value(at);
            }
            return;
        }
        if is_end {
            self.close_container(TAG, Some(name), at + 2 + whole.len());
            return;
        }
        let reach = &rest.as_bytes()[..rest.len().min(MAX_TAG)];
        let end = memchr(b'>', reach);
        self.budget = self.budget.saturating_sub(end.unwrap_or(reach.len()));
        let Some(end) = end.filter(|_| self.budget > 0) else {
            return;
        };
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
            return self.add(Label::new(at, meaning), place, Written::Tagged, false);
        }
        let mut element = Part::named(Kind::Element, at..at, name);
        if tag.ends_with('/') {
            element.place.end = start;
            // A pair is no item beside others.
            if named_in_attribute(tag).is_some() {
                element.name = "";
            }
            self.parts.push(element);
            return;
        }
        let label = label(name, true);
        self.open_container(element, TAG, self.limit());
        if let Some(label) = label {
            let data = self.text[start..].starts_with("<![CDATA[");
            let from = start + usize::from(data);
            let value = memchr(TAG, &self.text.as_bytes()[from..self.limit().max(from)]);
            if let Some(value) = value {
                let label = Label { start: at + 1, ..label };
                self.add(label, start..from + value, Written::Tagged, false);
            }
        }
    }
}
