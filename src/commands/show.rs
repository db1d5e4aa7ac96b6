//! `orgerr show`.

use super::{Session, codes};
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

pub fn run(codes: &[String], session: &mut Session) -> Result<Exit, Error> {
    let (entries, exit) = codes::entries(codes, session)?;
    session.output.records(View::Cards, entries)?;
    Ok(exit)
}
