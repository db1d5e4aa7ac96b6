//! The lines of programs as Docker and `go test -json` keep them: each as the string of an object.

use super::line_escapes::Resolved;
use super::place_map::PlaceMap;
use super::times::after_time;
use crate::substrings::{has_any, place_in};

/// What marks such an object: how Docker's starts, and what Go's contains.
pub(super) const SIGNS: [&str; 2] = [START_OF_DOCKER, ACTION_OF_GO];
const START_OF_DOCKER: &str = "{\"log\":\"";
const ACTION_OF_GO: &str = "\"Action\":\"output\"";
/// How Go's starts, and what stands before the string.
const START_OF_GO: &str = "{\"Time\":\"";
const STRING_OF_GO: &str = ",\"Output\":\"";
/// How the last piece of a line ends.
const LINE_END: &str = "\\n\",\"stream\":\"";

/// A text with these lines as Kubernetes keeps them, and where they stand in the original:
/// `{"log":"…\n","stream":"stderr","time":"…"}` becomes `TIME stderr F …`, and `TIME stderr P …`
/// where the line goes on in the next. Lines of Go get the names of their package and test as if
/// these were a pod, so that tests that run side by side stay apart.
pub(super) fn unpacked(original: &str) -> (String, PlaceMap) {
    let mut out = Resolved::with_capacity(original.len());
    // Other writers of this format never write line ends.
    let has_ends = has_any(original, &[LINE_END]);
    for line in original.split_inclusive('\n') {
        out.start_piece(place_in(original, line).start);
        let kept = kept_by_docker(line).or_else(|| kept_by_go(line));
        let Some([before, name, time, stream, text]) = kept else {
            out.text.push_str(line);
            continue;
        };
        let whole = text.strip_suffix("\\n");
        let goes_on = whole.is_none() && (has_ends || !name.is_empty());
        let mark = if goes_on { " P " } else { " F " };
        out.text.push_str(before);
        if !name.is_empty() {
            out.text.extend(["[pod/", name, "] "]);
        }
        out.text.extend([time, " ", stream, mark]);
        let text = whole.unwrap_or(text);
        out.push_string(place_in(original, text).start, text, b'\\');
        out.text.push('\n');
    }
    (out.text, PlaceMap::new(out.pieces))
}

/// The text before an object of `go test -json` on its line, the names of the package and the test,
/// the time, the stream, and the text in it.
fn kept_by_go(line: &str) -> Option<[&str; 5]> {
    let (before, inside) = line.split_once(START_OF_GO)?;
    let (time, rest) = inside.split_once('"')?;
    let (action, text) = rest.split_once(STRING_OF_GO)?;
    let (_, name) = action.split_once(ACTION_OF_GO)?;
    let text = text.trim_end().strip_suffix("\"}")?;
    Some([before, name.split(']').next()?, time, "stdout", text])
}

/// As [`kept_by_go`], of Docker, which says nothing of a test.
fn kept_by_docker(line: &str) -> Option<[&str; 5]> {
    let (before, inside) = line.split_once(START_OF_DOCKER)?;
    let (text, rest) = inside.rsplit_once("\",\"stream\":\"")?;
    let (stream, rest) = rest.split_once("\",")?;
    let (_, time) = rest.rsplit_once("\"time\":\"")?;
    let time = time.trim_end().strip_suffix("\"}")?;
    let is_whole = matches!(stream, "stdout" | "stderr") && after_time(time) == Some("");
    is_whole.then_some([before, "", time, stream, text])
}
