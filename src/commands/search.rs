//! `orgerr search`. The defaults of its options, such as how many entries it shows, are in
//! `cli/arguments`.

use orgerr::{Catalog, MAX_SEARCH_WORDS};

use super::filter_options;
use crate::cli::Search;
use crate::render::{Output, View};
use crate::truncate::quoted;
use crate::{Error, Exit};

pub(super) fn run(search: &Search, catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let filter = filter_options::read(catalog, &search.filters)?;
    let query = search.text.join(" ");
    if query.trim().is_empty() {
        let more = "for more: orgerr search --help";
        return Err(Error::usage("the text to search for is empty", [more.to_owned()]));
    }
    if query.split_whitespace().nth(MAX_SEARCH_WORDS).is_some() {
        let message = format!("a search has {MAX_SEARCH_WORDS} words at most");
        return Err(Error::usage(message, ["pipe longer texts to 'orgerr explain'".to_owned()]));
    }
    let answer = orgerr::search_best(catalog, &query, &filter, search.limit);
    if answer.is_cut_off {
        let parts = "words, parts of names and Chinese characters";
        output.note(&format!("only the first {MAX_SEARCH_WORDS} {parts} are looked for"));
    }
    output.records(View::Cards, &answer.hits)?;
    let (shown, found) = (answer.hits.len(), answer.found);
    if answer.is_nearest || found == 0 {
        let query = quoted(&query);
        output.note(&match answer.closest_word {
            _ if answer.is_nearest && shown > 0 => {
                format!("no entry matches {query}; the nearest are shown")
            }
            Some(word) => format!("no entry matches {query}; the closest word is '{word}'"),
            None if answer.unfiltered > 0 => {
                let count = answer.unfiltered;
                format!("the filters exclude every entry that matches {query} ({count})")
            }
            None => format!("no entry matches {query}"),
        });
    }
    if query.trim().eq_ignore_ascii_case("retryable") {
        output.note("for the entries whose fix begins with a retry: orgerr list --retryable");
    }
    if 0 < shown && shown < found {
        output.note(&format!("{shown} of {found} are shown; -n 0 shows all"));
    }
    Ok(Exit::found(found > 0))
}
