//! The standard names of HTTP statuses. What `4xx` means is decided in `filter`.

/// Those that IANA has registered, and nginx's 494: a line each, the first one empty.
const NAMES: &str = include_str!("http_statuses.txt");

/// The standard name of an HTTP status, e.g. `Not Found` for 404, as registered with
/// IANA, or that of the servers that made it up; empty for a status that has none.
///
/// ```
/// use orgerr::status_name;
///
/// assert_eq!(status_name(404), "Not Found");
/// assert_eq!(status_name(499), "");
/// ```
pub fn status_name(status: u16) -> &'static str {
    let line = format!("\n{status} ");
    NAMES.split_once(&*line).and_then(|(_, names)| names.lines().next()).unwrap_or_default()
}
