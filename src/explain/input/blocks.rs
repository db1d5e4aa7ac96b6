//! An input in blocks, which a thread reads ahead where the input is long.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};

use memchr::memchr;

use crate::bytes_to_text::ESCAPE;

/// Bytes read first, which are the whole of most inputs; then at a time; and where they are read
/// ahead. Memory that is touched for the first time costs more than reading into it, and so does
/// waking a thread for each small block.
const FIRST_SIZE: usize = 16 * 1024;
const NEXT_SIZE: usize = 64 * 1024;
const AHEAD_SIZE: usize = 512 * 1024;
/// Blocks after which reading ahead pays: with a thread a log of 1 MB takes a tenth longer.
const MIN_BLOCKS: usize = 17;
/// Bytes before the first block: copying to the start of a page is four times slower on AMD's Zen.
const BEFORE_FIRST: usize = 64;

/// What was read.
pub(crate) struct Filled {
    /// The bytes, after room for the rest of the text before them.
    pub block: Vec<u8>,
    /// Where the bytes start.
    pub from: usize,
    /// Whether an escape character is in it: looked for while the block is in the cache.
    pub has_escape: bool,
    /// Whether more may follow.
    pub read: io::Result<bool>,
}

/// Gives what an input holds, block by block.
pub(crate) struct Blocks<'s, I> {
    input: &'s Mutex<I>,
    /// Bytes of a block that are left for the text before it.
    room: usize,
    /// With `--follow` a block is given with what is there, full or not.
    is_followed: bool,
    /// Blocks that were given.
    given: usize,
    thread: Option<ReaderThread>,
}

/// Channels to the thread that reads: full blocks come, used ones go back.
struct ReaderThread {
    full: Receiver<Filled>,
    used: Sender<Vec<u8>>,
}

impl<'s, I: Read + Send> Blocks<'s, I> {
    pub(crate) fn new(input: &'s Mutex<I>, room: usize, is_followed: bool) -> Self {
        Blocks { input, room, is_followed, given: 0, thread: None }
    }

    /// The next block, with the text from `start` of the one before moved in front of it; and where
    /// that text starts now. The one before is used again.
    pub(crate) fn next(&mut self, mut before: Vec<u8>, start: usize) -> (Filled, usize) {
        self.given += 1;
        let rest = start..before.len();
        if let Some(thread) = &self.thread {
            let mut next = thread.full.recv().expect("the thread ends with the last block");
            let start = next.from - rest.len();
            next.block[start..next.from].copy_from_slice(&before[rest]);
            // At the end the thread has stopped, and takes no more.
            let _ = thread.used.send(before);
            return (next, start);
        }
        let (from, size) =
            if self.given == 1 { (BEFORE_FIRST, FIRST_SIZE) } else { (self.room, NEXT_SIZE) };
        let start = from - rest.len();
        if before.capacity() < from + size {
            let mut larger = vec![0; from + size];
            larger[start..from].copy_from_slice(&before[rest]);
            before = larger;
        } else {
            before.resize(before.len().max(from + size), 0);
            before.copy_within(rest, start);
        }
        (fill(before, from..from + size, self.input, self.is_followed), start)
    }

    /// Reads ahead from now on, where the input is long and not followed, and there is a second
    /// processor.
    pub(crate) fn read_ahead(&mut self, scope: &'s Scope<'s, '_>) {
        let has_processor = || thread::available_parallelism().is_ok_and(|it| it.get() > 1);
        if self.is_followed || self.given != MIN_BLOCKS || !has_processor() {
            return;
        }
        let (filled, full) = channel();
        let (used, free) = channel();
        let (input, from) = (self.input, self.room);
        // To the end, or until nobody waits for more.
        let read = move || {
            for block in free {
                let block = fill(block, from..from + AHEAD_SIZE, input, false);
                let goes_on = matches!(block.read, Ok(true));
                if filled.send(block).is_err() || !goes_on {
                    return;
                }
            }
        };
        if thread::Builder::new().spawn_scoped(scope, read).is_ok() {
            // One is looked at, two are read ahead.
            for _ in 0..2 {
                let _ = used.send(Vec::new());
            }
            self.thread = Some(ReaderThread { full, used });
        }
    }
}

/// Fills the span of a block that is its end; with `--follow` only with what is there.
fn fill(
    mut block: Vec<u8>,
    span: Range<usize>,
    input: &Mutex<impl Read>,
    is_followed: bool,
) -> Filled {
    if block.is_empty() {
        // Adding so many zeros one by one takes longer.
        block = vec![0; span.end];
    }
    block.resize(span.end, 0);
    let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
    let from = span.start;
    let mut end = from;
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
    let has_escape = memchr(ESCAPE, &block[from..]).is_some();
    Filled { block, from, has_escape, read }
}
