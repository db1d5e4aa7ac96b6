//! Records as annotations in a workflow of GitHub Actions.

use orgerr::{Entry, Finding};

use super::card::line;
use super::record::{Field, slots, split_title};
use super::text::Text;
use crate::sanitize::sanitized;
use crate::source::STDIN;

/// The workflow command that annotates a line of a file, or the run, with what the fields say
/// of a finding; nothing without one. What can be retried is a warning.
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

/// Where to annotate: in the files of Terraform where the input says it, else in the input
/// unless that is standard input.
fn place<'a>(finding: &'a Finding) -> Option<(&'a str, u64)> {
    let first = &finding.first;
    let declared = first.resource.as_ref().and_then(|it| Some((it.file.as_deref()?, it.line?)));
    let found = (first.source != STDIN).then_some((&*first.source, first.line));
    declared.or(found)
}

/// Escaped as a message. Line ends need no escape: `sanitized` has taken them out of every text.
fn data(text: &str) -> String {
    text.replace('%', "%25")
}

/// Escaped as the value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
