//! Which of the entries of a code an occurrence is of.

use super::Spot;
use crate::catalog::Entry;
use crate::explain::messages::find_near;
use crate::message::{NormalizedText, begins};

/// Which of a code's entries fits a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'c> {
    /// The one that fits best; none where the code has none.
    pub entry: Option<&'c Entry>,
    /// Whether no other fits as well.
    pub is_unambiguous: bool,
}

impl<'c> Choice<'c> {
    /// The choice where there is no other.
    pub fn certain(entry: Option<&'c Entry>) -> Self {
        Choice {
            entry,
            is_unambiguous: true,
        }
    }
}

impl Spot<'_> {
    /// The entry of several that fits best: by the labelled message, else by the documented
    /// message that is nearest to the code, and then by the HTTP status.
    pub fn choose<'c>(
        &self,
        variants: &[&'c Entry],
        labelled: Option<&str>,
        status: Option<u16>,
    ) -> Choice<'c> {
        if let [] | [_] = variants {
            return Choice::certain(variants.first().copied());
        }
        let labelled = labelled.map(NormalizedText::of_value);
        let says = |entry: &&&Entry| labelled.as_ref().is_some_and(|it| begins(entry, it));
        let mut fitting: Vec<_> = variants.iter().filter(says).copied().collect();
        if fitting.is_empty() {
            let record = self.item_or_record();
            let near = variants
                .iter()
                .filter_map(|entry| find_near(entry, self.region, &record, self.place.start));
            let nearest = near.min_by_key(|it| it.place.start.abs_diff(self.place.start));
            fitting.extend(nearest.map(|found| found.entry));
        }
        if fitting.is_empty() {
            fitting = variants.to_vec();
        }
        if fitting.iter().any(|entry| Some(entry.status()) == status) {
            fitting.retain(|entry| Some(entry.status()) == status);
        }
        Choice {
            entry: fitting.first().copied(),
            is_unambiguous: fitting.len() == 1,
        }
    }
}
