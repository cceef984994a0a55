//! What a worker keeps between blocks, and what it hands back for one.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::buffer::Buffer;
use super::columns::Columns;
use super::domains::{self, Domains};
use super::duplicates::{Keys, Witness};
use super::job::{Ending, Job};
use super::key::Moment;
use super::mend::{Memo, MendedBlock, Offer};
use super::passed::Digest;
use super::tally::{Group, Tally};
use super::verdicts::Verdicts;
use crate::accept;
use crate::finding::Finding;
use crate::scan::Tape;

/// Memory that is used again for every block.
pub(super) struct Worker {
    pub(super) buffer: Buffer,
    pub(super) tape: Tape,
    pub(super) domains: Domains,
    pub(super) days: accept::Days,
    /// Domains of which no rule speaks for their own sake, whatever stands before the `@`.
    pub(super) silent: accept::Domains,
    pub(super) tally: Tally,
    pub(super) verdicts: Verdicts,
    /// What the block's records are told apart by.
    pub(super) keys: Keys,
    /// Repairs that were offered for the row at hand.
    pub(super) offers: Vec<Offer>,
    /// Walks over the row at hand that were made already.
    pub(super) walks: usize,
    /// Errors of the rows as they were, by rule.
    pub(super) errors: Vec<u64>,
    pub(super) memo: Memo,
    /// When the event of the row at hand happened, if its date was judged and not simply accepted.
    pub(super) moment: Option<Moment>,
    /// Whether the domain of the row at hand was counted.
    pub(super) domain_counted: bool,
}

impl Worker {
    pub(super) fn new() -> Self {
        Self {
            buffer: Buffer::default(),
            tape: Tape::default(),
            domains: Domains::default(),
            days: accept::Days::default(),
            silent: accept::Domains::default(),
            tally: Tally::default(),
            verdicts: Verdicts::default(),
            keys: Keys::default(),
            offers: Vec::new(),
            walks: 0,
            errors: Vec::new(),
            memo: Memo::default(),
            moment: None,
            domain_counted: false,
        }
    }
}

/// Workers that wait for their next block.
#[derive(Default)]
pub(super) struct Workers {
    idle: Mutex<Vec<Worker>>,
    /// Memory of keys that were merged: what is used again need not be mapped again.
    spare: Mutex<Vec<Keys>>,
}

impl Workers {
    /// Lets one of them work.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Worker) -> T) -> T {
        let mut worker = lock(&self.idle).pop().unwrap_or_else(Worker::new);
        worker.keys = lock(&self.spare).pop().unwrap_or_default();
        let done = work(&mut worker);
        lock(&self.idle).push(worker);
        done
    }

    /// Takes back the memory of keys that were merged.
    pub(super) fn give_back(&self, keys: Keys) {
        lock(&self.spare).push(keys);
    }
}

fn lock<T>(list: &Mutex<Vec<T>>) -> MutexGuard<'_, Vec<T>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was found in one block. Rows and lines count from 0 at the block's first record.
#[derive(Default)]
pub(super) struct BlockResult {
    /// Where the first record of the block begins and where the first one behind it does; `None` where no record begins.
    pub(super) span: Option<(u64, u64)>,
    /// The digest of the records' bytes as they were scanned, where evidence is kept.
    pub(super) digest: Option<Digest>,
    /// Whether the file ends in this block.
    pub(super) last: bool,
    /// Records, blank ones too.
    pub(super) records: u64,
    /// Records that are not blank.
    pub(super) rows: u64,
    /// Physical lines.
    pub(super) lines: u64,
    /// Findings kept in detail, in file order.
    pub(super) findings: Vec<Finding>,
    /// How many of them are of rows before the one at hand.
    pub(super) before: usize,
    /// What fired how often.
    pub(super) groups: Vec<Group>,
    /// By column: dates that are too old.
    pub(super) too_old: Vec<Range>,
    /// Records with surplus empty cells.
    pub(super) trailing: Range,
    /// The first record whose line ends unlike the header's, and where it begins.
    pub(super) other_ending: Option<OtherEnding>,
    /// Rows by scenario.
    pub(super) scenarios: Vec<u64>,
    pub(super) failed: Failed,
    pub(super) columns: Columns,
    /// Domains of the rows, where somebody wants to know.
    pub(super) domains: domains::Counts<domains::First>,
    pub(super) keys: Keys,
    pub(super) witnesses: Vec<Witness>,
    /// Records that begin a segment of the index: offset in all files laid end to end, number in the block.
    pub(super) segments: Vec<(u64, u64)>,
    /// Line breaks inside quoted cells, as offsets from the block's first record.
    pub(super) inner_breaks: Vec<u32>,
    /// The block as it is to be, when rows are mended.
    pub(super) mended: Option<MendedBlock>,
    /// By column: cells that hold line breaks.
    pub(super) line_breaks: Vec<Range>,
    /// Carriage returns that end records, where the header's line ends in one; no more than are mended, and one.
    pub(super) returns: Vec<u64>,
    /// Why the block could not be checked to its end.
    pub(super) failure: Option<Failure>,
}

/// Rows with an error.
#[derive(Default)]
pub(super) struct Failed {
    /// Whether the row under judgement has one.
    pub(super) now: bool,
    /// Bit `i`: record `i` of the block.
    records: Vec<u64>,
    /// How many there are, by scenario.
    pub(super) scenarios: Vec<u64>,
}

impl Failed {
    pub(super) fn new(scenarios: usize) -> Self {
        Self { scenarios: vec![0; scenarios], ..Self::default() }
    }

    /// Ends the judgement of a row.
    #[inline(always)]
    pub(super) fn end(&mut self, record: usize, scenario: Option<usize>) {
        let failed = std::mem::take(&mut self.now);
        if let Some(scenario) = scenario {
            if record / 64 >= self.records.len() {
                self.grow(record);
            }
            self.records[record / 64] |= u64::from(failed) << (record % 64);
            self.scenarios[scenario] += u64::from(failed);
        }
    }

    /// Makes room for a record, and for as many again.
    #[cold]
    fn grow(&mut self, record: usize) {
        self.records.resize(2 * (record / 64) + 16, 0);
    }

    /// Whether a record of a known scenario has an error.
    pub(super) fn has(&self, record: u32) -> bool {
        self.records.get(record as usize / 64).is_some_and(|bits| bits >> (record % 64) & 1 == 1)
    }
}

/// How many records have something, and the first and the last of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub(super) count: u64,
    pub(super) first: u64,
    pub(super) last: u64,
}

impl Range {
    #[inline(always)]
    pub(super) fn add(&mut self, record: u64) {
        if self.count == 0 {
            self.first = record;
        }
        self.last = record;
        self.count += 1;
    }

    /// Adds other records, wherever they lie, which count from `from`.
    pub(super) fn join(&mut self, other: &Self, from: u64) {
        if other.count > 0 {
            let first = from + other.first;
            self.first = if self.count == 0 { first } else { self.first.min(first) };
            self.last = self.last.max(from + other.last);
            self.count += other.count;
        }
    }
}

/// A line that ends unlike the header's.
#[derive(Clone, Copy, Debug)]
pub(super) struct OtherEnding {
    pub(super) ending: Ending,
    pub(super) record: u64,
    pub(super) line: u64,
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// Why a file could not be checked to its end.
#[derive(Debug)]
pub(super) enum Failure {
    /// It could not be read.
    Read(io::Error),
    /// A record is longer than the limit: its number and line, counted in the block, and its offset.
    TooLong { record: u64, line: u64, offset: u64 },
}

impl Worker {
    /// Makes ready for a block.
    pub(super) fn reset(&mut self, job: &Job<'_, '_>) {
        self.tally.reset(job.layout.plan.rule_ids().count() * 2, job.columns());
        self.verdicts.kinds.begin();
        self.errors.clear();
        self.errors.resize(job.layout.plan.rule_ids().count(), 0);
        self.domains.reset();
    }
}
