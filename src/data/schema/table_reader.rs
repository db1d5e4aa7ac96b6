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
    /// Whether what is named may be something that could not be read.
    pub(super) is_doubtful: bool,
}

/// A value of the file that should be a table.
pub(super) struct Table<'t> {
    value: Spanned<DeValue<'t>>,
    /// How problems name it.
    label: String,
}

impl<'t> Table<'t> {
    pub(super) fn new(value: Spanned<DeValue<'t>>, label: &str) -> Self {
        let label = truncated(label).into();
        Table { value, label }
    }

    /// The text of a field, also where the table is not valid as a whole.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.value.get_ref().get(field)?.get_ref().as_str()
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
        let whole = table.value.get_ref().get(field).unwrap_or(&table.value);
        let value = whole.get_ref().get(number).unwrap_or(whole);
        self.wrong_value(value, &table.label, field, what);
    }

    /// What the values of a field mean. Where one surely means nothing, reports why.
    pub(super) fn meant<T>(
        &mut self,
        table: &Table,
        field: &str,
        values: impl IntoIterator<Item = Result<T, String>>,
    ) -> Vec<T> {
        let values = values.into_iter().enumerate();
        let meant = values.filter_map(|(number, value)| {
            if let Err(what) = &value
                && !self.is_doubtful
            {
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
        let table = |value: Spanned<DeValue<'t>>| {
            let named = value.get_ref().get(key);
            let named = named.and_then(|key| key.get_ref().as_str());
            let label = named.map_or_else(|| format!("[[{name}]]"), str::to_owned);
            Table::new(value, &label)
        };
        values.into_iter().map(table).collect()
    }

    /// What a table describes, also where a value breaks the rule of its field.
    pub(super) fn record<T: for<'de> Deserialize<'de>>(&mut self, table: &Table) -> Option<T> {
        self.check(&table.label, "", &table.value);
        self.deserialized(table)
    }

    /// What a table describes, whatever its texts.
    pub(super) fn deserialized<T: for<'de> Deserialize<'de>>(
        &mut self,
        table: &Table,
    ) -> Option<T> {
        let Table { value, label } = table;
        // Serde would take a list for one, too.
        if !value.get_ref().is_table() {
            self.problem(value.span().start, format!("{label} must be a table"));
            return None;
        }
        let read = T::deserialize(ValueDeserializer::from(value.clone()));
        read.map_err(|error| {
            // Only the displayed form of an error names the field.
            let shown = error.to_string();
            let mut lines = shown.lines();
            let field = lines.find_map(|line| line.strip_prefix("in `")?.strip_suffix('`'));
            let field = field.map_or(String::new(), |field| format!("the field '{field}': "));
            let what = field + error.message();
            let what = truncated_to(&what, MAX_FAULT_LENGTH);
            let span = error.span().unwrap_or(value.span());
            self.problem(span.start, format!("{label}: {what}"));
        })
        .ok()
    }

    /// Reports each value that breaks the rule of its field, and each text that a list has
    /// twice.
    fn check(&mut self, label: &str, field: &str, value: &Spanned<DeValue>) {
        match value.get_ref() {
            DeValue::Table(fields) => {
                for (field, value) in fields {
                    self.check(label, field.get_ref(), value);
                }
            }
            DeValue::Array(values) => {
                if values.is_empty() && field == "categories" {
                    self.wrong_value(value, label, field, "must have a category");
                }
                let mut seen = HashSet::new();
                for value in values {
                    self.check(label, field, value);
                    let text = value.get_ref().as_str();
                    if let Some(text) = text.filter(|text| !seen.insert(*text)) {
                        let what = format!("has {} twice", quoted(text));
                        self.wrong_value(value, label, field, &what);
                    }
                }
            }
            one => {
                let what = Rule::of(field).and_then(|rule| rule.fault(one));
                if let Some(what) = what {
                    self.wrong_value(value, label, field, &what);
                }
            }
        }
    }
}
