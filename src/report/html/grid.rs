//! The faulty rows as a spreadsheet shows them, with the cells marked.

use std::collections::BTreeMap;

use super::{FileSeen, Kept};
use crate::finding::{CellText, Excerpt, Printable, Severity};
use crate::report::{Values, phrase};

/// Rows that are drawn of one file, and files of which rows are drawn.
const ROWS: usize = 40;
const FILES: usize = 10;
/// Columns that are drawn of one file: the ones that faults are in come first.
const COLUMNS: usize = 26;
/// Characters of a cell that are drawn.
const CHARACTERS: usize = 80;

/// The faulty rows of one file.
pub(super) struct Grid {
    pub(super) file: String,
    /// The spreadsheet row of the header.
    pub(super) header_row: String,
    pub(super) columns: Vec<Heading>,
    pub(super) rows: Vec<Row>,
    /// Faulty rows that are not drawn.
    pub(super) left: usize,
}

/// A column's letters and header.
pub(super) struct Heading {
    pub(super) letters: String,
    pub(super) header: String,
}

/// A row: its number, and its cells where they are known.
pub(super) struct Row {
    pub(super) number: String,
    pub(super) cells: Vec<Option<Cell>>,
}

/// A cell: its text, and the rules that it breaks.
#[derive(Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// The gravest severity of its faults; empty where it has none.
    pub(super) class: &'static str,
    pub(super) faults: Vec<&'static str>,
}

/// What is known of a row.
#[derive(Default)]
struct Known<'k> {
    cells: BTreeMap<u32, &'k CellText>,
    faults: BTreeMap<u32, (Severity, Vec<&'static str>)>,
}

/// The grids of all files with faulty rows.
pub(super) fn grids(files: &[FileSeen], listed: &[&Kept], values: Values) -> Vec<Grid> {
    let of = |(at, file): (usize, &FileSeen)| {
        let own = listed.iter().filter(|kept| kept.file == at).copied();
        grid(file, own, values)
    };
    files.iter().enumerate().filter_map(of).take(FILES).collect()
}

fn grid<'k>(file: &FileSeen, kept: impl Iterator<Item = &'k Kept>, values: Values) -> Option<Grid> {
    let mut rows: BTreeMap<u64, Known<'_>> = BTreeMap::new();
    for finding in kept.map(|kept| &kept.finding) {
        let (Some(row), Some(Excerpt { cells, first_column, .. })) = (finding.place.row, &finding.excerpt) else {
            continue;
        };
        let known = rows.entry(row).or_default();
        known.cells.extend((*first_column..).zip(cells));
        // A fault of a whole record is marked at its first cell.
        let (severity, faults) =
            known.faults.entry(finding.place.column.unwrap_or(1)).or_insert((finding.severity, Vec::new()));
        *severity = (*severity).max(finding.severity);
        if !faults.contains(&finding.rule) {
            faults.push(finding.rule);
        }
    }
    let left = rows.len().saturating_sub(ROWS);
    let rows: Vec<_> = rows.into_iter().take(ROWS).collect();
    let columns = columns(&rows);
    if columns.is_empty() {
        return None;
    }
    let heading = |column: &u32| Heading {
        letters: phrase::letters(*column),
        header: file
            .headers
            .get(*column as usize - 1)
            .map_or(String::new(), |header| Printable::new(header).shortened(40).into_owned()),
    };
    let row = |(number, known): &(u64, Known<'_>)| Row {
        number: phrase::number(*number),
        cells: columns.iter().map(|column| known.cell(*column, values)).collect(),
    };
    Some(Grid {
        file: Printable::new(&file.name).to_string(),
        header_row: phrase::number(file.header_row),
        columns: columns.iter().map(heading).collect(),
        rows: rows.iter().map(row).collect(),
        left,
    })
}

/// The columns to draw, in order: those with faults, then those around them.
fn columns(rows: &[(u64, Known<'_>)]) -> Vec<u32> {
    let faulty = rows.iter().flat_map(|(_, known)| known.faults.keys());
    let around = rows.iter().flat_map(|(_, known)| known.cells.keys());
    let mut columns: Vec<u32> = Vec::new();
    for column in faulty.chain(around) {
        if columns.len() == COLUMNS {
            break;
        }
        if !columns.contains(column) {
            columns.push(*column);
        }
    }
    columns.sort_unstable();
    columns
}

impl Known<'_> {
    fn cell(&self, column: u32, values: Values) -> Option<Cell> {
        let text = |text: &CellText| match values {
            Values::Masked => text.masked().shortened(CHARACTERS).into_owned(),
            Values::Shown => text.shown().shortened(CHARACTERS).into_owned(),
        };
        let known = self.cells.get(&column).map(|known| Cell { text: text(known), ..Cell::default() });
        match self.faults.get(&column) {
            Some((severity, faults)) => {
                Some(Cell { class: severity.name(), faults: faults.clone(), ..known.unwrap_or_default() })
            }
            None => known,
        }
    }
}
