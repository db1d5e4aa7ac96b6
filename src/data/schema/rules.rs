//! What the texts and numbers of a catalog may be.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::super::operation::path_parameter;

use super::super::words::is_number;

/// Characters of the name of a service: text is looked at in blocks, and a code must not
/// be longer than what they overlap.
pub(crate) const MAX_NAME_LENGTH: usize = 64;
/// Digits of a code; a longer number in a log is data.
pub(crate) const MAX_DIGITS: usize = 32;

/// Bytes of a message.
pub(crate) const MAX_MESSAGE_LENGTH: usize = 4096;

/// What texts of a kind may be.
pub(crate) trait Rule {
    /// What such a text must be.
    const MUST_BE: &'static str;
    /// Bytes of such a text. No honest catalog comes near.
    const MAX_LENGTH: usize;
    /// The rule as a regular expression.
    #[cfg(test)]
    const PATTERN: &'static str;

    fn allows(text: &str) -> bool;
}

/// A text of the file, which should follow a rule, with the place where it stands.
#[derive(Deserialize)]
#[serde(transparent, bound = "")]
pub(crate) struct Checked<R> {
    text: Spanned<String>,
    #[serde(skip)]
    rule: PhantomData<R>,
}

impl<R: Rule> Checked<R> {
    pub(crate) fn text(&self) -> &str {
        self.text.get_ref()
    }

    pub(crate) fn into_text(self) -> String {
        self.text.into_inner()
    }

    pub(crate) fn span(&self) -> Range<usize> {
        self.text.span()
    }

    /// What is wrong with the text, if anything is.
    pub(crate) fn fault(&self) -> Option<String> {
        let text = self.text();
        if text.len() > R::MAX_LENGTH {
            Some(format!("is longer than {} bytes", R::MAX_LENGTH))
        } else if !R::allows(text) {
            Some(format!("must be {}", R::MUST_BE))
        } else {
            None
        }
    }
}

/// What a shell and a log may be given as one word: a name of a service, of an operation,
/// or of a category, and a code behind the name of its service.
pub(crate) struct Name;

impl Rule for Name {
    const MUST_BE: &'static str = "at most 64 letters, digits, '-', '_' and single dots, a letter \
                                   or digit at both ends";
    const MAX_LENGTH: usize = MAX_NAME_LENGTH;
    #[cfg(test)]
    const PATTERN: &'static str = r"^[A-Za-z0-9]((\.?[A-Za-z0-9_-])*\.?[A-Za-z0-9])?$";

    fn allows(text: &str) -> bool {
        is_name(text)
    }
}

/// A code. Which services there are decides whether it is one.
pub(crate) struct Code;

impl Rule for Code {
    const MUST_BE: &'static str = "the name of a service, a dot, and a number or a word";
    const MAX_LENGTH: usize = 2 * MAX_NAME_LENGTH + 1;
    #[cfg(test)]
    const PATTERN: &'static str =
        r"^[A-Za-z0-9](\.?[A-Za-z0-9_-])*\.([A-Za-z0-9_-]\.?)*[A-Za-z0-9]$";

    fn allows(_: &str) -> bool {
        true
    }
}

/// Whether a text is the name of a service, of an operation or of a category.
pub(crate) fn is_name(text: &str) -> bool {
    let is_part = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
    let is_end = |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.len() <= MAX_NAME_LENGTH
        && text.bytes().all(is_part)
        && is_end(text.bytes().next())
        && is_end(text.bytes().next_back())
        && !text.contains("..")
}

/// Whether a text may stand behind the name of a service and a dot.
pub(crate) fn is_number_of_code(text: &str) -> bool {
    is_name(text) && (text.len() <= MAX_DIGITS || !is_number(text))
}

/// A text of at most so many bytes that is not blank.
pub(crate) struct Prose<const MAX: usize>;

impl<const MAX: usize> Rule for Prose<MAX> {
    const MUST_BE: &'static str = "text that is not blank";
    const MAX_LENGTH: usize = MAX;
    #[cfg(test)]
    const PATTERN: &'static str = r"\S";

    fn allows(text: &str) -> bool {
        !text.trim().is_empty()
    }
}

/// The path of a request, with path parameters in braces.
pub(crate) struct Path;

impl Rule for Path {
    const MUST_BE: &'static str = "a path such as /v1/accounts/{account_id}";
    const MAX_LENGTH: usize = 512;
    #[cfg(test)]
    const PATTERN: &'static str = r"^(/([A-Za-z0-9._~:-]+|\{[A-Za-z0-9_-]+\}))*/?$";

    fn allows(text: &str) -> bool {
        let is_plain = |c: u8| c.is_ascii_alphanumeric() || b"._~:-".contains(&c);
        let is_part = |part: &str| match path_parameter(part) {
            Some(name) => is_name(name) && !name.contains('.'),
            None => !part.is_empty() && part.bytes().all(is_plain),
        };
        let parts = text.strip_suffix('/').unwrap_or(text).strip_prefix('/');
        text == "/" || parts.is_some_and(|parts| parts.split('/').all(is_part))
    }
}

/// A whole number from `MIN` to `MAX`.
pub(crate) struct Number<const MIN: u16, const MAX: u16>(pub(crate) u16);

impl<'de, const MIN: u16, const MAX: u16> Deserialize<'de> for Number<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u16(NumberVisitor::<MIN, MAX>)
    }
}

struct NumberVisitor<const MIN: u16, const MAX: u16>;

impl<const MIN: u16, const MAX: u16> Visitor<'_> for NumberVisitor<MIN, MAX> {
    type Value = Number<MIN, MAX>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a number from {MIN} to {MAX}")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        let small = u16::try_from(number).ok();
        small
            .filter(|small| (MIN..=MAX).contains(small))
            .map(Number)
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }
}

#[cfg(test)]
mod schema_of_rules {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{Checked, Number, Rule};

    impl<R: Rule> JsonSchema for Checked<R> {
        fn schema_name() -> Cow<'static, str> {
            "text".into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "string", "pattern": R::PATTERN, "maxLength": R::MAX_LENGTH })
        }
    }

    impl<const MIN: u16, const MAX: u16> JsonSchema for Number<MIN, MAX> {
        fn schema_name() -> Cow<'static, str> {
            "number".into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
        }
    }
}
