//! The loop that nearly every row of a clean file passes: rows that are surely good, one after the other, up to one that is not.

use super::columns::Watch;
use super::contents::Contents;
use super::job::Job;
use super::key::event;
use super::quick::{Good, Known};
use super::worker::{BlockResult, Worker};
use crate::plan::Finder;
use crate::scan::{Tape, Windows};

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
        let mut known = Known { set, domains, days, quiet: self.quiet_days(), returns: tape.has_returns() };
        let mut record = passing.record;
        passing.refused = false;
        for cells in tape.records(record) {
            let next = cells.next();
            if record >= bounds.record || next > bounds.byte {
                break;
            }
            let number = self.table_ahead(set, bytes, tape, record, passing);
            let (Some(table), Some(edges)) = (self.layout.tables.get(number), cells.window(0)) else {
                passing.refused = true;
                break;
            };
            let begin = cells.begin();
            if passing.special < begin {
                passing.special = tape.marks().next_special(begin);
            }
            let marks = (tape.marks(), passing.special);
            let good = if cells.len() == columns {
                self.accept(bytes, marks, (edges, columns, next - 1), &mut passing.contents, &mut known, table)
            } else {
                None
            };
            let Some(good) = good else {
                passing.refused = true;
                break;
            };
            let watch = &mut passing.watches[number];
            watch.rows += 1;
            known.domains.meet(good.domain, record, begin);
            if watch.open != 0 {
                let text = |column: usize| {
                    let (begin, end) = passing.contents.of(column);
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
                let Good { address: (from, to), person, moment, .. } = good;
                let spelled = good.capitals && self.mending.is_none();
                let spelling = spelled.then(|| self.hasher.spelling(&bytes[from..to]));
                let key = event(table.number, person, moment, table.once);
                keys.push((key, spelling), (begin - shift) as u32, record);
            }
            record += 1;
        }
        passing.record = record;
    }

    /// The scenario of a record; as many as there are tables or more where it is not known.
    #[inline(always)]
    pub(super) fn table_ahead(
        &self,
        set: impl Windows,
        bytes: &[u8],
        tape: &Tape,
        record: usize,
        passing: &mut Passing,
    ) -> usize {
        if record.wrapping_sub(passing.first) >= AHEAD {
            self.find_tables(set, bytes, tape, record, &mut passing.tables);
            passing.first = record;
        }
        passing.tables[record.wrapping_sub(passing.first) % AHEAD]
    }

    /// The scenarios of the records from `first` on. Of those that do not have as many cells as the header, it may be any.
    #[inline(always)]
    fn find_tables(&self, set: impl Windows, bytes: &[u8], tape: &Tape, first: usize, tables: &mut [usize; AHEAD]) {
        let Some(column) = self.layout.frame.identifier else {
            *tables = [0; AHEAD];
            return;
        };
        let returns = tape.has_returns() && column + 1 == self.layout.frame.headers.len();
        let mut records = tape.records(first);
        for table in tables {
            *table = Finder::NONE;
            let Some((begin, mut end)) = records.next_cell(column) else { continue };
            if returns && begin < end && bytes.get(end - 1..=end) == Some(b"\r\n") {
                end -= 1;
            }
            *table = self.table_of(set, bytes, begin, end);
        }
    }

    /// The scenario of a row, by its identifier's very bytes.
    #[inline(always)]
    fn table_of(&self, set: impl Windows, bytes: &[u8], begin: usize, end: usize) -> usize {
        let Some(window) = bytes.get(begin..).and_then(<[u8]>::first_chunk::<65>) else { return Finder::NONE };
        // What the row goes on with is looked at soon.
        set.fetch(&window[64]);
        if let Some(later) = bytes.get(begin + 128) {
            set.fetch(later);
        }
        // Of a record of fewer cells, what is on the tape may be anything.
        let Some(length) = end.checked_sub(begin) else { return Finder::NONE };
        let quoted = usize::from(window[0] == b'"');
        let Some(text) = window[quoted..].first_chunk() else { return Finder::NONE };
        let found = self.layout.finder.find(set, text, length.saturating_sub(2 * quoted));
        if found == Finder::NONE && self.layout.finder.is_crowded() {
            return self.search(bytes.get(begin..end).unwrap_or_default(), quoted);
        }
        found
    }

    /// For tables that the finder does not find.
    #[cold]
    fn search(&self, raw: &[u8], quoted: usize) -> usize {
        let text = raw.get(quoted..raw.len().wrapping_sub(quoted)).unwrap_or_default();
        self.layout.tables.iter().position(|table| table.identifier == text).unwrap_or(Finder::NONE)
    }
}
