//! All integration tests in one binary, because linking many is slow. Each file tests a
//! command, or one promise across commands.
//! `cargo test --test integration show::` runs those of one file.

mod support;

mod catalog_check;
mod catalog_import;
mod completions;
mod documentation;
mod documents;
mod explain;
mod explain_cases;
mod explain_messages;
mod explain_streams;
mod fix;
mod formats;
mod help;
mod hints;
mod invalid_catalogs;
mod list;
mod mistakes;
mod own_catalogs;
mod pasted_codes;
mod pictures;
mod properties;
mod ranking;
mod reachable;
mod resources;
mod screens;
mod search;
mod search_queries;
mod shells;
mod show;
mod streams;
mod system_calls;
mod terminal;
mod usage;
