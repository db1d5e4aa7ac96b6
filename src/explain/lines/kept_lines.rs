//! Log lines that Docker and `go test -json` wrap in JSON, one object a line.

use super::line_escapes::Resolved;
use super::place_map::PlaceMap;
use super::times::after_time;
use crate::substrings::{has_any, place_in};

/// What marks such an object: how Docker's starts, and what Go's contains.
pub(super) const SIGNS: [&str; 2] = [START_OF_DOCKER, ACTION_OF_GO];
const START_OF_DOCKER: &str = "{\"log\":\"";
const ACTION_OF_GO: &str = "\"Action\":\"output\"";
/// How Go's object starts, and what stands before its string.
const START_OF_GO: &str = "{\"Time\":\"";
const STRING_OF_GO: &str = ",\"Output\":\"";
/// How the last piece of a line ends: Docker keeps a long line in several objects.
const LINE_END: &str = "\\n\",\"stream\":\"";

/// The text with such lines in Kubernetes' log format, and a map to the original:
/// `{"log":"…\n","stream":"stderr","time":"…"}` becomes `TIME stderr F …`, or `TIME stderr P …` if
/// the line goes on in the next object. Lines of Go get the names of their package and test as if
/// these named a pod, so that tests that run side by side stay apart.
pub(super) fn unpacked(original: &str) -> (String, PlaceMap) {
    let mut out = Resolved::with_capacity(original.len());
    // Some writers of this format leave out all line ends.
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

/// Splits a line with an object of `go test -json`: the text before the object, the names of
/// package and test, the time, the stream, and the text that the object keeps.
fn kept_by_go(line: &str) -> Option<[&str; 5]> {
    let (before, inside) = line.split_once(START_OF_GO)?;
    let (time, rest) = inside.split_once('"')?;
    let (action, text) = rest.split_once(STRING_OF_GO)?;
    let (_, name) = action.split_once(ACTION_OF_GO)?;
    let text = text.trim_end().strip_suffix("\"}")?;
    Some([before, name.split(']').next()?, time, "stdout", text])
}

/// Splits a line with an object of Docker as [`kept_by_go`] does, with an empty name.
fn kept_by_docker(line: &str) -> Option<[&str; 5]> {
    let (before, inside) = line.split_once(START_OF_DOCKER)?;
    let (text, rest) = inside.rsplit_once("\",\"stream\":\"")?;
    let (stream, rest) = rest.split_once("\",")?;
    let (_, time) = rest.rsplit_once("\"time\":\"")?;
    let time = time.trim_end().strip_suffix("\"}")?;
    let is_whole = matches!(stream, "stdout" | "stderr") && after_time(time) == Some("");
    is_whole.then_some([before, "", time, stream, text])
}
