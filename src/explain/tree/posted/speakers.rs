//! Finds who wrote a message of a chat, a mail or a thread of comments, from the line that is its
//! head. Such a line starts a log record (`log_records`); if it names another person than before,
//! it ends an exchange (`posted`).

use crate::data::words::is_number;
use crate::explain::lines::times::is_clock;
use crate::substrings::{is_word_of, last_word};

/// The most words of a name; a line with more before its time is a sentence.
const MAX_WORDS: usize = 4;
/// What separates a name from the age of its message: `omar-f · 2 days ago`.
const SEPARATORS: [char; 3] = ['·', '•', '|'];
/// The verb at the end of a line above a quoted mail: `Omar F. wrote:`.
const WROTE: &str = "wrote schrieb écrit escribió escreveu написал";
/// Words before a time in a sentence, which end no name: `It failed at 09:14`.
const PREPOSITIONS: &str = "after around at before bis by from since seit till um until vor";

/// The name in a line that is the head of a message: `Omar F.  09:14`,
/// `omar-f commented 2 days ago`.
pub(crate) fn speaker(line: &str) -> Option<&str> {
    let line = line.trim_matches(['#', '*', '>', ' ']);
    let name = name_before_commented(line)
        .or_else(|| name_before_age(line))
        .or_else(|| name_before_clock(line))
        .or_else(|| name_before_wrote(line))?;
    let is_name_char = |c: char| c.is_alphanumeric() || "-_.,'@ ()".contains(c);
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(is_name_char)
        && name.split(' ').count() <= MAX_WORDS
        && !is_word_of(PREPOSITIONS, last_word(name));
    is_name.then_some(name)
}

/// The name in a line that says who commented when: `omar-f commented on Jun 3`.
fn name_before_commented(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(' ')?;
    let when = rest.strip_prefix("commented ")?;
    when.contains(|c: char| c.is_ascii_digit()).then_some(name)
}

/// The name in a line that says who wrote what stands below: `On Tuesday, Omar F. wrote:`.
fn name_before_wrote(line: &str) -> Option<&str> {
    let (before, verb) = line.trim_end().strip_suffix(':')?.trim_end().rsplit_once(' ')?;
    // An address may stand behind the name.
    let (name, _) = before.split_once('<').unwrap_or((before, ""));
    is_word_of(WROTE, verb).then(|| name.rsplit([',', '>']).next().unwrap_or(name).trim())
}

/// The name in a line that says how long ago the message was written: `omar-f · 2 days ago`.
fn name_before_age(line: &str) -> Option<&str> {
    let without_ago = line.strip_suffix(" ago")?;
    let (up_to_count, _) = without_ago.split_at(without_ago.rfind(|c: char| c.is_ascii_digit())?);
    let before_count = up_to_count.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let names = before_count.strip_suffix(SEPARATORS)?;
    names.rsplit(SEPARATORS).next().map(str::trim)
}

/// The name in a line that ends with a time of day: `Omar F. 2026-11-24 9:14 AM`.
fn name_before_clock(line: &str) -> Option<&str> {
    // `AM` or `PM` may follow the time, and so may the bracket that closes around it.
    let (name, clock) = line.trim_end_matches([' ', 'A', 'P', 'M', ']']).rsplit_once(' ')?;
    let clock = clock.strip_prefix('[').unwrap_or(clock);
    // Discord writes the day before the time.
    let name = name.split_once(" — ").map_or(name, |(name, _)| name).trim();
    let dated = name.rsplit_once(' ').filter(|(_, word)| is_date(word));
    is_clock(clock).then_some(dated.map_or(name, |(name, _)| name))
}

fn is_date(word: &str) -> bool {
    word.contains(['-', '/', '.']) && word.split(['-', '/', '.']).all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_messages_name_who_speaks() {
        for line in ["Omar F.  9:14 AM", "Omar F. 2026-11-24 9:14", "Omar F. 09:14:07"] {
            assert_eq!(speaker(line), Some("Omar F."), "{line}");
        }
        for line in ["### omar-f commented on Jun 3", "**Comment 2 · omar-f · 12 days ago**"] {
            assert_eq!(speaker(line), Some("omar-f"), "{line}");
        }
        let line = "On 24 Nov 2026, at 09:14, Omar F. <omar@example.org> wrote:";
        assert_eq!(speaker(line), Some("Omar F."));
        let sentences =
            ["It failed at 09:14", "I tried it 5 minutes ago", "I commented out the tags."];
        for line in sentences {
            assert_eq!(speaker(line), None, "{line}");
        }
        for line in [
            "[2026-11-24 09:14:07] Request failed",
            "",
            "09:14",
            "It failed at 09:14 and at 09:15",
            "[INFO] Omar",
            "Name: 4:5",
        ] {
            assert_eq!(speaker(line), None, "{line}");
        }
    }
}
