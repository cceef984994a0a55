//! What is kept of a row that was judged, to find those that repeat it.

use super::careful::{Careful, Row};
use super::key::{Moment, event};
use super::worker::Worker;
use crate::plan::Table;
use crate::rules::Record;

/// What is kept of a row that was judged.
#[derive(Clone, Copy)]
pub(super) struct Judged {
    pub(super) key: u64,
    /// A hash of the address as it is written, if it has capital letters.
    pub(super) spelling: Option<u64>,
    /// Its scenario's place in the layout's tables.
    pub(super) scenario: Option<usize>,
}

impl<'b> Careful<'b, '_, '_> {
    /// What is kept of a row that was walked over.
    pub(super) fn kept(&self, worker: &Worker, row: Row<'b>, record: &Record<'_>) -> Judged {
        let (hasher, scenario) = (self.job.hasher, row.scenario);
        let Some(at) = scenario else {
            let key = hasher.record(record.cells.iter().map(|cell| cell.as_bytes()));
            return Judged { key, spelling: None, scenario };
        };
        let table = &self.job.layout.tables[at];
        let text = |column: Option<usize>| column.map_or("", |column| record.text(column)).as_bytes();
        self.kept_of(worker, table, text(table.address), text(table.event_date), at)
    }

    /// What is kept of a row of a scenario, by the texts of its address and of the date that names the event.
    #[inline(always)]
    pub(super) fn kept_of(&self, worker: &Worker, table: &Table, address: &[u8], date: &[u8], at: usize) -> Judged {
        // Without an end in the middle, many letters are looked at side by side.
        let has_capitals = || address.iter().fold(false, |any, byte| any | byte.is_ascii_uppercase());
        let capitals = has_capitals() && address.contains(&b'@');
        self.kept_by(worker, table, (self.job.hasher.person(address), capitals), address, date, at)
    }

    /// The same, given a hash of the person and whether it is an address with capital letters.
    #[inline(always)]
    pub(super) fn kept_by(
        &self,
        worker: &Worker,
        table: &Table,
        (person, capitals): (u64, bool),
        address: &[u8],
        date: &[u8],
        at: usize,
    ) -> Judged {
        // Without its date a resignation cannot contradict another one.
        let once = table.once && !address.is_empty() && !(table.resigns && date.is_empty());
        // Of what a person has once the key leaves the date out.
        let moment =
            if once { Moment::of_instant(None, b"") } else { worker.moment.unwrap_or_else(|| Moment::of(date)) };
        let key = event(table.number, person, moment, once);
        Judged { key, spelling: capitals.then(|| self.job.hasher.spelling(address)), scenario: Some(at) }
    }
}
