//! A usual row: one of a scenario whose identifier alone says that it is a row, as wide as the header and read as it stands. What is
//! surely good in it is seen by cheap tests, and the rules are asked about the rest.

use super::Mending;
use crate::accept;
use crate::check::careful::{Careful, Row};
use crate::check::worker::{BlockResult, Worker};
use crate::finding::Severity;
use crate::plan::{Role, Roles};
use crate::rules::{Bytes, Record};
use crate::scan::{Marks, Observation};

impl<'b, 'j> Careful<'b, 'j, '_> {
    /// What the cells of a row are to its scenario, if it is a usual one.
    pub(super) fn usual(&self, row: Row<'b>, seen: &[Observation]) -> Option<&'j Roles> {
        let layout = self.job.layout;
        let roles = layout.roles[row.scenario?].as_ref()?;
        let as_it_stands = seen.is_empty() && !self.changed.contains(&true);
        let marked = self.marked && layout.asked.any_needs.is_within(Bytes::ODD);
        let even = row.cells.len() == roles.columns.len();
        (even && as_it_stands && marked && self.job.options.accepting).then_some(roles)
    }

    /// Asks about a usual row of which no cell was changed yet: of the rules about records those that offer repairs or have errors
    /// to be counted.
    pub(super) fn look(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        record: &Record<'_>,
        (roles, mending): (&Roles, &Mending<'_>),
        result: &mut BlockResult,
    ) {
        worker.moment = None;
        worker.domain_counted = false;
        let counts = |id| mending.plan.severity(id) == Some(Severity::Error);
        for (question, _) in &roles.records {
            if mending.chosen[usize::from(question.id)] || counts(question.id) {
                self.asked_of_record(worker, row, *question, record, result);
            }
        }
        for ((column, role), text) in roles.columns.iter().enumerate().zip(record.cells) {
            if !self.passes(row, text, *role, column) {
                self.cell(worker, row, record, column, None, result);
            }
        }
    }

    /// Whether surely no rule speaks of a cell.
    #[inline(always)]
    fn passes(&self, row: Row<'b>, text: &str, role: Role, column: usize) -> bool {
        let quiet = || {
            let raw = row.cells.cell(self.bytes(), column);
            self.bytes()[raw.start] != b'"' && !Marks::any(&self.tape.marks().odd, raw.start, raw.end)
        };
        match role {
            Role::Idle => text.is_empty() || quiet(),
            Role::Foreign => text.is_empty(),
            Role::Upn | Role::Stranger | Role::Unknown => false,
            Role::Date(effective) => self.good_date(text.as_bytes(), effective).is_some(),
            Role::Text(most) => !text.is_empty() && text.len() <= most && quiet() && accept::is_plain(text.as_bytes()),
        }
    }
}
