//! A second look at a row of which some cells were mended, each for its own sake.

use super::Mending;
use crate::check::asking::Hit;
use crate::check::careful::{Careful, Row, Target};
use crate::check::worker::{BlockResult, Worker};
use crate::plan::RecordQuestion;
use crate::rules::Record;

impl<'b> Careful<'b, '_, '_> {
    /// Asks again what may have another answer than in the walk before: rules about records that offer repairs or say that the row
    /// is none, and those about the cells that are not settled. Returns whether the row is one.
    ///
    /// Relies on: the same cells are filled as in the walk before, and with the same scenario.
    pub(super) fn look_again(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        record: &Record<'_>,
        mending: &Mending<'_>,
        result: &mut BlockResult,
    ) -> bool {
        // Whatever the date was, it may be another one now.
        worker.moment = None;
        let even = record.cells.len() == record.frame.headers.len();
        for RecordQuestion { id, fires, explain } in self.job.layout.asked.record(row.scenario, even).iter().copied() {
            let (ends, tears) = (self.job.engine.ends_the_row(id), self.job.engine.tears_the_row(id));
            if !mending.chosen[usize::from(id)] && !ends && !tears {
                continue;
            }
            if let Some(at) = fires(record) {
                let target = if at == Record::WHOLE { Target::Record } else { Target::Cell(at) };
                let hit = Hit { id, target, cell: None, known: None };
                self.hit(worker, row, hit, record, &|| explain(record), result);
                if ends || tears {
                    return tears;
                }
            }
        }
        for column in (0..self.settled.len()).filter(|column| !self.settled[*column]) {
            self.cell(worker, row, record, column, None, result);
        }
        true
    }
}
