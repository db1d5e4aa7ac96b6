//! Hostile text in every field of every format.

use clap::ValueEnum as _;
use orgerr::{Catalog, Entry, Finding};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::View;
use super::fields::Fix;
use super::formats::Layout;
use super::record::Record;
use super::style::ColorMode;
use crate::output_options::Format;
use crate::unit::colors::without_colors;
use crate::unit::unicode::{HIDDEN, hidden_in};

/// What a code may lead to.
const PAGE: &str = "https://docs.example/errors.html";

/// Text with more hidden characters and markup than letters.
fn hostile() -> impl Strategy<Value = String> {
    let hidden = select(&HIDDEN[..])
        .prop_flat_map(|range| proptest::char::range(*range.start(), *range.end()));
    let markup =
        select("|`\\*_~<>[]()#@!$&^:=+-'\"❤👍\t\n\r\u{a0}\u{3000}".chars().collect::<Vec<_>>());
    let c = prop_oneof![
        any::<char>(),
        hidden,
        markup,
        proptest::char::range('\0', '\u{a0}'),
        Just(' '),
    ];
    let word = select(
        "@name #1 __init__ https://a.example www.a.example =1+1 GH-1 "
            .split(' ')
            .collect::<Vec<_>>(),
    );
    let piece = prop_oneof![8 => c.prop_map(String::from), 1 => word.prop_map(str::to_owned)];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn entry(texts: &[String]) -> Entry {
    let text = |number: usize| &texts[number % texts.len()];
    let entry = serde_json::json!({
        "code": text(0),
        "service": text(1),
        "status": 404,
        "message": text(2),
        "description": text(3),
        "solution": text(4),
        "category": text(5),
        "action": "retry",
        "retryable": true,
        "check": [{"operation": text(0), "method": text(1), "path": text(2), "command": text(3)}],
        "causes": [{"says": text(4), "solution": text(5)}],
        "wordings": [text(6)],
        "documented": true,
        "note": text(6),
        "url": PAGE,
    });
    serde_json::from_value(entry).expect("every field of an entry")
}

fn finding<'a>(texts: &[String], entry: Option<&'a Entry>, near: &'a Entry) -> Finding<'a> {
    let text = |number: usize| texts[number % texts.len()].clone();
    let mut finding = orgerr::explain(Catalog::embedded(), "-", b"Organizations.1305").remove(0);
    finding.code = Some(text(0));
    finding.known = entry.is_some();
    finding.entry = entry.map(std::borrow::Cow::Borrowed);
    finding.count = 2;
    finding.status_differs = true;
    finding.suggestions = vec![near];
    let first = &mut finding.first;
    first.source = text(1);
    first.http_status = Some(400);
    first.request_id = Some(text(2));
    first.message = Some(text(3));
    first.args = vec![text(4)];
    first.encoded_authorization_message = Some(text(5));
    finding
}

/// That a record is printed in every format and nothing in it hides or acts.
fn is_rendered_safely<R: Record>(view: View, record: &R) {
    let render = |format, width, mode| {
        let layout = Layout { format, view, width, mode, line_width: width };
        layout.all(&[record])
    };
    for &format in Format::value_variants() {
        for width in [20, 80] {
            let separates = |c: char| c == '\n' || (c == '\t' && format == Format::Tsv);
            for mode in [ColorMode::Plain, ColorMode::Colored] {
                let text = without_colors(&render(format, width, mode));
                let hidden = text.split(separates).find_map(hidden_in);
                assert_eq!(hidden, None, "{format:?} at {width}: {text:?}");
            }
        }
    }
    let json = render(Format::Json, 80, ColorMode::Plain);
    let read: Value = serde_json::from_str(&json).expect("valid JSON");
    assert_eq!(read[0], serde_json::to_value(record).unwrap());

    let tsv = render(Format::Tsv, 80, ColorMode::Plain);
    let rows: Vec<Vec<_>> = tsv.lines().map(|row| row.split('\t').collect()).collect();
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [R::TSV_KEYS.split(' ').count(); 2]);
    let runs = |cell: &&&str| {
        cell.len() > 1 && cell.starts_with(['=', '+', '-', '@']) || cell.starts_with('"')
    };
    assert_eq!(rows[1].iter().find(runs), None);

    let markdown = render(Format::Markdown, 80, ColorMode::Plain);
    let rows: Vec<_> = markdown.lines().map(without_code).collect();
    let cells = |row: &String| row.matches(" |").count();
    assert_eq!(cells(&rows[0]), cells(&rows[2]), "{markdown}");
    let text = rows[2].replace("<br>", " ").replace(" |", " ");
    let text = text.trim_start_matches('|');
    let linked = format!("]({PAGE})");
    let text = match text.split_once(&linked) {
        Some((code, rest)) => code.replacen('[', "", 1) + rest,
        None => text.to_owned(),
    };
    let acts = |c| "|`\\*~<>[]#@$&^".contains(c);
    assert_eq!(text.find(acts), None, "{markdown}");
    assert!(!text.contains("://") && !text.contains("www.") && !text.contains("__"), "{markdown}");
}

/// A line of Markdown without what stands as code, and without escaped lines.
fn without_code(line: &str) -> String {
    let mut rest = line;
    let mut text = String::new();
    while let Some(start) = rest.find('`') {
        text += &rest[..start];
        let fence = rest[start..].split(|c| c != '`').next().unwrap_or_default();
        rest = &rest[start + fence.len()..];
        let mut runs = rest.match_indices(fence);
        let is_whole =
            |at: usize| !rest[..at].ends_with('`') && !rest[at + fence.len()..].starts_with('`');
        let (end, _) = runs.find(|(at, _)| is_whole(*at)).expect("code ends");
        rest = &rest[end + fence.len()..];
    }
    (text + rest).replace("\\|", "")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_format_lets_hostile_text_through(texts in proptest::collection::vec(hostile(), 7)) {
        let entry = entry(&texts);
        is_rendered_safely(View::Cards, &entry);
        is_rendered_safely(View::Table, &entry);
        for any_code_has_several in [false, true] {
            is_rendered_safely(View::Table, &Fix { entry: &entry, any_code_has_several });
        }
        let length = entry.message().chars().count();
        let matches = [("message", vec![[length / 2, length]])];
        let matches = matches.into_iter().filter(|_| length > 1).collect();
        let mut hit = orgerr::search(Catalog::embedded(), "account").remove(0);
        (hit.entry, hit.matches) = (&entry, matches);
        is_rendered_safely(View::Cards, &hit);
        is_rendered_safely(View::Cards, &finding(&texts, Some(&entry), &entry));
        is_rendered_safely(View::Cards, &finding(&texts, None, &entry));
    }
}
