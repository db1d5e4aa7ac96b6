//! The options everywhere.

// Doc comments here are help texts, in which names stand without backticks.
#![allow(clippy::doc_markdown)]

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueHint};

use super::help;
use crate::render::{ColorWhen, Format, MIN_WIDTH, Settings};

// The tool and each command have them for themselves, so that they may stand anywhere.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Options everywhere")]
#[group(skip)]
pub struct Options {
    /// table (default), json, jsonl, tsv, markdown or plain
    #[arg(short, long, value_enum, value_name = "FORMAT", ignore_case = true)]
    #[arg(hide_possible_values = true)]
    #[arg(long_help = help::with_values::<Format>("How to print results [default: table]"))]
    #[arg(overrides_with = "json")]
    pub(super) output: Option<Format>,

    /// Short for --output json
    #[arg(long, hide_short_help = true, overrides_with = "output")]
    pub(super) json: bool,

    /// When to use colour [default: auto]
    #[arg(hide_possible_values = true)]
    #[arg(long_help = help::with_values::<ColorWhen>("When to use colour [default: auto]"))]
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        ignore_case = true,
        hide_short_help = true
    )]
    pub(super) color: Option<ColorWhen>,

    /// Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else 80]
    #[arg(long, value_name = "N", hide_short_help = true)]
    #[arg(allow_negative_numbers = true, value_parser = width)]
    pub width: Option<u16>,

    /// Add a catalog of your own; its entries win
    ///
    /// Repeatable; - is standard input. ORGERR_CATALOG adds catalogs, too: a list of
    /// paths, separated as in PATH.
    #[arg(long = "catalog", value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(hide_short_help = true)]
    pub catalogs: Vec<PathBuf>,

    /// No notes on standard error
    #[arg(short, long, hide_short_help = true)]
    pub quiet: bool,

    /// Do not send long output on a terminal through the pager
    #[arg(long, hide_short_help = true)]
    pub no_pager: bool,

    /// Print help (--help: all of it)
    #[arg(short, long, action = ArgAction::Help)]
    help: Option<bool>,

    /// Print the version
    #[arg(short = 'V', long, hide_short_help = true, action = ArgAction::Version)]
    version: Option<bool>,
}

impl Options {
    /// The settings for results and notes. Scripts and pages ignore `--output`.
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

    /// Adds the options that come later: the last of an option given twice counts, but
    /// catalogs add up.
    pub(super) fn add(&mut self, after: Options) {
        if after.json || after.output.is_some() {
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
pub(super) fn width(text: &str) -> Result<u16, String> {
    let width = text.parse().ok().filter(|width| *width >= MIN_WIDTH);
    width.ok_or_else(|| format!("it must be a number of columns, {MIN_WIDTH} or more"))
}
