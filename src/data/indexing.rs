//! Builds the search index of a catalog.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::f32::consts::LN_2;
use std::iter;

use super::Entry;
use super::index::{ALL_PHRASES, FIELDS, Index, MESSAGE, Piece, Posting, Term};
use super::stem::stem;
use super::vocabulary::{StemmedVocabulary, stemmed};
use super::words::words;

/// The stems found so far, each with its postings.
type Terms = HashMap<String, Vec<Posting>>;

/// Builds the index of the entries and of a vocabulary in stems.
pub(crate) fn build(entries: &[Entry], stems: &StemmedVocabulary) -> Index {
    // A word is stemmed only when it is first met, because most of a large catalog is repetition.
    let mut stem_of: HashMap<_, _> = stems.words.clone().into_iter().collect();
    let mut terms: Terms = stem_of.values().map(|stem| (stem.clone(), Vec::new())).collect();
    for (entry_index, entry) in (0..).zip(entries) {
        let wordings = entry.wordings().map(|wording| (FIELDS.len(), wording));
        let fields = entry.searched_texts().into_iter().enumerate();
        for (field, text) in fields.chain(wordings) {
            for (word, ..) in words(&without_arguments(text)) {
                let stem = stem_of.entry(word).or_insert_with_key(|word| stem(word));
                posting(&mut terms, stem, entry_index).fields |= 1 << field;
            }
        }
        for (stem, share) in stems.phrase_shares.get(&*entry.code).into_iter().flatten() {
            let posting = posting(&mut terms, stem, entry_index);
            posting.phrase_share = posting.phrase_share.max(*share);
        }
    }
    let mut index = Index {
        heaviest: weight(entries.len(), 1.0),
        message_weights: vec![0.0; entries.len()].into(),
        ..Index::default()
    };
    let mut text = String::new();
    let mut add = |piece: &str| {
        let start = length(text.len());
        text.push_str(piece);
        Piece(start, length(text.len()))
    };
    let terms: BTreeMap<_, _> = terms.into_iter().collect();
    let term_indexes: HashMap<_, _> = terms.keys().zip(0_u32..).collect();
    for (stem, postings) in &terms {
        let weight = weight(entries.len(), entry_count(postings));
        for posting in postings.iter().filter(|it| it.fields & MESSAGE != 0) {
            index.message_weights.to_mut()[posting.entry() as usize] += weight;
        }
        let term = Term { stem: add(stem), weight, postings: length(index.postings.len()) };
        index.terms.to_mut().push(term);
        index.postings.to_mut().extend(postings);
    }
    let stem_of: BTreeMap<_, _> = stem_of.into_iter().collect();
    index.words = stem_of.iter().map(|(word, stem)| (add(word), term_indexes[stem])).collect();
    let synonyms = stems.synonyms.iter();
    index.synonyms = synonyms.map(|(said, meant)| (add(said), add(&meant.join(",")))).collect();
    for (said, entries) in names(entries, stems) {
        let start = length(index.named.len());
        index.named.to_mut().extend(entries);
        index.names.to_mut().push((add(&said), Piece(start, length(index.named.len()))));
    }
    index.ignored = stems.ignored.iter().map(|stem| add(stem)).collect();
    index.text = text.into();
    index
}

/// The names in stems, each with the indexes of its entries, the likeliest first. Of the
/// entries that an operation returns, those are likeliest that the fewest operations return.
fn names(entries: &[Entry], stems: &StemmedVocabulary) -> BTreeMap<String, Vec<u32>> {
    let mut meant: HashMap<&str, BTreeSet<(usize, u32)>> = HashMap::new();
    let mut operations = BTreeSet::new();
    for (index, entry) in (0..).zip(entries) {
        let count = entry.returned_by().len();
        operations.extend(entry.returned_by());
        for name in entry.returned_by().chain([entry.code()]) {
            meant.entry(name).or_default().insert((count, index));
        }
    }
    let indexes_of = |name: &str| {
        meant.get(name).into_iter().flatten().map(|(_, index)| *index).collect::<Vec<_>>()
    };
    let indexes_of_all =
        |names: &[String]| names.iter().flat_map(|name| indexes_of(name)).collect();
    let of_stems = stems.names.iter().map(|(said, names)| (said.clone(), indexes_of_all(names)));
    let of_operations = operations.into_iter().map(|name| (stemmed(name), indexes_of(name)));
    of_stems.chain(of_operations).collect()
}

/// The posting of a stem for the entry that is being read, which is always the last one.
fn posting<'t>(terms: &'t mut Terms, stem: &str, entry: u32) -> &'t mut Posting {
    let postings = terms.entry(stem.to_owned()).or_default();
    if postings.last().is_none_or(|last| last.entry() != entry) {
        postings.push(Posting::new(entry, 0, 0));
    }
    postings.last_mut().expect("one was just added")
}

/// Counts the entries with a term. Where only some phrases have the term, their share is counted.
fn entry_count(postings: &[Posting]) -> f32 {
    let share = |posting: &Posting| match posting.fields {
        0 => f32::from(posting.phrase_share) / f32::from(ALL_PHRASES),
        _ => 1.0,
    };
    postings.iter().map(share).sum::<f32>().max(1.0)
}

/// The message without its placeholders such as `{0}`, which are not words.
fn without_arguments(message: &str) -> String {
    let (first, others) = message.split_once('{').unwrap_or((message, ""));
    let others = others.split('{').map(|it| it.split_once('}').map_or(it, |(_, after)| after));
    iter::once(first).chain(others).collect::<Vec<_>>().join(" ")
}

/// A length or a position as `u32`: a catalog is far smaller than 4 GiB.
fn length(length: usize) -> u32 {
    u32::try_from(length).expect("a catalog has less than 4 GiB of words")
}

/// The weight of a term that is in `with_term` of `entries`: about `ln(1 + entries / with_term)`.
/// The bits of the number give a logarithm that is exact at powers of two and linear in between.
/// The logarithm of libm would cost every run the time to link it.
#[allow(clippy::cast_precision_loss)] // counts of entries are far below 2^24
fn weight(entries: usize, with_term: f32) -> f32 {
    const MANTISSA: f32 = 8_388_608.0;
    const BIAS: f32 = 127.0;
    let rarity = 1.0 + entries as f32 / with_term;
    (rarity.to_bits() as f32 / MANTISSA - BIAS) * LN_2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::schema;
    use crate::data::vocabulary::Vocabulary;

    const CATALOG: &str = r#"
        [[service]]
        name = "Demo"
        title = "Demo"
        url = "unknown"
        updated = "unknown"
        categories = ["policy", "handshake"]

        [[entry]]
        code = "Demo.0001"
        status = 400
        message = "policies attached"
        description = "-"
        solution = "detach the policy"
        category = "policy"
        action = "retry"

        [[entry]]
        code = "Demo.0002"
        status = 400
        message = "no handshake"
        description = "-"
        solution = "-"
        category = "handshake"
        action = "retry"
    "#;

    const VOCABULARY: &str = r#"
        ignored = ["the"]
        [synonyms]
        invitation = ["handshakes", "no handshakes"]
        "邀请" = ["handshake"]
        [names]
        DetachPolicy = ["Demo.0002", "Demo.0001"]
        [phrases]
        "Demo.0002" = ["policies of invited accounts", "was I invited"]
    "#;

    fn index() -> Index {
        let entries = schema::parse(CATALOG).unwrap().entries;
        let vocabulary: Vocabulary = toml::from_str(VOCABULARY).unwrap();
        build(&entries, &vocabulary.stemmed())
    }

    #[test]
    fn an_index_knows_which_stems_stand_in_which_fields_and_phrases() {
        let index = index();
        let postings = |stem| -> Vec<(u32, u8, u8)> {
            let postings = index.postings(index.term(stem).unwrap()).iter();
            postings
                .map(|posting| (posting.entry(), posting.fields, posting.phrase_share))
                .collect()
        };
        assert_eq!(postings("polici"), [(0, 0b1101, 0), (1, 0, 128)]);
        assert_eq!(postings("handshak"), [(1, 0b1001, 0)]);
        assert_eq!(postings("invit"), [(1, 0, ALL_PHRASES)]);
        assert_eq!(index.term("policies"), None);
        let word = index.words_from(index.words_before("policies")).next();
        assert_eq!(word, Some(("policies", index.term("polici").unwrap())));
    }

    #[test]
    fn an_index_knows_how_people_ask() {
        let index = index();
        assert!(index.ignores("the") && !index.ignores("polici"));
        let synonyms = |first| index.synonyms(first).collect::<Vec<_>>();
        assert_eq!(synonyms("invit"), [("invit", "handshak,no handshak")]);
        assert_eq!(synonyms("邀"), [("邀 请", "handshak")]);
        let names: Vec<_> = index.names("detach").collect();
        assert_eq!(names, [("detach polici", &[1, 0][..])]);
    }
}
