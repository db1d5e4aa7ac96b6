//! Splits a line at `；` into clauses that each say what one call returned: `创建返回400，…；删除返回404，…`. A
//! clause that starts with a label goes on with the clause before it, and a clause without a value
//! is joined to the clause behind it.

use std::ops::Range;

use memchr::memmem;

use super::{Kind, Part, Tree};
use crate::explain::lines::line::Line;
use crate::explain::values::{Role, has_error_code};
use crate::substrings::within;

/// The mark between clauses.
const MARK: &str = "；";
/// The roles whose values tell clauses apart.
const ROLES: [Role; 2] = [Role::HttpStatus, Role::RequestId];

/// The clauses of a line as items if two have different statuses and each clause with a
/// code has a status; or the same with request IDs. `containers` are sorted by where they start; a
/// mark inside a container ends no clause.
pub(super) fn clauses(
    text: &str,
    lines: &[Line],
    containers: &[Part],
    tree: &Tree,
) -> Vec<Part<'static>> {
    let mut next = containers.iter().peekable();
    let mut container_end = 0;
    let marks = memmem::find_iter(text.as_bytes(), MARK).filter(|mark| {
        while let Some(container) = next.next_if(|it| it.place.start < *mark) {
            container_end = container_end.max(container.place.end);
        }
        *mark >= container_end
    });
    let marks: Vec<_> = marks.collect();
    let line_of = |mark: &usize| lines.partition_point(|line| line.start <= *mark);
    let mut items = Vec::new();
    for marks in marks.chunk_by(|one, next| line_of(one) == line_of(next)) {
        let Some(line) = lines[..line_of(&marks[0])].last() else { continue };
        let starts = [line.start].into_iter().chain(marks.iter().map(|mark| mark + MARK.len()));
        let ends = marks.iter().copied().chain([line.end]);
        let has_code = |clause: &Range<usize>| has_error_code(&text[clause.clone()]);
        let says_value =
            |clause: &Range<usize>| tree.has_any_of(clause, &ROLES) || has_code(clause);
        let mut clauses: Vec<Range<usize>> = Vec::new();
        for (start, end) in starts.zip(ends) {
            let own = start..end.max(start);
            let name = text[own.clone()].split(['，', ',', '：', ':']).next().unwrap_or_default();
            let is_labelled = text[own.start + name.len()..].starts_with(['：', ':']);
            match clauses.last_mut() {
                // A labelled code behind another code: the marks stand between values, not calls.
                Some(last) if is_labelled && has_code(&own) && has_code(last) => {
                    clauses.clear();
                    break;
                }
                Some(last) if is_labelled || !says_value(last) => last.end = own.end,
                _ => clauses.push(own),
            }
        }
        let value = |clause: &Range<usize>, role| {
            tree.with_role(role, clause).next().map(|field| field.value(text))
        };
        let are_apart = |role| {
            let mut values = clauses.iter().filter_map(|it| value(it, role));
            values.next().is_some_and(|first| values.any(|it| it != first))
                && clauses.iter().all(|it| value(it, role).is_some() || !has_code(it))
        };
        if !ROLES.into_iter().any(are_apart) {
            continue;
        }
        if let Some(last) = clauses.last_mut() {
            // A body in the last clause may go on below the line.
            let open = within(containers, last, |it| it.place.start);
            last.end = open.iter().map(|it| it.place.end).fold(last.end, usize::max);
        }
        items.extend(clauses.into_iter().map(|clause| Part::new(Kind::Item, clause)));
    }
    items
}
