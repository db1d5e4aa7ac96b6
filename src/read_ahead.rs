//! A thread that reads on while what was read before is looked at.

use std::io::{self, Cursor, ErrorKind, Read, Take};
use std::mem;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Bytes read at a time.
const BLOCK: usize = 512 * 1024;
/// Blocks that there are: one that is looked at, the others read ahead.
const BLOCKS: usize = 3;

pub type Reader = Box<dyn Read + Send>;

/// What is left of a block that was read ahead.
type Block = Take<Cursor<Vec<u8>>>;

/// The end of the thread's work that is read from.
struct ReadAhead {
    blocks: Receiver<io::Result<Block>>,
    block: Block,
    /// Takes the memory of blocks back, so that no more of it is needed for a long input.
    memory: Sender<Vec<u8>>,
}

/// A reader that reads ahead on a thread of its own, where a processor is left for that.
pub fn read_ahead(reader: Reader) -> Reader {
    let has_processors = thread::available_parallelism().is_ok_and(|number| number.get() > 1);
    let (full, blocks) = channel();
    let (memory, free) = channel();
    // The reader is not lost where there can be no thread.
    let (give, given) = channel();
    let read = move || {
        if let Ok(reader) = given.recv() {
            read_blocks(reader, &free, &full);
        }
    };
    if !has_processors || thread::Builder::new().spawn(read).is_err() {
        return reader;
    }
    let _ = give.send(reader);
    for _ in 1..BLOCKS {
        let _ = memory.send(vec![0; BLOCK]);
    }
    let block = Cursor::new(vec![0; BLOCK]).take(0);
    Box::new(ReadAhead {
        blocks,
        block,
        memory,
    })
}

/// Reads to the end, or until nobody waits for more.
fn read_blocks(mut reader: Reader, free: &Receiver<Vec<u8>>, full: &Sender<io::Result<Block>>) {
    for mut bytes in free {
        let read = loop {
            match reader.read(&mut bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        let goes_on = read.as_ref().is_ok_and(|length| *length > 0);
        let block = read.map(|length| Cursor::new(bytes).take(length as u64));
        if full.send(block).is_err() || !goes_on {
            return;
        }
    }
}

impl Read for ReadAhead {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        // After the end or a failure there is no thread.
        if self.block.limit() == 0
            && let Ok(block) = self.blocks.recv()
        {
            let used = mem::replace(&mut self.block, block?);
            let _ = self.memory.send(used.into_inner().into_inner());
        }
        self.block.read(bytes)
    }
}
