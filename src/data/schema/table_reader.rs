//! Reads the tables of a file, and gathers what is wrong with them.

use std::collections::HashSet;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::super::truncate::{quoted, truncated, truncated_to};
use super::field_rules::Rule;

/// Characters of an error of serde, which repeats texts of the file.
const MAX_FAULT_LENGTH: usize = 200;

#[derive(Default)]
pub(super) struct TableReader {
    /// What is wrong, each with the byte at which it stands; `problem::placed` turns that into
    /// a line and a column.
    pub(super) problems: Vec<(usize, String)>,
}

/// A table of the file.
pub(super) struct Table<'t> {
    value: Spanned<DeValue<'t>>,
    /// How problems name it.
    label: String,
}

impl<'t> Table<'t> {
    fn field(&self, field: &str) -> Option<&Spanned<DeValue<'t>>> {
        self.value.get_ref().get(field)
    }

    /// The text of a field, also where the table is not valid as a whole.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.field(field)?.get_ref().as_str()
    }
}

impl TableReader {
    pub(super) fn problem(&mut self, start: usize, message: String) {
        self.problems.push((start, message));
    }

    fn wrong_value(&mut self, value: &Spanned<DeValue>, label: &str, field: &str, what: &str) {
        let message = format!("{label}: the field '{field}' {what}");
        self.problem(value.span().start, message);
    }

    /// Reports what is wrong with a field of a table; where that has a list, with the value of
    /// this number in it.
    pub(super) fn wrong(&mut self, table: &Table, field: &str, number: usize, what: &str) {
        let whole = table.field(field).unwrap_or(&table.value);
        let value = whole.get_ref().get(number).unwrap_or(whole);
        self.wrong_value(value, &table.label, field, what);
    }

    /// What the values of a field mean. Where one means nothing, reports why, if that is known.
    pub(super) fn meant<T>(
        &mut self,
        table: &Table,
        field: &str,
        values: impl IntoIterator<Item = Result<T, Option<String>>>,
    ) -> Vec<T> {
        let values = values.into_iter().enumerate();
        let meant = values.filter_map(|(number, value)| {
            if let Err(Some(what)) = &value {
                self.wrong(table, field, number, what);
            }
            value.ok()
        });
        meant.collect()
    }

    /// The tables of an array of them; `key` is the field that names one.
    pub(super) fn tables<'t>(
        &mut self,
        array: Option<Spanned<DeValue<'t>>>,
        name: &str,
        key: &str,
    ) -> Vec<Table<'t>> {
        let Some(array) = array else {
            self.problem(0, format!("the catalog has no [[{name}]]"));
            return Vec::new();
        };
        let start = array.span().start;
        let values = match array.into_inner() {
            DeValue::Array(values) if !values.is_empty() => values,
            _ => {
                self.problem(start, format!("'{name}' must be [[{name}]] tables"));
                return Vec::new();
            }
        };
        let tables = values.into_iter().filter_map(|value| {
            let named = value.get_ref().get(key);
            let named = named.and_then(|key| key.get_ref().as_str());
            let label = named.map_or_else(|| format!("[[{name}]]"), |it| truncated(it).into());
            self.table(value, label)
        });
        tables.collect()
    }

    /// The value as a table. serde would take a list for one, too.
    pub(super) fn table<'t>(
        &mut self,
        value: Spanned<DeValue<'t>>,
        label: String,
    ) -> Option<Table<'t>> {
        if !value.get_ref().is_table() {
            self.problem(value.span().start, format!("{label} must be a table"));
            return None;
        }
        Some(Table { value, label })
    }

    /// What a table describes, also where a value breaks the rule of its field.
    pub(super) fn record<T: for<'de> Deserialize<'de>>(&mut self, table: &Table) -> Option<T> {
        for (key, value) in table.value.get_ref().as_table().into_iter().flatten() {
            self.check(&table.label, key.get_ref(), key.get_ref(), value, false);
        }
        self.deserialized(table)
    }

    /// What a table describes, whatever its texts.
    pub(super) fn deserialized<T: for<'de> Deserialize<'de>>(
        &mut self,
        table: &Table,
    ) -> Option<T> {
        let read = T::deserialize(ValueDeserializer::from(table.value.clone()));
        read.map_err(|error| {
            // Only the displayed form of an error names the field.
            let shown = error.to_string();
            let what = match shown.trim_end().rsplit_once("\nin `") {
                Some((what, field)) => {
                    format!("the field '{}': {what}", field.trim_end_matches('`'))
                }
                None => error.message().to_owned(),
            };
            let what = truncated_to(&what, MAX_FAULT_LENGTH);
            let span = error.span().unwrap_or(table.value.span());
            self.problem(span.start, format!("{}: {what}", table.label));
        })
        .ok()
    }

    /// Reports each value that breaks the rule of its key, and each text that a list has twice.
    /// What is in a table within the table is reported for the field with that.
    fn check(
        &mut self,
        label: &str,
        field: &str,
        key: &str,
        value: &Spanned<DeValue>,
        is_listed: bool,
    ) {
        match value.get_ref() {
            DeValue::Table(fields) => {
                for (key, value) in fields {
                    self.check(label, field, key.get_ref(), value, false);
                }
            }
            DeValue::Array(values) => {
                if values.is_empty() && key == "categories" {
                    self.wrong_value(value, label, field, "must have a category");
                }
                let mut seen = HashSet::new();
                for value in values {
                    self.check(label, field, key, value, true);
                    let text = value.get_ref().as_str();
                    if let Some(text) = text.filter(|text| !seen.insert(*text)) {
                        let what = format!("has {} twice", quoted(text));
                        self.wrong_value(value, label, field, &what);
                    }
                }
            }
            one => {
                let Some(fault) = Rule::of(key).and_then(|rule| rule.fault(one)) else {
                    return;
                };
                let text = one.as_str().filter(|_| is_listed);
                let what = text.map(|text| format!("has {}, which {fault}", quoted(text)));
                self.wrong_value(value, label, field, &what.unwrap_or(fault));
            }
        }
    }
}
