//! Reads fields: labels with their values, and pairs of a name and a value (`add`,
//! `read_pair_after`).

use std::ops::Range;

use super::Kind;
use super::message_end::{end_before, end_of_message};
use super::scanner::Scanner;
use super::value_wrappers::{before_value, starts_pair};
use crate::catalog::status_name;
use crate::explain::lines::dialogue::after_prompt;
use crate::explain::lines::prefix::text_after_tags;
use crate::explain::values::addresses::{
    after_variable, starts_with_version, without_sentence_end,
};
use crate::explain::values::alone::value_alone;
use crate::explain::values::labels::{
    Label, MAX_MARKUP, is_label_char, label, label_before, meaning_of,
};
use crate::explain::values::unlabelled_id::{id_behind_exchange, is_cut_off, named_id_at_end};
use crate::explain::values::{
    Field, Rank, Role, Written, can_be, decoded, is_authorization_char, is_error_code,
    is_host_char, is_id_char, status,
};
use crate::substrings::{before, end_of, place_in, split_while, start_of};

/// What Guzzle puts after a body that it has cut off.
const TRUNCATED: &str = " (truncated...)";
/// The space between a label and its value in Chinese forms.
const WIDE_SPACE: char = '\u{3000}';
/// The most bytes of a value without quotes; a message may be longer.
const MAX_WORD: usize = 4096;
/// The most bytes of a value that is checked. Of longer values only messages, authorization
/// messages, codes and hosts are kept.
const MAX_CHECKED: usize = 256;
/// How many lines above and below a value alone are searched for its code.
const MAX_LINES_TO_CODE: usize = 4;
/// The most lines of a YAML value below its first.
const MAX_YAML_LINES: usize = 40;
/// The most bytes of a value in form data. A line may have a label every few bytes, so each search
/// is short.
const MAX_FORM: usize = 2048;
/// Roles whose values may stand on the line below their labels, as in a form.
const IN_FORMS: [Role; 4] = [Role::HttpStatus, Role::RequestId, Role::Method, Role::Url];

impl<'t> Scanner<'t> {
    /// Reads the field whose label ends at `at`, before a separator of `length` bytes; or whose
    /// label starts behind a colon at `at`, as in Clojure: `:request_id "…"`.
    pub(super) fn read_labelled(&mut self, at: usize, length: usize) {
        if let Some(label) = label_before(self.text, at) {
            return self.read_value(label, at + length);
        }
        let name = self.text[at..self.limit()].strip_prefix(':').unwrap_or_default();
        let (name, _) = split_while(name, is_label_char);
        if let Some(found) = label(name, true) {
            self.read_value(Label { start: at, ..found }, at + 1 + name.len());
        }
    }

    /// Reads the field whose label ends at `at` with a Chinese mark: `：`, `】` without a colon
    /// behind it, or a wide space if the label starts its line.
    pub(super) fn read_behind_wide_mark(&mut self, at: usize) {
        let mut marks = self.text[at..].chars();
        let (mark, next) = (marks.next(), marks.next());
        let starts_line = || {
            let near = end_of(&self.text[..at], MAX_MARKUP);
            let line = near.rsplit('\n').next().unwrap_or_default();
            (line.len() < near.len() || near.len() == at) && meaning_of(line).is_some()
        };
        let ends_label = match mark {
            Some('：') => true,
            Some('】') => !matches!(next, Some('：' | ':')),
            Some(WIDE_SPACE) => {
                !matches!(next, Some(WIDE_SPACE | '：' | ':' | '=')) && starts_line()
            }
            _ => false,
        };
        if ends_label {
            self.read_labelled(at, '：'.len_utf8());
        }
    }

    /// Reads the value of a label, which starts at or after `from`.
    fn read_value(&mut self, label: Label, from: usize) {
        let limit = self.limit();
        let Some(rest) = self.text.get(from..limit) else { return };
        let is_message = label.role == Role::Message;
        // A mail may break the line before a string.
        let below = rest.strip_prefix('\n').map(|it| it.trim_start_matches(['>', ' ']));
        let is_folded = |below: &&str| {
            let string = below.strip_prefix('"').and_then(|it| it.split_once('"'));
            string.is_some_and(|(_, after)| !after.starts_with([':', ' ']))
        };
        let rest = below.filter(is_folded).unwrap_or(rest);
        // A YAML string may break the line before a request ID.
        let is_in_string = limit < self.text.len();
        let id = Some(rest.trim_start()).filter(|_| is_in_string && label.role == Role::RequestId);
        let rest = id.unwrap_or(rest);
        if label.role == Role::HttpStatus && lists_statuses(rest, label.is_quoted) {
            return;
        }
        let from = limit - rest.len() + before_value(rest, is_message);
        let rest = &self.text[from..limit];
        let bytes = rest.as_bytes();
        let backslashes = bytes.iter().take(64).take_while(|b| **b == b'\\').count();
        let quote = bytes.get(backslashes);
        if quote.is_some_and(|b| b"\"'`".contains(b)) {
            let at = from + backslashes;
            // Where the closing quote is missing or ambiguous, the value runs to the line's end.
            let line = || rest[backslashes..].split('\n').next().unwrap_or_default();
            let cut_off = || at + line().trim_end_matches(TRUNCATED).len();
            let end = self.string_end(from, at);
            if label.role == Role::RequestId && end.is_none() && is_cut_off(line()) {
                return;
            }
            let end = end.unwrap_or_else(cut_off);
            let written = if backslashes == 0 && self.is_in_doubling_string(at) {
                Written::Doubled
            } else {
                Written::Quoted(u8::try_from(backslashes).unwrap_or(0))
            };
            self.add(label, at + 1..end, written);
            return;
        }
        if is_message {
            // In JSON a value without quotes is no message.
            if label.is_quoted {
                return;
            }
            let line = self.unwrapped.lines.get(self.line);
            let line = line.map_or(0..limit, |line| line.start..line.end);
            let mut end = line.end.min(limit).max(from);
            // If the label is in brackets, the next bracket ends the message.
            if self.text[label.start..from].contains('】') {
                end = self.text[from..end].find('【').map_or(end, |length| from + length);
            }
            let before = &self.text[..label.start];
            if let Some(block) = self.yaml_block(line, label.start, from) {
                self.add(label, block, Written::Plain);
            } else if let Some(length) = form_value(before, &self.text[from..end]) {
                self.add(label, from..from + length, Written::Form);
            } else {
                self.add(label, from..end, Written::Open);
            }
            return;
        }
        let is_value_char = |c: char| match label.role {
            Role::Url | Role::Path => !c.is_whitespace() && !"\"'`<>|,]\\，。；）【".contains(c),
            Role::Authorization => is_authorization_char(c),
            Role::Host => is_host_char(c),
            _ => is_id_char(c),
        };
        let near = start_of(rest, MAX_WORD);
        let value = split_while(near, is_value_char).0;
        // Marks that end a sentence or a bracket are no part of the value.
        let value = match label.role {
            // The name of a status may have several words: `Not Found`.
            Role::HttpStatus if value.starts_with(char::is_alphabetic) && !is_error_code(value) => {
                split_while(near, |c| c.is_alphabetic() || " -'".contains(c)).0.trim_end()
            }
            Role::Url | Role::Path => without_sentence_end(value),
            _ => value.trim_end_matches(['.', ')']),
        };
        self.add(label, from..from + value.len(), Written::Plain);
    }

    /// Adds a field. If the value cannot be what the label says, the field is kept as
    /// `Role::Other`.
    pub(super) fn add(&mut self, label: Label, place: Range<usize>, written: Written) {
        let Some(raw) = self.text.get(place) else { return };
        // Chats may mark the value as code within its quotes.
        let inside = raw.strip_prefix('`').and_then(|raw| raw.strip_suffix('`'));
        let raw = inside.unwrap_or(raw);
        let raw = after_variable(raw).unwrap_or(raw);
        let place = place_in(self.text, raw);
        let is_long = raw.len() > MAX_CHECKED;
        let value = if is_long { String::new() } else { decoded(raw, written) };
        let depth = self.open_containers.len();
        let mut role = label.role;
        match role {
            // Services may write the error code behind the label of the HTTP status.
            Role::HttpStatus if is_error_code(&value) => role = Role::Code,
            Role::Name => {
                self.pair = meaning_of(&value).map(|named| (Label::new(label.start, named), depth));
            }
            Role::Value => {
                if let Some((named, depth)) = self.pair.take() {
                    self.make_object_of_pairs(depth);
                    let start = label.start;
                    return self.add(Label { start, ..named }, place, written);
                }
            }
            _ => {}
        }
        let fits = match role {
            // Kept even if the value is empty, which says that this response had none.
            Role::Authorization => true,
            Role::Message if is_long => true,
            _ => can_be(role, &value),
        };
        // A name in place of the number ranks lower: it may be the name of another thing.
        let may_be_name = role == Role::HttpStatus
            && label.rank == Rank::Exact
            && value.starts_with(char::is_uppercase);
        let field = Field::new(role, label.rank, place);
        let mut field = Field { start: label.start, written, ..field };
        if may_be_name && let Some(status) = status_of_name(&value) {
            (field.rank, field.written) = (Rank::Beside, Written::Means(status));
        } else if !fits {
            // The field still ends the message before it.
            field.role = Role::Other;
        } else if role == Role::Url && value.starts_with('/') && !starts_with_version(&value) {
            // A path without a version: the program's own route, or a file.
            field.rank = Rank::Said;
        }
        self.fields.push(field);
    }

    /// Finds the lines of a YAML value that starts at `from`: a block after `>` or `|`, or lines
    /// that are indented more than the key, which starts at `key`. None if the value has only one
    /// line.
    fn yaml_block(&self, line: Range<usize>, key: usize, from: usize) -> Option<Range<usize>> {
        let indentation = self.text.get(line.start..key)?.len();
        let is_block = self.text.get(from..line.end)?.starts_with(['>', '|']);
        let is_of_value = |line: &&str| {
            let content = line.trim_start_matches(' ');
            let is_text = content.starts_with(char::is_alphanumeric) && !starts_pair(content);
            line.len() - content.len() > indentation && is_text
        };
        let below = self.text.get(line.end + 1..self.limit())?.split_inclusive('\n');
        let below = below.take(MAX_YAML_LINES).take_while(is_of_value);
        let length = below.map(str::len).sum::<usize>();
        let end = self.text[..line.end + 1 + length].trim_end().len();
        let start = if is_block { line.end + 1 } else { from };
        (end > line.end).then(|| start..end.max(start))
    }

    /// Makes an object of the list of name and value pairs around a pair, which is the innermost of
    /// the first `depth` open containers.
    fn make_object_of_pairs(&mut self, depth: usize) {
        if let Some([.., list, _]) = self.open_containers.get(..depth) {
            self.parts[list.part].kind = Kind::Object;
        }
    }

    /// Reads a pair of strings: `["X-Request-Id", "…"]`. The first one, at `name`, has just ended;
    /// its closing quote stands before `after`. In a flat list of names and values, as Node keeps
    /// headers, only a request ID is read.
    pub(super) fn read_pair_after(&mut self, name: Range<usize>, after: usize) {
        let before = self.text[..name.start - 1].trim_end_matches([' ', '\n']);
        let is_first = before.ends_with(['[', '(', '{']);
        let rest = &self.text[after.min(self.text.len())..];
        let Some(value) = rest.strip_prefix(',').map(str::trim_start) else { return };
        if let Some(meaning) = meaning_of(&self.text[name.clone()])
            && (is_first || meaning.0 == Role::RequestId)
        {
            if is_first {
                self.make_object_of_pairs(self.open_containers.len());
            }
            let label = Label::new(name.start, meaning);
            self.read_value(Label { is_quoted: true, ..label }, place_in(self.text, value).start);
        }
    }

    /// Reads a line that is only a value: below its label, below a question to an interpreter, or
    /// near a line that is only a code, as SDK samples print status, request ID, code and message.
    /// Otherwise reads a request ID at the end of the line.
    pub(super) fn read_value_alone(&mut self, line: Range<usize>) {
        let text = &self.text[line.clone()];
        // Skips empty lines: each would pass over all the empty lines above it to find text.
        if text.is_empty() {
            return;
        }
        let above = self.text[..line.start].trim_end_matches('\n').rsplit('\n').next();
        // A line that ends in `[` starts a list; its value is not the next line.
        let above = above.filter(|it| !it.ends_with('[')).unwrap_or_default();
        // A form has each label on a line of its own, above its value.
        if let Some((role, _)) = meaning_of(above)
            && IN_FORMS.contains(&role)
            && let value = without_mark(text.trim())
            && can_be(role, value)
        {
            let label = Label::new(line.start, (role, Rank::Alone));
            return self.add(label, place_in(self.text, value), Written::Plain);
        }
        let found = if after_prompt(above).is_some() {
            self.answer(above, text)
        } else {
            let value = self.values_alone[self.line].filter(|_| self.is_near_code());
            value.map(|(role, value)| (role, Rank::Alone, value))
        };
        if let Some((role, rank, value)) = found {
            self.fields.push(Field::new(role, rank, place_in(self.text, value)));
        } else if let Some((start, id)) = named_id_at_end(text).or_else(|| id_behind_exchange(text))
        {
            let field = Field::new(Role::RequestId, Rank::Said, place_in(self.text, id));
            self.fields.push(Field { start: line.start + start, ..field });
        }
    }

    /// The value that an interpreter printed for a question: `>>> response.status_code`.
    fn answer(&self, question: &'t str, text: &'t str) -> Option<(Role, Rank, &'t str)> {
        // The value may stand after a name and a type: `$6 ==> 400`, `res0: Int = 400`.
        let answer = || value_alone(text.rsplit_once(' ')?.1);
        let (role, value) = self.values_alone[self.line].or_else(answer)?;
        let asked = question.rsplit(' ').next()?.trim_end_matches("()");
        // PowerShell gives the number of an enum as its `value__`.
        let asked = asked.strip_suffix(".value__").unwrap_or(asked);
        let label = label_before(asked, asked.len())?;
        (label.role == role).then_some((role, label.rank, value))
    }

    /// Whether a line near the current line is only a code.
    fn is_near_code(&self) -> bool {
        let (above, below) = self.values_alone.split_at(self.line);
        let has_code = |values: &mut dyn Iterator<Item = &Option<(Role, &str)>>| {
            // One other line may stand between: the message.
            let mut others = 0;
            let values = values.take(MAX_LINES_TO_CODE).take_while(|value| {
                others += usize::from(value.is_none());
                others < 2
            });
            values.flatten().any(|(role, _)| *role == Role::Code)
        };
        has_code(&mut above.iter().rev()) || has_code(&mut below.iter().skip(1))
    }

    /// Ends each message without quotes where the next field starts, or where `end_of_message`
    /// finds its end. Drops messages of which nothing is left.
    pub(super) fn end_messages(&mut self) {
        let (text, fields) = (self.text, &mut self.fields);
        let is_open = |field: &Field| field.written == Written::Open;
        // Goes backwards, so that it knows where the next field starts.
        let mut ends: Vec<usize> = Vec::new();
        for field in fields.iter_mut().rev() {
            let place = field.place.clone();
            if is_open(field) {
                while ends.pop_if(|end| *end < place.start).is_some() {}
                let end = ends.last().copied().unwrap_or(text.len()).min(place.end);
                field.place.end = end_of_message(text, place.start..end.max(place.start));
            }
            ends.extend(end_before(text, field));
        }
        fields.retain(|field| !is_open(field) || can_be(Role::Message, &text[field.place.clone()]));
    }
}

/// Whether a value lists the statuses that a program accepts or retries: `[200, 201]`,
/// `(500, 502)`. For a member of JSON one status below 300 is enough: `"status_code": [200]`.
fn lists_statuses(value: &str, is_member: bool) -> bool {
    let first = value.trim_start_matches([' ', '\n', '[', '(', '"', '\'']);
    let marks = before(value, first);
    status(first).is_some_and(|number| {
        let rest = first[3..].trim_start_matches(['"', '\'']).strip_prefix(',');
        let next = rest.map(|rest| rest.trim_start_matches([' ', '\n', '"', '\'']));
        let is_one = is_member && marks.contains('[') && number < 300;
        is_one || !marks.trim().is_empty() && next.and_then(status).is_some()
    })
}

/// The status of a failure with this name, however it is written: `Not Found`, `NotFound`.
fn status_of_name(name: &str) -> Option<u16> {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let own = letters(name);
    (400..600).find(|status| !own.is_empty() && letters(status_name(*status)) == own)
}

/// The length of a value if it is one of form data:
/// `error_msg=quota+exceeded&request_id=…`. `before` is what stands before its label.
fn form_value(before: &str, value: &str) -> Option<usize> {
    let near = start_of(value, MAX_FORM);
    let end = near.find([' ', '\t', '"', '\'', '`', '<', '>', '&']);
    let length = end.or_else(|| (near.len() == value.len()).then_some(near.len()))?;
    (before.ends_with(['&', '?']) || value[length..].starts_with('&')).then_some(length)
}

/// A value without its quotes and without the mark of a list of one, as R and YAML write
/// it: `[1] "7f3c…"`, `- 7f3c…`.
fn without_mark(value: &str) -> &str {
    let inside = ["[1] ", "- "].iter().find_map(|mark| value.strip_prefix(mark));
    inside.unwrap_or(value).trim_matches(['"', '\'', '`'])
}

/// The value that is all of a line, apart from what a log puts before it:
/// `09:12 ERROR [sync] 409`.
pub(super) fn value_behind_tags(line: &str) -> Option<(Role, &str)> {
    let behind_tags = || {
        let last = line.rsplit(' ').next().unwrap_or_default();
        value_alone(last).filter(|_| text_after_tags(line) == last)
    };
    value_alone(line).or_else(behind_tags)
}
