//! Hits turned into findings: places, values, excerpts and edits.

use std::sync::Arc;

use super::careful::{Careful, Row, Target};
use super::mend::written;
use crate::finding::{CellText, Edit, Excerpt, Finding, Fix, Link, LinkKey, Place, Severity};
use crate::rules::{Cell, Explanation, Mend, Record, Rule};
use crate::scan::unquote;

/// Longest text that a finding's edit carries: findings of huge cells must not cost memory.
const LONGEST_EDIT: usize = 4096;

/// Cells shown on each side of the faulty one.
const AROUND: usize = 2;

impl<'b> Careful<'b, '_, '_> {
    /// The finding for a hit. Its row and line count from the block's first record.
    #[cold]
    #[expect(clippy::too_many_arguments, reason = "one hit's whole situation")]
    pub(super) fn finding(
        &self,
        row: Row<'b>,
        rule: &'static Rule,
        severity: Severity,
        target: Target,
        record: &Record<'_>,
        cell: Option<&Cell<'_>>,
        explanation: Explanation,
    ) -> Finding {
        let place = self.place(row, target, record);
        Finding {
            rule: rule.name,
            severity,
            file: Arc::clone(&self.job.file),
            scenario: record.scenario.map(|scenario| Arc::clone(&scenario.key)),
            person: self.job.options.links.and_then(|key| self.person(key, row, record)),
            message: explanation.message.into_owned(),
            help: explanation.help.into_owned(),
            value: self.value(row, target, cell),
            fix: explanation.mend.and_then(|mend| self.fix(row, target, mend)),
            first: None,
            excerpt: self.job.options.excerpts.then(|| self.excerpt(row, target)),
            place,
        }
    }

    /// Whom the row is about. A row of no known scenario is about whoever stands where other rows have somebody.
    fn person(&self, key: &LinkKey, row: Row<'_>, record: &Record<'_>) -> Option<Link> {
        let tables = &self.job.layout.tables;
        let column = match row.scenario {
            Some(at) => tables.get(at)?.address,
            None => tables.iter().find_map(|table| table.address),
        };
        let address = record.text(column?).trim();
        (!address.is_empty()).then(|| key.link(address))
    }

    /// Bytes of the target in the buffer.
    pub(super) fn range(&self, row: Row<'b>, target: Target) -> std::ops::Range<usize> {
        let span = row.cells.span(self.bytes());
        match target {
            Target::Record => span,
            Target::Cell(column) if column < row.cells.len() => row.cells.cell(self.bytes(), column),
            Target::Cell(_) => span.end..span.end,
        }
    }

    fn place(&self, row: Row<'b>, target: Target, record: &Record<'_>) -> Place {
        let range = self.range(row, target);
        let begin = range.start as u32;
        let line = row.number + self.tape.inner_breaks_before(begin);
        let line_begin = match self.tape.last_inner_break(row.cells.begin() as u32, begin) {
            Some(at) => at as usize + 1,
            None => row.cells.begin(),
        };
        let before = self.characters(line_begin, range.start);
        let (offset, length) = self.job.source.stored(self.buffer.base + range.start as u64, range.len() as u64);
        let column = match target {
            Target::Cell(column) => Some(column),
            Target::Record => None,
        };
        Place {
            row: Some(row.number as u64),
            line: Some(line as u64),
            column: column.map(|column| column as u32 + 1),
            header: column.and_then(|column| record.frame.headers.get(column)).cloned(),
            char: Some(before as u64 + 1),
            offset: Some(offset),
            length: Some(length),
        }
    }

    /// Characters between the beginning of a line and a place in it. Rows of many cells are counted through once.
    fn characters(&self, line: usize, place: usize) -> usize {
        let (known_line, known_place, known) = self.counted.get();
        let goes_on = known_line == line && (line..=place).contains(&known_place) && known > 0;
        let (from, counted) = if goes_on { (known_place, known) } else { (line, 0) };
        let counted = counted + String::from_utf8_lossy(&self.bytes()[from..place]).chars().count();
        self.counted.set((line, place, counted));
        counted
    }

    fn value(&self, row: Row<'b>, target: Target, cell: Option<&Cell<'_>>) -> Option<CellText> {
        let is_cell = cell.is_some() || matches!(target, Target::Cell(column) if column < row.cells.len());
        is_cell.then(|| CellText::new(&unquote(&self.bytes()[self.range(row, target)])))
    }

    fn excerpt(&self, row: Row<'b>, target: Target) -> Excerpt {
        let column = match target {
            Target::Cell(column) => column.min(row.cells.len() - 1),
            Target::Record => 0,
        };
        let first = column.saturating_sub(AROUND);
        let end = (column + AROUND + 1).max(first + 2 * AROUND + 1).min(row.cells.len());
        let text = |column| CellText::new(&unquote(&self.bytes()[row.cells.cell(self.bytes(), column)]));
        let cells = (first..end).map(text).collect();
        Excerpt { cells, first_column: first as u32 + 1, more: end < row.cells.len() }
    }

    /// The byte edits of a repair. Decoded files have none: they are converted first.
    fn fix(&self, row: Row<'b>, target: Target, mend: Mend) -> Option<Fix> {
        if self.job.source.decodes() {
            return None;
        }
        let edit = |range: std::ops::Range<usize>, text: String| Edit {
            offset: self.buffer.base + range.start as u64,
            length: range.len() as u64,
            text,
        };
        let cell = |column: usize, text: &str| {
            let range = (column < row.cells.len()).then(|| row.cells.cell(self.bytes(), column))?;
            let raw = &self.bytes()[range.clone()];
            let written = written(text, raw.first() == Some(&b'"'), self.job.scanner.delimiter);
            let (same_before, same_after) = common_ends(raw, written.as_bytes());
            let changed = written.get(same_before..written.len() - same_after)?;
            let range = range.start + same_before..range.end - same_after;
            (changed.len() <= LONGEST_EDIT).then(|| edit(range, changed.to_owned()))
        };
        let delimiter = char::from(self.job.scanner.delimiter);
        let span = row.cells.span(self.bytes());
        let (safety, edits) = match mend {
            Mend::Cell(safety, text) => match target {
                Target::Cell(column) => (safety, vec![cell(column, &text)?]),
                Target::Record => return None,
            },
            Mend::Cells(safety, mut texts) => {
                texts.sort_by_key(|(column, _)| *column);
                let edits: Option<Vec<_>> = texts.iter().map(|(column, text)| cell(*column, text)).collect();
                (safety, edits?)
            }
            Mend::DeleteRecord(safety) => {
                let next = row.cells.next().min(self.buffer.text().len());
                (safety, vec![edit(span.start..next, String::new())])
            }
            Mend::Bytes(safety, offset, length, text) => (safety, vec![Edit { offset, length, text }]),
            Mend::Whole(safety) => (safety, Vec::new()),
            Mend::Pad(safety, cells) => (safety, vec![edit(span.end..span.end, delimiter.to_string().repeat(cells))]),
        };
        Some(Fix { safety, edits, by_hand: false })
    }
}

/// How many bytes at the beginning and at the end are the same, whole characters only.
fn common_ends(old: &[u8], new: &[u8]) -> (usize, usize) {
    let is_boundary = |bytes: &[u8], at: usize| bytes.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let mut before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    while !is_boundary(old, before) || !is_boundary(new, before) {
        before -= 1;
    }
    let most = old.len().min(new.len()) - before;
    let mut after = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    while !is_boundary(old, old.len() - after) || !is_boundary(new, new.len() - after) {
        after -= 1;
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::common_ends;

    #[test]
    fn only_what_changes_is_replaced() {
        assert_eq!(common_ends(b" abc", b"abc"), (0, 3));
        assert_eq!(common_ends(b"abc  ", b"abc"), (3, 0));
        assert_eq!(common_ends(b"aaa", b"aa"), (2, 0));
        assert_eq!(common_ends("ä–ö".as_bytes(), "ä-ö".as_bytes()), (2, 2));
        // Two characters that share their first byte are replaced whole.
        assert_eq!(common_ends("é".as_bytes(), "è".as_bytes()), (0, 0));
        assert_eq!(common_ends(b"same", b"same"), (4, 0));
    }
}
