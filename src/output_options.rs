//! The global options, most of them about output.

// Doc comments here are help texts, in which names stand without backticks.
#![allow(clippy::doc_markdown)]

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum, ValueHint};

/// The narrowest width that `--width` accepts, in columns; no output is wrapped narrower.
pub(crate) const MIN_WIDTH: u16 = 20;

// Defined on the tool and on each command, so that they work before and after a command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
#[group(skip)]
pub(crate) struct Options {
    /// How to print results [default: table]
    ///
    /// - table: cards or a table with borders
    /// - json: one array
    /// - jsonl: one object a line
    /// - tsv: tab-separated values with a header line, for programs
    /// - markdown: a table, fit for an issue or a ticket
    /// - plain: no borders and no padding, one line an entry
    /// - github: annotations for a workflow of GitHub Actions (explain only)
    #[arg(short, long, value_name = "FORMAT", ignore_case = true)]
    #[arg(hide_possible_values = true, verbatim_doc_comment, overrides_with = "json")]
    #[arg(help = "table (default), json, jsonl, tsv, markdown or plain")]
    output: Option<Format>,

    /// Short for --output json
    #[arg(long, hide_short_help = true, overrides_with = "output")]
    json: bool,

    /// When to use colour [default: auto]
    ///
    /// - auto: on a terminal, unless NO_COLOR, CLICOLOR or TERM says no
    /// - always: even in a pipe or file
    /// - never
    #[arg(long, value_name = "WHEN", ignore_case = true)]
    #[arg(hide_possible_values = true, verbatim_doc_comment, hide_short_help = true)]
    pub color: Option<ColorWhen>,

    /// Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else 80]
    #[arg(long, value_name = "N", hide_short_help = true)]
    #[arg(allow_negative_numbers = true, value_parser = width)]
    pub width: Option<u16>,

    /// Add a catalog of your own; its entries override built-in ones
    ///
    /// Repeatable; - is standard input. ORGERR_CATALOG adds catalogs, too: a list of
    /// paths, separated as in PATH.
    #[arg(long = "catalog", value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(hide_short_help = true)]
    pub catalogs: Vec<PathBuf>,

    /// Print no notes
    #[arg(short, long, hide_short_help = true)]
    pub quiet: bool,

    /// Do not send long output on a terminal through the pager
    #[arg(long, hide_short_help = true)]
    pub no_pager: bool,

    /// Print short help (--help for the full text)
    #[arg(short, long, action = ArgAction::Help)]
    help: Option<bool>,

    /// Print the version
    #[arg(short = 'V', long, hide_short_help = true, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Cards or a table with borders
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Tab-separated values with a header line, for programs
    Tsv,
    /// A Markdown table, fit for an issue or a ticket
    #[value(alias = "md")]
    Markdown,
    /// No borders and no padding, one line an entry
    Plain,
    /// An annotation a finding, for a workflow of GitHub Actions (explain only)
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal, unless NO_COLOR, CLICOLOR or TERM says no
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Options {
    /// The format that the user asked for; `None` for the default, which depends on the output.
    pub(crate) fn format(&self) -> Option<Format> {
        self.json.then_some(Format::Json).or(self.output)
    }

    /// The option that names the format.
    pub(crate) fn option_of_format(&self) -> &'static str {
        if self.json { "--json" } else { "--output" }
    }

    /// Adds the options that come later on the line. Of an option given twice, the last counts;
    /// catalogs add up.
    pub(crate) fn add(&mut self, after: Options) {
        if after.format().is_some() {
            (self.json, self.output) = (after.json, after.output);
        }
        self.color = after.color.or(self.color);
        self.width = after.width.or(self.width);
        self.catalogs.extend(after.catalogs);
        self.quiet |= after.quiet;
        self.no_pager |= after.no_pager;
    }
}

/// Reads the width to wrap at.
fn width(text: &str) -> Result<u16, String> {
    let width = text.parse().ok().filter(|width| *width >= MIN_WIDTH);
    width.ok_or_else(|| format!("it must be a number of columns from {MIN_WIDTH} to {}", u16::MAX))
}
