//! The header record: found, read with the right delimiter, judged.

use std::sync::Arc;

use super::buffer::Buffer;
use super::careful::{Careful, Row, Target, decode, decode_all};
use super::connector::Difference;
use super::emit::Emitter;
use super::error::CheckError;
use super::job::{Ending, Job, Wanted};
use super::top::Spot;
use crate::finding::{CellText, Finding, Place, Printable};
use crate::plan::{Plan, RuleId};
use crate::rules::address::is_address;
use crate::rules::header::is_told_by_rows;
use crate::rules::{Bytes, Cell, Check, Header, Record, date};
use crate::scan::{Outcome, Scanner, Tape, unquote};
use crate::source::Source;

/// The header record; while it is looked for, any record at the top of a file.
pub(super) struct HeaderRecord {
    pub(super) tape: Tape,
    /// Offset of its first byte.
    pub(super) begin: u64,
    /// The header's texts, one a cell. In a header that looks like data, they are masked.
    pub(super) texts: Vec<Arc<str>>,
    /// Offset of the first byte behind it.
    pub(super) next: u64,
    /// Its spreadsheet row.
    pub(super) row: u64,
    /// The physical line on which it begins.
    line: u64,
    /// Physical lines up to its end.
    pub(super) lines: u64,
    /// How its line ends; `None` at the end of the file.
    pub(super) ending: Option<Ending>,
    /// Whether it is no header but a row: somebody's, with a date, and no name among its texts.
    pub(super) is_row: bool,
}

/// Reads the record that begins at `at`. `None`: there is none.
pub(super) fn read(
    source: &dyn Source,
    scanner: &Scanner,
    at: Spot,
    buffer: &mut Buffer,
    name: &Arc<str>,
) -> Result<Option<HeaderRecord>, CheckError> {
    let unreadable = |error| CheckError::read(name, error);
    buffer.hold(source, at.offset, 64 * 1024).map_err(unreadable)?;
    let mut length = buffer.text().len().max(64 * 1024);
    if buffer.text().is_empty() {
        return Ok(None);
    }
    let mut tape = Tape::default();
    loop {
        match scanner.scan_strictly(buffer.piece(), 0, 1, &mut tape) {
            Outcome::Complete(_) => return Ok(Some(HeaderRecord::new(buffer, tape, at))),
            Outcome::TooLong(_) => {
                let (file, limit) = (Printable::new(name).to_string(), scanner.limit);
                let (line, row) = (at.lines + 1, at.rows + 1);
                return Err(CheckError::TooLong { file, line, row, offset: at.offset, limit });
            }
            Outcome::NeedMore => {}
        }
        length *= 2;
        buffer.extend(source, length).map_err(unreadable)?;
    }
}

impl HeaderRecord {
    fn new(buffer: &Buffer, tape: Tape, at: Spot) -> Self {
        let piece = buffer.piece();
        let cells = tape.record(0);
        let texts = (0..cells.len()).map(|cell| unquote(&piece.bytes[cells.cell(piece.bytes, cell)]));
        let texts = texts.map(|text| decode(text).0.into()).collect();
        let end = cells.next() - 1;
        Self {
            texts,
            begin: buffer.base + cells.begin() as u64,
            next: buffer.base + cells.next().min(piece.len) as u64,
            row: at.rows + 1,
            line: at.lines + 1,
            lines: at.lines + 1 + tape.inner_breaks() as u64,
            ending: (end < piece.len).then(|| Ending::at(piece.bytes, cells.begin(), end)),
            is_row: false,
            tape,
        }
    }

    /// Where the next record begins.
    pub(super) fn end(&self) -> Spot {
        Spot { offset: self.next, rows: self.row, lines: self.lines }
    }

    /// How many of the texts are column names that the plan's mapping knows.
    pub(super) fn known(&self, plan: &Plan) -> usize {
        self.texts.iter().filter(|text| is_known(plan, text)).count()
    }

    /// Masks what is no known name where the header looks like data: a file without a header must not show its first row.
    pub(super) fn masked(mut self, plan: &Plan) -> Self {
        self.is_row = self.known(plan) == 0 && is_data(&self.texts);
        if self.texts.iter().any(|text| looks_like_data(text)) {
            for text in self.texts.iter_mut().filter(|text| !is_known(plan, text)) {
                *text = CellText::new(text.as_bytes()).masked().as_str().into();
            }
        }
        self
    }
}

/// Whether a text is a column name that the plan's mapping knows.
pub(super) fn is_known(plan: &Plan, text: &str) -> bool {
    let mapping = &plan.mapping;
    let mut fields = mapping.scenarios.iter().flat_map(|scenario| &scenario.fields);
    let is = |name: &String| name.eq_ignore_ascii_case(text.trim());
    mapping.identifier.as_ref().is_some_and(|id| is(&id.column) || id.aliases.iter().any(is))
        || fields.any(|field| is(&field.column) || field.aliases.iter().any(is))
}

/// Whether a row is somebody's: it has an address and a date.
pub(super) fn is_data(texts: &[Arc<str>]) -> bool {
    texts.iter().any(|text| is_address(text.trim())) && texts.iter().any(|text| date::read(text.trim()).day.is_some())
}

/// Whether a header's text is no name but somebody's address or a date: then the header is missing, and this is a row.
fn looks_like_data(text: &str) -> bool {
    let text = text.trim();
    is_address(text) || date::read(text).day.is_some()
}

/// What is wrong with the header, in order of position.
pub(super) fn findings(
    job: &Job<'_, '_>,
    emitter: &Emitter<'_, '_>,
    header: &HeaderRecord,
    buffer: &Buffer,
    differences: Vec<Difference>,
) -> Vec<Finding> {
    let wanted = Wanted::nothing();
    let careful = Careful::new(job, &wanted, &header.tape, buffer);
    let mut judge = Judge { job, header, careful, findings: Vec::new() };
    judge.cells(buffer);
    let plan = job.layout.plan;
    let told_later =
        (!job.options.header_only && is_told_by_rows(&job.layout.frame)).then(|| plan.id("missing-mandatory-column"));
    for id in job.layout.asked.header.iter().filter(|id| Some(**id) != told_later) {
        let Check::Header { faults } = &plan.rule(*id).check else { continue };
        for (column, explanation) in faults(&Header { frame: &job.layout.frame }) {
            match column {
                Some(column) => judge.find(*id, Target::Cell(column), explanation),
                None => judge.findings.extend(emitter.explained(*id, explanation, Place::default())),
            }
        }
    }
    for (rule, column, fact, first) in differences {
        let id = plan.id(rule);
        let Check::Engine { explain } = &plan.rule(id).check else { continue };
        let found = judge.findings.len();
        judge.find(id, column.map_or(Target::Record, Target::Cell), explain(&fact));
        judge.findings[found..].iter_mut().for_each(|finding| finding.first = Some(first.clone()));
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
    fn find(&mut self, id: RuleId, target: Target, explanation: crate::rules::Explanation) {
        let plan = self.job.layout.plan;
        let Some(severity) = plan.severity_as(id, explanation.milder) else { return };
        let cells = self.header.tape.record(0);
        let row = Row { number: 0, cells, filled: None, scenario: None };
        let seen = Record { frame: &self.job.layout.frame, scenario: None, cells: &[], valid: &[] };
        let rule = plan.rule(id);
        let mut finding = self.careful.finding(row, rule, severity, target, &seen, None, explanation);
        finding.place.row = Some(self.header.row);
        finding.place.line = finding.place.line.map(|line| line + self.header.line);
        self.findings.push(finding);
    }

    /// Structural faults, and faults that any cell may have.
    fn cells(&mut self, buffer: &Buffer) {
        let plan = self.job.layout.plan;
        for seen in self.header.tape.observations() {
            let (id, fact) = self.job.engine.seen(seen.seen, self.job.options.max_record);
            let Check::Engine { explain } = &plan.rule(id).check else { continue };
            self.find(id, Target::Cell(seen.cell as usize), explain(&fact));
        }
        let bytes = buffer.piece().bytes;
        let cells = self.header.tape.record(0);
        let (mut texts, mut valid) = (Vec::new(), Vec::new());
        decode_all(bytes, cells, &mut texts, &mut valid);
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
                kinds: Bytes::ALL,
            };
            for question in self.job.layout.asked.any.all() {
                if (question.fires)(&cell) {
                    self.find(question.id, Target::Cell(column), (question.explain)(&cell));
                }
            }
        }
    }
}
