//! One block: find where its first record begins, scan it, judge its rows.

use std::io;

use super::buffer::Buffer;
use super::careful::Careful;
use super::columns::Columns;
use super::duplicates::{CAPITALS, begins_segment};
use super::job::{Ending, Job, Wanted};
use super::key::event;
use super::mend::{Mender, identity};
use super::passed::digest;
use super::quick::{AHEAD, Contents, Known};
use super::whole::MOST_RETURNS;
use super::worker::{BlockResult, Failed, Failure, OtherEnding, Range, Worker};
use crate::scan::{Addresses, Cells, Outcome, Piece, Scanner, Tape, Work};

/// Bytes read behind a block at first, for the record that crosses its end.
const BEHIND: u64 = 8 * 1024;

/// After so many rows that are not surely good, only some are tried: where all is wrong, trying is in vain. Who judges
/// with care finds nothing wrong with a good row either.
const PATIENCE: u32 = 16;
const SELDOM: usize = 8;

/// Where a block begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Start {
    /// At the first record that seems to begin at this offset or behind.
    Guessed(u64),
    /// At this offset, where a record does begin.
    Known(u64),
}

impl Job<'_, '_> {
    /// Checks the records that begin from `start` up to `stop`.
    pub(super) fn block(&self, worker: &mut Worker, wanted: &Wanted, start: Start, stop: u64) -> BlockResult {
        worker.reset(self);
        let mut result = BlockResult {
            scenarios: vec![0; self.layout.tables.len()],
            too_old: vec![Range::default(); self.layout.frame.headers.len()],
            failed: Failed::new(self.layout.tables.len()),
            columns: Columns::new(self.layout),
            ..BlockResult::default()
        };
        if let Err(error) = self.fill(worker, wanted, start, stop, &mut result) {
            result.failure = Some(Failure::Read(error));
        }
        result
    }

    fn fill(
        &self,
        worker: &mut Worker,
        wanted: &Wanted,
        start: Start,
        stop: u64,
        result: &mut BlockResult,
    ) -> io::Result<()> {
        let base = match start {
            Start::Known(begin) => begin,
            // The byte before tells whether a record begins right at the cut.
            Start::Guessed(cut) => cut - 1,
        };
        let mut length = (stop - base + BEHIND) as usize;
        worker.buffer.load(self.source, base, length)?;
        let stop = (stop - base) as usize;
        let begin = match start {
            Start::Known(_) => 0,
            Start::Guessed(_) => {
                if let Some(begin) = guess(&self.scanner, worker.buffer.piece(), stop, &mut worker.tape) {
                    begin
                } else {
                    result.last = worker.buffer.ends_file() && worker.buffer.text().len() <= stop;
                    return Ok(());
                }
            }
        };
        let end = loop {
            match self.scanner.scan(worker.buffer.piece(), begin, stop, &mut worker.tape) {
                Outcome::Complete(end) => break end,
                Outcome::NeedMore => {
                    length = (length * 2).max(64 * 1024);
                    worker.buffer.extend(self.source, length)?;
                }
                Outcome::TooLong(at) => {
                    let (record, breaks) = (worker.tape.len() as u64, worker.tape.inner_breaks() as u64);
                    let offset = base + at as u64;
                    result.failure = Some(Failure::TooLong { record, line: record + breaks, offset });
                    break at;
                }
            }
        };
        result.span = Some((base + begin as u64, base + end as u64));
        result.last = worker.buffer.ends_file() && end >= worker.buffer.text().len();
        if self.options.evidence {
            let text = worker.buffer.text();
            result.digest = Some(digest(&text[begin.min(text.len())..end.min(text.len())]));
        }
        self.scanner.instructions.run(Rows { job: self, worker, wanted, result });
        Ok(())
    }

    /// Judges the rows on the worker's tape: one loop, compiled for the instructions at hand.
    #[inline(always)]
    #[expect(clippy::too_many_lines, reason = "what is called from here is not compiled for those instructions")]
    fn rows(&self, set: impl Addresses, worker: &mut Worker, wanted: &Wanted, result: &mut BlockResult) {
        // The worker's parts are borrowed apart from each other: the tape is read while the rest is written.
        let tape = std::mem::take(&mut worker.tape);
        let buffer = std::mem::take(&mut worker.buffer);
        let mut contents = Contents::new();
        let piece = buffer.piece();
        let bytes = piece.bytes;
        let block = result.span.map_or(0, |(begin, _)| begin);
        let shift = block - buffer.base;
        let headers = self.layout.frame.headers.len();
        let mending = self.mending.as_ref();
        let rewrites = mending.is_some_and(|mending| mending.delimiter != self.scanner.delimiter);
        let mut mender = mending.map(|mending| Mender::new(self, mending, wanted, &tape, &buffer, shift as usize));
        let quick = self.options.accepting && headers <= 64 && !rewrites;
        let mut observations = tape.observations().iter().peekable();
        let mut breaks = tape.inner_break_places();
        let mut careful = Careful::new(self, wanted, &tape, &buffer);
        let last = result.span.map_or(0, |(_, end)| (end - buffer.base) as usize);
        let mut watches = Columns::watches(self.layout);
        let mut tables = [usize::MAX; AHEAD];
        let mut keyed = Keyed { place: self.base + buffer.base, shift: shift as u32, segment: u64::MAX };
        let (quiet, returns) = (self.quiet_days(), tape.has_returns());
        // Rows tried in vain since the last good one.
        let mut failures = 0u32;
        // The next byte that is marked, and how lines should end where some may not.
        let mut special = 0;
        let ending = self.ending.filter(|ending| returns || *ending != Ending::LineFeed);
        let eventful = ending.is_some() || mender.is_some() || !breaks.is_empty() || !tape.observations().is_empty();
        for (record, cells) in tape.records(0).enumerate() {
            if record % AHEAD == 0 && quick {
                self.find_tables(bytes, &tape, record, &mut tables);
            }
            let begin = cells.begin();
            let (mut hopeful, mut broken) = (quick && cells.len() == headers, false);
            // What hardly any block has is asked together.
            if eventful {
                let seen = observations.peek().is_some_and(|seen| seen.record as usize == record);
                broken = breaks.first().is_some_and(|at| (*at as usize) < cells.next());
                let swallows = broken && swallows(bytes, &mut breaks, cells.next(), self.scanner.delimiter, headers);
                // No closure: it would not be compiled for the instructions that this loop is compiled for.
                let ends_wrongly = mender.as_mut().is_some_and(|mender| mender.note(cells));
                hopeful = hopeful && !seen && !ends_wrongly && !swallows;
                if let (Some(expected), None) = (ending, result.other_ending) {
                    note_ending(&tape, cells, piece, record, expected, buffer.base + begin as u64, result);
                }
            }
            let number = tables[record % AHEAD];
            if hopeful
                && (failures < PATIENCE || record % SELDOM == 0)
                && let Some(table) = self.layout.tables.get(number)
            {
                if special < begin {
                    special = tape.marks().next_special(begin);
                }
                let marks = (special < cells.next()).then(|| tape.marks());
                let mut known = Known { set, domains: &worker.domains.known, days: &mut worker.days, quiet, returns };
                if let Some(good) = self.accept(bytes, marks, cells, &mut contents, &mut known, table)
                    && (!broken || contents.hold_breaks_inside(bytes, headers))
                {
                    failures = 0;
                    let watch = &mut watches[number];
                    watch.rows += 1;
                    worker.domains.meet(good.domain, record, begin);
                    if watch.open != 0 {
                        let text = |column: usize| {
                            let (begin, end) = contents.of(column);
                            &bytes[begin..end]
                        };
                        result.columns.look(number, table, watch, text);
                    }
                    let mut too_old = good.too_old;
                    while too_old != 0 {
                        result.too_old[too_old.trailing_zeros() as usize].add(record as u64);
                        too_old &= too_old - 1;
                    }
                    if self.repeats {
                        let spelled = good.capitals && mending.is_none();
                        let spelling = spelled.then(|| self.hasher.spelling(&bytes[good.address.0..good.address.1]));
                        let key = event(table.number, good.person, good.moment, table.once);
                        keyed.keep(worker, result, (key, spelling), begin, record);
                    }
                    continue;
                }
                failures += 1;
            }
            let mut of_record = Vec::new();
            while let Some(seen) = observations.next_if(|seen| seen.record as usize == record) {
                of_record.push(*seen);
            }
            // Looked up again: what others are handed is kept in memory, and would be written there for every row.
            let cells = tape.record(record);
            let judged = match &mut mender {
                Some(mender) => mender.row(worker, record, cells, &of_record, result),
                None => {
                    let next = tables.get(record % AHEAD + 1).copied().filter(|_| quick);
                    careful.judge(worker, (record, number, next), cells, &of_record, result)
                }
            };
            result.failed.end(record, judged.and_then(|judged| judged.scenario));
            if let Some(judged) = judged.filter(|_| self.repeats) {
                let spelling = judged.spelling.filter(|_| mending.is_none());
                keyed.keep(worker, result, (judged.key, spelling), begin, record);
            }
        }
        result.records = tape.len() as u64;
        result.lines = result.records + tape.inner_breaks() as u64;
        note_layout(self, &tape, &buffer, result);
        worker.verdicts.count(&mut worker.tally, &mut result.columns);
        result.groups = worker.tally.groups().to_vec();
        result.inner_breaks = tape.inner_breaks_from(shift as u32);
        result.keys.sort(&worker.keys, &worker.spellings);
        result.columns.accepted(self.layout, &watches);
        if self.counts_domains() {
            result.domains = worker.domains.finish(shift as u32);
        }
        for (rows, watch) in result.scenarios.iter_mut().zip(&watches) {
            *rows += watch.rows;
            result.rows += watch.rows;
        }
        // Before the rows are settled a second time, which counts their errors again.
        result.mended = mender.map(|mender| mender.finish(worker, last));
        if self.repeats && !self.source.rereads() {
            let witness = |record| identity(self, worker, &tape, &buffer, record).witness(&self.keyed);
            result.witnesses = (0..tape.len()).map(witness).collect();
        }
        worker.tape = tape;
        worker.buffer = buffer;
    }
}

/// Passes over a record's line breaks, and says whether what follows the first of them may hold rows of the file: an address, or
/// as many delimiters as a row has.
#[cold]
fn swallows(bytes: &[u8], breaks: &mut &[u32], next: usize, delimiter: u8, headers: usize) -> bool {
    let behind = breaks.first().map_or(next, |first| *first as usize);
    while let Some((_, rest)) = breaks.split_first().filter(|(at, _)| (**at as usize) < next) {
        *breaks = rest;
    }
    let text = &bytes[behind.min(next)..next];
    memchr::memchr(b'@', text).is_some() || memchr::memchr_iter(delimiter, text).count() + 1 >= headers
}

/// Notes line breaks in cells and, where the header ends so, carriage returns that end records.
#[cold]
fn note_layout(job: &Job<'_, '_>, tape: &Tape, buffer: &Buffer, result: &mut BlockResult) {
    if tape.inner_breaks() > 0 {
        result.line_breaks = vec![Range::default(); job.layout.frame.headers.len()];
        for (record, column) in tape.inner_break_cells() {
            let same = |broken: &Range| broken.count > 0 && broken.last == record as u64;
            if let Some(broken) = result.line_breaks.get_mut(column).filter(|broken| !same(broken)) {
                broken.add(record as u64);
            }
        }
    }
    if job.ending == Some(Ending::Return) {
        let piece = buffer.piece();
        let ends = (0..tape.len()).map(|record| tape.record(record).next() - 1);
        let returns = ends.filter(|end| *end < piece.len && piece.bytes[*end] == b'\r');
        result.returns = returns.take(MOST_RETURNS + 1).map(|end| buffer.base + end as u64).collect();
    }
}

/// Notes the first line that ends unlike the header's.
#[inline(always)]
fn note_ending(
    tape: &Tape,
    cells: Cells<'_>,
    piece: Piece<'_>,
    record: usize,
    expected: Ending,
    offset: u64,
    result: &mut BlockResult,
) {
    let end = cells.next() - 1;
    let ending = Ending::at(piece.bytes, cells.begin(), end);
    if ending != expected && end < piece.len {
        let line = record as u64 + tape.inner_breaks_before(cells.begin() as u32) as u64;
        let length = cells.span(piece.bytes).len() as u64;
        result.other_ending = Some(OtherEnding { ending, record: record as u64, line, offset, length });
    }
}

/// Where the records of a block are that are kept in the index.
struct Keyed {
    /// The buffer's first byte, all files of the run laid end to end.
    place: u64,
    /// How far behind it the block begins.
    shift: u32,
    /// The place of the last record that was kept.
    segment: u64,
}

impl Keyed {
    /// Keeps a record: its key and the spelling of its address, where it begins, and its number.
    #[inline(always)]
    fn keep(
        &mut self,
        worker: &mut Worker,
        result: &mut BlockResult,
        (key, spelling): (u64, Option<u64>),
        begin: usize,
        record: usize,
    ) {
        let place = self.place + begin as u64;
        // Before the first one there was none in any segment.
        if begins_segment(self.segment, place) {
            result.segments.push((place, record as u64));
        }
        self.segment = place;
        let mut number = record as u32;
        if let Some(spelling) = spelling {
            worker.spellings.push((number, spelling));
            number |= CAPITALS;
        }
        worker.keys.push((key, begin as u32 - self.shift, number));
    }
}

/// The rows of a scanned block, to be judged.
struct Rows<'r, 'j, 'p> {
    job: &'r Job<'j, 'p>,
    worker: &'r mut Worker,
    wanted: &'r Wanted,
    result: &'r mut BlockResult,
}

impl Work for Rows<'_, '_, '_> {
    #[inline(always)]
    fn run(self, set: impl Addresses) {
        self.job.rows(set, self.worker, self.wanted, self.result);
    }
}

/// Where the first record of a piece begins that was cut anywhere, if one does before `stop`: behind a line break, and
/// rather there where a record of the expected width follows. Whether the guess was right is seen when the block before is done.
fn guess(scanner: &Scanner, piece: Piece<'_>, stop: usize, tape: &mut Tape) -> Option<usize> {
    let text = &piece.bytes[..piece.len.min(stop)];
    let after = |at: usize| if text[at] == b'\r' && piece.bytes[at + 1] == b'\n' { at + 2 } else { at + 1 };
    let begins = memchr::memchr2_iter(b'\n', b'\r', text).map(after);
    // A return and its line feed are one line break, found twice.
    let mut begins = begins.filter(|begin| *begin < stop && *begin < piece.len).peekable();
    let first = *begins.peek()?;
    let fits = |begin: &usize, tape: &mut Tape| {
        let outcome = scanner.scan_strictly(piece, *begin, *begin + 1, tape);
        let whole = matches!(outcome, Outcome::Complete(_)) && tape.observations().is_empty();
        whole && scanner.expected.is_none_or(|expected| tape.record(0).len() == expected)
    };
    Some(begins.take(16).find(|begin| fits(begin, tape)).unwrap_or(first))
}
