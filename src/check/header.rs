//! The header record: found, read with the right delimiter, judged.

use std::io;
use std::sync::Arc;

use super::buffer::Buffer;
use super::careful::{Careful, Row, Target, decode};
use super::emit::Emitter;
use super::error::CheckError;
use super::job::{Ending, Job};
use crate::finding::{CellText, Finding, Place, Printable};
use crate::plan::{Plan, RuleId};
use crate::rules::address::split;
use crate::rules::{Bytes, Cell, Check, Header, Record, date};
use crate::scan::{Outcome, Scanner, Tape, unquote};
use crate::source::Source;

/// The delimiters that exports are written with.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Blank lines before the header that are told one by one; more are only counted.
const TOLD: usize = 10_000;

/// The header and the blank lines before it.
pub(super) struct HeaderRecord {
    pub(super) tape: Tape,
    /// Offset of its first byte.
    pub(super) begin: u64,
    /// The header's texts, one a cell. In a header that looks like data, they are masked.
    pub(super) texts: Vec<Arc<str>>,
    /// The blank lines before it.
    pub(super) blank: BlankLines,
    /// Offset of the first byte behind it.
    pub(super) next: u64,
    /// Its spreadsheet row.
    pub(super) row: u64,
    /// Physical lines up to its end.
    pub(super) lines: u64,
    /// How its line ends; `None` at the end of the file.
    pub(super) ending: Option<Ending>,
}

/// Blank lines at the beginning of a file.
#[derive(Clone, Default)]
pub(super) struct BlankLines {
    pub(super) count: u64,
    /// Offset and length of the line ending of the first of them.
    pub(super) told: Vec<(u64, u64)>,
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
    let (blank, begin) = blank_lines(source, begin, buffer).map_err(unreadable)?;
    let mut length = 64 * 1024;
    buffer.load(source, begin, length).map_err(unreadable)?;
    if buffer.text().is_empty() {
        return Ok(None);
    }
    let mut tape = Tape::default();
    loop {
        match scanner.scan_strictly(buffer.piece(), 0, 1, &mut tape) {
            Outcome::Complete(_) => return Ok(Some(HeaderRecord::new(buffer, tape, blank))),
            Outcome::TooLong(_) => {
                let (file, limit, row) = (Printable::new(name).to_string(), scanner.limit, blank.count + 1);
                return Err(CheckError::TooLong { file, line: row, row, offset: begin, limit });
            }
            Outcome::NeedMore => {}
        }
        length *= 2;
        buffer.extend(source, length).map_err(unreadable)?;
    }
}

/// The blank lines from `begin` on, and where they end.
fn blank_lines(source: &dyn Source, begin: u64, buffer: &mut Buffer) -> io::Result<(BlankLines, u64)> {
    let (mut blank, mut at) = (BlankLines::default(), begin);
    loop {
        buffer.load(source, at, 64 * 1024)?;
        let text = buffer.text();
        let lines = text.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let mut place = 0;
        while place < lines {
            let last_of_buffer = place + 1 == text.len() && !buffer.ends_file();
            if text[place] == b'\r' && last_of_buffer {
                // Whether a line feed follows is seen in the next piece.
                break;
            }
            let length = if text[place..].starts_with(b"\r\n") { 2 } else { 1 };
            if blank.told.len() < TOLD {
                blank.told.push((at + place as u64, length as u64));
            }
            blank.count += 1;
            place += length;
        }
        at += place as u64;
        if lines < text.len() || buffer.ends_file() {
            return Ok((blank, at));
        }
        source.release(at);
    }
}

impl HeaderRecord {
    fn new(buffer: &Buffer, tape: Tape, blank: BlankLines) -> Self {
        let piece = buffer.piece();
        let cells = tape.record(0);
        let texts = (0..cells.len()).map(|cell| unquote(&piece.bytes[cells.cell(piece.bytes, cell)]));
        let texts = texts.map(|text| decode(text).0.into()).collect();
        let end = cells.next() - 1;
        Self {
            texts,
            begin: buffer.base + cells.begin() as u64,
            next: buffer.base + cells.next().min(piece.len) as u64,
            row: blank.count + 1,
            lines: blank.count + 1 + tape.inner_breaks() as u64,
            ending: (end < piece.len).then(|| Ending::at(piece.bytes, cells.begin(), end)),
            blank,
            tape,
        }
    }

    /// How many of the texts are column names that the plan's mapping knows.
    fn known(&self, plan: &Plan) -> usize {
        self.texts.iter().filter(|text| is_known(plan, text)).count()
    }

    /// Masks what is no known name where the header looks like data: a file without a header must not show its first row.
    fn masked(mut self, plan: &Plan) -> Self {
        if self.texts.iter().any(|text| looks_like_data(text)) {
            for text in self.texts.iter_mut().filter(|text| !is_known(plan, text)) {
                *text = CellText::new(text.as_bytes()).masked().as_str().into();
            }
        }
        self
    }
}

/// Whether a text is a column name that the plan's mapping knows.
fn is_known(plan: &Plan, text: &str) -> bool {
    let mapping = &plan.mapping;
    let mut fields = mapping.scenarios.iter().flat_map(|scenario| &scenario.fields);
    let is = |name: &String| name.eq_ignore_ascii_case(text.trim());
    mapping.identifier.as_ref().is_some_and(|id| is(&id.column) || id.aliases.iter().any(is))
        || fields.any(|field| is(&field.column) || field.aliases.iter().any(is))
}

/// Whether a header's text is no name but somebody's address or a date: then the header is missing, and this is a row.
fn looks_like_data(text: &str) -> bool {
    let text = text.trim();
    split(text).is_some_and(|(_, domain)| domain.contains('.')) || date::read(text).day.is_some()
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
        return Ok((scanner.delimiter, found.masked(plan)));
    }
    let mut best = (found.known(plan), scanner.delimiter, found);
    for delimiter in DELIMITERS.into_iter().filter(|delimiter| *delimiter != scanner.delimiter) {
        let other = read(source, &Scanner { delimiter, ..*scanner }, buffer.base, buffer, name)?;
        if let Some(other) = other.filter(|other| other.texts.len() > 1 && other.known(plan) > best.0) {
            best = (other.known(plan), delimiter, other);
        }
    }
    Ok((best.1, best.2.masked(plan)))
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
    judge.cells(buffer);
    let plan = job.layout.plan;
    for id in &job.layout.asked.header {
        let Check::Header { faults } = &plan.rule(*id).check else { continue };
        for (column, explanation) in faults(&Header { frame: &job.layout.frame }) {
            match column {
                Some(column) => judge.find(*id, Target::Cell(column), explanation),
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
    fn find(&mut self, id: RuleId, target: Target, explanation: crate::rules::Explanation) {
        let plan = self.job.layout.plan;
        let Some(severity) = plan.severity(id) else { return };
        let cells = self.header.tape.record(0);
        let row = Row { number: 0, cells, kinds: Bytes::ANY, scenario: None };
        let seen = Record { frame: &self.job.layout.frame, scenario: None, cells: &[], valid: &[] };
        let rule = plan.rule(id);
        let milder = rule.milder.filter(|_| explanation.milder).map_or(severity, |milder| milder.min(severity));
        let mut finding = self.careful.finding(row, rule, milder, target, &seen, None, explanation);
        finding.place.row = Some(self.header.row);
        finding.place.line = finding.place.line.map(|line| line + self.header.blank.count + 1);
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
                    self.find(*id, Target::Cell(column), explain(&cell));
                }
            }
        }
    }
}
