//! The loop that nearly every row of a clean file passes: rows that are surely good, one after the other, up to one that is not.

use super::columns::Watch;
use super::contents::Contents;
use super::job::Job;
use super::key::event;
use super::quick::{Good, Known};
use super::worker::{BlockResult, Range, Worker};
use crate::accept;
use crate::plan::Finder;
use crate::scan::{Marks, Tape, Windows};

/// Records whose scenario is known before they are looked at: it cannot be guessed.
const AHEAD: usize = 32;

/// How far the rows of a block have been passed.
pub(super) struct Passing {
    /// The next record.
    pub(super) record: usize,
    /// Whether it was looked at and is not surely good.
    pub(super) refused: bool,
    /// The next byte from that record on that is marked, once somebody has looked.
    special: usize,
    /// Of the records from one on, their scenarios.
    first: usize,
    tables: [usize; AHEAD],
    contents: Contents,
    watches: Vec<Watch>,
    /// By column: rows whose date is too old.
    pub(super) old: [Range; 64],
}

/// Which rows may be passed.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// Up to this record.
    pub(super) record: usize,
    /// Up to the row that holds this byte.
    pub(super) byte: usize,
}

impl Passing {
    pub(super) fn new(watches: Vec<Watch>) -> Self {
        Self {
            record: 0,
            refused: false,
            special: 0,
            // Of none: no record is as near to this one as those that are known.
            first: usize::MAX / 2,
            tables: [usize::MAX; AHEAD],
            contents: Contents::new(),
            watches,
            old: [Range::default(); 64],
        }
    }

    /// What was seen of the rows that were passed.
    pub(super) fn watches(&self) -> &[Watch] {
        &self.watches
    }
}

impl Job<'_, '_> {
    /// Passes rows that are surely good, and keeps what is kept of them. `shift`: where the block begins in the buffer.
    ///
    /// Relies on: the scanner had nothing to say about these rows, and no line break stands in one.
    #[inline(always)]
    pub(super) fn pass(
        &self,
        set: impl Windows,
        (tape, bytes, shift): (&Tape, &[u8], usize),
        (passing, bounds): (&mut Passing, Bounds),
        worker: &mut Worker,
        result: &mut BlockResult,
    ) {
        let columns = self.layout.frame.headers.len();
        let Worker { domains, days, keys, .. } = worker;
        let mut known = Known { set, domains, days, quiet: self.quiet_days() };
        let (mut record, end) = (passing.record, bounds.record.min(tape.len()));
        passing.refused = columns > 64;
        'rows: while record < end && !passing.refused {
            self.look_ahead(set, bytes, tape, record, passing);
            let until = end.min(passing.first + AHEAD);
            let mut cell = tape.first_cell(record);
            while record < until {
                let number = passing.tables[record % AHEAD];
                let (Some(table), Some(edges)) = (self.layout.tables.get(number), tape.window(cell)) else {
                    passing.refused = true;
                    break 'rows;
                };
                // A row that has a table has as many cells as the header.
                let (begin, row_end) = (edges[0].wrapping_add(1) as usize, edges[columns] as usize);
                if row_end >= bounds.byte {
                    break 'rows;
                }
                if passing.special < begin {
                    passing.special = tape.marks().next_special(begin);
                }
                let marks = (tape.marks(), passing.special);
                let quoted = passing.special <= row_end && Marks::any(&tape.marks().quote, passing.special, row_end);
                let stored = (quoted.then_some(&tape.marks().quote[..]), tape.has_returns());
                let contents = passing.contents.spans(set, bytes, (edges, columns), stored);
                let Some(good) = self.accept(bytes, marks, (contents, columns, row_end), &mut known, table) else {
                    passing.refused = true;
                    break 'rows;
                };
                let watch = &mut passing.watches[number];
                watch.rows += 1;
                known.domains.meet(good.domain, record, begin);
                if watch.open != 0 {
                    let text = |column: usize| {
                        let (begin, end) = contents.of(column);
                        &bytes[begin..end]
                    };
                    result.columns.look(number, table, watch, text);
                }
                let mut too_old = good.too_old;
                while too_old != 0 {
                    passing.old[too_old.trailing_zeros() as usize % 64].add(record as u64);
                    too_old &= too_old - 1;
                }
                if self.repeats {
                    let Good { address: (from, to), person, moment, .. } = good;
                    let spelled = good.capitals && self.mending.is_none();
                    let spelling = spelled.then(|| self.hasher.spelling(&bytes[from..to]));
                    let key = event(table.number, person, moment, table.once);
                    keys.push((key, spelling), (begin - shift) as u32, record);
                }
                record += 1;
                cell += columns;
            }
        }
        passing.record = record;
    }

    /// The scenario of a record; as many as there are tables or more where it is not known, or the record does not have as many
    /// cells as the header.
    #[inline(always)]
    pub(super) fn table_ahead(
        &self,
        set: impl Windows,
        bytes: &[u8],
        tape: &Tape,
        record: usize,
        passing: &mut Passing,
    ) -> usize {
        self.look_ahead(set, bytes, tape, record, passing);
        passing.tables[record % AHEAD]
    }

    /// Finds out the scenarios of a record and those behind it, if they are not known.
    #[inline(always)]
    fn look_ahead(&self, set: impl Windows, bytes: &[u8], tape: &Tape, record: usize, passing: &mut Passing) {
        if record.wrapping_sub(passing.first) >= AHEAD {
            passing.first = record;
            self.find_tables(set, bytes, tape, record, &mut passing.tables);
        }
    }

    /// The scenarios of the records from `first` on, each at the place that its number gives.
    #[inline(always)]
    fn find_tables(&self, set: impl Windows, bytes: &[u8], tape: &Tape, first: usize, tables: &mut [usize; AHEAD]) {
        *tables = [Finder::NONE; AHEAD];
        let (columns, column) = (self.layout.frame.headers.len(), self.layout.frame.identifier);
        if let (Some(column), true) = (column, tape.are_even::<AHEAD>(first, columns)) {
            let mut cell = tape.first_cell(first) + column;
            for record in first..first + AHEAD {
                tables[record % AHEAD] = self.table_of(set, bytes, tape.cell(bytes, cell));
                cell += columns;
            }
            return;
        }
        for record in first..(first + AHEAD).min(tape.len()) {
            if tape.record(record).len() == columns {
                let cell = |column| tape.cell(bytes, tape.first_cell(record) + column);
                tables[record % AHEAD] = column.map_or(0, |column| self.table_of(set, bytes, cell(column)));
            }
        }
    }

    /// The scenario of a row that has as many cells as the header, by its identifier's very bytes.
    #[inline(always)]
    fn table_of(&self, set: impl Windows, bytes: &[u8], cell: Option<(usize, usize)>) -> usize {
        let Some((begin, end)) = cell else { return Finder::NONE };
        let Some(window) = accept::window(bytes, begin) else { return Finder::NONE };
        // What the row goes on with is looked at soon.
        if let Some(later) = bytes.get(begin + 64..begin + 129) {
            set.fetch(&later[0]);
            set.fetch(&later[64]);
        }
        let found = self.layout.finder.find(set, window, end - begin);
        if found == Finder::NONE && self.layout.finder.is_crowded() {
            return self.search(&bytes[begin..end]);
        }
        found
    }

    /// For tables that the finder does not find.
    #[cold]
    fn search(&self, raw: &[u8]) -> usize {
        let quoted = raw.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\""));
        let text = quoted.unwrap_or(raw);
        self.layout.tables.iter().position(|table| table.identifier == text).unwrap_or(Finder::NONE)
    }
}
