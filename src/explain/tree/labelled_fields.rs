//! The fields of a text: labels with the values that belong to them, and pairs of a name and a
//! value (`add`, `read_pair_after`).

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
/// What sets values off in forms of Chinese.
const WIDE_SPACE: char = '\u{3000}';
/// Bytes of a value without quotes; a message may be longer.
const MAX_WORD: usize = 4096;
/// Bytes of a value that is looked at; longer ones are only messages, codes and hosts.
const MAX_CHECKED: usize = 256;
/// Lines between a value that stands alone and its code.
const MAX_LINES_TO_CODE: usize = 4;
/// Lines of a value of YAML.
const MAX_YAML_LINES: usize = 40;
/// Bytes of a value in a form: a line may have a label every few bytes.
const MAX_FORM: usize = 2048;
/// Roles whose values a form has below their labels.
const IN_FORMS: [Role; 4] = [Role::HttpStatus, Role::RequestId, Role::Method, Role::Url];

impl<'t> Scanner<'t> {
    /// Reads the field whose label ends at the separator of `length` bytes at `at`, or starts at a
    /// colon there, as in Clojure: `:request_id "…"`.
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

    /// Reads the field whose label ends at `at` as in Chinese: with a wide colon, a bracket, perhaps
    /// with a colon behind, or, at the start of a line, a wide space.
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

    /// Reads the field whose value starts at or after `from`.
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
        // So may a string of YAML before an ID.
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
            // A value of JSON without quotes is no string.
            if label.is_quoted {
                return;
            }
            let line = self.unwrapped.lines.get(self.line);
            let line = line.map_or(0..limit, |line| line.start..line.end);
            let mut end = line.end.min(limit).max(from);
            // The next label in brackets ends it.
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
        // It may end a sentence, or what is in brackets.
        let value = match label.role {
            // Its name may have several words.
            Role::HttpStatus if value.starts_with(char::is_alphabetic) && !is_error_code(value) => {
                split_while(near, |c| c.is_alphabetic() || " -'".contains(c)).0.trim_end()
            }
            Role::Url | Role::Path => without_sentence_end(value),
            _ => value.trim_end_matches(['.', ')']),
        };
        self.add(label, from..from + value.len(), Written::Plain);
    }

    /// Adds a field; one whose value cannot be what its label says is kept as `Role::Other`.
    pub(super) fn add(&mut self, label: Label, place: Range<usize>, written: Written) {
        let Some(raw) = self.text.get(place) else { return };
        // Chats mark it as code within its quotes.
        let inside = raw.strip_prefix('`').and_then(|raw| raw.strip_suffix('`'));
        let raw = inside.unwrap_or(raw);
        let raw = after_variable(raw).unwrap_or(raw);
        let place = place_in(self.text, raw);
        let is_long = raw.len() > MAX_CHECKED;
        let value = if is_long { String::new() } else { decoded(raw, written) };
        let depth = self.open_containers.len();
        let mut role = label.role;
        match role {
            // Services write their codes under the label of the HTTP status, too.
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
            // Kept even if it is empty: that says that this response had none.
            Role::Authorization => true,
            Role::Message if is_long => true,
            _ => can_be(role, &value),
        };
        // A number says more than a name, which may be that of another thing.
        let may_be_name = role == Role::HttpStatus
            && label.rank == Rank::Exact
            && value.starts_with(char::is_uppercase);
        let field = Field::new(role, label.rank, place);
        let mut field = Field { start: label.start, written, ..field };
        if may_be_name && let Some(status) = status_of_name(&value) {
            (field.rank, field.written) = (Rank::Beside, Written::Means(status));
        } else if !fits {
            // It still marks where the message before it ends.
            field.role = Role::Other;
        } else if role == Role::Url && value.starts_with('/') && !starts_with_version(&value) {
            // A path without a version: the program's own route, or a file.
            field.rank = Rank::Said;
        }
        self.fields.push(field);
    }

    /// The lines of a value of YAML that starts at `from`: a block after `>` or `|`, or lines that
    /// are indented more than its key at `key`. None where it has one line only.
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

    /// Makes an object of the list of pairs of name and value around the innermost of `depth`
    /// containers.
    fn make_object_of_pairs(&mut self, depth: usize) {
        if let Some([.., list, _]) = self.open_containers.get(..depth) {
            self.parts[list.part].kind = Kind::Object;
        }
    }

    /// Reads a pair whose first string, at `name`, has just ended, its quote before `after`:
    /// `["X-Request-Id", "…"]`; or two of the strings that Node lists headers in, names and values
    /// in turn.
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

    /// Reads a line that is all a value: below its label, below what an interpreter was asked, or
    /// near a code alone, as the samples of SDKs print them: status, request ID, code, message.
    pub(super) fn read_value_alone(&mut self, line: Range<usize>) {
        let text = &self.text[line.clone()];
        // To find what stands above an empty line would pass over all empty lines before it.
        if text.is_empty() {
            return;
        }
        let above = self.text[..line.start].trim_end_matches('\n').rsplit('\n').next();
        // A list starts behind a bracket, not a value.
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

    /// The value that an interpreter answered: `>>> response.status_code`.
    fn answer(&self, question: &'t str, text: &'t str) -> Option<(Role, Rank, &'t str)> {
        // It may stand after a name and a type: `$6 ==> 400`, `res0: Int = 400`.
        let answer = || value_alone(text.rsplit_once(' ')?.1);
        let (role, value) = self.values_alone[self.line].or_else(answer)?;
        let asked = question.rsplit(' ').next()?.trim_end_matches("()");
        // How PowerShell is asked for the number of an enum.
        let asked = asked.strip_suffix(".value__").unwrap_or(asked);
        let label = label_before(asked, asked.len())?;
        (label.role == role).then_some((role, label.rank, value))
    }

    /// Whether a code stands alone on a line near the one that is read.
    fn is_near_code(&self) -> bool {
        let (above, below) = self.values_alone.split_at(self.line);
        let has_code = |values: &mut dyn Iterator<Item = &Option<(Role, &str)>>| {
            // The message may stand between.
            let mut others = 0;
            let values = values.take(MAX_LINES_TO_CODE).take_while(|value| {
                others += usize::from(value.is_none());
                others < 2
            });
            values.flatten().any(|(role, _)| *role == Role::Code)
        };
        has_code(&mut above.iter().rev()) || has_code(&mut below.iter().skip(1))
    }

    /// Ends the messages that stand without quotes where the next label or the object around them
    /// does. Takes out those of which nothing is left.
    pub(super) fn end_messages(&mut self) {
        let (text, fields) = (self.text, &mut self.fields);
        let is_open = |field: &Field| field.written == Written::Open;
        // From the last, so that where the next label starts is known.
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
/// `(500, 502)`; a member of JSON also one of a success: `"status_code": [200]`.
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

/// The length of a value that is one of a form: `error_msg=quota+exceeded&request_id=…`, given
/// what stands before its label.
fn form_value(before: &str, value: &str) -> Option<usize> {
    let near = start_of(value, MAX_FORM);
    let end = near.find([' ', '\t', '"', '\'', '`', '<', '>', '&']);
    let length = end.or_else(|| (near.len() == value.len()).then_some(near.len()))?;
    (before.ends_with(['&', '?']) || value[length..].starts_with('&')).then_some(length)
}

/// The only value of a list without its mark and its quotes, as R prints it and as YAML:
/// `[1] "7f3c…"`, `- 7f3c…`.
fn without_mark(value: &str) -> &str {
    let inside = ["[1] ", "- "].iter().find_map(|mark| value.strip_prefix(mark));
    inside.unwrap_or(value).trim_matches(['"', '\'', '`'])
}

/// The value that is all of a line but what a log puts before it: `09:12 ERROR [sync] 409`.
pub(super) fn value_behind_tags(line: &str) -> Option<(Role, &str)> {
    let behind_tags = || {
        let last = line.rsplit(' ').next().unwrap_or_default();
        value_alone(last).filter(|_| text_after_tags(line) == last)
    };
    value_alone(line).or_else(behind_tags)
}
