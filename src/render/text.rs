//! Text made of styled pieces. Making it printable is the border of rendering: every
//! piece passes through [`escape`] here.

use std::borrow::Cow;

use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, wrap};

use super::style::{ColorMode, Style, mark, paint, style_marked};
use crate::sanitize::{as_text, escape};

/// What stands at the end of a line of a command that goes on, and before the next line.
const COMMAND_GOES_ON: &str = " \\";
const COMMAND_INDENT: &str = "  ";

/// Where a word may be broken. Nothing from outside has it, as it is hidden.
const BREAK: char = '\u{200b}';
/// Marks after which long addresses and names are broken, the best first.
const BREAKS: [&str; 3] = ["/?&", ".,;=|@", "-_"];

/// Pieces of text with their styles, from anywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text<'a> {
    pieces: Vec<(Style, Cow<'a, str>)>,
    url: Option<&'a str>,
}

impl<'a> Text<'a> {
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Style::Plain.text(text)
    }

    pub fn and(mut self, style: Style, text: impl Into<Cow<'a, str>>) -> Self {
        self.pieces.push((style, text.into()));
        self
    }

    pub fn append(mut self, other: Text<'a>) -> Self {
        self.pieces.extend(other.pieces);
        self.linked_to(other.url)
    }

    /// The page that its codes lead to, unless they already lead somewhere.
    pub fn linked_to(mut self, url: Option<&'a str>) -> Self {
        self.url = self.url.or(url);
        self
    }

    /// `text` in `style`, with the `[start, end)` character ranges as matches.
    pub fn highlighted(style: Style, text: &'a str, ranges: &[[usize; 2]]) -> Self {
        let byte_of = |number| {
            text.char_indices()
                .nth(number)
                .map_or(text.len(), |(at, _)| at)
        };
        let mut highlighted = Text::default();
        let mut done = 0;
        for [start, end] in ranges.iter().map(|range| range.map(byte_of)) {
            highlighted = highlighted.and(style, &text[done..start]);
            highlighted = highlighted.and(Style::Match, &text[start..end]);
            done = end;
        }
        highlighted.and(style, &text[done..])
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|(_, piece)| piece.is_empty())
    }

    /// Whether it ends as a sentence does, or as what announces another.
    pub fn ends_sentence(&self) -> bool {
        let mut pieces = self.pieces.iter().map(|(_, piece)| piece.trim_end());
        let last = pieces.rfind(|piece| !piece.is_empty());
        last.is_none_or(|last| last.ends_with(['.', ':', ';', '!', '?', '。']))
    }

    /// Whether all of it has this style.
    pub fn is(&self, style: Style) -> bool {
        matches!(self.pieces[..], [(only, _)] if only == style)
    }

    /// The columns that it cannot do without.
    pub fn min_width(&self) -> usize {
        let text = self.marked(ColorMode::Plain);
        if self.is(Style::Address) {
            display_width(&text)
        } else if self.is(Style::Command) {
            let longest = text.split(' ').map(display_width).max();
            COMMAND_INDENT.len() + longest.unwrap_or(0) + COMMAND_GOES_ON.len()
        } else {
            1
        }
    }

    pub fn url(&self) -> Option<&'a str> {
        self.url
    }

    /// The text escaped and, where there is colour, marked with its styles; to be
    /// painted once it is laid out.
    pub fn marked(&self, mode: ColorMode) -> String {
        let pieces = self.pieces.iter().map(|(style, piece)| match mode {
            ColorMode::Plain => escape(piece),
            _ => mark(&escape(piece), *style).into(),
        });
        pieces.collect()
    }

    /// Its lines of at most `width` columns, marked, broken between words. A command is
    /// broken so that a shell still reads it as one, and never within a word; an address
    /// never at all.
    pub fn marked_lines(&self, width: usize, mode: ColorMode) -> Vec<String> {
        let marked = self.marked(mode);
        if self.is(Style::Address) {
            return vec![marked];
        }
        if !self.is(Style::Command) || display_width(&marked) <= width {
            return wrapped(&with_breaks(&marked, width), options(width));
        }
        let width = width.saturating_sub(COMMAND_GOES_ON.len()).max(1);
        let options = options(width).break_words(false);
        let mut lines = wrapped(&marked, options.subsequent_indent(COMMAND_INDENT));
        let goes_on = Style::Command.text(COMMAND_GOES_ON).marked(mode);
        if let Some((_, before_last)) = lines.split_last_mut() {
            for line in before_last {
                *line += &goes_on;
            }
        }
        lines
    }

    /// Its lines, in which no word is broken, whatever its length.
    pub fn whole_words(&self, width: usize) -> Vec<String> {
        let options = options(width.max(1)).break_words(false);
        let lines = wrapped(&self.marked(ColorMode::Plain), options);
        lines.into_iter().map(as_text).collect()
    }

    /// The text escaped and coloured, on one line.
    pub fn painted(&self, mode: ColorMode) -> String {
        as_text(paint(&self.marked(mode), mode, self.url))
    }

    /// Its lines of at most `width` columns, coloured.
    pub fn lines(&self, width: usize, mode: ColorMode) -> impl Iterator<Item = String> {
        let lines = self.marked_lines(width, mode).into_iter();
        lines.map(move |line| as_text(paint(&line, mode, self.url)))
    }
}

impl Style {
    /// A text of this style.
    pub fn text<'a>(self, text: impl Into<Cow<'a, str>>) -> Text<'a> {
        Text::default().and(self, text)
    }
}

impl<'a, S: Into<Cow<'a, str>>> From<S> for Text<'a> {
    fn from(text: S) -> Self {
        Text::plain(text)
    }
}

/// The text with a [`BREAK`] wherever a word that is too long for a line may be broken.
fn with_breaks(text: &str, width: usize) -> String {
    let words = text.split_inclusive(' ');
    words.map(|word| breakable(word, width, &BREAKS)).collect()
}

/// The word; if it is too long, with a [`BREAK`] after each of the first marks, and after
/// the next ones in what is still too long.
fn breakable(word: &str, width: usize, levels: &[&str]) -> String {
    let [first, next @ ..] = levels else {
        return word.to_owned();
    };
    if display_width(word.trim_end()) <= width {
        return word.to_owned();
    }
    let mut parts = Vec::new();
    // Several marks belong together, as in `https://`.
    let (mut start, mut marks) = (0, 0);
    for (at, c) in word.char_indices() {
        if first.contains(c) {
            marks += 1;
        } else if style_marked(c).is_none() {
            if marks == 1 {
                parts.push(breakable(&word[start..at], width, next));
                start = at;
            }
            marks = 0;
        }
    }
    parts.push(breakable(&word[start..], width, next));
    parts.join(&BREAK.to_string())
}

/// The lines of a text, without the marks where words may be broken.
fn wrapped(text: &str, options: Options) -> Vec<String> {
    let lines = wrap(text, options).into_iter();
    lines.map(|line| line.replace(BREAK, "")).collect()
}

/// Splits at spaces, which stay at the ends of words, and at each [`BREAK`].
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let parts = line.split_inclusive(BREAK);
    Box::new(parts.flat_map(|part| WordSeparator::AsciiSpace.find_words(part)))
}

fn options<'o>(width: usize) -> Options<'o> {
    Options::new(width)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

#[cfg(test)]
mod tests {
    use super::super::colors::without_colors;
    use super::*;

    #[test]
    fn wrapping_takes_no_notice_of_styles() {
        let text = Style::Label.text("one two").and(Style::Plain, " three");
        let lines = |width, mode| text.lines(width, mode).collect::<Vec<_>>();
        assert_eq!(lines(7, ColorMode::Plain), ["one two", "three"]);
        assert_eq!(
            lines(7, ColorMode::Colored),
            ["\u{1b}[1mone two\u{1b}[0m", "three"]
        );
        assert_eq!(text.painted(ColorMode::Plain), "one two three");
    }

    #[test]
    fn a_command_is_broken_so_that_a_shell_reads_it() {
        let command = "hcloud Organizations ListEntitiesForPolicy --policy_id=POLICY_ID";
        let text = Style::Command.text(command);
        for width in 1..70 {
            let lines = text.marked_lines(width, ColorMode::Plain);
            let joined = lines.join("\n").replace(" \\\n  ", " ");
            assert_eq!(joined, command, "at {width}");
            if width >= 48 {
                assert!(lines.iter().all(|line| line.len() <= width), "{lines:?}");
            }
        }
        assert_eq!(text.marked_lines(64, ColorMode::Plain).len(), 1);
        assert_eq!(text.marked_lines(63, ColorMode::Plain).len(), 2);
    }

    #[test]
    fn a_long_word_is_broken_where_its_parts_end_and_stays_whole() {
        let url = "POST https://organizations.myhuaweicloud.com/v1/organizations/policies/p-7x2k/\
                   attach?limit=100&marker=abcdefgh";
        let address = "module.landing_zone.huaweicloud_organizations_policy_attach.deny[\"a\"]";
        for (text, width, expected) in [
            (
                url,
                42,
                &[
                    "POST",
                    "https://organizations.myhuaweicloud.com/",
                    "v1/organizations/policies/p-7x2k/attach?",
                    "limit=100&marker=abcdefgh",
                ][..],
            ),
            (
                url,
                26,
                &[
                    "POST",
                    "https://organizations.",
                    "myhuaweicloud.com/v1/",
                    "organizations/policies/",
                    "p-7x2k/attach?limit=100&",
                    "marker=abcdefgh",
                ],
            ),
            (
                address,
                50,
                &[
                    "module.landing_zone.",
                    "huaweicloud_organizations_policy_attach.deny[\"a\"]",
                ],
            ),
            (
                address,
                26,
                &[
                    "module.landing_zone.",
                    "huaweicloud_organizations_",
                    "policy_attach.deny[\"a\"]",
                ],
            ),
            ("0123456789abcdef", 10, &["0123456789", "abcdef"]),
        ] {
            let lines = Text::plain(text).marked_lines(width, ColorMode::Plain);
            assert_eq!(lines, expected, "{text} at {width}");
            let coloured = Style::Label.text(text);
            let coloured: Vec<_> = coloured.lines(width, ColorMode::Colored).collect();
            assert_eq!(without_colors(&coloured.join("\n")), expected.join("\n"));
        }
        for width in 1..100 {
            let lines = Text::plain(url).marked_lines(width, ColorMode::Plain);
            assert_eq!(lines.concat().replace(' ', ""), url.replace(' ', ""));
            assert!(lines.iter().all(|line| line.len() <= width), "{lines:?}");
        }
    }

    #[test]
    fn highlights_count_characters() {
        let text = Text::highlighted(Style::Plain, "ä bc d", &[[0, 1], [3, 6]]);
        let pieces: Vec<_> = text
            .pieces
            .iter()
            .map(|(_, piece)| piece.as_ref())
            .collect();
        assert_eq!(pieces, ["", "ä", " b", "c d", ""]);
    }
}
