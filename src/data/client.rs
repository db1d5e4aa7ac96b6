//! What a client such as Terraform prints in place of a response.

use serde::Deserialize;

use super::{CatalogList, CatalogText};

/// A client, and what it prints for an HTTP status.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Client {
    /// What the user should know if the client left out the code.
    pub(crate) note_without_code: CatalogText,
    pub(crate) sentences: CatalogList<Sentence>,
}

/// A sentence that a client prints for an HTTP status.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentence {
    /// What the sentence begins with.
    pub(crate) says: CatalogText,
    /// The HTTP status that it stands for.
    pub(crate) status: u16,
    /// Whether the client leaves out the response after the sentence, and with it the code.
    #[serde(default)]
    pub(crate) leaves_out_code: bool,
    /// The codes to suggest after those that the calls can return, the likeliest first.
    #[serde(default)]
    pub(crate) likely: CatalogList<CatalogText>,
    /// What else the user should know if the code is left out.
    pub(crate) note: Option<CatalogText>,
}

/// A kind of resource that a client manages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManagedResource {
    /// The name of the kind, e.g. `huaweicloud_organizations_account`.
    pub(crate) name: CatalogText,
    /// The service whose operations its steps call.
    pub(crate) service: CatalogText,
    /// The steps in which the client handles the resource.
    pub(crate) steps: CatalogList<Step>,
}

/// Operations that a client calls in one step, and what it says if one of them fails.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// What the client says, if anything; `{0}` stands for a name or an ID.
    pub(crate) says: Option<CatalogText>,
    /// The operations that the client calls, in order.
    pub(crate) calls: CatalogList<CatalogText>,
}
