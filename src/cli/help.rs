//! The texts of the help: what commands are for, examples, exit codes.

use clap::Command;
use clap::builder::Styles;

/// Below this width what an option is for stands below it.
const MIN_WIDTH_BESIDE: usize = 40;
/// Below this width what an example does stands below it.
const MIN_WIDTH_OF_EXAMPLES: usize = 72;

/// The last line of a command's help.
const FOOTER: &str = "\n
Options everywhere, such as -o and --json: orgerr --help";

/// The last line of the tool's help, if it is long.
const EXIT_CODES: &str = "
Exit codes: 0 found, 1 nothing found, 2 usage error or failed read or write.";

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

/// The definition of the command line for help on a screen of this width.
pub fn for_width(definition: Command, width: usize) -> Command {
    let below = below("orgerr", width);
    let long = format!("{below}\n{EXIT_CODES}");
    let definition = definition.after_help(below).after_long_help(long);
    let is_narrow = width < MIN_WIDTH_BESIDE;
    definition.term_width(width).next_line_help(is_narrow)
}

/// What stands below the help of a command.
pub fn below_command(command: &str) -> String {
    below(command, usize::MAX) + FOOTER
}

fn below(command: &str, width: usize) -> String {
    let examples = examples(command).map(|example| match example.split_once("  ") {
        Some((line, what)) if width < MIN_WIDTH_OF_EXAMPLES => {
            format!("\n  {line}\n    {}", what.trim_start())
        }
        _ => format!("\n  {example}"),
    });
    let heading = *Styles::styled().get_header();
    let examples: String = examples.collect();
    format!("{heading}Examples:{heading:#}{examples}")
}

/// The examples of a command.
pub fn examples(command: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = EXAMPLES.lines();
    lines.find(|line| line.strip_suffix(':') == Some(command));
    lines.take_while(|line| !line.is_empty())
}
