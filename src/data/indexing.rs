//! Makes the index of a catalog's entries.
//!
//! The build script compiles this file too.

use std::collections::HashMap;
use std::f32::consts::LN_2;

use super::index::{FIELDS, Index, Piece, Posting, Synonym, Term};
use super::stem::stem;
use super::vocabulary::Stems;
use super::words::words;

/// Builds the index of entries, each given by its texts in the order of [`FIELDS`], with
/// the stems of a vocabulary.
pub fn build<'e>(entries: impl Iterator<Item = [&'e str; FIELDS.len()]>, stems: &Stems) -> Index {
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
                let postings = &mut postings[term];
                if postings.last().is_none_or(|last| last.entry() != number) {
                    postings.push(Posting::of(number));
                }
                if let Some(last) = postings.last_mut() {
                    last.add(field);
                }
            }
        }
    }
    let mut all_stems: Vec<(String, usize)> = number_of_stem.into_iter().collect();
    all_stems.sort_unstable();
    let mut index = Index {
        entries: count,
        heaviest: weight(count, 1),
        ..Index::default()
    };
    let mut text = String::new();
    let mut terms = Vec::with_capacity(all_stems.len());
    let mut all_postings = Vec::with_capacity(postings.iter().map(Vec::len).sum());
    // From the number by first appearance to the place among the sorted.
    let mut place = vec![0; all_stems.len()];
    for (sorted, (stem, number)) in (0_u32..).zip(all_stems) {
        place[number] = sorted;
        let start = length(all_postings.len());
        all_postings.extend(&postings[number]);
        terms.push(Term {
            stem: add(&mut text, &stem),
            weight: weight(count, postings[number].len()),
            postings: Piece(start, length(all_postings.len())),
        });
    }
    let mut sorted_words: Vec<(String, usize)> = number_of_word.into_iter().collect();
    sorted_words.sort_unstable();
    let words = sorted_words
        .into_iter()
        .map(|(word, number)| (add(&mut text, &word), place[number]));
    index.words = words.collect();
    let synonyms = stems.synonyms.iter().map(|(said, meant)| Synonym {
        said: add(&mut text, said),
        meant: add(&mut text, &meant.join(",")),
    });
    index.synonyms = synonyms.collect();
    index.ignored = add(&mut text, &stems.ignored.join(" "));
    index.terms = terms.into();
    index.postings = all_postings.into();
    index.text = text.into();
    index
}

/// Adds a piece to the text.
fn add(text: &mut String, piece: &str) -> Piece {
    let start = length(text.len());
    text.push_str(piece);
    Piece(start, length(text.len()))
}

/// A length or a place of what is far smaller than 4 GiB, as a catalog is.
fn length(length: usize) -> u32 {
    u32::try_from(length).expect("a catalog has less than 4 GiB of words")
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::data::vocabulary::Vocabulary;

    #[test]
    fn an_index_knows_which_stems_stand_in_which_fields() {
        let entries = [
            ["policies attached", "", "detach the policy", "policy"],
            ["no handshake", "", "", "handshake"],
        ];
        let vocabulary = Vocabulary {
            ignored: vec!["the".to_owned()],
            synonyms: BTreeMap::from([(
                "invitation".to_owned(),
                ["handshakes", "no handshakes"].map(str::to_owned).to_vec(),
            )]),
        };
        let index = build(entries.into_iter(), &vocabulary.stemmed());
        let postings = |stem| -> Vec<(u32, u8)> {
            let postings = index.postings(index.term(stem).unwrap()).iter();
            postings
                .map(|posting| (posting.entry(), posting.fields()))
                .collect()
        };
        assert_eq!(postings("polici"), [(0, 0b1101)]);
        assert_eq!(postings("handshak"), [(1, 0b1001)]);
        assert_eq!(index.term("policies"), None);
        assert_eq!(index.entries, 2);
        let word = index.words_from(index.words_before("policies")).next();
        assert_eq!(word, Some(("policies", index.term("polici").unwrap())));
        assert!(index.ignores("the") && !index.ignores("polici"));
        let synonyms = index
            .synonyms()
            .map(|(said, meant)| (said, meant.collect::<Vec<_>>()));
        assert_eq!(
            synonyms.collect::<Vec<_>>(),
            [("invit", vec!["handshak", "no handshak"])]
        );
    }
}
