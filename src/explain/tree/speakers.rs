//! Who wrote a message of a chat or a thread, as its head says.

use crate::data::words::is_number;

/// Words of the name of who speaks.
const MAX_WORDS: usize = 4;
/// What trackers put behind a name, before the time.
const COMMENTED: &str = " commented ";

/// The name in a line that is the head of a message: `Omar F.  09:14`, `[Monday 09:14] Omar F.`,
/// `omar-f commented 2 days ago`.
pub fn speaker(line: &str) -> Option<&str> {
    let line = line.trim_matches(['#', '*', '>', ' ']);
    let commented = line.split_once(COMMENTED).map(|(name, _)| name);
    let name = commented.or_else(|| before_age(line)).or_else(|| beside_clock(line))?;
    let is_of_name = |c: char| c.is_alphanumeric() || "-_.,'@ ".contains(c);
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(is_of_name)
        && name.split(' ').count() <= MAX_WORDS;
    is_name.then_some(name)
}

/// The name before how long ago it was, after a dot or a number of the comment: `omar-f · 2 days ago`.
fn before_age(line: &str) -> Option<&str> {
    let age = line.strip_suffix(" ago")?;
    let (before, _) = age.split_at(age.rfind(|c: char| c.is_ascii_digit())?);
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || " ·•|".contains(c));
    before.rsplit(['·', '•', '|']).next().map(str::trim)
}

/// What stands in a line before a clock, or after one in brackets.
fn beside_clock(line: &str) -> Option<&str> {
    if let Some((time, name)) = line.strip_prefix('[').and_then(|it| it.split_once("] ")) {
        return time.split(' ').any(is_clock).then(|| name.trim());
    }
    let (name, clock) = line.trim_end_matches([' ', 'A', 'P', 'M']).rsplit_once(' ')?;
    is_clock(clock).then(|| name.trim())
}

/// Whether a word is a clock: `9:14`, `09:14:07`.
fn is_clock(word: &str) -> bool {
    word.contains(':') && word.split(':').all(|part| part.len() < 3 && is_number(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_messages_name_who_speaks() {
        for line in ["Omar F.  9:14 AM", "Omar F. 09:14:07", "[Monday 09:14] Omar F."] {
            assert_eq!(speaker(line), Some("Omar F."), "{line}");
        }
        for line in ["### omar-f commented on Jun 3", "**Comment 2 · omar-f · 12 days ago**"] {
            assert_eq!(speaker(line), Some("omar-f"), "{line}");
        }
        for line in ["", "09:14", "It failed at 09:14 and at 09:15", "[INFO] Omar", "Name: 4:5"] {
            assert_eq!(speaker(line), None, "{line}");
        }
    }
}
