//! What `init` found, as a table: which column for which field, how sure, and why.

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};

use crate::finding::Printable;
use crate::init::{Proposal, Sureness};

const HEADINGS: [&str; 5] = ["scenario", "field", "column", "how sure", "why"];

/// The table, with a line about the identifier column above it.
pub(super) fn draw(proposal: &Proposal, colour: bool, width: usize) -> String {
    let mut out = String::new();
    if let Some((column, sureness, reason)) = &proposal.identifier {
        let column = Printable::new(column);
        let sure = sureness.name();
        out = format!("Rows are told apart by the column {column} ({sure}: {reason}).\n");
    }
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(HEADINGS);
    for scenario in &proposal.scenarios {
        let value = scenario.value.as_ref().filter(|value| **value != scenario.name);
        let value = value.map_or_else(|| scenario.name.clone(), |value| format!("{} = {value}", scenario.name));
        let unsure = scenario.sureness < Sureness::Certain;
        let shown = if unsure { format!("{value} ({})", scenario.sureness.name()) } else { value };
        let mut first = Some(shown);
        for field in scenario.fields.iter().filter(|field| field.column.is_some() || field.required) {
            let column = field
                .column
                .as_ref()
                .map_or("(none)".to_owned(), |column| Printable::new(column).shortened(40).into_owned());
            let required = if field.required { "*" } else { "" };
            table.add_row([
                first.take().unwrap_or_default(),
                format!("{}{required}", field.documented),
                column,
                field.sureness.map_or("", Sureness::name).to_owned(),
                field.reason.clone(),
            ]);
        }
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, u16::from(at + 1 < HEADINGS.len())));
        if matches!(HEADINGS[at], "field" | "how sure") {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for line in table.lines() {
        let line = line.trim_end();
        let doubtful = colour && line.contains("unsure");
        out += if doubtful { "\u{1b}[1;33m" } else { "" };
        out += line;
        out += if doubtful { "\u{1b}[0m" } else { "" };
        out.push('\n');
    }
    out + "* required by the service\n\n"
}
