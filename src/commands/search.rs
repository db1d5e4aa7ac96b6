//! `orgerr search`.

use orgerr::MAX_SEARCH_WORDS;

use super::{Session, filters};
use crate::cli::Search;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;
use crate::truncate::quoted;

pub fn run(search: &Search, session: &mut Session) -> Result<Exit, Error> {
    let filter = filters::read(
        session.catalog,
        &search.filters.others,
        &search.filters.statuses,
    )?;
    let query = search.text.join(" ");
    let refused = |message: &str, help: &str| Error::Usage {
        message: message.to_owned(),
        help: vec![help.to_owned()],
    };
    if query.trim().is_empty() {
        return Err(refused(
            "the text to search for is empty",
            "for more: orgerr search --help",
        ));
    }
    if query.split_whitespace().count() > MAX_SEARCH_WORDS {
        let message = format!("a search has {MAX_SEARCH_WORDS} words at most");
        return Err(refused(&message, "pipe longer texts to 'orgerr explain'"));
    }
    let limit = match search.limit {
        0 => usize::MAX,
        limit => limit,
    };
    let answer = orgerr::search_best(session.catalog, &query, &filter, limit);
    session.output.records(View::Cards, &answer.hits)?;
    let (shown, found) = (answer.hits.len(), answer.found);
    let query = quoted(&query);
    let why = match answer.closest_word {
        _ if answer.is_nearest => Some("; the nearest are shown".to_owned()),
        _ if found > 0 => None,
        Some(word) => Some(format!("; the closest word is '{word}'")),
        None if answer.unfiltered > 0 => Some(format!(
            " and passes the filters; without them there are {}",
            answer.unfiltered
        )),
        None => Some(String::new()),
    };
    if let Some(why) = why {
        session
            .output
            .note(&format!("no entry matches {query}{why}"));
    }
    if 0 < shown && shown < found {
        session
            .output
            .note(&format!("{shown} of {found} are shown; -n 0 shows all"));
    }
    Ok(Exit::found(found > 0))
}
