//! A thread that reads on while what was read before is looked at.

use std::io::{self, Read};
use std::mem;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Bytes read at a time.
const BLOCK: usize = 512 * 1024;
/// Blocks that there are: one that is looked at, the others read ahead.
const BLOCKS: usize = 3;
/// Bytes before what is read: the first of a page take AMD's Zen several times as long to copy to.
const START: usize = 64;

pub type Reader = Box<dyn Read + Send>;

/// A block, and how many of its bytes were read.
type Filled = (Vec<u8>, io::Result<usize>);

/// The end of the thread's work that is read from.
struct ReadAhead {
    blocks: Receiver<Filled>,
    block: Vec<u8>,
    /// Where in the block what is not yet used stands.
    left: Range<usize>,
    /// Takes blocks back, so that no more memory is needed for a long input.
    used: Sender<Vec<u8>>,
}

/// A reader that reads ahead on a thread of its own, where a processor is left for that.
pub fn read_ahead(reader: Reader) -> Reader {
    if !thread::available_parallelism().is_ok_and(|number| number.get() > 1) {
        return reader;
    }
    let (full, blocks) = channel();
    let (used, free) = channel::<Vec<u8>>();
    // Sent after it, as a thread that cannot be started would keep the reader.
    let (give, given) = channel::<Reader>();
    // Reads to the end, or until nobody waits for more.
    let read = move || {
        let Ok(mut reader) = given.recv() else { return };
        for mut block in free {
            block.resize(START + BLOCK, 0);
            let read = reader.read(&mut block[START..]);
            let is_last = matches!(read, Ok(0));
            if full.send((block, read)).is_err() || is_last {
                return;
            }
        }
    };
    if thread::Builder::new().spawn(read).is_err() {
        return reader;
    }
    let _ = give.send(reader);
    for _ in 1..BLOCKS {
        let _ = used.send(Vec::new());
    }
    Box::new(ReadAhead { blocks, block: Vec::new(), left: 0..0, used })
}

impl Read for ReadAhead {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        // After the end there is no thread.
        if self.left.is_empty()
            && let Ok((block, read)) = self.blocks.recv()
        {
            let _ = self.used.send(mem::replace(&mut self.block, block));
            self.left = START..START + read?;
        }
        let length = (&self.block[self.left.clone()]).read(bytes)?;
        self.left.start += length;
        Ok(length)
    }
}
