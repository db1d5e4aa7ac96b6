//! `orgerr man`.

use super::{Run, Session};
use crate::cli::{self, Man};
use crate::failure::{Exit, Failure};

impl Run for Man {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        let mut page = Vec::new();
        clap_mangen::Man::new(cli::definition())
            .render(&mut page)
            .map_err(Failure::Write)?;
        session.output.file(&page)?;
        Ok(Exit::Found)
    }
}
