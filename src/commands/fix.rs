//! `orgerr fix`.

use super::{Run, Session};
use crate::cli::Fix;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::{SuggestedFix, VariantFix};

impl Run for Fix {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let (entries, exit) = self.codes.entries(session)?;
        // Those of one code stand together.
        if entries
            .windows(2)
            .any(|pair| pair[0].code() == pair[1].code())
        {
            let records: Vec<_> = entries.into_iter().map(VariantFix).collect();
            session.output.records(&records)?;
        } else {
            let records: Vec<_> = entries.into_iter().map(SuggestedFix).collect();
            session.output.records(&records)?;
        }
        Ok(exit)
    }
}
