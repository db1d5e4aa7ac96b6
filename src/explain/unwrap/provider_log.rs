//! The debug log of Terraform's provider.

use super::frames::unframed;
use super::log_lines::{level, starts_with_time, time};
use super::prefixes::MAX_PREFIX;
use super::quotes::contains;
use super::wrapped;

/// What names the provider in a line of Terraform's debug log.
const PROVIDER: &str = "provider.terraform-provider-";
/// Bytes of the levels before the mark of a request.
const MAX_LEVELS: usize = 24;

/// The exchange that the last line was about.
#[derive(Debug, Default)]
pub struct Provider<'t> {
    mark: &'t str,
    /// Whether the next line may go on with it without a prefix.
    is_open: bool,
}

impl<'t> Provider<'t> {
    /// None where a text has no line of it.
    pub fn of(text: &str) -> Option<Self> {
        contains(text, PROVIDER).then(Provider::default)
    }

    /// The mark of the exchange that a line is about, of which only the first has it; and what
    /// stands behind its prefix, which the further lines of a body lack.
    pub fn line(&mut self, line: &'t str) -> Option<(&'t str, Option<&'t str>)> {
        let behind = behind_provider(line);
        self.mark = behind.and_then(request_mark).unwrap_or(self.mark);
        let goes_on =
            || !starts_with_time(line) && !unframed(line).1 && wrapped::prefix(line).is_none();
        self.is_open = behind.is_some() || self.is_open && goes_on();
        self.is_open.then_some((self.mark, behind))
    }
}

/// What stands behind the provider's name in a line of Terraform's debug log, and behind the
/// time that the provider writes itself.
fn behind_provider(line: &str) -> Option<&str> {
    if !starts_with_time(line) && !line.starts_with(PROVIDER) {
        return None;
    }
    let at = line.find(PROVIDER).filter(|at| *at < MAX_PREFIX)?;
    let text = &line[at..];
    let text = &text[text.find(": ")? + 2..];
    let Some(time) = time(text) else {
        return Some(text);
    };
    let behind = &text[time.length..];
    let level = behind.find("] ").filter(|end| *end < 16);
    Some(level.map_or(behind, |end| &behind[end + 2..]))
}

/// What distinguishes the requests of a provider that are under way at once:
/// `[DEBUG] [x1y2] API Request URL: …`.
fn request_mark(text: &str) -> Option<&str> {
    let (before, _) = text.split_once("] API ")?;
    let (levels, mark) = before.rsplit_once('[')?;
    (levels.len() <= MAX_LEVELS && !mark.is_empty() && level(mark).is_none()).then_some(mark)
}
