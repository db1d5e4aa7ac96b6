//! Turns `catalog.toml` and `vocabulary.toml` into static Rust data, or refuses them with
//! the place of each mistake, so that a look-up at run time parses nothing.

use std::path::Path;
use std::{env, fs, process};

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

    let named = vocabulary.names.values().flatten();
    for name in named.chain(vocabulary.phrases.keys()) {
        let is_code = source.entries.iter().any(|entry| entry.code == *name);
        if !is_code
            && !source
                .operations
                .iter()
                .any(|operation| operation.name == *name)
        {
            println!("cargo::error={VOCABULARY}: the catalog has no code or operation '{name}'");
        }
    }

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

/// The catalog as Rust items: its tables, to look codes up by binary search `BY_CODE`, and
/// `INDEX`.
fn rust_source(source: &schema::Source, vocabulary: &Vocabulary) -> String {
    let mut by_code: Vec<usize> = (0..source.entries.len()).collect();
    by_code.sort_by_key(|&index| source.entries[index].code.to_ascii_lowercase());
    let index = indexing::build(&source.entries, &vocabulary.stemmed());
    [
        array("SERVICES", "Service", &source.services),
        array("OPERATIONS", "Operation", &source.operations),
        array("CLIENTS", "Client", &source.clients),
        array("RESOURCES", "Resource", &source.resources),
        array("ENTRIES", "Entry", &source.entries),
        array("BY_CODE", "usize", &by_code),
        format!("static INDEX: Index = {};", index.rust()),
    ]
    .join("\n")
}

fn array<T: Rust>(name: &str, of: &str, items: &[T]) -> String {
    let count = items.len();
    let items: Vec<_> = items.iter().map(Rust::rust).collect();
    format!("static {name}: [{of}; {count}] = [{}];", items.join(",\n"))
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
    Client { name, left_out, sentences }
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
