//! The texts of the help: what commands are for, examples, exit codes.

use clap::Command;
use clap::builder::Styles;

/// On narrower screens the description of an option goes on the next line.
const MIN_WIDTH_OF_OPTIONS: usize = 40;
/// On narrower screens the description of an example goes on the next line.
const MIN_WIDTH_OF_EXAMPLES: usize = 72;

/// The last line of a command's help.
pub(crate) const FOOTER: &str = "\n
Global options, such as -o and --json: orgerr --help";

/// The last line of the tool's long help.
const EXIT_CODES: &str = "
Exit codes: 0 found, 1 nothing found, 2 usage error or failed read or write.";

/// Examples, below the name of their command.
const EXAMPLES: &str = include_str!("examples.txt");

/// The definition of the command line for help on a screen of this width.
pub(crate) fn for_width(definition: Command, width: usize) -> Command {
    let below = below("orgerr", width);
    let long = format!("{below}\n{EXIT_CODES}");
    let definition = definition.after_help(below).after_long_help(long);
    let is_narrow = width < MIN_WIDTH_OF_OPTIONS;
    definition.term_width(width).next_line_help(is_narrow)
}

/// The examples below the help of a command, on a screen of this width.
pub(crate) fn below(command: &str, width: usize) -> String {
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
pub(crate) fn examples(command: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = EXAMPLES.lines();
    lines.find(|line| line.rsplit(' ').next().and_then(|it| it.strip_suffix(':')) == Some(command));
    lines.take_while(|line| !line.is_empty())
}
