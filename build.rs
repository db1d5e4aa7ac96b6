//! Turns `catalog.toml`, `clients.toml` and `vocabulary.toml` into static Rust data, so that a
//! look-up at run time parses nothing. Refuses files with mistakes, and names the place of each.

use std::fmt::Debug;
use std::path::Path;
use std::{env, fs, process};

use serde::de::DeserializeOwned;

// The library uses what the build script does not.
#[allow(dead_code, unused_imports, unreachable_pub)]
#[path = "src/data/mod.rs"]
mod data;

use data::schema::ParsedCatalog;
use data::vocabulary::Vocabulary;
use data::{Client, Entry, ManagedResource, Operation, Sentence, indexing, schema};

const CATALOG: &str = "catalog.toml";
const CLIENTS: &str = "src/data/clients.toml";
const VOCABULARY: &str = "src/data/vocabulary.toml";

/// The content of `clients.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Clients {
    client: Vec<Client>,
    resource: Vec<ManagedResource>,
}

fn main() {
    let source = schema::parse(&read(CATALOG)).unwrap_or_else(|problems| {
        for problem in problems.iter() {
            println!("cargo::error={CATALOG}:{problem}");
        }
        process::exit(1);
    });
    let clients: Clients = deserialized(CLIENTS);
    let vocabulary: Vocabulary = deserialized(VOCABULARY);
    check_names(&source, &clients, &vocabulary);
    let newest = source.services.iter().map(|service| &service.updated).max();
    let newest = newest.expect("an entry needs a service, and a valid catalog has entries");
    println!("cargo::rustc-env=ORGERR_CATALOG_DATE={newest}");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&out).join("catalog.rs"), rust_source(&source, &clients, &vocabulary))
        .expect("OUT_DIR is writable");
}

fn read(path: &str) -> String {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path).expect("it stands beside what compiles it in")
}

fn deserialized<T: DeserializeOwned>(path: &str) -> T {
    toml::from_str(&read(path)).unwrap_or_else(|error| {
        println!("cargo::error={path}: {}", error.to_string().replace('\n', " "));
        process::exit(1);
    })
}

/// Fails the build if the other files name a code or an operation that the catalog does not have.
fn check_names(source: &ParsedCatalog, clients: &Clients, vocabulary: &Vocabulary) {
    let check = |is_known: bool, name: String| {
        if !is_known {
            println!("cargo::error={name}, which {CATALOG} does not have");
        }
    };
    for name in vocabulary.names.values().flatten().chain(vocabulary.phrases.keys()) {
        let is_code = source.entries.iter().any(|it| it.code == **name);
        let is_operation = source.operations.iter().any(|it| it.name == **name);
        check(is_code || is_operation, format!("{VOCABULARY}: '{name}'"));
    }
    for Sentence { likely, status, .. } in clients.client.iter().flat_map(|it| it.sentences.iter())
    {
        for code in likely.iter() {
            let has_status = |it: &Entry| it.code == *code && it.status == *status;
            let name = format!("{CLIENTS}: '{code}' with {status}");
            check(source.entries.iter().any(has_status), name);
        }
    }
    for ManagedResource { service, steps, .. } in &clients.resource {
        for call in steps.iter().flat_map(|it| it.calls.iter()) {
            let is_call = |it: &Operation| it.service == *service && it.name == *call;
            check(source.operations.iter().any(is_call), format!("{CLIENTS}: '{service} {call}'"));
        }
    }
}

/// The catalog as Rust items: its tables, `BY_CODE` and `BY_NUMBER` to look codes up by binary
/// search, and `INDEX`.
fn rust_source(source: &ParsedCatalog, clients: &Clients, vocabulary: &Vocabulary) -> String {
    let index = indexing::build(&source.entries, &vocabulary.stemmed());
    [
        item("const SERVICES: CatalogList<Service>", &source.services),
        item("const OPERATIONS: CatalogList<Operation>", &source.operations),
        item("pub(crate) static CLIENTS: CatalogList<Client>", &clients.client),
        item("pub(crate) static RESOURCES: CatalogList<ManagedResource>", &clients.resource),
        item("const ENTRIES: CatalogList<Entry>", &source.entries),
        item("const BY_CODE: CatalogList<usize>", &data::indexes_by(&source.entries, Entry::code)),
        item(
            "const BY_NUMBER: CatalogList<usize>",
            &data::indexes_by(&source.entries, Entry::number),
        ),
        item("pub(crate) static INDEX: Index", &index),
    ]
    .join("\n")
}

/// Writes an item in Rust from what `Debug` prints, with `Cow::Borrowed` around each text and list.
/// Outside of texts, only these have quotes and brackets; inside, quotes are escaped.
fn item(declared: &str, value: &impl Debug) -> String {
    let mut rust = format!("{declared} = ");
    let (mut is_text, mut is_escaped) = (false, false);
    for c in format!("{value:?}").chars() {
        match c {
            '"' if !is_escaped => {
                is_text = !is_text;
                rust += if is_text { "Cow::Borrowed(\"" } else { "\")" };
            }
            '[' if !is_text => rust += "Cow::Borrowed(&[",
            ']' if !is_text => rust += "])",
            c => rust.push(c),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    rust + ";"
}
