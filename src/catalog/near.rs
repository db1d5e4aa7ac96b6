//! Codes that a slip of the fingers makes of others.

use super::{Catalog, lower};

/// Near codes that are given.
const MAX_SUGGESTIONS: usize = 3;
/// Edits (insert, delete, replace, swap neighbours) up to which a code is near.
const MAX_EDITS: u8 = 2;
/// Characters that are compared for a code. Only a catalog that is made for it has so many
/// codes alike that more are needed.
const MAX_WORK: usize = 20_000;

/// The codes near to `code`, nearest first, and how many characters were compared.
///
/// Codes that start alike are neighbours in the order of codes, so the rows of the table of
/// edits are kept for as long as they start alike, and all that start with too many edits are
/// left out together.
pub(super) fn codes<'c>(catalog: &'c Catalog, code: &str) -> (Vec<&'c str>, usize) {
    let (start, wanted) = of_known_service(catalog, code).unwrap_or_default();
    let wanted: Vec<u8> = lower(if start.is_empty() { code } else { wanted }).collect();
    let known = |place: usize| &*catalog.entries[catalog.by_code[place]].code;
    let mut at = catalog.first_not_before(&start);
    let end = at
        + catalog.by_code[at..].partition_point(|number| {
            let code = catalog.entries[*number].code.as_bytes();
            code.get(..start.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(start.as_bytes()))
        });
    let mut table = Table::new(&wanted);
    let mut near = Vec::new();
    while at < end && table.work < MAX_WORK {
        let number: Vec<u8> = lower(&known(at)[start.len()..]).collect();
        match table.edits(&number) {
            Ok(edits) => {
                if edits <= MAX_EDITS {
                    // Swapped digits are the likelier slip than a wrong one.
                    let is_swapped = sorted(&number) == sorted(&wanted);
                    near.push((edits, !is_swapped, catalog.by_code[at]));
                }
                at += 1;
            }
            // No code that starts so is near.
            Err(length) => {
                let alike = &number[..length];
                at += catalog.by_code[at..end].partition_point(|it| {
                    let code = &catalog.entries[*it].code[start.len()..];
                    lower(code).take(length).eq(alike.iter().copied())
                });
            }
        }
    }
    // Those of the same rank in the order of the catalog.
    near.sort_unstable();
    let mut codes: Vec<&str> = near.iter().map(|it| &*catalog.entries[it.2].code).collect();
    codes.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    codes.truncate(MAX_SUGGESTIONS);
    (codes, table.work)
}

/// The start of the codes of the service that the code is of, as the catalog spells it, and
/// what stands behind it.
fn of_known_service<'t>(catalog: &Catalog, code: &'t str) -> Option<(String, &'t str)> {
    let mut dots = code.rmatch_indices('.');
    dots.find_map(|(dot, _)| {
        let service = catalog.service(&code[..dot])?;
        Some((format!("{}.", service.name()), &code[dot + 1..]))
    })
}

fn sorted(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    text.sort_unstable();
    text
}

/// The edits between the starts of a text and of what is wanted: a row for each character of
/// the text, a column for each of what is wanted.
struct Table<'w> {
    wanted: &'w [u8],
    text: Vec<u8>,
    rows: Vec<Vec<u8>>,
    work: usize,
}

impl<'w> Table<'w> {
    fn new(wanted: &'w [u8]) -> Self {
        let too_many = MAX_EDITS + 1;
        let first = (0..=wanted.len()).map(|at| u8::try_from(at).unwrap_or(too_many).min(too_many));
        Table {
            wanted,
            text: Vec::new(),
            rows: vec![first.collect()],
            work: 0,
        }
    }

    /// The edits between a text and what is wanted, or the length of its start that already
    /// needs too many.
    fn edits(&mut self, text: &[u8]) -> Result<u8, usize> {
        let alike = self
            .text
            .iter()
            .zip(text)
            .take_while(|(a, b)| a == b)
            .count();
        self.text.truncate(alike);
        self.rows.truncate(alike + 1);
        for &c in &text[alike..] {
            self.text.push(c);
            let row = self.row();
            let is_near = row.iter().any(|edits| *edits <= MAX_EDITS);
            self.rows.push(row);
            if !is_near {
                return Err(self.text.len());
            }
        }
        let last = self.rows.last().and_then(|row| row.last());
        Ok(last.copied().unwrap_or(MAX_EDITS + 1))
    }

    /// The row of the last character of the text.
    fn row(&mut self) -> Vec<u8> {
        let too_many = MAX_EDITS + 1;
        let length = self.text.len();
        let above = &self.rows[length - 1];
        let mut row = vec![too_many; self.wanted.len() + 1];
        row[0] = u8::try_from(length).unwrap_or(too_many).min(too_many);
        // Further off the diagonal are too many insertions or deletions.
        let band = usize::from(MAX_EDITS);
        let columns = length.saturating_sub(band).max(1)..=(length + band).min(self.wanted.len());
        for column in columns {
            self.work += 1;
            let (c, wanted) = (self.text[length - 1], self.wanted[column - 1]);
            let replaced = above[column - 1] + u8::from(c != wanted);
            let mut edits = replaced.min(above[column] + 1).min(row[column - 1] + 1);
            let is_swapped = length > 1
                && column > 1
                && c == self.wanted[column - 2]
                && wanted == self.text[length - 2];
            if is_swapped {
                edits = edits.min(self.rows[length - 2][column - 2] + 1);
            }
            row[column] = edits.min(too_many);
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::super::CatalogBuilder;
    use super::*;

    #[test]
    fn swapped_digits_are_the_nearest() {
        let near = Catalog::embedded().near("Organizations.1350");
        assert_eq!(near[0], "Organizations.1305");
        assert_eq!(near.len(), 3);
    }

    #[test]
    fn nothing_is_near_to_nonsense() {
        let catalog = Catalog::embedded();
        for code in [
            "Nonsense.42",
            "Organizations.999999",
            "",
            ".",
            "Organizations.",
        ] {
            assert!(catalog.near(code).is_empty(), "{code}");
        }
    }

    #[test]
    fn edits_are_those_of_the_distance_between_the_texts() {
        let catalog = Catalog::embedded();
        for code in [
            "Organizations.1350",
            "organizations.13",
            "APIG.301",
            "Organization.130",
        ] {
            let (found, _) = codes(catalog, code);
            let full = of_known_service(catalog, code)
                .map_or(code.to_owned(), |(start, number)| start + number)
                .to_lowercase();
            let distance = |known: &str| strsim::osa_distance(&full, &known.to_lowercase());
            let all = catalog.entries().iter().map(|entry| distance(entry.code()));
            assert_eq!(
                found.iter().map(|known| distance(known)).min(),
                all.min().filter(|least| *least <= 2),
                "{code}"
            );
            assert!(found.iter().all(|known| distance(known) <= 2), "{found:?}");
        }
    }

    #[test]
    fn few_characters_are_compared_however_many_codes_are_alike() {
        let name = "Long-Name.".repeat(6) + "End";
        let toml = format!(
            "[[service]]\nname = '{name}'\ntitle = 't'\nurl = 'u'\nupdated = 'd'\ncategories = ['c']\n"
        );
        let entry = |number: usize| {
            format!(
                "[[entry]]\ncode = '{name}.{number:030}'\nstatus = 400\nmessage = 'm'\n\
                 description = 'd'\nsolution = 's'\ncategory = 'c'\naction = 'retry'\n"
            )
        };
        let entries: String = (0..20_000).map(|number| entry(number * 7)).collect();
        let mut builder = CatalogBuilder::new();
        builder.add(toml + &entries).unwrap();
        let catalog = builder.build();
        for number in [1, 70_000, 139_999, 999_999_999] {
            let (found, work) = codes(&catalog, &format!("{name}.{number:030}"));
            assert!(work <= MAX_WORK + 1_000, "{work}");
            assert_eq!(
                found.is_empty(),
                number == 999_999_999,
                "{number}: {found:?}"
            );
        }
    }
}
