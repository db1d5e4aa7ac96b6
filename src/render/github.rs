//! Records as annotations in a workflow of GitHub Actions.

use orgerr::{Entry, Finding};

use super::card::line;
use super::record::{Field, slots, split_title};
use super::text::Text;
use crate::sanitize::sanitized;
use crate::source::STDIN;

/// The workflow command that annotates a line of a file, or the whole run, with the fields of a
/// finding; empty without a finding. An error that a retry may solve is a warning.
pub(super) fn annotation(finding: Option<&Finding>, fields: Vec<Field>) -> String {
    let Some(finding) = finding else {
        return String::new();
    };
    let mut codes =
        finding.entry().into_iter().chain(finding.candidates.iter().copied()).peekable();
    let is_warning = codes.peek().is_some() && codes.all(Entry::retryable);
    let kind = if is_warning { "warning" } else { "error" };
    let place = place(finding)
        .map(|(file, line)| format!("file={},line={line},", property(&sanitized(file))))
        .unwrap_or_default();
    let (title, fields) = split_title(fields, slots::LINE_TITLE, slots::ANNOTATION);
    let title = title.iter().map(Text::unstyled).collect::<Vec<_>>().join(" ");
    let message = line(Vec::new(), fields).unstyled();
    // GitHub drops an annotation whose message is empty.
    let message = data(if message.is_empty() { &title } else { &message });
    format!("::{kind} {place}title={}::{message}\n", property(&title))
}

/// The file and the line to annotate: in the files of Terraform if the input names the place, else
/// in the input itself, unless that is standard input.
fn place<'a>(finding: &'a Finding) -> Option<(&'a str, u64)> {
    let first = &finding.first;
    let declared = first.resource.as_ref().and_then(|it| Some((it.file.as_deref()?, it.line?)));
    let found = (first.source != STDIN).then_some((&*first.source, first.line));
    declared.or(found)
}

/// Escapes a message. Line ends need no escape: `sanitized` has removed them from every text.
fn data(text: &str) -> String {
    text.replace('%', "%25")
}

/// Escapes the value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
