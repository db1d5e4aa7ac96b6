//! `orgerr fix`.

use super::{Run, Session};
use crate::cli::Fix;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

impl Run for Fix {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let (entries, exit) = self.codes.entries(session)?;
        // Those of one code stand together.
        let mut pairs = entries.windows(2);
        let has_variants = pairs.any(|pair| pair[0].code() == pair[1].code());
        let view = if has_variants {
            View::FIXES_OF_VARIANTS
        } else {
            View::FIXES
        };
        session.output.records(view, entries)?;
        Ok(exit)
    }
}
