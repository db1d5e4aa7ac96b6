//! What a catalog is made of, and how its TOML is read and indexed.
//!
//! The build script compiles this folder, too, so that the embedded catalog and one that
//! is read at run time are made of the same types and held to the same rules. It uses
//! nothing outside of itself.
//!
//! `schema` reads the TOML, `registry` finds the services and operations that it names, and
//! `catalog_problems` says where it is wrong. What is read becomes entries (`entry`, with
//! their checks and causes in `check_call`), services, operations and clients, each in the file of
//! that name.
//! `indexing` makes the `index` of a search from the entries and the `vocabulary`, by `words` and
//! their stems (`stem`).

/// The getters of a type: what each is called, gives, and takes from the value.
macro_rules! getters {
    ($type:ty: $($(#[$doc:meta])* $vis:vis $name:ident($this:ident) -> $gives:ty = $value:expr;)+) => {
        impl $type {
            $($(#[$doc])* $vis fn $name(&$this) -> $gives {
                $value
            })+
        }
    };
}

mod catalog_problems;
mod check_call;
mod client;
mod entry;
pub(crate) mod index;
pub(crate) mod indexing;
mod operation;
pub(crate) mod registry;
pub(crate) mod schema;
mod service;
pub(crate) mod stem;
pub(crate) mod truncate;
pub(crate) mod vocabulary;
pub(crate) mod words;

use std::borrow::Cow;

pub use catalog_problems::{Problem, Problems};
pub use check_call::{Cause, Check};
pub(crate) use client::{Client, ManagedResource, Sentence, Step};
#[cfg(feature = "import")]
pub(crate) use entry::first_sentence;
pub use entry::{Action, Entry};
pub(crate) use entry::{begins_with_retry, indexes_by};
pub use operation::Operation;
pub(crate) use operation::path_parameter;
pub use service::Service;

/// A text of a catalog: compiled in, or read at run time.
pub(crate) type CatalogText = Cow<'static, str>;
/// A list of a catalog, likewise.
pub(crate) type CatalogList<T> = Cow<'static, [T]>;
