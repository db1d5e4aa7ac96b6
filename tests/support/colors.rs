//! Colours, for integration tests and unit tests.

/// Removes colours. Panics on any other terminal sequence.
pub(crate) fn without_colors(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').expect("a colour").1)
}
