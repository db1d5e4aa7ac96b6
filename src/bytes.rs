//! What kind many bytes are of, told together: comparing them one by one takes most of
//! the time where an input is long.

use wide::u8x16;

/// Bytes told together: what a register holds on every processor.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte at each place of a group.
    fn groups() -> Vec<[u8; GROUP]> {
        let bytes: Vec<u8> = (0..=u8::MAX).chain(0..=u8::MAX).collect();
        let groups = bytes.windows(GROUP);
        groups.map(|group| group.try_into().unwrap()).collect()
    }

    fn told(group: [u8; GROUP], is_one: impl Fn(u8) -> bool) -> u32 {
        let bits = group.iter().enumerate();
        bits.map(|(at, byte)| u32::from(is_one(*byte)) << at).sum()
    }

    #[test]
    fn each_byte_is_told_as_it_is_alone() {
        for group in groups() {
            let within = are_within(u8x16::new(group), b' ', b'~').to_bitmask();
            assert_eq!(within, told(group, |byte| (b' '..=b'~').contains(&byte)));
            let of_words = are_of_words(u8x16::new(group)).to_bitmask();
            let is_of_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            assert_eq!(of_words, told(group, is_of_word), "{group:?}");
        }
    }

    #[test]
    fn the_case_of_ascii_letters_alone_is_changed() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        for length in 0..=all.len() {
            let mut text = all[..length].to_vec();
            make_lower_case(&mut text);
            assert_eq!(text, all[..length].to_ascii_lowercase());
        }
    }
}
