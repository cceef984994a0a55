//! One file from its first byte to its last: kind, header, blocks, and what only the whole file shows.

use std::path::PathBuf;
use std::sync::Arc;

use super::above;
use super::buffer::Buffer;
use super::connector::Connector;
use super::duplicates::Repeats;
use super::emit::Emitter;
use super::encoding::{self, Reading};
use super::error::{CheckError, Stopped};
use super::event::{Event, FileEnd, FileStart};
use super::head::{self, LOOK};
use super::header::{self, HeaderRecord};
use super::job::{EngineRules, Job};
use super::mend::TakeMended;
use super::options::Options;
use super::passed::{CheckedBlock, Evidence, digest};
use super::past;
use super::prologue::{Begun, Prologue};
use super::rounds::{Rounds, Totals};
use super::top::{Search, Spot};
use super::whole;
use crate::accept::Day;
use crate::finding::{Finding, Place, Printable, Related};
use crate::plan::{Layout, Plan};
use crate::rules::header::{explain_absent, is_told_by_rows};
use crate::rules::{Observed, date};
use crate::scan::Scanner;
use crate::source::{DecodedSource, Source};

/// Most columns of a file, as in a spreadsheet.
const MOST_COLUMNS: usize = 16_384;

/// A file to be checked, opened.
pub(super) struct Opened<'o> {
    pub(super) name: Arc<str>,
    /// Where it can be opened again.
    pub(super) path: Option<PathBuf>,
    pub(super) source: &'o dyn Source,
    /// Offset of its first byte, all files of the run laid end to end.
    pub(super) base: u64,
}

/// What a checked file adds to the summary.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checked {
    pub(super) rows: u64,
    pub(super) bytes: u64,
    /// Bytes as read, which is more or less than stored for UTF-16; none where no row was.
    pub(super) read: u64,
}

/// Checks a file.
pub(super) fn check<'p>(
    opened: &Opened<'_>,
    plan: &'p Plan,
    options: &Options<'_>,
    repeats: &mut Repeats<'p>,
    connector: &mut Connector,
    emitter: &mut Emitter<'_, 'p>,
) -> Result<(Checked, Option<Evidence>), Stopped> {
    let unreadable = |error| CheckError::read(&opened.name, error);
    let mut look = vec![0; LOOK];
    let read = opened.source.read_at(&mut look, 0).map_err(unreadable)?;
    let mut file = FileCheck::new(opened, plan, options, repeats, connector, emitter);
    let head = &look[..read];
    let checked = match encoding::reading(head::kind(head), plan.mapping.encoding, head) {
        Err(what) => file.not_csv(what),
        Ok(Reading { decoding: None, begin, oddity }) => file.text(opened.source, begin, oddity),
        Ok(Reading { decoding: Some(encoding), begin, oddity }) => {
            let checked = file.text(&DecodedSource::new(opened.source, encoding, begin), 0, oddity);
            file.evidence.iter_mut().for_each(|evidence| evidence.decoding = Some(encoding));
            checked
        }
    }?;
    Ok((checked, file.evidence))
}

/// The size of a stream, found out by reading it from a place to its end.
fn drained(source: &dyn Source, from: u64) -> std::io::Result<u64> {
    let (mut size, mut buffer) = (from, vec![0; LOOK]);
    loop {
        let read = source.read_at(&mut buffer, size)?;
        size += read as u64;
        if read < buffer.len() {
            return Ok(size);
        }
        source.release(size);
    }
}

pub(super) struct FileCheck<'c, 'e, 'p> {
    opened: &'c Opened<'c>,
    plan: &'p Plan,
    options: &'c Options<'c>,
    emitter: &'c mut Emitter<'e, 'p>,
    repeats: &'c mut Repeats<'p>,
    connector: &'c mut Connector,
    /// What is kept of a file that was checked to its end.
    evidence: Option<Evidence>,
}

impl<'c, 'e, 'p> FileCheck<'c, 'e, 'p> {
    pub(super) fn new(
        opened: &'c Opened<'c>,
        plan: &'p Plan,
        options: &'c Options<'c>,
        repeats: &'c mut Repeats<'p>,
        connector: &'c mut Connector,
        emitter: &'c mut Emitter<'e, 'p>,
    ) -> Self {
        Self { opened, plan, options, emitter, repeats, connector, evidence: None }
    }

    fn begin(&mut self, headers: Vec<Arc<str>>, header_row: u64) -> Result<(), Stopped> {
        let (file, bytes) = (Arc::clone(&self.opened.name), self.opened.source.size());
        let start = FileStart { file, bytes, headers, header_row };
        self.emitter.event(Event::FileBegins(&start)).map_err(Stopped::Listener)
    }

    /// Passes on what is wrong with the file as a whole.
    fn file_finding(&mut self, rule: &str, fact: &Observed) -> Result<(), Stopped> {
        match self.emitter.observed(rule, fact, Place::default()) {
            Some(finding) => self.emitter.add(&finding).map_err(Stopped::Listener),
            None => Ok(()),
        }
    }

    fn end(&mut self, end: &FileEnd) -> Result<Checked, Stopped> {
        self.emitter.event(Event::FileEnds(end)).map_err(Stopped::Listener)?;
        // No record of it is in the index.
        Ok(Checked { rows: end.rows, bytes: end.bytes, read: 0 })
    }

    /// A file in which there is nothing to check.
    fn nothing(&mut self, rule: &str, fact: &Observed, bytes: u64) -> Result<Checked, Stopped> {
        self.begin(Vec::new(), 1)?;
        self.file_finding(rule, fact)?;
        for (rule, fact) in self.connector.lacking(self.plan) {
            self.file_finding(rule, &fact)?;
        }
        let counts = self.emitter.counts(None);
        let file = Arc::clone(&self.opened.name);
        let waived = self.emitter.waived();
        self.end(&FileEnd { file, rows: 0, lines: 0, bytes, scenarios: Vec::new(), counts, waived })
    }

    fn not_csv(&mut self, what: &'static str) -> Result<Checked, Stopped> {
        let source = self.opened.source;
        let bytes = source.size().map_or_else(|| drained(source, 0), Ok);
        let bytes = bytes.map_err(|error| CheckError::read(&self.opened.name, error))?;
        self.nothing("not-a-csv", &Observed::NotCsv(what), bytes)
    }

    /// Checks text that begins at `begin` of `source`; `oddity` is what was found out about it so far.
    fn text(&mut self, source: &dyn Source, begin: u64, oddity: Option<(&str, Observed)>) -> Result<Checked, Stopped> {
        let name = &self.opened.name;
        let delimiter = self.plan.mapping.delimiter;
        let Prologue { header, layout, scanner, labels, rows, block } =
            match self.prologue(source, begin, delimiter, oddity)? {
                Begun::Prologue(prologue) => *prologue,
                Begun::Nothing => return self.nothing("empty-file", &Observed::EmptyFile, source.stored_size(begin)),
                Begun::Alone { rule, fact, next } => {
                    let size = source.size().map_or_else(|| drained(source, next), Ok);
                    let size = size.map_err(|error| CheckError::read(name, error))?;
                    return self.nothing(rule, &fact, source.stored_size(size));
                }
            };
        if self.options.header_only {
            return self.leave(source, &layout, header.end());
        }
        let header = &header;
        let job = self.job(source, &layout, scanner, header, rows.offset);
        let first_row = rows.rows + 1;
        let path = self.opened.path.clone().filter(|_| source.rereads());
        let numbers =
            self.repeats.begin(Arc::clone(name), path, Arc::clone(&layout), job.scanner, self.opened.base, first_row);
        let rounds = Rounds::new(&job, self.emitter, self.repeats, numbers, first_row, rows.lines + 1);
        let totals = rounds.run(rows.offset)?;
        let unreadable = |error| CheckError::read(name, error);
        source.verify().map_err(unreadable)?;
        let checked = Checked { rows: totals.rows, bytes: source.stored_size(totals.end), read: totals.end };
        let layout_findings = whole::findings(&job, self.emitter, header, &labels, &totals, checked);
        let past = past::of_file(&layout, self.opened.source, &totals, checked.bytes).map_err(unreadable)?;
        self.whole_file(&job, header, &totals, layout_findings, past)?;
        self.evidence = block.map(|header| Evidence::of(header, &layout, job.scanner, &totals, first_row));
        let scenarios = layout.frame.scenarios.iter().map(|scenario| Arc::clone(&scenario.key));
        let end = FileEnd {
            file: Arc::clone(name),
            rows: totals.rows,
            lines: rows.lines + totals.lines,
            bytes: checked.bytes,
            scenarios: scenarios.zip(totals.scenarios.iter().copied()).collect(),
            counts: self.emitter.counts(Some(&layout)),
            waived: self.emitter.waived(),
        };
        self.end(&end)?;
        Ok(checked)
    }

    /// Reads and judges what stands before the first row, looking for this delimiter first.
    pub(super) fn prologue(
        &mut self,
        source: &dyn Source,
        begin: u64,
        delimiter: u8,
        oddity: Option<(&str, Observed)>,
    ) -> Result<Begun<'p>, Stopped> {
        let options = self.options;
        let (limit, instructions) = (options.max_record, options.instructions);
        let scanner = Scanner { delimiter, limit, expected: None, instructions };
        let name = &self.opened.name;
        let mut buffer = Buffer::default();
        let search = Search { plan: self.plan, source, scanner, name };
        let Some(top) = search.top(begin, &mut buffer)? else { return Ok(Begun::Nothing) };
        let next = top.header.next;
        if let Some(header) = top.single_quotes {
            let fact = Observed::SingleQuotes { header };
            return Ok(Begun::Alone { rule: "single-quote-quoting", fact, next });
        }
        if top.header.is_row {
            return Ok(Begun::Alone { rule: "missing-header", fact: Observed::NoHeader, next });
        }
        let (header, delimiter) = (&top.header, top.delimiter);
        if header.texts.len() > MOST_COLUMNS {
            let (file, columns) = (Printable::new(name).to_string(), header.texts.len());
            return Err(CheckError::TooWide { file, columns }.into());
        }
        let block = options.evidence.then(|| {
            let length = header.next - buffer.base;
            let (offset, stored) = source.stored(buffer.base, length);
            CheckedBlock { offset, length: stored, digest: digest(&buffer.text()[..length as usize]) }
        });
        let layout = Layout::new(self.plan, header.texts.clone(), delimiter);
        let layout = Arc::new(layout.map_err(|error| CheckError::tie(name, &error))?);
        self.begin(header.texts.clone(), header.row)?;
        if let Some((rule, fact)) = oddity {
            self.file_finding(rule, &fact)?;
        }
        if delimiter != self.plan.mapping.delimiter {
            self.file_finding("wrong-delimiter", &Observed::WrongDelimiter(self.plan.mapping.delimiter, delimiter))?;
        }
        let scanner = Scanner { delimiter, ..scanner };
        let labels = above::labels(&search, &layout, &scanner, header.end());
        let rows = labels.last().map_or(header.end(), |labels| labels.end);
        let job = self.job(source, &layout, scanner, header, rows.offset);
        self.emitter.widen(job.columns());
        above::tell(&job, self.emitter, &top)?;
        let here = Related { file: Arc::clone(name), row: header.row };
        let differences = self.connector.header(&layout, &here);
        for finding in header::findings(&job, self.emitter, header, &buffer, differences) {
            self.emitter.add(&finding).map_err(Stopped::Listener)?;
        }
        if !options.header_only {
            above::tell_labels(&job, self.emitter, &labels)?;
        }
        drop(job);
        Ok(Begun::Prologue(Box::new(Prologue { header: top.header, layout, scanner, labels, rows, block })))
    }

    /// Mends the rows behind a prologue.
    pub(super) fn rows<'r>(
        &'r mut self,
        job: &'r Job<'r, 'p>,
        prologue: &Prologue<'p>,
        take: &'r mut TakeMended<'r>,
    ) -> Result<(), Stopped> {
        let (name, rows) = (&self.opened.name, prologue.rows);
        let (layout, row) = (Arc::clone(&prologue.layout), rows.rows + 1);
        let number = self.repeats.begin(Arc::clone(name), None, layout, job.scanner, self.opened.base, row);
        let rounds = Rounds::new(job, self.emitter, self.repeats, number, row, rows.lines + 1);
        rounds.mending(take).run(rows.offset)?;
        job.source.verify().map_err(|error| CheckError::read(name, error).into())
    }

    /// Ends a file of which only the header is asked about.
    fn leave(&mut self, source: &dyn Source, layout: &Layout<'p>, header: Spot) -> Result<Checked, Stopped> {
        let end = FileEnd {
            file: Arc::clone(&self.opened.name),
            rows: 0,
            lines: header.lines,
            bytes: source.stored_size(header.offset),
            scenarios: Vec::new(),
            counts: self.emitter.counts(Some(layout)),
            waived: self.emitter.waived(),
        };
        self.end(&end)
    }

    pub(super) fn job<'j>(
        &self,
        source: &'j dyn Source,
        layout: &'j Layout<'p>,
        scanner: Scanner,
        header: &HeaderRecord,
        begin: u64,
    ) -> Job<'j, 'p>
    where
        Self: 'j,
        'p: 'j,
    {
        let engine = EngineRules::of(self.plan);
        let asked = |id| self.plan.severity(id).is_some();
        let days = chrono::Days::new(u64::from(self.plan.option("date-too-old", "days")));
        let oldest = self.plan.settings.today.checked_sub_days(days).filter(|_| asked(engine.date_too_old));
        let (first, last) = date::without_defaults();
        let far = asked(self.plan.id("date-far-future"));
        let implausible = asked(self.plan.id("date-year-implausible"));
        let believed = implausible.then(|| date::earliest(&self.plan.settings));
        let first = believed.map_or(first, |believed| first.max(believed));
        let ahead = asked(self.plan.id("effective-date-ahead")).then(|| date::latest_effective(&self.plan.settings));
        let last = if far { last.min(date::latest(&self.plan.settings)) } else { last };
        Job {
            file: Arc::clone(&self.opened.name),
            source,
            layout,
            options: self.options,
            scanner: Scanner { expected: Some(layout.cells), ..scanner },
            hasher: self.repeats.hasher,
            keyed: self.repeats.keyed.clone(),
            begin,
            base: self.opened.base,
            ending: header.ending,
            oldest: oldest.map_or(Day(0), Day::of),
            believed: believed.map_or(Day(0), Day::of),
            ahead: ahead.map_or(Day(u32::MAX), Day::of),
            usual: (Day::of(first), Day::of(last)),
            repeats: engine.of_repeats().into_iter().any(asked),
            witnessed: !source.rereads() || self.opened.path.is_none() && self.connector.left > 0,
            engine,
            mending: None,
        }
    }

    /// Mandatory columns that the file lacks, where its rows tell which it needs.
    fn absent_columns(&self, job: &Job<'_, '_>, totals: &Totals) -> Vec<Option<Finding>> {
        let frame = &job.layout.frame;
        if !is_told_by_rows(frame) {
            return Vec::new();
        }
        let id = self.plan.id("missing-mandatory-column");
        let absent = explain_absent(frame, &totals.scenarios).into_iter();
        absent.map(|explanation| self.emitter.explained(id, explanation, Place::default())).collect()
    }

    /// What only the whole file shows.
    fn whole_file(
        &mut self,
        job: &Job<'_, '_>,
        header: &HeaderRecord,
        totals: &Totals,
        mut findings: Vec<Option<Finding>>,
        past: Vec<(&'static str, Observed)>,
    ) -> Result<(), Stopped> {
        if self.options.in_git && totals.rows > 0 {
            let fact = Observed::InGit { rows: totals.rows };
            findings.push(self.emitter.observed("data-in-git", &fact, Place::default()));
        }
        if totals.rows == 0 {
            findings.push(self.emitter.observed("no-data-rows", &Observed::NoDataRows, Place::default()));
        }
        let days = self.plan.option("date-too-old", "days");
        for (column, old) in totals.too_old.iter().enumerate().filter(|(_, old)| old.count > 0) {
            let fact = Observed::TooOld { rows: old.count, between: (old.first, old.last), days };
            let header = job.layout.frame.headers.get(column).cloned();
            let place = Place { column: Some(column as u32 + 1), header, ..Place::default() };
            findings.push(self.emitter.observed("date-too-old", &fact, place));
        }
        findings.extend(self.absent_columns(job, totals));
        let mut told = Vec::new();
        for (rule, column, fact) in totals.columns.facts(job.layout, &totals.scenarios) {
            if rule == "column-entirely-empty" {
                told.push(column);
            }
            let header = job.layout.frame.headers.get(column).cloned();
            let place = Place { column: Some(column as u32 + 1), header, ..Place::default() };
            findings.push(self.emitter.observed(rule, &fact, place));
        }
        findings.extend(past.into_iter().map(|(rule, fact)| self.emitter.observed(rule, &fact, Place::default())));
        self.connector.add(job.layout, totals, &told);
        let lacking = self.connector.lacking(self.plan).into_iter();
        findings.extend(lacking.map(|(rule, fact)| self.emitter.observed(rule, &fact, Place::default())));
        let in_header = header.texts.len() > job.layout.frame.headers.len();
        if totals.trailing.count > 0 || in_header {
            let trailing = &totals.trailing;
            let between = (trailing.first, trailing.last);
            let fact =
                Observed::TrailingDelimiter { rows: trailing.count, of: totals.rows, between, header: in_header };
            findings.push(self.emitter.observed("trailing-delimiter", &fact, Place::default()));
        }
        let mut findings: Vec<_> = findings.into_iter().flatten().collect();
        findings.sort_by_key(|finding| (finding.rule, finding.place.column));
        findings.iter().try_for_each(|finding| self.emitter.add(finding)).map_err(Stopped::Listener)
    }
}
