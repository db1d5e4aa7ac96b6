//! Finds the codes that a mistyped one may mean. The search also uses the edit distance of this
//! file, to find misspelt words.

use std::cmp::Reverse;

use super::{Catalog, Entry};
use crate::substrings::common_start;

/// The most near codes that are suggested.
const MAX_SUGGESTIONS: usize = 3;
/// Edits (insert, delete, replace, swap neighbours) up to which a code is near.
const MAX_CODE_EDITS: usize = 2;
/// The most codes that are compared on either side of the place of the mistyped code: an input may
/// have thousands of unknown codes, and so may a catalog. A slip in the first digit leads far away.
const MAX_NEIGHBOURS: usize = 1_000;

impl Catalog {
    /// Entries of up to three documented codes that differ from `code` by a slip of the fingers,
    /// nearest first; empty if none is near. If the service of `code` is known, only its codes
    /// count.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// assert_eq!(catalog.near("Organizations.1350")[0].code(), "Organizations.1305");
    /// assert!(catalog.near("Nonsense.42").is_empty());
    /// ```
    pub fn near(&self, code: &str) -> Vec<&Entry> {
        let (start, wanted) = of_known_service(self, code).unwrap_or((String::new(), code));
        let of_service = self.places_starting_with(&start);
        let place = self.first_not_before(&[&*start, wanted].concat());
        let wanted = wanted.to_ascii_lowercase();
        let (distance_from, wanted_letters) =
            (edit_distance_to(&wanted, MAX_CODE_EDITS), letters(&wanted));
        let first = place.saturating_sub(MAX_NEIGHBOURS).max(of_service.start);
        let last = (place + MAX_NEIGHBOURS).min(of_service.end);
        let near = self.by_code[first..last].iter().filter_map(|index| {
            let known = &self.entries[*index].code[start.len()..];
            let edits = distance_from(known)?;
            let known = known.to_ascii_lowercase();
            // Swapped digits are likelier than a wrong digit, and a slip is likelier near the end.
            // Codes of the same rank are in the order of the catalog.
            let is_swapped = letters(&known) == wanted_letters;
            let alike = common_start(&known, &wanted).len();
            Some((edits, !is_swapped, Reverse(alike), *index))
        });
        let mut near: Vec<_> = near.collect();
        near.sort_unstable();
        let mut codes: Vec<_> = near.iter().map(|it| &self.entries[it.3]).collect();
        codes.dedup_by(|a, b| a.code.eq_ignore_ascii_case(&b.code));
        codes.truncate(MAX_SUGGESTIONS);
        codes
    }
}

/// Splits a code of a known service: the start of the service's codes, as the catalog spells it,
/// and the rest of the code.
fn of_known_service<'t>(catalog: &Catalog, code: &'t str) -> Option<(String, &'t str)> {
    code.rmatch_indices('.').find_map(|(dot, _)| {
        Some((format!("{}.", catalog.service(&code[..dot])?.name()), &code[dot + 1..]))
    })
}

/// A function that counts the edits from a text to `wanted`, in any case, if they are at
/// most `max`.
///
/// Comparing the letters first cuts the time to a third: a search for a misspelt word looks at
/// every word of the catalog.
pub(crate) fn edit_distance_to(wanted: &str, max: usize) -> impl Fn(&str) -> Option<usize> {
    let wanted = wanted.to_ascii_lowercase();
    let wanted_letters = letters(&wanted);
    move |known| {
        let count = || strsim::osa_distance(&known.to_ascii_lowercase(), &wanted);
        let edits = may_be_near(letters(known), wanted_letters, max).then(count)?;
        (edits <= max).then_some(edits)
    }
}

/// The number of letters in a text; and two bits for each letter, in any case: whether the text has
/// it, and whether more than once.
fn letters(text: &str) -> (usize, u64) {
    text.chars().fold((0, 0), |(count, letters), letter| {
        let once = 1 << (u32::from(letter) & 31);
        (count + 1, letters | if letters & once == 0 { once } else { once << 32 })
    })
}

/// Whether texts with these letters may be at most `max` edits apart. A replaced letter counts
/// twice: one letter is missing, another is extra.
fn may_be_near(one: (usize, u64), other: (usize, u64), max: usize) -> bool {
    let longer = one.0.abs_diff(other.0);
    let differing = (one.1 ^ other.1).count_ones() as usize;
    longer <= max && differing <= longer + 2 * (max - longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_digits_are_the_nearest() {
        let near = Catalog::embedded().near("Organizations.1350");
        assert_eq!(near[0].code(), "Organizations.1305");
        assert_eq!(near.len(), 3);
    }

    #[test]
    fn what_starts_alike_for_longer_is_nearer() {
        for (code, nearest) in [
            ("Organizations.13050", "Organizations.1305"),
            ("Organizations.1305x", "Organizations.1305"),
            ("APIGW.03011", "APIGW.0301"),
        ] {
            let near = Catalog::embedded().near(code);
            assert_eq!(near[0].code(), nearest, "{code}");
        }
    }

    #[test]
    fn letters_of_other_scripts_are_edits_like_others() {
        for (one, other, count) in
            [("caf", "café", 1), ("cafe", "café", 1), ("配额", "配额不足", 2)]
        {
            assert_eq!(edit_distance_to(other, count)(one), Some(count), "{one} {other}");
        }
    }

    #[test]
    fn nothing_is_near_to_nonsense() {
        let catalog = Catalog::embedded();
        for code in ["Nonsense.42", "Organizations.999999", "", ".", "Organizations."] {
            assert!(catalog.near(code).is_empty(), "{code}");
        }
    }

    #[test]
    fn edits_are_those_of_the_distance_between_the_texts() {
        let catalog = Catalog::embedded();
        for code in ["Organizations.1350", "organizations.13", "APIG.301", "Organization.130"] {
            let found = catalog.near(code);
            let full = of_known_service(catalog, code)
                .map_or(code.to_owned(), |(start, number)| start + number)
                .to_lowercase();
            let distance = |known: &str| strsim::osa_distance(&full, &known.to_lowercase());
            let all = catalog.entries().iter().map(|entry| distance(entry.code()));
            assert_eq!(
                found.iter().map(|known| distance(known.code())).min(),
                all.min().filter(|least| *least <= 2),
                "{code}"
            );
            assert!(found.iter().all(|known| distance(known.code()) <= 2), "{found:?}");
        }
    }
}
