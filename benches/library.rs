//! Times `orgerr::search` and `orgerr::explain` in a program that is running already:
//! `cargo bench --bench library`.

mod support;

use std::fmt;
use std::fs;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use orgerr::Catalog;

/// A kind of query or input, with an example of it.
struct Example<T>(&'static str, T);

impl<T> fmt::Display for Example<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn main() {
    divan::main();
}

#[divan::bench(args = [
    Example("exact word", "handshake"),
    Example("several words", "remove delegated administrator"),
    Example("typo", "handhsake"),
    Example("fragment", "hndshk"),
    Example("code", "Organizations.1305"),
    Example("synonym", "too many accounts"),
    Example("nonsense", "qwertz zzyzx"),
])]
fn search(bencher: Bencher, Example(_, text): &Example<&str>) {
    let catalog = Catalog::embedded();
    bencher.bench(|| orgerr::search(catalog, black_box(text)));
}

#[divan::bench(args = [
    Example("response body", "json/pretty-with-status"),
    Example("curl transcript", "curl/v-request-with-an-id"),
    Example("stack trace", "sdk/java-stack-trace"),
])]
fn explain(bencher: Bencher, Example(_, case): &Example<&str>) {
    let input = fs::read(format!("tests/explain/{case}.in")).expect("a case of the tests");
    explain_bytes(bencher, &input);
}

/// Logs of 1 MB, with this number of bytes from one error to the next.
#[divan::bench(args = [
    Example("few errors", Some(100_000)),
    Example("an error in each line", Some(1)),
    Example("no error", None),
])]
fn explain_log(bencher: Bencher, Example(_, bytes_per_error): &Example<Option<usize>>) {
    let mut log = Vec::new();
    support::write_log(&mut log, 1_000_000, "organizations", *bytes_per_error)
        .expect("a vector takes all");
    explain_bytes(bencher, &log);
}

/// Lines without a code that have a documented message, or how one begins.
#[divan::bench(args = [
    Example("JSON", r#"{"level":"error","status":403,"error_msg":"quota exceeded for account."}"#),
    Example("key=value", r#"level=error status=403 error_msg="quota exceeded for account.""#),
    Example("response", "HTTP/1.1 400 Bad Request\n\n{\"error_msg\":\"quota exceeded for account.\"}"),
    Example("another service's", "Policy doesn't allow os_compute_api:servers to be performed."),
    Example("a client's", "Bad request with: [POST https://x/v1], request_id: 7f3c"),
])]
fn explain_messages(bencher: Bencher, Example(_, line): &Example<&str>) {
    let input = format!("{line}\n").repeat(1_000_000 / line.len());
    explain_bytes(bencher, input.as_bytes());
}

/// Short pieces, repeated, with a new code every 2,500 bytes so that everything is read closely. If
/// a step takes quadratic time, the longer input has fewer bytes per second.
#[divan::bench(consts = [5_000, 50_000], args = [
    Example("brackets", "{[("),
    Example("cells", "|a|b|\n"),
    Example("curl", "curl -X GET "),
    Example("elements", "<a><td>"),
    Example("empty lines", "\n"),
    Example("entities", "&quot;"),
    Example("frames", "╷\n│ Error: x\n╵\n"),
    Example("heads", "HTTP/1.1 404 Not Found\nX-Request-Id: aaaaaaa1\n\n"),
    Example("labels", "message: status: "),
    Example("list", "- a: b\n"),
    Example("quotes", "\"'\\\""),
    Example("spaces", " "),
    Example("statuses", "404\n"),
    Example("tags", "[a] x\n"),
    Example("times", "2026-11-24T10:00:00Z x\n"),
])]
fn explain_hostile<const LENGTH: usize>(bencher: Bencher, Example(_, piece): &Example<&str>) {
    let pieces = piece.repeat(2_500 / piece.len());
    let codes = 20_000..20_000 + LENGTH / 2_500;
    let input = codes.map(|number| format!("{pieces} Organizations.{number}\n"));
    explain_bytes(bencher, input.collect::<Vec<_>>().concat().as_bytes());
}

fn explain_bytes(bencher: Bencher, input: &[u8]) {
    let catalog = Catalog::embedded();
    let bencher = bencher.counter(BytesCount::of_slice(input));
    bencher.bench(|| orgerr::explain(catalog, "-", black_box(input)));
}
