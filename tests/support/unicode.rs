//! Characters that are hidden or act on those around them, by Unicode's own tables.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// Characters that Unicode counts as visible, though their glyphs are blank.
const BLANK: &str = "\u{2800}\u{2d7f}\u{1107f}\u{16fe4}\u{1d159}";

/// All hidden characters.
pub(crate) static HIDDEN: LazyLock<Vec<RangeInclusive<char>>> = LazyLock::new(|| {
    let blank = BLANK.chars().map(|c| c..=c);
    let class = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]";
    class_of(class).into_iter().chain(blank).collect()
});

static EMOJI: LazyLock<Vec<RangeInclusive<char>>> = LazyLock::new(|| class_of(r"\p{Emoji}"));

fn class_of(pattern: &str) -> Vec<RangeInclusive<char>> {
    let class = regex_syntax::parse(pattern).unwrap().into_kind();
    let HirKind::Class(Class::Unicode(class)) = class else {
        panic!("{class:?} is no class of characters");
    };
    let ranges = class.iter().map(|range| range.start()..=range.end());
    ranges.collect()
}

pub(crate) fn is_hidden(c: char) -> bool {
    HIDDEN.iter().any(|range| range.contains(&c))
}

/// Finds what is hidden in a printed line: a hidden character, unless it colours an emoji, or white
/// space that is not a plain space.
pub(crate) fn hidden_in(line: &str) -> Option<char> {
    let is_emoji = |c: char| !c.is_ascii() && EMOJI.iter().any(|range| range.contains(&c));
    let mut before = None;
    line.chars().find(|&c| {
        let colors = c == '\u{fe0f}' && before.is_some_and(is_emoji);
        before = Some(c);
        !colors && (is_hidden(c) || (c.is_whitespace() && c != ' '))
    })
}
