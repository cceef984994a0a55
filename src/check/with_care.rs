//! Rows that are not surely good, one after the other, judged with care: apart from the loop of those that are, so that neither takes
//! the other's registers.

use super::careful::{Careful, Row};
use super::job::Job;
use super::kept::Judged;
use super::memory::Memory;
use super::passing::{Bounds, Passing};
use super::worker::{BlockResult, Worker};
use crate::scan::{Cells, Tape, Windows, Work};

/// Rows that are judged with care, up to some bounds.
pub(super) struct WithCare<'r, 'b, 'j, 'p> {
    pub(super) job: &'b Job<'j, 'p>,
    pub(super) careful: &'r mut Careful<'b, 'j, 'p>,
    pub(super) memory: &'r mut Memory<'b>,
    pub(super) passing: &'r mut Passing,
    pub(super) bounds: Bounds,
    /// Whether it may be looked up what scenarios rows are of.
    pub(super) quick: bool,
    /// Where the block begins in the buffer.
    pub(super) shift: usize,
    pub(super) worker: &'r mut Worker,
    pub(super) result: &'r mut BlockResult,
}

impl Job<'_, '_> {
    /// Judges rows with care. A function of its own: what is kept at hand there is not lost to [`Job::pass`].
    #[inline(never)]
    pub(super) fn with_care(&self, cares: WithCare<'_, '_, '_, '_>) {
        self.scanner.instructions.run(cares);
    }

    /// Judges the next row with care, and those behind it that are within the bounds.
    #[inline(always)]
    fn judge_with_care(&self, set: impl Windows, cares: WithCare<'_, '_, '_, '_>) {
        let WithCare { careful, memory, passing, bounds, quick, shift, worker, result, .. } = cares;
        let (tape, bytes) = (careful.tape, careful.bytes());
        let mut row = self.begin_row(set, (tape, bytes), passing.record, (passing, quick));
        loop {
            let behind = row.number + 1;
            let mut next = None;
            if behind < tape.len() {
                next = Some(self.begin_row(set, (tape, bytes), behind, (passing, quick)));
            }
            let seen = if tape.observations().is_empty() { &[] } else { tape.observations_of(row.number) };
            let judged = careful.judge(set, worker, (row, next), seen, (memory, result));
            self.end_row((row.cells, shift), row.number, judged, worker, result);
            passing.record = behind;
            match next {
                Some(next) if behind < bounds.record && next.cells.next() <= bounds.byte => row = next,
                _ => break,
            }
        }
    }

    /// A row, as far as it is known before it is judged. `quick`: it may be looked up what scenario it is of.
    #[inline(always)]
    fn begin_row<'b>(
        &self,
        set: impl Windows,
        (tape, bytes): (&'b Tape, &[u8]),
        number: usize,
        (passing, quick): (&mut Passing, bool),
    ) -> Row<'b> {
        let mut scenario = None;
        if quick {
            let table = self.table_ahead(set, bytes, tape, number, passing);
            scenario = if table < self.layout.tables.len() { Some(table) } else { None };
        }
        Row { number, cells: tape.record(number), filled: None, scenario }
    }

    /// Ends the judgement of a row.
    #[inline(always)]
    pub(super) fn end_row(
        &self,
        (cells, shift): (Cells<'_>, usize),
        record: usize,
        judged: Option<Judged>,
        worker: &mut Worker,
        result: &mut BlockResult,
    ) {
        let Some(judged) = judged else {
            result.failed.end(record, None);
            return;
        };
        result.failed.end(record, judged.scenario);
        if self.repeats {
            let spelling = if self.mending.is_none() { judged.spelling } else { None };
            worker.keys.push((judged.key, spelling), (cells.begin() - shift) as u32, record);
        }
    }
}

impl Work for WithCare<'_, '_, '_, '_> {
    #[inline(always)]
    fn run(self, set: impl Windows) {
        self.job.judge_with_care(set, self);
    }
}
