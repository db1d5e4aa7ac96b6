//! Finds the codes that a failure may have if a client printed it without the code.

use crate::catalog::{Catalog, Entry};
use crate::data::Sentence;

/// The most candidates that are reported for a failure.
const MAX_CANDIDATES: usize = 3;

/// A code that at most this many operations return points to one of them.
const MAX_OPERATIONS: usize = 3;

/// The name of a service, and that of one of its operations.
pub(crate) type Call<'c> = (&'c str, &'c str);

/// The entries with the sentence's status that the failed call, one of the `calls`, can
/// have returned; the likeliest first:
///
/// 1. those that the first of the `calls` and few others return, with the fewest operations first;
/// 2. those that any operation of the service can return;
/// 3. the others that the first of the `calls` returns;
/// 4. those that the second returns, then the third;
/// 5. those that the sentence names as `likely`, such as codes of the gateway.
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
