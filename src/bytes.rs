//! What kind many bytes are of, told together: comparing them one by one takes most of
//! the time where an input is long.

use wide::u8x16;

/// Bytes told together.
pub const GROUP: usize = 16;

/// Which bytes are from `first` to `last`.
pub fn are_within(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    let above_first = bytes - u8x16::splat(first);
    above_first
        .min(u8x16::splat(last - first))
        .simd_eq(above_first)
}

/// Which bytes are letters, digits or underscores of ASCII.
pub fn are_of_words(bytes: u8x16) -> u8x16 {
    let lower = bytes | u8x16::splat(b' ');
    are_within(lower, b'a', b'z')
        | are_within(bytes, b'0', b'9')
        | bytes.simd_eq(u8x16::splat(b'_'))
}

/// As [`<[u8]>::make_ascii_lowercase`].
pub fn make_lower_case(text: &mut [u8]) {
    let (groups, rest) = text.as_chunks_mut::<GROUP>();
    for group in groups {
        let bytes = u8x16::new(*group);
        let difference = are_within(bytes, b'A', b'Z') & u8x16::splat(b' ');
        *group = (bytes | difference).to_array();
    }
    rest.make_ascii_lowercase();
}
