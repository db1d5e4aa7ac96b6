//! `orgerr fix`.

use super::{Run, Session};
use crate::cli::Fix;
use crate::failure::{Exit, Failure};
use crate::render::SuggestedFix;

impl Run for Fix {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        let (entries, exit) = self.codes.entries(session)?;
        let records: Vec<_> = entries.into_iter().map(SuggestedFix).collect();
        session.output.records(&records)?;
        Ok(exit)
    }
}
