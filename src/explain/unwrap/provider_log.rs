//! The debug log of Terraform's provider.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::prefixes::MAX_PREFIX;
use super::times_and_levels::{after_time, level};

/// What names the provider in a line of Terraform's debug log.
static PROVIDER: LazyLock<Finder> = LazyLock::new(|| Finder::new("provider.terraform-provider-"));

/// What stands after the provider's name in a line of Terraform's debug log, and after the
/// time and the level that the provider writes itself.
pub fn after_provider(line: &str) -> Option<&str> {
    let reach = &line.as_bytes()[..line.len().min(MAX_PREFIX)];
    let at = PROVIDER.find(reach)?;
    let is_log = at == 0 || after_time(line).is_some();
    let (_, text) = line[at..].split_once(": ").filter(|_| is_log)?;
    let Some((after, _)) = after_time(text) else {
        return Some(text);
    };
    Some(after.split_once("] ").map_or(after, |(_, after)| after))
}

/// What distinguishes the exchanges that are under way at once, where a line has it:
/// `[DEBUG] [x1y2] API Request URL: …`.
pub fn exchange(line: &str) -> Option<&str> {
    let (before, _) = line.split_once("] API ")?;
    let (_, mark) = before.rsplit_once('[')?;
    (!mark.is_empty() && level(mark).is_none()).then_some(mark)
}
