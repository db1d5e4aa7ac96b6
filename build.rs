//! Turns `catalog.toml` into static Rust data, or refuses it with the place of
//! each mistake, so that a look-up at run time parses nothing.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, process};

// What the build script does not use of them, the library does.
#[allow(dead_code)]
#[path = "src/catalog/entry.rs"]
mod entry;
#[allow(dead_code)]
#[path = "src/search/index.rs"]
mod index;
#[path = "src/search/indexing.rs"]
mod indexing;
#[path = "src/quote.rs"]
mod quote;
#[allow(dead_code, unused_imports)]
#[path = "src/catalog/schema/mod.rs"]
mod schema;
#[allow(dead_code)]
#[path = "src/words.rs"]
mod words;

const CATALOG: &str = "catalog.toml";

fn main() {
    println!("cargo::rerun-if-changed={CATALOG}");
    let text = fs::read_to_string(CATALOG).expect("catalog.toml stands beside build.rs");
    let source = schema::parse(&text).unwrap_or_else(|problems| {
        for problem in problems {
            println!("cargo::error={CATALOG}:{problem}");
        }
        process::exit(1);
    });

    let newest = source.services.iter().map(|service| &service.updated).max();
    println!(
        "cargo::rustc-env=ORGERR_CATALOG_DATE={}",
        newest.expect("an entry needs a service, and a valid catalog has entries")
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&out).join("catalog.rs"), rust_source(&source))
        .expect("OUT_DIR is writable");
}

/// The catalog as Rust items: `SERVICES`, `TEXT` and `ENTRIES`, to look codes up by
/// binary search `BY_CODE`, and `INDEX`.
fn rust_source(source: &schema::Source) -> String {
    let mut rust = String::new();
    let mut line = |text: String| writeln!(rust, "{text}").expect("a String takes every write");

    line(format!(
        "static SERVICES: [Service; {}] = [",
        source.services.len()
    ));
    for service in &source.services {
        let categories: Vec<_> = service
            .categories
            .iter()
            .map(|name| borrowed(name))
            .collect();
        line(format!(
            "Service {{ name: {}, aliases: {}, variants: {}, search_weight: {:?}, title: {}, url: {}, updated: {}, categories: Cow::Borrowed(&[{}]) }},",
            borrowed(&service.name),
            list(service.aliases.iter().map(|alias| borrowed(alias))),
            service.variants,
            service.search_weight,
            borrowed(&service.title),
            borrowed(&service.url),
            borrowed(&service.updated),
            categories.join(", "),
        ));
    }
    line("];".to_owned());

    line(packed_entries(source));

    let mut by_code: Vec<usize> = (0..source.entries.len()).collect();
    by_code.sort_by_key(|&index| source.entries[index].code.to_ascii_lowercase());
    line(format!(
        "static BY_CODE: [usize; {}] = {by_code:?};",
        by_code.len()
    ));
    line(index_source(source));
    rust
}

/// The entries as Rust items: `TEXT`, the texts of all of them one after the other, and
/// `ENTRIES`, what to cut out of it. Entries as they are would be thousands of addresses
/// for the start of every run to fill in.
fn packed_entries(source: &schema::Source) -> String {
    let mut text = String::new();
    let mut packed = Vec::new();
    for entry in &source.entries {
        let (number, service) = numbered(&source.services, |service| service.name == entry.service);
        let (category, _) = numbered(&service.categories, |name| *name == entry.category);
        let number: u8 = limited(number, "services", entry);
        let category: u8 = limited(category, "categories of a service", entry);
        let texts = [
            &*entry.code,
            &entry.message,
            &entry.description,
            &entry.solution,
            entry.note.as_deref().unwrap_or_default(),
        ];
        let start: u32 = limited(text.len(), "bytes of all texts", entry);
        text.extend(texts);
        packed.push(format!(
            "Packed {{ start: {start}, lengths: {:?}, service: {number}, category: {category}, status: {}, \
             action: Action::{:?}, retryable: {} }}",
            texts.map(|text| limited::<u16>(text.len(), "bytes of a text", entry)),
            entry.status,
            entry.action,
            entry.retryable,
        ));
    }
    format!(
        "static TEXT: &str = {text:?};\nstatic ENTRIES: [Packed; {}] = [{}];",
        packed.len(),
        packed.join(",\n"),
    )
}

/// The number in the type that holds it; what is too much for it is refused.
fn limited<T: TryFrom<usize>>(number: usize, what: &str, entry: &entry::Entry) -> T {
    T::try_from(number).unwrap_or_else(|_| {
        println!("cargo::error={CATALOG}: {}: too many {what}", entry.code);
        process::exit(1)
    })
}

/// The first of the items that is meant, with its number.
fn numbered<T>(items: &[T], is_meant: impl Fn(&T) -> bool) -> (usize, &T) {
    let mut numbered = items.iter().enumerate();
    let found = numbered.find(|(_, item)| is_meant(item));
    found.expect("a valid catalog has the services and categories of its entries")
}

/// The search index as a Rust item, `INDEX`.
fn index_source(source: &schema::Source) -> String {
    let texts = source.entries.iter().map(entry::Entry::searched_texts);
    let index = indexing::build(texts, &source.vocabulary.stemmed());
    // What `Debug` prints of these is Rust.
    format!(
        "static INDEX: Index = Index {{ text: {}, terms: {}, postings: {}, words: {}, synonyms: {}, \
         ignored: {:?}, entries: {}, heaviest: {:?} }};",
        borrowed(&index.text),
        list(index.terms.iter().map(|term| format!("{term:?}"))),
        list(index.postings.iter().map(|posting| format!("{posting:?}"))),
        list(index.words.iter().map(|word| format!("{word:?}"))),
        list(index.synonyms.iter().map(|synonym| format!("{synonym:?}"))),
        index.ignored,
        index.entries,
        index.heaviest,
    )
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("Cow::Borrowed(&[{}])", items.collect::<Vec<_>>().join(", "))
}

fn borrowed(text: &str) -> String {
    format!("Cow::Borrowed({text:?})")
}
