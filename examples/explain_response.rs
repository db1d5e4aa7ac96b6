//! What a tool of your own may do with an error response: say how to fix it, and end
//! with an exit code by which a script knows whether to try again.
//!
//! ```sh
//! cargo run --example explain_response -- 409 < response.json
//! ```
//!
//! Exits with 75 where the same request may be sent again (as `sysexits.h` has it), 77
//! where a permission is missing, 69 where only support can help, 65 where the request
//! or what it is about has to change, and 1 where the error is not a known one.

use std::io::Read as _;
use std::process::ExitCode;

use orgerr::{Action, Catalog, Finding, explain};

/// What an HTTP client has of a response that is no success.
struct ErrorResponse {
    status: u16,
    body: Vec<u8>,
}

fn main() -> std::io::Result<ExitCode> {
    // Stands for the call that failed.
    let status = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let mut response = ErrorResponse { status: status.unwrap_or(400), body: Vec::new() };
    std::io::stdin().read_to_end(&mut response.body)?;

    Ok(on_error(&response))
}

/// The error path of the client.
fn on_error(response: &ErrorResponse) -> ExitCode {
    // The status line goes with the body, because one code can have several entries.
    let mut text = format!("HTTP/1.1 {}\n\n", response.status).into_bytes();
    text.extend(&response.body);
    let findings = explain(Catalog::embedded(), "response", &text);
    let Some(Finding { entry: Some(entry), first, .. }) = findings.first() else {
        eprintln!("HTTP status {}, no documented error", response.status);
        return ExitCode::FAILURE;
    };

    eprintln!("{}: {}", entry.code(), entry.description());
    eprintln!("Fix: {}", entry.solution());
    if let Some(request_id) = &first.request_id {
        // It comes from outside: Debug escapes what a terminal would obey.
        eprintln!("Request ID: {request_id:?}");
    }
    ExitCode::from(match entry.action() {
        Action::Retry => 75,
        Action::CheckPermission => 77,
        Action::ContactSupport => 69,
        // To correct the request, to change a state, to use less.
        _ => 65,
    })
}
