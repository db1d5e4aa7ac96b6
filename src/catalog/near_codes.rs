//! Finds the codes that somebody may have meant who mistyped one.

use std::cmp::Reverse;

use super::{Catalog, Entry};

/// Near codes that are given.
const MAX_SUGGESTIONS: usize = 3;
/// Edits (insert, delete, replace, swap neighbours) up to which a code is near.
const MAX_EDITS: usize = 2;
/// Codes that are compared on either side of a code's place in their order: an input may name
/// thousands of unknown ones, and a catalog have as many. A slip in the first digit leads far.
const MAX_NEIGHBOURS: usize = 1_000;

/// The codes near to `code`, nearest first.
pub(super) fn codes<'c>(catalog: &'c Catalog, code: &str) -> Vec<&'c Entry> {
    let (start, wanted) = of_known_service(catalog, code).unwrap_or((String::new(), code));
    let of_service = catalog.places_starting_with(&start);
    let place = catalog.first_not_before(&[&*start, wanted].concat());
    let wanted = wanted.to_ascii_lowercase();
    let wanted_letters = letters(&wanted);
    let first = place.saturating_sub(MAX_NEIGHBOURS).max(of_service.start);
    let last = (place + MAX_NEIGHBOURS).min(of_service.end);
    let near = catalog.by_code[first..last].iter().filter_map(|number| {
        let known = &catalog.entries[*number].code[start.len()..];
        // An edit brings one letter at most. To find the edits takes far longer.
        if known.len().max(wanted.len()) - common_letters(wanted_letters, known) > MAX_EDITS {
            return None;
        }
        let known = known.to_ascii_lowercase();
        let edits = strsim::osa_distance(&known, &wanted);
        if edits > MAX_EDITS {
            return None;
        }
        // Swapped digits are the likelier slip than a wrong one, and a slip is likelier near
        // the end. Those of the same rank stand in the order of the catalog.
        let is_swapped = letters(&known) == wanted_letters;
        Some((edits, !is_swapped, Reverse(alike(&known, &wanted)), *number))
    });
    let mut near: Vec<_> = near.collect();
    near.sort_unstable();
    let mut codes: Vec<_> = near.iter().map(|it| &catalog.entries[it.3]).collect();
    codes.dedup_by(|a, b| a.code.eq_ignore_ascii_case(&b.code));
    codes.truncate(MAX_SUGGESTIONS);
    codes
}

/// The start of the codes of the service that the code is of, as the catalog spells it, and
/// what stands after it.
fn of_known_service<'t>(catalog: &Catalog, code: &'t str) -> Option<(String, &'t str)> {
    let mut dots = code.rmatch_indices('.');
    dots.find_map(|(dot, _)| {
        Some((format!("{}.", catalog.service(&code[..dot])?.name()), &code[dot + 1..]))
    })
}

/// How often a text has each letter of ASCII, or any other byte.
fn letters(text: &str) -> [u8; 129] {
    let mut counts = [0_u8; 129];
    for byte in text.bytes() {
        let count = &mut counts[usize::from(byte).min(128)];
        *count = count.saturating_add(1);
    }
    counts
}

/// How many of the letters a code has, each as often as it is there; case does not matter.
fn common_letters(mut letters: [u8; 129], code: &str) -> usize {
    let takes = |byte: &u8| {
        let count = &mut letters[usize::from(byte.to_ascii_lowercase()).min(128)];
        let is_there = *count > 0;
        *count = count.saturating_sub(1);
        is_there
    };
    code.bytes().filter(takes).count()
}

/// How many letters two texts begin with alike.
fn alike(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
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
            let found = codes(catalog, code);
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
