//! The texts of the help: what commands are for, examples, exit codes; and their layout.

use clap::ValueEnum;
use clap::builder::{StyledStr, Styles};

use crate::render::{MIN_WIDTH_BESIDE, command_lines, text_lines};

/// The exit codes.
const EXIT_CODES: &str = "
Exit codes: 0 found, 1 nothing found, 2 usage error or failed read or write.";

/// The last line of a command's help.
const FOOTER: &str = "
Options everywhere, such as -o and --json: orgerr --help";

const EXAMPLE_INDENT: &str = "  ";

/// The long description of the tool.
pub const TOOL: &str = "\
Look up Huawei Cloud Organizations error codes: what they mean, how to fix them

Answers from a catalog that is compiled in, and needs no network. Without a command and \
codes, explains what comes through a pipe; there, the options of explain need no command: \
curl … | orgerr --summary.";

/// The long description of `explain`.
pub const EXPLAIN: &str = "\
Explain every error in raw API responses, logs or stack traces

Finds the codes of every service in the catalog, and documented messages where no code \
is named, in whatever is around them: JSON, also inside strings, JSON lines, curl -i and \
curl -v, SDK exceptions, Terraform (plain, -json, TF_LOG), KooCLI, Python, PHP, Ruby and \
Node dumps, HAR, forms, Markdown, XML, YAML, and logs with any prefix; UTF-8, UTF-16 with \
a byte order mark, gzip, ANSI colours. Memory stays small, however long the input.";

/// Examples, below the name of their command.
const EXAMPLES: &str = "\
orgerr:
orgerr 1305                   what the code means and how to fix it
orgerr search quota exceeded  the codes that words describe
curl -s … | orgerr            explain a response or a log

show:
orgerr show Organizations.1305
orgerr show 1305 1306 --json
orgerr show 13xx -o markdown

fix:
orgerr fix 1305
orgerr fix 1305 --output plain

search:
orgerr search handshake
orgerr search account quota --status 4xx -n 3

list:
orgerr list --category policy
orgerr list --retryable --output tsv

status:
orgerr status
orgerr status 404 409

explain:
terraform apply 2>&1 | orgerr explain --tee
orgerr explain app.log app.log.2.gz --json
tail -f app.log | orgerr explain --follow -o jsonl

catalog:
orgerr catalog import page.txt > iam.toml
orgerr catalog check iam.toml
orgerr list --catalog iam.toml

check:
orgerr catalog check iam.toml
orgerr catalog import page.txt | orgerr catalog check -

import:
orgerr catalog import page.txt > iam.toml
curl -s …/ErrorCode.html | orgerr catalog import --service IAM

schema:
orgerr catalog schema > catalog.schema.json
orgerr catalog schema finding

completions:
eval \"$(orgerr completions bash)\"
orgerr completions fish > ~/.config/fish/completions/orgerr.fish

man:
orgerr man | man -l -
orgerr man > ~/.local/share/man/man1/orgerr.1";

/// In place of a space where clap must not break a line, as within a command.
const NON_BREAKING_SPACE: &str = "\u{a0}";

/// The definition of the command line, with help for a screen of this width.
pub fn with_layout_for(definition: clap::Command, width: usize) -> clap::Command {
    let mut tool = definition.term_width(width);
    tool.build();
    let long_footer = with_examples("orgerr", EXIT_CODES, width);
    with_layout(tool, "", width).after_long_help(long_footer)
}

fn with_layout(command: clap::Command, below: &str, width: usize) -> clap::Command {
    let below = with_examples(command.get_name(), below, width);
    let command = command.after_help(below);
    let command = command.next_line_help(width < MIN_WIDTH_BESIDE);
    command.mut_subcommands(|command| with_layout(command, FOOTER, width))
}

/// The examples of a command, under a heading like clap's, and the footer.
fn with_examples(command: &str, last: &str, width: usize) -> StyledStr {
    let mut text = String::new();
    let styles = Styles::styled();
    let heading = styles.get_header();
    let mut lines = examples(command)
        .flat_map(|example| wrapped_example(example, width))
        .peekable();
    if lines.peek().is_some() {
        text = format!("{heading}Examples:{heading:#}\n");
    }
    for line in lines {
        text.extend([&line.replace(' ', NON_BREAKING_SPACE), "\n"]);
    }
    text += last;
    text.trim_end().to_owned().into()
}

/// The lines of an example: one, or where that is too wide, the command broken as a shell
/// reads it, and below it what it is for.
fn wrapped_example(example: &str, width: usize) -> Vec<String> {
    if EXAMPLE_INDENT.len() + example.chars().count() <= width {
        return vec![[EXAMPLE_INDENT, example].concat()];
    }
    let (command, purpose) = example.split_once("  ").unwrap_or((example, ""));
    let below = EXAMPLE_INDENT.repeat(2);
    let room = |indent: &str| width.saturating_sub(indent.len());
    let commands = command_lines(command, room(EXAMPLE_INDENT)).into_iter();
    let mut lines: Vec<_> = commands
        .map(|line| [EXAMPLE_INDENT, &line].concat())
        .collect();
    if !purpose.is_empty() {
        let purposes = text_lines(purpose.trim_start(), room(&below)).into_iter();
        lines.extend(purposes.map(|line| [&*below, &line].concat()));
    }
    lines
}

/// Help as clap has laid it out, with plain spaces where it was not to break a line.
pub fn with_plain_spaces(help: &StyledStr) -> StyledStr {
    help.ansi()
        .to_string()
        .replace(NON_BREAKING_SPACE, " ")
        .into()
}

/// The examples of a command.
pub fn examples(command: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = EXAMPLES.lines();
    lines.find(|line| line.strip_suffix(':') == Some(command));
    lines.take_while(|line| !line.is_empty())
}

/// The long help of an option: its purpose, then one line a value.
pub fn with_values<V: ValueEnum>(purpose: &str) -> String {
    let values = V::value_variants().iter().map(|value| {
        let value = value.to_possible_value().expect("no value is hidden");
        let meaning = value.get_help().map(ToString::to_string);
        format!("\n- {}: {}", value.get_name(), meaning.unwrap_or_default())
    });
    let values: String = values.collect();
    format!("{purpose}\n{values}")
}
