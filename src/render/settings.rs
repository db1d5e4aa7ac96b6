//! What the command line asks of the output.

// Doc comments here are help texts, in which names stand without backticks.
#![allow(clippy::doc_markdown)]

use clap::ValueEnum;

/// Columns that results are wrapped at, at least.
pub const MIN_WIDTH: u16 = 20;

/// How results and notes are to be written.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// None for the default, which is not the same everywhere.
    pub format: Option<Format>,
    /// When to use colour.
    pub color: ColorWhen,
    /// The width to wrap at, if not that of the terminal.
    pub width: Option<u16>,
    /// Whether notes are left out.
    pub quiet: bool,
    /// Whether long results may go through the pager.
    pub may_page: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
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
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR, CLICOLOR or TERM says no
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
