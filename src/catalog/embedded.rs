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

pub(super) static EMBEDDED: Catalog = Catalog {
    services: SERVICES,
    operations: OPERATIONS,
    entries: ENTRIES,
    by_code: BY_CODE,
    by_number: BY_NUMBER,
    own: None,
    index: OnceLock::new(),
};
