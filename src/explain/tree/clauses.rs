//! Clauses of one line, with `；` between, that each say what a call gave: `创建返回400，…；删除返回404，…`.
//! A labelled value goes on with the clause before it, and what says none with the one behind it.

use std::ops::Range;

use memchr::memmem;

use super::{Kind, Part, Tree};
use crate::explain::lines::line::Line;
use crate::explain::values::{Role, has_error_code};
use crate::substrings::within;

/// What stands between such clauses.
const MARK: &str = "；";
/// What two of them say differently.
const ROLES: [Role; 2] = [Role::HttpStatus, Role::RequestId];

/// The clauses of lines as items: two of a line say different statuses, or request IDs, and each
/// with a code says one. `containers` are in the order in which they start; a mark within one ends
/// no clause.
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
                // The marks stand between the values of one call, and something else between calls.
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
            // A body may go on below.
            let open = within(containers, last, |it| it.place.start);
            last.end = open.iter().map(|it| it.place.end).fold(last.end, usize::max);
        }
        items.extend(clauses.into_iter().map(|clause| Part::new(Kind::Item, clause)));
    }
    items
}
