//! Services whose error codes a catalog describes.

use serde::Deserialize;

use super::{CatalogList, CatalogText};

/// A service whose error codes the catalog describes.
///
/// ```
/// let service = orgerr::Catalog::embedded().service("APIGW").unwrap();
/// assert_eq!(service.title(), "Huawei Cloud API gateway");
/// assert_eq!(service.categories().collect::<Vec<_>>(), ["gateway"]);
/// assert!(service.variants());
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// What its codes start with.
    pub(crate) name: CatalogText,
    /// Its full name.
    pub(crate) title: CatalogText,
    /// The address of its documentation of errors, or `unknown`.
    pub(crate) url: CatalogText,
    /// The day on which that was last updated, YYYY-MM-DD.
    pub(crate) updated: CatalogText,
    /// The categories that its entries may have.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub(crate) categories: CatalogList<CatalogText>,
    /// Other spellings of the name.
    #[serde(default)]
    pub(crate) aliases: CatalogList<CatalogText>,
    /// Whether a code may have several entries, distinguished by status and message.
    #[serde(default)]
    pub(crate) variants: bool,
    /// What a hit of a search is worth if it is of this service, in percent.
    pub(crate) search_weight: Option<u8>,
}

getters! { Service:
    /// What the codes of the service start with, e.g. `Organizations`.
    pub name(self) -> &str = &self.name;

    /// Other spellings of the name, e.g. `APIG` for `APIGW`.
    pub aliases(self) -> impl ExactSizeIterator<Item = &str> = self.aliases.iter().map(AsRef::as_ref);

    /// Whether a code may have several entries, distinguished by status and message.
    pub variants(self) -> bool = self.variants;

    /// The weight of this service's entries in a search, in percent. `None` counts as 100.
    pub search_weight(self) -> Option<u8> = self.search_weight;

    /// The service's full name, e.g. `Huawei Cloud Organizations`.
    pub title(self) -> &str = &self.title;

    /// The address of the documentation page as the catalog has it, perhaps `unknown`.
    pub url(self) -> &str = &self.url;

    /// The day on which the documentation page was last updated: `YYYY-MM-DD` or `unknown`.
    pub updated(self) -> &str = &self.updated;

    /// The categories that entries of the service may have.
    pub categories(self) -> impl ExactSizeIterator<Item = &str> = self.categories.iter().map(AsRef::as_ref);

    /// The address of the documentation page if a terminal can open it: an `http` or `https`
    /// address in printable ASCII.
    ///
    /// ```
    /// let service = orgerr::Catalog::embedded().service("Organizations").unwrap();
    /// assert!(service.page().unwrap().ends_with("/api-organizations/ErrorCode.html"));
    /// ```
    pub page(self) -> Option<&str> = self.page_url().map(AsRef::as_ref);

    /// The name and its other spellings.
    ///
    /// ```
    /// let service = orgerr::Catalog::embedded().service("APIGW").unwrap();
    /// assert_eq!(service.spellings().collect::<Vec<_>>(), ["APIGW", "APIG"]);
    /// ```
    pub spellings(self) -> impl Iterator<Item = &str> = std::iter::once(self.name()).chain(self.aliases());
}

impl Service {
    /// Whether `name` is the service's name or another spelling of it, in any case.
    ///
    /// ```
    /// let service = orgerr::Catalog::embedded().service("APIGW").unwrap();
    /// assert!(service.is_named("apigw") && service.is_named("APIG"));
    /// assert!(!service.is_named("API"));
    /// ```
    pub fn is_named(&self, name: &str) -> bool {
        self.spellings().any(|spelling| spelling.eq_ignore_ascii_case(name))
    }

    /// Same as [`page`](Self::page), but returns the catalog's own text.
    pub(crate) fn page_url(&self) -> Option<&CatalogText> {
        is_page(&self.url).then_some(&self.url)
    }
}

/// Whether a text is an address that a terminal can open.
pub(crate) fn is_page(text: &str) -> bool {
    let server = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    server.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_graphic()))
}
