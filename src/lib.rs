//! What an error code of Huawei Cloud's Organizations service means and how to
//! fix it: the library behind the `orgerr` command.
//!
//! ```
//! let catalog = orgerr::Catalog::embedded();
//! let log = "POST /v1/organizations/accounts 400 Organizations.1305";
//! for finding in orgerr::explain(catalog, "app.log", log.as_bytes()) {
//!     println!("{}: {}", finding.code, finding.entry.unwrap().solution());
//! }
//! assert_eq!(orgerr::search(catalog, "handshake")[0].entry.category(), "handshake");
//! ```
//!
//! The library prints nothing, never exits and does not look at the environment.

pub mod catalog;
mod data;
mod decode;
mod escapes;
pub mod explain;
mod hidden;
mod message;
pub mod search;

pub use catalog::{
    Action, CATALOG_DATE, Catalog, CatalogBuilder, CodeError, CodeQuery, DEFAULT_SERVICE, Entry,
    Filter, Service, StatusError, StatusFilter, parse_code,
};
pub use explain::{Explainer, Finding, Occurrence, explain};
pub use search::{Answer, Hit, search, search_best};
