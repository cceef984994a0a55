//! Lines of a report stand above the header.
//!
//! # What it checks
//!
//! The first row has no, or hardly any, column names of the mapping, and one of the next rows has at least two of them
//! and at least twice as many as any row above it. That row is the header then, and the rest of the file is checked by
//! it. A row with an address and a date ends the search: a file whose rows begin before the header has other faults.
//! The first 25 filled rows are looked at.
//!
//! # Why it matters to the receiving service
//!
//! The service takes the first row for the header, finds none of the columns and refuses the file. Titles, filters and
//! dates above the table come from reports made for people.
//!
//! # Example
//!
//! ```csv
//! Leavers in June 2026
//! Created on,30 June 2026
//!
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: all rows above the header are removed. A person must see that nothing is lost with them.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "preamble-rows",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("preamble_rows.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::Preamble { rows: (first, last), bytes: (offset, length) } = *fact else {
        unreachable!("preamble-rows is told of rows above the header only");
    };
    let rows = if first == last { format!("row {first} stands") } else { format!("rows {first} to {last} stand") };
    Explanation::new(
        format!("{rows} above the header"),
        "Remove all rows above the column names; export a list without titles rather than a report.",
    )
    .with(Mend::Bytes(Safety::Unsafe, offset, length, String::new()))
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn one_row_and_several_are_named() {
        let message = |rows| explain(&Observed::Preamble { rows, bytes: (0, 1) }).message;
        assert_eq!(message((1, 1)), "row 1 stands above the header");
        assert_eq!(message((2, 5)), "rows 2 to 5 stand above the header");
    }
}
