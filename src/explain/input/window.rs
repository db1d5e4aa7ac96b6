//! A window that slides over an input. It holds the text that is being looked at, with enough text
//! before and after each place to find its values. It takes one block and less than three margins,
//! however long the input or a line of it is. With `--follow`, a code is looked at as soon as its
//! line has ended.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Read};
use std::mem;
use std::ops::Range;
use std::sync::Mutex;

use memchr::{memchr_iter, memmem, memrchr, memrchr_iter};

use super::blocks::{Blocks, Filled};
use crate::bytes_to_text::Decoder;
use crate::explain::codes::CodeFinder;

/// Bytes before and after a code, at least, in which its values are looked for. The request stands
/// before the code, and its token alone may have ten thousand.
const REACH: usize = 16 * 1024;
const REACH_AFTER: usize = 8 * 1024;
/// The most lines before and after a tile that are read with it. Text with fewer than 16 bytes a
/// line is no log, and reading lines takes most of the time.
const MAX_LINES_BEFORE: usize = 1024;
const MAX_LINES_AFTER: usize = 512;
/// Bytes of a tile. What stands in one tile is read closely together, with the text in reach of the
/// tile. Tiles start at multiples of their size in the input, whatever pieces it arrives in.
const TILE: usize = 32 * 1024;
/// The bytes of a tile where the text has few codes: a tile of `TILE` would have only one, or few
/// for its many short lines.
const SMALL_TILE: usize = 2 * 1024;
/// The most empty lines in a row between a code and its values.
const MAX_EMPTY_LINES: usize = 256;
/// Bytes kept before and after the part of the text that is searched, so that a code at an edge of
/// that part has all its reach, too.
const MARGIN: usize = REACH + TILE + 64;
/// Bytes left free before a block, into which the text that is still needed is copied:
///
/// ```text
/// | margin, looked through | margin, not yet | too short to look for messages | block |
/// ```
///
/// Not a multiple of a page: copying to the start of one is four times slower on AMD's Zen.
const ROOM: usize = 3 * MARGIN;

/// The text of one input that is being looked at.
#[derive(Default)]
pub(crate) struct Window<'s> {
    /// The name of the input.
    pub source: &'s str,
    /// The block that was last read, with what is kept of the text before it.
    block: Vec<u8>,
    /// Where in the block the text starts.
    start: usize,
    decoder: Decoder,
    is_followed: bool,
    /// Up to here codes have been looked for.
    codes_done_to: usize,
    /// Up to here messages have been looked for.
    messages_done_to: usize,
    /// Up to where lines were last counted, and how many lines end before that.
    lines: Cell<(usize, u64)>,
    /// Bytes of the input before `text`.
    before: u64,
    /// Whether the input has been read to its end.
    pub is_last: bool,
}

impl<'s> Window<'s> {
    /// Makes the window of an input of which nothing is read yet. If `is_followed`, each line is
    /// looked at without waiting for the text below it.
    pub(crate) fn new(source: &'s str, is_followed: bool) -> Self {
        Window { source, is_followed, ..Window::default() }
    }

    /// The blocks of an input, with the room that the window needs before each.
    pub(crate) fn blocks<'i, I: Read + Send>(&self, input: &'i Mutex<I>) -> Blocks<'i, I> {
        Blocks::new(input, ROOM, self.is_followed)
    }

    /// The text in the window.
    pub(crate) fn text(&self) -> &[u8] {
        &self.block[self.start..]
    }

    /// Reads the next block. If that fails, the input ends there, and what was read before still
    /// counts.
    pub(crate) fn read(
        &mut self,
        blocks: &mut Blocks<impl Read + Send>,
        codes: &CodeFinder,
    ) -> io::Result<()> {
        let (filled, start) = blocks.next(mem::take(&mut self.block), self.start);
        let Filled { block, from, has_escape, read } = filled;
        (self.block, self.start) = (block, start);
        self.is_last = !matches!(read, Ok(true));
        let borders = |text: &[u8], places: &[usize]| codes.borders(text, places);
        self.decoder.decode(&mut self.block, from, has_escape, self.is_last, &borders);
        read.map(|_| ())
    }

    /// The next part to look for codes in; with `--follow`, up to the end of the last whole
    /// line.
    pub(crate) fn next_for_codes(&mut self) -> Range<usize> {
        let rest =
            Some(&self.text()[self.codes_done_to..]).filter(|_| self.is_followed && !self.is_last);
        let line_end = rest.and_then(|rest| memrchr(b'\n', rest));
        let line_end = line_end.map_or(self.codes_done_to, |end| self.codes_done_to + end + 1);
        // A line that is longer than the margin is searched before it ends.
        let end = line_end.max(self.settled_end());
        mem::replace(&mut self.codes_done_to, end)..end
    }

    /// Makes the next search for codes start at an offset.
    pub(crate) fn look_again_from(&mut self, at: usize) {
        self.codes_done_to = at;
    }

    /// The next part to look for messages in, empty as long as it would be short. Findings
    /// by message come at the end of the input, so nothing is lost by looking at many lines
    /// together.
    pub(crate) fn next_for_messages(&mut self) -> Range<usize> {
        let end = self.settled_end();
        let is_long = self.is_last || end >= self.messages_done_to + MARGIN;
        let end = if is_long { end } else { self.messages_done_to };
        mem::replace(&mut self.messages_done_to, end)..end
    }

    /// The end of the text whose surroundings have all been read.
    fn settled_end(&self) -> usize {
        self.text().len().saturating_sub(if self.is_last { 0 } else { MARGIN })
    }

    /// Forgets text that is too far back to hold values of codes and messages to come.
    pub(crate) fn move_on(&mut self) {
        let forgotten = self.codes_done_to.min(self.messages_done_to).saturating_sub(MARGIN);
        let lines = self.lines_before(self.lines.get().0.max(forgotten));
        self.lines.set((self.lines.get().0 - forgotten, lines));
        self.before += forgotten as u64;
        self.start += forgotten;
        self.codes_done_to -= forgotten;
        self.messages_done_to -= forgotten;
    }

    /// Converts an offset in the text to one in the input.
    pub(crate) fn in_input(&self, at: usize) -> u64 {
        self.before + at as u64
    }

    /// Converts an offset in the input to one in the text.
    fn in_text(&self, in_input: u64) -> usize {
        usize::try_from(in_input.saturating_sub(self.before)).unwrap_or(usize::MAX)
    }

    /// The number of the line that an offset is on.
    pub(crate) fn line_of(&self, at: usize) -> u64 {
        1 + self.lines_before(at)
    }

    fn lines_before(&self, at: usize) -> u64 {
        let (counted, before) = self.lines.get();
        let between = &self.text()[at.min(counted)..at.max(counted)];
        let lines = memchr_iter(b'\n', between).count() as u64;
        let before = if at < counted { before - lines } else { before + lines };
        self.lines.set((at, before));
        before
    }

    /// The part of the text to read closely for an offset: what its tile has in reach, up
    /// to a gap of many empty lines. It is the same for all offsets of a tile between two gaps.
    pub(crate) fn region_around(&self, at: usize, tile: &Range<u64>) -> Range<usize> {
        let Range { start, end } = self.reach(tile);
        let end = end.min(self.text().len());
        let [tile_start, tile_end] = [tile.start, tile.end].map(|it| self.in_text(it).min(end));
        let above = memrchr_iter(b'\n', &self.text()[start..tile_start]).nth(MAX_LINES_BEFORE);
        let below = memchr_iter(b'\n', &self.text()[tile_end..end]).nth(MAX_LINES_AFTER);
        let start = above.map_or(start, |line_end| start + line_end + 1);
        let end = below.map_or(end, |line_end| tile_end + line_end + 1);
        let (before, after) = (&self.text()[start..at], &self.text()[at..end]);
        let gaps = ["\n", "\r\n"].map(|line_end| line_end.repeat(MAX_EMPTY_LINES));
        let gaps = || gaps.iter().map(String::as_bytes);
        let starts = gaps().filter_map(|gap| Some(memmem::rfind(before, gap)? + gap.len()));
        let ends = gaps().filter_map(|gap| memmem::find(after, gap));
        start + starts.max().unwrap_or(0)..at + ends.min().unwrap_or(after.len())
    }

    /// Whether all text in reach of an offset has been read.
    pub(crate) fn has_all_around(&self, at: usize) -> bool {
        self.is_last || self.reach(&self.tile_of_size(TILE, at)).end <= self.text().len()
    }

    /// Where in the input the tile of an offset is: a small tile where codes are few.
    pub(crate) fn tile(&self, at: usize, codes: &CodeFinder) -> Range<u64> {
        let tile = self.tile_of_size(TILE, at);
        let part = self.in_text(tile.start)..self.in_text(tile.end).min(self.text().len());
        let lines = memchr_iter(b'\n', &self.text()[part.clone()]).count();
        let few = 1..=(lines / 2 / MAX_LINES_BEFORE).max(1);
        let is_sparse = few.contains(&codes.codes(self.text(), part).len());
        if is_sparse { self.tile_of_size(SMALL_TILE, at) } else { tile }
    }

    fn tile_of_size(&self, size: usize, at: usize) -> Range<u64> {
        let size = size as u64;
        let start = self.in_input(at) / size * size;
        start..start + size
    }

    fn reach(&self, tile: &Range<u64>) -> Range<usize> {
        let start = tile.start.saturating_sub(REACH as u64);
        self.in_text(start)..self.in_text(tile.end + REACH_AFTER as u64)
    }

    /// Whether a line starts at an offset.
    pub(crate) fn starts_line(&self, at: usize) -> bool {
        at == 0 && self.before == 0 || at > 0 && self.text()[at - 1] == b'\n'
    }

    /// A part of the text, with `?` for each byte that is not UTF-8: all offsets stay the
    /// same.
    pub(crate) fn text_of(&self, part: Range<usize>) -> Cow<'_, str> {
        let bytes = &self.text()[part];
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Cow::Borrowed(text);
        }
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|_| '?'));
        }
        Cow::Owned(text)
    }
}

#[cfg(test)]
mod tests {
    use std::slice::Chunks;

    use super::*;
    use crate::catalog::{Catalog, CatalogBuilder};

    /// A reader that gives one piece after another.
    struct InPieces<'t>(Chunks<'t, u8>);

    impl Read for InPieces<'_> {
        fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
            self.0.next().unwrap_or_default().read(block)
        }
    }

    /// Reads `input` in blocks of some sizes; all must agree.
    fn read(input: &[u8]) -> String {
        let finder = CodeFinder::new(Catalog::embedded());
        let in_blocks = |size| {
            let input = Mutex::new(InPieces(input.chunks(size)));
            let mut window = Window::new("-", true);
            let mut blocks = window.blocks(&input);
            while !window.is_last {
                window.read(&mut blocks, &finder).unwrap();
            }
            String::from_utf8_lossy(window.text()).into_owned()
        };
        let whole = in_blocks(input.len());
        for size in [1, 2, 3, 5, 7, 11] {
            assert_eq!(in_blocks(size), whole, "blocks of {size}");
        }
        whole
    }

    #[test]
    fn a_part_ends_at_a_gap_of_empty_lines() {
        let finder = CodeFinder::new(Catalog::embedded());
        for line_end in ["\n", "\r\n"] {
            let gap = line_end.repeat(MAX_EMPTY_LINES);
            let short = &gap[line_end.len()..];
            let text = format!("a{gap}b{short}c{gap}{gap}d");
            let mut window = Window::new("-", true);
            let input = Mutex::new(text.as_bytes());
            window.read(&mut window.blocks(&input), &finder).unwrap();
            let place = text.find('c').unwrap();
            let part = window.region_around(place, &window.tile(place, &finder));
            assert_eq!(&text[part], format!("b{short}c"));
        }
    }

    #[test]
    fn a_part_has_a_limited_number_of_lines() {
        let finder = CodeFinder::new(Catalog::embedded());
        let text = ["a\n".repeat(3000), "Organizations.1305".into(), "\nb".repeat(3000)].concat();
        let mut window = Window::new("-", true);
        let input = Mutex::new(text.as_bytes());
        window.read(&mut window.blocks(&input), &finder).unwrap();
        let code = text.find('O').unwrap();
        let part = window.region_around(code, &window.tile(code, &finder));
        let is_limited = |part: &str, max: usize| {
            let lines = part.matches('\n').count();
            (max..=max + SMALL_TILE).contains(&lines)
        };
        assert!(is_limited(&text[part.start..code], MAX_LINES_BEFORE));
        assert!(is_limited(&text[code..part.end], MAX_LINES_AFTER));
    }

    #[test]
    fn a_code_ends_at_a_sequence_and_goes_on_within_one() {
        let link = "\x1b]8;;http://x/1305\x1b\\";
        for (raw, text) in [
            ("Error~Organizations.1305", "Error Organizations.1305"),
            ("9~~organizations.1305~is", "9 organizations.1305 is"),
            ("Organizations.1305~7", "Organizations.1305 7"),
            ("Organizations.~1305~.name", "Organizations.1305 .name"),
            ("Organizations.1305~APIG.0301", "Organizations.1305 APIG.0301"),
            (r"\nOrganizations.1305~is", r"\nOrganizations.1305 is"),
            ("Organizations.99~99~0", "Organizations.9999 0"),
            // A search term that `grep --color` marks within a code.
            ("Organizations.~13~05", "Organizations.1305"),
            ("~Org~anizations~.~1~3~0~5~ is", "Organizations.1305 is"),
            ("Organizations.13~050", "Organizations.13050"),
            ("My~Organizations~.13~05~ is", "My Organizations.1305 is"),
            // No code, whether the sequence is there or not.
            ("My~Organizations", "MyOrganizations"),
            ("MyOrg~anizations.1305", "MyOrganizations.1305"),
            ("Organizations.13~05is", "Organizations.1305is"),
            ("quota exc~eed~ed", "quota exceeded"),
            ("127.0~.0.1", "127.0.0.1"),
        ] {
            for sequence in ["\x1b[0m", "\x1b[01;31m\x1b[K", link] {
                let raw = raw.replace('~', sequence);
                assert_eq!(read(raw.as_bytes()), text, "{raw:?}");
            }
        }
        let long = "x\x1b[m".repeat(4000);
        assert_eq!(read(long.as_bytes()), "x".repeat(4000));
    }

    #[test]
    fn a_longer_number_goes_on_after_a_sequence_where_it_alone_is_documented() {
        let own = include_str!("../../../tests/catalogs/two-services.toml");
        let mut builder = CatalogBuilder::new();
        builder.add(own).unwrap();
        let catalog = builder.build();
        let finder = CodeFinder::new(&catalog);
        let borders = |text: &str, places: &[usize]| finder.borders(text.as_bytes(), places);
        let code = "SVCSTG.CCE-ADDONMGR.4000003";
        assert!(borders(code, &[24]).is_empty());
        assert_eq!(borders(&format!("{code}4"), &[24, 27]), [27]);
        assert_eq!(borders("SVCSTG.CCE-ADDONMGR.5000003", &[24]), [24]);
        assert_eq!(borders("IAM.0115", &[7]), [7]);
    }
}
