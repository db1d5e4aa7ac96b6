//! The findings in an input do not depend on the blocks it comes in, nor on what is
//! far before it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orgerr_fuzz::{CATALOG, invariants};

/// Bytes before an input that lies across the first edge of what is looked through.
const EDGE: usize = 224 * 1024;

fuzz_target!(|input: &[u8]| {
    // The input chooses the blocks, too, so that a raw file is an input.
    let last = usize::from(input.last().copied().unwrap_or_default());
    invariants::explained_alike(&CATALOG, input, &[1 + last % 64, 1 + last]);
    if last % 16 == 0 {
        invariants::explained_alike_after(&CATALOG, input, EDGE - last % (input.len() + 1));
    }
});
