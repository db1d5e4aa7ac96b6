//! Text made of styled pieces. Making it printable is the border of rendering:
//! every piece passes through [`escape`] here.

use std::borrow::Cow;

use textwrap::{Options, WordSplitter, WrapAlgorithm};

use super::style::{Ink, Style, mark, paint};
use crate::sanitize::escape;

/// Pieces of text with their styles, from anywhere.
#[derive(Debug, Clone, Default)]
pub struct Text<'a>(Vec<(Style, Cow<'a, str>)>);

impl<'a> Text<'a> {
    pub fn new() -> Self {
        Text(Vec::new())
    }

    pub fn plain(self, text: impl Into<Cow<'a, str>>) -> Self {
        self.styled(Style::Plain, text)
    }

    pub fn styled(mut self, style: Style, text: impl Into<Cow<'a, str>>) -> Self {
        self.0.push((style, text.into()));
        self
    }

    pub fn append(mut self, other: Text<'a>) -> Self {
        self.0.extend(other.0);
        self
    }

    /// `text` in `style`, with the `[start, end)` character ranges as matches.
    pub fn highlighted(
        mut self,
        style: Style,
        text: &'a str,
        ranges: Option<&Vec<[usize; 2]>>,
    ) -> Self {
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let byte_of: Vec<usize> = ends.collect();
        let mut done = 0;
        for &[start, end] in ranges.into_iter().flatten() {
            let (start, end) = (byte_of[start], byte_of[end]);
            self.0.push((style, text[done..start].into()));
            self.0.push((Style::Match, text[start..end].into()));
            done = end;
        }
        self.0.push((style, text[done..].into()));
        self
    }

    /// The text escaped and, where there is colour, marked with its styles; to be
    /// painted once it is laid out.
    pub fn marked(&self, ink: Ink) -> String {
        let mut marked = String::new();
        for (style, piece) in &self.0 {
            if ink.colors() {
                marked += &mark(&escape(piece), *style);
            } else {
                marked += &escape(piece);
            }
        }
        marked
    }

    /// The text escaped and coloured, on one line.
    pub fn painted(&self, ink: Ink) -> String {
        paint(&self.marked(ink), ink)
    }
}

/// The text painted, wrapped between words where there is a width, with a
/// newline at its end.
pub fn wrapped(text: &Text, width: Option<usize>, ink: Ink) -> String {
    indented(text, "", "", width, ink)
}

/// As [`wrapped`], with `first` before the first line and `rest` before the others.
pub fn indented(text: &Text, first: &str, rest: &str, width: Option<usize>, ink: Ink) -> String {
    let marked = text.marked(ink);
    let Some(width) = width else {
        return format!("{first}{}\n", paint(&marked, ink));
    };
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let mut lines = String::new();
    for line in textwrap::wrap(&marked, options) {
        lines += &paint(&line, ink);
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_takes_no_notice_of_styles() {
        let text = Text::new().styled(Style::Label, "one two").plain(" three");
        assert_eq!(wrapped(&text, Some(7), Ink::Plain), "one two\nthree\n");
        assert_eq!(
            wrapped(&text, Some(7), Ink::Colored),
            "\u{1b}[1mone two\u{1b}[0m\nthree\n"
        );
        assert_eq!(wrapped(&text, None, Ink::Plain), "one two three\n");
    }

    #[test]
    fn highlights_count_characters() {
        let text = Text::new().highlighted(Style::Plain, "ä bc d", Some(&vec![[0, 1], [3, 6]]));
        let pieces: Vec<_> = text.0.iter().map(|(_, piece)| piece.as_ref()).collect();
        assert_eq!(pieces, ["", "ä", " b", "c d", ""]);
    }
}
