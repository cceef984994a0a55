//! The table at the end of a file: how often every rule fired in every column.

use std::fmt::Write as _;

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};

use super::super::paint::Paint;
use super::super::{Options, phrase};
use crate::check::{Count, FileEnd};
use crate::finding::{Printable, Severity};

const HEADINGS: [&str; 5] = ["severity", "rule", "column", "count", "rows"];
/// Terminals under this width get no rows, and columns without their names.
const NARROW: usize = 72;

/// The file's heading, and a row for each of the first `most` counts.
pub(super) fn draw(end: &FileEnd, most: usize, options: &Options) -> String {
    let paint = Paint(options.colour);
    // Escaped with its colon: a file called `:` must not begin a line with `::`.
    let file = Printable::new(&format!("{}:", end.file));
    let mut out =
        format!("{} {}, {}\n", paint.strong(file.as_str()), phrase::count(end.rows, "row"), phrase::size(end.bytes));
    let narrow = options.width < NARROW;
    let columns = if narrow { HEADINGS.len() - 1 } else { HEADINGS.len() };
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(options.width).unwrap_or(u16::MAX))
        .set_header(&HEADINGS[..columns])
        .add_rows(end.counts.iter().take(most).map(|count| row(count, narrow).into_iter().take(columns)));
    for (i, column) in table.column_iter_mut().enumerate() {
        // Only the columns' names are broken where the terminal is narrow; the rest is what people search for.
        if HEADINGS[i] != "column" && !narrow {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        column.set_padding((0, u16::from(i + 1 < columns)));
    }
    for line in table.lines() {
        let line = line.trim_end();
        let severity = Severity::ALL.into_iter().find(|severity| line.starts_with(severity.name()));
        match severity {
            Some(severity) => {
                out += &paint.severity(severity, severity.name());
                out += &line[severity.name().len()..];
            }
            None => out += line,
        }
        out.push('\n');
    }
    if end.counts.len() > most {
        let more = phrase::number((end.counts.len() - most) as u64);
        writeln!(out, "and {more} more pairs of rule and column (--format json counts all)")
            .expect("writing to a String cannot fail");
    }
    out
}

fn row(count: &Count, narrow: bool) -> [Cell; 5] {
    let column = count.column.map_or(String::new(), |column| {
        if narrow {
            return phrase::letters(column);
        }
        let header = Printable::new(count.header.as_deref().unwrap_or_default());
        format!("{} {}", phrase::letters(column), phrase::clip(header.as_str(), 24)).trim_end().to_owned()
    });
    let rows = count.rows.map_or(String::new(), |(first, last)| {
        let (first, last) = (phrase::number(first), phrase::number(last));
        if first == last { first } else { format!("{first}–{last}") }
    });
    [
        Cell::new(count.severity.name()),
        Cell::new(count.rule),
        Cell::new(column),
        Cell::new(phrase::number(count.count)).set_alignment(CellAlignment::Right),
        Cell::new(rows),
    ]
}
