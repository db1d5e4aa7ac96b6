//! The tables of a catalog's TOML, as they are written. The JSON Schema is made of these,
//! comments included.

use serde::Deserialize;

use super::super::Action;
use super::rules::{Checked, Code, MAX_MESSAGE_LENGTH, Name, Number, Path, Prose};

/// A message: text that responses and logs are searched for.
type Message = Checked<Prose<MAX_MESSAGE_LENGTH>>;
/// A description, a solution or a remark.
type Sentences = Checked<Prose<16384>>;
type Line = Checked<Prose<512>>;
type Address = Checked<Prose<2048>>;

/// A service whose error codes the catalog describes.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceRecord {
    /// What its codes start with.
    pub(super) name: Checked<Name>,
    /// Its full name.
    pub(super) title: Line,
    /// The address of its documentation of errors.
    pub(super) url: Address,
    /// The day on which that was last updated, YYYY-MM-DD.
    pub(super) updated: Line,
    /// The categories that its entries may have.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub(super) categories: Vec<Checked<Name>>,
    /// Other spellings of the name.
    #[serde(default)]
    pub(super) aliases: Vec<Checked<Name>>,
    /// Whether a code may have several entries, distinguished by status and message.
    #[serde(default)]
    pub(super) variants: bool,
    /// What a hit of a search is worth if it is of this service, in percent.
    pub(super) search_weight: Option<Number<1, 100>>,
}

/// An error code.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryRecord {
    /// The name of a service, a dot, and a number or a word.
    pub(super) code: Checked<Code>,
    /// The HTTP status of a response with the code.
    pub(super) status: Number<100, 599>,
    /// The message of the response; {0} stands for a value that the service fills in.
    pub(super) message: Message,
    /// What went wrong.
    pub(super) description: Sentences,
    /// The suggested fix.
    pub(super) solution: Sentences,
    /// One of the categories of the service.
    pub(super) category: Checked<Name>,
    /// Who or what resolves the error.
    pub(super) action: Action,
    /// Read-only calls that show the state the error is about, the most telling first: the
    /// name of an operation, that of its service before it where it is another, and behind
    /// it the query parameters to give, e.g. `ListEntities --parent_id`.
    #[serde(default)]
    #[cfg_attr(test, schemars(length(max = 3)))]
    pub(super) check: Vec<Line>,
    /// What the message may go on with, and the fix for that cause.
    #[serde(default)]
    pub(super) causes: Vec<CauseRecord>,
    /// Other messages of the code.
    #[serde(default)]
    pub(super) wordings: Vec<Message>,
    /// The operations that can return the error; any of the service without the field.
    #[serde(default)]
    pub(super) returned_by: Vec<Checked<Name>>,
    /// Whether the documentation of the service has the code.
    #[serde(default = "yes")]
    pub(super) documented: bool,
    /// A remark of the catalog's own.
    pub(super) note: Option<Sentences>,
}

fn yes() -> bool {
    true
}

/// A detail that a message goes on with, and the fix for that cause.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CauseRecord {
    /// What the message says.
    pub(super) says: Line,
    /// The fix for this cause.
    pub(super) solution: Sentences,
}

/// A call of a service's API.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationRecord {
    /// The HTTP method. Only an operation that is called with GET or HEAD can be a check.
    pub(super) method: Method,
    /// The path of the request, with path parameters in braces.
    pub(super) path: Checked<Path>,
    /// The parameters that are not part of the path.
    #[serde(default)]
    pub(super) parameters: Vec<Checked<Name>>,
    /// The value of a response that it makes readable.
    #[serde(default)]
    pub(super) decodes: Option<Checked<Name>>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As HTTP spells it.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}
