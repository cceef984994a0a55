//! The fast scanner: structure from byte masks, for text that strict CSV allows.
//!
//! For every 64 bytes: which of them lie inside quotes is the running exclusive-or of the quote bits; delimiters and line
//! feeds outside are the structure. A quote that opens anywhere but at the start of a cell (or right behind one that
//! closes: a doubled quote), text behind a closing quote, and a carriage return without its line feed are not allowed:
//! then the strict scanner takes the piece.

use super::masks::{Masks, Visitor};
use super::{Outcome, Piece, Scanner, Tape};

/// Scans as [`Scanner::scan`] does, or returns `None` where the strict scanner must do it. The marks on the tape are
/// complete in both cases.
pub(super) fn scan(scanner: &Scanner, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Option<Outcome> {
    tape.clear(begin);
    if begin >= stop || (piece.ends_file && begin >= piece.len) {
        return Some(Outcome::Complete(begin.min(piece.len)));
    }
    let text = piece.text();
    let end = text.next_multiple_of(64) + 64;
    tape.marks.reserve(end);
    tape.ends.resize(tape.ends.len().max(end + 64), 0);
    let mut structure = Structure::new(tape, piece.bytes, begin, stop, text);
    scanner.instructions.each(&piece.bytes[..end], begin / 64 * 64, scanner.delimiter, &mut structure);
    let Structure { broken, in_quote, cells, .. } = structure;
    tape.cells = cells;
    let found_end = reached(tape, begin);
    if broken || (piece.ends_file && in_quote != 0 && found_end < stop) {
        tape.clear(begin);
        return None;
    }
    while !tape.is_empty() && tape.record(tape.len() - 1).begin() >= stop {
        tape.records.pop();
    }
    let next = reached(tape, begin);
    if text - begin > scanner.limit
        && has_long_record(tape, scanner.limit, if found_end < stop { text - next } else { 0 })
    {
        tape.clear(begin);
        return None;
    }
    let breaks = tape.inner_breaks_before(next as u32);
    tape.inner_breaks.truncate(breaks);
    let complete = next >= stop || (piece.ends_file && next >= piece.len);
    Some(if complete { Outcome::Complete(next.min(piece.len)) } else { Outcome::NeedMore })
}

/// Where the record after the last one on the tape begins.
fn reached(tape: &Tape, begin: usize) -> usize {
    tape.records.last().map_or(begin, |cells| tape.ends[*cells as usize - 1] as usize + 1)
}

/// Whether a record, or the part of an unfinished one that was seen, is longer than the limit.
fn has_long_record(tape: &Tape, limit: usize, unfinished: usize) -> bool {
    unfinished > limit || (0..tape.len()).any(|i| tape.record(i).next() - tape.record(i).begin() > limit)
}

struct Structure<'t, 'p> {
    tape: &'t mut Tape,
    bytes: &'p [u8],
    begin: usize,
    stop: usize,
    text: usize,
    cells: usize,
    /// All ones inside quotes, else zero.
    in_quote: u64,
    /// Bits that what was seen before lays on this block: bit 0 after the last byte of the block before, or the bit of the
    /// first byte of all.
    after_end: u64,
    after_close: u64,
    after_return: u64,
    after_edge: u64,
    after_blank: u64,
    /// Something that strict CSV does not allow was seen; only marks are made from here on.
    broken: bool,
}

impl<'t, 'p> Structure<'t, 'p> {
    fn new(tape: &'t mut Tape, bytes: &'p [u8], begin: usize, stop: usize, text: usize) -> Self {
        Self {
            tape,
            bytes,
            begin,
            stop,
            text,
            cells: 0,
            in_quote: 0,
            after_end: 1 << (begin % 64),
            after_close: 0,
            after_return: 0,
            after_edge: 1 << (begin % 64),
            after_blank: 0,
            broken: false,
        }
    }

    /// Bits of bytes outside of the text are none.
    #[inline(always)]
    fn inside(&self, offset: usize) -> u64 {
        let from = if offset < self.begin { u64::MAX << (self.begin - offset) } else { u64::MAX };
        match self.text.saturating_sub(offset) {
            0 => 0,
            left @ 1..64 => from & u64::MAX >> (64 - left),
            _ => from,
        }
    }

    /// Marks bytes and edges that keep a cell from being accepted unseen.
    #[inline(always)]
    fn mark(&mut self, word: usize, m: &Masks) {
        let edge = m.delimiter | m.lf | m.cr | m.quote;
        let after_edge = edge << 1 | self.after_edge;
        let after_blank = m.blank << 1 | self.after_blank;
        let marks = &mut self.tape.marks;
        let odd = (m.unusual & !(m.lf | m.cr)) | (m.blank & after_edge) | (after_blank & edge);
        marks.odd[word] = odd;
        marks.special[word] = odd | m.quote;
        marks.quote[word] = m.quote;
        self.after_edge = edge >> 63;
        self.after_blank = m.blank >> 63;
    }

    /// Which bytes lie inside quotes, opening quotes included; notes what is not allowed.
    #[inline(always)]
    fn quoted(&mut self, m: &Masks) -> u64 {
        if m.quote | self.in_quote | self.after_close == 0 {
            return 0;
        }
        let quoted = running_xor(m.quote) ^ self.in_quote;
        self.in_quote = 0u64.wrapping_sub(quoted >> 63);
        let structure = (m.delimiter | m.lf) & !quoted;
        let (opens, closes) = (m.quote & quoted, m.quote & !quoted);
        let after_close = closes << 1 | self.after_close;
        let misplaced = opens & !(structure << 1 | self.after_end | after_close);
        let trailing = after_close & !(structure | opens | m.cr);
        self.after_close = closes >> 63;
        self.broken |= misplaced | trailing != 0;
        quoted
    }

    #[inline(always)]
    fn inner_breaks(&mut self, offset: usize, m: &Masks, quoted: u64) {
        let mut breaks = (m.lf | m.cr) & quoted;
        while breaks != 0 {
            let at = offset + breaks.trailing_zeros() as usize;
            if self.bytes[at] == b'\n' || self.bytes[at + 1] != b'\n' {
                self.tape.inner_breaks.push(at as u32);
            }
            breaks &= breaks - 1;
        }
    }

    /// Writes the ends of cells and records.
    #[inline(always)]
    fn write(
        &mut self,
        offset: usize,
        structure: u64,
        mut line_feeds: u64,
        positions: impl Fn(u64, u32, &mut [u32; 64]),
    ) {
        let (room, _) =
            self.tape.ends[self.cells..].split_first_chunk_mut().expect("room for 64 more than there are bytes");
        positions(structure, offset as u32, room);
        while line_feeds != 0 {
            let up_to = line_feeds ^ (line_feeds - 1);
            self.tape.records.push((self.cells + (structure & up_to).count_ones() as usize) as u32);
            line_feeds &= line_feeds - 1;
        }
        self.cells += structure.count_ones() as usize;
    }
}

impl Visitor for Structure<'_, '_> {
    #[inline(always)]
    fn visit(&mut self, offset: usize, masks: &Masks, positions: impl Fn(u64, u32, &mut [u32; 64])) -> bool {
        let mut m = *masks;
        if offset < self.begin || offset + 64 > self.text {
            m = m.within(self.inside(offset));
        }
        self.mark(offset / 64, &m);
        if self.broken {
            return true;
        }
        let quoted = self.quoted(&m);
        let returns = m.cr & !quoted;
        self.broken |= (returns << 1 | self.after_return) & !m.lf != 0;
        self.after_return = returns >> 63;
        if self.broken {
            return true;
        }
        let line_feeds = m.lf & !quoted;
        let structure = (m.delimiter & !quoted) | line_feeds;
        self.after_end = structure >> 63;
        if quoted != 0 {
            self.inner_breaks(offset, &m, quoted);
        }
        self.write(offset, structure, line_feeds, positions);
        line_feeds == 0 || offset + 64 - (line_feeds.leading_zeros() as usize) < self.stop
    }
}

/// Bit `i` is the exclusive-or of bits `0..=i`.
#[inline(always)]
fn running_xor(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}
