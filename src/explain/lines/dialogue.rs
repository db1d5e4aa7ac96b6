//! Dialogues with an interpreter: which lines are of the same answer.
//!
//! What a call gives is a new answer. A variable that it was given to, the parts of that
//! (`r.status_code`, `print(r.text)`) and other names for them (`body = r.json()`) are the same one.

use std::collections::HashMap;

use super::line::{Line, LineKind};
use crate::explain::values::labels::label_before;
use crate::explain::values::names_error_code;
use crate::substrings::{is_word_of, last_word, start_among, start_of};

/// Bytes of a prompt at most, and of a question.
const MAX_PROMPT: usize = 40;
const MAX_QUESTION: usize = 256;
/// The prompt of PowerShell, behind which anything is a command.
const SHELL: &str = "PS ";
/// Words before what is asked for.
const VERBS: &str = "await const let p po pp print puts val var";
/// The parts of an answer that no label names.
const PARTS: &str = "body content data decode error getheader headers json raise_for_status read \
    response text";
/// Functions that show what they are given, or give it another form: no new request.
const SHOWS: &str = "console.log dict echo json.dumps json.load json.loads JSON.parse JSON.stringify \
    len list p pp pprint print println puts repr str type";
/// Methods that give a part by its name, after what has it.
const GETTERS: [&str; 2] = ["headers.get", "json().get"];
/// How interpreters call the exception that was raised last.
const RAISED: [&str; 4] = ["sys.last_value", "sys.last_exc", "$Error[0]", "$_."];
/// The names of debuggers, in brackets before what they are asked.
const DEBUGGERS: &str = "byebug delve dlv gdb ipdb jdb lldb pdb pdb++ rdbg";

/// What an interpreter was asked for, and what that gave.
struct Answer {
    /// Whether a call gave it; else it may be of what stands above the dialogue.
    is_called: bool,
    is_named: bool,
    has_code: bool,
}

/// Marks the lines of a dialogue that start another answer, and those of answers without a code,
/// which say nothing of one that has.
pub fn mark_answers(text: &str, lines: &mut [Line]) {
    let mut answers: Vec<Answer> = Vec::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    // The number of the answer that each line is of.
    let mut of_lines: Vec<Option<usize>> = Vec::new();
    let mut last = None;
    for line in lines.iter() {
        let text = &text[line.start..line.end];
        let asked = question(text).filter(|_| line.kind == LineKind::Plain);
        if let Some((name, expression)) =
            asked.filter(|(_, it)| text.starts_with(SHELL) || asks(it, &names))
        {
            let subject = subject(expression).or_else(|| {
                // Another attribute; what is assigned may be what a method without brackets gave.
                let is_attribute = name.is_none() && !expression.contains(['(', ' ']);
                expression.split(['.', '[']).next().filter(|_| is_attribute)
            });
            let is_variable = subject.is_some_and(|it| !it.contains('('));
            let raised = last.filter(|_| start_among(&RAISED, expression).is_some());
            let of_subject = subject.and_then(|it| names.get(it).copied());
            let known = raised.or(of_subject).or_else(|| known_answer(expression, &names));
            // Another name may be that of the exception which the last call threw.
            let unnamed = last.filter(|it: &usize| is_variable && !answers[*it].is_named);
            let number = known.or(unnamed).unwrap_or(answers.len());
            if number == answers.len() {
                answers.push(Answer { is_called: !is_variable, is_named: false, has_code: false });
            }
            for name in name.into_iter().flat_map(words).chain(subject) {
                names.insert(name, number);
                answers[number].is_named = true;
            }
            last = Some(number);
        }
        if let Some(last) = last {
            answers[last].has_code |= names_error_code(text);
        }
        of_lines.push(last);
    }
    if !answers.iter().any(|answer| answer.has_code) {
        return;
    }
    let mut current = None;
    for (line, number) in lines.iter_mut().zip(of_lines) {
        let Some(number) = number else {
            continue;
        };
        if !answers[number].has_code {
            line.kind = LineKind::Note;
        } else if current != Some(number) {
            line.starts_record |= current.is_some() || answers[number].is_called;
            current = Some(number);
        }
    }
}

/// What stands behind the prompt of an interpreter or a debugger: `>>> `, `irb(main):002:0> `,
/// `(Pdb) `, `In [3]: `.
pub fn after_prompt(line: &str) -> Option<&str> {
    let is_of_prompt = |c: char| c.is_ascii_alphanumeric() || "()[]:\\/._> ".contains(c);
    let reach = start_of(line, MAX_PROMPT);
    let mut ends = ["> ", ") ", "]: "].iter().filter_map(|end| Some(reach.find(end)? + end.len()));
    let end = ends.next()?;
    let prompt = &line[..end - 1];
    let is_prompt = match prompt.as_bytes() {
        [b'(', name @ .., b')'] => is_word_of(DEBUGGERS, name),
        [before @ .., b'>'] => !before.ends_with(b" ") && prompt.chars().all(is_of_prompt),
        _ => prompt.starts_with("In ["),
    };
    is_prompt.then(|| &line[end..])
}

/// What an interpreter is asked for on a line, and the names that it is given.
fn question(line: &str) -> Option<(Option<&str>, &str)> {
    let text = after_prompt(line).filter(|text| text.len() < MAX_QUESTION)?;
    let assigned = [" = ", " <- "].iter().find_map(|mark| text.split_once(mark));
    let (name, mut expression) = assigned.map_or((None, text), |(name, it)| (Some(name), it));
    while let Some((verb, rest)) = expression.split_once(' ')
        && is_word_of(VERBS, verb)
    {
        expression = rest;
    }
    Some((name, expression.trim_end_matches([';', ' '])))
}

/// Whether what stands behind a prompt asks for something, and is no text that was quoted: a name,
/// or parts of one, perhaps with arguments.
fn asks(expression: &str, names: &HashMap<&str, usize>) -> bool {
    let called = expression.split(['(', '[']).next().unwrap_or_default();
    let mut parts = called.split(['.', '>']).map(|part| part.trim_end_matches(['-', '?']));
    let is_part =
        |part: &str| part.starts_with(|c: char| !c.is_numeric()) && part.chars().all(is_of_name);
    let is_name = called == expression && !expression.contains(['.', '>']);
    names.contains_key(expression) || !is_name && parts.all(is_part)
}

/// The answer that an expression is about: one whose variable it mentions, if it calls nothing that
/// may be a new request.
fn known_answer(expression: &str, names: &HashMap<&str, usize>) -> Option<usize> {
    let is_request = |(at, _): (usize, &str)| {
        let before = &expression[..at];
        let from = before.rfind(|c| !is_of_name(c) && c != '.').map_or(0, |it| it + 1);
        let function = &before[from..];
        let method = function.rsplit('.').next().unwrap_or_default();
        let is_known = is_word_of(SHOWS, function) || is_part(method);
        !is_known && !GETTERS.iter().any(|it| before.ends_with(it))
    };
    if expression.match_indices('(').any(is_request) {
        return None;
    }
    let mut answers = words(expression).filter_map(|word| names.get(word).copied());
    let answer = answers.next()?;
    answers.all(|it| it == answer).then_some(answer)
}

/// The names in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c| !is_of_name(c));
    words.filter(|word| !word.is_empty() && !is_word_of(VERBS, word))
}

/// The variable or the call that an expression asks for a part of, or that it is all of.
fn subject(expression: &str) -> Option<&str> {
    let mut whole = expression;
    while let Some(larger) = of_part(whole) {
        whole = larger;
    }
    let is_name = !whole.is_empty() && whole.chars().all(is_of_name);
    (is_name || whole.len() < expression.len()).then_some(whole)
}

/// What an expression asks for a part of: `r` of `r.text`, `content(r)`, `r['code']`; and `r.text`
/// of `print(r.text)`.
fn of_part(expression: &str) -> Option<&str> {
    if let Some((before, _)) = expression.strip_suffix(']').and_then(|it| it.rsplit_once('[')) {
        return Some(before);
    }
    let parts = expression.rsplit_once(['.', '>', '$']);
    if let Some((before, _)) = parts.filter(|(before, part)| !before.is_empty() && is_part(part)) {
        return Some(before.trim_end_matches(['-', '?']));
    }
    let (function, argument) = expression.strip_suffix(')')?.split_once('(')?;
    let shows = is_word_of(SHOWS, function) && of_part(argument).is_some();
    (is_part(function) || shows).then_some(argument)
}

/// Whether a name is that of a part of an answer.
fn is_part(name: &str) -> bool {
    let called = name.strip_suffix("()");
    let known = called.map_or(last_word(name), |name| name.strip_prefix("get").unwrap_or(name));
    let name = called.unwrap_or(name);
    name.chars().all(is_of_name)
        && (is_word_of(PARTS, known)
            || label_before(name, name.len()).is_some_and(|label| label.start == 0))
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '!'
}
