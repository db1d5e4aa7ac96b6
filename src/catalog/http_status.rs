//! The standard names of HTTP statuses. `filter` decides what `4xx` means.

use std::sync::LazyLock;

/// Each status with its name, ascending.
static STATUS_NAMES: LazyLock<Vec<(u16, &str)>> = LazyLock::new(|| {
    let lines = include_str!("http_statuses.txt").lines();
    let named = lines.filter_map(|line| line.split_once(' '));
    named.filter_map(|(status, name)| Some((status.parse().ok()?, name))).collect()
});

/// The standard name of an HTTP status, e.g. `Not Found` for 404: as registered with IANA, or as
/// the servers that made the status up call it. Empty for a status that has no name.
///
/// ```
/// use orgerr::status_name;
///
/// assert_eq!(status_name(404), "Not Found");
/// assert_eq!(status_name(499), "");
/// ```
pub fn status_name(status: u16) -> &'static str {
    let place = STATUS_NAMES.binary_search_by_key(&status, |(known, _)| *known);
    place.map_or("", |place| STATUS_NAMES[place].1)
}
