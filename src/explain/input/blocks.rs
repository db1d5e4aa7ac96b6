//! An input in blocks, which a thread reads ahead where the input is long.

use std::io::{self, ErrorKind, Read};
use std::mem;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};

use memchr::memchr;

use crate::bytes_to_text::ESCAPE;

/// Bytes read at a time.
const BLOCK_SIZE: usize = 256 * 1024;
/// Blocks after which reading ahead pays: with a thread a log of 1 MB takes a tenth longer.
const LONG: usize = 4;

/// What was read.
pub struct Filled {
    /// The bytes, after room for text that is carried over.
    pub block: Vec<u8>,
    /// Whether an escape character is in it: looked for while the block is in the cache.
    pub has_escape: bool,
    /// Whether more may follow.
    pub read: io::Result<bool>,
}

/// Gives what an input holds, block by block.
pub struct Blocks<'s, I> {
    input: &'s Mutex<I>,
    /// Bytes of a block that are left for the text before it.
    room: usize,
    /// With `--follow` a block is given with what is there, full or not.
    is_followed: bool,
    /// A block that was given back.
    used: Vec<u8>,
    /// Blocks that were given.
    given: usize,
    thread: Option<Thread>,
}

/// Channels to the thread that reads: full blocks come, used ones go back.
struct Thread {
    full: Receiver<Filled>,
    used: Sender<Vec<u8>>,
}

impl<'s, I: Read + Send> Blocks<'s, I> {
    pub fn new(input: &'s Mutex<I>, room: usize, is_followed: bool) -> Self {
        Blocks { input, room, is_followed, used: Vec::new(), given: 0, thread: None }
    }

    /// The next block.
    pub fn next(&mut self) -> Filled {
        self.given += 1;
        match &self.thread {
            None => fill(mem::take(&mut self.used), self.input, self.room, self.is_followed),
            Some(thread) => thread.full.recv().expect("the thread ends with the last block"),
        }
    }

    /// Takes back a block that is no longer used, so that a long input needs no more memory.
    pub fn take_back(&mut self, block: Vec<u8>) {
        match &self.thread {
            None => self.used = block,
            // At the end the thread has stopped, and takes no more.
            Some(thread) => _ = thread.used.send(block),
        }
    }

    /// Reads ahead from now on, where the input is long and not followed, and there is a second
    /// processor.
    pub fn read_ahead(&mut self, scope: &'s Scope<'s, '_>) {
        let has_processor = || thread::available_parallelism().is_ok_and(|it| it.get() > 1);
        if self.is_followed || self.given != LONG || !has_processor() {
            return;
        }
        let (filled, full) = channel();
        let (used, free) = channel();
        let (input, room) = (self.input, self.room);
        // To the end, or until nobody waits for more.
        let read = move || {
            for block in free {
                let block = fill(block, input, room, false);
                let goes_on = matches!(block.read, Ok(true));
                if filled.send(block).is_err() || !goes_on {
                    return;
                }
            }
        };
        if thread::Builder::new().spawn_scoped(scope, read).is_ok() {
            // One is looked at, two are read ahead.
            for block in [mem::take(&mut self.used), Vec::new()] {
                let _ = used.send(block);
            }
            self.thread = Some(Thread { full, used });
        }
    }
}

/// Reads a whole block; with `--follow` only what is there.
fn fill(mut block: Vec<u8>, input: &Mutex<impl Read>, room: usize, is_followed: bool) -> Filled {
    if block.is_empty() {
        // Zeros that the system has need not be written.
        block = vec![0; room + BLOCK_SIZE];
    }
    block.resize(room + BLOCK_SIZE, 0);
    let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
    let mut end = room;
    let read = loop {
        match input.read(&mut block[end..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(length @ 1..) => {
                end += length;
                if is_followed || end == block.len() {
                    break Ok(true);
                }
            }
            read => break read.map(|_| false),
        }
    };
    block.truncate(end);
    let has_escape = memchr(ESCAPE, &block[room..]).is_some();
    Filled { block, has_escape, read }
}
