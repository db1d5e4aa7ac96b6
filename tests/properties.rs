//! Tests the rules of `support/invariants.rs` on generated inputs: codes, similar codes,
//! messages, JSON, colours, curl transcripts, tables and catalogs, in any order and cut
//! off anywhere.

use std::sync::LazyLock;
use std::{fmt, fs};

use orgerr::{Catalog, CatalogBuilder};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use crate::support::unicode::{HIDDEN, hidden_in};
use crate::support::{self, FORMATS, TemporaryFile, inputs, invariants};

/// Past failures become tests, so proptest need not keep them.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn read(path: &str) -> String {
    let path = format!("{}/tests/{path}", env!("CARGO_MANIFEST_DIR"));
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

/// The embedded catalog, alone and with two more services.
static CATALOGS: LazyLock<[Catalog; 2]> = LazyLock::new(|| {
    let mut more = CatalogBuilder::new();
    more.add(read("catalogs/two-services.toml")).unwrap();
    [CatalogBuilder::new(), more].map(CatalogBuilder::build)
});

/// The raw inputs that `explain` is tested with.
static INPUTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let inputs = inputs("tests/explain", "json").into_iter();
    inputs.map(|path| fs::read(path).unwrap()).collect()
});

/// Raw input that is printed as text when a case fails.
struct Raw(Vec<u8>);

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// A few arbitrary characters.
fn noise() -> BoxedStrategy<String> {
    prop_oneof![
        vec(any::<char>(), 0..8).prop_map(String::from_iter),
        "[ -~]{0,12}",
        "[a-zA-Z'.é配 ]{0,12}",
        vec(prop_oneof![hidden(), select(vec!['❤', '1', '=', '@', '|', '`', ':', '#', '['])], 0..8)
            .prop_map(String::from_iter),
    ]
    .boxed()
}

/// A character that hides, of any kind of them.
fn hidden() -> impl Strategy<Value = char> {
    select(&HIDDEN[..]).prop_flat_map(|range| proptest::char::range(*range.start(), *range.end()))
}

/// A text in upper case, in lower case or unchanged.
fn in_any_case(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (text, 0..4).prop_map(|(text, case)| match case {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        _ => text,
    })
}

/// A code of the catalog, or something similar.
fn code() -> impl Strategy<Value = String> {
    let codes = CATALOGS[1].entries().iter().map(orgerr::Entry::code);
    let known = select(codes.collect::<Vec<_>>()).prop_map(str::to_owned);
    let services = "Organizations APIG APIGW IAM Organisations";
    let service = select(services.split(' ').collect::<Vec<_>>());
    let near = (service, "[.]{0,2}", "[0-9]{0,7}").prop_map(|(s, dot, n)| s.to_owned() + &dot + &n);
    in_any_case(prop_oneof![4 => known, 1 => near])
}

/// A documented message with arguments.
fn message() -> impl Strategy<Value = String> {
    let messages = CATALOGS[1].entries().iter().map(orgerr::Entry::message);
    let messages: Vec<&str> = messages.collect();
    let with_arguments: Vec<&str> = messages.iter().copied().filter(|m| m.contains('{')).collect();
    let message = prop_oneof![select(messages), select(with_arguments)];
    let space = select(vec![" ", " ", "\n", "\n│ ", "  ", "\\n", " \u{1b}[0m"]);
    let message = (message, noise(), space).prop_map(|(message, argument, space)| {
        message.replace("{0}", &argument).replace("''", "'").replace(' ', space)
    });
    in_any_case(message)
}

/// Text around codes and messages, separated by tildes.
const SURROUNDINGS: &str = concat!(
    r#"{~}~[~]~{"error_code":"~",~"~\"~\\\"~'~`~\u0022~\n~\u001b[31m~&quot;~&amp;~"#,
    r#""error_msg":"~error_msg=~message: ~message=>~"message":null~"message": {~"#,
    r#"<message>~</message>~status_code=~"status":404~code: 409~ 404 ~404 Not Found~"#,
    r#"got 503~request_id=0123456789abcdef~"request_id":"f6a3b1de9c02"~X-Request-Id: ~"#,
    r#"request 0123456789abcdef0123~HTTP/1.1 404 Not Found~HTTP/2 403 ~}HTTP/2 404~"#,
    r#"< HTTP/2 404~< ~<~> GET / HTTP/2~* Connected~│ ~╷~╵~：~ - ~; ~, ~=~.~:~ ~x~_~-~"#,
    r#"2026-11-24 10:00:00 ERROR ~2026-11-24T10:00:00.1234567Z ~[INFO] ~Nov 24 ~"#,
    r#"Authentication failed~error creating policy: ~huaweicloud_organizations_policy~, ~"#,
    r#"2026-11-24 10:00:00 ~ERROR ~INFO ~- code: ~<tr><td>~</td>~| status | code |~%7B%22~&quot;~"#,
    r#"web-1  | ~\x1b]0;~'~u'~string(4) "~Array (~[0] => ~### Status
~**Code:** ~msg: >-
  ~"#,
    r#"provider.terraform-provider-huaweicloud_v1.0: ~é~配额~👍~::error::~ ::add-mask::~##[error]~##vso[~"#,
    "\t~\r~\0~\u{7}~\u{1b}~\u{1b}[1;31m~\u{1b}[0m~\u{1b}]0;~\u{1b}]8;;http://x\u{1b}\\~\u{3000}~\u{feff}",
);

fn surroundings() -> impl Strategy<Value = String> {
    let pieces: Vec<_> = SURROUNDINGS.split('~').collect();
    select(pieces).prop_map(str::to_owned)
}

/// A piece of a raw input.
fn piece_of_input() -> impl Strategy<Value = Vec<u8>> {
    let place = (any::<Index>(), any::<Index>());
    (select(&INPUTS[..]), place).prop_map(|(input, (a, b))| {
        let (a, b) = (a.index(input.len() + 1), b.index(input.len() + 1));
        input[a.min(b)..a.max(b)].to_vec()
    })
}

/// Raw input in any encoding, cut off anywhere.
fn raw_input() -> impl Strategy<Value = Raw> {
    let text = prop_oneof![
        6 => surroundings(),
        3 => code(),
        2 => message(),
        2 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => noise(),
    ];
    let piece = prop_oneof![
        20 => text.prop_map(String::into_bytes),
        1 => piece_of_input(),
        1 => vec(any::<u8>(), 0..6),
    ];
    (vec(piece, 0..24), 0..8).prop_map(|(pieces, encoding)| {
        let bytes = pieces.concat();
        let units = String::from_utf8_lossy(&bytes).into_owned();
        let units = units.encode_utf16();
        let bytes: Vec<u8> = match encoding {
            0 => b"\xff\xfe".iter().copied().chain(units.flat_map(u16::to_le_bytes)).collect(),
            1 => b"\xfe\xff".iter().copied().chain(units.flat_map(u16::to_be_bytes)).collect(),
            2 => [b"\xef\xbb\xbf", &bytes[..]].concat(),
            _ => bytes,
        };
        Raw(bytes)
    })
}

/// Sizes of reads, mostly small.
fn sizes() -> impl Strategy<Value = Vec<usize>> {
    vec(prop_oneof![Just(1), 1..10_usize, 1..1000_usize], 1..4)
}

/// A query of words of the catalog, codes and anything else.
fn query() -> impl Strategy<Value = String> {
    let entry = select(CATALOGS[1].entries().iter().collect::<Vec<_>>()).prop_map(|entry| {
        format!("{} {} {}", entry.message(), entry.description(), entry.solution())
    });
    let word = (entry, any::<Index>()).prop_map(|(text, at)| {
        let words: Vec<_> = text.split_whitespace().collect();
        words[at.index(words.len())].to_owned()
    });
    let broken = (word.clone(), any::<Index>()).prop_map(|(mut word, at)| {
        let places: Vec<_> = word.char_indices().map(|(at, _)| at).collect();
        word.remove(places[at.index(places.len())]);
        word
    });
    let other = "404 4xx 1305 13 org.13 org. .1305 OU scp delegatedAdmin dlgadm notfound \
                 organization''s can’t the of ! İ ǅ ß";
    let other = select(other.split(' ').collect::<Vec<_>>());
    let piece = prop_oneof![
        4 => word,
        2 => broken,
        2 => other.prop_map(str::to_owned),
        1 => code(),
        1 => message(),
        1 => noise(),
    ];
    (vec(piece, 0..8), select(vec![" ", " ", "", "\n", "_"])).prop_map(|(p, s)| p.join(s))
}

/// The original with a few changed characters, words or lines.
fn mutated(original: &str) -> impl Strategy<Value = String> + use<> {
    let original = original.to_owned();
    let put = "\"~'~\"\"~[~]~[[~{~}~=~\n~\r~\t~|~\\~#~.~\u{feff}~é~配~0~-1~99999999999999999999~\
               1.5~true~[]~\"!\"~[[entry]]\n~[search.synonyms]\n~aliases = [\"\"]\n~\
               variants = true\n~Error Code~Status Code~Message~404~<br>~Updated on ";
    let put = select(put.split('~').collect::<Vec<_>>()).prop_map(str::to_owned);
    let put = prop_oneof![1 => noise(), 1 => code(), 2 => put];
    let change = (any::<Index>(), any::<Index>(), 0..6, put);
    vec(change, 0..4).prop_map(move |changes| {
        let mut text = original.clone();
        for (from, length, kind, put) in changes {
            let pieces: Vec<&str> = match kind {
                // Whole lines, words or characters.
                0 | 1 => text.split_inclusive('\n').collect(),
                2 => text.split_inclusive([' ', '"', '\n', '\t', '|', '.']).collect(),
                3 => text.split_inclusive(|_| true).collect(),
                _ => text.split(|c: char| !c.is_alphanumeric()).collect(),
            };
            let from = from.index(pieces.len() + 1);
            let length = length.index(4).min(pieces.len() - from);
            let (before, rest) = pieces.split_at(from);
            let (cut, after) = rest.split_at(length);
            text = match kind {
                // Repeated.
                0 => [before, cut, cut, after].concat().concat(),
                1..4 => before.concat() + &put + &after.concat(),
                // Renamed everywhere.
                _ => match cut.first() {
                    Some(name) if !name.is_empty() => text.replace(name, &put),
                    _ => text,
                },
            };
        }
        text
    })
}

fn catalog_text() -> impl Strategy<Value = String> {
    let own = read("catalogs/two-services.toml");
    let with_variants = own.replace("[\"auth\"]", "[\"auth\"]\nvariants = true");
    prop_oneof![8 => mutated(&own), 2 => mutated(&with_variants), 1 => noise()]
}

fn page() -> impl Strategy<Value = String> {
    let copied = read("data/error-codes-page.txt");
    let copied: String = copied.split_inclusive('\n').take(60).collect();
    let gateway = read("data/gateway.tsv").replacen("code\tstatus", "Code\tStatus", 1);
    let gateway: String = gateway.split_inclusive('\n').take(12).collect();
    prop_oneof![
        mutated(&copied),
        mutated(&copied.replace("\n\n", "\n")),
        mutated(&gateway),
        mutated(&read("catalogs/pages/markdown.md")),
        mutated(&read("catalogs/page.tsv")),
    ]
}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn findings_do_not_depend_on_the_size_of_reads(input in raw_input(), sizes in sizes()) {
        for catalog in &*CATALOGS {
            invariants::explained_alike(catalog, &input.0, &sizes);
        }
    }

    #[test]
    fn search_results_are_consistent(query in query(), limit in 0..20_usize) {
        for catalog in &*CATALOGS {
            invariants::answered_soundly(catalog, &query, limit);
        }
    }

    #[test]
    fn catalogs_are_either_usable_or_refused(text in catalog_text()) {
        invariants::parsed_soundly(&text);
    }

    #[test]
    fn imported_pages_are_valid_catalogs(page in page()) {
        invariants::imported_soundly(&page);
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn findings_do_not_depend_on_distant_text(
        input in raw_input(),
        before in select(vec![16, 32, 80, 96, 144, 16 + 16 * 64 + 512]),
        within in any::<Index>(),
    ) {
        // The edge of a block lies somewhere in the input.
        let padding = (before * 1024_usize).saturating_sub(within.index(input.0.len() + 1));
        invariants::explained_alike_after(&CATALOGS[0], &input.0, padding);
    }
}

/// Runs the binary and returns standard output. Checks the exit code, and that nothing it
/// prints controls a terminal or is invisible.
fn printed(arguments: &[&str], input: &[u8]) -> Result<String, TestCaseError> {
    let run = support::run(&mut support::command(arguments), input);
    prop_assert!((0..3).contains(&run.code));
    let separates = |c| c == '\n' || (c == '\t' && arguments.contains(&"tsv"));
    for output in [&run.stdout, &run.stderr] {
        let hidden = output.split(separates).find_map(hidden_in);
        prop_assert_eq!(hidden, None, "{:?}: {:?}", arguments, output);
        let is_command = |line: &str| {
            let after = line.trim_start().strip_prefix("::");
            let begins = after.is_some_and(|after| after.contains("::"));
            begins || line.contains("##[") || line.contains("##vso[")
        };
        let may_command = arguments.contains(&"github") || arguments.contains(&"import");
        let command = output.lines().find(|line| is_command(line));
        prop_assert_eq!(command.filter(|_| !may_command), None, "{:?}", arguments);
    }
    Ok(run.stdout)
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn nothing_printed_controls_a_terminal(
        input in raw_input(),
        query in query(),
        page in page(),
        catalog in catalog_text(),
        format in select(&FORMATS[..6]),
        width in select(vec!["20", "80"]),
    ) {
        let explained = printed(&["explain", "--json"], &input.0)?;
        let findings = orgerr::explain(Catalog::embedded(), "-", &input.0);
        let json: Value = serde_json::from_str(&explained).unwrap();
        prop_assert_eq!(json, serde_json::to_value(findings).unwrap());

        let options = ["-o", format, "--width", width];
        let with_options = |arguments: &[&str], input: &[u8]| {
            printed(&[arguments, &options].concat(), input)
        };
        with_options(&["explain"], &input.0)?;
        with_options(&["explain", "--follow"], &input.0)?;
        with_options(&["explain", "--summary"], &input.0)?;
        let annotations = printed(&["explain", "-o", "github"], &input.0)?;
        let is_annotation = |line: &str| line.starts_with("::error ") || line.starts_with("::warning ");
        prop_assert!(annotations.lines().all(is_annotation), "{}", annotations);
        with_options(&["show", "-"], &input.0)?;
        with_options(&["catalog", "import"], page.as_bytes())?;
        let catalog = TemporaryFile::new("any.toml", catalog);
        with_options(&["catalog", "check", catalog.path()], b"")?;
        let query = query.replace('\0', "");
        let searched = printed(&["search", "--json", "-n", "0", "--", &query], b"")?;
        if !query.trim().is_empty() {
            let hits = orgerr::search(Catalog::embedded(), &query);
            let json: Value = serde_json::from_str(&searched).unwrap();
            prop_assert_eq!(json, serde_json::to_value(hits).unwrap());
        }
        printed(&[&options[..], &["search", "--", &query]].concat(), b"")?;
        printed(&[&options[..], &["show", "--", &query]].concat(), b"")?;
        printed(&[&query], b"")?;
    }
}

#[test]
fn a_query_of_a_megabyte_is_answered() {
    let queries = "x~aB~1305 ~org.1305 ~handshake quota ~notfoundhandshake~'~a'~配~\0~.~_~\
                   Policy doesn't allow ~Bad Request: ";
    for query in queries.split('~') {
        let query = query.repeat((1 << 20) / query.len());
        invariants::answered_soundly(&CATALOGS[0], &query, 10);
    }
}
