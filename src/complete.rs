//! Completion of values by the tool itself: the shell's script asks the binary, so
//! that codes come with their messages and are those of the catalog in use.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap_complete::CompletionCandidate;
use clap_complete::env::CompleteEnv;
use orgerr::catalog::reason;
use orgerr::{Action, Catalog, DEFAULT_SERVICE, Entry};

use crate::{catalogs, cli};

/// What the scripts set to the name of the shell when they ask.
pub const VARIABLE: &str = "ORGERR_COMPLETE";

/// Answers a completion script, if it is one that runs the tool.
///
/// # Errors
/// An unknown shell, or a failed write.
pub fn asked_by_shell() -> Result<bool, clap::Error> {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(false);
    }
    let folder = std::env::current_dir().ok();
    let words: Vec<_> = std::env::args_os().collect();
    // What is to be completed stands behind the first `--`.
    let asked = words.iter().position(|word| word == "--");
    let asked = asked.map_or(&[][..], |at| &words[at + 1..]);
    CompleteEnv::with_factory(|| cli::completable(asked))
        .var(VARIABLE)
        .try_complete(words.clone(), folder.as_deref())
}

/// The catalog that the command line so far would answer from; the embedded one
/// where one of its catalogs is not valid.
fn catalog() -> &'static Catalog {
    let words: Vec<_> = std::env::args_os().collect();
    let named = words.windows(2).filter(|pair| pair[0] == "--catalog");
    let files: Vec<_> = named.map(|pair| PathBuf::from(&pair[1])).collect();
    catalogs::load_readable(&files)
}

/// Codes with their messages: full ones, or bare digits where digits are begun.
pub fn codes(begun: &OsStr) -> Vec<CompletionCandidate> {
    let Some(begun) = begun.to_str() else {
        return Vec::new();
    };
    let by_digits = begun.starts_with(|c: char| c.is_ascii_digit());
    let name = |entry: &'static Entry| -> Option<&'static str> {
        if by_digits {
            entry.code.strip_prefix(DEFAULT_SERVICE)?.strip_prefix('.')
        } else {
            Some(&entry.code)
        }
    };
    let entries = catalog().entries().iter();
    let named = entries.filter_map(|entry| Some((name(entry)?, &*entry.message)));
    candidates(begun, named)
}

/// HTTP statuses with their names.
pub fn statuses(begun: &OsStr) -> Vec<CompletionCandidate> {
    let statuses = catalog().statuses();
    let named = statuses
        .into_iter()
        .map(|status| (status.to_string(), reason(status)));
    candidates(begun.to_str().unwrap_or_default(), named)
}

/// The services of the catalog.
pub fn services(begun: &OsStr) -> Vec<CompletionCandidate> {
    let services = catalog().services().iter();
    let named = services.map(|service| (&*service.name, &*service.title));
    candidates(begun.to_str().unwrap_or_default(), named)
}

/// The categories of the catalog.
pub fn categories(begun: &OsStr) -> Vec<CompletionCandidate> {
    let names = catalog().category_names().into_iter();
    candidates(
        begun.to_str().unwrap_or_default(),
        names.map(|name| (name, "")),
    )
}

/// The actions.
pub fn actions(begun: &OsStr) -> Vec<CompletionCandidate> {
    let named = Action::ALL.map(|action| (action.name(), action.meaning()));
    candidates(begun.to_str().unwrap_or_default(), named.into_iter())
}

fn candidates(
    begun: &str,
    named: impl Iterator<Item = (impl AsRef<str>, &'static str)>,
) -> Vec<CompletionCandidate> {
    let rest = |name: &str| {
        let (start, rest) = name.split_at_checked(begun.len())?;
        start.eq_ignore_ascii_case(begun).then(|| rest.to_owned())
    };
    named
        .filter_map(|(name, help)| {
            // Shells take only what goes on from the letters as they were typed.
            let value = begun.to_owned() + &rest(name.as_ref())?;
            let help = (!help.is_empty()).then(|| help.into());
            Some(CompletionCandidate::new(value).help(help))
        })
        .collect()
}
