//! Whether lines that a runner or a journal read together go on with each other: what a program
//! printed at once. What stands before them was taken off (`shared_prefix`, `Prefixed::new`).

use super::levels::level;
use super::prefix::Prefixed;
use super::times::seconds_apart;
use crate::explain::values::http::{is_header, known_statuses_in, shows_exchange};
use crate::explain::values::unlabelled_id::is_unlabelled_id;

/// Seconds between lines that were read together.
pub(super) const MAX_BURST: f64 = 1.0;

/// Whether a line goes on with what the one above says because a program printed both at once, and
/// neither stands by itself.
pub(super) fn goes_on_in_burst(line: &Prefixed, above: &Prefixed) -> bool {
    let is_of_burst = !line.read_at.is_empty()
        && line.time == line.read_at
        && seconds_apart(line.read_at, above.read_at) < MAX_BURST;
    is_of_burst && level(line.text.trim_start()).is_none() && is_part(line.text, above.text)
}

/// Whether a text may be a part of what is above: that introduces it, both are headers, one shows
/// the exchange and the other is a body; or what is above says no status and no ID, and the text
/// not both an address and one of these.
fn is_part(text: &str, above: &str) -> bool {
    above.ends_with(':')
        || is_header(above) && is_header(text)
        // Of which body it is, is decided in the tree, which has all lines above.
        || above.ends_with('}') && shows_exchange(text)
        || text.starts_with('{') && shows_exchange(above)
        || !(says_value(above) || text.contains('/') && says_value(text))
}

/// Whether a line says a status or an ID.
pub(super) fn says_value(line: &str) -> bool {
    let is_border = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '/';
    let mut words = line.split(is_border).filter(|word| !word.contains('/'));
    words.any(|word| is_unlabelled_id(word) || known_statuses_in(word).next().is_some())
}
