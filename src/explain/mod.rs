//! Errors found in raw text: what they are, how often and where.
//!
//! | what a step does | module |
//! | --- | --- |
//! | decodes bytes (`crate::bytes_to_text`) into a window that slides over the text | `input` |
//! | passes quickly over the text, up to what may be a code | `prefilter`, `codes` |
//! | keeps an input while it is read, and the region of it that is read closely | `reading`, `region` |
//! | takes off what tools put around the text there, line by line | `lines` |
//! | finds the values in it, how they are written, and the tree that they stand in | `tree` |
//! | gives each value to a code, by one rule | `owner` |
//! | puts these values, the message and the entry that fits them together | `owner::occurrence` |
//! | reads where in its files Terraform met the error, and what its JSON says twice | `terraform_diagnostics` |
//! | passes quickly over the text, up to where a message or a sentence may start | `phrases` |
//! | searches an input that names no code for documented messages | `messages` |
//! | finds the sentences that a client prints in place of a response | `client_sentences` |
//! | gathers what is found, fills in its checks, says what is near an unknown code | `explainer`, `finding` |
//! | finds codes of any service, and counts those of services that the catalog does not have | `foreign_codes` |
//!
//! Most steps ask `values` what a label or a value means; read that first. To see which value goes
//! to which code and why, read `owner` together with what it goes by: the kinds of nodes (`Kind` in
//! `tree`) and how sure a value is (`Rank` in `values`).

mod client_sentences;
mod codes;
mod explainer;
mod finding;
mod foreign_codes;
mod input;
mod lines;
mod messages;
mod owner;
mod phrases;
mod prefilter;
mod reading;
mod region;
mod terraform_diagnostics;
mod tree;
mod values;

use std::borrow::Cow;
use std::io;

use serde::{Serialize, Serializer};

use crate::catalog::{Catalog, Cause, Entry};
pub use explainer::Explainer;

/// One distinct code met in the input.
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// let log = "a Organizations.1305\nb organizations.1305\nc Organizations.1350\n";
/// let findings = orgerr::explain(catalog, "app.log", log.as_bytes());
/// assert_eq!(findings[0].code.as_deref(), Some("Organizations.1305"));
/// assert_eq!(findings[0].count, 2);
/// assert!(!findings[1].known && findings[1].entry.is_none());
/// assert_eq!(findings[1].suggestions[0].code(), "Organizations.1305");
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding<'a> {
    /// The code, spelled as in the catalog; none where it was left out.
    pub code: Option<String>,
    /// Whether the catalog documents it.
    pub known: bool,
    /// How it was recognised: by its code or, where the input names none, by a
    /// documented message.
    pub matched_by: MatchedBy,
    /// How often it was met.
    pub count: usize,
    /// The first time it was met.
    pub first: Occurrence,
    /// Whether the input's HTTP status is not the documented one.
    pub status_differs: bool,
    /// The codes that it can be where it was left out, the likeliest first.
    #[serde(serialize_with = "codes_of")]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub candidates: Vec<&'a Entry>,
    /// What to know where it was left out.
    #[serde(skip)]
    pub remarks: Vec<&'a str>,
    /// Near codes, where the code is not documented.
    #[serde(serialize_with = "codes_of")]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub suggestions: Vec<&'a Entry>,
    /// The code's address in the vendor's error centre, where it is not documented.
    pub url: Option<String>,
    /// What the catalog says of it: of several entries with the code, the one that fits
    /// the first time it was met, with values from the input filled into its checks.
    pub entry: Option<Cow<'a, Entry>>,
    /// Whether message and HTTP status distinguish that entry from the code's others; true
    /// where there is one.
    #[serde(skip)]
    pub is_unambiguous: bool,
    /// The command that makes the first occurrence's `encoded_authorization_message` readable.
    #[serde(skip)]
    pub decode: Option<String>,
}

/// Writes the codes of entries.
fn codes_of<S: Serializer>(entries: &[&Entry], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(entries.iter().map(|entry| entry.code()))
}

impl Finding<'_> {
    /// What the catalog says of it, where it is known.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.entry.as_deref()
    }
}

/// How a finding was recognised.
///
/// ```
/// use orgerr::{Catalog, MatchedBy, explain};
///
/// let findings = explain(Catalog::embedded(), "-", b"error: quota exceeded for account.");
/// assert_eq!(findings[0].matched_by, MatchedBy::Message);
/// assert_eq!(findings[0].code.as_deref(), Some("Organizations.1305"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MatchedBy {
    /// By its code.
    Code,
    /// By its documented message.
    Message,
    /// By a fixed sentence that a client put in place of the response.
    Sentence,
}

/// One place where a code was met, with what the input says near it.
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// let response = "HTTP/1.1 403 Forbidden\n\n{\"error_code\":\"Organizations.1007\",\"error_msg\":\
///     \"Policy doesn't allow 'organizations:accounts:create' to be performed.\"}";
/// let first = &orgerr::explain(catalog, "-", response.as_bytes())[0].first;
/// assert_eq!((first.line, first.http_status), (3, Some(403)));
/// assert_eq!(first.args, ["organizations:accounts:create"]);
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Occurrence {
    /// The file, or `-` for standard input.
    pub source: String,
    /// Line, counted from 1.
    pub line: u64,
    /// The HTTP status of the response.
    pub http_status: Option<u16>,
    /// The ID of the request, which support asks for.
    pub request_id: Option<String>,
    /// The message as received.
    pub message: Option<String>,
    /// What the `{0}` of the documented message stood for.
    pub args: Vec<String>,
    /// The request that was answered so.
    pub request: Option<Request>,
    /// Where in its files Terraform met it.
    pub resource: Option<Resource>,
    /// The one of the entry's causes that the message says.
    pub cause: Option<Cause>,
    /// What the service wrote about a refused permission, to be decoded by another call.
    pub encoded_authorization_message: Option<String>,
}

/// The request that failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Request {
    /// The method, e.g. `POST`, where the input says it.
    pub method: Option<String>,
    /// The address, where the input says it; without the server where it does not say which.
    pub url: Option<String>,
}

/// What Terraform was working on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Resource {
    /// The address of the resource, e.g. `huaweicloud_organizations_policy.deny`.
    pub address: String,
    /// The file that declares it.
    pub file: Option<String>,
    /// The line there, counted from 1.
    pub line: Option<u64>,
}

/// An error code of a service that the catalog does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignCode {
    /// The code as it was met first.
    pub code: String,
    /// How often it was met.
    pub count: usize,
}

/// What was found in all inputs, and what was left out.
///
/// ```
/// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
/// let codes: String = (100_000..105_000).map(|n| format!("Organizations.{n}\n")).collect();
/// explainer.read("-", codes.as_bytes())?;
/// let report = explainer.finish();
/// assert_eq!((report.findings.len(), report.dropped_unknown), (4096, true));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report<'a> {
    /// The findings, in order of first appearance.
    pub findings: Vec<Finding<'a>>,
    /// Codes of services that the catalog does not have, the most frequent first.
    pub foreign_codes: Vec<ForeignCode>,
    /// The inputs that were not read as what they look like, or not searched to their end.
    pub unread: Vec<(String, Unread)>,
    /// Whether unknown codes were dropped at the limit.
    pub dropped_unknown: bool,
}

/// Why an input was not read as what it looks like, or not to its end. It prints as what follows
/// the name of the input in a sentence: `looks like a zip archive; unpack it first`.
///
/// ```
/// use orgerr::{Catalog, Explainer, Unread};
///
/// let mut explainer = Explainer::new(Catalog::embedded());
/// explainer.read("app.log.zst", &b"\x28\xb5\x2f\xfd\x04"[..])?;
/// let (source, unread) = &explainer.finish().unread[0];
/// assert_eq!(source, "app.log.zst");
/// assert_eq!(*unread, Unread::NoText("a file compressed with zstd; unpack it first"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unread {
    /// It looks like this, which is no text; and what to do about it.
    #[error("looks like {0}")]
    NoText(&'static str),
    /// It begins like a gzip file, but cannot be unpacked.
    #[error("begins like a gzip file but is none; it was read as it is")]
    NoGzip,
    /// Bytes after the end of what gzip compressed were left out.
    #[error("has more after what gzip compressed; that was left out")]
    AfterGzip,
    /// It is too long to be searched for messages to its end.
    #[error("names no code; only its first 64 MiB were searched for documented messages")]
    SearchedInPart,
}

/// Every distinct code in `input`, in order of first appearance. `source` names
/// the input in the findings. For inputs that do not fit into memory, or that are
/// still being written, see [`Explainer`].
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// let body = r#"{"error_code":"Organizations.1305","request_id":"f6a3b1de9c02"}"#;
/// let findings = orgerr::explain(catalog, "-", body.as_bytes());
/// assert_eq!(findings[0].first.request_id.as_deref(), Some("f6a3b1de9c02"));
/// ```
#[must_use]
pub fn explain<'a>(catalog: &'a Catalog, source: &str, input: &[u8]) -> Vec<Finding<'a>> {
    let mut explainer = Explainer::new(catalog);
    // A slice can always be read.
    let _: io::Result<()> = explainer.read(source, input);
    explainer.finish().findings
}
