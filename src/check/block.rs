//! One block: find where its first record begins, scan it, judge its rows.

use std::io;

use super::buffer::Buffer;
use super::careful::Careful;
use super::columns::Columns;
use super::duplicates::begins_segment;
use super::job::{Ending, Job, Wanted};
use super::memory::Memory;
use super::mend::{Mender, identity};
use super::passed::digest;
use super::passing::{Bounds, Passing};
use super::whole::MOST_RETURNS;
use super::with_care::WithCare;
use super::worker::{BlockResult, Failed, Failure, OtherEnding, Range, Worker};
use crate::scan::{Cells, Observation, Outcome, Piece, Scanner, Tape, Windows, Work};

/// Bytes read behind a block at first, for the record that crosses its end.
const BEHIND: u64 = 8 * 1024;

/// After so many rows that are not surely good, only some are tried: where all is wrong, trying is in vain. Who judges
/// with care finds nothing wrong with a good row either.
const PATIENCE: u32 = 16;
const SELDOM: usize = 16;

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

    /// Judges the rows on the worker's tape: compiled for the instructions at hand.
    #[inline(always)]
    fn rows(&self, set: impl Windows, worker: &mut Worker, wanted: &Wanted, result: &mut BlockResult) {
        // The worker's parts are borrowed apart from each other: the tape is read while the rest is written.
        let tape = std::mem::take(&mut worker.tape);
        let buffer = std::mem::take(&mut worker.buffer);
        worker.keys.clear(if self.repeats { tape.len() } else { 0 });
        let bytes = buffer.piece().bytes;
        let block = result.span.map_or(0, |(begin, _)| begin);
        let shift = (block - buffer.base) as usize;
        let headers = self.layout.frame.headers.len();
        let mending = self.mending.as_ref();
        let rewrites = mending.is_some_and(|mending| mending.delimiter != self.scanner.delimiter);
        let mut mender = mending.map(|mending| Mender::new(self, mending, wanted, &tape, &buffer, shift));
        let quick = self.options.accepting && headers <= 64 && !rewrites;
        let mut careful = Careful::new(self, wanted, &tape, &buffer);
        let mut memory = Memory::new(self.layout);
        let mut passing = Passing::new(Columns::watches(self.layout));
        let mut events = Events::new(&tape);
        // Rows tried in vain since the last good one.
        let mut failures = 0u32;
        while passing.record < tape.len() {
            let (mut hopeful, mut bounds) = (quick, Bounds { record: tape.len(), byte: events.next() });
            let cells = tape.record(passing.record);
            if cells.next() > bounds.byte {
                hopeful = hopeful && events.allow(passing.record, cells, bytes, (self.scanner.delimiter, headers));
                bounds.byte = events.next();
            }
            if let Some(mender) = &mut mender {
                hopeful = !mender.note(cells) && hopeful;
                bounds.record = passing.record + 1;
            }
            if hopeful && (failures < PATIENCE || passing.record.is_multiple_of(SELDOM)) {
                let before = passing.record;
                self.pass(set, (&tape, bytes, shift), (&mut passing, bounds), worker, result);
                failures = if passing.record > before { 0 } else { failures };
                if !passing.refused {
                    continue;
                }
                failures += 1;
            }
            match &mut mender {
                Some(mender) => {
                    let (record, cells) = (passing.record, tape.record(passing.record));
                    let judged = mender.row(worker, record, cells, tape.observations_of(record), result);
                    self.end_row((cells, shift), record, judged, worker, result);
                    passing.record += 1;
                }
                None => {
                    let patient = quick && failures < PATIENCE;
                    let last = if quick { passing.record / SELDOM * SELDOM + SELDOM } else { tape.len() };
                    bounds.record = if patient { passing.record + 1 } else { last.min(tape.len()) };
                    let passing = &mut passing;
                    self.with_care(WithCare {
                        job: self,
                        careful: &mut careful,
                        memory: &mut memory,
                        passing,
                        bounds,
                        quick,
                        shift,
                        worker,
                        result,
                    });
                }
            }
        }
        self.finish(&passing, (&tape, &buffer), worker, result);
        // Before the rows are settled a second time, which counts their errors again.
        let last = result.span.map_or(0, |(_, end)| (end - buffer.base) as usize);
        result.mended = mender.map(|mender| mender.finish(worker, last));
        if self.repeats && self.witnessed {
            let witness = |record| identity(self, worker, &tape, &buffer, record).witness(&self.keyed);
            result.witnesses = (0..tape.len()).map(witness).collect();
        }
        worker.tape = tape;
        worker.buffer = buffer;
    }

    /// Adds up what the rows of a block have shown.
    fn finish(
        &self,
        passing: &Passing,
        (tape, buffer): (&Tape, &Buffer),
        worker: &mut Worker,
        result: &mut BlockResult,
    ) {
        let shift = (result.span.map_or(0, |(begin, _)| begin) - buffer.base) as u32;
        result.records = tape.len() as u64;
        result.lines = result.records + tape.inner_breaks() as u64;
        self.note_layout(tape, buffer, result);
        worker.verdicts.count(&mut worker.tally, &mut result.columns);
        result.groups = worker.tally.groups().to_vec();
        result.inner_breaks = tape.inner_breaks_from(shift);
        if self.repeats {
            result.segments = segments(tape, self.base + buffer.base);
        }
        result.keys = std::mem::take(&mut worker.keys);
        result.columns.accepted(self.layout, passing.watches());
        result.too_old.iter_mut().zip(&passing.old).for_each(|(all, passed)| all.join(passed, 0));
        if self.counts_domains() {
            result.domains = worker.domains.finish(shift);
        }
        for (rows, watch) in result.scenarios.iter_mut().zip(passing.watches()) {
            *rows += watch.rows;
            result.rows += watch.rows;
        }
    }

    /// Notes line breaks in cells, the first line that ends unlike the header's and, where that ends so, carriage returns that end
    /// records.
    fn note_layout(&self, tape: &Tape, buffer: &Buffer, result: &mut BlockResult) {
        if tape.inner_breaks() > 0 {
            result.line_breaks = vec![Range::default(); self.layout.frame.headers.len()];
            for (record, column) in tape.inner_break_cells() {
                let same = |broken: &Range| broken.count > 0 && broken.last == record as u64;
                if let Some(broken) = result.line_breaks.get_mut(column).filter(|broken| !same(broken)) {
                    broken.add(record as u64);
                }
            }
        }
        let piece = buffer.piece();
        if self.ending == Some(Ending::Return) {
            let ends = (0..tape.len()).map(|record| tape.record(record).next() - 1);
            let returns = ends.filter(|end| *end < piece.len && piece.bytes[*end] == b'\r');
            result.returns = returns.take(MOST_RETURNS + 1).map(|end| buffer.base + end as u64).collect();
        }
        // How lines should end, where some may not.
        let expected = self.ending.filter(|ending| tape.has_returns() || *ending != Ending::LineFeed);
        result.other_ending = expected.and_then(|expected| other_ending(tape, piece, expected, buffer.base));
    }
}

/// The first line that ends otherwise.
fn other_ending(tape: &Tape, piece: Piece<'_>, expected: Ending, base: u64) -> Option<OtherEnding> {
    for (record, cells) in tape.records(0).enumerate() {
        let (begin, end) = (cells.begin(), cells.next() - 1);
        let ending = Ending::at(piece.bytes, begin, end);
        if ending != expected && end < piece.len {
            let line = record as u64 + tape.inner_breaks_before(begin as u32) as u64;
            let length = cells.span(piece.bytes).len() as u64;
            return Some(OtherEnding { ending, record: record as u64, line, offset: base + begin as u64, length });
        }
    }
    None
}

/// For every segment of the index that a record begins in, the first one's place and its number. `base`: the place of the buffer.
fn segments(tape: &Tape, base: u64) -> Vec<(u64, u64)> {
    let place = |record: usize| base + tape.record(record).begin() as u64;
    let (mut segments, mut record) = (Vec::new(), 0);
    while record < tape.len() {
        let begin = place(record);
        segments.push((begin, record as u64));
        // Records before one in a later segment are in this one: half of what is left is asked about at a time.
        let (mut low, mut high) = (record + 1, tape.len());
        while low < high {
            let middle = low.midpoint(high);
            (low, high) = if begins_segment(begin, place(middle)) { (low, middle) } else { (middle + 1, high) };
        }
        record = low;
    }
    segments
}

/// What hardly any row has: something that the scanner says of it, or a line break in a cell.
struct Events<'t> {
    tape: &'t Tape,
    observations: &'t [Observation],
    breaks: &'t [u32],
}

impl<'t> Events<'t> {
    fn new(tape: &'t Tape) -> Self {
        Self { tape, observations: tape.observations(), breaks: tape.inner_break_places() }
    }

    /// A place in the next row that has something.
    fn next(&self) -> usize {
        let seen = self.observations.first().map(|seen| self.tape.record(seen.record as usize).begin());
        let broken = self.breaks.first().map(|at| *at as usize);
        seen.into_iter().chain(broken).min().unwrap_or(usize::MAX)
    }

    /// Passes over what a row has, and says whether it may be good all the same.
    fn allow(&mut self, record: usize, cells: Cells<'_>, bytes: &[u8], (delimiter, headers): (u8, usize)) -> bool {
        let seen = self.observations.partition_point(|seen| seen.record as usize <= record);
        let breaks = self.breaks.partition_point(|at| (*at as usize) < cells.next());
        self.observations = &self.observations[seen..];
        let (of_row, later) = self.breaks.split_at(breaks);
        self.breaks = later;
        let is_inside = |at: &u32| is_inside(bytes, *at as usize);
        seen == 0 && of_row.iter().all(is_inside) && !swallows(bytes, of_row, cells.next(), delimiter, headers)
    }
}

/// Whether a line break is surely neither the first nor the last of a cell, which no mark tells of.
fn is_inside(bytes: &[u8], at: usize) -> bool {
    let first = at - usize::from(bytes[at] == b'\n' && bytes[at - 1] == b'\r');
    bytes[first - 1] != b'"' && bytes[at + 1] != b'"'
}

/// Whether what follows the first of a row's line breaks may hold rows of the file: an address, or as many delimiters as a row
/// has.
fn swallows(bytes: &[u8], breaks: &[u32], next: usize, delimiter: u8, headers: usize) -> bool {
    let behind = breaks.first().map_or(next, |first| *first as usize);
    let text = &bytes[behind.min(next)..next];
    !text.is_empty()
        && (memchr::memchr(b'@', text).is_some() || memchr::memchr_iter(delimiter, text).count() + 1 >= headers)
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
    fn run(self, set: impl Windows) {
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
