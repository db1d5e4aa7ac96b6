//! The `[[service]]` tables.

use std::borrow::Cow;
use std::collections::{HashMap, hash_map};

use toml::de::DeTable;

use super::super::Service;
use super::super::truncate::truncated;
use super::value::{Field, Record, Text};
use super::{MAX_NAME_LENGTH, Reader, SERVICE_FIELDS, owned};

/// What the name of a service is, so that its codes are found in any text.
const NAME: &str = // of MAX_NAME_LENGTH
    "at most 64 letters, digits, '-', '_' and single dots, a letter or digit at both ends";

/// Whether a text is the name of a service.
pub fn is_name(text: &str) -> bool {
    let is_part = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
    let ends = [text.bytes().next(), text.bytes().next_back()];
    text.len() <= MAX_NAME_LENGTH
        && text.bytes().all(is_part)
        && ends.iter().flatten().all(u8::is_ascii_alphanumeric)
        && !text.contains("..")
}

/// A `[[service]]` as far as it can be read, so that its mistakes are not told of
/// every entry again.
pub(super) struct Declared<'a, 't> {
    label: Cow<'a, str>,
    pub(super) name: Option<Text<'a, 't>>,
    aliases: Vec<Text<'a, 't>>,
    pub(super) categories: Option<Vec<Text<'a, 't>>>,
    /// Whether its codes may have several entries: by this file, or as is known of it.
    pub(super) has_variants: bool,
    pub(super) service: Option<Service>,
}

/// What the entries of a file may be of.
pub(super) struct Services<'a, 't> {
    pub(super) declared: Vec<Declared<'a, 't>>,
    pub(super) by_name: HashMap<&'a str, usize>,
    /// By names and aliases in lower case.
    pub(super) by_spelling: HashMap<String, usize>,
    /// Whether the names of all could be read.
    pub(super) are_named: bool,
}

impl<'t> Reader<'_> {
    pub(super) fn services<'a>(&mut self, root: &'a DeTable<'t>) -> Services<'a, 't> {
        let (records, are_all) = self.records(root, "service", "name");
        let declared: Vec<_> = records
            .into_iter()
            .map(|record| self.service(&record))
            .collect();
        let mut services = Services {
            are_named: are_all && declared.iter().all(|service| service.name.is_some()),
            by_name: HashMap::with_capacity(declared.len()),
            by_spelling: HashMap::with_capacity(declared.len()),
            declared,
        };
        self.tell_names_apart(&mut services);
        // An alias may be a name that only a later service has.
        self.tell_aliases_apart(&mut services);
        services
    }

    fn service<'a>(&mut self, record: &Record<'a, 't>) -> Declared<'a, 't> {
        let [
            name,
            title,
            url,
            updated,
            categories,
            aliases,
            variants,
            search_weight,
        ] = self.fields(record, &SERVICE_FIELDS);
        let name = self.name(record, name);
        let title = self.text(record, title);
        let url = self.text(record, url);
        let updated = self.text(record, updated);
        let categories = self.categories(record, categories);
        let aliases = self.aliases(record, aliases);
        let variants = self.flag(record, variants);
        let search_weight = self.percent(record, search_weight);
        let all = |texts: &[Text<'_, 't>]| texts.iter().map(|(_, text)| owned(text)).collect();
        let service = || {
            Some(Service {
                name: owned(name.as_ref()?.1),
                aliases: all(&aliases),
                variants: variants?,
                search_weight,
                title: owned(title?),
                url: owned(url?),
                updated: owned(updated?),
                categories: all(categories.as_ref()?),
            })
        };
        let known = name.as_ref().and_then(|(_, name)| (self.known)(name));
        Declared {
            label: record.label.clone(),
            service: service(),
            // Where it could not be read, it is no mistake to have several.
            has_variants: variants.unwrap_or(true) || known.is_some_and(|known| known.variants),
            name,
            aliases,
            categories,
        }
    }

    /// Finds the services by name, and refuses two of one name.
    fn tell_names_apart<'a>(&mut self, services: &mut Services<'a, 't>) {
        let known = self.known;
        let mut by_known = HashMap::new();
        for (index, service) in services.declared.iter().enumerate() {
            let Some((span, name)) = &service.name else {
                continue;
            };
            services.by_name.entry(name).or_insert(index);
            let other = match services.by_spelling.entry(name.to_ascii_lowercase()) {
                hash_map::Entry::Occupied(occupied) => Some(*occupied.get()),
                hash_map::Entry::Vacant(vacant) => {
                    vacant.insert(index);
                    known(name).and_then(|known| by_known.insert(known.name.as_ref(), index))
                }
            };
            if let Some(other) = other {
                let other = &services.declared[other].label;
                let what = format!("is a name of the [[service]] {other} too");
                self.wrong_at(span.clone(), &service.label, "name", &what);
            }
        }
    }

    /// Finds the services by alias too, and refuses what means another one already.
    fn tell_aliases_apart<'a>(&mut self, services: &mut Services<'a, 't>) {
        let known = self.known;
        let known = |name: &str| known(name).map(|known| known.name.as_ref());
        for (index, service) in services.declared.iter().enumerate() {
            let name = service.name.as_ref();
            let meant = name.map(|(_, name)| known(name).unwrap_or(name));
            let is_another = |known: &&str| meant.is_some_and(|meant| meant != *known);
            for (span, alias) in &service.aliases {
                let what = match services.by_spelling.entry(alias.to_ascii_lowercase()) {
                    hash_map::Entry::Occupied(occupied) if *occupied.get() == index => {
                        format!("repeats the name or an alias with '{}'", truncated(alias))
                    }
                    hash_map::Entry::Occupied(occupied) => {
                        let other = &services.declared[*occupied.get()].label;
                        format!(
                            "has '{}', a name of the [[service]] {other}",
                            truncated(alias)
                        )
                    }
                    hash_map::Entry::Vacant(vacant) => {
                        vacant.insert(index);
                        let Some(other) = known(alias).filter(is_another) else {
                            continue;
                        };
                        format!("has '{alias}', which means the service {other} already")
                    }
                };
                self.wrong_at(span.clone(), &service.label, "aliases", &what);
            }
        }
    }

    /// The name of a service. One that breaks the rule is told, and given all the same.
    fn name<'a>(&mut self, record: &Record<'a, 't>, field: Field<'a, 't>) -> Option<Text<'a, 't>> {
        let name = self.text(record, field)?;
        if !is_name(name) {
            self.wrong(record, field, &format!("must be {NAME}"));
        }
        Some((field.span(), name))
    }

    /// Other names of a service; none without the field.
    fn aliases<'a>(&mut self, record: &Record<'a, 't>, field: Field<'a, 't>) -> Vec<Text<'a, 't>> {
        let aliases = self.texts(record, field).unwrap_or_default();
        for (span, alias) in &aliases {
            if !is_name(alias) {
                let what = format!("has '{}'; an alias is {NAME}", truncated(alias));
                self.wrong_at(span.clone(), &record.label, field.name, &what);
            }
        }
        aliases
    }

    fn categories<'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
    ) -> Option<Vec<Text<'a, 't>>> {
        let categories = self.texts(record, field)?;
        if categories.is_empty() {
            self.wrong(record, field, "must have a category");
            return None;
        }
        for (span, category) in &categories {
            // As a filter has it.
            if category.trim() != *category
                || category.contains(|c: char| c == ',' || c.is_control())
            {
                let what = format!(
                    "has '{}'; a category has no comma, no control character and no space at its ends",
                    truncated(category)
                );
                self.wrong_at(span.clone(), &record.label, field.name, &what);
            }
        }
        Some(categories)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::tests::{ENTRY, SERVICE, problems};

    #[test]
    fn a_mistake_of_a_service_is_none_of_its_entries() {
        let categories = "categories = [\"one\", \"two\"]\n";
        let without = SERVICE.replace(categories, "");
        let empty = SERVICE.replace(categories, "categories = []\n");
        let unnamed = SERVICE.replace("\"Demo\"", "7");
        for (service, problem) in [
            (&*without, "2:1: Demo: the field 'categories' is missing"),
            (
                &*empty,
                "7:14: Demo: the field 'categories' must have a category",
            ),
            (
                &*unnamed,
                "3:8: [[service]]: the field 'name' must be text in quotes",
            ),
            ("", "1:1: the catalog has no [[service]]"),
            (
                "service = 1\n",
                "1:11: 'service' must be [[service]] tables, one or more",
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
        assert!(parse(&named("")).is_err());
        let longer = "a".repeat(65);
        for name in [
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
            let expected = "the field 'name' must be at most 64 letters, digits, ";
            assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
        }
        let aliases = "aliases = [\"\", \"D M\", \"DM\", \"DM\"]\n";
        let found = problems(&format!("{SERVICE}{aliases}{ENTRY}"));
        assert_eq!(
            found,
            [
                "8:12: Demo: the field 'aliases' has an empty text",
                "8:16: Demo: the field 'aliases' has 'D M'; an alias is at most 64 letters, \
                 digits, '-', '_' and single dots, a letter or digit at both ends",
                "8:29: Demo: the field 'aliases' has 'DM' twice",
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
                "10:8: demo: the field 'name' is a name of the [[service]] Demo too",
                "22:12: Other: the field 'aliases' has 'DEMO', a name of the [[service]] Demo",
                "22:20: Other: the field 'aliases' repeats the name or an alias with 'other'",
                "22:34: Other: the field 'aliases' repeats the name or an alias with 'o'",
            ]
        );
    }

    #[test]
    fn a_category_is_one_that_a_filter_can_name() {
        let text = format!("{SERVICE}{ENTRY}").replace(
            "[\"one\", \"two\"]",
            "[\"two\", \"\", \"two\", \"a,b\", \" c\", \"\\u009b\"]",
        );
        let found = problems(&text);
        assert_eq!(
            &found[..3],
            [
                "7:22: Demo: the field 'categories' has an empty text",
                "7:26: Demo: the field 'categories' has 'two' twice",
                "7:33: Demo: the field 'categories' has 'a,b'; a category has no comma, no \
                 control character and no space at its ends",
            ]
        );
        assert_eq!(found.len(), 5);
    }
}
