//! Every argument and every help text. Completions and the manual page are made
//! from this definition.

// Doc comments here are help texts, in which names stand without backticks.
#![allow(clippy::doc_markdown)]

mod read;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{
    ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum,
    ValueHint,
};
use clap_complete::engine::ArgValueCompleter;

use crate::complete;
use crate::input::{self, STDIN};

pub use read::parse;

/// The version of the tool and the date of its catalog.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (catalog of ",
    env!("ORGERR_CATALOG_DATE"),
    ")"
);

/// Entries that a search prints at most, unless told.
const DEFAULT_LIMIT: usize = 10;

/// Columns that results are wrapped at, at least.
pub const NARROWEST: u16 = 20;

const EXAMPLES: &str = "\
Examples:
  orgerr show Organizations.1305         what an error code means and how to fix it
  orgerr search \"leave organization\"     find an error by words, typos allowed
  orgerr status 404                      every error with this HTTP status
  curl -s … | orgerr explain             explain the errors in a raw response or log

Exit codes: 0 found, 1 nothing found, 2 usage error or failed read or write.";

/// A command line that has been read.
#[derive(Debug)]
pub struct Cli {
    pub command: Command,
    pub options: Options,
    /// Whether the command prints records.
    pub prints_records: bool,
}

/// Look up Huawei Cloud Organizations error codes: what they mean and how to fix them
#[derive(Debug, Default, Parser)]
#[command(name = "orgerr", bin_name = "orgerr", version = VERSION, after_help = EXAMPLES)]
#[command(arg_required_else_help = true, max_term_width = 100)]
#[command(propagate_version = true, args_override_self = true)]
#[command(subcommand_required = true, next_help_heading = "Options everywhere")]
pub struct Options {
    /// How to print results [default: table]
    #[arg(short, long, value_enum, value_name = "FORMAT", global = true)]
    #[arg(overrides_with = "json")]
    output: Option<Format>,

    /// Short for --output json
    #[arg(long, global = true, overrides_with = "output")]
    json: bool,

    /// When to use colour [default: auto]
    #[arg(long, value_enum, value_name = "WHEN", global = true)]
    color: Option<ColorWhen>,

    /// Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    #[arg(long, value_name = "N", global = true)]
    #[arg(value_parser = clap::value_parser!(u16).range(i64::from(NARROWEST)..))]
    pub width: Option<u16>,

    #[command(flatten)]
    own: OwnCatalogs,

    /// No notes on standard error
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Do not send long output on a terminal through the pager
    #[arg(long, global = true)]
    pub no_pager: bool,
}

impl Options {
    /// The format that results are printed in.
    pub fn format(&self) -> Format {
        match self.output {
            _ if self.json => Format::Json,
            None => Format::Table,
            Some(format) => format,
        }
    }

    /// Catalogs to add, in the order of the command line.
    pub fn catalogs(&self) -> &[PathBuf] {
        &self.own.catalogs
    }

    /// When output is coloured.
    pub fn color(&self) -> ColorWhen {
        self.color.unwrap_or(ColorWhen::Auto)
    }
}

// An option that the tool and each command have for themselves: of a single global
// one, what stands behind the command would replace what stands in front of it.
#[derive(Debug, Default, Args)]
#[group(skip)]
struct OwnCatalogs {
    /// Add a catalog of your own (repeatable; - is standard input); its entries win
    #[arg(long = "catalog", value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(display_order = 4, help_heading = "Options everywhere")]
    catalogs: Vec<PathBuf>,
}

/// The catalogs that stand behind the command.
const CATALOGS_BEHIND: &str = "catalogs-behind";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Cards or a table with borders
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Tab-separated values with a header line
    Tsv,
    /// A Markdown table, fit for an issue or a ticket
    Markdown,
    /// No borders and no padding, one line an entry
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug)]
pub enum Command {
    Show(Show),
    Fix(Fix),
    Search(Search),
    List(List),
    Status(Status),
    Explain(Explain),
    Catalog(Catalog),
    Completions(Completions),
    Man(Man),
}

/// A command as clap knows it.
struct Definition {
    name: &'static str,
    about: &'static str,
    /// Sets up its arguments.
    arguments: fn(clap::Command) -> clap::Command,
    /// Reads what clap found for them.
    read: fn(&mut ArgMatches) -> Result<Command, clap::Error>,
}

/// Every command. By hand what clap could derive, so that of all commands only the one
/// that is called has its arguments set up: that is most of what clap costs.
const COMMANDS: [Definition; 9] = [
    Definition {
        name: "show",
        about: "Show what error codes mean and how to fix them",
        arguments: Show::augment_args,
        read: |matches| Show::from_arg_matches_mut(matches).map(Command::Show),
    },
    Definition {
        name: "fix",
        about: "Print just the suggested fix of error codes",
        arguments: Fix::augment_args,
        read: |matches| Fix::from_arg_matches_mut(matches).map(Command::Fix),
    },
    Definition {
        name: "search",
        about: "Find error codes by words, best match first",
        arguments: Search::augment_args,
        read: |matches| Search::from_arg_matches_mut(matches).map(Command::Search),
    },
    Definition {
        name: "list",
        about: "List all error codes",
        arguments: List::augment_args,
        read: |matches| List::from_arg_matches_mut(matches).map(Command::List),
    },
    Definition {
        name: "status",
        about: "List the error codes with an HTTP status, or count them by status",
        arguments: Status::augment_args,
        read: |matches| Status::from_arg_matches_mut(matches).map(Command::Status),
    },
    Definition {
        name: "explain",
        about: "Explain every error in raw API responses, logs or stack traces",
        arguments: Explain::augment_args,
        read: |matches| Explain::from_arg_matches_mut(matches).map(Command::Explain),
    },
    Definition {
        name: "catalog",
        about: "Check, import or describe catalogs of one's own",
        arguments: Catalog::augment_args,
        read: |matches| Catalog::from_arg_matches_mut(matches).map(Command::Catalog),
    },
    Definition {
        name: "completions",
        about: "Print the completion script of a shell",
        arguments: Completions::augment_args,
        read: |matches| Completions::from_arg_matches_mut(matches).map(Command::Completions),
    },
    Definition {
        name: "man",
        about: "Print the manual page (roff)",
        arguments: Man::augment_args,
        read: |matches| Man::from_arg_matches_mut(matches).map(Command::Man),
    },
];

impl Command {
    /// Whether it answers from the catalog.
    pub fn needs_catalog(&self) -> bool {
        !matches!(
            self,
            Command::Catalog(_) | Command::Completions(_) | Command::Man(_)
        )
    }

    /// How often it reads standard input, of the commands that need the catalog.
    pub fn stdin_reads(&self) -> usize {
        match self {
            Command::Show(Show { codes }) | Command::Fix(Fix { codes }) => {
                codes.codes.iter().filter(|code| *code == STDIN).count()
            }
            Command::Explain(Explain { files, .. }) => {
                let named = files.iter().filter(|file| input::is_stdin(file));
                named.count() + usize::from(files.is_empty())
            }
            _ => 0,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr show Organizations.1305
  orgerr show 1305 1306 --json")]
pub struct Show {
    #[command(flatten)]
    pub codes: Codes,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr fix 1305
  orgerr fix 1305 --output plain")]
pub struct Fix {
    #[command(flatten)]
    pub codes: Codes,
}

#[derive(Debug, Args)]
pub struct Codes {
    /// Error codes: Organizations.1305, or just 1305; - reads them from standard input
    #[arg(value_name = "CODE", required = true)]
    #[arg(add = ArgValueCompleter::new(complete::codes))]
    pub codes: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr search handshake
  orgerr search \"account quota\" --status 4xx -n 3")]
pub struct Search {
    /// What to search for; several words are one query
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,

    /// Print at most N entries, 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = DEFAULT_LIMIT)]
    pub limit: usize,

    #[command(flatten)]
    pub status: StatusOption,

    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr list --category policy
  orgerr list --retryable --output tsv")]
pub struct List {
    #[command(flatten)]
    pub status: StatusOption,

    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr status
  orgerr status 404 409")]
pub struct Status {
    /// HTTP statuses: 404, or 4xx for a class; without any, one row a status
    #[arg(value_name = "STATUS", value_delimiter = ',')]
    #[arg(add = ArgValueCompleter::new(complete::statuses))]
    pub statuses: Vec<String>,

    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Default, Args)]
pub struct StatusOption {
    /// Only entries with this HTTP status: 404, or 4xx for a class
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',')]
    #[arg(help_heading = "Filters")]
    #[arg(add = ArgValueCompleter::new(complete::statuses))]
    pub statuses: Vec<String>,
}

// They take several values each, as repeated options or separated by commas.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct Filters {
    /// Only entries of this service
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    #[arg(add = ArgValueCompleter::new(complete::services))]
    pub services: Vec<String>,

    /// Only entries of this category, e.g. account or policy
    #[arg(long = "category", value_name = "CATEGORY", value_delimiter = ',')]
    #[arg(add = ArgValueCompleter::new(complete::categories))]
    pub categories: Vec<String>,

    /// Only entries resolved by this action, e.g. retry or fix-request
    #[arg(long = "action", value_name = "ACTION", value_delimiter = ',')]
    #[arg(add = ArgValueCompleter::new(complete::actions))]
    pub actions: Vec<String>,

    /// Only entries whose documented solution begins with trying again
    #[arg(long)]
    pub retryable: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  curl -s … | orgerr explain
  orgerr explain terraform.log --json
  tail -f app.log | orgerr explain --follow -o jsonl")]
pub struct Explain {
    /// Files to read; standard input without any, or as -
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// Print each new error as soon as its line ends
    #[arg(long)]
    pub follow: bool,

    /// Pass standard input through to standard output; explain on standard error
    #[arg(long)]
    pub tee: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr catalog import page.txt > iam.toml
  orgerr catalog check iam.toml
  orgerr catalog import page.txt | orgerr catalog check -
  orgerr catalog schema > orgerr.schema.json")]
pub struct Catalog {
    #[command(subcommand)]
    pub tool: CatalogTool,
}

#[derive(Debug, Subcommand)]
pub enum CatalogTool {
    /// Say whether catalogs are valid, every problem at once
    #[command(display_name = "orgerr")]
    Check {
        /// Catalogs in TOML; - is standard input
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Turn a documentation page with an error table into a catalog
    ///
    /// Reads text as copied from a browser (one cell a paragraph), Markdown tables and
    /// TSV. The category is filled in by the HTTP status, the action by the solution.
    #[command(display_name = "orgerr")]
    Import {
        /// The page; standard input without one, or as -
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
    /// Print the JSON Schema of the catalog's TOML
    #[command(display_name = "orgerr")]
    Schema,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr completions bash > ~/.local/share/bash-completion/completions/orgerr
  orgerr completions fish > ~/.config/fish/completions/orgerr.fish")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
    Nushell,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  orgerr man | man -l -
  orgerr man > ~/.local/share/man/man1/orgerr.1")]
pub struct Man {}

/// The whole command line as clap knows it, for the manual and the like.
pub fn definition() -> clap::Command {
    Options::command().subcommands(COMMANDS.iter().map(command))
}

/// The command line as far as `words`, the name of the tool first, can mean it: where
/// they begin with a command, without the others.
pub fn definition_for(words: &[OsString]) -> clap::Command {
    match called(words) {
        Some(called) => Options::command().subcommand(command(called)),
        None => definition(),
    }
}

/// As much of the command line as completing the last of `words` needs: where there is
/// no option, only the arguments of their command, before which words may stand.
pub fn completable(words: &[OsString]) -> clap::Command {
    let is_option = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
    match called(words) {
        Some(called) if words.len() > 2 && !words.iter().any(is_option) => {
            let bare = clap::Command::new("orgerr")
                .disable_help_flag(true)
                .disable_help_subcommand(true)
                // Else clap works out a usage that nobody sees.
                .subcommand_negates_reqs(true);
            (called.arguments)(bare)
        }
        _ => definition_for(words),
    }
}

/// The command that `words`, the name of the tool first, begin with.
fn called(words: &[OsString]) -> Option<&'static Definition> {
    named(words.get(1)?)
}

fn named(name: &OsStr) -> Option<&'static Definition> {
    COMMANDS.iter().find(|command| name == command.name)
}

fn command(definition: &'static Definition) -> clap::Command {
    let command = clap::Command::new(definition.name)
        .about(definition.about)
        .display_name("orgerr")
        .args_override_self(true);
    OwnCatalogs::augment_args(command)
        .mut_arg("catalogs", |arg| arg.id(CATALOGS_BEHIND).global(true))
        .defer(definition.arguments)
}

/// Whether a command, or the tool of `catalog`, prints records; not so a script, a page or
/// a catalog, which are the same whatever the format.
pub fn prints_records(command: Option<&str>, tool: Option<&str>) -> bool {
    match command {
        Some("completions" | "man") => false,
        Some("catalog") => tool == Some("check"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_comment_on_arguments_describes_a_command() {
        let mut definition = definition();
        definition.build();
        for Definition { name, about, .. } in COMMANDS {
            let command = definition.find_subcommand(name).expect("every command");
            let described = command.get_about().map(ToString::to_string);
            assert_eq!(described.as_deref(), Some(about), "{name}");
        }
    }
}
