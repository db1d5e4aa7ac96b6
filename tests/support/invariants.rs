//! Rules that hold for any input. `tests/properties.rs` generates inputs for them, the
//! targets in `fuzz` mutate real ones.

use std::io::{self, Read};

use orgerr::{
    Catalog, CatalogBuilder, Entry, Explainer, Filter, Finding, Hit, MatchedBy, ParsedCatalog,
    Problem, StatusFilter, explain, import, parse_catalog, search_best,
};
use serde::Serialize;
use serde_json::Value;

/// The size of the first read of `follow`.
const BLOCK: usize = 16 * 1024;
/// The longest terminal sequence, in bytes of UTF-16.
const MAX_SEQUENCE: usize = 8 * 1024;
/// The lowest score of a hit whose code is the query.
const CODE_SCORE: u32 = 1_000_000;
/// How many entries of a catalog are looked up.
const MAX_ENTRIES: usize = 4;
/// What a gzip file starts with.
const GZIP: &[u8] = b"\x1f\x8b";
/// A log record without an error.
const IDLE: &str = "2026-11-24 10:00:00 INFO all is well\n";

/// Reads the input in blocks of these sizes, repeated, and fails at its end if asked to.
struct Blocks<'i> {
    input: &'i [u8],
    sizes: Vec<usize>,
    reads: usize,
    fails: bool,
}

impl<'i> Blocks<'i> {
    fn new(input: &'i [u8], sizes: &[usize]) -> Self {
        Blocks { input, sizes: sizes.to_vec(), reads: 0, fails: false }
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        if self.input.is_empty() && self.fails {
            return Err(io::Error::other("the input breaks off"));
        }
        let size = self.sizes[self.reads % self.sizes.len()];
        self.reads += 1;
        self.input.take(size as u64).read(block).inspect(|read| {
            self.input = &self.input[*read..];
        })
    }
}

/// Asserts that the findings are consistent, and the same whether the input is read whole,
/// in blocks of these sizes (at least 1 each), followed, or broken off at its end.
pub(crate) fn explained_alike(catalog: &Catalog, input: &[u8], sizes: &[usize]) {
    let whole = explain(catalog, "-", input);
    for finding in &whole {
        is_sound_finding(finding, input);
    }
    let json = round_trip(&whole);

    let mut explainer = Explainer::new(catalog);
    let read = explainer.read("-", Blocks::new(input, sizes));
    is_read(input, &read);
    assert_eq!(round_trip(&explainer.finish().findings), json, "in blocks");

    let mut broken = Blocks::new(input, sizes);
    broken.fails = true;
    let mut explainer = Explainer::new(catalog);
    explainer.read("-", broken).unwrap_err();
    assert_eq!(round_trip(&explainer.finish().findings), json, "broken off");

    let followed = followed(catalog, Blocks::new(input, sizes));
    // A finding with a code is passed on before later lines are read, and may lack their values.
    let whole_by_message = whole.iter().all(|f| f.matched_by == MatchedBy::Message);
    if whole_by_message {
        assert_eq!(round_trip(&followed), json, "followed");
    }
    let places = |findings: &[Finding]| -> Vec<_> {
        let place = |f: &Finding| (f.code.clone(), f.count, f.first.line, f.suggestions.len());
        findings.iter().map(place).collect()
    };
    assert_eq!(places(&followed), places(&whole), "followed");
    // While a terminal sequence is unfinished, text after it is held back.
    let end = &input[input.len().saturating_sub(MAX_SEQUENCE)..];
    if input.len() <= BLOCK && !end.contains(&0x1b) {
        let at_once = self::followed(catalog, Blocks::new(input, &[BLOCK]));
        // A diagnostic below adds its resource only to a finding that has not been passed on yet.
        let without_resource = |findings: &[Finding]| {
            let mut findings = findings.to_vec();
            for finding in &mut findings {
                finding.first.resource = None;
            }
            round_trip(&findings)
        };
        assert_eq!(without_resource(&at_once), without_resource(&whole), "followed at once");
    }
}

/// Asserts that the input was read to its end, unless it is a broken gzip file.
fn is_read<T>(input: &[u8], read: &io::Result<T>) {
    assert!(read.is_ok() || input.starts_with(GZIP));
}

/// Follows the input and returns the findings. Asserts that each was passed on with a count of 1.
fn followed<'c>(catalog: &'c Catalog, input: Blocks) -> Vec<Finding<'c>> {
    let mut explainer = Explainer::new(catalog);
    let mut passed_on = Vec::new();
    let mut new = |finding: &Finding<'c>| {
        passed_on.push(finding.clone());
        Ok(())
    };
    let packed = input.input;
    is_read(packed, &explainer.follow("-", input, &mut new));
    let findings = explainer.finish().findings;
    let mut first = findings.clone();
    for finding in &mut first {
        finding.count = 1;
    }
    assert_eq!(round_trip(&passed_on), round_trip(&first), "passed on");
    findings
}

/// Asserts that text before the input changes only the line numbers. The text has `padding` bytes
/// or a few more, which moves the input across the edge of a block.
pub(crate) fn explained_alike_after(catalog: &Catalog, input: &[u8], padding: usize) {
    // A byte order mark or the mark of gzip counts only at the start of a text.
    let marks: [&[u8]; 3] = [b"\xff\xfe", b"\xfe\xff", GZIP];
    if marks.iter().any(|mark| input.starts_with(mark)) {
        return;
    }
    let input = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    // So do the first bytes of UTF-16 without a byte order mark.
    if input.iter().take(8).any(|byte| *byte == 0) {
        return;
    }
    let mut padded = IDLE.repeat(padding.div_ceil(IDLE.len()));
    // An empty line separates the padding from the input.
    padded.push('\n');
    let lines = padded.matches('\n').count() as u64;
    let padded = [padded.as_bytes(), input].concat();
    let mut expected = explain(catalog, "-", input);
    for finding in &mut expected {
        finding.first.line += lines;
    }
    let found = explain(catalog, "-", &padded);
    assert_eq!(round_trip(&found), round_trip(&expected));
}

fn is_sound_finding(finding: &Finding, input: &[u8]) {
    let lines = input.split(|byte| *byte == b'\n').count() as u64;
    let first = &finding.first;
    assert!(finding.count > 0 && first.source == "-");
    let is_line = (1..=lines).contains(&first.line) || input.starts_with(GZIP);
    assert!(is_line, "{finding:?}");
    assert_eq!(finding.known, finding.entry.is_some());
    assert!(first.http_status.is_none_or(|s| (100..600).contains(&s)));
    assert!(first.request_id.as_ref().is_none_or(|id| !id.is_empty()));
    let is_blank = |text: &String| text.trim().is_empty();
    assert!(!first.message.as_ref().is_some_and(is_blank), "{finding:?}");
    assert!(!first.args.iter().any(is_blank), "{finding:?}");
    let differs = |entry: &Entry| first.http_status.is_some_and(|s| s != entry.status());
    assert_eq!(finding.status_differs, finding.entry().is_some_and(differs));
    assert!(finding.suggestions.len() <= if finding.known { 0 } else { 3 });
    let arguments = finding.entry().map_or(0, |entry| entry.message().matches(['{', '%']).count());
    assert!(first.args.len() <= arguments);
    assert!(finding.entry().is_none_or(|entry| Some(entry.code()) == finding.code.as_deref()));
}

/// Asserts that the hits of the query are consistent at any limit and with a filter.
pub(crate) fn answered_soundly(catalog: &Catalog, query: &str, limit: usize) {
    let all = search_best(catalog, query, &Filter::default(), usize::MAX);
    assert_eq!((all.found, all.unfiltered), (all.hits.len(), all.hits.len()));
    let number = |entry: &Entry| {
        let mut entries = catalog.entries().iter();
        entries.position(|other| std::ptr::eq(other, entry))
    };
    let rank = |hit: &Hit| (std::cmp::Reverse(hit.score), number(hit.entry));
    assert!(all.hits.is_sorted_by(|a, b| rank(a) < rank(b)));
    for hit in &all.hits {
        assert!(hit.score > 0);
        are_sound_matches(hit);
    }
    assert!(all.closest_word.is_none() || all.hits.is_empty());
    let best = search_best(catalog, query, &Filter::default(), limit);
    assert_eq!((best.found, best.unfiltered), (all.found, all.unfiltered));
    assert_eq!(best.hits.len(), limit.min(all.found));
    let first = &all.hits[..best.hits.len()];
    assert_eq!(round_trip(&best.hits), round_trip(&first));
    assert_eq!(best.closest_word, all.closest_word);

    let mut filter = Filter::default();
    filter.statuses = vec![StatusFilter::Class(4)];
    let kept = search_best(catalog, query, &filter, usize::MAX);
    let hits = all.hits.into_iter();
    let expected: Vec<_> = hits.filter(|hit| filter.keeps(hit.entry)).collect();
    assert_eq!((kept.found, kept.unfiltered), (expected.len(), all.found));
    assert_eq!(round_trip(&kept.hits), round_trip(&expected));
}

/// Asserts that ranges lie inside their fields, ascend, are not empty and do not touch.
fn are_sound_matches(hit: &Hit) {
    for (field, ranges) in &hit.matches {
        let text = match *field {
            "code" => hit.entry.code(),
            "message" => hit.entry.message(),
            "description" => hit.entry.description(),
            "solution" => hit.entry.solution(),
            "category" => hit.entry.category(),
            _ => panic!("{field} is not searched"),
        };
        assert!(!ranges.is_empty());
        assert!(ranges.iter().all(|[start, end]| start < end));
        assert!(ranges.is_sorted_by(|a, b| a[1] < b[0]), "{ranges:?}");
        assert!(ranges[ranges.len() - 1][1] <= text.chars().count());
    }
}

/// Asserts that the codes of a catalog can be looked up, or that its problems have places.
pub(crate) fn parsed_soundly(text: &str) {
    match parse_catalog(text) {
        Ok(source) => is_sound_source(text, &source),
        Err(problems) => {
            assert!(!problems.is_empty());
            are_inside(&problems, text);
        }
    }
}

fn are_inside(problems: &[Problem], text: &str) {
    let place = |problem: &Problem| (problem.line, problem.column);
    assert!(problems.is_sorted_by_key(place));
    let lines: Vec<_> = text.split('\n').collect();
    for problem in problems {
        let line = lines[problem.line - 1];
        let columns = 1..=line.chars().count() + 1;
        assert!(columns.contains(&problem.column), "{problem}");
        assert!(!problem.message.is_empty());
    }
}

fn is_sound_source(text: &str, source: &ParsedCatalog) {
    assert!(!source.entries().is_empty());
    let codes = source.entries().iter().map(|e| e.code().to_string());
    let mut catalog = CatalogBuilder::new();
    if let Err(problems) = catalog.add(text) {
        // Its services may have the names of embedded ones.
        are_inside(&problems, text);
        return;
    }
    let catalog = catalog.build();
    for code in codes.take(MAX_ENTRIES) {
        // The embedded catalog may have its service under another name.
        let code = orgerr::parse_code(&catalog, &code).unwrap().to_string();
        let entry = catalog.get(&code).unwrap();
        assert!((100..600).contains(&entry.status()));
        assert!(entry.code().starts_with(entry.service()));
        let is_code = |other: &str| other.eq_ignore_ascii_case(&code);
        let number = &code[entry.service().len() + ".".len()..];
        if number.bytes().all(|byte| byte.is_ascii_digit()) {
            let best = search_best(&catalog, &code, &Filter::default(), 1);
            assert!(is_code(best.hits[0].entry.code()), "{code}");
            assert!(best.hits[0].score >= CODE_SCORE, "{code}");
            let text = format!("error {code}: {}", entry.message());
            let found = explain(&catalog, "-", text.as_bytes());
            assert!(
                found
                    .iter()
                    .any(|f| f.code.as_deref().is_some_and(|code| f.known && is_code(code))),
                "{code}"
            );
        }
        explained_alike(&catalog, entry.message().as_bytes(), &[7]);
        answered_soundly(&catalog, entry.message(), 3);
    }
}

/// Asserts that the imported catalog is valid and that problems have places in the page.
pub(crate) fn imported_soundly(page: &str) {
    imported_of_service_soundly(page, None);
    imported_of_service_soundly(page, Some("Named"));
}

fn imported_of_service_soundly(page: &str, service: Option<&str>) {
    let imported = import(page.as_bytes(), service);
    assert!(imported.imported <= imported.rows);
    assert_eq!(imported.toml.is_empty(), imported.imported == 0);
    // Each kind of line end counts as one line.
    let lines = page.replace("\r\n", "\n").replace('\r', "\n");
    are_inside(&imported.notes, &lines);
    if imported.imported == 0 {
        assert!(!imported.notes.is_empty());
        return;
    }
    let source = parse_catalog(&imported.toml).unwrap();
    // Terminal sequences, HTML and links of Markdown may stand within a code and have
    // digits, too.
    if !page.contains(['\u{1b}', '&', '<', '[']) {
        let of_page: String = page.chars().filter(char::is_ascii_digit).collect();
        for entry in source.entries() {
            let digits: String = entry.code().chars().filter(char::is_ascii_digit).collect();
            assert!(of_page.contains(&digits), "{}", entry.code());
        }
    }
}

/// The JSON of the value. Asserts that it can be read back.
fn round_trip(value: &impl Serialize) -> Value {
    let json = serde_json::to_value(value).unwrap();
    let text = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json);
    json
}
