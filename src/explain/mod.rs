//! Errors found in raw text: what they are, how often and where.
//!
//! | what a step does | module |
//! | --- | --- |
//! | reads bytes, decodes them (`crate::bytes_to_text`) and keeps a window of their text | `input` |
//! | skips most of the text, and finds codes in the rest | `prefilter`, `codes` |
//! | holds the state of one input, and the region that was last read closely | `reading`, `region` |
//! | removes what tools put around the region's lines, such as prefixes and frames | `lines` |
//! | finds the fields in the region, and builds the tree of nodes that they stand in | `tree` |
//! | decides which code each value belongs to, by one rule | `owner` |
//! | makes an occurrence of these values and the message, and picks the entries that fit | `owner::occurrence` |
//! | reads the resource, file and line that Terraform names, and detects what its JSON repeats | `terraform_diagnostics` |
//! | skips most of the text, and finds where a message or a client's sentence may start | `phrases` |
//! | searches an input that names no code for documented messages | `messages` |
//! | finds the sentences that a client prints in place of a response | `client_sentences` |
//! | collects the findings, fills values into their checks, suggests codes near an unknown one | `explainer`, `finding` |
//! | finds codes of any service, and counts those of services that the catalog does not have | `foreign_codes` |
//!
//! Most steps ask `values` what a label or a value means; read that first. To see which value goes
//! to which code and why, read `owner`, then what its rule uses: the kinds of nodes (`Kind` in
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

/// One distinct code found in the input, or one failure whose code a client left out.
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
    /// The code, spelled as in the catalog; none if a client left it out.
    pub code: Option<String>,
    /// Whether the catalog documents the code.
    pub known: bool,
    /// How the finding was recognised: by its code, by a documented message or by a client's
    /// sentence.
    pub matched_by: MatchedBy,
    /// How often it was found.
    pub count: usize,
    /// The first place where it was found, and what the input says there.
    pub first: Occurrence,
    /// Whether the HTTP status of the first occurrence differs from the documented one.
    pub status_differs: bool,
    /// If a client left out the code: the codes that it can be, the likeliest first.
    #[serde(serialize_with = "codes_of")]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub candidates: Vec<&'a Entry>,
    /// If a client left out the code: advice, e.g. that `TF_LOG=DEBUG` shows the code.
    #[serde(skip)]
    pub remarks: Vec<&'a str>,
    /// If the catalog does not document the code: similar codes that it documents.
    #[serde(serialize_with = "codes_of")]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub suggestions: Vec<&'a Entry>,
    /// The code's address in the vendor's error centre, if the service is the vendor's but the
    /// catalog does not document the code.
    pub url: Option<String>,
    /// What the catalog says of the code, with values from the input filled into the checks. If the
    /// code has several entries, the one that fits the first occurrence.
    pub entry: Option<Cow<'a, Entry>>,
    /// Whether no other entry of the code fits the first occurrence's message and HTTP status; also
    /// true if the code has no entry.
    #[serde(skip)]
    pub is_unambiguous: bool,
    /// The command that makes the first occurrence's `encoded_authorization_message` readable.
    #[serde(skip)]
    pub decode: Option<String>,
}

/// Serializes entries as a list of their codes.
fn codes_of<S: Serializer>(entries: &[&Entry], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(entries.iter().map(|entry| entry.code()))
}

impl Finding<'_> {
    /// What the catalog says of the code, if the code is known.
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

/// One place where a code was found, with what the input says about it there.
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
    /// What the input says in place of `{0}`, `{1}` … in the documented message.
    pub args: Vec<String>,
    /// The request that failed.
    pub request: Option<Request>,
    /// The Terraform resource that the error is about.
    pub resource: Option<Resource>,
    /// The cause that the message names, one of the entry's causes.
    pub cause: Option<Cause>,
    /// The service's encoded text about a refused permission; another call decodes it.
    pub encoded_authorization_message: Option<String>,
}

/// The request that failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Request {
    /// The method, e.g. `POST`, if the input says it.
    pub method: Option<String>,
    /// The address, if the input says it; only the path if the input names no server.
    pub url: Option<String>,
}

/// The Terraform resource that an error is about, and where it is declared.
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
    /// The code, spelled as in the input.
    pub code: String,
    /// How often it was found.
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
    /// The inputs that could not be read as their format, or not to their end, and why.
    pub unread: Vec<(String, Unread)>,
    /// Whether unknown codes were left out because they reached the memory limit.
    pub dropped_unknown: bool,
}

/// Why an input could not be read as its format, or not to its end. Prints as the part of a
/// sentence after the input's name: `looks like a zip archive; unpack it first`.
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
    /// Names a format that is not text, and what to do about it: `a zip archive; unpack it first`.
    #[error("looks like {0}")]
    NoText(&'static str),
    /// The input begins like a gzip file, but cannot be unpacked.
    #[error("begins like a gzip file but is none; it was read as it is")]
    NoGzip,
    /// The bytes after the end of the compressed data were left out.
    #[error("has more after what gzip compressed; that was left out")]
    AfterGzip,
    /// The input is too long to be searched to its end for documented messages.
    #[error("names no code; only its first 64 MiB were searched for documented messages")]
    SearchedInPart,
}

/// A finding for every distinct code in `input`, in order of first appearance. `source`
/// names the input in the findings. For inputs that do not fit into memory, or that are still being
/// written, see [`Explainer`].
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
