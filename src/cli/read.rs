//! How a command line is read.

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{FromArgMatches as _, ValueEnum as _};

use super::{
    CATALOGS_BEHIND, Cli, Codes, ColorWhen, Command, DEFAULT_LIMIT, Filters, Fix, Format,
    NARROWEST, Options, Search, Show, StatusOption, definition_for, named, prints_records,
};

/// Reads the command line.
///
/// # Errors
/// What clap prints instead of running: help, the version or a usage error.
pub fn parse() -> Result<Cli, clap::Error> {
    if let Some(cli) = read_without_clap(std::env::args_os().skip(1)) {
        return Ok(cli);
    }
    read(std::env::args_os().collect())
}

/// Reads a command line, the name of the tool first, with clap.
fn read(words: Vec<OsString>) -> Result<Cli, clap::Error> {
    // They last as long as the process; to free them would only take time.
    let mut definition = ManuallyDrop::new(definition_for(&words));
    let matches = definition.try_get_matches_from_mut(words)?;
    let mut matches = ManuallyDrop::new(matches);
    let cli = match matches.remove_subcommand() {
        None => Err(clap::Error::new(ErrorKind::MissingSubcommand)),
        Some((name, mut of_command)) => {
            let called = named(name.as_ref()).expect("clap knows no other commands");
            let prints_records = prints_records(Some(&name), of_command.subcommand_name());
            (called.read)(&mut of_command).and_then(|command| {
                let mut options = Options::from_arg_matches_mut(&mut matches)?;
                let behind = of_command.remove_many::<PathBuf>(CATALOGS_BEHIND);
                options.own.catalogs.extend(behind.into_iter().flatten());
                Ok(Cli {
                    command,
                    options,
                    prints_records,
                })
            })
        }
    };
    cli.map_err(|error| error.format(&mut definition))
}

/// Reads the commonest command lines, `show CODE...`, `fix CODE...` and `search
/// TEXT...` with plain options of how to print, without clap: to set that up takes more
/// time than the look-up. None for every other command line; a test holds the two
/// ways of reading together.
fn read_without_clap(mut arguments: impl Iterator<Item = OsString>) -> Option<Cli> {
    let name = arguments.next()?;
    let mut words = Vec::new();
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let argument = argument.into_string().ok()?;
        if !argument.starts_with('-') {
            words.push(argument);
            continue;
        }
        let mut value = || arguments.next()?.into_string().ok();
        match argument.as_str() {
            "--json" if options.output.is_none() => options.json = true,
            "-o" | "--output" if !options.json => {
                options.output = Some(Format::from_str(&value()?, false).ok()?);
            }
            "--color" => options.color = Some(ColorWhen::from_str(&value()?, false).ok()?),
            "--width" => {
                let width = value()?.parse().ok();
                options.width = Some(width.filter(|width| *width >= NARROWEST)?);
            }
            "-q" | "--quiet" => options.quiet = true,
            "--no-pager" => options.no_pager = true,
            _ => return None,
        }
    }
    if words.is_empty() {
        return None;
    }
    let command = match name.to_str()? {
        "show" => Command::Show(Show {
            codes: Codes { codes: words },
        }),
        "fix" => Command::Fix(Fix {
            codes: Codes { codes: words },
        }),
        "search" => Command::Search(Search {
            text: words,
            limit: DEFAULT_LIMIT,
            status: StatusOption::default(),
            filters: Filters::default(),
        }),
        _ => return None,
    };
    Some(Cli {
        command,
        options,
        prints_records: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> impl Iterator<Item = OsString> {
        line.split(' ').map(OsString::from)
    }

    #[test]
    fn what_is_read_without_clap_is_what_clap_reads() {
        for line in [
            "show 1305",
            "show Organizations.1305 1400 --json",
            "show --json 1305",
            "fix 1305",
            "search leave organization",
            "search --json handshake",
            "show 1305 --json --json",
            "show 1305 -q",
            "fix 1305 -o plain --no-pager",
            "show --width 20 1305 --color always --quiet",
            "search quota --output table --output tsv --width 80 --width 90",
        ] {
            let quick = read_without_clap(arguments(line)).expect("a line to be read without clap");
            let name = ["orgerr"].map(OsString::from).into_iter();
            let clap = read(name.chain(arguments(line)).collect());
            assert_eq!(
                format!("{quick:?}"),
                format!("{:?}", clap.unwrap()),
                "{line}"
            );
        }
    }

    #[test]
    fn every_other_line_is_left_to_clap() {
        for line in [
            "show",
            "show --json",
            "show -",
            "--json show 1305",
            "show 1305 --width 19",
            "show 1305 --width",
            "show 1305 --width=80",
            "show 1305 -o nope",
            "show 1305 -o json --json",
            "show 1305 --json -o tsv",
            "show 1305 -qojson",
            "show 1305 --catalog x",
            "list",
            "status 404",
            "search x -n 3",
            "help show",
            "serch x",
        ] {
            assert!(read_without_clap(arguments(line)).is_none(), "{line}");
        }
    }
}
