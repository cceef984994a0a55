//! The fast scanner: structure from byte masks, for text that strict CSV allows.
//!
//! For every 64 bytes: which of them lie inside quotes is the running exclusive-or of the quote bits; delimiters and line
//! feeds outside are the structure. A quote that opens anywhere but at the start of a cell (or right behind one that
//! closes: a doubled quote), text behind a closing quote, and a carriage return without its line feed are not allowed:
//! then the strict scanner takes the piece.

use super::masks::{Masks, Pack, Visitor};
use super::{Outcome, Piece, Scanner, Tape};

/// Scans as [`Scanner::scan`] does, or returns `None` where the strict scanner must do it. The marks on the tape are
/// complete in both cases.
pub(super) fn scan(scanner: &Scanner, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Option<Outcome> {
    let outcome = structure(scanner, piece, begin, stop, tape);
    if outcome.is_none() {
        // What seemed to lie inside quotes may not do so: every delimiter may be the edge of a cell.
        tape.clear(begin);
        let text = piece.text();
        let mut marks = Structure { broken: true, ..Structure::new(tape, piece.bytes, begin, stop, text) };
        let bytes = &piece.bytes[..text.next_multiple_of(64) + 64];
        scanner.instructions.each(bytes, begin / 64 * 64, scanner.delimiter, &mut marks);
    }
    outcome
}

fn structure(scanner: &Scanner, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Option<Outcome> {
    tape.clear(begin);
    if begin >= stop || (piece.ends_file && begin >= piece.len) {
        return Some(Outcome::Complete(begin.min(piece.len)));
    }
    let text = piece.text();
    let end = text.next_multiple_of(64) + 64;
    tape.marks.reserve(end);
    let mut structure = Structure::new(tape, piece.bytes, begin, stop, text);
    scanner.instructions.each(&piece.bytes[..end], begin / 64 * 64, scanner.delimiter, &mut structure);
    let Structure { broken, in_quote, .. } = structure;
    let found_end = tape.next();
    if broken || (piece.ends_file && in_quote != 0 && found_end < stop) {
        return None;
    }
    while !tape.is_empty() && tape.record(tape.len() - 1).begin() >= stop {
        tape.records.pop();
    }
    let next = tape.next();
    if text - begin > scanner.limit
        && has_long_record(tape, scanner.limit, if found_end < stop { text - next } else { 0 })
    {
        return None;
    }
    let breaks = tape.inner_breaks_before(next as u32);
    tape.inner_breaks.truncate(breaks);
    let complete = next >= stop || (piece.ends_file && next >= piece.len);
    Some(if complete { Outcome::Complete(next.min(piece.len)) } else { Outcome::NeedMore })
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
    fn mark(&mut self, word: usize, m: &Masks, quoted: u64) {
        let edge = (m.delimiter | m.lf | m.cr) & !quoted | m.quote;
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
    fn write(&mut self, offset: usize, structure: u64, line_feeds: u64, pack: impl Pack) {
        let cells = self.tape.cells() as u32;
        pack.places(structure, offset as u32, self.tape.ends.room());
        self.tape.ends.advance(structure.count_ones() as usize);
        // Among the ends of cells, those that end a record.
        pack.places(pack.extract(line_feeds, structure), cells + 1, self.tape.records.room());
        self.tape.records.advance(line_feeds.count_ones() as usize);
    }
}

impl Visitor for Structure<'_, '_> {
    #[inline(always)]
    fn visit(&mut self, offset: usize, masks: &Masks, pack: impl Pack) -> bool {
        let mut m = *masks;
        if offset < self.begin || offset + 64 > self.text {
            m = m.within(self.inside(offset));
        }
        let quoted = if self.broken { 0 } else { self.quoted(&m) };
        self.mark(offset / 64, &m, quoted);
        if self.broken {
            return true;
        }
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
        self.write(offset, structure, line_feeds, pack);
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
