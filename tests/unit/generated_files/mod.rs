//! Makes the files that come from definitions in the code. They are committed, because
//! the tool, packages and readers need them as they are, and a test holds each in step:
//! `SNAPSHOTS=overwrite cargo test --bin orgerr in_step` writes them anew.
//! The JSON Schemas are made in the library, which has their types.

mod manual;

use std::fs;

use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq};

/// Compares a file, and what of it is compiled in, with what it should be.
#[track_caller]
fn is_in_step(path: &str, compiled_in: &str, made: &str) {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let file = fs::read_to_string(&path).expect("a committed file");
    assert!(file == compiled_in, "{path} is not what is compiled in");
    assert_data_eq!(made, Data::read_from(path.as_ref(), Some(DataFormat::Text)).raw());
}
