//! Reads the `[[service]]` tables.

use super::super::catalog_problems::listed;
use super::super::truncate::{quoted, truncated};
use super::super::{CatalogText, Service};
use super::Names;
use super::field_rules::{MAX_DIGITS, MAX_NAME_LENGTH, can_follow_dot};
use super::table_reader::{Fault, Placed, TableReader};

impl Names<'_> {
    pub(super) fn add_services(&mut self, value: Option<Placed>, reader: &TableReader) {
        let tables = reader.tables(value, "service", "name");
        self.has_all_services = !tables.is_empty();
        for table in tables {
            let read: Option<Service> = table.read_checked();
            let Some(name) = table.text("name") else {
                self.has_all_services = false;
                continue;
            };
            // A service that could not be read is not reported again for each of its entries. They
            // may have any category, and several of them may share a code.
            let mut service = read.unwrap_or_else(|| Service {
                name: name.to_owned().into(),
                variants: true,
                ..Service::default()
            });
            let is_free = |spelling| self.ensure_name_is_free(name, spelling);
            let aliases = table.ok_or_report("aliases", service.aliases().map(is_free));
            let is_named = !table.ok_or_report("name", [is_free(name)]).is_empty();
            self.has_all_services &= is_named && aliases.len() == service.aliases.len();
            if is_named {
                service.variants |= self.known.service(name).is_some_and(Service::variants);
                self.own.add_service(service);
            }
        }
    }

    /// Fails if a spelling of the service's name already means another service, and says which.
    fn ensure_name_is_free(&self, name: &str, spelling: &str) -> Result<(), Fault> {
        let known = |name| self.known.service(name).map(|known| &known.name);
        let of_others = known(spelling).filter(|it| known(name) != Some(*it));
        self.own.service(spelling).map(|own| &own.name).or(of_others).map_or(Ok(()), |meant| {
            let (spelling, meant) = (quoted(spelling), truncated(meant));
            Err(Some(format!("has {spelling}, which already means the service {meant}")))
        })
    }

    /// The name of a service in the catalogs before the file. If they do not have the service, its
    /// name in this file.
    pub(super) fn canonical(&self, name: &str) -> CatalogText {
        let own = self.own.service(name).map_or(name, |own| &own.name);
        let known = self.known.service(own).map(|known| known.name.clone());
        known.unwrap_or_else(|| own.to_owned().into())
    }

    /// Splits a code into its service and what follows the dot. Otherwise says what is wrong,
    /// unless the code may belong to a service that could not be read.
    pub(super) fn service_of<'c>(&self, code: &'c str) -> Result<(&Service, &'c str), Fault> {
        let dots = code.rmatch_indices('.');
        let mut spelled = dots
            .map(|(dot, _)| (&code[..dot], &code[dot + 1..]))
            .filter(|(_, number)| can_follow_dot(number))
            .filter_map(|(name, number)| Some((self.own.service(name)?, name, number)));
        let what = match spelled.next() {
            Some((service, name, number)) if service.name == name => return Ok((service, number)),
            Some((Service { name, .. }, _, number)) => {
                format!("must begin with the name as it is spelled in [[service]]: {name}.{number}")
            }
            None => format!(
                "must be the name of a [[service]] ({}), a dot, and 1 to {MAX_DIGITS} digits or a \
                 word of at most {MAX_NAME_LENGTH} letters, digits, '-', '_' and single dots",
                listed(self.own.services.iter().map(Service::name))
            ),
        };
        Err(self.has_all_services.then_some(what))
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
            (&*empty, "7:14: Demo: the field 'categories' must have a category"),
            (&*unnamed, "3:8: [[service]]: the field 'name' must be a string, not the integer `7`"),
            ("", "1:1: the catalog has no [[service]]"),
            ("service = 1\n", "1:11: 'service' must be [[service]] tables"),
        ] {
            assert_eq!(problems(&format!("{service}{ENTRY}")), [problem]);
        }
    }

    #[test]
    fn a_service_has_a_name_that_is_found_in_any_text() {
        let named = |name: &str| format!("{SERVICE}{ENTRY}").replace("Demo", name);
        let longest = "a".repeat(64);
        for name in ["SVCSTG.CCE-ADDONMGR", "a_b", "a--b", "A.B_C", "V2", "A", "7", &longest] {
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
            let expected = ["the field 'name' must be at most 64 letters, ", "is longer than 64"];
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
    fn the_page_of_a_service_can_be_opened() {
        let at = |url: &str| SERVICE.replace("https://demo.example/errors", url);
        for url in ["unknown", "http://demo.example", "https://demo.example/a?b=%20#c"] {
            assert!(parse(&format!("{}{ENTRY}", at(url))).is_ok(), "{url}");
        }
        for url in
            ["", "demo.example/errors", "https://", "https://a b", "https://x/错误", "javascript:1"]
        {
            let expected = "5:7: Demo: the field 'url' must be an address that begins with \
                            https:// or http://, in ASCII and without spaces, or 'unknown'";
            assert_eq!(problems(&format!("{}{ENTRY}", at(url))), [expected], "{url}");
        }
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
            assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}");
            assert!(found[0].contains("which must be at most 64 letters, digits, "), "{found:?}");
        }
        let twice = format!("{SERVICE}{ENTRY}").replace("\"one\"", "\"two\"");
        assert_eq!(problems(&twice), ["7:22: Demo: the field 'categories' has 'two' twice"]);
    }
}
