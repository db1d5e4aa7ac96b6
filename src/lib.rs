//! What an error code of Huawei Cloud's Organizations service means and how to
//! fix it: the library behind the `orgerr` command.
//!
//! ```
//! let catalog = orgerr::Catalog::embedded();
//! let log = "POST /v1/organizations/accounts 400 Organizations.1305";
//! for finding in orgerr::explain(catalog, "app.log", log.as_bytes()) {
//!     let entry = finding.entry.unwrap();
//!     println!("{}: {}", entry.code(), entry.solution());
//! }
//! assert_eq!(orgerr::search(catalog, "handshake")[0].entry.category(), "handshake");
//! ```
//!
//! The library prints nothing, never exits and does not look at the environment.

mod bytes_to_text;
mod catalog;
mod data;
mod explain;
#[cfg(feature = "import")]
mod hidden;
#[cfg(feature = "import")]
mod import;
#[cfg(test)]
#[path = "../tests/unit/json_schemas.rs"]
mod json_schemas;
mod message;
mod search;
mod string_escapes;
mod substrings;

pub use bytes_to_text::decode_text;
pub use catalog::{
    Action, Catalog, CatalogBuilder, Cause, Check, CodeError, CodeQuery, DEFAULT_SERVICE, Entry,
    Filter, Operation, ParsedCatalog, Problem, Problems, Service, StatusError, StatusFilter,
    parse_catalog, parse_code, split_codes, status_name,
};
pub use data::schema::{NAME_RULE as SERVICE_NAME_RULE, is_name as is_service_name};
pub use explain::{
    Explainer, Finding, ForeignCode, MatchedBy, Occurrence, Report, Request, Resource, Unread,
    explain,
};
#[cfg(feature = "import")]
pub use import::{Imported, import};
pub use search::{Hit, MAX_SEARCH_WORDS, Matches, SearchResults, search, search_best};
