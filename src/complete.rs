//! Completion of values by the tool itself: the shell's script asks the binary, so
//! that codes come with their messages and are those of the catalog in use.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap_complete::CompletionCandidate;
use clap_complete::env::CompleteEnv;
use orgerr::catalog::status_name;
use orgerr::{Action, Catalog, DEFAULT_SERVICE};

use crate::sanitize::{escape, is_safe};
use crate::{catalogs, cli};

/// What the scripts set to the name of the shell when they ask.
pub const VARIABLE: &str = "ORGERR_COMPLETE";
/// The option that adds a catalog.
const CATALOG: &str = "--catalog";
/// An option that changes nothing of what can be completed.
const HARMLESS: &str = "--quiet";

/// Answers a completion script, if it is one that runs the tool.
///
/// # Errors
/// An unknown shell, or a failed write.
pub fn asked_by_shell() -> Result<bool, clap::Error> {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(false);
    }
    let folder = std::env::current_dir().ok();
    let words = words();
    CompleteEnv::with_factory(|| cli::completable(asked(words)))
        .var(VARIABLE)
        .try_complete(words.clone(), folder.as_deref())
}

/// The words that the shell passes, among them those to be completed. Bash cuts
/// `--option=value` in three; as many words are put in their place, because it tells
/// which one is to be completed by its number.
fn words() -> &'static Vec<OsString> {
    // Made once: the variable is gone by the time that values are completed.
    static WORDS: OnceLock<Vec<OsString>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: Vec<_> = std::env::args_os().collect();
        if std::env::var_os(VARIABLE).is_some_and(|shell| shell == "bash") {
            for at in 2..words.len() {
                if words[at] == "=" && words[at - 1].to_string_lossy().starts_with("--") {
                    words.swap(at - 1, at);
                    words[at - 1] = HARMLESS.into();
                }
            }
        }
        words
    })
}

/// What is to be completed: it stands behind the first `--`.
fn asked(words: &[OsString]) -> &[OsString] {
    let start = words.iter().position(|word| word == "--");
    start.map_or(&[], |start| &words[start + 1..])
}

/// The catalog that the command line so far would answer from.
fn catalog() -> &'static Catalog {
    let mut files = Vec::new();
    let mut rest = asked(words()).iter();
    while let Some(word) = rest.next() {
        if word == CATALOG {
            files.extend(rest.next().map(|word| file(word)));
        } else if let Some(value) = word.to_str().and_then(|word| word.strip_prefix(CATALOG)) {
            let value = value.strip_prefix('=');
            files.extend(value.map(|value| file(OsStr::new(value))));
        }
    }
    catalogs::load_readable(&files)
}

/// The file that a word names: as it stands or, because most shells pass words as they
/// are typed, without its quotes and with `~/` as the home folder.
fn file(word: &OsStr) -> PathBuf {
    let typed = match word.to_str() {
        Some(typed) if !Path::new(word).exists() => typed,
        _ => return word.into(),
    };
    let (folder, rest) = match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => (home, rest),
        _ => (PathBuf::new(), typed),
    };
    let mut path = String::with_capacity(rest.len());
    let mut quote = None;
    let mut characters = rest.chars();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') => path.extend(characters.next()),
            _ => path.push(c),
        }
    }
    folder.join(path)
}

/// Codes with their messages: full ones, under the service's name as it is begun, or
/// bare digits where digits are begun.
pub fn codes(begun: &OsStr) -> Vec<CompletionCandidate> {
    let Some(begun) = begun.to_str() else {
        return Vec::new();
    };
    let catalog = catalog();
    let start = match begun.rsplit_once('.') {
        _ if begun.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{DEFAULT_SERVICE}.{begun}")
        }
        Some((name, digits)) => match catalog.service(name) {
            Some(service) => format!("{}.{digits}", service.name()),
            None => begun.to_owned(),
        },
        None => begun.to_owned(),
    };
    let entries = catalog.starting_with(&start);
    let rests = entries.map(|entry| (&entry.code()[start.len()..], entry.message()));
    going_on(begun, rests)
}

/// HTTP statuses with their names.
pub fn statuses(begun: &OsStr) -> Vec<CompletionCandidate> {
    let statuses = catalog().statuses().into_iter();
    let named = statuses.map(|status| (status.to_string(), status_name(status)));
    candidates(begun.to_str().unwrap_or_default(), named)
}

/// The services of the catalog.
pub fn services(begun: &OsStr) -> Vec<CompletionCandidate> {
    let services = catalog().services().iter();
    let named = services.map(|service| (service.name(), service.title()));
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

/// The names that begin as `begun` does, in any case, with what helps to choose.
fn candidates(
    begun: &str,
    named: impl Iterator<Item = (impl AsRef<str>, &'static str)>,
) -> Vec<CompletionCandidate> {
    let rests = named.filter_map(|(name, help)| {
        let (start, rest) = name.as_ref().split_at_checked(begun.len())?;
        start
            .eq_ignore_ascii_case(begun)
            .then(|| (rest.to_owned(), help))
    });
    going_on(begun, rests)
}

/// What goes on from `begun` with each of the rests, once, because shells take only what
/// begins with the letters as they were typed. Nothing in it reaches the terminal as a
/// control sequence.
fn going_on(
    begun: &str,
    rests: impl Iterator<Item = (impl AsRef<str>, &'static str)>,
) -> Vec<CompletionCandidate> {
    if !is_safe(begun) {
        return Vec::new();
    }
    let safe = rests.filter(|(rest, _)| is_safe(rest.as_ref()));
    let candidates = safe.map(|(rest, help)| {
        let help = (!help.is_empty()).then(|| escape(help).into_owned().into());
        let candidate = CompletionCandidate::new([begun, rest.as_ref()].concat()).help(help);
        // With a tag of its own, it is not given the argument's, which takes long to write.
        candidate.tag(Some("values".into()))
    });
    let mut candidates: Vec<_> = candidates.collect();
    // Of a code with several entries, these follow each other.
    candidates.dedup_by(|next, kept| next.get_value() == kept.get_value());
    candidates
}
