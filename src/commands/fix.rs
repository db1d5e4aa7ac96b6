//! `orgerr fix`.

use super::{Session, codes};
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

pub fn run(codes: &[String], session: &mut Session) -> Result<Exit, Error> {
    let (entries, exit) = codes::entries(codes, session)?;
    // Those of one code stand together.
    let mut pairs = entries.windows(2);
    let has_variants = pairs.any(|pair| pair[0].code() == pair[1].code());
    let view = if has_variants {
        View::FixesOfVariants
    } else {
        View::Fixes
    };
    session.output.records(view, entries)?;
    Ok(exit)
}
