//! Two columns have the same name.
//!
//! # What it checks
//!
//! Names are compared without regard to case and to blanks around them. Each repetition is reported at its own column.
//!
//! # Why it matters to the receiving service
//!
//! The connector maps names, and its comparison ignores case. With two columns of one name it is left to chance which
//! of them is read.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate,resignationdate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z,2026-04-23T15:18:02Z
//! ```
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: only a person knows which of the columns is the right one.

use super::reading::{Reading, Standing};
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Frame, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "duplicate-header",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("duplicate_header.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let repeated = |standing| if let Standing::Repeated(first) = standing { Some(first) } else { None };
    let columns = Reading::of(header.frame);
    columns.columns(repeated).map(|(column, first)| (Some(column), explain(header.frame, column, first))).collect()
}

fn explain(frame: &Frame, column: usize, first: usize) -> Explanation {
    let name = Printable::new(frame.header(column).trim());
    Explanation::new(
        format!("column {} already has the name {}", first + 1, name.shortened(64)),
        "Keep the column that holds the right values, and rename or remove the other one in the export.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{said, single};

    #[test]
    fn the_second_column_is_reported_with_the_number_of_the_first() {
        let frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate", " resignationdate"], "resignation");
        assert_eq!(said(&RULE, &frame), [(Some(3), "column 2 already has the name resignationdate".to_owned())]);
    }
}
