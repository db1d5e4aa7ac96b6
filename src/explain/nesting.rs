//! The objects of a text, `{` to `}`, one in another.

use std::collections::HashSet;
use std::iter;
use std::ops::Range;

use memchr::memchr3_iter;

use super::records::starts_record;

/// Which object of a text each place is in.
pub struct Nesting {
    /// The objects by their start.
    pub objects: Vec<Object>,
    /// Where another object becomes the innermost, ascending, with its number.
    changes: Vec<(usize, Option<usize>)>,
}

/// From `{` to `}`.
pub struct Object {
    pub place: Range<usize>,
    /// The number of the object that it is a member of.
    parent: Option<usize>,
    /// Where the list starts that it is an element of.
    list: Option<usize>,
}

impl Nesting {
    /// The objects of a text, as they stand in the records of a log.
    pub fn new(text: &str) -> Self {
        let mut objects: Vec<Object> = Vec::new();
        let mut changes = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut closed = None;
        let bytes = text.as_bytes();
        for at in memchr3_iter(b'{', b'}', b'\n', bytes) {
            match bytes[at] {
                // What a record leaves open ends with it.
                b'\n' if !open.is_empty() && starts_record(&text[at + 1..]) => {
                    for object in open.drain(..) {
                        objects[object].place.end = at;
                    }
                    changes.push((at, None));
                }
                b'{' => {
                    let parent = open.last().copied();
                    let before = text[..at].trim_end();
                    let list = match before.strip_suffix(',') {
                        // The element before it was closed last.
                        Some(before) if before.trim_end().ends_with('}') => {
                            closed.and_then(|closed: usize| objects[closed].list)
                        }
                        Some(_) => None,
                        None => before.ends_with('[').then(|| before.len() - 1),
                    };
                    open.push(objects.len());
                    changes.push((at, Some(objects.len())));
                    objects.push(Object {
                        place: at..text.len(),
                        parent,
                        list,
                    });
                }
                b'}' => {
                    closed = open.pop();
                    if let Some(object) = closed {
                        objects[object].place.end = at + 1;
                        changes.push((at + 1, open.last().copied()));
                    }
                }
                _ => {}
            }
        }
        Nesting { objects, changes }
    }

    /// The number of the innermost object that `place` is in.
    pub fn innermost(&self, place: usize) -> Option<usize> {
        let next = self.changes.partition_point(|(at, _)| *at <= place);
        self.changes[next.checked_sub(1)?].1
    }

    /// For each object whether it is in an element of a list while `place` is in another
    /// element of it. The objects that `place` is in are `around` it.
    pub fn in_other_elements(&self, around: &[usize]) -> Vec<bool> {
        let own = around
            .iter()
            .filter_map(|object| self.objects[*object].list);
        let own: HashSet<_> = own.collect();
        if own.is_empty() {
            return vec![false; self.objects.len()];
        }
        let around: HashSet<_> = around.iter().copied().collect();
        let mut in_others: Vec<bool> = Vec::with_capacity(self.objects.len());
        for (number, object) in self.objects.iter().enumerate() {
            let is_in_other = || object.parent.is_some_and(|parent| in_others[parent]);
            let is_other = object.list.is_some_and(|list| own.contains(&list));
            in_others.push(!around.contains(&number) && (is_other || is_in_other()));
        }
        in_others
    }

    /// The numbers of the objects that `place` is in, innermost first.
    pub fn around(&self, place: usize) -> Vec<usize> {
        let parent = |object: &usize| self.objects[*object].parent;
        iter::successors(self.innermost(place), parent).collect()
    }
}
