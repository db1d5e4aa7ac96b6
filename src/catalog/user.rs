//! Catalogs of the user's own, added to the embedded one.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::indexing::Vocabulary;
use super::{Catalog, Entry, IndexOf, Service, Source};
use crate::search::index::stems;

impl Catalog {
    /// The embedded catalog with the entries of `sources` added, in their order. An
    /// entry wins over those of the same code from before its source.
    ///
    /// ```
    /// let text = r#"
    /// [[service]]
    /// name = "Demo"
    /// title = "Demo service"
    /// url = "https://demo.example/errors"
    /// updated = "2024-05-28"
    /// categories = ["demo"]
    ///
    /// [[entry]]
    /// code = "Demo.0001"
    /// status = 404
    /// message = "no such demo."
    /// description = "Demo not found."
    /// solution = "Check the name of the demo."
    /// category = "demo"
    /// action = "fix-request"
    /// "#;
    /// let source = orgerr::catalog::parse(text).unwrap();
    /// let catalog = orgerr::Catalog::with(vec![source]);
    /// assert_eq!(catalog.get("demo.0001").unwrap().status, 404);
    /// assert!(catalog.get("Organizations.1305").is_some());
    /// ```
    #[must_use]
    pub fn with(sources: Vec<Source>) -> Self {
        let embedded = Catalog::embedded();
        let mut services = embedded.services().to_vec();
        let mut entries = embedded.entries().to_vec();
        let mut vocabulary = embedded.vocabulary();
        for source in sources {
            let lower = |entry: &Entry| entry.code.to_ascii_lowercase();
            let own: HashSet<_> = source.entries.iter().map(lower).collect();
            entries.retain(|entry| !own.contains(&lower(entry)));
            entries.extend(source.entries);
            for service in source.services {
                merge(&mut services, service);
            }
            vocabulary.ignored.extend(source.vocabulary.ignored);
            vocabulary.synonyms.extend(source.vocabulary.synonyms);
        }
        let mut by_code: Vec<_> = (0_u32..).zip(&entries).map(|(number, _)| number).collect();
        by_code.sort_by_cached_key(|number| entries[*number as usize].code.to_ascii_lowercase());
        Catalog {
            services: services.into(),
            entries: entries.into(),
            by_code: by_code.into(),
            index: IndexOf::User(vocabulary, OnceLock::new()),
        }
    }

    /// The words of the index as they would stand in a TOML. Stems stand for words.
    fn vocabulary(&self) -> Vocabulary {
        let index = self.index();
        let synonyms = index.synonyms().map(|(said, meant)| {
            let meant = meant.map(str::to_owned);
            (said.to_owned(), meant.collect())
        });
        Vocabulary {
            ignored: stems(index.text(index.ignored))
                .map(str::to_owned)
                .collect(),
            synonyms: synonyms.collect(),
        }
    }
}

/// Adds a service; one of the same name gets the new title and the categories of both.
fn merge(services: &mut Vec<Service>, mut service: Service) {
    let Some(known) = services.iter_mut().find(|known| known.name == service.name) else {
        services.push(service);
        return;
    };
    let mut seen = HashSet::new();
    let all = known.categories.iter().chain(service.categories.iter());
    let all: Vec<_> = all.filter(|name| seen.insert(*name)).cloned().collect();
    service.categories = all.into();
    *known = service;
}
