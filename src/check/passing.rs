//! The loop that nearly every row of a clean file passes: rows that are surely good, one after the other, up to one that is not.

use super::columns::Watch;
use super::contents::Contents;
use super::job::Job;
use super::key::event;
use super::quick::{Good, Known};
use super::worker::{BlockResult, Range, Worker};
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
        let mut record = passing.record;
        passing.refused = false;
        for cells in tape.records(record) {
            let next = cells.next();
            if record >= bounds.record || next > bounds.byte {
                break;
            }
            let number = self.table_ahead(set, bytes, tape, record, passing);
            let (Some(table), Some(edges), true) =
                (self.layout.tables.get(number), cells.window(0), cells.len() == columns)
            else {
                passing.refused = true;
                break;
            };
            let begin = cells.begin();
            if passing.special < begin {
                passing.special = tape.marks().next_special(begin);
            }
            let marks = (tape.marks(), passing.special);
            let quoted = passing.special < next && Marks::any(&tape.marks().quote, passing.special, next - 1);
            let contents = passing.contents.spans(bytes, (edges, columns), (quoted, tape.has_returns()));
            let Some(good) = self.accept(bytes, marks, (contents, columns, next - 1), &mut known, table) else {
                passing.refused = true;
                break;
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
        *tables = [Finder::NONE; AHEAD];
        let returns = tape.has_returns() && column + 1 == self.layout.frame.headers.len();
        let mut records = tape.records(first);
        for table in tables {
            let Some(edges) = records.next().and_then(|cells| cells.window::<65>(0)) else { break };
            // Rows of more cells are not passed.
            let column = column % 64;
            let (begin, mut end) = (edges[column].wrapping_add(1) as usize, edges[column + 1] as usize);
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
        let [text @ .., _] = window;
        // Of a record of fewer cells, what is on the tape may be anything.
        let found = self.layout.finder.find(set, text, end.wrapping_sub(begin));
        if found == Finder::NONE && self.layout.finder.is_crowded() {
            return self.search(bytes.get(begin..end).unwrap_or_default());
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
