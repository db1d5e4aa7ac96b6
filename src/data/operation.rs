//! The operations of the services' APIs, and the commands that call them. `filled_in` in
//! `explain/finding.rs` finds the operation that the path of a request belongs to.

use serde::Deserialize;

use super::{CatalogList, CatalogText};

/// A call of a service's API.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Operation {
    #[serde(skip)]
    pub(crate) service: CatalogText,
    #[serde(skip)]
    pub(crate) name: CatalogText,
    /// The HTTP method. Only an operation that is called with GET or HEAD can be a check.
    pub(crate) method: CatalogText,
    /// The path of the request, with path parameters in braces.
    pub(crate) path: CatalogText,
    /// The parameters that are not part of the path.
    #[serde(default)]
    pub(crate) parameters: CatalogList<CatalogText>,
    /// The value of a response that it makes readable.
    pub(crate) decodes: Option<CatalogText>,
}

getters! { Operation:
    /// The service whose API has the operation, e.g. `Organizations`.
    pub service(self) -> &str = &self.service;

    /// The name of the operation, e.g. `ListAccounts`.
    pub name(self) -> &str = &self.name;

    /// The HTTP method, e.g. `GET`.
    pub method(self) -> &str = &self.method;

    /// The path of the request, with path parameters in braces:
    /// `/v1/organizations/policies/{policy_id}`.
    pub path(self) -> &str = &self.path;

    /// The parameters that are not part of the path.
    pub parameters(self) -> impl ExactSizeIterator<Item = &str> = self.parameters.iter().map(AsRef::as_ref);

    /// The field of a response that the operation decodes: `encoded_authorization_message`.
    pub(crate) decodes(self) -> Option<&str> = self.decodes.as_deref();

    /// Whether the call changes nothing.
    pub is_read_only(self) -> bool = matches!(&*self.method, "GET" | "HEAD");
}

impl Operation {
    /// The command that makes the call, with a placeholder for each parameter: `--limit=LIMIT`.
    pub(crate) fn full_command(&self) -> String {
        let parameters: String = self.parameters().map(placeholder).collect();
        self.command() + &parameters
    }

    /// The command that makes the call, with a placeholder for each parameter of the path.
    ///
    /// ```
    /// let mut operations = orgerr::Catalog::embedded().operations().iter();
    /// let show = operations.find(|operation| operation.name() == "ShowPolicy").unwrap();
    /// assert_eq!(show.command(), "hcloud Organizations ShowPolicy --policy_id=POLICY_ID");
    /// ```
    pub fn command(&self) -> String {
        let parameters = self.path.split('/').filter_map(path_parameter);
        let parameters: String = parameters.map(placeholder).collect();
        format!("hcloud {} {}{parameters}", self.service, self.name)
    }
}

/// The name of a path parameter: `policy_id` for the part `{policy_id}` of a path.
pub(crate) fn path_parameter(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// A space and the option for a parameter without a value: ` --policy_id=POLICY_ID`.
pub(super) fn placeholder(parameter: &str) -> String {
    format!(" --{parameter}={}", parameter.to_ascii_uppercase())
}
