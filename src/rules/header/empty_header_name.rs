//! A column has no name.
//!
//! # What it checks
//!
//! A cell of the header is empty or holds nothing but blanks, and named columns follow it. Empty names at the very end
//! belong to `trailing-delimiter`, unless rows fill those cells (`long-record`).
//!
//! # Why it matters to the receiving service
//!
//! Columns are mapped by name; one without a name cannot be mapped, and whatever it holds is lost. The vendor's other
//! HR upload refuses such files outright.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,4711,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows what the column holds.

use super::reading::{Reading, Standing};
use crate::finding::Severity;
use crate::rules::{Check, Explanation, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "empty-header-name",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("empty_header_name.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let unnamed = |standing| matches!(standing, Standing::Unnamed).then_some(());
    Reading::of(header.frame).columns(unnamed).map(|(column, ())| (Some(column), explain(column))).collect()
}

fn explain(column: usize) -> Explanation {
    Explanation::new(
        format!("column {} has no name", column + 1),
        "Give the column the name that it has in the connector's mapping, or leave it out of the export.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{said, single};

    #[test]
    fn a_name_of_blanks_is_no_name() {
        let frame = single(&["EmailAddress", "", "ResignationDate", " \u{a0}", "LastWorkingDate"], "resignation");
        let expected = [(Some(1), "column 2 has no name".to_owned()), (Some(3), "column 4 has no name".to_owned())];
        assert_eq!(said(&RULE, &frame), expected);
    }
}
