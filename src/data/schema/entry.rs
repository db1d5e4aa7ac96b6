//! The `[[entry]]` tables.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::problem::listed;
use super::super::words::is_number;
use super::super::{Entry, List, begins_with_retry};
use super::service::{Declared, Services};
use super::value::{Field, Record};
use super::{ENTRY_FIELDS, MAX_DIGITS, Reader, owned};

/// The codes met so far; where they may have several entries, with status and message.
pub(super) type Codes<'a> = HashSet<(&'a str, Option<(u16, &'a str)>)>;

impl<'t> Reader<'_> {
    pub(super) fn entry<'a>(
        &mut self,
        record: &Record<'a, 't>,
        services: &Services<'a, 't>,
        codes: &mut Codes<'a>,
    ) -> Option<Entry> {
        let [
            code,
            status,
            message,
            description,
            solution,
            category,
            action,
            note,
        ] = self.fields(record, &ENTRY_FIELDS);
        let service = self.service_of(record, code, services);
        let status = self.status(record, status);
        let message = self.text(record, message);
        let description = self.text(record, description);
        let solution = self.text(record, solution);
        let category = self.category(record, category, service);
        let action = self.action(record, action);
        let note = self.text(record, note);
        let (service, code_text) = (service?, code.text()?);
        let variant = || Some((status?, message?.as_ref()));
        let variant = if service.has_variants {
            Some(variant()?)
        } else {
            None
        };
        if !codes.insert((code_text, variant)) {
            self.wrong(record, code, "names an entry again");
        }
        let service = service.service.as_ref()?;
        let solution = owned(solution?);
        Some(Entry {
            code: owned(code_text),
            service: service.name.clone(),
            status: status?,
            message: owned(message?),
            description: owned(description?),
            category: owned(category?),
            action: action?,
            retryable: begins_with_retry(&solution),
            check: List::default(),
            causes: List::default(),
            wordings: List::default(),
            documented: true,
            note: note.map(|note| owned(note)),
            url: service.page_text().cloned(),
            solution,
        })
    }

    /// The service that the entry's code starts with.
    fn service_of<'s, 'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
        services: &'s Services<'a, 't>,
    ) -> Option<&'s Declared<'a, 't>> {
        let code = self.text(record, field)?;
        let (name, digits) = code.rsplit_once('.').unwrap_or((code, ""));
        let is_number = digits.len() <= MAX_DIGITS && is_number(digits);
        if is_number && let Some(index) = services.by_name.get(name) {
            return services.declared.get(*index);
        }
        if is_number && !services.are_named {
            // It may be of one whose name could not be read.
            return None;
        }
        let spelled = services.by_spelling.get(&name.to_ascii_lowercase());
        let service = spelled.and_then(|index| services.declared[*index].name.as_ref());
        let expected = match service {
            Some((_, name)) if is_number => {
                format!("must begin with the name as it is spelled in [[service]]: {name}.{digits}")
            }
            _ => {
                let names = services.declared.iter().filter_map(|it| it.name.as_ref());
                format!(
                    "must be the name of a [[service]] ({}), a dot and 1 to {MAX_DIGITS} digits",
                    listed(names.map(|(_, name)| name.as_ref()))
                )
            }
        };
        self.wrong(record, field, &expected);
        None
    }

    fn category<'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
        service: Option<&Declared>,
    ) -> Option<&'a Cow<'t, str>> {
        let category = self.text(record, field)?;
        let known = service?.categories.as_ref()?;
        if !known.iter().any(|(_, name)| *name == category) {
            let names = listed(known.iter().map(|(_, name)| name.as_ref()));
            self.wrong(record, field, &format!("must be one of {names}"));
            return None;
        }
        Some(category)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::tests::{ENTRY, SERVICE, problems};

    #[test]
    fn a_wrong_value_is_named_with_its_place_entry_and_field() {
        for (right, wrong, problem) in [
            (
                "404",
                "604",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "404",
                "0x404",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "404",
                "\"404\"",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "\"no such demo.\"",
                "\" \"",
                "12:11: Demo.0001: the field 'message' is empty",
            ),
            (
                "\"no such demo.\"",
                "7",
                "12:11: Demo.0001: the field 'message' must be text",
            ),
            (
                "= \"two\"",
                "= \"six\"",
                "15:12: Demo.0001: the field 'category' must be one of one, two",
            ),
            (
                "\"retry\"",
                "\"pray\"",
                "16:10: Demo.0001: the field 'action' must be one of retry, ",
            ),
            (
                "Demo.0001",
                "Demo.x1",
                "10:8: Demo.x1: the field 'code' must be the name of a [[service]] (Demo)",
            ),
            (
                "action",
                "acton",
                "16:1: Demo.0001: the field 'acton' is unknown; there are code, ",
            ),
        ] {
            let text = format!("{SERVICE}{ENTRY}").replace(right, wrong);
            let found = problems(&text);
            assert!(
                found.iter().any(|found| found.starts_with(problem)),
                "{found:#?}"
            );
        }
    }

    #[test]
    fn a_missing_field_is_named_with_its_entry() {
        let text = format!("{SERVICE}{ENTRY}").replace("status = 404\n", "");
        assert_eq!(
            problems(&text),
            ["9:1: Demo.0001: the field 'status' is missing"]
        );
    }

    #[test]
    fn a_code_stands_for_one_entry() {
        let text = format!("{SERVICE}{ENTRY}{ENTRY}");
        assert_eq!(
            problems(&text),
            ["19:8: Demo.0001: the field 'code' names an entry again"]
        );
    }

    #[test]
    fn a_code_is_of_a_service_as_that_is_spelled() {
        let service = format!("{SERVICE}aliases = [\"DM\"]\n");
        let problem = |code: &str| {
            let entry = ENTRY.replace("Demo.0001", code);
            problems(&format!("{service}{entry}")).remove(0)
        };
        for code in ["demo.0001", "DM.0001"] {
            let expected = format!(
                "11:8: {code}: the field 'code' must begin with the name as it is spelled in \
                 [[service]]: Demo.0001"
            );
            assert_eq!(problem(code), expected);
        }
        for code in [
            "Demo.",
            "Demo",
            "Demo-0001",
            "Other.0001",
            "Demo. 1",
            "demo.x",
        ] {
            let expected = format!(
                "11:8: {code}: the field 'code' must be the name of a [[service]] (Demo), a dot \
                 and 1 to 32 digits"
            );
            assert_eq!(problem(code), expected);
        }
        let digits = |count| ENTRY.replace("0001", &"1".repeat(count));
        assert!(parse(&format!("{service}{}", digits(32))).is_ok());
        assert_eq!(problems(&format!("{service}{}", digits(33))).len(), 1);
    }
}
