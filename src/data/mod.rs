//! The types that a catalog is made of, and the code that reads and indexes its TOML.
//!
//! The build script compiles this folder, too. The embedded catalog and a catalog that is read at
//! run time therefore have the same types and pass the same checks. To make this possible, nothing
//! here uses the rest of the crate.
//!
//! `schema` reads the TOML, `registry` finds services and operations by name, and
//! `catalog_problems` turns the place of each mistake into a line and a column. The results are
//! entries (`entry`, with their checks and causes in `check_call`), services (`service`) and
//! operations (`operation`). `client` has the types of `clients.toml`. From the entries and the
//! `vocabulary`, `indexing` builds the `index` of a search, by `words` and their `stem`.

/// Defines the getters of a type. Each has a name, a return type and the expression it returns.
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

/// A text in a catalog: borrowed if compiled in, owned if read at run time.
pub(crate) type CatalogText = Cow<'static, str>;
/// A list in a catalog: borrowed if compiled in, owned if read at run time.
pub(crate) type CatalogList<T> = Cow<'static, [T]>;
