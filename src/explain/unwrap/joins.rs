//! Joins lines that a frame, a terminal, a mail or a log has wrapped.

use super::curl_marks::LineKind;
use super::frames::is_row;
use super::log_lines::level;
use super::quotes::contains;
use super::wrapped;
use super::{Lines, RawLine};

impl Lines<'_> {
    /// Joins the lines of diagnostics that were wrapped without a frame, with a log's prefix
    /// before it, or by the terminal behind it; and those of the columns of logs.
    pub fn join(&mut self, original: &str) {
        let has_diagnostics = contains(original, wrapped::START);
        let has_columns = contains(original, "\n                ");
        if !has_diagnostics && !has_columns {
            return;
        }
        let mut number = 0;
        while let Some(first) = self.all.get(number) {
            let rest = &self.all[number..];
            let is_own =
                |line: &&RawLine| line.kind == LineKind::Plain && line.container == first.container;
            let mut own = rest.iter().take_while(is_own).map(|line| line.text);
            let is_frame = first.kind == LineKind::Framed && !first.text.is_empty();
            let starts_log = |c: char| c == '[' || c.is_ascii_digit();
            number += 1;
            let found = if is_frame && !is_row(first.text) {
                self.join_tail(original, number);
                continue;
            } else if let Some(prefix) = wrapped::prefix(first.text) {
                let found = wrapped::diagnostic(prefix, &mut own);
                self.all[number - 1].starts_record |= !prefix.is_empty() && !found.is_empty();
                found
            } else if has_columns && first.text.starts_with(starts_log) {
                wrapped::column(first.text, &mut own.skip(1))
            } else {
                continue;
            };
            for (line, (text, joint)) in self.all[number..].iter_mut().zip(found) {
                line.at += text.as_ptr() as usize - line.text.as_ptr() as usize;
                (line.text, line.joint, line.starts_record) = (text, joint, false);
                number += 1;
            }
        }
    }

    /// Joins the lines without a frame from `start` on, in a frame, with the one before.
    fn join_tail(&mut self, original: &str, start: usize) {
        let is_tail = |line: &&RawLine| {
            let is_text = line.kind == LineKind::Plain && !line.text.trim().is_empty();
            is_text && !line.starts_record && level(line.text).is_none()
        };
        let rest = &self.all[start..];
        let length = rest
            .iter()
            .take(wrapped::MAX_LINES)
            .take_while(is_tail)
            .count();
        let is_framed = |line: &&RawLine| line.kind == LineKind::Framed;
        if length == 0 || rest.get(length).is_none_or(|line| !is_framed(&line)) {
            return;
        }
        let above = self.all[..start].iter().rev().take(wrapped::MAX_LINES);
        let lines = rest[..length].iter().chain(above.take_while(is_framed));
        let widest = lines.map(|line| wrapped::width(line.whole(original))).max();
        for number in start..start + length {
            let before = self.all[number - 1].whole(original);
            let line = &mut self.all[number];
            line.joint = wrapped::tail(before, line.text, widest.unwrap_or(0));
            line.kind = LineKind::Framed;
        }
    }
}
