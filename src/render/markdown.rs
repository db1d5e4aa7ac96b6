//! Records as a Markdown table, fit for an issue or a ticket.

use super::record::Field;
use super::style::{Style, is_linkable};
use super::text::Text;

/// ASCII punctuation that triggers nothing in a word of letters and digits.
const INERT: &str = ".,;'\"()/-?{}=+";

/// The row of a record; above the first row come the headings and a rule.
pub(super) fn row(columns: &[Field], is_first: bool) -> String {
    let row = |cell: &dyn Fn(&Field) -> String| {
        let cells: Vec<_> = columns.iter().map(cell).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let cell = |column: &Field| {
        let paragraphs: Vec<_> = column.texts.iter().map(paragraph).collect();
        paragraphs.join("<br>")
    };
    let mut text = String::new();
    if is_first {
        text = row(&|column| column.heading.to_owned()) + &row(&|_| "---".to_owned());
    }
    text + &row(&cell)
}

fn paragraph(text: &Text) -> String {
    let words = text.unstyled();
    if text.is(Style::Command) {
        return as_code(&words);
    }
    let words: Vec<_> = words.split(' ').map(inert).collect();
    let words = words.join(" ");
    match text.url().filter(|url| is_linkable(url)) {
        Some(url) => format!("[{words}]({url})"),
        None => words,
    }
}

/// The word in a form that triggers nothing in a ticket: as it is, or as code. Nothing else keeps a
/// ticket from acting on names, numbers and addresses.
fn inert(word: &str) -> String {
    // The marks that end a sentence are not part of the word.
    let core = word.trim_end_matches(['!', '%', ',', '.']);
    if is_inert(core.strip_suffix(':').unwrap_or(core)) {
        return word.to_owned();
    }
    as_code(core) + &word[core.len()..]
}

fn is_inert(word: &str) -> bool {
    let is_letter = char::is_alphanumeric;
    let acts = |c: char| c.is_ascii_punctuation() && c != '_' && !INERT.contains(c);
    // A `_` within a word emphasises nothing.
    let mut around = word.match_indices('_').map(|(at, _)| (&word[..at], &word[at + 1..]));
    let emphasises = around.any(|it| !it.0.ends_with(is_letter) || !it.1.starts_with(is_letter));
    let is_address = word.to_ascii_lowercase().contains("www.");
    !(is_address || emphasises || is_hash(word) || is_ticket(word) || word.contains(acts))
}

/// Whether a part of the word may be taken for the hash of a commit.
fn is_hash(word: &str) -> bool {
    let mut parts = word.split(|c: char| !c.is_ascii_alphanumeric());
    parts.any(|part| part.len() >= 7 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a part of the word may be taken for the key of a ticket, e.g. `GH-1`.
fn is_ticket(word: &str) -> bool {
    let mut around = word.as_bytes().windows(3);
    around.any(|it| it[0].is_ascii_alphanumeric() && it[1] == b'-' && it[2].is_ascii_digit())
}

/// The text as code. A `|` would end the cell even there: each is escaped outside the code.
fn as_code(text: &str) -> String {
    let parts = text.split('|').map(|part| {
        if part.is_empty() {
            return String::new();
        }
        let fence = "`".repeat(part.split(|c| c != '`').map(str::len).max().unwrap_or(0) + 1);
        let room = if part.contains('`') || part.starts_with(' ') { " " } else { "" };
        [&*fence, room, part, room, &fence].concat()
    });
    parts.collect::<Vec<_>>().join("\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_in_a_ticket() {
        for word in [
            "__init__",
            "@name",
            "#123",
            "https://a.example",
            "www.a.example",
            "(www.a.example)",
            "a@b.example",
            "<b>",
            "[a](b)",
            "*a*",
            "_a_",
            "~a~",
            "&lt;",
            "\\",
            "!1",
            "$1",
            "%1",
            ":key:",
            "a:key:b",
            "GH-12",
            "f6a3b1d",
            "(f6a3b1de9c02)",
            "owner/repo#1",
            "^a",
        ] {
            assert_eq!(inert(word), format!("`{word}`"));
        }
        assert_eq!(inert("(#1),"), "`(#1)`,");
        assert_eq!(inert("a`b``c"), "``` a`b``c ```");
        assert_eq!(inert("|"), "\\|");
        assert_eq!(inert("a|b\\"), "`a`\\|`b\\`");
    }

    #[test]
    fn words_stay_words() {
        for word in [
            "quota",
            "create_account_status_id",
            "'{0}'",
            "service-linked",
            "(this",
            "account.",
            "账号",
            "Message:",
            "请检查账号（ListAccounts），如超过：联系管理员。",
            "“quoted”",
            "–",
            "ellipsis…",
            "😀👍\u{fe0f}",
            "cafe\u{301}",
            "██",
            "90%",
        ] {
            assert_eq!(inert(word), word);
        }
    }
}
