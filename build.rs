//! Turns `catalog.toml`, `clients.toml` and `vocabulary.toml` into static Rust data, or refuses
//! them with the place of each mistake, so that a look-up at run time parses nothing.

use std::path::Path;
use std::{env, fs, process};

use serde::de::DeserializeOwned;

// What the build script does not use of it, the library does.
#[allow(dead_code, unused_imports)]
#[path = "src/data/mod.rs"]
mod data;

use data::index::{Index, Name, Piece, Posting, Synonym, Term};
use data::vocabulary::Vocabulary;
use data::{
    Action, Cause, Check, Client, Entry, List, Operation, Resource, Sentence, Service, Step, Text,
    indexing, schema,
};

const CATALOG: &str = "catalog.toml";
const CLIENTS: &str = "src/data/clients.toml";
const VOCABULARY: &str = "src/data/vocabulary.toml";

/// What `clients.toml` has.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Clients {
    client: Vec<Client>,
    resource: Vec<Resource>,
}

fn main() {
    let source = schema::parse(&read(CATALOG)).unwrap_or_else(|problems| {
        for problem in problems {
            println!("cargo::error={CATALOG}:{problem}");
        }
        process::exit(1);
    });
    let clients: Clients = deserialized(CLIENTS);
    let vocabulary: Vocabulary = deserialized(VOCABULARY);
    for mistake in unknown_names(&source, &clients, &vocabulary) {
        println!("cargo::error={mistake}, which {CATALOG} does not have");
    }

    let newest = source.services.iter().map(|service| &service.updated).max();
    println!(
        "cargo::rustc-env=ORGERR_CATALOG_DATE={}",
        newest.expect("an entry needs a service, and a valid catalog has entries")
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(
        Path::new(&out).join("catalog.rs"),
        rust_source(&source, &clients, &vocabulary),
    )
    .expect("OUT_DIR is writable");
}

fn read(path: &str) -> String {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path).expect("it stands beside what compiles it in")
}

fn deserialized<T: DeserializeOwned>(path: &str) -> T {
    toml::from_str(&read(path)).unwrap_or_else(|error| {
        let error = error.to_string().replace('\n', " ");
        println!("cargo::error={path}: {error}");
        process::exit(1);
    })
}

/// The codes and operations that the other files name and the catalog does not have.
fn unknown_names(
    source: &schema::Source,
    clients: &Clients,
    vocabulary: &Vocabulary,
) -> Vec<String> {
    let is_code = |name: &str| source.entries.iter().any(|it| it.code == name);
    let is_operation = |name: &str| source.operations.iter().any(|it| it.name == name);
    let mut unknown = Vec::new();
    let named = vocabulary.names.values().flatten();
    for name in named.chain(vocabulary.phrases.keys()) {
        if !is_code(name) && !is_operation(name) {
            unknown.push(format!("{VOCABULARY}: '{name}'"));
        }
    }
    for sentence in clients.client.iter().flat_map(|it| it.sentences.iter()) {
        for code in sentence.likely.iter() {
            let has_status = |it: &Entry| it.code == *code && it.status == sentence.status;
            if !source.entries.iter().any(has_status) {
                unknown.push(format!("{CLIENTS}: '{code}' with {}", sentence.status));
            }
        }
    }
    for resource in &clients.resource {
        for call in resource.steps.iter().flat_map(|it| it.calls.iter()) {
            let is_call = |it: &Operation| it.service == resource.service && it.name == *call;
            if !source.operations.iter().any(is_call) {
                unknown.push(format!("{CLIENTS}: '{} {call}'", resource.service));
            }
        }
    }
    unknown
}

/// The catalog as Rust items: its tables, to look codes up by binary search `BY_CODE`, and
/// `INDEX`.
fn rust_source(source: &schema::Source, clients: &Clients, vocabulary: &Vocabulary) -> String {
    let mut by_code: Vec<usize> = (0..source.entries.len()).collect();
    by_code.sort_by_key(|&index| source.entries[index].code.to_ascii_lowercase());
    let index = indexing::build(&source.entries, &vocabulary.stemmed());
    [
        array("SERVICES", "Service", &source.services),
        array("OPERATIONS", "Operation", &source.operations),
        array("CLIENTS", "Client", &clients.client),
        array("RESOURCES", "Resource", &clients.resource),
        array("ENTRIES", "Entry", &source.entries),
        array("BY_CODE", "usize", &by_code),
        format!("pub(super) static INDEX: Index = {};", index.rust()),
    ]
    .join("\n")
}

fn array<T: Rust>(name: &str, of: &str, items: &[T]) -> String {
    let count = items.len();
    let items: Vec<_> = items.iter().map(Rust::rust).collect();
    format!(
        "pub(super) static {name}: [{of}; {count}] = [{}];",
        items.join(",\n")
    )
}

/// What can be written as a Rust expression.
trait Rust {
    fn rust(&self) -> String;
}

impl Rust for Text {
    fn rust(&self) -> String {
        format!("Cow::Borrowed({self:?})")
    }
}

impl<T: Rust + Clone> Rust for List<T> {
    fn rust(&self) -> String {
        let items: Vec<_> = self.iter().map(Rust::rust).collect();
        format!("Cow::Borrowed(&[{}])", items.join(", "))
    }
}

impl<T: Rust> Rust for Option<T> {
    fn rust(&self) -> String {
        match self {
            Some(value) => format!("Some({})", value.rust()),
            None => "None".to_owned(),
        }
    }
}

impl Rust for Action {
    fn rust(&self) -> String {
        format!("Action::{self:?}")
    }
}

/// Types for which Rust is what `Debug` prints.
macro_rules! debugged {
    ($($type:ty),+) => {
        $(impl Rust for $type {
            fn rust(&self) -> String {
                format!("{self:?}")
            }
        })+
    };
}

debugged!(
    bool,
    u8,
    u16,
    u32,
    usize,
    f32,
    Name,
    Piece,
    Posting,
    Synonym,
    Term,
    (Piece, u32)
);

/// Types with all of their fields.
macro_rules! structs {
    ($($type:ident { $($field:ident),+ })+) => {
        $(impl Rust for $type {
            fn rust(&self) -> String {
                let $type { $($field),+ } = self;
                let fields = [$(format!("{}: {}", stringify!($field), $field.rust())),+];
                format!("{} {{ {} }}", stringify!($type), fields.join(", "))
            }
        })+
    };
}

structs! {
    Service { name, aliases, variants, search_weight, title, url, updated, categories }
    Operation { service, name, method, path, parameters, decodes }
    Client { left_out, sentences }
    Sentence { says, status, hides_code, likely, note }
    Resource { name, service, steps }
    Step { says, calls }
    Entry {
        code, service, status, message, description, solution, category, action, retryable,
        check, causes, wordings, documented, note, url, returned_by
    }
    Check { operation, method, path, command }
    Cause { says, solution }
    Index {
        text, terms, postings, words, synonyms, names, named, ignored, message_weights, heaviest
    }
}
