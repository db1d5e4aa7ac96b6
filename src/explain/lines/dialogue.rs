//! Prompts of interpreters, debuggers and shells: which text stands behind them, and which calls
//! there ask for another response.

use memchr::memchr_iter;

use crate::explain::values::addresses::starts_with_version;
use crate::explain::values::labels::label_before;
use crate::substrings::{is_word_of, last_word, start_among, start_of};

/// The most bytes of the prompt of an interpreter.
const MAX_PROMPT: usize = 40;
/// The most bytes of the prompt of a shell, and words of a prompt that names a user.
const MAX_SHELL_PROMPT: usize = 80;
const MAX_WORDS_OF_PROMPT: usize = 3;
/// Ends of the prompts of shells. A user or a folder stands before them (`ops@web-1`, `~/lz`); the
/// first may also start a line.
const SHELL_PROMPT_ENDS: [&str; 3] = ["$ ", "# ", "% "];
/// PowerShell commands that send a request.
const POWERSHELL_REQUESTS: [&str; 2] = ["Invoke-RestMethod ", "Invoke-WebRequest "];
/// PowerShell's variable for the last error.
const LAST_ERROR: &str = "$error[0]";
/// Names of parts of a response, besides the labels of values.
const PARTS_OF_RESPONSE: &str =
    "body content data decode getheader headers json read response text";
/// Functions that only show or convert what they are given.
const SHOWS: &str = "dict dumps echo len list load loads log p parse pp pprint print println puts \
    repr str stringify type vars";
/// Names of debuggers, which stand in brackets in their prompts: `(Pdb) `.
const DEBUGGERS: &str = "byebug delve dlv gdb ipdb jdb lldb pdb pdb++ rdbg";

/// Whether a line at a prompt may ask for another response: `>>> delete(a)`. Calls of a part of the
/// response (`e.response.json()`), or that only show it (`print(e)`), do not.
pub(crate) fn asks_anew(line: &str) -> bool {
    let Some(question) = after_prompt(line) else { return false };
    let assigned = [" = ", " <- "].iter().find_map(|mark| question.split_once(mark));
    let expression = assigned.map_or(question, |(_, expression)| expression).trim_end();
    let command = expression.trim_start_matches('(');
    if start_among(&POWERSHELL_REQUESTS, command).is_some() {
        return true;
    }
    let expression = expression.strip_prefix("await ").unwrap_or(expression);
    let function = expression.split_once('(').filter(|_| expression.ends_with(')'));
    let function = function.map_or("", |(function, _)| function);
    let mut names = function.split(['.', '>', '-']);
    !function.is_empty()
        && !names.any(|it| is_part(it) || is_word_of(SHOWS, it.rsplit(' ').next().unwrap_or(it)))
}

/// Whether a line asks PowerShell for the last error, that of the command above.
pub(crate) fn asks_for_last_error(line: &str) -> bool {
    let question = after_prompt(line);
    question.is_some_and(|it| start_of(it, LAST_ERROR.len()).eq_ignore_ascii_case(LAST_ERROR))
}

/// The text behind the prompt of an interpreter or a debugger: `>>> `, `irb(main):002:0> `,
/// `(Pdb) `, `In [3]: `.
pub(crate) fn after_prompt(line: &str) -> Option<&str> {
    let is_prompt_char = |c: char| c.is_ascii_alphanumeric() || "()[]:\\/._ ".contains(c);
    let is_prompt = |prompt: &str| match prompt.as_bytes() {
        [b'(', name @ .., b')'] => is_word_of(DEBUGGERS, name),
        [.., b'>'] => {
            let name = prompt.trim_end_matches('>');
            !name.ends_with(' ') && name.chars().all(is_prompt_char)
        }
        _ => prompt.starts_with("In [") && prompt.ends_with("]:"),
    };
    let mut spaces = memchr_iter(b' ', start_of(line, MAX_PROMPT).as_bytes());
    spaces.find(|at| is_prompt(&line[..*at])).map(|at| &line[at + 1..])
}

/// The text behind the prompt of a shell: `$ `, `[ops@bastion ~]$ `, `root@web-1:~# `, `~/lz $ `.
pub(crate) fn after_shell_prompt(line: &str) -> Option<&str> {
    let reach = start_of(line, MAX_SHELL_PROMPT);
    let (prompt, _) = SHELL_PROMPT_ENDS.iter().find_map(|end| reach.split_once(end))?;
    let is_folder_char = |c: char| c.is_ascii_alphanumeric() || "_.+-/".contains(c);
    let is_folder = prompt.strip_suffix(' ').is_some_and(|folder| {
        folder.starts_with(['~', '/'])
            && !folder.starts_with("//")
            && folder[1..].chars().all(is_folder_char)
            && !starts_with_version(folder)
    });
    let is_user = prompt.contains('@') && prompt.split(' ').count() <= MAX_WORDS_OF_PROMPT;
    let is_prompt = is_user || is_folder || line.starts_with(SHELL_PROMPT_ENDS[0]);
    let rest = &line[prompt.len() + SHELL_PROMPT_ENDS[0].len()..];
    is_prompt.then_some(rest)
}

/// Whether a name is that of a part of a response, or the label of a value.
fn is_part(name: &str) -> bool {
    let known = last_word(name);
    is_word_of(PARTS_OF_RESPONSE, known)
        || label_before(name, name.len()).is_some_and(|label| label.start == 0)
}
