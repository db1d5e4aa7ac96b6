//! Decodes the page to import, and finds the date on which it was updated.

use std::borrow::Cow;

use super::page_notes::PageNotes;
use crate::bytes_to_text::decode_text;

/// Decodes a page in UTF-8 or UTF-16. Lines end in `\n`, and frames of tables are ASCII. Notes the
/// first bytes that are not UTF-8.
pub(super) fn text(page: &[u8], notes: &mut PageNotes) -> String {
    let bytes = decode_text(page.to_vec());
    let with_newlines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let text = String::from_utf8_lossy(&bytes);
    if let Err(error) = str::from_utf8(&bytes) {
        let before = with_newlines(&text[..error.valid_up_to()]);
        let what = "bytes that are not UTF-8, here for the first time: save the page as UTF-8";
        notes.remark(before.matches('\n').count() + 1, what);
    }
    with_ascii_frames(&with_newlines(&text))
}

/// Replaces the frames of tables with `-`, `|` and `+`, on lines that begin with a frame.
fn with_ascii_frames(text: &str) -> String {
    let in_ascii = |c: char| match c {
        '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' => '-',
        '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏' => '|',
        '\u{2500}'..='\u{257f}' => '+',
        _ => c,
    };
    let is_frame = |c: char| c != in_ascii(c);
    let lines = text.split_inclusive('\n').map(|line| -> Cow<str> {
        let is_framed = line.trim_start().starts_with(is_frame);
        if is_framed { line.chars().map(in_ascii).collect() } else { line.into() }
    });
    lines.collect()
}

/// The date on which the page says that it was updated: `Updated on 2024-05-28` or
/// `更新时间：2024-05-28`.
pub(super) fn updated<'t>(page: &'t str) -> Option<&'t str> {
    let after_labels = ["Updated on", "更新时间"].into_iter().flat_map(|it| page.split(it).skip(1));
    let first_ten = |text: &'t str| text.trim_start_matches([' ', ':', '：']).get(..10);
    after_labels.filter_map(first_ten).find(|text| is_date(text))
}

fn is_date(text: &str) -> bool {
    let form = text.replace(|c: char| c.is_ascii_digit(), "0");
    form == "0000-00-00"
        && ("01"..="12").contains(&&text[5..7])
        && ("01"..="31").contains(&&text[8..])
}
