//! The objects of a text, `{` to `}`, one in another.

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
    /// Whether it is an element of a list.
    is_element: bool,
}

impl Nesting {
    /// The objects of a text, as they stand in the records of a log.
    pub fn new(text: &str) -> Self {
        let mut objects: Vec<Object> = Vec::new();
        let mut changes = Vec::new();
        let mut open: Vec<usize> = Vec::new();
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
                    open.push(objects.len());
                    changes.push((at, Some(objects.len())));
                    objects.push(Object {
                        place: at..text.len(),
                        parent,
                        is_element: text[..at].trim_end().ends_with(['[', ',']),
                    });
                }
                b'}' => {
                    if let Some(object) = open.pop() {
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
    /// element. The objects that `place` is in are `around` it.
    pub fn in_other_elements(&self, around: &[usize]) -> Vec<bool> {
        let level = |object: usize| self.objects[object].parent.map_or(0, |parent| parent + 1);
        // By level, whether what `place` is in there is an element.
        let mut own = vec![None; self.objects.len() + 1];
        for &object in around {
            own[level(object)] = Some(self.objects[object].is_element);
        }
        let mut in_others: Vec<bool> = Vec::with_capacity(self.objects.len());
        let mut is_around = vec![false; self.objects.len()];
        for &object in around {
            is_around[object] = true;
        }
        for (number, object) in self.objects.iter().enumerate() {
            in_others.push(match object.parent {
                _ if is_around[number] => false,
                Some(parent) if !is_around[parent] => in_others[parent],
                _ => object.is_element && own[level(number)] == Some(true),
            });
        }
        in_others
    }

    /// The numbers of the objects that `place` is in, innermost first.
    pub fn around(&self, place: usize) -> Vec<usize> {
        let parent = |object: &usize| self.objects[*object].parent;
        iter::successors(self.innermost(place), parent).collect()
    }
}
