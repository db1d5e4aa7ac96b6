//! Which codes a failure may have whose code a client left out.

use crate::catalog::{Catalog, Entry};
use crate::data::Sentence;

/// Candidates that are named for a failure.
const MAX_CANDIDATES: usize = 3;

/// A code that at most so many operations return points to one of them.
const FEW_OPERATIONS: usize = 3;

/// The names of a service and of its operation.
pub type Call<'c> = (&'c str, &'c str);

/// The entries with the status of the sentence that one of the operations can return: first
/// those that few operations return and the first of these does; then those that any of the
/// service does; then the others of the first; then those of the other operations; then the
/// likely ones of another service, such as the gateway.
pub fn candidates<'c>(catalog: &'c Catalog, sentence: &Sentence, calls: &[Call]) -> Vec<&'c Entry> {
    let rank = |entry: &Entry| {
        let number = entry.returned_by().len();
        let returns = |(_, call): &Call| entry.returned_by().any(|it| it == *call);
        if number > 0 {
            return match calls.iter().position(returns)? {
                0 if number <= FEW_OPERATIONS => Some((0, number)),
                0 => Some((2, 0)),
                other => Some((2 + other, number)),
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
