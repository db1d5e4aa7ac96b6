//! Styles named by meaning. Only the 16 colours of the terminal, so that the
//! user's theme decides what they look like.

use orgerr::Service;
use owo_colors::Style as Paint;

/// With what a stream can be written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text alone.
    Plain,
    /// Text in colours.
    Colored,
    /// Text in colours, with codes as hyperlinks to the documentation of these services.
    Linked(&'static [Service]),
}

impl Ink {
    pub fn colors(self) -> bool {
        self != Ink::Plain
    }
}

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
    /// What a query matched.
    Match,
    /// Something that went wrong in the tool itself.
    Error,
}

/// All styles; a style's place is the number of its mark.
const ALL: [Style; 7] = [
    Style::Plain,
    Style::Code,
    Style::Status,
    Style::Fix,
    Style::Label,
    Style::Match,
    Style::Error,
];

/// Marks are variation selectors: they have no width and stay with the character
/// before them through any wrapping, and [`escape`](crate::sanitize::escape) lets
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

/// The text with a mark behind every character but spaces, which wrapping may take
/// away, ready to be laid out.
pub fn mark(text: &str, style: Style) -> String {
    if style == Style::Plain {
        return text.to_owned();
    }
    let mark = style.mark();
    let marked = |c| [Some(c), (c != ' ').then_some(mark)];
    text.chars().flat_map(marked).flatten().collect()
}

/// Laid-out text with its marks turned into colours and links. Without colours it has
/// no marks and is as it should be.
pub fn paint(marked: &str, ink: Ink) -> String {
    if !ink.colors() {
        return marked.to_owned();
    }
    let mut painted = String::with_capacity(marked.len());
    let mut run = String::new();
    let mut spaces = String::new();
    let mut style = Style::Plain;
    let mut characters = marked.chars().peekable();
    while let Some(c) = characters.next() {
        let mark = characters.next_if(|c| Style::of_mark(*c).is_some());
        if c == ' ' {
            // Belongs to the run only if it goes on behind.
            spaces.push(c);
            continue;
        }
        let next = mark.and_then(Style::of_mark).unwrap_or(Style::Plain);
        if next == style {
            run.push_str(&spaces);
        } else {
            flush(&mut painted, &mut run, style, ink);
            painted.push_str(&spaces);
            style = next;
        }
        spaces.clear();
        run.push(c);
    }
    flush(&mut painted, &mut run, style, ink);
    painted + &spaces
}

fn flush(painted: &mut String, run: &mut String, style: Style, ink: Ink) {
    if style == Style::Plain || run.is_empty() {
        painted.push_str(run);
    } else {
        let text = style.paint().style(run.as_str()).to_string();
        match documentation(run, ink).filter(|_| style == Style::Code) {
            Some(url) => {
                painted.extend(["\u{1b}]8;;", url, "\u{1b}\\", &text, "\u{1b}]8;;\u{1b}\\"]);
            }
            None => painted.push_str(&text),
        }
    }
    run.clear();
}

/// The address of the page that documents a code, where the ink has links.
fn documentation(code: &str, ink: Ink) -> Option<&'static str> {
    let Ink::Linked(services) = ink else {
        return None;
    };
    let (service, number) = code.rsplit_once('.')?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let service = services.iter().find(|known| known.name() == service);
    service.filter(|_| is_number)?.page()
}

#[cfg(test)]
mod tests {
    use orgerr::Catalog;

    use super::*;

    #[test]
    fn styles_stay_with_their_characters() {
        let marked = format!(
            "a {} c\n{}",
            mark("b b", Style::Label),
            mark("d", Style::Fix)
        );
        assert_eq!(
            paint(&marked, Ink::Colored),
            "a \u{1b}[1mb b\u{1b}[0m c\n\u{1b}[32md\u{1b}[0m"
        );
    }

    #[test]
    fn codes_are_links_to_their_documentation_where_links_are_known() {
        let code = mark("Organizations.1305", Style::Code);
        let services = Catalog::embedded().services();
        let linked = paint(&code, Ink::Linked(services));
        let url = "https://support.huaweicloud.com/intl/en-us/api-organizations/ErrorCode.html";
        assert!(
            linked.starts_with(&format!("\u{1b}]8;;{url}\u{1b}\\\u{1b}[")),
            "{linked:?}"
        );
        assert!(
            linked.ends_with("Organizations.1305\u{1b}[0m\u{1b}]8;;\u{1b}\\"),
            "{linked:?}"
        );
        assert!(!paint(&code, Ink::Colored).contains("]8;;"));
        let of_no_service = ["IAM.0011", "Organizations.toml:3:4", "Organizations"];
        for text in of_no_service {
            let painted = paint(&mark(text, Style::Code), Ink::Linked(services));
            assert!(!painted.contains("]8;;"), "{painted:?}");
        }
    }

    #[test]
    fn every_style_has_a_mark_of_its_own() {
        for style in ALL {
            assert_eq!(Style::of_mark(style.mark()), Some(style));
        }
    }
}
