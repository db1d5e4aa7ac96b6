//! What tools put before the text of a line: the name of its file or container, the time of a
//! runner, the name of a provider, a tag.

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::levels::{after_level, names_level};
use super::times::{after_time, is_clock};
use crate::data::words::is_number;
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, has_error_code};
use crate::substrings::{before, is_word_of, place_in, split_while, start_among, start_of};

/// The most bytes at the start of a line that are searched for a prefix.
pub(crate) const MAX_PREFIX: usize = 200;
/// The most bytes that are searched for a tag.
const MAX_LINE_TAG: usize = 48;
/// Marks of Kubernetes and GitLab after a time. Those of Kubernetes name the stream, and end in `P`
/// if the line continues in the next one.
const STREAM_MARKS: [&str; 8] =
    [" stdout F", " stderr F", " stdout P", " stderr P", " 00O", " 00E", " 01O", " 01E"];
/// Words before a bar that name a side or a part of an exchange, and no program.
const SIDES: &str = "answer ask body call client cmd command curl hdr head header headers in input \
    line out output query received recv reply req request res resp response result rx send sent \
    server stderr stdin stdout tx url";
/// How Packer and Vagrant start the steps of a machine.
const STEP: &str = "==> ";
/// Parts by which the name of a file is known.
const FILES: [&str; 3] = [".log", ".txt", "./"];
/// How the names of the connections of Apache's client start.
const CONNECTION: &str = "http-outgoing-";
/// Stands before a line of a provider in Terraform's debug log.
static PROVIDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(".terraform-provider-"));

/// A line, split into the name of its stream, the time at which a runner read it, and the text.
#[derive(Default, Clone, Copy)]
pub(crate) struct UnprefixedLine<'t> {
    /// The name of the file or container; and the channel in it: `stderr`, a thread or a provider's
    /// exchange.
    pub stream: (&'t str, &'t str),
    pub text: &'t str,
    /// The time that the text starts with, or that a runner wrote before it; empty where there is
    /// none.
    pub time: &'t str,
    /// The text after that time.
    pub after_time: Option<&'t str>,
    /// The time that a runner wrote before the text; empty where there is none.
    pub read_at: &'t str,
    /// Whether the line goes on in the next line of its stream: Kubernetes splits long lines.
    pub is_partial: bool,
}

impl<'t> UnprefixedLine<'t> {
    /// Splits a line. `name` is its start with the name of its program and a bar
    /// ([`names_before_lines`]), or empty.
    pub(crate) fn new(line: &'t str, name: &str) -> Self {
        if let Some((name, text)) = said_in_chat(line) {
            return UnprefixedLine { stream: (name, ""), text, ..UnprefixedLine::default() };
        }
        let mut text = after_job(line).unwrap_or(&line[name.len()..]);
        if !name.is_empty() {
            text = text.strip_prefix(' ').unwrap_or(text);
        }
        while let Some(after) = after_name(text) {
            text = after;
        }
        // grep puts the number of the line behind the name of the file.
        let name = before(line, text).trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
        // The steps and the output of a machine are one stream.
        let name = name.trim_start_matches(['=', '>', ' ']);
        let after = after_time(text);
        let of_runner = after.and_then(|after| of_runner(text, after));
        let mut line = of_runner.unwrap_or(UnprefixedLine { text, ..UnprefixedLine::default() });
        if let Some((exchange, text)) = of_provider(line.text) {
            line =
                UnprefixedLine { stream: ("", exchange), text, time: "", after_time: None, ..line };
        }
        line.stream.0 = name;
        // Most lines are unchanged, so that the text after the time is known.
        let is_whole = line.text.len() == text.len();
        if let Some(after) = if is_whole { after } else { after_time(line.text) } {
            let name = program(after).or_else(|| android_thread(after));
            let name = name.or_else(|| connection(after));
            line.stream.1 = name.unwrap_or(line.stream.1);
            (line.time, line.after_time) = (before(line.text, after), Some(after));
        }
        line
    }

    /// Its text without the time.
    pub(crate) fn text_after_time(&self) -> &'t str {
        self.after_time.unwrap_or(self.text)
    }
}

/// Returns for each line the name that a tool puts before it, with the mark behind it, or an empty
/// text: the name of a program before a bar, or that of a machine.
pub(crate) fn names_before_lines<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut names = names_before_bars(lines);
    let steps = lines.iter().copied().filter(|line| line.starts_with(STEP));
    let machines: HashSet<_> = steps.filter_map(machine).collect();
    if machines.is_empty() {
        return names;
    }
    for (line, name) in lines.iter().zip(&mut names) {
        let own = machine(line).filter(|it| name.is_empty() && machines.contains(it));
        if let Some(own) = own {
            *name = &line[..=place_in(line, own).end];
        }
    }
    names
}

/// The name of the machine of which Packer or Vagrant prints a step or an output: `==> web: step`,
/// `    web: output`.
fn machine(line: &str) -> Option<&str> {
    let named = line.strip_prefix(STEP).or_else(|| line.strip_prefix("    "))?;
    let (name, rest) = split_while(named, is_stream_name_char);
    let is_name = !name.is_empty() && (rest == ":" || rest.starts_with(": "));
    let is_other = || meaning_of(name).is_some() || names_level(name);
    (is_name && !is_other()).then_some(name)
}

/// Returns for each line the name of its program and the bar behind it, as compose and overmind
/// print them (`api     |`), or an empty text. The bars must be in one column, the names must
/// alternate, and some line must start with a closing bracket, as in a body that is printed over
/// several lines. Labels, codes and levels before the bars mean a table, and `SIDES` a dialogue.
fn names_before_bars<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut names: Vec<_> = lines.iter().map(|it| name_before_bar(it).unwrap_or("")).collect();
    let mut start = 0;
    for run in names.chunk_by_mut(|above, own| above.len() == own.len()) {
        let own = &lines[start..start + run.len()];
        start += run.len();
        let turns = run.chunk_by(|above, own| above == own).count();
        let take_turns = turns > run.iter().collect::<HashSet<_>>().len();
        let is_other = |name: &&str| {
            let name = name.trim_end_matches([' ', '|']);
            let role = meaning_of(name).map(|(role, _)| role);
            matches!(role, Some(Role::Code | Role::HttpStatus | Role::RequestId | Role::Message))
                || is_word_of(SIDES, name)
        };
        let closes_bracket = |(line, name): (&&str, &&str)| {
            line[name.len()..].trim_start_matches(' ').starts_with(['}', ']'])
        };
        let are_programs =
            take_turns && !run.iter().any(is_other) && own.iter().zip(&*run).any(closes_bracket);
        if !are_programs {
            run.fill("");
        }
    }
    names
}

/// The start of a line up to the bar behind a name that may be that of a program.
fn name_before_bar(line: &str) -> Option<&str> {
    let (name, rest) = split_while(line, is_stream_name_char);
    let text = rest.trim_start_matches(' ').strip_prefix('|')?;
    let is_name = rest.starts_with(' ')
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !names_level(name)
        && !has_error_code(name);
    is_name.then(|| before(line, text))
}

/// Who wrote a line of a chat, and what: `[21:17] ana: …`, `21:17 <ana> …`,
/// `[21:17, 24/11/2026] Ana R.: …`. A clock with seconds is that of a log.
fn said_in_chat(line: &str) -> Option<(&str, &str)> {
    let (time, said) = match line.strip_prefix('[') {
        Some(inside) => inside.split_once("] ")?,
        None => line.split_once(' ').filter(|_| line.starts_with(|c: char| c.is_ascii_digit()))?,
    };
    let clock = time.split([',', ' ']).next()?;
    if !is_clock(clock) || clock.matches(':').count() > 1 {
        return None;
    }
    let (name, text) = match said.strip_prefix('<') {
        Some(inside) => inside.split_once("> ")?,
        None => said.split_once(": ").filter(|_| line.starts_with('['))?,
    };
    let is_name_char = |c: char| c.is_alphanumeric() || "-_. @".contains(c);
    let is_person = name.chars().all(is_name_char) && !names_level(name);
    is_person.then_some((name.trim(), text))
}

/// The text from a runner's time on. `gh run view --log` prints the names of the job and the step
/// before that time, with a tab behind each.
fn after_job(line: &str) -> Option<&str> {
    let names = start_of(line, MAX_PREFIX).rsplit_once('\t')?.0;
    let text = &line[names.len() + 1..];
    let time = before(text, after_time(text)?);
    (names.contains('\t') && has_fine_decimals(time)).then_some(text)
}

/// Whether a time has at least seven decimals, as runners write them.
fn has_fine_decimals(time: &str) -> bool {
    let digits = time.split_once('.').map_or("", |(_, digits)| digits);
    time.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().take_while(u8::is_ascii_digit).count() >= 7
}

/// The text after the name of a line's stream: after `web-1  | ` of compose,
/// `[pod/name/container] ` of kubectl, `pod container ` of stern, `[workflow/job]   | ` of act, the
/// name and tab of GNU parallel, the file and line number of grep. Another name may follow.
fn after_name(line: &str) -> Option<&str> {
    if let Some(tagged) = line.strip_prefix('[') {
        let (name, text) = tagged.split_once(']')?;
        let after_bar = || text.trim_start().strip_prefix('|').filter(|_| name.contains('/'));
        let text = if name.starts_with("pod/") { text } else { after_bar()? };
        return Some(text.strip_prefix(' ').unwrap_or(text));
    }
    let (name, rest) = split_while(line, is_stream_name_char);
    // grep puts no space behind the file and the number, so a space there belongs to the text.
    if name.contains('.') && FILES.iter().any(|part| name.contains(part)) {
        let text = rest.strip_prefix(':')?;
        let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
        return Some(numbered.strip_prefix(':').unwrap_or(text));
    }
    let (_, last) = name.rsplit_once(['-', '_'])?;
    if name.starts_with("x-") || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    // The names that a cluster gives to containers end in a number or a hash.
    let is_generated = last.len() > 3 && last.contains(|c: char| c.is_ascii_digit());
    let after = rest.trim_start_matches(' ');
    let text = match after.bytes().next()? {
        b'|' if is_number(last) => &after[1..],
        // A line with more tabs is a row of a table.
        b'\t' if is_number(last) && !after[1..].contains('\t') => &after[1..],
        b':' if is_generated => &after[1..],
        _ if is_generated && last.len() == 5 => &after[after.find(' ')?..],
        _ => return None,
    };
    Some(text.strip_prefix(' ').unwrap_or(text))
}

/// The name of the program that wrote a line, after its time: `worker.1 | `, `| node-a | `,
/// `app[worker.1]: `.
fn program(after_time: &str) -> Option<&str> {
    let text = after_time.trim_start_matches([' ', '|']);
    let (name, rest) = split_while(text, is_stream_name_char);
    let number = || rest.strip_prefix('[')?.split_once("]: ");
    let is_program = rest.trim_start().starts_with("| ") || number().is_some();
    (is_program && !names_level(name)).then_some(name)
}

/// The number of the thread that Android writes after the time and the number of the process,
/// before a letter for the level (`9217  9301 I okhttp: `) or behind a dash (`9217-9301 okhttp `).
fn android_thread(after_time: &str) -> Option<&str> {
    let mut words = after_time.split_whitespace();
    if let Some((process, thread)) = words.clone().next()?.split_once('-')
        && is_number(process)
        && is_number(thread)
    {
        return Some(thread);
    }
    let [process, thread, level] = [words.next()?, words.next()?, words.next()?];
    (is_number(process) && is_number(thread) && level.len() == 1).then_some(thread)
}

/// The name of the connection on which Apache's client sent or received a line:
/// `http-outgoing-1 << `.
fn connection(after_time: &str) -> Option<&str> {
    let near = start_of(after_time, MAX_PREFIX);
    let (name, behind) = near[near.find(CONNECTION)?..].split_once(' ')?;
    start_among(&[">> ", "<< "], behind).map(|_| name)
}

fn is_stream_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./@".contains(c)
}

/// A program's line after a runner's time, which has seven decimals or one of `STREAM_MARKS` behind
/// it. `rest` is the text after the time.
fn of_runner<'t>(line: &'t str, rest: &'t str) -> Option<UnprefixedLine<'t>> {
    let time = before(line, rest);
    // Without a mark, a time behind a bracket or a level is the program's own.
    let mark = start_among(&STREAM_MARKS, rest).or(has_fine_decimals(time).then_some(""))?;
    let stream = mark.trim_start().split_once(' ').map_or("", |(stream, _)| stream);
    let text = &rest[mark.len()..];
    let text = text.strip_prefix(' ').unwrap_or(text);
    let (after_time, is_partial) = (Some(text), mark.ends_with('P'));
    Some(UnprefixedLine { stream: ("", stream), text, time, after_time, read_at: time, is_partial })
}

/// The mark of the exchange in a line that Terraform's provider wrote (`x1y2` in
/// `[x1y2] API Request URL: …`, or empty), and the text after the time and level that the provider
/// writes itself.
fn of_provider(line: &str) -> Option<(&str, &str)> {
    let reach = &line.as_bytes()[..line.len().min(MAX_PREFIX)];
    // Behind a brace, the line may stand in a string of an object.
    let at = PROVIDER.find(reach).filter(|at| !line[..*at].contains('{'))?;
    let (_, text) = line[at..].split_once(": ")?;
    let text = after_time(text)
        .map_or(text, |after| after.split_once("] ").map_or(after, |(_, after)| after));
    let exchange = text.split_once("] API ").and_then(|(before, _)| before.rsplit_once('['));
    Some((exchange.map_or("", |(_, mark)| mark), text))
}

/// The thread, worker or request of a line of a log, in brackets after its time: a tag with a digit
/// (`INFO [worker-2] …`), or the tag of one of the branches that run side by side (`Lines`).
pub(crate) fn thread(after_time: &str, is_branch: impl Fn(&str) -> bool) -> Option<&str> {
    let near = start_of(after_time, MAX_LINE_TAG);
    let mut brackets = memchr::memchr_iter(b'[', near.as_bytes());
    let at = brackets.find(|at| *at == 0 || near.as_bytes()[at - 1] == b' ')?;
    let is_thread = |tag: &str| tag.contains(|c: char| c.is_ascii_digit()) || is_branch(tag);
    tag(&after_time[at..]).filter(|tag| is_thread(tag))
}

/// The tag in brackets before a line, which says whose it is: `[web-1] `, `[build : run] `.
pub(crate) fn tag(line: &str) -> Option<&str> {
    let (tag, _) = start_of(line, MAX_LINE_TAG).strip_prefix('[')?.split_once("] ")?;
    // With digits it may be a place in a file.
    let is_place = tag.contains(|c: char| c.is_ascii_digit());
    let is_tag_char =
        |c: char| c.is_alphanumeric() || "-_. ".contains(c) || !is_place && "/:".contains(c);
    let is_name = tag.chars().all(is_tag_char) && tag.contains(char::is_alphabetic);
    (is_name && !names_level(tag)).then_some(tag)
}

/// The text of a line after its time, its level and its tags.
pub(crate) fn text_after_tags(line: &str) -> &str {
    let text = text_after_level(line);
    text.rsplit("] ").next().unwrap_or(text).trim_start()
}

/// The text of a line after its time and its level.
pub(crate) fn text_after_level(line: &str) -> &str {
    after_level(text_after_time(line).trim_start())
}

/// The text of a line after its time; the whole line if it starts with none.
pub(crate) fn text_after_time(line: &str) -> &str {
    after_time(line).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_named_before_their_lines() {
        for line in ["web-1  | x", "[pod/web-7d9f/app] x", "build-main-2231: x"] {
            assert_eq!(after_name(line), Some("x"), "{line}");
        }
        for line in ["web | x", "code-x | y", "12 | x", "| a-1 | b", "x-y-2231: x"] {
            assert_eq!(after_name(line), None, "{line}");
        }
    }
}
