//! The catalog that is compiled in: `catalog.toml` and `clients.toml`, made static by the
//! build script.

#![allow(clippy::enum_glob_use, clippy::unreadable_literal)] // as `Debug` prints

use std::borrow::Cow;
use std::sync::OnceLock;

use super::Catalog;
use crate::data::Action::*;
use crate::data::index::{Index, Piece, Posting, Term};
use crate::data::{
    CatalogList, Cause, Check, Client, Entry, ManagedResource, Operation, Sentence, Service, Step,
};

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// The day on which the newest documentation page of the embedded catalog was
/// last updated, `YYYY-MM-DD`.
///
/// ```
/// // Dates compare as texts.
/// assert!(orgerr::CATALOG_DATE >= "2024-05-28");
/// ```
pub const CATALOG_DATE: &str = env!("ORGERR_CATALOG_DATE");

pub(super) static EMBEDDED: Catalog = Catalog {
    services: SERVICES,
    operations: OPERATIONS,
    entries: ENTRIES,
    by_code: BY_CODE,
    by_number: BY_NUMBER,
    own: None,
    index: OnceLock::new(),
};
