//! `orgerr show`.

use super::{Session, code_arguments};
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

pub fn run(codes: &[String], session: &mut Session) -> Result<Exit, Error> {
    let (entries, exit) = code_arguments::entries(codes, session)?;
    session.output.records(View::Cards, entries)?;
    Ok(exit)
}
