//! Filters for entries, and the values that they can have.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::str::FromStr;

use super::{Action, Catalog, Entry, status_name};
use crate::data::words::is_number;

/// Which entries to keep: those that match one value of every list that is not
/// empty.
///
/// ```
/// use orgerr::{Catalog, Filter, StatusFilter};
///
/// let mut filter = Filter::default();
/// filter.statuses = vec![StatusFilter::One(409), StatusFilter::Class(5)];
/// filter.categories = vec!["policy".to_owned()];
/// let kept = Catalog::embedded().entries().iter().filter(|entry| filter.keeps(entry));
/// assert!(kept.count() > 0);
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filter {
    /// Services, e.g. `Organizations`.
    pub services: Vec<String>,
    /// HTTP statuses, single ones or classes.
    pub statuses: Vec<StatusFilter>,
    /// Categories, e.g. `account`.
    pub categories: Vec<String>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Keep only entries whose documented solution begins with trying again.
    pub retryable: bool,
}

impl Filter {
    /// Whether the entry passes.
    ///
    /// ```
    /// let entry = orgerr::Catalog::embedded().get("Organizations.1305").unwrap();
    /// let mut filter = orgerr::Filter::default();
    /// filter.categories = vec!["Account".to_owned()];
    /// assert!(filter.keeps(entry));
    /// filter.retryable = true;
    /// assert!(!filter.keeps(entry));
    /// ```
    pub fn keeps(&self, entry: &Entry) -> bool {
        let one_of = |names: &[String], name: &str| {
            names.is_empty() || names.iter().any(|n| n.eq_ignore_ascii_case(name))
        };
        one_of(&self.services, entry.service())
            && one_of(&self.categories, entry.category())
            && (self.statuses.is_empty() || self.statuses.iter().any(|s| s.keeps(entry.status())))
            && (self.actions.is_empty() || self.actions.contains(&entry.action()))
            && (entry.retryable() || !self.retryable)
    }
}

/// One HTTP status (`404`) or a class of them (`4xx`).
///
/// ```
/// use orgerr::StatusFilter;
///
/// assert_eq!("404".parse(), Ok(StatusFilter::One(404)));
/// assert_eq!("404 Not Found".parse(), Ok(StatusFilter::One(404)));
/// assert_eq!("4xx".parse(), Ok(StatusFilter::Class(4)));
/// assert_eq!(StatusFilter::Class(4).to_string(), "4xx");
/// assert!("404 Gone".parse::<StatusFilter>().is_err());
/// assert!("600".parse::<StatusFilter>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatusFilter {
    /// Exactly this status, 100 to 599.
    One(u16),
    /// The statuses that start with this digit, 1 to 5.
    Class(u16),
}

impl StatusFilter {
    /// Whether the status is this one, or of this class.
    ///
    /// ```
    /// use orgerr::StatusFilter;
    ///
    /// assert!(StatusFilter::Class(4).keeps(404));
    /// assert!(!StatusFilter::One(403).keeps(404));
    /// ```
    pub const fn keeps(self, status: u16) -> bool {
        match self {
            StatusFilter::One(one) => one == status,
            StatusFilter::Class(digit) => digit == status / 100,
        }
    }
}

impl fmt::Display for StatusFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatusFilter::One(status) => write!(f, "{status}"),
            StatusFilter::Class(digit) => write!(f, "{digit}xx"),
        }
    }
}

/// The text is neither an HTTP status nor a class of them.
///
/// ```
/// use orgerr::StatusFilter;
///
/// let error = "4x".parse::<StatusFilter>().unwrap_err();
/// let message = "an HTTP status is a number from 100 to 599, or a class such as 4xx";
/// assert_eq!(error.to_string(), message);
/// assert_eq!("4xx".parse::<StatusFilter>()?, StatusFilter::Class(4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an HTTP status is a number from 100 to 599, or a class such as 4xx")]
#[non_exhaustive]
pub struct StatusError;

impl FromStr for StatusFilter {
    type Err = StatusError;

    /// Reads `404`, `404 Not Found` or `4xx`, the last two in any case.
    fn from_str(text: &str) -> Result<Self, StatusError> {
        let (number, name) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let (one, name) = (number.parse().unwrap_or(0), name.trim());
        let is_named = name.is_empty() || status_name(one).eq_ignore_ascii_case(name);
        match number.as_bytes() {
            [b'1'..=b'5', _, _] if is_number(number) && is_named => Ok(StatusFilter::One(one)),
            [class @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] if name.is_empty() => {
                Ok(StatusFilter::Class(u16::from(class - b'0')))
            }
            _ => Err(StatusError),
        }
    }
}

impl Catalog {
    /// The services that have entries, in catalog order.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// assert_eq!(catalog.service_names(), ["Organizations", "APIGW"]);
    /// ```
    pub fn service_names(&self) -> Vec<&str> {
        distinct(self.entries.iter().map(Entry::service))
    }

    /// The categories that have entries, in catalog order.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// assert!(catalog.category_names().contains(&"handshake"));
    /// ```
    pub fn category_names(&self) -> Vec<&str> {
        distinct(self.entries.iter().map(Entry::category))
    }

    /// The HTTP statuses that entries have, ascending.
    ///
    /// ```
    /// let statuses = orgerr::Catalog::embedded().statuses();
    /// assert!(statuses.contains(&409) && !statuses.contains(&418));
    /// ```
    pub fn statuses(&self) -> Vec<u16> {
        let statuses: BTreeSet<_> = self.entries.iter().map(Entry::status).collect();
        statuses.into_iter().collect()
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_strictly() {
        assert_eq!("404".parse(), Ok(StatusFilter::One(404)));
        assert_eq!("4XX".parse(), Ok(StatusFilter::Class(4)));
        for text in ["", "4", "40", "4040", "099", "600", "6xx", "0xx", "4x", "+40", "éx", "4éx"]
        {
            assert_eq!(text.parse::<StatusFilter>(), Err(StatusError), "{text}");
        }
    }
}
