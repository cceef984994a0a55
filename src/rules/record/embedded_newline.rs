//! Cells of a column hold line breaks.
//!
//! # What it checks
//!
//! Line breaks inside quoted cells. It speaks once for a column, with the number of such rows and where they begin and
//! end.
//!
//! # Why it matters to the receiving service
//!
//! Such cells are good CSV, and hrlint sends their rows whole. The vendor's own upload script, however, cuts the file by
//! lines: a row that falls on the edge of two parts is torn, and its halves are lost. Whether the service itself keeps a
//! line break is not documented; a sister product refuses them. So this is a note: remarks of several lines are common,
//! and nobody need change them who does not send files by that script.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,"Met expectations.
//! To be promoted.",3
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None from hrlint: let the export write a blank for each line break (in Excel `=SUBSTITUTE(A2,CHAR(10)," ")`). The
//! finding is about a column, not about one cell.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "embedded-newline",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("embedded_newline.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::LineBreaks { rows, between: (first, last) } = *fact else {
        unreachable!("embedded-newline is told of line breaks only");
    };
    let message = if rows == 1 {
        format!("1 cell (row {first}) holds a line break")
    } else {
        format!("{rows} cells (rows {first} to {last}) hold line breaks")
    };
    Explanation::new(message, "Replace line breaks by blanks in the export if you send files by the vendor's script.")
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_number_of_rows_and_their_range_are_told() {
        let message = |rows, between| explain(&Observed::LineBreaks { rows, between }).message;
        assert_eq!(message(12, (5, 80)), "12 cells (rows 5 to 80) hold line breaks");
        assert_eq!(message(1, (5, 5)), "1 cell (row 5) holds a line break");
    }
}
