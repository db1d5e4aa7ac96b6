//! Findings as they are met first.

use std::borrow::Cow;
use std::ops::Range;

use super::filled_checks::filled_in;
use super::input::window::Window;
use super::owner::context::Choice;
use super::owner::context::Context;
use super::{Finding, MatchedBy, Occurrence, Request, Resource};
use crate::catalog::{Catalog, Operation};

/// Where the vendor looks up any code.
const ERROR_CENTRE: &str = "https://apierrorcenter.developer.huaweicloud.com/apierrorcenter";

/// The finding of what is met for the first time, without what is said of unknown codes.
pub fn met_once<'a>(
    catalog: &'a Catalog,
    code: Option<String>,
    matched_by: MatchedBy,
    choice: Choice<'a>,
    mut first: Occurrence,
) -> Finding<'a> {
    let Choice { entry, is_unambiguous } = choice;
    let message = first.message.as_deref().unwrap_or_default().to_lowercase();
    let mut causes = entry.iter().flat_map(|entry| entry.causes());
    let cause = causes.find(|cause| message.contains(&cause.says().to_lowercase()));
    first.cause = cause.cloned();
    let filled = entry.map(|entry| match &first.request {
        Some(request) => filled_in(catalog, entry, request),
        None => Cow::Borrowed(entry),
    });
    let decode = first.encoded_authorization_message.as_ref();
    let decode = decode.and_then(|_| decoding(catalog));
    let status = first.http_status.zip(entry);
    Finding {
        known: entry.is_some(),
        matched_by,
        count: 1,
        status_differs: status.is_some_and(|(status, entry)| status != entry.status()),
        first,
        candidates: Vec::new(),
        remarks: Vec::new(),
        suggestions: Vec::new(),
        url: None,
        entry: filled,
        is_unambiguous,
        decode,
        code,
    }
}

/// The command that makes readable what the service wrote about a refused permission.
fn decoding(catalog: &Catalog) -> Option<String> {
    let mut operations = catalog.operations().iter();
    let decodes = |it: &&Operation| it.decodes() == Some("encoded_authorization_message");
    operations.find(decodes).map(Operation::full_command)
}

/// The address of a code in the vendor's error centre, where its service is the vendor's.
pub fn in_error_centre(code: &str) -> Option<String> {
    let (service, _) = code.rsplit_once('.')?;
    let is_vendors = Catalog::embedded().service(service).is_some();
    is_vendors.then(|| format!("{ERROR_CENTRE}?keyword={code}&product={service}"))
}

/// What the window says of an occurrence, and the resource that a diagnostic names.
pub fn occurrence(
    window: &Window,
    place: &Range<usize>,
    context: Context,
    resource: Option<Resource>,
) -> Occurrence {
    let request = context.request.map(|(method, url)| Request { method, url });
    Occurrence {
        source: window.source.to_owned(),
        line: window.line_of(place.start),
        http_status: context.http_status,
        request_id: context.request_id,
        message: context.message,
        args: context.args,
        request,
        resource,
        cause: None,
        encoded_authorization_message: context.authorization,
    }
}

/// The bytes of the texts of an occurrence.
pub fn text_length(first: &Occurrence) -> usize {
    let texts = [&first.message, &first.request_id, &first.encoded_authorization_message];
    let texts = texts.into_iter().flatten();
    let request = first.request.iter().map(|it| &it.url);
    let resource = first.resource.iter().map(|it| &it.address);
    let all = texts.chain(request).chain(resource).chain([&first.source]);
    all.map(String::len).sum()
}
