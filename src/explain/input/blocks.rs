//! Reads an input in blocks; if the input is long, a thread reads ahead.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};

use memchr::memchr;

use crate::bytes_to_text::ESCAPE;

/// Bytes of the first block, which holds all of most inputs; of the next ones; and of those that
/// are read ahead. The first are small, as touching new memory costs more than reading into it;
/// those read ahead are large, as waking the thread costs more, too.
const FIRST_SIZE: usize = 16 * 1024;
const NEXT_SIZE: usize = 64 * 1024;
const AHEAD_SIZE: usize = 512 * 1024;
/// Blocks after which reading ahead pays: with a thread a log of 1 MB takes a tenth longer.
const MIN_BLOCKS: usize = 17;
/// Bytes free before the first block: copying to a page's start is four times slower on AMD's Zen.
const BEFORE_FIRST: usize = 64;

/// A block that was read.
pub(crate) struct Filled {
    /// Free room for the text before, then the bytes that were read.
    pub block: Vec<u8>,
    /// Where in `block` the bytes that were read start.
    pub from: usize,
    /// Whether the bytes have an escape character; searched while the block is in the cache.
    pub has_escape: bool,
    /// Whether more may follow.
    pub read: io::Result<bool>,
}

/// Reads an input block by block.
pub(crate) struct Blocks<'s, I> {
    input: &'s Mutex<I>,
    /// Bytes left free at the start of a block for the text before it.
    room: usize,
    /// With `--follow`, a block is returned with what there is, full or not.
    is_followed: bool,
    /// How many blocks were returned.
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

    /// Reads the next block. Copies the text of the block `before`, from `start` on, in front of
    /// it, and returns where that text starts in the new block. Uses the memory of `before` again.
    pub(crate) fn next(&mut self, mut before: Vec<u8>, start: usize) -> (Filled, usize) {
        self.given += 1;
        let rest = start..before.len();
        if let Some(thread) = &self.thread {
            let mut next = thread.full.recv().expect("the thread ends with the last block");
            let start = next.from - rest.len();
            next.block[start..next.from].copy_from_slice(&before[rest]);
            // After the last block, the thread has stopped and takes no more.
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

    /// Starts the thread that reads ahead, if the input is long and not followed, and there is a
    /// second processor.
    pub(crate) fn read_ahead(&mut self, scope: &'s Scope<'s, '_>) {
        let has_processor = || thread::available_parallelism().is_ok_and(|it| it.get() > 1);
        if self.is_followed || self.given != MIN_BLOCKS || !has_processor() {
            return;
        }
        let (filled, full) = channel();
        let (used, free) = channel();
        let (input, from) = (self.input, self.room);
        // Reads to the end, or until `Blocks` is dropped.
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
            // While one block is looked at, two are read ahead.
            for _ in 0..2 {
                let _ = used.send(Vec::new());
            }
            self.thread = Some(ReaderThread { full, used });
        }
    }
}

/// Fills `span`, the end of a block; with `--follow`, only with what one read returns.
fn fill(
    mut block: Vec<u8>,
    span: Range<usize>,
    input: &Mutex<impl Read>,
    is_followed: bool,
) -> Filled {
    if block.is_empty() {
        // `vec!` is faster here than `resize`, which writes each zero.
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
