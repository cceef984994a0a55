//! A second look at a row of which some cells were mended, each for its own sake.

use super::Mending;
use crate::check::careful::{Careful, Row};
use crate::check::worker::{BlockResult, Worker};
use crate::plan::Roles;
use crate::rules::Record;

impl<'b> Careful<'b, '_, '_> {
    /// Asks again what may have another answer than in the walk before: rules about records that offer repairs or say that the row
    /// is none, and those about the cells that are not settled. Returns whether the row is one.
    ///
    /// Relies on: the same cells are filled as in the walk before, and with the same scenario. `roles`: those of a usual row.
    pub(super) fn look_again(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        record: &Record<'_>,
        (roles, mending): (Option<&Roles>, &Mending<'_>),
        result: &mut BlockResult,
    ) -> bool {
        // Whatever the date was, it may be another one now.
        worker.moment = None;
        if let Some(roles) = roles {
            for (question, _) in roles.records.iter().filter(|(question, _)| mending.chosen[usize::from(question.id)]) {
                self.asked_of_record(worker, row, *question, record, result);
            }
        } else {
            let even = record.cells.len() == record.frame.headers.len();
            for question in self.job.layout.asked.record(row.scenario, even).iter().copied() {
                let engine = &self.job.engine;
                let (ends, tears) = (engine.ends_the_row(question.id), engine.tears_the_row(question.id));
                let may_matter = mending.chosen[usize::from(question.id)] || ends || tears;
                if may_matter && self.asked_of_record(worker, row, question, record, result) && (ends || tears) {
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
