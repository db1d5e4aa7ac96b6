//! What is imported from any text is a valid catalog.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orgerr_fuzz::invariants;

fuzz_target!(|page: &str| invariants::imported_soundly(page));
