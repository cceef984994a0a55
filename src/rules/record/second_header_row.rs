//! A second row of column names stands below the header.
//!
//! # What it checks
//!
//! The rows directly below the header, up to three. Such a row has words where addresses and dates belong: no `@` in
//! the column of addresses, no digit in any column of dates, no known scenario, and most of its cells are filled. The
//! same names once more are `repeated-header`. The row is left out of all further checks.
//!
//! # Why it matters to the receiving service
//!
//! The row is taken for data. `SuccessFactors`, for one, writes two header rows: names for programs, and below them
//! labels for people.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! E-mail of the employee,Resigned on,Last day at work
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: the row is removed. A person must see that it is no record.

use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Check, Explanation, Frame, Mend, Observed, Record, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "second-header-row",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("second_header_row.rs"),
    check: Check::Engine { explain },
};

/// Whether the record, which stands directly below the header, has labels instead of values.
#[must_use]
pub(crate) fn is_labels(record: &Record<'_>) -> bool {
    let frame = record.frame;
    let is = |column: usize, kind: FieldKind| carries(frame, column, kind);
    let columns = frame.headers.len();
    let filled = (0..columns).filter(|column| !record.text(*column).trim().is_empty()).count();
    let label = |column: usize| {
        let text = record.text(column);
        text.chars().any(char::is_alphabetic) && !text.contains('@') && text.len() <= 100
    };
    let of_kind = |kind| (0..columns).filter(move |column| is(*column, kind));
    let labelled = |kind| of_kind(kind).any(label);
    let value = |column: usize| match column {
        _ if frame.identifier == Some(column) => frame.names_scenario(record.text(column).trim()),
        _ if is(column, FieldKind::Upn) => record.text(column).contains('@'),
        _ if is(column, FieldKind::DateTime) => record.text(column).chars().any(char::is_numeric),
        _ => false,
    };
    let same = (0..columns).all(|column| record.text(column).to_lowercase() == frame.header(column).to_lowercase());
    (columns..record.cells.len()).all(|surplus| record.text(surplus).is_empty())
        && filled >= 2
        && filled * 2 > columns
        && labelled(FieldKind::Upn)
        && (labelled(FieldKind::DateTime) || of_kind(FieldKind::DateTime).next().is_none())
        && !same
        && !(0..columns).any(value)
}

/// Whether a column carries a field of that kind for some scenario.
fn carries(frame: &Frame, column: usize, kind: FieldKind) -> bool {
    let mut fields = frame.scenarios.iter().filter_map(|scenario| scenario.columns.get(column)?.as_ref());
    fields.any(|field| field.kind == kind)
}

fn explain(fact: &Observed) -> Explanation {
    let Observed::SecondHeader(offset, length) = *fact else {
        unreachable!("second-header-row is told of such rows only");
    };
    Explanation::new(
        "the row below the header holds column names again, not values",
        "Remove the row, or let the export write one header row only: it would be taken for a record.",
    )
    .with(Mend::Bytes(Safety::Unsafe, offset, length, String::new()))
}

#[cfg(test)]
mod tests {
    use super::is_labels;
    use crate::rules::testing::{COMBINED, combined, single, with_record};

    #[test]
    fn labels_are_told_from_values() {
        let frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
        let labels = |row: &[&str]| with_record(&frame, row, is_labels);
        assert!(labels(&["E-Mail", "Kündigung am", "Letzter Tag"]));
        assert!(labels(&["Email", "Resigned on", ""]));
        assert!(
            labels(&["Email", "Resigned on", "Last day", ""]) && !labels(&["Email", "Resigned on", "Last day", "x"])
        );
        assert!(!labels(&["a@b.de", "2026-05-04", "2026-06-30"]));
        assert!(!labels(&["a@b.de", "soon", "later"]));
        assert!(!labels(&["mia", "2026-05-04", "2026-06-30"]));
        assert!(!labels(&["mia", "", ""]));
        assert!(!labels(&["emailaddress", "resignationdate", "LASTWORKINGDATE"]));
        assert!(!labels(&["", "", ""]));
    }

    #[test]
    fn a_row_that_names_a_scenario_is_a_row() {
        let frame = combined(COMBINED);
        let labels = |row: &[&str]| with_record(&frame, row, is_labels);
        assert!(labels(&["Scenario", "Mail", "Resigned", "Last", "Effective", "Notes", "Rating", "Old", "New"]));
        assert!(!labels(&["Resignation", "mia", "then", "later", "Effective", "Notes", "Rating", "Old", "New"]));
    }
}
