//! Styles named by meaning. Only the 16 colours of the terminal, so that the
//! user's theme decides what they look like.

use owo_colors::Style as Paint;

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    Plain,
    /// An error code.
    Code,
    /// An HTTP status.
    Status,
    /// What to do about it.
    Fix,
    /// The name of a field or the heading of a column.
    Label,
    /// Of less importance.
    Dim,
    /// What a query matched.
    Match,
    /// Something that went wrong in the tool itself.
    Error,
}

/// All styles; a style's place is the number of its mark.
const ALL: [Style; 8] = [
    Style::Plain,
    Style::Code,
    Style::Status,
    Style::Fix,
    Style::Label,
    Style::Dim,
    Style::Match,
    Style::Error,
];

/// Marks are variation selectors: they have no width and stay with the character
/// before them through any wrapping, and [`escape`](super::sanitize::escape) lets
/// none through from outside.
const FIRST_MARK: u32 = 0xe0100;

impl Style {
    fn paint(self) -> Paint {
        let paint = Paint::new();
        match self {
            Style::Plain => paint,
            Style::Code => paint.bold().cyan(),
            Style::Status => paint.yellow(),
            Style::Fix => paint.green(),
            Style::Label => paint.bold(),
            Style::Dim => paint.dimmed(),
            Style::Match => paint.bold().magenta(),
            Style::Error => paint.bold().red(),
        }
    }

    fn mark(self) -> char {
        char::from_u32(FIRST_MARK + self as u32).expect("there are 240 such selectors")
    }

    fn of_mark(c: char) -> Option<Style> {
        let number = u32::from(c).checked_sub(FIRST_MARK)?;
        ALL.get(number as usize).copied()
    }
}

/// The text with a mark behind every character, ready to be laid out.
pub fn mark(text: &str, style: Style) -> String {
    if style == Style::Plain {
        return text.to_owned();
    }
    let mark = style.mark();
    text.chars().flat_map(|c| [c, mark]).collect()
}

/// Laid-out text with its marks turned into colours.
pub fn paint(marked: &str) -> String {
    let mut painted = String::with_capacity(marked.len());
    let mut run = String::new();
    let mut style = Style::Plain;
    let mut characters = marked.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.next_if(|c| Style::of_mark(*c).is_some());
        let next = next.and_then(Style::of_mark).unwrap_or(Style::Plain);
        if next != style {
            flush(&mut painted, &mut run, style);
            style = next;
        }
        run.push(c);
    }
    flush(&mut painted, &mut run, style);
    painted
}

fn flush(painted: &mut String, run: &mut String, style: Style) {
    if style == Style::Plain || run.is_empty() {
        painted.push_str(run);
    } else {
        painted.push_str(&style.paint().style(run.as_str()).to_string());
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_stay_with_their_characters() {
        let marked = format!(
            "a {} c\n{}",
            mark("b b", Style::Label),
            mark("d", Style::Dim)
        );
        assert_eq!(
            paint(&marked),
            "a \u{1b}[1mb b\u{1b}[0m c\n\u{1b}[2md\u{1b}[0m"
        );
    }

    #[test]
    fn every_style_has_a_mark_of_its_own() {
        for style in ALL {
            assert_eq!(Style::of_mark(style.mark()), Some(style));
        }
    }
}
