//! What stands in the help below and beside the arguments.

use clap::ValueEnum;
use clap::builder::{StyledStr, Styles};

use crate::render::{MIN_WIDTH_BESIDE, command_lines, text_lines};

/// How a run ends.
const EXIT_CODES: &str = "
Exit codes: 0 found, 1 nothing found, 2 usage error or failed read or write.";

/// Where the help of a command leads.
const FURTHER: &str = "
Options everywhere, such as -o and --json: orgerr --help";

const EXAMPLE_INDENT: &str = "  ";

/// What the tool is for.
pub const TOOL: &str = "\
Look up Huawei Cloud Organizations error codes: what they mean, how to fix them

Answers from a catalog that is compiled in, and needs no network. Without a command and \
codes, explains what comes through a pipe; options of explain may stand alone there, as in \
curl … | orgerr --summary.";

/// What `explain` reads.
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
const UNBROKEN_SPACE: &str = "\u{a0}";

/// The whole definition of the command line, with help for a screen of this width.
pub fn laid_out(definition: clap::Command, width: usize) -> clap::Command {
    let mut tool = definition.term_width(width);
    tool.build();
    let far_below = with_examples("orgerr", EXIT_CODES, width);
    with_layout(tool, "", width).after_long_help(far_below)
}

fn with_layout(command: clap::Command, below: &str, width: usize) -> clap::Command {
    let below = with_examples(command.get_name(), below, width);
    let command = command.after_help(below);
    let command = command.next_line_help(width < MIN_WIDTH_BESIDE);
    command.mut_subcommands(|command| with_layout(command, FURTHER, width))
}

/// The examples of a command, under a heading like clap's, and what follows them.
fn with_examples(command: &str, last: &str, width: usize) -> StyledStr {
    let mut text = String::new();
    let styles = Styles::styled();
    let heading = styles.get_header();
    let mut lines = examples(command)
        .flat_map(|example| lines_of(example, width))
        .peekable();
    if lines.peek().is_some() {
        text = format!("{heading}Examples:{heading:#}\n");
    }
    for line in lines {
        text.extend([&line.replace(' ', UNBROKEN_SPACE), "\n"]);
    }
    text += last;
    text.trim_end().to_owned().into()
}

/// An example; where it has no room, broken as a shell reads it, and what it is for below.
fn lines_of(example: &str, width: usize) -> Vec<String> {
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

/// Help as clap has laid it out, with the spaces that it must not break.
pub fn unbroken(help: &StyledStr) -> StyledStr {
    help.ansi().to_string().replace(UNBROKEN_SPACE, " ").into()
}

/// Lines that run a command.
pub fn examples(command: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = EXAMPLES.lines();
    lines.find(|line| line.strip_suffix(':') == Some(command));
    lines.take_while(|line| !line.is_empty())
}

/// What an option is for, and what its values mean.
pub fn with_values<V: ValueEnum>(purpose: &str) -> String {
    let values = V::value_variants().iter().map(|value| {
        let value = value.to_possible_value().expect("no value is hidden");
        let meaning = value.get_help().map(ToString::to_string);
        format!("\n- {}: {}", value.get_name(), meaning.unwrap_or_default())
    });
    let values: String = values.collect();
    format!("{purpose}\n{values}")
}
