//! The header record: found, read with the right delimiter, judged.

use std::borrow::Cow;
use std::sync::Arc;

use super::buffer::Buffer;
use super::careful::{Careful, Row, Target, decode};
use super::emit::Emitter;
use super::error::CheckError;
use super::job::{Ending, Job};
use crate::finding::{Finding, Place, Printable};
use crate::plan::{Plan, RuleId};
use crate::rules::{Bytes, Cell, Check, Header, Record};
use crate::scan::{Outcome, Scanner, Tape, unquote};
use crate::source::Source;

/// The delimiters that exports are written with.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The header and the blank lines before it.
pub(super) struct HeaderRecord {
    tape: Tape,
    /// The header's texts, one a cell.
    pub(super) texts: Vec<Arc<str>>,
    /// Offset of the first byte behind it.
    pub(super) next: u64,
    /// Its spreadsheet row.
    pub(super) row: u64,
    /// Physical lines up to its end.
    pub(super) lines: u64,
    /// How its line ends; `None` at the end of the file.
    pub(super) ending: Option<Ending>,
}

/// Reads the first record that is not blank, from `begin` on. `None`: there is none.
pub(super) fn read(
    source: &dyn Source,
    scanner: &Scanner,
    begin: u64,
    buffer: &mut Buffer,
    name: &Arc<str>,
) -> Result<Option<HeaderRecord>, CheckError> {
    let unreadable = |error| CheckError::read(name, error);
    let mut length = 64 * 1024;
    buffer.load(source, begin, length).map_err(unreadable)?;
    let mut tape = Tape::default();
    loop {
        let filled = buffer.text().iter().position(|byte| !matches!(byte, b'\n' | b'\r'));
        if let Some(filled) = filled {
            match scanner.scan_strictly(buffer.piece(), 0, filled + 1, &mut tape) {
                Outcome::Complete(_) => return Ok(Some(HeaderRecord::new(buffer, tape))),
                Outcome::TooLong(at) => {
                    let (file, limit) = (Printable::new(name).to_string(), scanner.limit);
                    let row = tape.len() as u64 + 1;
                    return Err(CheckError::TooLong { file, line: row, row, offset: begin + at as u64, limit });
                }
                Outcome::NeedMore => {}
            }
        } else if buffer.ends_file() {
            return Ok(None);
        }
        length *= 2;
        buffer.extend(source, length).map_err(unreadable)?;
    }
}

impl HeaderRecord {
    fn new(buffer: &Buffer, tape: Tape) -> Self {
        let piece = buffer.piece();
        let cells = tape.record(tape.len() - 1);
        let texts = (0..cells.len()).map(|cell| unquote(&piece.bytes[cells.cell(piece.bytes, cell)]));
        let texts = texts.map(|text| decode(text).0.into()).collect();
        let end = cells.next() - 1;
        Self {
            texts,
            next: buffer.base + cells.next().min(piece.len) as u64,
            row: tape.len() as u64,
            lines: (tape.len() + tape.inner_breaks()) as u64,
            ending: (end < piece.len).then(|| Ending::at(piece.bytes, cells.begin(), end)),
            tape,
        }
    }

    /// How many of the texts are column names that the plan's mapping knows.
    fn known(&self, plan: &Plan) -> usize {
        let mapping = &plan.mapping;
        let fields = || mapping.scenarios.iter().flat_map(|scenario| &scenario.fields);
        let is_known = |text: &str| {
            let is = |name: &String| name.eq_ignore_ascii_case(text.trim());
            mapping.identifier.as_ref().is_some_and(|id| is(&id.column) || id.aliases.iter().any(is))
                || fields().any(|field| is(&field.column) || field.aliases.iter().any(is))
        };
        self.texts.iter().filter(|text| is_known(text)).count()
    }
}

/// The header read with the delimiter that it was written with, which may not be the plan's.
pub(super) fn delimited(
    plan: &Plan,
    scanner: &Scanner,
    source: &dyn Source,
    buffer: &mut Buffer,
    found: HeaderRecord,
    name: &Arc<str>,
) -> Result<(u8, HeaderRecord), CheckError> {
    if found.texts.len() > 1 {
        return Ok((scanner.delimiter, found));
    }
    let mut best = (found.known(plan), scanner.delimiter, found);
    for delimiter in DELIMITERS.into_iter().filter(|delimiter| *delimiter != scanner.delimiter) {
        let other = read(source, &Scanner { delimiter, ..*scanner }, buffer.base, buffer, name)?;
        if let Some(other) = other.filter(|other| other.texts.len() > 1 && other.known(plan) > best.0) {
            best = (other.known(plan), delimiter, other);
        }
    }
    Ok((best.1, best.2))
}

/// What is wrong with the header, in order of position.
pub(super) fn findings(
    job: &Job<'_, '_>,
    emitter: &Emitter<'_, '_>,
    header: &HeaderRecord,
    buffer: &Buffer,
) -> Vec<Finding> {
    let wanted = emitter.wanted();
    let careful = Careful::new(job, &wanted, &header.tape, buffer);
    let mut judge = Judge { job, header, careful, findings: Vec::new() };
    judge.blank_lines();
    judge.cells(buffer);
    let plan = job.layout.plan;
    for id in &job.layout.asked.header {
        let Check::Header { faults } = &plan.rule(*id).check else { continue };
        for (column, explanation) in faults(&Header { frame: &job.layout.frame }) {
            match column {
                Some(column) => judge.find(*id, header.tape.len() - 1, Target::Cell(column), explanation),
                None => judge.findings.extend(emitter.explained(*id, explanation, Place::default())),
            }
        }
    }
    let mut findings = judge.findings;
    findings.sort_by(|a, b| (a.place.offset, a.rule).cmp(&(b.place.offset, b.rule)));
    findings
}

struct Judge<'h, 'j, 'p> {
    job: &'h Job<'j, 'p>,
    header: &'h HeaderRecord,
    careful: Careful<'h, 'j, 'p>,
    findings: Vec<Finding>,
}

impl Judge<'_, '_, '_> {
    fn find(&mut self, id: RuleId, record: usize, target: Target, explanation: crate::rules::Explanation) {
        let plan = self.job.layout.plan;
        let Some(severity) = plan.severity(id) else { return };
        let cells = self.header.tape.record(record);
        let row = Row { number: record, cells, kinds: Bytes::ANY, scenario: None };
        let seen = Record { frame: &self.job.layout.frame, scenario: None, cells: &[], valid: &[] };
        let rule = plan.rule(id);
        let milder = rule.milder.filter(|_| explanation.milder).map_or(severity, |milder| milder.min(severity));
        let mut finding = self.careful.finding(row, rule, milder, target, &seen, None, explanation);
        finding.place.row = Some(record as u64 + 1);
        finding.place.line = finding.place.line.map(|line| line + 1);
        self.findings.push(finding);
    }

    fn blank_lines(&mut self) {
        let id = self.job.layout.plan.id("blank-line");
        let Check::Record { explain, .. } = &self.job.layout.plan.rule(id).check else { return };
        let blank =
            Record { frame: &self.job.layout.frame, scenario: None, cells: &[Cow::Borrowed("")], valid: &[true] };
        for record in 0..self.header.tape.len() - 1 {
            self.find(id, record, Target::Record, explain(&blank));
        }
    }

    /// Structural faults, and faults that any cell may have.
    fn cells(&mut self, buffer: &Buffer) {
        let plan = self.job.layout.plan;
        let last = self.header.tape.len() - 1;
        for seen in self.header.tape.observations() {
            let (id, fact) = self.job.engine.seen(seen.seen, self.job.options.max_record);
            let Check::Engine { explain } = &plan.rule(id).check else { continue };
            self.find(id, last, Target::Cell(seen.cell as usize), explain(&fact));
        }
        let bytes = buffer.piece().bytes;
        let cells = self.header.tape.record(last);
        let decoded: Vec<_> = (0..cells.len()).map(|at| decode(unquote(&bytes[cells.cell(bytes, at)]))).collect();
        let valid: Vec<_> = decoded.iter().map(|(_, valid)| *valid).collect();
        let texts: Vec<_> = decoded.into_iter().map(|(text, _)| text).collect();
        let record = Record { frame: &self.job.layout.frame, scenario: None, cells: &texts, valid: &valid };
        for column in 0..texts.len() {
            let cell = Cell {
                text: &texts[column],
                valid: valid[column],
                column,
                field: None,
                record: &record,
                reading: None,
                address: None,
            };
            for id in &self.job.layout.asked.any {
                if let Check::Cell { fires, explain, .. } = &plan.rule(*id).check
                    && fires(&cell)
                {
                    self.find(*id, last, Target::Cell(column), explain(&cell));
                }
            }
        }
    }
}
