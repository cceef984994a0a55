//! The blocks of a file, round by round: one round is scanned while the one before is merged in file order.

use rayon::prelude::*;

use super::block::Start;
use super::columns::Columns;
use super::domains;
use super::duplicates::{Candidate, Current, Repeats, Respelling, Verdict};
use super::emit::Emitter;
use super::error::{CheckError, Stopped};
use super::job::{Ending, Job, Wanted};
use super::mend::TakeMended;
use super::options::Options;
use super::passed::CheckedBlock;
use super::reader::RecordReader;
use super::repeats::{Repeat, What};
use super::whole::MOST_RETURNS;
use super::worker::{BlockResult, Failure, OtherEnding, Range, Workers};
use crate::finding::{Finding, Place, Printable};
use crate::rules::Observed;

/// Blocks of a round for each thread, when they hold few findings. The more there are, the more keys a shard of the index reads in one
/// go.
const BLOCKS: usize = 96;

/// The same of what can be read but once, so that blocks are held with all their bytes, and of smaller blocks than the usual ones:
/// they are asked for where memory is dear.
const FEWER_BLOCKS: usize = 24;

/// The same where they are mended, and held with all their bytes.
const MENDED_BLOCKS: usize = 10;

/// Findings of a round from which on rounds become smaller, so that memory stays flat.
const MANY_FINDINGS: usize = 20_000;

/// A file's blocks, being checked.
pub(super) struct Rounds<'r, 'j, 'e, 'p> {
    pub(super) job: &'r Job<'j, 'p>,
    pub(super) emitter: &'r mut Emitter<'e, 'p>,
    repeats: &'r mut Repeats<'p>,
    workers: Workers,
    pub(super) reader: RecordReader,
    pub(super) totals: Totals,
    /// The number of the next record over all files, its spreadsheet row, and its line.
    number: u64,
    pub(super) row: u64,
    pub(super) line: u64,
    /// Where the next record begins.
    next: u64,
    /// Takes mended blocks in file order.
    merge: Option<&'r mut TakeMended<'r>>,
}

/// What the merged blocks add up to. Rows are spreadsheet rows.
#[derive(Default)]
pub(super) struct Totals {
    pub(super) rows: u64,
    pub(super) lines: u64,
    pub(super) scenarios: Vec<u64>,
    /// Rows with an error, by scenario.
    pub(super) failed: Vec<u64>,
    pub(super) columns: Columns,
    pub(super) domains: domains::Counts<Option<Box<Finding>>>,
    pub(super) too_old: Vec<Range>,
    pub(super) trailing: Range,
    /// Offset of the end of the file.
    pub(super) end: u64,
    /// By column: cells that hold line breaks.
    pub(super) line_breaks: Vec<Range>,
    /// Carriage returns that end records, where the header's line ends in one; no more than are mended, and one.
    pub(super) returns: Vec<u64>,
    /// The blocks and their digests, where evidence is kept.
    pub(super) evidence: Vec<CheckedBlock>,
    /// Whether some line ends unlike the header's.
    pub(super) ending_told: bool,
}

/// Blocks that were scanned together.
struct Round {
    first: u64,
    blocks: Vec<BlockResult>,
}

impl<'r, 'j, 'e, 'p> Rounds<'r, 'j, 'e, 'p> {
    pub(super) fn new(
        job: &'r Job<'j, 'p>,
        emitter: &'r mut Emitter<'e, 'p>,
        repeats: &'r mut Repeats<'p>,
        number: u64,
        row: u64,
        line: u64,
    ) -> Self {
        let totals = Totals {
            scenarios: vec![0; job.layout.tables.len()],
            failed: vec![0; job.layout.tables.len()],
            columns: Columns::new(job.layout),
            too_old: vec![Range::default(); job.layout.frame.headers.len()],
            line_breaks: vec![Range::default(); job.layout.frame.headers.len()],
            ..Totals::default()
        };
        Self {
            job,
            emitter,
            repeats,
            workers: Workers::default(),
            reader: RecordReader::default(),
            totals,
            number,
            row,
            line,
            next: job.begin,
            merge: None,
        }
    }

    /// Hands mended blocks on.
    pub(super) fn mending(self, merge: &'r mut TakeMended<'r>) -> Self {
        Self { merge: Some(merge), ..self }
    }

    /// Checks all blocks from the first record on.
    pub(super) fn run(mut self, begin: u64) -> Result<Totals, Stopped> {
        let threads = rayon::current_num_threads();
        let usual = self.job.source.rereads() && self.job.options.block_size >= Options::default().block_size;
        let most = if usual { BLOCKS } else { FEWER_BLOCKS };
        let mut size = 2 * threads;
        let mut pending = scan(self.job, &self.workers, &self.emitter.wanted(), 0, size);
        loop {
            let seems_ended = |block: &BlockResult| block.last || block.failure.is_some();
            let ended = pending.blocks.iter().any(seems_ended) || self.is_beyond(&pending);
            let first = pending.first + pending.blocks.len() as u64;
            let findings: usize = pending.blocks.iter().map(|block| block.findings.len()).sum();
            if self.job.repeats {
                self.expect_records(&pending, begin);
            }
            let wanted = self.emitter.wanted();
            let (job, workers) = (self.job, std::mem::take(&mut self.workers));
            size = match findings {
                // A mended block is held until it is merged.
                _ if self.merge.is_some() => MENDED_BLOCKS * threads,
                0..MANY_FINDINGS => (size * 2).min(most * threads),
                _ => (size / 2).max(threads.min(2)),
            };
            let (next, merged) = rayon::join(
                || (!ended).then(|| scan(job, &workers, &wanted, first, size)),
                || self.merge(pending, &workers),
            );
            let over = merged?;
            self.workers = workers;
            pending = match next {
                _ if over => return Ok(self.totals),
                Some(round) => round,
                // What seemed to be the end was seen by a block that began at a wrong guess.
                None => scan(self.job, &self.workers, &self.emitter.wanted(), first, size),
            };
        }
    }

    /// Whether the round's blocks reach the end of the file.
    fn is_beyond(&self, round: &Round) -> bool {
        self.job.source.size().is_some_and(|size| self.end(round) >= size)
    }

    /// Where the block behind the round begins.
    fn end(&self, round: &Round) -> u64 {
        self.job.begin + (round.first + round.blocks.len() as u64) * self.job.options.block_size
    }

    /// Makes room in the index by the number of records so far and the size of the file.
    fn expect_records(&mut self, round: &Round, begin: u64) {
        let Some(size) = self.job.source.size().filter(|_| round.first == 0) else { return };
        let records: u64 = round.blocks.iter().map(|block| block.rows).sum();
        let spans = round.blocks.iter().filter_map(|block| block.span);
        let bytes: u64 = spans.map(|(from, to)| to - from).sum();
        if bytes > 0 {
            let share = u128::from(records) * u128::from(size - begin) / u128::from(bytes);
            self.repeats.index.expect(self.number + share as u64);
        }
    }

    /// Takes a round's blocks in file order; whether they are the last.
    fn merge(&mut self, round: Round, workers: &Workers) -> Result<bool, Stopped> {
        let block_size = self.job.options.block_size;
        let (mut over, end) = (self.is_beyond(&round), self.end(&round));
        let mut blocks = Vec::with_capacity(round.blocks.len());
        for (i, block) in round.blocks.into_iter().enumerate() {
            let stop = self.job.begin + (round.first + i as u64 + 1) * block_size;
            let block = self.settled(block, stop, workers);
            let begin = self.next;
            if let Some((_, end)) = block.span {
                self.next = end;
            }
            let (ended, failed) = (block.last, block.failure.is_some());
            blocks.push((block, begin));
            if ended || failed {
                over = true;
                break;
            }
        }
        let repeats = self.repeated(&blocks);
        // Whatever becomes of this file, their numbers are taken.
        self.repeats.passed(blocks.iter().map(|(block, _)| block.records).sum());
        let repeats = repeats?;
        let mut repeats = repeats.into_iter().peekable();
        for (i, (mut block, begin)) in blocks.into_iter().enumerate() {
            workers.give_back(std::mem::take(&mut block.keys));
            let mut of_block = Vec::new();
            while let Some(repeat) = repeats.next_if(|repeat| repeat.0 == i) {
                of_block.push(repeat.1);
            }
            self.take(block, begin, &of_block)?;
        }
        // The next round may begin before the end of a long record, and a guess looks at the byte before.
        self.job.source.release(self.next.min(end).saturating_sub(1));
        Ok(over)
    }

    /// The block, scanned again if its guess was wrong.
    fn settled(&self, block: BlockResult, stop: u64, workers: &Workers) -> BlockResult {
        match block.span {
            Some((begin, _)) if begin == self.next => block,
            None if block.failure.is_some() || self.next >= stop => block,
            // No record begins here. That the block saw the end means nothing: it began inside a record.
            _ if self.next >= stop => BlockResult::default(),
            _ => workers.with(|worker| self.job.block(worker, &self.emitter.wanted(), Start::Known(self.next), stop)),
        }
    }

    /// Records of the round that repeat earlier ones: the block, and the finding with its row and line counted there.
    fn repeated(&mut self, blocks: &[(BlockResult, u64)]) -> Result<Vec<(usize, Repeat)>, Stopped> {
        if !self.job.repeats {
            return Ok(Vec::new());
        }
        let mut number = self.number;
        let mut added = Vec::with_capacity(blocks.len());
        for (block, begin) in blocks {
            for (offset, record) in &block.segments {
                self.repeats.index.note(*offset, number + record);
            }
            self.repeats.witness(&block.witnesses);
            added.push((&block.keys, self.job.base + begin, number));
            number += block.records;
        }
        let found = self.repeats.index.add(&added);
        if found.candidates.is_empty() && found.respelled.is_empty() {
            return Ok(Vec::new());
        }
        let begins: Vec<u64> = blocks.iter().map(|(_, begin)| *begin).collect();
        let current = Current {
            source: self.job.source,
            blocks: &begins,
            mending: self.job.mending.is_some().then_some(self.job),
        };
        let unreadable = |error| CheckError::read(&self.job.file, error);
        let compared = self.repeats.compare(&found.candidates, &current).map_err(unreadable)?;
        let respelled = self.repeats.respelled(&found.respelled, &current).map_err(unreadable)?;
        let repeat = |found: Candidate, what| (found.block, Repeat { record: found.record, begin: found.begin, what });
        // A row that repeats another one in other letters is one fault.
        let repeats_an_event = |of: &Candidate| {
            let at = compared.binary_search_by_key(&(of.block, of.record), |(found, ..)| (found.block, found.record));
            at.is_ok_and(|at| matches!(compared[at].1, Verdict::Row(_) | Verdict::Event(_)))
        };
        let respelled: Vec<_> =
            respelled.into_iter().filter(|respelling| !repeats_an_event(&respelling.record)).collect();
        let respelled = respelled.into_iter().map(|respelling| {
            let Respelling { record, first } = respelling;
            repeat(record, What::Respells(first))
        });
        let compared =
            compared.into_iter().map(|(found, verdict, scenario)| repeat(found, What::Repeats(verdict, scenario)));
        let mut repeats: Vec<_> = compared.chain(respelled).collect();
        repeats.sort_by_key(|(block, repeat)| (*block, repeat.record));
        Ok(repeats)
    }

    /// Adds a settled block to the totals and passes its findings on.
    fn take(&mut self, mut block: BlockResult, begin: u64, repeats: &[Repeat]) -> Result<(), Stopped> {
        let (row, line) = (self.row, self.line);
        self.emitter.count(&block.groups, row);
        let mut findings = std::mem::take(&mut block.findings);
        for finding in &mut findings {
            finding.place.row = finding.place.row.map(|at| at + row);
            finding.place.line = finding.place.line.map(|at| at + line);
        }
        let (mut uncounted, mut mends) = (Vec::new(), Vec::new());
        if let (Some(merge), Some(mended)) = (&mut self.merge, block.mended.take()) {
            let rows = repeats.iter().filter(|repeat| matches!(repeat.what, What::Repeats(Verdict::Row(_), _)));
            merge(mended, &rows.map(|repeat| repeat.begin).collect::<Vec<_>>()).map_err(Stopped::Listener)?;
        }
        let told = if self.job.mending.is_none() { repeats } else { &[] };
        for repeat in told {
            let finding = self.repeat_finding(repeat, begin, &block.inner_breaks, &block.failed);
            if let Some((finding, mend)) = finding.map_err(|error| CheckError::read(&self.job.file, error))? {
                uncounted.push(finding);
                mends.push(mend);
            }
        }
        if let Some(finding) = self.ending_finding(block.other_ending) {
            mends.push(finding.fix.as_ref().map(|fix| fix.safety));
            uncounted.push(finding);
        }
        let counted = findings.len();
        findings.extend(uncounted);
        let mut order: Vec<usize> = (0..findings.len()).collect();
        if counted < findings.len() {
            order.sort_by_key(|i| (findings[*i].place.offset, findings[*i].rule));
        }
        for i in order {
            let passed = match i.checked_sub(counted) {
                None => self.emitter.pass(&findings[i]),
                Some(uncounted) => self.emitter.add_mended(&findings[i], mends[uncounted]),
            };
            passed.map_err(Stopped::Listener)?;
        }
        self.totals.failed.iter_mut().zip(&block.failed.scenarios).for_each(|(total, rows)| *total += rows);
        self.totals.columns.join(&block.columns);
        let domains = self.count_domains(std::mem::take(&mut block.domains), begin, &block.inner_breaks);
        domains.map_err(|error| CheckError::read(&self.job.file, error))?;
        self.add_up(&block);
        self.totals.rows += block.rows;
        self.totals.lines += block.lines;
        if let Some((_, end)) = block.span {
            self.totals.end = end;
            if let Some(progress) = self.job.options.progress {
                progress(end - begin);
            }
        }
        self.number += block.records;
        self.row += block.records;
        self.line += block.lines;
        match block.failure {
            None => Ok(()),
            Some(Failure::Read(error)) => Err(CheckError::read(&self.job.file, error).into()),
            Some(Failure::TooLong { record, line: at, offset }) => Err(Stopped::File(CheckError::TooLong {
                file: Printable::new(&self.job.file).to_string(),
                line: line + at,
                row: row + record,
                offset,
                limit: self.job.options.max_record,
            })),
        }
    }

    fn add_up(&mut self, block: &BlockResult) {
        if let (Some((begin, end)), Some(digest)) = (block.span, block.digest) {
            let (offset, length) = self.job.source.stored(begin, end - begin);
            self.totals.evidence.push(CheckedBlock { offset, length, digest });
        }
        self.totals.trailing.join(&block.trailing, self.row);
        for (total, rows) in self.totals.scenarios.iter_mut().zip(&block.scenarios) {
            *total += rows;
        }
        for (total, range) in self.totals.too_old.iter_mut().zip(&block.too_old) {
            total.join(range, self.row);
        }
        for (total, range) in self.totals.line_breaks.iter_mut().zip(&block.line_breaks) {
            total.join(range, self.row);
        }
        let room = (MOST_RETURNS + 1).saturating_sub(self.totals.returns.len());
        self.totals.returns.extend(block.returns.iter().take(room));
    }

    fn ending_finding(&mut self, other: Option<OtherEnding>) -> Option<Finding> {
        let (other, expected) = (other?, self.job.ending?);
        // Of a file whose header ends in a return alone, that is what is told.
        if std::mem::replace(&mut self.totals.ending_told, true) || expected == Ending::Return {
            return None;
        }
        let (offset, length) = self.job.source.stored(other.offset, other.length);
        let place = Place {
            row: Some(self.row + other.record),
            line: Some(self.line + other.line),
            char: Some(1),
            offset: Some(offset),
            length: Some(length),
            ..Place::default()
        };
        if other.ending == Ending::Return {
            return self.emitter.observed("lone-cr", &Observed::LoneReturn { header: Some(expected.name()) }, place);
        }
        let fact = Observed::MixedLineEndings(expected.name(), other.ending.name());
        self.emitter.observed("mixed-line-endings", &fact, place)
    }
}

/// Scans the blocks from number `first` on, as many as `count`.
fn scan(job: &Job<'_, '_>, workers: &Workers, wanted: &Wanted, first: u64, count: usize) -> Round {
    let size = job.options.block_size;
    let within = |number: &u64| job.source.size().is_none_or(|end| *number == 0 || job.begin + number * size < end);
    let numbers: Vec<u64> = (first..first + count as u64).filter(within).collect();
    let block = |number: &u64| {
        let cut = job.begin + number * size;
        let start = if *number == 0 { Start::Known(cut) } else { Start::Guessed(cut) };
        workers.with(|worker| job.block(worker, wanted, start, cut + size))
    };
    let blocks = numbers.par_iter().with_max_len(1).map(block).collect();
    Round { first, blocks }
}
