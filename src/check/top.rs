//! What stands above the header, and which record the header is.
//!
//! The rows of a file begin below its header, but the header is not always the first line: blank lines, a hint for Excel
//! (`sep=;`) or the title of a report may stand above it. They are recognised here, before anything is judged, so that the
//! true header is used for the rest. Only the first records are looked at, and always the same ones, whatever is a file, a
//! pipe or a block.

use std::io;
use std::sync::Arc;

use super::buffer::Buffer;
use super::error::CheckError;
use super::header::{self, HeaderRecord};
use crate::plan::Plan;
use crate::rules::file::{is_single_quoted, named_delimiter, within};
use crate::scan::{DELIMITERS, Scanner};
use crate::source::Source;

/// Blank lines before the header that are told one by one; more are only counted.
const TOLD: usize = 10_000;

/// Rows among which the header is looked for.
const MOST_ROWS: usize = 25;

/// The header of a file and what stands above it.
pub(super) struct Top {
    pub(super) header: HeaderRecord,
    /// The delimiter that the header is written with.
    pub(super) delimiter: u8,
    pub(super) blank: BlankLines,
    /// A line that names a delimiter for Excel.
    pub(super) sep: Option<Stretch>,
    /// Rows of a report.
    pub(super) preamble: Option<Stretch>,
    /// Cells stand in single quotes: the header's (`true`) or those of the first row.
    pub(super) single_quotes: Option<bool>,
}

/// A place between records: its offset, and how many spreadsheet rows and physical lines stand before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) offset: u64,
    pub(super) rows: u64,
    pub(super) lines: u64,
}

/// Some records: where the first begins and where the one behind the last does, and the texts of the first.
pub(super) struct Stretch {
    pub(super) begin: Spot,
    pub(super) end: Spot,
    pub(super) texts: Vec<Arc<str>>,
}

/// Blank lines before the header.
#[derive(Default)]
pub(super) struct BlankLines {
    pub(super) count: u64,
    /// Row, offset and length of the line ending of the first of them. Only lines stand before them, so rows are lines.
    pub(super) told: Vec<(u64, u64, u64)>,
}

/// What the header is looked for with.
pub(super) struct Search<'s> {
    pub(super) plan: &'s Plan,
    pub(super) source: &'s dyn Source,
    /// With the delimiter of the plan.
    pub(super) scanner: Scanner,
    pub(super) name: &'s Arc<str>,
}

impl Search<'_> {
    /// The header of the text that begins at `begin`; `None`: there is none. Afterwards the buffer holds it.
    pub(super) fn top(&self, begin: u64, buffer: &mut Buffer) -> Result<Option<Top>, CheckError> {
        let unreadable = |error| CheckError::read(self.name, error);
        let mut blank = BlankLines::default();
        let mut at = Spot { offset: begin, ..Spot::default() };
        self.blank_lines(&mut at, Some(&mut blank), buffer).map_err(unreadable)?;
        let mut sep = None;
        let mut hint = None;
        if self.asks("sep-line")
            && let Some((delimiter, end)) = sep_line(buffer, at)
        {
            sep = Some(Stretch { begin: at, end, texts: Vec::new() });
            hint = Some(delimiter);
            at = end;
            self.blank_lines(&mut at, Some(&mut blank), buffer).map_err(unreadable)?;
        }
        let Some(first) = self.record(at, self.scanner.delimiter, buffer)? else { return Ok(None) };
        let delimiters = self.delimiters(hint);
        let mut single_quotes = self.header_in_single_quotes(at, &delimiters, buffer)?;
        let mut delimiter = self.delimiter(&first, &delimiters, at, buffer)?;
        let mut preamble = None;
        if single_quotes.is_none()
            && self.asks("preamble-rows")
            && let Some((found, below)) = self.header_below(at, delimiter, &delimiters, buffer)?
        {
            preamble = Some(Stretch { begin: at, end: below, texts: first.texts });
            (delimiter, at) = (found, below);
        }
        if single_quotes.is_none() {
            single_quotes = self.row_in_single_quotes(at, delimiter, buffer)?;
        }
        let header = self.record(at, delimiter, buffer)?.map(|header| header.masked(self.plan));
        Ok(header.map(|header| Top { header, delimiter, blank, sep, preamble, single_quotes }))
    }

    fn asks(&self, rule: &str) -> bool {
        self.plan.severity(self.plan.id(rule)).is_some()
    }

    fn record(&self, at: Spot, delimiter: u8, buffer: &mut Buffer) -> Result<Option<HeaderRecord>, CheckError> {
        header::read(self.source, &Scanner { delimiter, ..self.scanner }, at, buffer, self.name)
    }

    /// The delimiters that are tried, the plan's first.
    fn delimiters(&self, hint: Option<u8>) -> Vec<u8> {
        let mut delimiters = vec![self.scanner.delimiter];
        for delimiter in hint.into_iter().chain(DELIMITERS) {
            if !delimiters.contains(&delimiter) && !matches!(delimiter, b'"' | b'\r' | b'\n') {
                delimiters.push(delimiter);
            }
        }
        delimiters
    }

    /// The delimiter that the record was written with: the plan's, unless it makes one cell of the record and another
    /// one makes known names of it.
    fn delimiter(
        &self,
        found: &HeaderRecord,
        delimiters: &[u8],
        at: Spot,
        buffer: &mut Buffer,
    ) -> Result<u8, CheckError> {
        if found.texts.len() > 1 {
            return Ok(self.scanner.delimiter);
        }
        let mut best = (found.known(self.plan), self.scanner.delimiter);
        for delimiter in delimiters {
            let other = self.record(at, *delimiter, buffer)?.filter(|other| other.texts.len() > 1);
            if let Some(known) = other.map(|other| other.known(self.plan)).filter(|known| *known > best.0) {
                best = (known, *delimiter);
            }
        }
        Ok(best.1)
    }

    /// The header, where it stands below rows of a report, and its delimiter.
    fn header_below(
        &self,
        at: Spot,
        delimiter: u8,
        delimiters: &[u8],
        buffer: &mut Buffer,
    ) -> Result<Option<(u8, Spot)>, CheckError> {
        let Some(first) = self.record(at, delimiter, buffer)? else { return Ok(None) };
        let filled = first.texts.iter().filter(|text| !text.trim().is_empty()).count();
        let known = first.known(self.plan);
        if known * 2 >= filled && known > 0 {
            return Ok(None);
        }
        let mut best = None;
        for delimiter in delimiters {
            if let Some((known, below)) = self.walk(at, *delimiter, known, buffer)
                && best.is_none_or(|(other, _)| known > other)
            {
                best = Some((known, (*delimiter, below)));
            }
        }
        Ok(best.map(|(_, found)| found))
    }

    /// The first row below `at` that has twice as many known names as any above it: their number, and its place.
    fn walk(&self, at: Spot, delimiter: u8, known: usize, buffer: &mut Buffer) -> Option<(usize, Spot)> {
        let (mut at, mut most) = (at, known.max(1));
        for _ in 0..MOST_ROWS {
            // What cannot be read here is told when the rows are read.
            let record = self.record(at, delimiter, buffer).ok()??;
            if header::is_data(&record.texts) {
                return None;
            }
            let known = record.known(self.plan);
            if known >= 2 * most {
                return Some((known, at));
            }
            most = most.max(known);
            at = record.end();
            self.blank_lines(&mut at, None, buffer).ok()?;
        }
        None
    }

    /// Whether the header stands in single quotes, whatever its delimiter.
    fn header_in_single_quotes(
        &self,
        at: Spot,
        delimiters: &[u8],
        buffer: &mut Buffer,
    ) -> Result<Option<bool>, CheckError> {
        if !self.asks("single-quote-quoting") {
            return Ok(None);
        }
        for delimiter in delimiters {
            let Some(record) = self.record(at, *delimiter, buffer)? else { return Ok(None) };
            let mut names = record.texts.iter().filter_map(|text| within(text));
            if is_single_quoted(&record.texts) && names.any(|name| header::is_known(self.plan, name)) {
                return Ok(Some(true));
            }
        }
        Ok(None)
    }

    /// Whether the first row below the header stands in single quotes.
    fn row_in_single_quotes(&self, at: Spot, delimiter: u8, buffer: &mut Buffer) -> Result<Option<bool>, CheckError> {
        if !self.asks("single-quote-quoting") {
            return Ok(None);
        }
        let Some(header) = self.record(at, delimiter, buffer)? else { return Ok(None) };
        let row = self.record(header.end(), delimiter, buffer).ok().flatten();
        Ok(row.filter(|row| is_single_quoted(&row.texts)).map(|_| false))
    }

    /// Skips blank lines and writes them down. Where they are not written down, what stands before them is read again, and
    /// few of them are skipped.
    fn blank_lines(&self, at: &mut Spot, mut blank: Option<&mut BlankLines>, buffer: &mut Buffer) -> io::Result<()> {
        loop {
            buffer.hold(self.source, at.offset, 64 * 1024)?;
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
                (at.rows, at.lines) = (at.rows + 1, at.lines + 1);
                if let Some(blank) = &mut blank {
                    blank.count += 1;
                    if blank.told.len() < TOLD {
                        blank.told.push((at.rows, at.offset + place as u64, length as u64));
                    }
                }
                place += length;
            }
            at.offset += place as u64;
            if lines < text.len() || buffer.ends_file() || blank.is_none() {
                return Ok(());
            }
            self.source.release(at.offset);
        }
    }
}

/// The delimiter that the line at the beginning of the buffer names for Excel, and where the next line begins.
fn sep_line(buffer: &Buffer, at: Spot) -> Option<(u8, Spot)> {
    let text = buffer.text();
    let line = text.iter().take(256).position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(text.len());
    let delimiter = named_delimiter(&text[..line])?;
    let ending = match text.get(line..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([_, ..]) => 1,
        _ => 0,
    };
    let end = Spot { offset: at.offset + (line + ending) as u64, rows: at.rows + 1, lines: at.lines + 1 };
    Some((delimiter, end))
}
