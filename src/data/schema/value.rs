//! What a field may hold.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::Action;
use super::super::truncate::truncated;
use super::{Fields, Reader};

/// One `[[service]]` or `[[entry]]`, with how to name it in a problem.
pub(super) struct Record<'a, 't> {
    pub(super) table: &'a DeTable<'t>,
    pub(super) span: Range<usize>,
    pub(super) label: Cow<'a, str>,
}

/// A field of a record and, where it is there, its value.
#[derive(Clone, Copy)]
pub(super) struct Field<'a, 't> {
    pub(super) name: &'a str,
    pub(super) value: Option<&'a Spanned<DeValue<'t>>>,
}

/// A text of the file, with the bytes at which it stands.
pub(super) type Text<'a, 't> = (Range<usize>, &'a Cow<'t, str>);

impl<'a, 't> Field<'a, 't> {
    /// Where the value stands.
    pub(super) fn span(&self) -> Range<usize> {
        self.value.map_or(0..0, Spanned::span)
    }

    /// The value, where it is text.
    pub(super) fn text(&self) -> Option<&'a Cow<'t, str>> {
        match self.value?.get_ref() {
            DeValue::String(text) => Some(text),
            _ => None,
        }
    }
}

impl<'t> Reader<'_> {
    /// The fields that a record may have, in the order of their names.
    pub(super) fn fields<'a, const N: usize>(
        &mut self,
        record: &Record<'a, 't>,
        known: &Fields<N>,
    ) -> [Field<'a, 't>; N] {
        let mut fields = known.names.map(|name| Field { name, value: None });
        for (key, value) in record.table {
            let name = key.get_ref();
            if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
                field.value = Some(value);
            } else {
                let expected = format!("is unknown; there are {}", known.names.join(", "));
                self.wrong_at(key.span(), &record.label, name, &expected);
            }
        }
        for field in &fields[..known.required] {
            if field.value.is_none() {
                self.wrong_at(record.span.clone(), &record.label, field.name, "is missing");
            }
        }
        fields
    }

    /// The text of a field, which must not be blank.
    pub(super) fn text<'a>(
        &mut self,
        record: &Record,
        field: Field<'a, 't>,
    ) -> Option<&'a Cow<'t, str>> {
        let what = match field.value?.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => return Some(text),
            DeValue::String(_) => "is empty",
            _ => "must be text in quotes",
        };
        self.wrong(record, field, what);
        None
    }

    /// The texts of a field that must hold a list of them, none blank or there twice.
    pub(super) fn texts<'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
    ) -> Option<Vec<Text<'a, 't>>> {
        let array = field.value?.get_ref().as_array();
        let text = |item: &'a Spanned<DeValue<'t>>| match item.get_ref() {
            DeValue::String(text) => Some((item.span(), text)),
            _ => None,
        };
        let texts: Option<Vec<_>> = array.and_then(|array| array.iter().map(text).collect());
        let Some(mut texts) = texts else {
            self.wrong(record, field, "must be a list of texts in quotes");
            return None;
        };
        let mut seen = HashSet::with_capacity(texts.len());
        texts.retain(|(span, text)| {
            let what = if text.trim().is_empty() {
                "has an empty text".to_owned()
            } else if seen.insert(*text) {
                return true;
            } else {
                format!("has '{}' twice", truncated(text))
            };
            self.wrong_at(span.clone(), &record.label, field.name, &what);
            false
        });
        Some(texts)
    }

    /// A field that may hold true or false; false where it is not there.
    pub(super) fn flag(&mut self, record: &Record, field: Field) -> Option<bool> {
        let Some(value) = field.value else {
            return Some(false);
        };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(record, field, "must be true or false");
        }
        flag
    }

    /// A percentage, where the field is there.
    pub(super) fn percent(&mut self, record: &Record, field: Field) -> Option<u8> {
        let number = field.value?.get_ref().as_integer();
        let percent = number
            .and_then(|number| u8::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|percent| (1..=100).contains(percent));
        if percent.is_none() {
            self.wrong(record, field, "must be a number from 1 to 100");
        }
        percent
    }

    pub(super) fn status(&mut self, record: &Record, field: Field<'_, 't>) -> Option<u16> {
        let number = field.value?.get_ref().as_integer();
        let status = number
            .and_then(|number| u16::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|status| (100..600).contains(status));
        if status.is_none() {
            let expected = "must be an HTTP status, a number from 100 to 599";
            self.wrong(record, field, expected);
        }
        status
    }

    pub(super) fn action(
        &mut self,
        record: &Record<'_, 't>,
        field: Field<'_, 't>,
    ) -> Option<Action> {
        let name = self.text(record, field)?;
        let action = Action::ALL.into_iter().find(|action| action.name() == name);
        if action.is_none() {
            let names = Action::ALL.map(Action::name).join(", ");
            self.wrong(record, field, &format!("must be one of {names}"));
        }
        action
    }

    /// Says what is wrong with the value of a field.
    pub(super) fn wrong(&mut self, record: &Record, field: Field, what: &str) {
        self.wrong_at(field.span(), &record.label, field.name, what);
    }

    pub(super) fn wrong_at(&mut self, span: Range<usize>, label: &str, field: &str, what: &str) {
        let message = format!("{label}: the field '{}' {what}", truncated(field));
        self.problem(span, message);
    }
}
