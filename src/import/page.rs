//! The bytes of a page as text.

use super::report::PageReport;
use crate::decode::Decoder;

/// The text of a page in UTF-8 or, with a byte order mark, UTF-16, with plain newlines.
/// Reports bytes that are no text.
pub fn text(page: &[u8], report: &mut PageReport) -> String {
    let mut bytes = page.to_vec();
    Decoder::default().decode(&mut bytes, 0, true, &|_, _| Vec::new());
    let text = String::from_utf8_lossy(&bytes);
    if let Err(error) = std::str::from_utf8(&bytes) {
        let before = with_newlines(&text[..error.valid_up_to()]);
        report.remark(
            before.matches('\n').count() + 1,
            "bytes that are not UTF-8, here for the first time: save the page as UTF-8",
        );
    }
    with_newlines(&text)
}

fn with_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The date in `Updated on 2024-05-28` or `更新时间：2024-05-28`.
pub fn updated(page: &str) -> Option<&str> {
    let mut labels = ["Updated on", "更新时间"].into_iter();
    let after = labels.find_map(|label| Some(page.split_once(label)?.1))?;
    let date = after.trim_start_matches([' ', ':', '：']).get(..10)?;
    let is_date = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_date.then_some(date)
}
