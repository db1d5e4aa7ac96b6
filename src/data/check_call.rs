//! How to look into an error: calls that show the state behind it, and its causes.

use serde::{Deserialize, Serialize};

use super::CatalogText;
use super::operation::{Operation, placeholder};
use super::truncate::quoted;
use super::words::is_name_byte;

/// The most characters of a value that can be put into a command.
const MAX_VALUE_LENGTH: usize = 64;

/// A read-only API call that shows the state an error is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Check {
    pub(crate) operation: CatalogText,
    pub(crate) method: CatalogText,
    pub(crate) path: CatalogText,
    pub(crate) command: CatalogText,
}

getters! { Check:
    /// The name of the operation, e.g. `ListAccounts`.
    pub operation(self) -> &str = &self.operation;

    /// The HTTP method, e.g. `GET`.
    pub method(self) -> &str = &self.method;

    /// The path of the request, with path parameters in braces.
    pub path(self) -> &str = &self.path;

    /// The command that makes the call. A value that is not known shows as the parameter's name in
    /// capitals: `--policy_id=POLICY_ID`.
    pub command(self) -> &str = &self.command;
}

impl Check {
    /// Makes a check that calls the operation with `parameters`, each written `--limit` or
    /// `--limit=10`, and with the parameters of its path. A value in capitals is a placeholder: in
    /// `--parent_id=PART_ID`, `fill` puts the value of `part_id` in its place.
    ///
    /// # Errors
    /// What is wrong with the operation or a parameter.
    pub(crate) fn new(operation: &Operation, parameters: &[&str]) -> Result<Self, String> {
        if !operation.is_read_only() {
            let Operation { name, method, .. } = operation;
            return Err(format!(
                "names '{name}', which is not a check: {method} may change something"
            ));
        }
        let mut command = operation.command();
        for given in parameters {
            let shown = quoted(given);
            let (name, value) = given.split_once('=').unwrap_or((given, ""));
            let name = name.trim_start_matches('-');
            if !operation.parameters().any(|known| known == name) {
                let operation = &operation.name;
                return Err(format!("has {shown}, which is not a parameter of {operation}"));
            }
            if !given.contains('=') {
                command += &placeholder(name);
            } else if is_harmless(value) {
                command.extend([" --", name, "=", value]);
            } else {
                let must_be = "letters, digits, '.', '_' and '-'";
                return Err(format!("has {shown}, whose value must be {must_be}"));
            }
        }
        let Operation { name, method, path, .. } = operation.clone();
        Ok(Check { operation: name, method, path, command: command.into() })
    }

    /// Replaces the placeholder of a parameter, which is its name in capitals, with the value.
    /// Changes nothing unless the value is 1 to 64 letters, digits, `.`, `_` and `-`.
    pub(crate) fn fill(&mut self, parameter: &str, value: &str) {
        if is_harmless(value) {
            // With a space at the end of the command, too, a space ends every placeholder.
            let placeholder = format!("={} ", parameter.to_ascii_uppercase());
            let command = format!("{} ", self.command).replace(&placeholder, &format!("={value} "));
            self.command = command.trim_end().to_owned().into();
        }
    }
}

/// Whether a value can stand unquoted in a command of any shell.
fn is_harmless(value: &str) -> bool {
    (1..=MAX_VALUE_LENGTH).contains(&value.len()) && value.bytes().all(is_name_byte)
}

/// A detail that a message goes on with, and the fix for that cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// What the message says.
    pub(crate) says: CatalogText,
    /// The fix for this cause.
    pub(crate) solution: CatalogText,
}

getters! { Cause:
    /// What the message says, e.g. `decrypt token fail`.
    pub says(self) -> &str = &self.says;

    /// The fix for this cause.
    pub solution(self) -> &str = &self.solution;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_filled_in_where_its_name_stands_if_no_shell_reads_it_otherwise() {
        let operation = Operation {
            service: "Demo".into(),
            name: "ListParts".into(),
            method: "GET".into(),
            path: "/v1/wholes/{whole_id}/parts".into(),
            parameters: vec!["parent_id".into()].into(),
            decodes: None,
        };
        let check = Check::new(&operation, &["--parent_id=PART_ID"]).expect("a check");
        let filled = |parameter, value: &str| {
            let mut check = check.clone();
            check.fill(parameter, value);
            check.command.into_owned()
        };
        let empty = "hcloud Demo ListParts --whole_id=WHOLE_ID --parent_id=PART_ID";
        assert_eq!(check.command(), empty);
        assert_eq!(
            filled("whole_id", "w-7x.2_k"),
            "hcloud Demo ListParts --whole_id=w-7x.2_k --parent_id=PART_ID"
        );
        assert_eq!(
            filled("part_id", "p-1"),
            "hcloud Demo ListParts --whole_id=WHOLE_ID --parent_id=p-1"
        );
        for value in ["", "a b", "$(id)", "a;b", "a/b", "é", "--x=y", &"a".repeat(65)] {
            assert_eq!(filled("whole_id", value), empty, "{value}");
        }
        assert_eq!(filled("id", "7"), empty);
    }
}
