//! Tells which exceptions of Python, one below another, are of one failure.

use crate::explain::lines::levels::{Level, level_among_words};
use crate::explain::values::http::{has_request, statuses_alone_in};
use crate::explain::values::unlabelled_id::names_request_id;
use crate::explain::values::{has_error_code, is_error_code, is_id_char};
use crate::substrings::{has_any, split_while};

/// The first line of a stack, above the calls that led to an exception.
const START: &str = "Traceback (";
/// Stands between an exception and another that it caused.
const CAUSE: &str = "The above exception was the direct cause";
/// Stands between an exception and another that was raised while the first was handled. The second
/// may be of another call; only the SDK raises its own exception for the same call.
const HANDLING: &str = "During handling of the above exception";
/// Stands in the paths of the vendor's SDK.
const SDK: &str = "huaweicloudsdk";

/// How far the last stack has been read.
#[derive(Default, PartialEq, Eq)]
enum Stack {
    #[default]
    None,
    /// Its exception is still to come. Loguru puts empty lines between its calls.
    Open,
    Whole,
}

/// What the exceptions of Python in a log record show so far.
#[derive(Default)]
pub(super) struct PythonStacks {
    last: Stack,
    is_of_sdk: bool,
    has_code: bool,
}

impl PythonStacks {
    /// Takes in the next line.
    pub(super) fn add(&mut self, line: &str) {
        if line.starts_with(START) {
            self.last = Stack::Open;
        } else if self.last == Stack::Open && !line.starts_with([' ', '>']) {
            self.last = Stack::Whole;
        }
        if self.last != Stack::None {
            self.is_of_sdk |= has_any(line, &[SDK]);
            self.has_code |= has_error_code(line);
        }
    }

    /// Whether a line below an empty one is another call of an open stack, or its exception.
    pub(super) fn go_on_with(&self, line: &str) -> bool {
        let (name, behind) = split_while(line, is_id_char);
        let is_exception = behind.starts_with(": ")
            && !is_error_code(name)
            && (name.contains('.') || name.ends_with("Error") || name.ends_with("Exception"));
        self.last == Stack::Open && (line.starts_with([' ', '>']) || is_exception)
    }

    /// Whether a line stands between two exceptions of one failure.
    pub(super) fn are_joined_by(&self, line: &str) -> bool {
        line.starts_with(CAUSE) || line.starts_with(HANDLING) && self.is_of_sdk && !self.has_code
    }

    /// Whether a line starts something that has nothing to do with the lines above: an exception
    /// below another that it is not joined to, or below a log line that shows a call and no
    /// failure; or a request below a whole exception.
    pub(super) fn starts_another(&self, line: &str, above: &str) -> bool {
        if self.last == Stack::Whole && has_request(line) && !has_error_code(line) {
            return true;
        }
        let is_of_success = || {
            level_among_words(above) == Some(Level::Info)
                && names_request_id(above)
                && !has_request(above)
                && statuses_alone_in(above).all(|status| status < 400)
        };
        line.starts_with(START)
            && !self.are_joined_by(above)
            && (self.last != Stack::None || is_of_success())
    }
}
