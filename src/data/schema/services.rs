//! The `[[service]]` tables.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::super::truncate::{quoted, truncated};
use super::super::{Service, Text};
use super::reader::CatalogReader;
use super::records::ServiceRecord;

/// A `[[service]]` as far as it can be read, so that one bad service is not reported once
/// for each of its entries.
pub(super) struct Declared {
    /// What the file calls it.
    pub(super) name: String,
    /// What it is called beside the catalogs before the file.
    pub(super) canonical: Text,
    /// Whether its codes may have several entries: by this file, or as is known of it.
    pub(super) has_variants: bool,
    /// `None` where it could not be read.
    pub(super) service: Option<Service>,
}

/// The services that the entries of a file may be of.
pub(super) struct Services {
    pub(super) declared: Vec<Declared>,
    /// By names and aliases in lower case.
    by_spelling: HashMap<String, usize>,
    /// Whether the names of all could be read.
    pub(super) are_all_named: bool,
}

impl Services {
    /// The service with this name or alias, in any case.
    pub(super) fn spelled(&self, name: &str) -> Option<&Declared> {
        let index = self.by_spelling.get(&name.to_ascii_lowercase())?;
        self.declared.get(*index)
    }
}

impl CatalogReader<'_> {
    pub(super) fn services(&mut self, value: Option<Spanned<DeValue>>) -> Services {
        let tables = self.tables(value, "service", "name");
        let mut services = Services {
            declared: Vec::with_capacity(tables.len()),
            by_spelling: HashMap::with_capacity(tables.len()),
            are_all_named: !tables.is_empty(),
        };
        for table in tables {
            let (label, name) = (table.label.clone(), table.text("name"));
            let record: Option<ServiceRecord> = self.deserialized(table);
            let Some((place, name)) = name else {
                services.are_all_named = false;
                continue;
            };
            let known = self.known.service(&name);
            let known_variants = known.is_some_and(|known| known.variants);
            let canonical = known.map_or_else(|| name.clone().into(), |known| known.name.clone());
            self.claim(&mut services, (&name, &canonical), "name", &place, &name);
            for alias in record.iter().flat_map(|record| &record.aliases) {
                let (place, alias) = (alias.span(), alias.text());
                self.claim(&mut services, (&name, &canonical), "aliases", &place, alias);
            }
            services.declared.push(Declared {
                // Where it could not be read, several entries of a code are no mistake.
                has_variants: known_variants || record.as_ref().is_none_or(|it| it.variants),
                service: record.map(|record| self.service(&label, place, record)),
                name,
                canonical,
            });
        }
        services
    }

    fn service(&mut self, label: &str, place: Range<usize>, record: ServiceRecord) -> Service {
        if record.categories.is_empty() {
            self.wrong(place, label, "categories", "must have a category");
        }
        Service {
            name: self.text(label, "name", record.name),
            title: self.text(label, "title", record.title),
            url: self.text(label, "url", record.url),
            updated: self.text(label, "updated", record.updated),
            categories: self.texts(label, "categories", record.categories),
            aliases: self.texts(label, "aliases", record.aliases),
            variants: record.variants,
            search_weight: record.search_weight.and_then(|it| u8::try_from(it.0).ok()),
        }
    }

    /// Notes that a spelling means the service that is declared next, and reports where it
    /// means another already.
    fn claim(
        &mut self,
        services: &mut Services,
        (name, canonical): (&str, &Text),
        field: &str,
        place: &Range<usize>,
        spelling: &str,
    ) {
        let next = services.declared.len();
        let lower = spelling.to_ascii_lowercase();
        let owner = services.by_spelling.get(&lower).copied();
        let owner = owner.and_then(|owner| services.declared.get(owner));
        let known = self.known.service(spelling);
        let known = known.filter(|known| known.name != *canonical);
        let meant = owner
            .map(|owner| &*owner.name)
            .or(known.map(|known| &*known.name));
        if let Some(meant) = meant {
            let (spelling, meant) = (quoted(spelling), truncated(meant));
            let what = format!("has {spelling}, which already means the service {meant}");
            self.wrong(place.clone(), &truncated(name), field, &what);
        }
        // What begins with the name of a service is of it, though another has it for an alias.
        let is_other = |owner: &Declared| !owner.name.eq_ignore_ascii_case(spelling);
        if owner.is_none_or(|owner| field == "name" && is_other(owner)) {
            services.by_spelling.insert(lower, next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::tests::{ENTRY, SERVICE, problems};

    #[test]
    fn a_mistake_of_a_service_is_not_reported_for_its_entries() {
        let categories = "categories = [\"one\", \"two\"]\n";
        let without = SERVICE.replace(categories, "");
        let empty = SERVICE.replace(categories, "categories = []\n");
        let unnamed = SERVICE.replace("\"Demo\"", "7");
        for (service, problem) in [
            (&*without, "2:1: Demo: missing field `categories`"),
            (
                &*empty,
                "3:8: Demo: the field 'categories' must have a category",
            ),
            (
                &*unnamed,
                "3:8: [[service]]: the field 'name': invalid type: integer `7`, expected a string",
            ),
            ("", "1:1: the catalog has no [[service]]"),
            (
                "service = 1\n",
                "1:11: 'service' must be [[service]] tables",
            ),
        ] {
            assert_eq!(problems(&format!("{service}{ENTRY}")), [problem]);
        }
    }

    #[test]
    fn a_service_has_a_name_that_is_found_in_any_text() {
        let named = |name: &str| format!("{SERVICE}{ENTRY}").replace("Demo", name);
        let longest = "a".repeat(64);
        for name in [
            "SVCSTG.CCE-ADDONMGR",
            "a_b",
            "a--b",
            "A.B_C",
            "V2",
            "A",
            "7",
            &longest,
        ] {
            assert!(parse(&named(name)).is_ok(), "{name}");
        }
        let longer = "a".repeat(65);
        for name in [
            "",
            "My Service",
            "身份",
            "FOO_",
            "_FOO",
            "BAR-",
            "-BAR",
            "A.",
            "A/B",
            ".hid",
            "A..B",
            "\\u001b",
            &longer,
        ] {
            let found = problems(&named(name));
            let expected = [
                "the field 'name' must be at most 64 letters, ",
                "is longer than 64",
            ];
            let is_expected = expected.iter().any(|expected| found[0].contains(expected));
            assert!(found.len() == 1 && is_expected, "{found:?}");
        }
        let aliases = "aliases = [\"\", \"D M\", \"DM\", \"DM\"]\n";
        let rule = "must be at most 64 letters, digits, '-', '_' and single dots, a letter or \
                    digit at both ends";
        assert_eq!(
            problems(&format!("{SERVICE}{aliases}{ENTRY}")),
            [
                format!("8:12: Demo: the field 'aliases' has '', which {rule}"),
                format!("8:16: Demo: the field 'aliases' has 'D M', which {rule}"),
                "8:29: Demo: the field 'aliases' has 'DM' twice".to_owned(),
            ]
        );
    }

    #[test]
    fn a_name_means_one_service() {
        let again = SERVICE.replace("Demo", "demo");
        let aliased = again.replace("demo", "Other");
        let aliased = format!("{aliased}aliases = [\"DEMO\", \"other\", \"O\", \"o\"]\n");
        assert_eq!(
            problems(&format!("{SERVICE}{again}{aliased}{ENTRY}")),
            [
                "10:8: demo: the field 'name' has 'demo', which already means the service Demo",
                "22:12: Other: the field 'aliases' has 'DEMO', which already means the service Demo",
            ]
        );
    }

    #[test]
    fn a_category_is_a_word_for_every_shell() {
        for category in ["", "a,b", " c", "a b", "zz$(touch PWNED)", "a;b", "\\u009b"] {
            let text = format!("{SERVICE}{ENTRY}").replace("\"one\"", &format!("\"{category}\""));
            let found = problems(&text);
            let expected = "7:15: Demo: the field 'categories' has '";
            assert!(
                found.len() == 1 && found[0].starts_with(expected),
                "{found:?}"
            );
            assert!(
                found[0].contains("which must be at most 64 letters, digits, "),
                "{found:?}"
            );
        }
        let twice = format!("{SERVICE}{ENTRY}").replace("\"one\"", "\"two\"");
        assert_eq!(
            problems(&twice),
            ["7:22: Demo: the field 'categories' has 'two' twice"]
        );
    }
}
