//! `orgerr man`.

use super::{Run, Session};
use crate::cli::Man;
use crate::error::Error;
use crate::exit::Exit;

/// The manual page, made from the command line's definition by `crate::generated_files`.
pub const PAGE: &str = include_str!("../../docs/orgerr.1");

impl Run for Man {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        session.output.write_out(PAGE.as_bytes())?;
        Ok(Exit::Found)
    }
}
