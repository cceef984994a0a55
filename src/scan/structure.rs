//! The fast scanner: structure from byte masks, for text that strict CSV allows.
//!
//! For every 64 bytes: which of them lie inside quotes is the running exclusive-or of the quote bits; delimiters and line
//! feeds outside are the structure. A quote that opens anywhere but at the start of a cell (or right behind one that
//! closes: a doubled quote), text behind a closing quote, and a carriage return without its line feed are not allowed:
//! then the strict scanner takes the piece.
//!
//! What is written is held by the one who writes, and lent by nobody, so that the loop keeps it in registers.

use super::masks::{GROUP, Masks, Pack, Visitor};
use super::tape::Places;
use super::{Outcome, Piece, Scanner, Tape};

/// Scans as [`Scanner::scan`] does, or returns `None` where the strict scanner must do it. The marks on the tape are
/// complete in both cases.
pub(super) fn scan(scanner: &Scanner, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Option<Outcome> {
    let outcome = structure(scanner, piece, begin, stop, tape);
    if outcome.is_none() {
        // What seemed to lie inside quotes may not do so: every delimiter may be the edge of a cell.
        tape.clear(begin);
        tape.marks.clear(piece.text().next_multiple_of(64) + 64);
        let marks = Structure { broken: true, open: u64::MAX, ..Structure::new(tape, piece, begin, stop) };
        let Structure { ends, records, returns, .. } = marks.run(scanner);
        (tape.ends, tape.records, tape.returns) = (ends, records, returns);
    }
    outcome
}

fn structure(scanner: &Scanner, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Option<Outcome> {
    tape.clear(begin);
    if begin >= stop || (piece.ends_file && begin >= piece.len) {
        return Some(Outcome::Complete(begin.min(piece.len)));
    }
    let text = piece.text();
    tape.marks.clear(text.next_multiple_of(64) + 64);
    let Structure { broken, in_quote, ends, records, returns, .. } =
        Structure::new(tape, piece, begin, stop).run(scanner);
    (tape.ends, tape.records, tape.returns) = (ends, records, returns);
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
    ends: Places,
    records: Places,
    inner_breaks: &'t mut Vec<u32>,
    /// See [`Marks`](super::Marks).
    odd: &'t mut [u64],
    quote: &'t mut [u64],
    bytes: &'p [u8],
    begin: usize,
    stop: usize,
    text: usize,
    /// Blocks that begin fewer bytes than this behind `begin` are text, and no record that begins in them or right behind
    /// them lies behind `stop`.
    middle: usize,
    /// Bits that what was seen before lays on this block: bit 0 after the last byte of the block before, or the bit of the
    /// first byte of all.
    after_edge: u64,
    after_blank: u64,
    after_close: u64,
    after_return: u64,
    /// All ones inside quotes, else zero.
    in_quote: u64,
    /// Something that strict CSV does not allow was seen; only marks are made from here on.
    broken: bool,
    /// Whether a carriage return was seen.
    returns: bool,
    /// Zero unless `after_close`, `after_return`, `in_quote` or `broken` is something: while it is zero, a block without quotes and
    /// returns is simple.
    open: u64,
}

impl<'t, 'p> Structure<'t, 'p> {
    fn new(tape: &'t mut Tape, piece: Piece<'p>, begin: usize, stop: usize) -> Self {
        let (text, first) = (piece.text(), 1 << (begin % 64));
        Self {
            ends: std::mem::take(&mut tape.ends),
            records: std::mem::take(&mut tape.records),
            inner_breaks: &mut tape.inner_breaks,
            odd: &mut tape.marks.odd,
            quote: &mut tape.marks.quote,
            bytes: piece.bytes,
            begin,
            stop,
            text,
            middle: text.min(stop - 1).saturating_sub(begin + 63),
            after_edge: first,
            after_blank: 0,
            after_close: 0,
            after_return: 0,
            in_quote: 0,
            broken: false,
            returns: false,
            open: 0,
        }
    }

    fn run(self, scanner: &Scanner) -> Self {
        let bytes = &self.bytes[..self.text.next_multiple_of(64) + 64];
        scanner.instructions.each(bytes, self.begin / 64 * 64, scanner.delimiter, self)
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
    fn mark(&mut self, offset: usize, m: &Masks, edge: u64) {
        self.odd[offset / 64] = odd(m, edge, &mut self.after_edge, &mut self.after_blank);
    }

    /// The ends of cells and those of records in a block with quotes or returns, or behind one; `None` once strict CSV does
    /// not allow what is there. It is right for every block.
    #[inline(always)]
    fn intricate(&mut self, offset: usize, m: &Masks, pack: impl Pack) -> Option<(u64, u64)> {
        let quoted = if self.broken { 0 } else { self.quoted(m, pack) };
        self.mark(offset, m, (m.delimiter | m.lf | m.cr) & !quoted | m.quote);
        self.quote[offset / 64] = m.quote;
        self.returns |= m.cr != 0;
        let returns = m.cr & !quoted;
        self.broken |= (returns << 1 | self.after_return) & !m.lf != 0;
        self.after_return = returns >> 63;
        self.open = self.in_quote | self.after_close | self.after_return | u64::from(self.broken);
        if self.broken {
            return None;
        }
        if (m.lf | m.cr) & quoted != 0 {
            self.inner_breaks(offset, m, quoted);
        }
        let line_feeds = m.lf & !quoted;
        Some(((m.delimiter & !quoted) | line_feeds, line_feeds))
    }

    /// Which bytes lie inside quotes, opening quotes included; notes what is not allowed.
    #[inline(always)]
    fn quoted(&mut self, m: &Masks, pack: impl Pack) -> u64 {
        let quoted = pack.running_xor(m.quote) ^ self.in_quote;
        self.in_quote = 0u64.wrapping_sub(quoted >> 63);
        let structure = (m.delimiter | m.lf) & !quoted;
        let (opens, closes) = (m.quote & quoted, m.quote & !quoted);
        let after_close = closes << 1 | self.after_close;
        // An edge that is neither structure nor a quote that closes is no place where another opens: a quote that opens is followed by
        // what is quoted, a carriage return by its line feed.
        let misplaced = opens & !(structure << 1 | self.after_edge | after_close);
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
                self.inner_breaks.push(at as u32);
            }
            breaks &= breaks - 1;
        }
    }

    /// Writes the ends of cells and records.
    #[inline(always)]
    fn write(&mut self, offset: usize, structure: u64, line_feeds: u64, pack: impl Pack) {
        // Cells that end before this block.
        let cells = self.ends.len() as u32 - 1;
        pack.places(structure, offset as u32, self.ends.room());
        self.ends.advance(structure.count_ones());
        let records = write_records(structure, line_feeds, cells, self.records.room(), pack);
        self.records.advance(records);
    }

    /// Whether the block at `offset` is neither the first nor the last of what is scanned.
    #[inline(always)]
    fn is_in_the_middle(&self, offset: usize) -> bool {
        offset.wrapping_sub(self.begin) < self.middle
    }

    /// Takes a group's blocks from one on up to the first one with quotes or returns, whose place it says. All are text, the first one
    /// does not begin inside quotes, and what is kept for a block by itself is kept for all of them at once.
    #[inline(always)]
    fn plain_blocks(
        &mut self,
        mut at: usize,
        offset: usize,
        group: &[u8; GROUP],
        masks: impl Fn(&[u8; 64]) -> Masks,
        pack: impl Pack,
    ) -> usize {
        let first = self.ends.len() as u32 - 1;
        // As many entries as a group has bytes, and a block's, for they are written at once.
        let (ends, records) = (self.ends.room(), self.records.room());
        let odd_bits = &mut self.odd[offset / 64..][..BLOCKS];
        let (mut after_edge, mut after_blank) = (self.after_edge, self.after_blank);
        let (mut cells, mut rows) = (0, 0);
        let blocks: &[[u8; 64]] = group.as_chunks().0;
        while at < BLOCKS {
            let m = masks(&blocks[at]);
            if m.quote | m.cr != 0 {
                break;
            }
            let structure = m.delimiter | m.lf;
            odd_bits[at] = odd(&m, structure, &mut after_edge, &mut after_blank);
            pack.places(structure, (offset + 64 * at) as u32, room(ends, cells));
            rows += write_records(structure, m.lf, first + cells, room(records, rows), pack);
            cells += structure.count_ones();
            at += 1;
        }
        (self.after_edge, self.after_blank) = (after_edge, after_blank);
        self.ends.advance(cells);
        self.records.advance(rows);
        at
    }
}

/// Blocks of a group.
const BLOCKS: usize = GROUP / 64;

/// Room for the entries of one more block of a group.
#[inline(always)]
fn room(entries: &mut [u32; GROUP + 64], used: u32) -> &mut [u32; 64] {
    entries[used as usize % GROUP..].first_chunk_mut().expect("a group's entries are as many as its bytes at most")
}

/// The bits of a block that are odd: see [`Marks`](super::Marks). `after_edge`, `after_blank`: those that it lays on the next one.
#[inline(always)]
fn odd(m: &Masks, edge: u64, after_edge: &mut u64, after_blank: &mut u64) -> u64 {
    let edges = edge << 1 | std::mem::replace(after_edge, edge >> 63);
    let blanks = m.blank << 1 | std::mem::replace(after_blank, m.blank >> 63);
    (m.unusual & !(m.lf | m.cr)) | (m.blank & edges) | (blanks & edge)
}

/// Writes, for each of the line feeds among the ends of cells, how many cells end up to there; `cells` end before the block. Returns
/// how many there are.
#[inline(always)]
fn write_records(structure: u64, line_feeds: u64, cells: u32, records: &mut [u32; 64], pack: impl Pack) -> u32 {
    // Mostly one or none, seldom more than two.
    let up_to = |end: u64| cells + (structure & (end ^ end.wrapping_sub(1))).count_ones();
    let second = line_feeds & line_feeds.wrapping_sub(1);
    records[0] = up_to(line_feeds);
    if second == 0 {
        return u32::from(line_feeds != 0);
    }
    if second & second.wrapping_sub(1) == 0 {
        records[1] = up_to(second);
    } else {
        pack.places(pack.extract(line_feeds, structure), cells + 1, records);
    }
    line_feeds.count_ones()
}

impl Visitor for Structure<'_, '_> {
    #[inline(always)]
    fn visit(&mut self, offset: usize, masks: &Masks, pack: impl Pack) -> bool {
        let in_the_middle = self.is_in_the_middle(offset);
        if in_the_middle && masks.quote | masks.cr | self.open == 0 {
            let structure = masks.delimiter | masks.lf;
            self.mark(offset, masks, structure);
            self.write(offset, structure, masks.lf, pack);
            return true;
        }
        let m = if in_the_middle { *masks } else { masks.within(self.inside(offset)) };
        let Some((structure, line_feeds)) = self.intricate(offset, &m, pack) else { return true };
        self.write(offset, structure, line_feeds, pack);
        in_the_middle || line_feeds == 0 || offset + 64 - (line_feeds.leading_zeros() as usize) < self.stop
    }

    #[inline(always)]
    fn visit_group(
        &mut self,
        offset: usize,
        group: &[u8; GROUP],
        masks: impl Fn(&[u8; 64]) -> Masks,
        pack: impl Pack,
    ) -> bool {
        let is_text = self.is_in_the_middle(offset) && self.is_in_the_middle(offset + GROUP - 64);
        let blocks: &[[u8; 64]] = group.as_chunks().0;
        // Where one block has quotes, the next one mostly has, too.
        let (mut at, mut plain) = (0, true);
        while at < BLOCKS {
            if plain && is_text && self.open == 0 {
                at = self.plain_blocks(at, offset, group, &masks, pack);
            }
            if at < BLOCKS {
                let m = masks(&blocks[at]);
                plain = m.quote | m.cr == 0;
                if !self.visit(offset + 64 * at, &m, pack) {
                    return false;
                }
                at += 1;
            }
        }
        true
    }
}
