//! Finds services and operations by their names.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{CatalogList, CatalogText, Operation, Service};

/// The services and operations of one catalog, or of several catalogs added in turn.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub(crate) services: Vec<Service>,
    /// The index in `services` of each name and alias, in lower case.
    by_spelling: HashMap<String, usize>,
    /// Each operation by the names of its service and of itself.
    pub(crate) operations: BTreeMap<(CatalogText, CatalogText), Operation>,
}

impl Registry {
    /// The service with this name or alias, in any case.
    pub(crate) fn service(&self, name: &str) -> Option<&Service> {
        self.services.get(*self.by_spelling.get(&name.to_ascii_lowercase())?)
    }

    /// The operation of a service. Both names must be spelled as in the catalog.
    pub(crate) fn operation(&self, service: &str, name: &str) -> Option<&Operation> {
        let key = (service.to_owned().into(), name.to_owned().into());
        self.operations.get(&key)
    }

    /// Adds a service. If its name is known already, adds what is new to the known service.
    pub(crate) fn add_service(&mut self, service: Service) {
        let spellings: Vec<_> = service.spellings().map(str::to_ascii_lowercase).collect();
        let index = self.by_spelling.get(&spellings[0]).copied().unwrap_or(self.services.len());
        match self.services.get_mut(index) {
            Some(known) => unite(known, service),
            None => self.services.push(service),
        }
        for spelling in spellings {
            self.by_spelling.entry(spelling).or_insert(index);
        }
    }

    /// Adds an operation, or replaces a known one of the same service and name.
    pub(crate) fn add_operation(&mut self, operation: Operation) {
        let key = (operation.service.clone(), operation.name.clone());
        self.operations.insert(key, operation);
    }
}

/// Adds what another catalog says about a service to the known service.
fn unite(known: &mut Service, service: Service) {
    add_new(&mut known.aliases, &service.aliases, &known.name);
    add_new(&mut known.categories, &service.categories, "");
    known.variants |= service.variants;
    known.search_weight = service.search_weight.or(known.search_weight);
    // An imported catalog has no address, and the name as the title: neither replaces anything.
    if !service.title.eq_ignore_ascii_case(&service.name) {
        known.title.clone_from(&service.title);
    }
    if service.page().is_some() {
        known.url = service.url;
        known.updated = service.updated;
    }
}

/// Adds to `known` the names in `more` that are new, whatever their case, and not `except`.
fn add_new(known: &mut CatalogList<CatalogText>, more: &[CatalogText], except: &str) {
    let mut seen: HashSet<_> = known.iter().map(|it| it.to_ascii_lowercase()).collect();
    seen.insert(except.to_ascii_lowercase());
    known.to_mut().extend(more.iter().filter(|it| seen.insert(it.to_ascii_lowercase())).cloned());
}
