//! `orgerr show`.

use super::{Run, Session};
use crate::cli::Show;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

impl Run for Show {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let (entries, exit) = self.codes.entries(session)?;
        session.output.records(View::CARDS, entries)?;
        Ok(exit)
    }
}
