//! Makes the index of a catalog's entries.
//!
//! The build script compiles this file too.

use std::borrow::Cow;
use std::collections::HashMap;
use std::f32::consts::LN_2;

use super::index::{FIELDS, Index, Phrase, Posting, Synonym, Term};
use super::tokens::{stem, tokens, words};

/// What a catalog says about searching it, as it stands in the TOML.
#[derive(Debug, Default, Clone)]
pub struct Vocabulary {
    /// Words that say nothing about an error.
    pub ignored: Vec<String>,
    /// A phrase that people use, and the catalog's phrases for it.
    pub synonyms: Vec<(String, Vec<String>)>,
}

/// Builds the index of entries, each given by its texts in the order of [`FIELDS`].
pub fn build<'e>(
    entries: impl Iterator<Item = [&'e str; FIELDS.len()]>,
    vocabulary: &Vocabulary,
) -> Index {
    // A word is stemmed only when it is first met: most of a large catalog is
    // repetition.
    let mut number_of_word: HashMap<String, usize> = HashMap::new();
    let mut number_of_stem: HashMap<String, usize> = HashMap::new();
    let mut postings: Vec<Vec<Posting>> = Vec::new();
    let mut count = 0;
    for (number, texts) in (0..).zip(entries) {
        count = number + 1;
        for (field, text) in texts.iter().enumerate() {
            for (word, ..) in words(text) {
                let term = *number_of_word.entry(word).or_insert_with_key(|word| {
                    *number_of_stem.entry(stem(word)).or_insert_with(|| {
                        postings.push(Vec::new());
                        postings.len() - 1
                    })
                });
                match postings[term].last_mut() {
                    Some((entry, fields)) if *entry == number => *fields |= 1 << field,
                    _ => postings[term].push((number, 1 << field)),
                }
            }
        }
    }
    let mut stems: Vec<(String, usize)> = number_of_stem.into_iter().collect();
    stems.sort_unstable();
    // From the number by first appearance to the place among the sorted.
    let mut place = vec![0; stems.len()];
    for (sorted, (_, number)) in (0_u32..).zip(&stems) {
        place[*number] = sorted;
    }
    let terms = stems.into_iter().map(|(stem, number)| {
        let postings = std::mem::take(&mut postings[number]);
        Term {
            stem: stem.into(),
            weight: weight(count, postings.len()),
            postings: postings.into(),
        }
    });
    let terms: Vec<_> = terms.collect();
    let known = number_of_word
        .into_iter()
        .map(|(word, number)| (word.into(), place[number]));
    let mut words: Vec<(Cow<str>, u32)> = known.collect();
    words.sort_unstable();
    Index {
        words: words.into(),
        terms: terms.into(),
        synonyms: synonyms(&vocabulary.synonyms).into(),
        ignored: vocabulary
            .ignored
            .iter()
            .map(|word| stem(word).into())
            .collect(),
        entries: count,
        heaviest: weight(count, 1),
    }
}

/// The weight of a term that is in `with_term` of `entries`: the logarithm of how
/// rare it is. Near enough: exact at powers of two and linear in between, by the bits
/// of the number, because libm's logarithm would cost every run its linking.
#[allow(clippy::cast_precision_loss)] // counts of entries are far below 2^24
fn weight(entries: u32, with_term: usize) -> f32 {
    const MANTISSA: f32 = 8_388_608.0;
    const BIAS: f32 = 127.0;
    let rarity = 1.0 + entries as f32 / with_term as f32;
    (rarity.to_bits() as f32 / MANTISSA - BIAS) * LN_2
}

fn synonyms(said_and_meant: &[(String, Vec<String>)]) -> Vec<Synonym> {
    said_and_meant
        .iter()
        .map(|(said, meant)| Synonym {
            said: phrase(said),
            meant: meant.iter().map(|meant| phrase(meant)).collect(),
        })
        .collect()
}

fn phrase(text: &str) -> Phrase {
    tokens(text)
        .into_iter()
        .map(|token| token.stem.into())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_knows_which_stems_stand_in_which_fields() {
        let entries = [
            ["policies attached", "", "detach the policy", "policy"],
            ["no handshake", "", "", "handshake"],
        ];
        let vocabulary = Vocabulary {
            ignored: vec!["the".to_owned()],
            synonyms: vec![("invitation".to_owned(), vec!["handshakes".to_owned()])],
        };
        let index = build(entries.into_iter(), &vocabulary);
        let postings = |stem| &*index.terms[index.term(stem).unwrap() as usize].postings;
        assert_eq!(postings("polici"), [(0, 0b1101)]);
        assert_eq!(postings("handshak"), [(1, 0b1001)]);
        assert_eq!(index.term("policies"), None);
        assert_eq!(index.entries, 2);
        assert!(
            index
                .words
                .contains(&("policies".into(), index.term("polici").unwrap()))
        );
        assert_eq!(*index.ignored, ["the"]);
        assert_eq!(*index.synonyms[0].said, ["invit"]);
        assert_eq!(*index.synonyms[0].meant[0], ["handshak"]);
    }
}
