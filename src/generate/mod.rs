//! Makes the files that come from definitions in the code. They are committed, because
//! the tool, packages and readers need them as they are, and a test holds each in step:
//! `UPDATE_GENERATED=1 cargo test --bin orgerr generate` writes them anew.

mod help;
mod manual;
mod scripts;

use std::fs;

const NAME: &str = "orgerr";

/// Compares a file that was compiled in with what it should be, or writes it anew.
#[track_caller]
fn is_in_step(path: &str, compiled_in: &str, made: &str) {
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")), made).unwrap();
        return;
    }
    assert!(
        compiled_in == made,
        "{path} is stale; run UPDATE_GENERATED=1 cargo test --bin orgerr generate"
    );
}
