//! One binary for all that is tested from outside, because each would be linked with
//! the whole library: a file a command or a question, named as a module here.
//! `cargo test --test integration show::` runs those of one file.

mod support;

mod catalog;
mod catalog_import;
mod catalog_tools;
mod completions;
mod explain;
mod explain_cases;
mod explain_streams;
mod formats;
mod list;
mod pictures;
mod properties;
mod ranking;
mod reachable;
mod readme;
mod resources;
mod screens;
mod search;
mod shells;
mod show;
mod streams;
mod system_calls;
mod terminal;
mod usage;
