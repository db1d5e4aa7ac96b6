//! Text made of styled pieces. Nothing hostile gets past this file: every piece passes through
//! [`sanitized`] as it becomes part of a text.

use std::borrow::Cow;
use std::mem::replace;
use std::ops::Range;

use textwrap::WrapAlgorithm;
use textwrap::core::{Word, break_words, display_width};

use super::style::{ColorMode, Style};
use crate::sanitize::{sanitized, without_workflow_command};

/// Ends a line of a command that goes on; the indent begins the next line.
const COMMAND_GOES_ON: &str = " \\";
const COMMAND_INDENT: &str = "  ";

/// Marks after which addresses and names that are longer than a line are broken, the best
/// first.
const BREAKS: [&str; 3] = ["/?&", ".,;=|@", "-_"];

/// Marks of Chinese and Japanese that end no line, and those that begin none.
const OPENING: &str = "（「『《〈【〔〖“‘￥＄";
const CLOSING: &str = "）」』》〉】〕〗”’，。、；：？！…—％ー々゛゜～〜・．·ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";

/// Pieces of text, each with its style. The text may come from anywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    pieces: Vec<(Style, Cow<'a, str>)>,
    url: Option<&'a str>,
}

impl<'a> Text<'a> {
    pub(crate) fn and(mut self, style: Style, text: impl Into<Cow<'a, str>>) -> Self {
        let piece = match text.into() {
            Cow::Borrowed(text) => sanitized(text),
            Cow::Owned(text) => sanitized(&text).into_owned().into(),
        };
        self.pieces.push((style, piece));
        self
    }

    pub(crate) fn append(mut self, other: Text<'a>) -> Self {
        self.pieces.extend(other.pieces);
        self.linked_to(other.url)
    }

    /// Links the codes of the text to a page, unless they already have a link.
    pub(crate) fn linked_to(mut self, url: Option<&'a str>) -> Self {
        self.url = self.url.or(url);
        self
    }

    /// `text` in `style`, with the `[start, end)` character ranges as matches.
    pub(crate) fn highlighted(style: Style, text: &'a str, ranges: &[[usize; 2]]) -> Self {
        let byte_of = |index| text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
        let mut highlighted = Text::default();
        let mut done = 0;
        for [start, end] in ranges.iter().map(|range| range.map(byte_of)) {
            highlighted = highlighted.and(style, &text[done..start]);
            highlighted = highlighted.and(Style::Match, &text[start..end]);
            done = end;
        }
        highlighted.and(style, &text[done..])
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|(_, piece)| piece.is_empty())
    }

    /// Whether a new sentence may follow: the text is empty, or ends with a mark such as `.` or
    /// `:`.
    pub(crate) fn ends_sentence(&self) -> bool {
        let text = self.unstyled();
        let text = text.trim_end();
        text.is_empty() || text.ends_with(['.', ':', ';', '!', '?', '。'])
    }

    /// Whether all of it has this style.
    pub(crate) fn is(&self, style: Style) -> bool {
        matches!(self.pieces[..], [(only, _)] if only == style)
    }

    pub(crate) fn url(&self) -> Option<&'a str> {
        self.url
    }

    /// The text on one line, without colours.
    pub(crate) fn unstyled(&self) -> String {
        self.pieces.iter().map(|(_, piece)| &**piece).collect()
    }

    /// The text on one line, coloured.
    pub(crate) fn painted(&self, mode: ColorMode) -> String {
        let pieces = self.pieces.iter();
        without_workflow_command(
            pieces.map(|(style, piece)| style.paint(piece, mode, self.url)).collect(),
        )
    }

    /// The columns of the screen that the text takes.
    pub(crate) fn width(&self) -> usize {
        display_width(&self.painted(ColorMode::Plain))
    }

    /// Breaks the text into lines of at most `width` columns, between words if possible. A command
    /// is broken so that a shell still reads it as one, and never within a word.
    pub(crate) fn lines(&self, width: usize) -> Vec<Text<'_>> {
        let text = self.unstyled();
        if display_width(&text) <= width {
            return vec![self.part(0..text.trim_end_matches(' ').len())];
        }
        let is_command = self.is(Style::Command);
        let keeps_words = is_command || self.is(Style::Copyable);
        let mut parts: Vec<_> = text.split_inclusive(' ').collect();
        if !keeps_words {
            parts = parts.into_iter().flat_map(split_between_ideographs).collect();
        }
        for marks in BREAKS {
            let is_long = |part: &str| part.len() > width && display_width(part.trim_end()) > width;
            let marks = |part| if !keeps_words && is_long(part) { marks } else { "" };
            parts = parts.into_iter().flat_map(|part| split_after(part, marks(part))).collect();
        }
        let mut words: Vec<_> = parts.into_iter().map(Word::from).collect();
        if !keeps_words {
            words = break_words(words, width);
        }
        let (indent, goes_on) =
            if is_command { (COMMAND_INDENT, COMMAND_GOES_ON) } else { ("", "") };
        let taken = [goes_on.len(), goes_on.len() + indent.len()];
        let rooms = taken.map(|taken| width.saturating_sub(taken));
        let mut end = 0;
        let lines = WrapAlgorithm::FirstFit.wrap(&words, &rooms).into_iter().map(|words| {
            let start = end;
            end += words.iter().map(|word| word.len() + word.whitespace.len()).sum::<usize>();
            let line = text[start..end].trim_start_matches(' ');
            let from = end - line.len();
            let line = self.part(from..from + line.trim_end_matches(' ').len());
            let line = Style::Plain.text(if start > 0 { indent } else { "" }).append(line);
            line.and(Style::Command, if end < text.len() { goes_on } else { "" })
        });
        lines.collect()
    }

    /// The lines of the text, coloured.
    pub(crate) fn painted_lines(&self, width: usize, mode: ColorMode) -> Vec<String> {
        self.lines(width).iter().map(|line| line.painted(mode)).collect()
    }

    /// The part of the text in a range of bytes.
    fn part(&self, range: Range<usize>) -> Text<'_> {
        let mut start = 0;
        let pieces = self.pieces.iter().map(|(style, piece)| {
            let inside = |at: usize| at.saturating_sub(start).min(piece.len());
            let part = &piece[inside(range.start)..inside(range.end)];
            start += piece.len();
            (*style, Cow::Borrowed(part))
        });
        Text { pieces: pieces.collect(), url: self.url }
    }
}

/// Whether a line may end before and behind a character.
fn may_end_beside(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

/// Splits a word where Chinese and Japanese let a line end.
fn split_between_ideographs(word: &str) -> Vec<&str> {
    let may_end_between = |before: char, c: char| {
        (may_end_beside(before) || may_end_beside(c))
            && !(before.is_ascii_punctuation() || OPENING.contains(before))
            && !(c.is_ascii_punctuation() || CLOSING.contains(c) || c == ' ')
    };
    let pairs = word.char_indices().zip(word.char_indices().skip(1));
    let ends = pairs.filter(|((_, before), (_, c))| may_end_between(*before, *c));
    let mut start = 0;
    ends.map(|(_, (at, _))| at)
        .chain([word.len()])
        .map(|end| &word[replace(&mut start, end)..end])
        .collect()
}

/// Splits a word after each of the marks, but not where several follow each other, as in
/// `https://`.
fn split_after<'t>(word: &'t str, marks: &str) -> Vec<&'t str> {
    let is_mark =
        |at: usize| word.as_bytes().get(at).is_some_and(|byte| marks.as_bytes().contains(byte));
    let is_single = |at: &usize| is_mark(*at) && !is_mark(at.wrapping_sub(1)) && !is_mark(at + 1);
    let ends = (0..word.len()).filter(is_single).map(|at| at + 1);
    let mut start = 0;
    ends.chain([word.len()]).map(|end| &word[replace(&mut start, end)..end]).collect()
}

impl Style {
    /// A text of this style.
    pub(crate) fn text<'a>(self, text: impl Into<Cow<'a, str>>) -> Text<'a> {
        Text::default().and(self, text)
    }
}

impl<'a, S: Into<Cow<'a, str>>> From<S> for Text<'a> {
    fn from(text: S) -> Self {
        Style::Plain.text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::colors::without_colors;

    #[test]
    fn wrapping_takes_no_notice_of_styles() {
        let text = Style::Label.text("one two").and(Style::Plain, " three");
        assert_eq!(text.painted_lines(7, ColorMode::Plain), ["one two", "three"]);
        let coloured = text.painted_lines(7, ColorMode::Colored);
        assert_eq!(coloured, ["\u{1b}[1mone two\u{1b}[0m", "three"]);
        assert_eq!(text.painted(ColorMode::Plain), "one two three");
    }

    #[test]
    fn a_command_is_broken_so_that_a_shell_reads_it() {
        let command = "hcloud Organizations ListEntitiesForPolicy --policy_id=POLICY_ID";
        let text = Style::Command.text(command);
        for width in 1..70 {
            let lines = text.painted_lines(width, ColorMode::Plain);
            let joined = lines.join("\n").replace(" \\\n  ", " ");
            assert_eq!(joined, command, "at {width}");
            if width >= 48 {
                assert!(lines.iter().all(|line| line.len() <= width), "{lines:?}");
            }
        }
        assert_eq!(text.lines(64).len(), 1);
        assert_eq!(text.lines(63).len(), 2);
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
                &["module.landing_zone.", "huaweicloud_organizations_policy_attach.deny[\"a\"]"],
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
            let lines = Style::Plain.text(text).painted_lines(width, ColorMode::Plain);
            assert_eq!(lines, expected, "{text} at {width}");
            let coloured = Style::Label.text(text).painted_lines(width, ColorMode::Colored);
            assert_eq!(without_colors(&coloured.join("\n")), expected.join("\n"));
        }
        for width in 1..100 {
            let lines = Style::Plain.text(url).painted_lines(width, ColorMode::Plain);
            assert_eq!(lines.concat().replace(' ', ""), url.replace(' ', ""));
            assert!(lines.iter().all(|line| line.len() <= width), "{lines:?}");
        }
    }

    #[test]
    fn chinese_is_broken_between_its_characters_and_no_latin_word_is() {
        let text = "请检查账号是否超过配额（ListAccounts），如超过请联系管理员；或者 delete 一些账号再重试。";
        let lines = |width| Style::Plain.text(text).painted_lines(width, ColorMode::Plain);
        assert_eq!(
            lines(28),
            [
                "请检查账号是否超过配额",
                "（ListAccounts），如超过请联",
                "系管理员；或者 delete 一些账",
                "号再重试。",
            ]
        );
        for width in 18..90 {
            let lines = lines(width);
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
            assert!(lines.iter().all(|line| display_width(line) <= width), "{lines:?}");
            for line in &lines {
                assert!(!line.starts_with(|c| CLOSING.contains(c)), "{lines:?}");
                assert!(!line.ends_with(|c| OPENING.contains(c)), "{lines:?}");
            }
            for word in ["ListAccounts", "delete"] {
                assert!(lines.iter().any(|line| line.contains(word)), "{lines:?}");
            }
        }
    }

    #[test]
    fn highlights_count_characters() {
        let text = Text::highlighted(Style::Plain, "ä bc d", &[[0, 1], [3, 6]]);
        let pieces: Vec<_> = text.pieces.iter().map(|(_, piece)| piece.as_ref()).collect();
        assert_eq!(pieces, ["", "ä", " b", "c d", ""]);
    }
}
