//! What the targets share with the property tests.

use std::sync::LazyLock;

use orgerr::{Catalog, CatalogBuilder};

#[path = "../../tests/support/invariants.rs"]
pub mod invariants;

/// The embedded catalog with services of other shapes added.
pub static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut catalog = CatalogBuilder::new();
    let added = catalog.add(include_str!("../../tests/catalogs/two-services.toml"));
    added.expect("a valid catalog");
    catalog.build()
});
