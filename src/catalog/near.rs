//! Codes that a slip of the fingers makes of others.

use std::cmp::Reverse;

use super::{Catalog, Entry, lower};

/// Near codes that are given.
const MAX_SUGGESTIONS: usize = 3;
/// Edits (insert, delete, replace, swap neighbours) up to which a code is near.
const MAX_EDITS: u8 = 2;
/// Pairs of characters that are compared for a code. Only a catalog that is made for it has
/// so many codes alike that more are needed.
const MAX_WORK: usize = 3_000;

/// The codes near to `code`, nearest first, and how many characters were compared.
///
/// Codes that start alike are neighbours in the order of codes, so the rows of the table of
/// edits are kept for as long as they start alike, and all that start with too many edits are
/// left out together.
pub(super) fn codes<'c>(catalog: &'c Catalog, code: &str) -> (Vec<&'c Entry>, usize) {
    let (start, wanted) = of_known_service(catalog, code).unwrap_or_default();
    let wanted: Vec<u8> = lower(if start.is_empty() { code } else { wanted }).collect();
    // What stands behind the start in the code at a place of the order of codes.
    let number = |place: &usize| &catalog.entries[*place].code.as_bytes()[start.len()..];
    let starts_so = |text: &[u8], start: &[u8]| {
        text.get(..start.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(start))
    };
    let first = catalog.first_not_before(&start);
    let of_service = &catalog.by_code[first..];
    let count = of_service.partition_point(|place| {
        starts_so(catalog.entries[*place].code.as_bytes(), start.as_bytes())
    });
    // A slip is likelier near the end, so those that start as wanted come first.
    let of_service = &of_service[..count];
    let likely = &wanted[..wanted.len().saturating_sub(usize::from(MAX_EDITS))];
    let (before, after) = of_service.split_at(of_service.partition_point(|place| {
        let known = number(place).iter().map(u8::to_ascii_lowercase);
        known.lt(likely.iter().copied())
    }));
    let mut table = EditTable::new(&wanted);
    let mut near = Vec::new();
    for mut places in [after, before] {
        while let [place, rest @ ..] = places
            && table.work < MAX_WORK
        {
            let number_here = number(place);
            places = match table.edits(number_here) {
                Ok(edits) => {
                    if edits <= MAX_EDITS {
                        // Swapped digits are the likelier slip than a wrong one, and a slip is
                        // likelier near the end.
                        let is_swapped = sorted(number_here) == sorted(&wanted);
                        let alike = number_here.iter().zip(&wanted);
                        let alike = alike.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
                        near.push((edits, !is_swapped, Reverse(alike), *place));
                    }
                    rest
                }
                // No code that starts so is near.
                Err(length) => {
                    let alike = &number_here[..length];
                    let count = rest.partition_point(|place| starts_so(number(place), alike));
                    &rest[count..]
                }
            };
        }
    }
    // Those of the same rank in the order of the catalog.
    near.sort_unstable();
    let mut codes: Vec<_> = near.iter().map(|it| &catalog.entries[it.3]).collect();
    codes.dedup_by(|a, b| a.code.eq_ignore_ascii_case(&b.code));
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
    let mut text = text.to_ascii_lowercase();
    text.sort_unstable();
    text
}

/// Cells of a row: what lies further off the diagonal has too many insertions or deletions.
const BAND: usize = 2 * MAX_EDITS as usize + 1;
/// Edits that are not counted any more.
const TOO_MANY: u8 = MAX_EDITS + 1;

/// The edits between the starts of a text and of what is wanted: a row for each character of
/// the text, and around the diagonal a cell for each character of what is wanted.
struct EditTable<'w> {
    wanted: &'w [u8],
    text: Vec<u8>,
    rows: Vec<[u8; BAND]>,
    work: usize,
}

impl<'w> EditTable<'w> {
    fn new(wanted: &'w [u8]) -> Self {
        let mut table = EditTable {
            wanted,
            text: Vec::new(),
            rows: Vec::new(),
            work: 0,
        };
        table.add_row();
        table
    }

    /// The edits between a text and what is wanted, or the length of its start that already
    /// needs too many.
    fn edits(&mut self, text: &[u8]) -> Result<u8, usize> {
        let alike = self.text.iter().zip(text);
        let alike = alike.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        self.text.truncate(alike);
        self.rows.truncate(alike + 1);
        for &c in &text[alike..] {
            self.text.push(c.to_ascii_lowercase());
            if self.add_row().iter().all(|edits| *edits > MAX_EDITS) {
                return Err(self.text.len());
            }
        }
        let cell = (self.wanted.len() + BAND / 2).checked_sub(text.len());
        let edits = cell.and_then(|cell| self.rows[text.len()].get(cell));
        Ok(edits.copied().unwrap_or(TOO_MANY))
    }

    /// Adds the row of the last character of the text.
    fn add_row(&mut self) -> [u8; BAND] {
        let length = self.rows.len();
        let mut row = [TOO_MANY; BAND];
        for cell in 0..BAND {
            let Some(column) = (length + cell).checked_sub(BAND / 2) else {
                continue;
            };
            if column > self.wanted.len() {
                break;
            }
            self.work += 1;
            let inserted = if cell > 0 {
                row[cell - 1] + 1
            } else {
                TOO_MANY
            };
            row[cell] = if length == 0 || column == 0 {
                u8::try_from(length + column).unwrap_or(TOO_MANY)
            } else {
                let (c, wanted) = (self.text[length - 1], self.wanted[column - 1]);
                let above = &self.rows[length - 1];
                let replaced = above[cell] + u8::from(c != wanted);
                let deleted = above.get(cell + 1).map_or(TOO_MANY, |edits| edits + 1);
                let is_swapped = length > 1
                    && column > 1
                    && c == self.wanted[column - 2]
                    && wanted == self.text[length - 2];
                let swapped = if is_swapped {
                    self.rows[length - 2][cell] + 1
                } else {
                    TOO_MANY
                };
                replaced.min(deleted).min(inserted).min(swapped)
            }
            .min(TOO_MANY);
        }
        self.rows.push(row);
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
                found.iter().map(|known| distance(known.code())).min(),
                all.min().filter(|least| *least <= 2),
                "{code}"
            );
            assert!(
                found.iter().all(|known| distance(known.code()) <= 2),
                "{found:?}"
            );
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
