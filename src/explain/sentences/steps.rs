//! What a client was doing when it said a sentence: the resource that it names, and the words of
//! the step that it says.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use super::candidates::{Call, calls_of};
use crate::catalog::Catalog;
use crate::data::{ManagedResource, Step};
use crate::explain::region::Region;
use crate::explain::terraform::resource;
use crate::message::{NormalizedText, Pattern, common_start, start_of};

/// What the names of the vendor's resources have in them, whatever the client.
const VENDOR: &str = "huaweicloud";
/// Bytes between what the client was doing and the sentence.
const MAX_BETWEEN: usize = 64;
/// Bytes before and after a sentence that say what the client was doing.
const MAX_BEFORE: usize = 1024;
const MAX_AFTER: usize = 4096;

/// The last places where a step may be said that are looked at.
const MAX_PLACES: usize = 16;

/// What clients were doing when they said a sentence.
#[derive(Debug)]
pub struct Steps<'c> {
    resources: Vec<KnownResource<'c>>,
    /// What the names of all resources start with.
    names_start: memmem::Finder<'c>,
    /// The first words of what the client says of its steps.
    first_words: Vec<memmem::FinderRev<'static>>,
}

/// A resource, and what the client says of its steps.
#[derive(Debug)]
struct KnownResource<'c> {
    resource: &'c ManagedResource,
    steps: Vec<(&'c Step, Pattern)>,
    /// The name of its service as a step may say it.
    service: String,
}

impl<'c> KnownResource<'c> {
    fn new(resource: &'c ManagedResource) -> Self {
        let steps = resource.steps.iter();
        let steps = steps.filter_map(|step| Some((step, Pattern::new(step.says.as_deref()?))));
        KnownResource {
            resource,
            steps: steps.collect(),
            service: resource.service.trim_end_matches('s').to_ascii_lowercase(),
        }
    }
}

impl<'c> Steps<'c> {
    pub fn new() -> Self {
        let resources = Catalog::resources().iter();
        let names = resources.clone().map(|it| &*it.name);
        let names_start = names.reduce(common_start).unwrap_or_default();
        let resources: Vec<_> = resources.map(KnownResource::new).collect();
        let steps = resources.iter().flat_map(|it| &it.steps);
        let words = steps.filter_map(|(_, says)| says.literals[0].split(' ').next());
        let words: BTreeSet<_> = words.filter(|word| !word.is_empty()).collect();
        let first_words = words.into_iter().map(memmem::FinderRev::new);
        let first_words = first_words.map(memmem::FinderRev::into_owned).collect();
        Steps { names_start: memmem::Finder::new(names_start), first_words, resources }
    }

    /// The operations that the client was calling when it said the sentence at a place in the
    /// region's normal text; none where they are of no service of the catalog.
    pub fn calls(
        &self,
        region: &Region,
        record: &Range<usize>,
        start: usize,
    ) -> Option<Vec<Call<'c>>> {
        let normal = region.normal();
        let text = &region.text()[record.clone()];
        let place = normal.to_original(start) - record.start;
        let near = start_of(text, place.saturating_sub(MAX_BEFORE)).len();
        let after = start_of(&text[place..], MAX_AFTER);
        let text = &text[near..place + after.len()];
        let before = normal.to_normal(record.start + near)..start;
        let named = self.named(text);
        let is_named = !named.is_empty();
        let known = if is_named {
            named
        } else {
            // Its words alone count where they or the vendor's names around name the service.
            let words = normal.text.get(before.clone()).unwrap_or_default();
            let led = record.start.saturating_sub(MAX_BEFORE)..record.start;
            let led = region.text().get(led).unwrap_or_default();
            let around = [led, text].concat().to_ascii_lowercase();
            let is_vendors = around.contains(VENDOR);
            let is_near = |it: &&KnownResource| {
                words.contains(&it.service) || is_vendors && around.contains(&it.service)
            };
            self.resources.iter().filter(is_near).collect()
        };
        let places = self.places(normal, &before);
        let steps = known.iter().flat_map(|known| {
            let steps = known.steps.iter();
            steps.map(|(step, says)| ((known.resource, *step), says))
        });
        let said = steps.filter_map(|(step, says)| {
            let end = said_last(says, normal, &places, start)?;
            Some((end, step))
        });
        if let Some((_, last)) = said.max_by_key(|(end, _)| *end) {
            return (is_named || resource(text).is_none()).then(|| calls_of(&[last]));
        }
        // Whatever it was, it was one of these, and likely one without words.
        let steps = known.iter().flat_map(|known| {
            let steps = known.resource.steps.iter();
            steps.map(|step| (known.resource, step))
        });
        let mut steps: Vec<_> = steps.collect();
        steps.sort_by_key(|(_, step)| step.says.is_some());
        is_named.then(|| calls_of(&steps))
    }

    /// The resources whose names stand in a text, whole, in their order.
    fn named(&self, text: &str) -> Vec<&KnownResource<'c>> {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let places = self.names_start.find_iter(text.as_bytes());
        let names = places.filter(|at| !text[..*at].ends_with(is_of_name));
        let names = names.map(|at| {
            let name = &text[at..];
            name.split(|c| !is_of_name(c)).next().unwrap_or(name)
        });
        let names: Vec<_> = names.collect();
        let resources = self.resources.iter();
        let is_named = |it: &&KnownResource| names.contains(&&*it.resource.name);
        resources.filter(is_named).collect()
    }

    /// The places in a part of a text where a step may be said, the last first.
    fn places(&self, normal: &NormalizedText, part: &Range<usize>) -> Vec<usize> {
        let text = normal.text.as_bytes().get(part.clone());
        let text = text.unwrap_or_default();
        let starts = self.first_words.iter();
        let places = starts.flat_map(|start| start.rfind_iter(text).take(MAX_PLACES));
        let mut places: Vec<_> = places.map(|at| part.start + at).collect();
        places.sort_unstable_by_key(|place| Reverse(*place));
        places.truncate(MAX_PLACES);
        places
    }
}

/// Where the words of a step end that stand at the first of some places that has them, close
/// before a limit.
fn said_last(
    says: &Pattern,
    normal: &NormalizedText,
    places: &[usize],
    limit: usize,
) -> Option<usize> {
    let first = says.literals.first()?;
    let mut places = places.iter();
    let is_at = |place: &&usize| {
        let text = normal.text.get(**place..limit);
        text.is_some_and(|text| text.starts_with(first.as_str()))
    };
    let at = places.find(is_at)?;
    let (_, end) = says.at(normal, *at, limit)?;
    (limit <= end + MAX_BETWEEN).then_some(end)
}
