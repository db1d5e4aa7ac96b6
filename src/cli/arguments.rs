//! Every argument and every help text. Completions and the manual page are made
//! from this definition.

// Doc comments here are help texts, in which names stand without backticks.
#![allow(clippy::doc_markdown)]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use orgerr::{SERVICE_NAME_RULE, is_service_name};

use crate::output_options::{Format, Options};
use crate::source::{STDIN, count_of_stdin, is_stdin};

/// The version of the tool and the date of its catalog.
const VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), " (catalog of ", env!("ORGERR_CATALOG_DATE"), ")");

/// Entries that a search prints without --limit.
const DEFAULT_LIMIT: usize = 10;

/// Look up Huawei Cloud Organizations error codes: what they mean, how to fix them
///
/// Answers from a catalog that is compiled in, and needs no network. With no command and no
/// code, explains what is piped in; the options of explain then need no command, either:
/// curl … | orgerr --summary.
#[derive(Debug, Parser)]
#[command(name = "orgerr", bin_name = "orgerr", version = VERSION, propagate_version = true)]
#[command(args_override_self = true, override_usage = "orgerr [OPTIONS] CODE...|COMMAND")]
#[command(disable_help_subcommand = true, disable_help_flag = true, disable_version_flag = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub options: Options,

    /// Error codes: the same as orgerr show CODE...
    #[arg(value_name = "CODE", hide = true)]
    pub first_codes: Vec<String>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what error codes mean and how to fix them
    Show(Codes),
    /// Print the suggested fix of error codes, and what to check
    Fix(Codes),
    /// Find error codes by words, best match first
    Search(Search),
    /// List all error codes
    List(Filters),
    /// List the error codes with an HTTP status, or count them by status
    Status(Status),
    /// Explain every error in raw API responses, logs or stack traces
    ///
    /// Finds the codes of every service in the catalog, and documented messages where no code
    /// is named, in whatever is around them: JSON, also inside strings, JSON lines, curl -i and
    /// curl -v, SDK exceptions, Terraform (plain, -json, TF_LOG), KooCLI, Python, PHP, Ruby and
    /// Node dumps, HAR, forms, Markdown, XML, YAML, and logs with any prefix; UTF-8, UTF-16,
    /// gzip, ANSI colours. Memory stays small, however long the input.
    Explain(Explain),
    /// Check, import or describe catalogs of your own
    #[command(subcommand)]
    Catalog(CatalogTool),
    /// Print the completion script of a shell
    Completions {
        /// The shell
        #[arg(ignore_case = true)]
        shell: Shell,
    },
    /// Print the manual page (roff)
    Man,
}

impl Command {
    /// How many of the command's files are standard input. A second `-` among codes or files to
    /// explain does not count: it finds nothing left to read.
    pub(crate) fn uses_of_stdin(&self) -> usize {
        match self {
            Command::Show(Codes { codes }) | Command::Fix(Codes { codes }) => {
                codes.iter().any(|code| code == STDIN).into()
            }
            Command::Explain(Explain { files, .. }) => {
                (files.is_empty() || files.iter().any(|file| is_stdin(file))).into()
            }
            Command::Catalog(CatalogTool::Import { file, .. }) => is_stdin(file).into(),
            Command::Catalog(CatalogTool::Check { files }) => count_of_stdin(files),
            _ => 0,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Codes {
    /// Error codes: Organizations.1305, or just 1305; - reads them from standard input
    #[arg(value_name = "CODE", required = true)]
    pub codes: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to search for; several words are one query
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,

    /// Print at most N entries, 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = DEFAULT_LIMIT)]
    #[arg(allow_negative_numbers = true, value_parser = limit)]
    pub limit: usize,

    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Args)]
pub(crate) struct Status {
    /// HTTP statuses: 404, or 4xx for a class; without one, counts entries by status
    #[arg(value_name = "STATUS", value_delimiter = ',')]
    pub statuses: Vec<String>,

    #[command(flatten)]
    pub others: OtherFilters,
}

// Each of these options takes several values: repeated, or separated by commas.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// This HTTP status only: 404, or 4xx for a class
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',')]
    pub statuses: Vec<String>,

    #[command(flatten)]
    pub others: OtherFilters,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct OtherFilters {
    /// This service only
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    pub services: Vec<String>,

    /// This category only, e.g. account or policy
    #[arg(long = "category", value_name = "CATEGORY", value_delimiter = ',')]
    pub categories: Vec<String>,

    /// This action only, e.g. retry or fix-request
    ///
    /// One of: retry, fix-request, check-permission, change-state, reduce-usage,
    /// contact-support.
    #[arg(long = "action", value_name = "ACTION", value_delimiter = ',')]
    pub actions: Vec<String>,

    /// Only where the documented fix starts with a retry
    #[arg(long)]
    pub retryable: bool,
}

#[derive(Debug, Default, Args)]
pub(crate) struct Explain {
    /// Files to read [default: standard input; - also means it]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub files: Vec<PathBuf>,

    /// Print each new error as soon as its line ends
    ///
    /// Stops at the end of the input; to follow a growing file: tail -f FILE | orgerr explain
    /// --follow
    #[arg(long)]
    pub follow: bool,

    /// Print how often each error was met, the most frequent first
    #[arg(long, conflicts_with = "follow")]
    pub summary: bool,

    /// Copy the input to standard output; explain on standard error
    #[arg(long)]
    pub tee: bool,

    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogTool {
    /// Check catalogs and list their problems
    Check {
        /// Catalogs in TOML; - is standard input
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Turn a documentation page with an error table into a catalog
    ///
    /// Reads HTML, reStructuredText, Markdown, AsciiDoc, CSV, TSV, and text as copied from a
    /// browser (one cell a paragraph) or a PDF (columns aligned with spaces). The category is
    /// filled in by the HTTP status, the action by the solution.
    Import {
        /// The page [default: standard input; - also means it]
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        #[arg(default_value = STDIN, hide_default_value = true)]
        file: PathBuf,
        /// Service name for bare codes such as 1101 or NoSuchBucket
        #[arg(long, value_name = "NAME", value_parser = service_name)]
        service: Option<String>,
    },
    /// Print the JSON Schema of the catalog's TOML, or that of what --json prints
    Schema {
        /// What the schema describes
        #[arg(ignore_case = true, value_name = "KIND", default_value = "catalog")]
        of: SchemaOf,
    },
}

impl CatalogTool {
    /// The name of a tool that cannot print in `format`, and what it prints instead.
    pub(crate) fn refuses(&self, format: Format) -> Option<(&'static str, &'static str)> {
        match self {
            CatalogTool::Import { .. } => Some(("import", "a catalog in TOML")),
            CatalogTool::Schema { .. } if format != Format::Json => {
                Some(("schema", "a JSON Schema"))
            }
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A catalog of your own, in TOML
    Catalog,
    /// An entry, as show, fix, list and status print it
    Entry,
    /// An entry with how well it answers, as search prints it
    Hit,
    /// What explain found
    Finding,
}

/// Checks that a text can be the name of a service in a catalog.
fn service_name(text: &str) -> Result<String, String> {
    let name = is_service_name(text).then(|| text.to_owned());
    name.ok_or_else(|| format!("it must be {SERVICE_NAME_RULE}"))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(aliases = ["pwsh", "ps1", "ps"])]
    Powershell,
    #[value(alias = "elv")]
    Elvish,
    #[value(alias = "nu")]
    Nushell,
}

/// Reads the number of entries to print at most; 0 stands for all.
fn limit(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Ok(usize::MAX),
        Ok(number) => Ok(number),
        Err(_) => Err("it must be a number of entries, or 0 for all".to_owned()),
    }
}
