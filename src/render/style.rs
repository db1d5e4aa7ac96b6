//! Styles, named by what they mean. They use only the 16 colours of the terminal, so that the
//! user's theme decides what they look like.

use owo_colors::Style as Paint;

/// What a stream can display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColorMode {
    /// Text alone.
    Plain,
    /// Text in colours.
    Colored,
    /// Text in colours, with codes as hyperlinks to their documentation.
    Linked,
}

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Running text.
    Plain,
    /// Something to copy or follow, such as an address: none of its words is broken.
    Copyable,
    /// An error code.
    Code,
    /// An HTTP status that is the caller's fault.
    ClientFault,
    /// An HTTP status that is the service's fault.
    ServerFault,
    /// What to do about the error.
    Fix,
    /// A command to be copied.
    Command,
    /// A remark that the fix should be read with.
    Note,
    /// The name of a field or the heading of a column.
    Label,
    /// What a query matched.
    Match,
    /// Something that went wrong in the tool itself.
    Error,
}

impl Style {
    /// The style of an HTTP status.
    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            400..500 => Style::ClientFault,
            500.. => Style::ServerFault,
            _ => Style::Plain,
        }
    }

    /// Colours a text, if the stream shows colours; makes a code a link to `url`, if it shows
    /// links.
    pub(crate) fn paint(self, text: &str, mode: ColorMode, url: Option<&str>) -> String {
        let paint = match self {
            _ if mode == ColorMode::Plain || text.is_empty() => return text.to_owned(),
            Style::Plain | Style::Copyable => return text.to_owned(),
            Style::Code => Paint::new().bold().cyan(),
            Style::ClientFault | Style::Note => Paint::new().yellow(),
            Style::ServerFault => Paint::new().red(),
            Style::Fix => Paint::new().green(),
            Style::Command => Paint::new().cyan(),
            Style::Label => Paint::new().bold(),
            Style::Match => Paint::new().bold().magenta(),
            Style::Error => Paint::new().bold().red(),
        };
        let text = paint.style(text);
        let is_link = self == Style::Code && mode == ColorMode::Linked;
        match url.filter(|url| is_link && is_linkable(url)) {
            Some(url) => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
            None => text.to_string(),
        }
    }
}

/// Whether an address can stand in a link without ending it or leading elsewhere.
pub(super) fn is_linkable(url: &str) -> bool {
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
    fn codes_are_links_where_links_are_known() {
        let painted = |mode, url| Style::Code.paint("Organizations.1305", mode, Some(url));
        let linked = painted(ColorMode::Linked, URL);
        assert!(linked.starts_with(&format!("\u{1b}]8;;{URL}\u{1b}\\\u{1b}[")), "{linked:?}");
        assert!(linked.ends_with("1305\u{1b}[0m\u{1b}]8;;\u{1b}\\"), "{linked:?}");
        assert!(!painted(ColorMode::Colored, URL).contains("]8;;"));
        for url in ["unknown", "javascript:1", "https://a b", "https://a\u{7}", "https://a)"] {
            let painted = painted(ColorMode::Linked, url);
            assert!(!painted.contains("]8;;"), "{painted:?}");
        }
    }
}
