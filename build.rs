//! Turns `catalog.toml` and `vocabulary.toml` into static Rust data, or refuses them with
//! the place of each mistake, so that a look-up at run time parses nothing.

use std::path::Path;
use std::{env, fs, process};

// What the build script does not use of it, the library does.
#[allow(dead_code, unused_imports)]
#[path = "src/data/mod.rs"]
mod data;

use data::vocabulary::Vocabulary;
use data::{Entry, Service, indexing, schema};

const CATALOG: &str = "catalog.toml";
const VOCABULARY: &str = "src/data/vocabulary.toml";

fn main() {
    println!("cargo::rerun-if-changed={CATALOG}");
    println!("cargo::rerun-if-changed={VOCABULARY}");
    let text = fs::read_to_string(CATALOG).expect("catalog.toml stands beside build.rs");
    let source = schema::parse(&text).unwrap_or_else(|problems| {
        for problem in problems {
            println!("cargo::error={CATALOG}:{problem}");
        }
        process::exit(1);
    });

    let text = fs::read_to_string(VOCABULARY).expect("the vocabulary stands in src/data");
    let vocabulary: Vocabulary = toml::from_str(&text).unwrap_or_else(|error| {
        println!(
            "cargo::error={VOCABULARY}: {}",
            error.to_string().replace('\n', " ")
        );
        process::exit(1);
    });

    let newest = source.services.iter().map(|service| &service.updated).max();
    println!(
        "cargo::rustc-env=ORGERR_CATALOG_DATE={}",
        newest.expect("an entry needs a service, and a valid catalog has entries")
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(
        Path::new(&out).join("catalog.rs"),
        rust_source(&source, &vocabulary),
    )
    .expect("OUT_DIR is writable");
}

/// The catalog as Rust items: `SERVICES` and `ENTRIES`, to look codes up by binary search
/// `BY_CODE`, and `INDEX`.
fn rust_source(source: &schema::Source, vocabulary: &Vocabulary) -> String {
    let mut by_code: Vec<usize> = (0..source.entries.len()).collect();
    by_code.sort_by_key(|&index| source.entries[index].code.to_ascii_lowercase());
    [
        array("SERVICES", "Service", source.services.iter().map(service)),
        array("ENTRIES", "Entry", source.entries.iter().map(entry)),
        array("BY_CODE", "usize", by_code.iter().map(usize::to_string)),
        index(source, vocabulary),
    ]
    .join("\n")
}

fn service(service: &Service) -> String {
    format!(
        "Service {{ name: {}, aliases: {}, variants: {}, search_weight: {:?}, title: {}, url: {}, \
         updated: {}, categories: {} }}",
        text(&service.name),
        list(service.aliases().map(text)),
        service.variants,
        service.search_weight,
        text(&service.title),
        text(&service.url),
        text(&service.updated),
        list(service.categories().map(text)),
    )
}

fn entry(entry: &Entry) -> String {
    format!(
        "Entry {{ code: {}, service: {}, status: {}, message: {}, description: {}, solution: {}, \
         category: {}, action: Action::{:?}, retryable: {}, check: {}, causes: {}, wordings: {}, \
         documented: {}, note: {}, url: {} }}",
        text(&entry.code),
        text(&entry.service),
        entry.status,
        text(&entry.message),
        text(&entry.description),
        text(&entry.solution),
        text(&entry.category),
        entry.action,
        entry.retryable,
        list(entry.check.iter().map(|_| String::new())),
        list(entry.causes.iter().map(|_| String::new())),
        list(entry.wordings().map(text)),
        entry.documented,
        optional(entry.note()),
        optional(entry.url()),
    )
}

/// The search index as a Rust item.
fn index(source: &schema::Source, vocabulary: &Vocabulary) -> String {
    let texts = source.entries.iter().map(Entry::searched_texts);
    let index = indexing::build(texts, &vocabulary.stemmed());
    // What `Debug` prints of these is Rust.
    format!(
        "static INDEX: Index = Index {{ text: {}, terms: {}, postings: {}, words: {}, synonyms: {}, \
         ignored: {:?}, entries: {}, heaviest: {:?} }};",
        text(&index.text),
        list(index.terms.iter().map(|term| format!("{term:?}"))),
        list(index.postings.iter().map(|posting| format!("{posting:?}"))),
        list(index.words.iter().map(|word| format!("{word:?}"))),
        list(index.synonyms.iter().map(|synonym| format!("{synonym:?}"))),
        index.ignored,
        index.entries,
        index.heaviest,
    )
}

fn array(name: &str, of: &str, items: impl ExactSizeIterator<Item = String>) -> String {
    let count = items.len();
    let items: Vec<_> = items.collect();
    format!("static {name}: [{of}; {count}] = [{}];", items.join(",\n"))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("Cow::Borrowed(&[{}])", items.collect::<Vec<_>>().join(", "))
}

fn text(text: &str) -> String {
    format!("Cow::Borrowed({text:?})")
}

fn optional(optional: Option<&str>) -> String {
    optional.map_or_else(|| "None".to_owned(), |it| format!("Some({})", text(it)))
}
