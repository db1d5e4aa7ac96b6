//! What a client was doing when it said a sentence: the resource that it names, and the words of
//! the step that it says.

use std::ops::Range;
use std::sync::LazyLock;

use super::candidates::Call;
use crate::catalog::RESOURCES;
use crate::data::{ManagedResource, Step};
use crate::explain::region::Region;
use crate::explain::terraform_diagnostics::resource_in;
use crate::message::Pattern;
use crate::substrings::start_of;

/// How the names of the vendor's resources start, whatever the client.
const VENDOR: &str = "huaweicloud";
/// How the client's words for a step start.
const STEP: &str = "error ";
/// Bytes between what the client was doing and the sentence.
const MAX_AFTER_STEP: usize = 64;
/// Bytes before and after a sentence that say what the client was doing.
const MAX_BEFORE: usize = 1024;
const MAX_AFTER: usize = 4096;
/// The last places where a step may be said that are looked at.
const MAX_PLACES: usize = 16;

/// A step of a client with a resource.
#[derive(Debug)]
struct KnownStep {
    resource: &'static ManagedResource,
    step: &'static Step,
    /// The client's words for it.
    says: Option<Pattern>,
    /// The name of its service as the text around may say it.
    service: String,
}

impl KnownStep {
    fn new(resource: &'static ManagedResource, step: &'static Step) -> Self {
        let service = resource.service.trim_end_matches('s').to_ascii_lowercase();
        KnownStep { resource, step, says: step.says.as_deref().map(Pattern::new), service }
    }

    fn calls(&self) -> impl Iterator<Item = Call<'static>> {
        let names = self.step.calls.iter();
        names.map(|name| (&*self.resource.service, &**name))
    }
}

/// All steps that are known.
static STEPS: LazyLock<Vec<KnownStep>> = LazyLock::new(|| {
    let resources = RESOURCES.iter();
    let steps = resources.flat_map(|resource| resource.steps.iter().map(move |it| (resource, it)));
    steps.map(|(resource, step)| KnownStep::new(resource, step)).collect()
});

/// The operations that the client was calling when it said the sentence at `start` in the
/// region's normal text; none where they are of no service of the catalog.
pub fn calls_before(
    region: &Region,
    record: &Range<usize>,
    start: usize,
) -> Option<Vec<Call<'static>>> {
    let (normal, text) = (region.normal(), region.text());
    let at = normal.to_original(start);
    let from = start_of(text, at.saturating_sub(MAX_BEFORE)).len().max(record.start);
    let near = start_of(&text[from..record.end], at - from + MAX_AFTER);
    let words_around = near.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let vendors: Vec<_> = words_around.filter(|word| word.starts_with(VENDOR)).collect();
    let named = STEPS.iter().filter(|step| vendors.contains(&&*step.resource.name));
    let named: Vec<_> = named.collect();
    let before = normal.to_normal(from);
    let words = normal.text.get(before..start)?;
    let known = if named.is_empty() {
        // Its words alone count where they or the vendor's names around name the service.
        let above = text.get(record.start.saturating_sub(MAX_BEFORE)..record.start);
        let around = [above.unwrap_or_default(), near].concat().to_ascii_lowercase();
        let around = if around.contains(VENDOR) { &around } else { words };
        STEPS.iter().filter(|step| around.contains(&step.service)).collect()
    } else {
        named.clone()
    };
    let places = words.rmatch_indices(STEP).take(MAX_PLACES);
    let mut said = places.filter_map(|(at, _)| {
        let ends = known.iter().filter_map(|step| {
            let (_, end) = step.says.as_ref()?.at(normal, before + at, start)?;
            (start <= end + MAX_AFTER_STEP).then_some((end, *step))
        });
        ends.max_by_key(|(end, _)| *end)
    });
    if let Some((_, step)) = said.next() {
        let is_own = !named.is_empty() || resource_in(near).is_none();
        return is_own.then(|| step.calls().collect());
    }
    // Whatever it was, it was one of these.
    (!named.is_empty()).then(|| named.iter().flat_map(|step| step.calls()).collect())
}
