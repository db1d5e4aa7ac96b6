//! Finds what a client was doing when it printed a sentence: which resource the text names, and
//! which step (`error creating account`) stands before the sentence.

use std::ops::Range;
use std::sync::LazyLock;

use super::candidates::Call;
use crate::catalog::RESOURCES;
use crate::data::{ManagedResource, Step};
use crate::explain::region::Region;
use crate::explain::terraform_diagnostics::resource_in;
use crate::message::Pattern;
use crate::substrings::{end_of, start_of};

/// How the names of the vendor's resources start, whatever the client.
const VENDOR: &str = "huaweicloud";
/// How the client's words for a step start.
const STEP_START: &str = "error ";
/// The most bytes between the words for a step and the sentence.
const MAX_AFTER_STEP: usize = 64;
/// The most bytes before and after a sentence in which to look for what the client was doing.
const MAX_BEFORE: usize = 1024;
const MAX_AFTER: usize = 4096;
/// The most places before the sentence, the nearest first, where a step is looked for.
const MAX_PLACES: usize = 16;

/// A step that a client takes with a resource, e.g. creating an account.
#[derive(Debug)]
struct KnownStep {
    resource: &'static ManagedResource,
    step: &'static Step,
    /// The client's words for the step, if it has its own.
    says: Option<Pattern>,
    /// The resource's service in lower case and without a plural `s`, as texts name it.
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

/// The operations that the client may have been calling when it printed the sentence at
/// `start` in the region's normal text. None if the text names neither a known resource nor a known
/// step, or if the step is about a resource that is not known.
pub(crate) fn calls_before(
    region: &Region,
    log_record: &Range<usize>,
    start: usize,
) -> Option<Vec<Call<'static>>> {
    let (normal, text) = (region.normal(), region.text());
    let original_start = normal.to_original(start);
    let near_start =
        original_start - end_of(&text[log_record.start..original_start], MAX_BEFORE).len();
    let near = start_of(&text[near_start..log_record.end], original_start - near_start + MAX_AFTER);
    let words = near.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let resource_names: Vec<_> = words.filter(|word| word.starts_with(VENDOR)).collect();
    let is_named = |step: &&KnownStep| resource_names.contains(&&*step.resource.name);
    let named: Vec<_> = STEPS.iter().filter(is_named).collect();
    let normal_near_start = normal.to_normal(near_start);
    let before = normal.text.get(normal_near_start..start)?;
    let possible = if named.is_empty() {
        // Without a known resource, the text must name the step's service: anywhere around the
        // sentence if the vendor's name stands there, else before the sentence.
        let above = end_of(&text[..log_record.start], MAX_BEFORE);
        let around = [above, near].concat().to_ascii_lowercase();
        let around = if around.contains(VENDOR) { &around } else { before };
        STEPS.iter().filter(|step| around.contains(&step.service)).collect()
    } else {
        named.clone()
    };
    let step_at = |at: usize| -> Option<&KnownStep> {
        let fitting = possible.iter().filter_map(|step| {
            let (_, end) = step.says.as_ref()?.at(normal, normal_near_start + at, start)?;
            (start <= end + MAX_AFTER_STEP).then_some((end, *step))
        });
        fitting.max_by_key(|(end, _)| *end).map(|(_, step)| step)
    };
    let mut places = before.rmatch_indices(STEP_START).take(MAX_PLACES);
    if let Some(step) = places.find_map(|(at, _)| step_at(at)) {
        let is_of_another_resource = named.is_empty() && resource_in(near).is_some();
        return (!is_of_another_resource).then(|| step.calls().collect());
    }
    // The step is not known, so it may be any step of the named resources.
    (!named.is_empty()).then(|| named.iter().flat_map(|step| step.calls()).collect())
}
