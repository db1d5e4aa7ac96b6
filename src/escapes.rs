//! Escapes of characters in JSON strings.

/// The UTF-16 unit of a `\uXXXX` that `text` starts with.
pub fn unit(text: &[u8]) -> Option<u16> {
    let [b'\\', b'u', digits @ ..] = text.first_chunk::<6>()? else {
        return None;
    };
    let digits = digits.iter().map(|digit| char::from(*digit).to_digit(16));
    let unit = digits.reduce(|unit, digit| Some(unit? * 16 + digit?))??;
    u16::try_from(unit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_four_digits() {
        assert_eq!(unit(br"\u0022."), Some(0x22));
        assert_eq!(unit(br"\uFfFf"), Some(0xffff));
        for text in [r"\u+041", r"\u00g1", r"\u004", "\\u004é", r"\x0041", ""] {
            assert_eq!(unit(text.as_bytes()), None, "{text}");
        }
    }
}
