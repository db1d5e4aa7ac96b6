//! What reads the tables of a file and gathers what is wrong with them.

use std::collections::HashSet;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, ValueDeserializer};

use super::super::known::Known;
use super::super::truncate::{quoted, truncated, truncated_to};
use super::field_rules::Rule;

/// Characters of an error of serde, which repeats texts of the file.
const MAX_FAULT_LENGTH: usize = 200;

pub(super) struct CatalogReader<'k> {
    /// What the catalogs have that the file is to stand beside.
    pub(super) known: &'k Known,
    /// What the file has.
    pub(super) own: Known,
    /// Whether all services of the file could be read, and all operations. Where not, what an
    /// entry names may be one of the others.
    pub(super) are_services_read: bool,
    pub(super) are_operations_read: bool,
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
    /// The text of a field, also where the table is not valid as a whole.
    pub(super) fn text(&self, field: &str) -> Option<(Range<usize>, String)> {
        placed_text(self.value.get_ref().get(field)?)
    }

    /// The texts of a list, likewise.
    pub(super) fn texts(&self, field: &str) -> Vec<(Range<usize>, String)> {
        let list = self.value.get_ref().get(field);
        let list = list.and_then(|list| list.get_ref().as_array());
        list.into_iter().flatten().filter_map(placed_text).collect()
    }
}

fn placed_text(value: &Spanned<DeValue>) -> Option<(Range<usize>, String)> {
    Some((value.span(), value.get_ref().as_str()?.to_owned()))
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
            self.problem(0..0, format!("the catalog has no [[{name}]]"));
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

    /// What a table describes, also where a value breaks the rule of its field; `None` where
    /// it is no such table.
    pub(super) fn record<T: for<'de> Deserialize<'de>>(&mut self, table: Table) -> Option<T> {
        let DeValue::Table(fields) = table.value.get_ref() else {
            // serde would take a list for one, too.
            self.problem(
                table.value.span(),
                format!("{} must be a table", table.label),
            );
            return None;
        };
        self.check_fields(&table.label, None, fields);
        self.deserialized(table)
    }

    /// What a table describes, whatever its texts.
    pub(super) fn deserialized<T: for<'de> Deserialize<'de>>(&mut self, table: Table) -> Option<T> {
        let span = table.value.span();
        let read = T::deserialize(ValueDeserializer::from(table.value));
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
            let span = error.span().unwrap_or(span);
            self.problem(span, format!("{}: {what}", table.label));
        })
        .ok()
    }

    /// Reports each value that breaks the rule of its field. What is in a table within the
    /// table is reported for the field with that, `within`.
    fn check_fields(&mut self, label: &str, within: Option<&str>, fields: &DeTable) {
        for (key, value) in fields {
            let field = within.unwrap_or(key.get_ref());
            let rule = Rule::of(key.get_ref());
            self.check_value(label, field, rule.as_ref(), value, false);
        }
    }

    fn check_value(
        &mut self,
        label: &str,
        field: &str,
        rule: Option<&Rule>,
        value: &Spanned<DeValue>,
        is_listed: bool,
    ) {
        match value.get_ref() {
            DeValue::Table(fields) => self.check_fields(label, Some(field), fields),
            DeValue::Array(values) => {
                for value in values {
                    self.check_value(label, field, rule, value, true);
                }
                for (span, what) in twice(values) {
                    self.wrong(span, label, field, &what);
                }
            }
            value_itself => {
                let Some(fault) = rule.and_then(|rule| rule.fault(value_itself)) else {
                    return;
                };
                let text = value_itself.as_str().filter(|_| is_listed);
                let what = text.map(|text| format!("has {}, which {fault}", quoted(text)));
                self.wrong(value.span(), label, field, &what.unwrap_or(fault));
            }
        }
    }
}

/// The texts of a list that stand in it before, each with what is wrong.
fn twice(values: &DeArray) -> Vec<(Range<usize>, String)> {
    let mut seen = HashSet::new();
    let texts = values.iter();
    texts
        .filter_map(|value: &Spanned<DeValue>| Some((value.span(), value.get_ref().as_str()?)))
        .filter(|(_, text)| !seen.insert(*text))
        .map(|(span, text)| (span, format!("has {} twice", quoted(text))))
        .collect()
}
