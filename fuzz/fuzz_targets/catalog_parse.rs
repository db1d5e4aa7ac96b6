//! Any text is a catalog whose codes are found, or has problems with their places.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orgerr_fuzz::invariants;

fuzz_target!(|text: &str| invariants::parsed_soundly(text));
