//! Every argument and every help text. Completions and the manual page are made
//! from this definition.

// Doc comments here are help texts, in which names stand without backticks.
#![allow(clippy::doc_markdown)]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use orgerr::{SERVICE_NAME, is_service_name};

use crate::input::{self, STDIN};
use crate::render::{ColorWhen, Format, MIN_WIDTH, Settings};

/// The version of the tool and the date of its catalog.
const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (catalog of ",
    env!("ORGERR_CATALOG_DATE"),
    ")"
);

/// Entries that a search prints at most, unless told.
const DEFAULT_LIMIT: usize = 10;

const EXAMPLES: &str = "\
Examples:
  orgerr show Organizations.1305         what an error code means and how to fix it
  orgerr search \"leave organization\"     find an error by words, typos allowed
  orgerr status 404                      every error with this HTTP status
  curl -s … | orgerr explain             explain the errors in a raw response or log

Exit codes: 0 found, 1 nothing found, 2 usage error or failed read or write.";

/// Look up Huawei Cloud Organizations error codes: what they mean and how to fix them
#[derive(Debug, Parser)]
#[command(name = "orgerr", bin_name = "orgerr", version = VERSION, after_help = EXAMPLES)]
#[command(
    arg_required_else_help = true,
    propagate_version = true,
    max_term_width = 100
)]
pub struct Cli {
    #[command(flatten)]
    pub options: Options,

    #[command(subcommand)]
    pub command: Command,

    /// Whether the command prints records.
    #[arg(skip)]
    pub prints_records: bool,
}

// The tool and each command have them for themselves, so that they may stand anywhere.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Options everywhere", args_override_self = true)]
#[group(skip)]
pub struct Options {
    /// How to print results [default: table]
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORMAT",
        overrides_with = "json"
    )]
    pub(super) output: Option<Format>,

    /// Short for --output json
    #[arg(long, overrides_with = "output")]
    pub(super) json: bool,

    /// When to use colour [default: auto]
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(super) color: Option<ColorWhen>,

    /// Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else 80]
    #[arg(long, value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u16).range(i64::from(MIN_WIDTH)..))]
    pub width: Option<u16>,

    /// Add a catalog of your own (repeatable; - is standard input); its entries win
    #[arg(long = "catalog", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub catalogs: Vec<PathBuf>,

    /// No notes on standard error
    #[arg(short, long)]
    pub quiet: bool,

    /// Do not send long output on a terminal through the pager
    #[arg(long)]
    pub no_pager: bool,
}

impl Options {
    /// How results and notes are to be written. What is no records has no format.
    pub fn settings(&self, prints_records: bool) -> Settings {
        let json = self.json.then_some(Format::Json);
        Settings {
            format: json.or(self.output).filter(|_| prints_records),
            color: self.color.unwrap_or(ColorWhen::Auto),
            width: self.width,
            quiet: self.quiet,
            may_page: !self.no_pager,
        }
    }

    /// Adds the options that stand further behind: of an option given twice the last
    /// counts, but catalogs add up.
    pub(super) fn add(&mut self, behind: Options) {
        if behind.json || behind.output.is_some() {
            (self.json, self.output) = (behind.json, behind.output);
        }
        self.color = behind.color.or(self.color);
        self.width = behind.width.or(self.width);
        self.catalogs.extend(behind.catalogs);
        self.quiet |= behind.quiet;
        self.no_pager |= behind.no_pager;
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what error codes mean and how to fix them
    #[command(after_help = "\
Examples:
  orgerr show Organizations.1305
  orgerr show 1305 1306 --json")]
    Show(Show),
    /// Print just the suggested fix of error codes
    #[command(after_help = "\
Examples:
  orgerr fix 1305
  orgerr fix 1305 --output plain")]
    Fix(Fix),
    /// Find error codes by words, best match first
    #[command(after_help = "\
Examples:
  orgerr search handshake
  orgerr search \"account quota\" --status 4xx -n 3")]
    Search(Search),
    /// List all error codes
    #[command(after_help = "\
Examples:
  orgerr list --category policy
  orgerr list --retryable --output tsv")]
    List(List),
    /// List the error codes with an HTTP status, or count them by status
    #[command(after_help = "\
Examples:
  orgerr status
  orgerr status 404 409")]
    Status(Status),
    /// Explain every error in raw API responses, logs or stack traces
    #[command(after_help = "\
Examples:
  curl -s … | orgerr explain
  orgerr explain terraform.log --json
  tail -f app.log | orgerr explain --follow -o jsonl")]
    Explain(Explain),
    /// Check, import or describe catalogs of one's own
    #[command(after_help = "\
Examples:
  curl -s …/ErrorCode.html | orgerr catalog import > iam.toml
  orgerr catalog import page.md --service OBS > obs.toml
  orgerr catalog check iam.toml obs.toml
  orgerr catalog schema > orgerr.schema.json")]
    Catalog(Catalog),
    /// Print the completion script of a shell
    #[command(after_help = "\
Examples:
  orgerr completions bash > ~/.local/share/bash-completion/completions/orgerr
  orgerr completions fish > ~/.config/fish/completions/orgerr.fish")]
    Completions(Completions),
    /// Print the manual page (roff)
    #[command(after_help = "\
Examples:
  orgerr man | man -l -
  orgerr man > ~/.local/share/man/man1/orgerr.1")]
    Man(Man),
}

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
pub struct Show {
    #[command(flatten)]
    pub codes: Codes,
}

#[derive(Debug, Args)]
pub struct Fix {
    #[command(flatten)]
    pub codes: Codes,
}

#[derive(Debug, Args)]
pub struct Codes {
    /// Error codes: Organizations.1305, or just 1305; - reads them from standard input
    #[arg(value_name = "CODE", required = true)]
    pub codes: Vec<String>,
}

#[derive(Debug, Args)]
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
pub struct List {
    #[command(flatten)]
    pub status: StatusOption,

    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Args)]
pub struct Status {
    /// HTTP statuses: 404, or 4xx for a class; without any, one row a status
    #[arg(value_name = "STATUS", value_delimiter = ',')]
    pub statuses: Vec<String>,

    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Default, Args)]
pub struct StatusOption {
    /// Only entries with this HTTP status: 404, or 4xx for a class
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',')]
    #[arg(help_heading = "Filters")]
    pub statuses: Vec<String>,
}

// They take several values each, as repeated options or separated by commas.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct Filters {
    /// Only entries of this service
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    pub services: Vec<String>,

    /// Only entries of this category, e.g. account or policy
    #[arg(long = "category", value_name = "CATEGORY", value_delimiter = ',')]
    pub categories: Vec<String>,

    /// Only entries resolved by this action, e.g. retry or fix-request
    #[arg(long = "action", value_name = "ACTION", value_delimiter = ',')]
    pub actions: Vec<String>,

    /// Only entries whose documented solution begins with trying again
    #[arg(long)]
    pub retryable: bool,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// Files to read; standard input without any, or as -
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// Print each new error as soon as its line ends
    #[arg(long)]
    pub follow: bool,

    /// Print how often each error was met, the most frequent first
    #[arg(long, conflicts_with = "follow")]
    pub summary: bool,

    /// Pass standard input through to standard output; explain on standard error
    #[arg(long)]
    pub tee: bool,
}

#[derive(Debug, Args)]
pub struct Catalog {
    #[command(subcommand)]
    pub tool: CatalogTool,
}

#[derive(Debug, Subcommand)]
pub enum CatalogTool {
    /// Say whether catalogs are valid, every problem at once
    Check {
        /// Catalogs in TOML; - is standard input
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Turn a documentation page with an error table into a catalog
    ///
    /// Reads text as copied from a browser (one cell a paragraph), Markdown tables and
    /// TSV. The category is filled in by the HTTP status, the action by the solution.
    Import {
        /// The page; standard input without one, or as -
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
        /// The service of codes that name none, such as 1101 or NoSuchBucket
        #[arg(long, value_name = "NAME", value_parser = service_name)]
        service: Option<String>,
    },
    /// Print the JSON Schema of the catalog's TOML
    Schema,
}

/// The name of a service, as a catalog may have it.
fn service_name(text: &str) -> Result<String, String> {
    if is_service_name(text) {
        Ok(text.to_owned())
    } else {
        Err(format!("must be {SERVICE_NAME}"))
    }
}

#[derive(Debug, Args)]
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
pub struct Man {}
