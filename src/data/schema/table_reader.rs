//! Reads the tables of a file, and gathers what is wrong with them.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::super::truncate::{quoted, truncated, truncated_to};
use super::field_rules::Rule;

/// Characters of an error of serde, which repeats texts of the file.
const MAX_FAULT_LENGTH: usize = 200;

/// A value of the file, with its place.
pub type Value<'t> = Spanned<DeValue<'t>>;
/// What is wrong with a value, if that is known: what it names may be in a table that could not
/// be read.
pub type Doubt = Option<String>;

#[derive(Default)]
pub struct TableReader {
    /// What is wrong, each with the byte at which it stands; `problem::placed` turns that into
    /// a line and a column.
    pub problems: Vec<(usize, String)>,
}

/// A table of the file.
pub struct Table<'t> {
    value: Value<'t>,
    /// How problems name it.
    label: String,
}

impl<'t> Table<'t> {
    fn field(&self, field: &str) -> Option<&Value<'t>> {
        self.value.get_ref().get(field)
    }

    /// The text of a field, also where the table is not valid as a whole.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.field(field)?.get_ref().as_str()
    }
}

impl TableReader {
    pub fn problem(&mut self, start: usize, message: String) {
        self.problems.push((start, message));
    }

    /// Reports what is wrong with a field of a table; where that has a list, with the value of
    /// this number in it.
    pub fn wrong(&mut self, table: &Table, field: &str, number: usize, what: &str) {
        let whole = table.field(field).unwrap_or(&table.value);
        self.wrong_value(whole.get_ref().get(number).unwrap_or(whole), &table.label, field, what);
    }

    fn wrong_value(&mut self, value: &Value, label: &str, field: &str, what: &str) {
        self.problem(value.span().start, format!("{label}: the field '{field}' {what}"));
    }

    /// What the values of a field mean. Where one means nothing, reports why, if that is known.
    pub fn meant<T>(
        &mut self,
        table: &Table,
        field: &str,
        values: impl Iterator<Item = Result<T, Doubt>>,
    ) -> Vec<T> {
        let meant = values.enumerate().filter_map(|(number, value)| {
            if let Err(Some(what)) = &value {
                self.wrong(table, field, number, what);
            }
            value.ok()
        });
        meant.collect()
    }

    /// The tables of a list of them; `key` is the field that names one.
    pub fn tables<'t>(&mut self, list: Option<Value<'t>>, name: &str, key: &str) -> Vec<Table<'t>> {
        let start = list.as_ref().map_or(0, |list| list.span().start);
        let what = match list.map(Spanned::into_inner) {
            Some(DeValue::Array(values)) if !values.is_empty() => {
                let tables = values.into_iter().filter_map(|value| {
                    let key = value.get_ref().get(key).and_then(|key| key.get_ref().as_str());
                    let label =
                        key.map_or_else(|| format!("[[{name}]]"), |it| truncated(it).into());
                    self.table(value, label)
                });
                return tables.collect();
            }
            Some(_) => format!("'{name}' must be [[{name}]] tables"),
            None => format!("the catalog has no [[{name}]]"),
        };
        self.problem(start, what);
        Vec::new()
    }

    /// The value as a table. serde would take a list for one, too.
    pub fn table<'t>(&mut self, value: Value<'t>, label: String) -> Option<Table<'t>> {
        let is_table = value.get_ref().is_table();
        if !is_table {
            self.problem(value.span().start, format!("{label} must be a table"));
        }
        is_table.then_some(Table { value, label })
    }

    /// What a table describes, also where a value breaks the rule of its field.
    pub fn record<T: DeserializeOwned>(&mut self, table: &Table) -> Option<T> {
        for (key, value) in table.value.get_ref().as_table().into_iter().flatten() {
            self.check((&table.label, key.get_ref()), key.get_ref(), value, false);
        }
        self.deserialized(table)
    }

    /// What a table describes, whatever its texts.
    pub fn deserialized<T: DeserializeOwned>(&mut self, table: &Table) -> Option<T> {
        T::deserialize(ValueDeserializer::from(table.value.clone()))
            .map_err(|error| {
                let mut what = error.message().to_owned();
                // Only the displayed form of an error names the field.
                if let Some((_, field)) = error.to_string().trim_end().rsplit_once("\nin `") {
                    what = format!("the field '{}': {what}", field.trim_end_matches('`'));
                }
                let what = truncated_to(&what, MAX_FAULT_LENGTH);
                let span = error.span().unwrap_or(table.value.span());
                self.problem(span.start, format!("{}: {what}", table.label));
            })
            .ok()
    }

    /// Reports each value that breaks the rule of its key, and each text that a list has twice.
    /// What is in a table within a field of a table is reported for that field.
    fn check(&mut self, of: (&str, &str), key: &str, value: &Value, is_listed: bool) {
        let (label, field) = of;
        match value.get_ref() {
            DeValue::Table(fields) => {
                for (key, value) in fields {
                    self.check(of, key.get_ref(), value, false);
                }
            }
            DeValue::Array(values) => {
                if values.is_empty() && key == "categories" {
                    self.wrong_value(value, label, field, "must have a category");
                }
                let mut seen = HashSet::new();
                for value in values {
                    self.check(of, key, value, true);
                    let text = value.get_ref().as_str();
                    if let Some(text) = text.filter(|text| !seen.insert(*text)) {
                        let what = format!("has {} twice", quoted(text));
                        self.wrong_value(value, label, field, &what);
                    }
                }
            }
            one => {
                let Some(fault) = Rule::of(key).and_then(|rule| rule.fault(one)) else { return };
                let text = one.as_str().filter(|_| is_listed);
                let what = text.map(|text| format!("has {}, which {fault}", quoted(text)));
                self.wrong_value(value, label, field, &what.unwrap_or(fault));
            }
        }
    }
}
