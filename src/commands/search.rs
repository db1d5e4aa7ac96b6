//! `orgerr search`.

use orgerr::MAX_SEARCH_WORDS;

use super::{Run, Session, filters};
use crate::cli::{Search, help};
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;
use crate::truncate::quoted;

impl Run for Search {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let filter = filters::read(session.catalog, &self.filters, &self.status.statuses)?;
        let query = self.text.join(" ");
        if query.trim().is_empty() {
            let example = help::examples("search")
                .next()
                .map(|it| format!("for example: {it}"));
            return Err(Error::Usage {
                message: "orgerr search needs a text, and there is none".to_owned(),
                help: example.into_iter().collect(),
            });
        }
        if query.split_whitespace().count() > MAX_SEARCH_WORDS {
            return Err(Error::Usage {
                message: format!("a search has {MAX_SEARCH_WORDS} words at most"),
                help: vec!["pipe longer texts to 'orgerr explain'".to_owned()],
            });
        }
        let limit = if self.limit == 0 {
            usize::MAX
        } else {
            self.limit
        };
        let answer = orgerr::search_best(session.catalog, &query, &filter, limit);
        session.output.records(View::CARDS, &answer.hits)?;
        let (shown, found) = (answer.hits.len(), answer.found);
        let mut notes = Vec::new();
        if found == 0 {
            let query = quoted(&query);
            notes.push(match answer.closest_word {
                None if answer.unfiltered > 0 => format!(
                    "no entry that passes the filters matches {query}; without them there are {}",
                    answer.unfiltered
                ),
                None => format!("no entry matches {query}"),
                Some(word) => format!("no entry matches {query}; the closest word is '{word}'"),
            });
        } else if answer.is_nearest {
            let query = quoted(&query);
            notes.push(format!("no entry matches {query}; the nearest are shown"));
        }
        if 0 < shown && shown < found {
            notes.push(format!("{shown} of {found} are shown; -n 0 shows all"));
        }
        for note in notes {
            session.output.note(&note);
        }
        Ok(Exit::found(found > 0))
    }
}
