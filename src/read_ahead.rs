//! A thread that reads on while what was read before is looked at.

use std::io::{self, ErrorKind, Read};
use std::mem;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Bytes read at a time.
const BLOCK: usize = 512 * 1024;
/// Blocks that there are: one that is looked at, the others read ahead.
const BLOCKS: usize = 3;

pub type Reader = Box<dyn Read + Send>;

/// What was read ahead in one go.
#[derive(Default)]
struct Block {
    bytes: Vec<u8>,
    /// Where in `bytes` what is not yet used stands.
    left: Range<usize>,
    failure: Option<io::Error>,
}

/// The end of the thread's work that is read from.
struct ReadAhead {
    blocks: Receiver<Block>,
    block: Block,
    /// Takes blocks back, so that no more memory is needed for a long input.
    used: Sender<Block>,
}

/// A reader that reads ahead on a thread of its own, where a processor is left for that.
pub fn read_ahead(reader: Reader) -> Reader {
    let has_processors = thread::available_parallelism().is_ok_and(|number| number.get() > 1);
    if !has_processors {
        return reader;
    }
    let (full, blocks) = channel();
    let (used, free) = channel();
    // Sent after it, as a thread that cannot be started would keep the reader.
    let (give, given) = channel::<Reader>();
    let read = move || {
        for mut reader in given {
            read_blocks(&mut *reader, &free, &full);
        }
    };
    if thread::Builder::new().spawn(read).is_err() {
        return reader;
    }
    let _ = give.send(reader);
    for _ in 1..BLOCKS {
        let _ = used.send(Block::default());
    }
    Box::new(ReadAhead { blocks, block: Block::default(), used })
}

/// Reads to the end, or until nobody waits for more.
fn read_blocks(reader: &mut dyn Read, free: &Receiver<Block>, full: &Sender<Block>) {
    for mut block in free {
        block.bytes.resize(BLOCK, 0);
        let read = loop {
            match reader.read(&mut block.bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        block.left = 0..*read.as_ref().unwrap_or(&0);
        block.failure = read.err();
        let is_last = block.left.is_empty();
        if full.send(block).is_err() || is_last {
            return;
        }
    }
}

impl Read for ReadAhead {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        // After the end or a failure there is no thread.
        if self.block.left.is_empty()
            && let Ok(next) = self.blocks.recv()
        {
            let _ = self.used.send(mem::replace(&mut self.block, next));
        }
        let block = &mut self.block;
        if let Some(failure) = block.failure.take() {
            return Err(failure);
        }
        let length = (&block.bytes[block.left.clone()]).read(bytes)?;
        block.left.start += length;
        Ok(length)
    }
}
