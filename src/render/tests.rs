//! Hostile text in every field of every format.

use orgerr::explain::MatchedBy;
use orgerr::{Entry, Finding, Hit, Occurrence};
use proptest::prelude::*;
use serde_json::Value;

use super::View;
use super::colors::without_colors;
use super::layout::Layout;
use super::record::Record;
use super::settings::Format;
use super::style::ColorMode;
use crate::sanitize::is_safe;

const FORMATS: [Format; 6] = [
    Format::Table,
    Format::Json,
    Format::Jsonl,
    Format::Tsv,
    Format::Markdown,
    Format::Plain,
];

fn rendered<R: Record>(view: View, record: &R, layout: Layout) -> String {
    layout.pieces(view, &[record]).collect()
}

/// Text with more control and invisible characters than letters.
fn hostile() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        any::<char>(),
        proptest::char::range('\0', '\u{a0}'),
        proptest::char::range('\u{200b}', '\u{206f}'),
        proptest::char::range('\u{e0000}', '\u{e01ff}'),
        proptest::char::range('\u{fe00}', '\u{fe0f}'),
        Just('❤'),
        Just('\u{3000}'),
        Just('\u{2800}'),
        Just('\u{1b}'),
        Just('|'),
        Just(' '),
    ];
    proptest::collection::vec(c, 0..40).prop_map(String::from_iter)
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
        "documented": false,
        "note": text(6),
        "url": text(0),
    });
    serde_json::from_value(entry).expect("every field of an entry")
}

fn finding<'a>(texts: &[String], entry: Option<&'a Entry>, near: &'a str) -> Finding<'a> {
    let text = |number: usize| texts[number % texts.len()].clone();
    Finding {
        code: text(0),
        known: entry.is_some(),
        matched_by: MatchedBy::Code,
        count: 2,
        first: Occurrence {
            source: text(1),
            line: 1,
            http_status: Some(400),
            request_id: Some(text(2)),
            message: Some(text(3)),
            args: vec![text(4)],
            request: None,
            encoded_authorization_message: Some(text(5)),
        },
        status_differs: true,
        suggestions: vec![near],
        entry,
        is_unambiguous: true,
    }
}

/// Everything rendered; none of it may hold an unsafe character.
fn is_rendered_safely<R: Record>(view: View, record: &R) {
    let layout = |format, width, mode| Layout {
        format,
        width,
        mode,
        wraps_lines: true,
    };
    for format in FORMATS {
        for width in [20, 80] {
            let separates = |c: char| c == '\n' || (c == '\t' && format == Format::Tsv);
            for mode in [ColorMode::Plain, ColorMode::Colored] {
                let text = rendered(view, record, layout(format, width, mode));
                let text = without_colors(&text);
                let mut cells = text.split(separates);
                let found = cells.find(|cell| !is_safe(cell));
                assert_eq!(found, None, "{format:?} at {width}: {text:?}");
            }
        }
    }
    let json = rendered(view, record, layout(Format::Json, 80, ColorMode::Plain));
    let read: Value = serde_json::from_str(&json).expect("valid JSON");
    assert_eq!(read[0], serde_json::to_value(record).unwrap());
    let tsv = rendered(view, record, layout(Format::Tsv, 80, ColorMode::Plain));
    let columns: Vec<_> = tsv.lines().map(|line| line.split('\t').count()).collect();
    assert_eq!(columns, [R::KEYS.len(); 2]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_format_lets_hostile_text_through(texts in proptest::collection::vec(hostile(), 7)) {
        let entry = entry(&texts);
        for view in [View::CARDS, View::TABLE, View::FIXES, View::FIXES_OF_VARIANTS] {
            is_rendered_safely(view, &entry);
        }
        let length = entry.message().chars().count();
        let matches = [("message", vec![[length / 2, length]])];
        let matches = matches.into_iter().filter(|_| length > 1).collect();
        is_rendered_safely(View::HITS, &Hit { entry: &entry, score: 1, matches });
        is_rendered_safely(View::CARDS, &finding(&texts, Some(&entry), ""));
        is_rendered_safely(View::CARDS, &finding(&texts, None, &texts[0]));
    }
}
