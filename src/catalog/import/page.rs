//! The bytes of a page as text.

use super::Report;
use crate::decode::Decoder;

/// The text of a page in UTF-8 or, with a byte order mark, UTF-16; every line ends
/// with a newline. Bytes that are no text are told.
pub fn text(page: &[u8], report: &mut Report) -> String {
    let mut bytes = page.to_vec();
    Decoder::default().decode(&mut bytes, 0, true);
    let text = String::from_utf8_lossy(&bytes);
    if let Err(error) = std::str::from_utf8(&bytes) {
        let before = &text[..error.valid_up_to()];
        report.problem(
            normalised(before).matches('\n').count() + 1,
            "bytes that are not UTF-8, here for the first time: save the page as UTF-8",
        );
    }
    normalised(&text)
}

fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
