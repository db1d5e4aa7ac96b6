//! What reads the tables of a file and gathers what is wrong with them.

use std::collections::HashSet;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::super::truncate::{quoted, truncated, truncated_to};
use super::super::{List, Text};
use super::Known;
use super::rules::{Checked, Rule};

/// Characters of an error of serde, which repeats texts of the file.
const MAX_FAULT_LENGTH: usize = 200;

pub(super) struct CatalogReader<'k> {
    pub(super) known: &'k dyn Known,
    /// What is wrong, with the byte at which it stands.
    pub(super) problems: Vec<(usize, String)>,
}

/// A table of the file.
pub(super) struct Table<'t> {
    pub(super) value: Spanned<DeValue<'t>>,
    /// How problems name it.
    pub(super) label: String,
}

impl Table<'_> {
    /// A text in it, also where the table is not valid as a whole.
    pub(super) fn text(&self, key: &str) -> Option<(Range<usize>, String)> {
        let value = self.value.get_ref().get(key)?;
        Some((value.span(), value.get_ref().as_str()?.to_owned()))
    }
}

impl CatalogReader<'_> {
    pub(super) fn problem(&mut self, span: Range<usize>, message: String) {
        self.problems.push((span.start, message));
    }

    /// Reports what is wrong with a field of a table.
    pub(super) fn wrong(&mut self, span: Range<usize>, label: &str, field: &str, what: &str) {
        self.problem(span, format!("{label}: the field '{field}' {what}"));
    }

    /// The tables of an array of them; `key` is the field that names one.
    pub(super) fn tables<'t>(
        &mut self,
        array: Option<Spanned<DeValue<'t>>>,
        name: &str,
        key: &str,
    ) -> Vec<Table<'t>> {
        let Some(array) = array else {
            return Vec::new();
        };
        let span = array.span();
        let tables = match array.into_inner() {
            DeValue::Array(array) if !array.is_empty() => array,
            _ => {
                self.problem(span, format!("'{name}' must be [[{name}]] tables"));
                return Vec::new();
            }
        };
        let labelled = |value: Spanned<DeValue<'t>>| {
            let named = value
                .get_ref()
                .get(key)
                .and_then(|key| key.get_ref().as_str());
            let label = named.map_or_else(|| format!("[[{name}]]"), |it| truncated(it).into());
            Table { value, label }
        };
        tables.into_iter().map(labelled).collect()
    }

    /// The record that a table is, or else the first thing that is wrong with it.
    pub(super) fn deserialized<T: for<'de> Deserialize<'de>>(&mut self, table: Table) -> Option<T> {
        let span = table.value.span();
        let record = T::deserialize(ValueDeserializer::from(table.value));
        record
            .map_err(|error| {
                // Only the displayed form of an error names the field.
                let shown = error.to_string();
                let what = match shown.trim_end().rsplit_once("\nin `") {
                    Some((what, field)) => {
                        format!("the field '{}': {what}", field.trim_end_matches('`'))
                    }
                    None => error.message().to_owned(),
                };
                let what = truncated_to(&what, MAX_FAULT_LENGTH);
                self.problem(
                    error.span().unwrap_or(span),
                    format!("{}: {what}", table.label),
                );
            })
            .ok()
    }

    /// The text of a field, which must follow its rule.
    pub(super) fn text<R: Rule>(&mut self, label: &str, field: &str, text: Checked<R>) -> Text {
        if let Some(fault) = text.fault() {
            self.wrong(text.span(), label, field, &fault);
        }
        text.into_text().into()
    }

    /// The texts of a field, each of which must follow the rule and be there once.
    pub(super) fn texts<R: Rule>(
        &mut self,
        label: &str,
        field: &str,
        texts: Vec<Checked<R>>,
    ) -> List<Text> {
        let mut seen = HashSet::new();
        for text in &texts {
            let shown = quoted(text.text());
            if let Some(fault) = text.fault() {
                self.wrong(
                    text.span(),
                    label,
                    field,
                    &format!("has {shown}, which {fault}"),
                );
            } else if !seen.insert(text.text()) {
                self.wrong(text.span(), label, field, &format!("has {shown} twice"));
            }
        }
        let texts = texts.into_iter().map(Checked::into_text);
        texts.map(Text::from).collect()
    }
}
