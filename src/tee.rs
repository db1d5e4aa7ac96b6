//! Input that is passed through while it is read, as `tee` does.

use std::io::{self, Read, Write as _};

use crate::error::Error;

/// Passes what is read through to standard output, as long as somebody reads it.
pub struct Tee<R> {
    input: R,
    has_ended: bool,
    /// Why no more is passed through.
    failure: Option<io::Error>,
}

impl<R: Read> Tee<R> {
    pub fn new(input: R) -> Self {
        Tee {
            input,
            has_ended: false,
            failure: None,
        }
    }

    /// Passes through what is left. A reader that leaves early is no failure.
    ///
    /// # Errors
    /// [`Error::PassOn`] where not all could be passed through.
    pub fn finish(mut self) -> Result<(), Error> {
        let mut block = [0; 8 * 1024];
        // A read error ended the reading before, too, and was reported there.
        while let Ok(1..) = self.read(&mut block) {}
        match self.failure {
            Some(failure) if failure.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::PassOn(failure))
            }
            _ => Ok(()),
        }
    }
}

impl<R: Read> Read for Tee<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        if self.has_ended {
            return Ok(0);
        }
        let length = self.input.read(block)?;
        self.has_ended = length == 0;
        if self.failure.is_none() {
            let mut stdout = io::stdout().lock();
            let written = stdout
                .write_all(&block[..length])
                .and_then(|()| stdout.flush());
            self.failure = written.err();
        }
        Ok(length)
    }
}
