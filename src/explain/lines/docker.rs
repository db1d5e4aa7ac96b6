//! The lines of programs as Docker keeps them: each as the string of an object.

use super::line_escapes::push_string;
use super::place_map::PlaceMap;
use super::times::after_time;
use crate::substrings::{has_any, place_in};

/// What such an object starts with.
pub const START: &str = "{\"log\":\"";
/// How the last piece of a line ends.
const LINE_END: &str = "\\n\",\"stream\":\"";

/// A text with these lines as Kubernetes keeps them, and where they stand in the original:
/// `{"log":"…\n","stream":"stderr","time":"…"}` becomes `TIME stderr F …`, and `TIME stderr P …`
/// where the line goes on in the next.
pub fn unpacked(original: &str) -> (String, PlaceMap) {
    let (mut out, mut pieces) = (String::with_capacity(original.len()), Vec::new());
    // Others that write such objects leave the ends of all lines out.
    let has_ends = has_any(original, &[LINE_END]);
    for line in original.split_inclusive('\n') {
        pieces.push((place_in(original, line).start, out.len()));
        let Some([before, text, stream, time]) = packed(line) else {
            out.push_str(line);
            continue;
        };
        let whole = text.strip_suffix("\\n");
        let mark = if has_ends && whole.is_none() { " P " } else { " F " };
        out.extend([before, time, " ", stream, mark]);
        let text = whole.unwrap_or(text);
        let at = place_in(original, text).start;
        push_string(at, text, &mut out, &mut pieces);
        out.push('\n');
    }
    (out, PlaceMap::new(pieces))
}

/// What stands before such an object on its line, the text in it, its stream and its time.
fn packed(line: &str) -> Option<[&str; 4]> {
    let (before, inside) = line.split_once(START)?;
    let (text, rest) = inside.rsplit_once("\",\"stream\":\"")?;
    let (stream, rest) = rest.split_once("\",")?;
    let (_, time) = rest.rsplit_once("\"time\":\"")?;
    let time = time.trim_end().strip_suffix("\"}")?;
    let is_whole = matches!(stream, "stdout" | "stderr") && after_time(time) == Some("");
    is_whole.then_some([before, text, stream, time])
}
