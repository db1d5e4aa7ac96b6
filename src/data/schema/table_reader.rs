//! Reads the tables of a file, and collects what is wrong with them.

use std::cell::RefCell;
use std::collections::HashSet;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::super::truncate::{quoted, truncated, truncated_to};
use super::field_rules::Rule;

/// The most characters of an error of serde, which quotes texts of the file.
const MAX_FAULT_LENGTH: usize = 200;

/// A value of the file, with its place.
pub(super) type Placed<'t> = Spanned<DeValue<'t>>;
/// What is wrong with a value. `None` if the user need not be told, because the value names a table
/// that could not be read.
pub(super) type Fault = Option<String>;

#[derive(Default)]
pub(super) struct TableReader {
    /// All problems, each with the byte at which it is. `catalog_problems::by_line_and_column`
    /// turns that into a line and a column.
    pub problems: RefCell<Vec<(usize, String)>>,
}

/// A table of the file.
pub(super) struct Table<'t> {
    value: Placed<'t>,
    /// What problems call the table: `Demo.0001` or `[[entry]]`.
    label: String,
    reader: &'t TableReader,
}

impl TableReader {
    pub(super) fn problem(&self, start: usize, message: String) {
        self.problems.borrow_mut().push((start, message));
    }

    /// All `[[name]]` tables. Each is labelled with the value of its field `key`.
    pub(super) fn tables<'t>(
        &'t self,
        all: Option<Placed<'t>>,
        name: &str,
        key: &str,
    ) -> Vec<Table<'t>> {
        let start = all.as_ref().map_or(0, |all| all.span().start);
        let what = match all.map(Spanned::into_inner) {
            Some(DeValue::Array(values)) if !values.is_empty() => {
                let tables = values.into_iter().filter_map(|value| {
                    let key = value.get_ref().get(key).and_then(|key| key.get_ref().as_str());
                    let label = key.map_or(format!("[[{name}]]"), |key| truncated(key).into());
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

    /// Returns the value as a table, or reports that it is none. serde would also accept a list.
    pub(super) fn table<'t>(&'t self, value: Placed<'t>, label: String) -> Option<Table<'t>> {
        let is_table = value.get_ref().is_table();
        if !is_table {
            self.problem(value.span().start, format!("{label} must be a table"));
        }
        is_table.then_some(Table { value, label, reader: self })
    }
}

impl<'t> Table<'t> {
    fn field(&self, field: &str) -> Option<&Placed<'t>> {
        self.value.get_ref().get(field)
    }

    /// The text of a field, even if the table as a whole is not valid.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.field(field)?.get_ref().as_str()
    }

    /// Reports what is wrong with a field; if the field is a list, with its item `index`.
    pub(super) fn report(&self, field: &str, index: usize, what: &str) {
        let whole = self.field(field).unwrap_or(&self.value);
        self.report_value(whole.get_ref().get(index).unwrap_or(whole), field, what);
    }

    fn report_value(&self, value: &Placed, field: &str, what: &str) {
        let message = format!("{}: the field '{field}' {what}", self.label);
        self.reader.problem(value.span().start, message);
    }

    /// Returns the valid values of a field, and reports the others.
    pub(super) fn ok_or_report<T>(
        &self,
        field: &str,
        values: impl IntoIterator<Item = Result<T, Fault>>,
    ) -> Vec<T> {
        let valid = values.into_iter().enumerate().filter_map(|(index, value)| {
            if let Err(Some(what)) = &value {
                self.report(field, index, what);
            }
            value.ok()
        });
        valid.collect()
    }

    /// Reports each value that breaks the rule of its field, then reads the table all the same.
    pub(super) fn read_checked<T: DeserializeOwned>(&self) -> Option<T> {
        for (key, value) in self.value.get_ref().as_table().into_iter().flatten() {
            self.check(key.get_ref(), key.get_ref(), value, false);
        }
        self.read()
    }

    /// Reads the table without checking the rules.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        let read = T::deserialize(ValueDeserializer::from(self.value.clone()));
        read.map_err(|error| self.report_unread(&error)).ok()
    }

    fn report_unread(&self, error: &toml::de::Error) {
        let mut what = in_plain_words(error.message());
        // Only the displayed form of an error names the field.
        if let Some((_, field)) = error.to_string().trim_end().rsplit_once("\nin `") {
            let field = field.trim_end_matches('`');
            if self.field(field).is_some_and(|value| value.get_ref().is_datetime()) {
                // To serde, a date is a table.
                what = what.replace("not a table", "not a date or a time");
            }
            let colon = if what.starts_with("must ") { "" } else { ":" };
            what = format!("the field '{field}'{colon} {what}");
        }
        let what = truncated_to(&what, MAX_FAULT_LENGTH);
        let span = error.span().unwrap_or(self.value.span());
        self.reader.problem(span.start, format!("{}: {what}", self.label));
    }

    /// The byte at which the value of a field is, or the table if it lacks the field.
    pub(super) fn start_of(&self, field: &str) -> usize {
        self.field(field).unwrap_or(&self.value).span().start
    }

    /// Reports each value that breaks the rule of its key, and each text that a list has twice. A
    /// problem in a table inside a field is reported for that field.
    fn check(&self, field: &str, key: &str, value: &Placed, is_listed: bool) {
        match value.get_ref() {
            DeValue::Table(fields) => {
                for (key, value) in fields {
                    self.check(field, key.get_ref(), value, false);
                }
            }
            DeValue::Array(values) => {
                if values.is_empty() && key == "categories" {
                    self.report_value(value, field, "must have a category");
                }
                let mut seen = HashSet::new();
                for value in values {
                    self.check(field, key, value, true);
                    let text = value.get_ref().as_str();
                    if let Some(text) = text.filter(|text| !seen.insert(join_lines(text))) {
                        self.report_value(value, field, &format!("has {} twice", quoted(text)));
                    }
                }
            }
            one => {
                let Some(fault) = Rule::of(key).and_then(|rule| rule.fault(one)) else { return };
                let text = one.as_str().filter(|_| is_listed);
                let what = text.map(|text| format!("has {}, which {fault}", quoted(text)));
                self.report_value(value, field, &what.unwrap_or(fault));
            }
        }
    }
}

/// Turns what serde says about a value of the wrong type into the words of TOML.
fn in_plain_words(message: &str) -> String {
    let of_types =
        message.strip_prefix("invalid type: ").and_then(|it| it.split_once(", expected "));
    let Some((found, expected)) = of_types else { return message.to_owned() };
    let named = |name| match name {
        "sequence" | "a sequence" => "a list".to_owned(),
        "map" | "a map" => "a table".to_owned(),
        name if name.starts_with("struct ") => "a table".to_owned(),
        name if name.starts_with("a ") => name.to_owned(),
        name => format!("the {name}"),
    };
    format!("must be {}, not {}", named(expected), named(found))
}

/// A text on one line, with single spaces; white space beyond ASCII stays.
pub(super) fn join_lines(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
