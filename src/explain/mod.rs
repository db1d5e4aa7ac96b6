//! Errors found in raw text: what they are, how often and where.

mod scan;

use std::collections::HashMap;

use serde::Serialize;

use crate::catalog::{Catalog, Entry};

/// One distinct code met in the input.
#[derive(Debug, Clone, Serialize)]
pub struct Finding<'a> {
    /// The code, spelled as in the catalog.
    pub code: String,
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
    /// Near codes, where the code is not documented.
    pub suggestions: Vec<&'a str>,
    /// What the catalog says of it.
    pub entry: Option<&'a Entry>,
}

/// How a finding was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchedBy {
    /// By its code.
    Code,
    /// By its documented message.
    Message,
}

/// One place where a code was met, with what the input says near it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// The file, or `-` for standard input.
    pub source: String,
    /// Line, counted from 1.
    pub line: usize,
    /// The HTTP status of the response.
    pub http_status: Option<u16>,
    /// The ID of the request, which support asks for.
    pub request_id: Option<String>,
    /// The message as received.
    pub message: Option<String>,
    /// What the `{0}` of the documented message stood for.
    pub args: Vec<String>,
}

/// Every distinct code in `input`, in order of first appearance. `source` names
/// the input in the findings.
#[must_use]
pub fn explain<'a>(catalog: &'a Catalog, source: &str, input: &[u8]) -> Vec<Finding<'a>> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for found in scan::codes(catalog, input) {
        let key = found.code.to_ascii_lowercase();
        if let Some(&place) = places.get(&key) {
            findings[place].count += 1;
            continue;
        }
        places.insert(key, findings.len());
        let entry = catalog.get(&found.code);
        findings.push(Finding {
            known: entry.is_some(),
            matched_by: MatchedBy::Code,
            count: 1,
            first: Occurrence {
                source: source.to_owned(),
                line: found.line,
                http_status: None,
                request_id: None,
                message: None,
                args: Vec::new(),
            },
            status_differs: false,
            suggestions: if entry.is_some() {
                Vec::new()
            } else {
                catalog.near(&found.code)
            },
            entry,
            code: found.code,
        });
    }
    findings
}
