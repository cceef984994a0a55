//! Rows that are not surely good, one after the other, judged with care: apart from the loop of those that are, so that neither takes
//! the other's registers.

use super::careful::Careful;
use super::job::Job;
use super::kept::Judged;
use super::passing::{Bounds, Passing};
use super::worker::{BlockResult, Worker};
use crate::scan::{Cells, Windows, Work};

/// Rows that are judged with care, up to some bounds.
pub(super) struct WithCare<'r, 'b, 'j, 'p> {
    pub(super) job: &'b Job<'j, 'p>,
    pub(super) careful: &'r mut Careful<'b, 'j, 'p>,
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
        let WithCare { careful, passing, bounds, quick, shift, worker, result, .. } = cares;
        let (tape, bytes) = (careful.tape, careful.bytes());
        let mut number = if quick { self.table_ahead(set, bytes, tape, passing.record, passing) } else { usize::MAX };
        loop {
            let record = passing.record;
            let mut next = None;
            if quick && record + 1 < tape.len() {
                next = Some(self.table_ahead(set, bytes, tape, record + 1, passing));
            }
            let cells = tape.record(record);
            let seen = if tape.observations().is_empty() { &[] } else { tape.observations_of(record) };
            let judged = careful.judge(set, worker, (record, number, next), cells, seen, result);
            self.end_row((cells, shift), record, judged, worker, result);
            passing.record = record + 1;
            if let Some(next) = next {
                number = next;
            }
            if passing.record >= bounds.record || tape.record(passing.record).next() > bounds.byte {
                break;
            }
        }
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
