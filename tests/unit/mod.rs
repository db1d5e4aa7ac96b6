//! What the tests in the tool's own files need, and those that make files from its definitions.

#[path = "../support/colors.rs"]
pub(crate) mod colors;
mod generated_files;
#[path = "../support/unicode.rs"]
pub(crate) mod unicode;
