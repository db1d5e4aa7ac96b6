//! Whether a line goes on with the line above because a program printed both at once, so that a
//! runner or a journal read them together. Their prefixes were taken off (`shared_prefix`,
//! `UnprefixedLine::new`).

use super::levels::level;
use super::prefix::UnprefixedLine;
use super::times::seconds_apart;
use crate::explain::values::http::{is_header, known_statuses_in, shows_exchange};
use crate::explain::values::unlabelled_id::is_unlabelled_id;

/// Lines that were read together are fewer seconds apart than this.
pub(super) const MAX_BURST: f64 = 1.0;

/// Whether a line goes on with the line above because a program printed both at once. The line has
/// no time of its own and no level, and may be a part of what the line above says.
pub(super) fn goes_on_in_burst(line: &UnprefixedLine, above: &UnprefixedLine) -> bool {
    let is_of_burst = !line.read_at.is_empty()
        && line.time == line.read_at
        && seconds_apart(line.read_at, above.read_at) < MAX_BURST;
    is_of_burst && level(line.text.trim_start()).is_none() && is_part(line.text, above.text)
}

/// Whether a text may be a part of the text above: below a colon, as a header below a header, or if
/// one of the two is a body and the other has the status and address of the exchange. Any other
/// text may be, unless the text above has a status or an ID, or the text has one of these and an
/// address.
fn is_part(text: &str, above: &str) -> bool {
    above.ends_with(':')
        || is_header(above) && is_header(text)
        // The tree, which has all lines above, decides which body the exchange belongs to.
        || above.ends_with('}') && shows_exchange(text)
        || text.starts_with('{') && shows_exchange(above)
        || !(says_value(above) || text.contains('/') && says_value(text))
}

/// Whether a line has a status or an ID that is not in an address.
pub(super) fn says_value(line: &str) -> bool {
    let is_border = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '/';
    let mut words = line.split(is_border).filter(|word| !word.contains('/'));
    words.any(|word| is_unlabelled_id(word) || known_statuses_in(word).next().is_some())
}
