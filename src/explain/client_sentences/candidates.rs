//! The codes that a failure may have which a client printed without its code.

use crate::catalog::{Catalog, Entry};
use crate::data::Sentence;

/// Candidates that are named for a failure.
const MAX_CANDIDATES: usize = 3;

/// A code that few operations return, at most so many, points to one of them.
const MAX_OPERATIONS: usize = 3;

/// The names of a service and of its operation.
pub(crate) type Call<'c> = (&'c str, &'c str);

/// The entries with the status of the sentence that the failed call can have returned, one of the
/// `calls`; the likeliest first:
///
/// 1. those that the first operation and few others return, the fewest first;
/// 2. those that any operation of the service can return;
/// 3. the others that the first operation returns;
/// 4. those that the second returns, then the third;
/// 5. the likely ones of the sentence, such as those of the gateway.
pub(crate) fn candidates<'c>(
    catalog: &'c Catalog,
    sentence: &Sentence,
    calls: &[Call],
) -> Vec<&'c Entry> {
    let rank = |entry: &Entry| {
        let operations = entry.returned_by().len();
        let returns = |(_, operation): &Call| entry.returned_by().any(|it| it == *operation);
        if operations > 0 {
            return match calls.iter().position(returns)? {
                0 if operations <= MAX_OPERATIONS => Some((0, operations)),
                0 => Some((2, 0)),
                other => Some((2 + other, operations)),
            };
        }
        if calls.iter().any(|(service, _)| *service == entry.service()) {
            return Some((1, 0));
        }
        let likely = sentence.likely.iter().position(|it| *it == entry.code());
        Some((usize::MAX, likely?))
    };
    let entries = catalog.entries().iter();
    let with_status = entries.filter(|entry| entry.status() == sentence.status);
    let ranked = with_status.filter_map(|entry| Some((rank(entry)?, entry)));
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.dedup_by_key(|(_, entry)| entry.code());
    ranked.into_iter().map(|(_, entry)| entry).take(MAX_CANDIDATES).collect()
}
