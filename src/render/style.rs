//! Styles named by meaning. Only the 16 colours of the terminal, so that the user's
//! theme decides what they look like.
//!
//! While text is laid out, a mark after each character carries its style. Marks are
//! variation selectors: they have no width and stay with the character before them
//! through any wrapping, and [`escape`](crate::sanitize::escape) lets none through from
//! outside.

use std::mem;

use owo_colors::Style as Paint;

/// What a stream can display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorMode {
    /// Text alone.
    Plain,
    /// Text in colours.
    Colored,
    /// Text in colours, with codes as hyperlinks to their documentation.
    Linked,
}

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    Plain,
    /// An error code.
    Code,
    /// An HTTP status that is the caller's fault.
    ClientFault,
    /// An HTTP status that is the service's fault.
    ServerFault,
    /// What to do about it.
    Fix,
    /// A command to be copied.
    Command,
    /// An address to be followed.
    Address,
    /// A remark that the fix should be read with.
    Note,
    /// The name of a field or the heading of a column.
    Label,
    /// What a query matched.
    Match,
    /// Something that went wrong in the tool itself.
    Error,
}

/// All styles and what they look like; a style's place is the number of its mark.
const STYLES: [(Style, Paint); 11] = [
    (Style::Plain, Paint::new()),
    (Style::Code, Paint::new().bold().cyan()),
    (Style::ClientFault, Paint::new().yellow()),
    (Style::ServerFault, Paint::new().red()),
    (Style::Fix, Paint::new().green()),
    (Style::Command, Paint::new().cyan()),
    (Style::Address, Paint::new()),
    (Style::Note, Paint::new().yellow()),
    (Style::Label, Paint::new().bold()),
    (Style::Match, Paint::new().bold().magenta()),
    (Style::Error, Paint::new().bold().red()),
];

const FIRST_MARK: u32 = 0xe0100;

impl Style {
    /// That of an HTTP status.
    pub fn of_status(status: u16) -> Self {
        match status {
            400..500 => Style::ClientFault,
            500.. => Style::ServerFault,
            _ => Style::Plain,
        }
    }

    fn mark(self) -> char {
        char::from_u32(FIRST_MARK + self as u32).expect("there are 240 such selectors")
    }
}

/// The style that a character is the mark of.
pub fn style_marked(c: char) -> Option<Style> {
    let number = u32::from(c).checked_sub(FIRST_MARK)?;
    STYLES.get(number as usize).map(|(style, _)| *style)
}

/// The text with a mark after every character but spaces, which wrapping may take
/// away, ready to be laid out.
pub fn mark(text: &str, style: Style) -> String {
    if matches!(style, Style::Plain | Style::Address) {
        return text.to_owned();
    }
    let marked = |c| [Some(c), (c != ' ').then_some(style.mark())];
    text.chars().flat_map(marked).flatten().collect()
}

/// Laid-out text with its marks turned into colours, and its codes into links to `url`
/// where the stream knows links. Without colours it has no marks and is as it should be.
pub fn paint(marked: &str, mode: ColorMode, url: Option<&str>) -> String {
    if mode == ColorMode::Plain {
        return marked.to_owned();
    }
    let url = url.filter(|url| mode == ColorMode::Linked && is_linkable(url));
    let mut runs: Vec<(Style, String)> = Vec::new();
    let mut spaces = String::new();
    let mut characters = marked.chars().peekable();
    while let Some(c) = characters.next() {
        if c == ' ' {
            // Belongs to the run only if it goes on after.
            spaces.push(c);
            continue;
        }
        let mark = characters.next_if(|c| style_marked(*c).is_some());
        let style = mark.and_then(style_marked).unwrap_or(Style::Plain);
        if runs.last().is_none_or(|(last, _)| *last != style) {
            runs.push((Style::Plain, mem::take(&mut spaces)));
            runs.push((style, String::new()));
        }
        if let Some((_, run)) = runs.last_mut() {
            run.extend(spaces.drain(..).chain([c]));
        }
    }
    let painted: String = runs
        .iter()
        .map(|(style, run)| painted(run, *style, url))
        .collect();
    painted + &spaces
}

fn painted(run: &str, style: Style, url: Option<&str>) -> String {
    if style == Style::Plain {
        return run.to_owned();
    }
    let (_, paint) = STYLES[style as usize];
    let text = paint.style(run);
    match url.filter(|_| style == Style::Code) {
        Some(url) => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
        None => text.to_string(),
    }
}

/// Whether an address can stand in a link without ending it or leading elsewhere.
pub fn is_linkable(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_inert =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%".contains(&byte);
    is_web && url.bytes().all(is_inert)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://docs.example/errors.html";

    #[test]
    fn styles_stay_with_their_characters() {
        let label = mark("b b", Style::Label);
        let fix = mark("d", Style::Fix);
        assert_eq!(
            paint(&format!("a {label} c\n{fix}"), ColorMode::Colored, None),
            "a \u{1b}[1mb b\u{1b}[0m c\n\u{1b}[32md\u{1b}[0m"
        );
    }

    #[test]
    fn codes_are_links_where_links_are_known() {
        let text = mark("Organizations.1305", Style::Code) + " x";
        let linked = paint(&text, ColorMode::Linked, Some(URL));
        assert!(
            linked.starts_with(&format!("\u{1b}]8;;{URL}\u{1b}\\\u{1b}[")),
            "{linked:?}"
        );
        assert!(
            linked.ends_with("1305\u{1b}[0m\u{1b}]8;;\u{1b}\\ x"),
            "{linked:?}"
        );
        assert!(!paint(&text, ColorMode::Colored, Some(URL)).contains("]8;;"));
        for url in [
            "unknown",
            "javascript:1",
            "https://a b",
            "https://a\u{7}",
            "https://a)",
        ] {
            let painted = paint(&text, ColorMode::Linked, Some(url));
            assert!(!painted.contains("]8;;"), "{painted:?}");
        }
    }

    #[test]
    fn every_style_has_a_mark_of_its_own() {
        for (style, _) in STYLES {
            assert_eq!(style_marked(style.mark()), Some(style));
        }
    }
}
