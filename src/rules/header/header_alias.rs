//! A column has another name than the mapped one.
//!
//! # What it checks
//!
//! Only with a mapping of your own: a column of the mapping is absent, and the header has one of the other names under
//! which the documentation and common exports know it (such as `UserPrincipalName` for `EmailAddress`). The built-in
//! mapping accepts these names.
//!
//! # Why it matters to the receiving service
//!
//! The connector knows exactly the names that were typed when it was set up. It would take the column for an unknown
//! one and the mapped one for missing.
//!
//! # Example
//!
//! With `"emailAddress": "EmailAddress"` in the mapping:
//!
//! ```csv
//! UserPrincipalName,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None. If the connector was set up with the other name, say so in the mapping's `columns`.
//!
//! # Fix
//!
//! Unsafe: the column gets the mapped name.

use super::reading::{Reading, Standing};
use crate::finding::{Printable, Safety, Severity};
use crate::rules::{Check, Explanation, Frame, Header, HeaderFault, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "header-alias",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("header_alias.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let alias = |standing| if let Standing::Alias(name) = standing { Some(name) } else { None };
    let columns = Reading::of(header.frame);
    columns.columns(alias).map(|(column, mapped)| (Some(column), explain(header.frame, column, mapped))).collect()
}

fn explain(frame: &Frame, column: usize, mapped: &str) -> Explanation {
    let (here, there) = (Printable::new(frame.header(column).trim()), Printable::new(mapped));
    Explanation::new(
        format!("the mapping calls this column {}, not {}", there.shortened(64), here.shortened(64)),
        format!("Rename the column to {there}, or map {here} if the connector was set up with that name."),
    )
    .with(Mend::Cell(Safety::Unsafe, mapped.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{own, said, single};

    #[test]
    fn an_alias_is_a_fault_only_with_a_mapping_of_ones_own() {
        let header = ["UserPrincipalName", "TerminationDate", "LastWorkingDate"];
        let expected = [
            (Some(0), "the mapping calls this column EmailAddress, not UserPrincipalName".to_owned()),
            (Some(1), "the mapping calls this column ResignationDate, not TerminationDate".to_owned()),
        ];
        assert_eq!(said(&RULE, &own(&header, &["resignation"])), expected);
        assert!(said(&RULE, &single(&header, "resignation")).is_empty());
    }

    #[test]
    fn an_alias_beside_the_mapped_column_is_only_unknown() {
        let header = ["UserPrincipalName", "EmailAddress", "ResignationDate", "LastWorkingDate"];
        assert!(said(&RULE, &own(&header, &["resignation"])).is_empty());
    }
}
