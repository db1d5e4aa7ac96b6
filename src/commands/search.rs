//! `orgerr search`.

use super::{Run, Session, filters, quoted};
use crate::cli::Search;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

impl Run for Search {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let filter = filters::read(session.catalog, &self.filters, &self.status.statuses)?;
        let query = self.text.join(" ");
        let limit = if self.limit == 0 {
            usize::MAX
        } else {
            self.limit
        };
        let answer = orgerr::search_best(session.catalog, &query, &filter, limit);
        session.output.records(View::HITS, &answer.hits)?;
        let (shown, found) = (answer.hits.len(), answer.found);
        if found == 0 {
            let query = quoted(&query);
            session.output.note(&match answer.closest_word {
                None if answer.unfiltered > 0 => format!(
                    "no entry that passes the filters matches {query}; without them there are {}",
                    answer.unfiltered
                ),
                None => format!("no entry matches {query}"),
                Some(word) => format!("no entry matches {query}; the closest word is '{word}'"),
            });
        } else if shown < found {
            session
                .output
                .note(&format!("{shown} of {found}, -n 0 for all"));
        }
        Ok(Exit::found(found > 0))
    }
}
