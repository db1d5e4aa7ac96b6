//! Lines of `terraform -json`, which say all of a diagnostic twice: in `@message` and in
//! `diagnostic`.

use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use super::window::Window;

/// What such a line starts with.
const START: &[u8] = br#"{"@"#;
/// What its second half starts with.
const SECOND: &[u8] = br#""diagnostic":"#;
/// Codes of the first half that are remembered.
const MAX_CODES: usize = 16;

/// The line that was last looked at.
#[derive(Debug, Default)]
pub struct Diagnostic {
    /// Where in the input it stands, as far as it was read.
    line: Range<u64>,
    /// Where its second half starts.
    second: Option<u64>,
    /// What its first half names.
    first: Vec<Vec<u8>>,
}

impl Diagnostic {
    /// Whether what stands at a place stands in the second half of a diagnostic whose first
    /// half has it, too.
    pub fn repeats(&mut self, window: &Window, place: usize, name: &[u8]) -> bool {
        let at = window.in_input(place);
        if !self.line.contains(&at) {
            *self = Diagnostic::at(window, place);
        }
        match self.second {
            Some(second) if at >= second => self.first.iter().any(|known| known == name),
            Some(_) if self.first.len() < MAX_CODES => {
                self.first.push(name.to_vec());
                false
            }
            _ => false,
        }
    }

    /// Looks at the line of a place.
    fn at(window: &Window, place: usize) -> Self {
        let text = window.text();
        let start = memrchr(b'\n', &text[..place]).map_or(0, |feed| feed + 1);
        let end = memchr(b'\n', &text[place..]).map_or(text.len(), |feed| place + feed);
        let line = &text[start..end];
        let second = line
            .starts_with(START)
            .then(|| memmem::find(line, SECOND))
            .flatten();
        Diagnostic {
            line: window.in_input(start)..window.in_input(end),
            second: second.map(|second| window.in_input(start + second)),
            first: Vec::new(),
        }
    }
}
