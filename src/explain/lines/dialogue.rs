//! Dialogues with an interpreter: what is asked behind its prompt, and which questions call for
//! another answer.

use crate::explain::values::labels::label_before;
use crate::substrings::{is_word_of, last_word, start_of};

/// Bytes of the prompt of an interpreter.
const MAX_PROMPT: usize = 40;
/// Bytes of the prompt of a shell.
const MAX_SHELL_PROMPT: usize = 80;
/// Ends of the prompts of shells. All but the first need a user before them: `ops@web-1`.
const SHELL_PROMPT_ENDS: [&str; 3] = ["$ ", "# ", "% "];
/// PowerShell commands that send a request.
const POWERSHELL_REQUESTS: [&str; 2] = ["Invoke-RestMethod ", "Invoke-WebRequest "];
/// The parts of a response that no label names.
const UNLABELLED_PARTS: &str = "body content data decode getheader headers json read response text";

/// Whether a line asks an interpreter for what may be another response: it calls something that is
/// no part of the response that is there.
pub fn asks_anew(line: &str) -> bool {
    let Some(question) = after_prompt(line) else {
        return false;
    };
    let assigned = [" = ", " <- "].iter().find_map(|mark| question.split_once(mark));
    let expression = assigned.map_or(question, |(_, expression)| expression).trim_end();
    if POWERSHELL_REQUESTS.iter().any(|request| expression.starts_with(request)) {
        return true;
    }
    let function = expression.split_once('(').filter(|_| expression.ends_with(')'));
    let function = function.map_or("", |(function, _)| function);
    let mut names = function.split(['.', '>', '-']);
    !function.is_empty() && !names.any(is_part)
}

/// The text behind the prompt of an interpreter: `>>> `, `irb(main):002:0> `, `In [3]: `.
pub fn after_prompt(line: &str) -> Option<&str> {
    let is_of_prompt = |c: char| c.is_ascii_alphanumeric() || "()[]:\\/._> ".contains(c);
    let reach = start_of(line, MAX_PROMPT);
    let mut ends = ["> ", "]: "].iter().filter_map(|end| Some(reach.find(end)? + end.len()));
    let is_prompt = |prompt: &str| match prompt.as_bytes() {
        [before @ .., b'>'] => !before.ends_with(b" ") && prompt.chars().all(is_of_prompt),
        _ => prompt.starts_with("In ["),
    };
    ends.find(|end| is_prompt(&line[..end - 1])).map(|end| &line[end..])
}

/// What stands behind the prompt of a shell: `$ `, `[ops@bastion ~]$ `, `root@web-1:~# `.
pub fn after_shell_prompt(line: &str) -> Option<&str> {
    let reach = start_of(line, MAX_SHELL_PROMPT);
    let (prompt, _) = SHELL_PROMPT_ENDS.iter().find_map(|end| reach.split_once(end))?;
    let rest = &line[prompt.len() + SHELL_PROMPT_ENDS[0].len()..];
    (prompt.contains('@') || line.starts_with(SHELL_PROMPT_ENDS[0])).then_some(rest)
}

/// Whether a name is that of a part of a response.
fn is_part(name: &str) -> bool {
    let known = last_word(name);
    is_word_of(UNLABELLED_PARTS, known)
        || label_before(name, name.len()).is_some_and(|label| label.start == 0)
}
