//! A mapped column's name holds letters beyond ASCII.
//!
//! # What it checks
//!
//! Names of mapped columns, and of the identifier column, with letters such as `ü`, `é` or `日`. Columns that are not
//! mapped do not count.
//!
//! # Why it matters to the receiving service
//!
//! The service finds a column by comparing its name with the one typed in the portal, and nobody has written down in
//! which encoding it reads the file. One export in another encoding, and the column is missing. As long as the file is
//! UTF-8 the name works as far as anybody knows, and many a company's columns are named in its own language: so this is
//! a note, not a warning.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,Kündigungsdatum,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: the name must change in the export, in the portal and in the mapping alike.

use super::reading::{Reading, Standing};
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "header-non-ascii",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("header_non_ascii.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let mapped = |standing| matches!(standing, Standing::Known | Standing::Padded).then_some(());
    let columns = Reading::of(header.frame);
    let names = columns.columns(mapped).map(|(column, ())| (column, header.frame.header(column).trim()));
    names.filter(|(_, name)| !name.is_ascii()).map(|(column, name)| (Some(column), explain(name))).collect()
}

fn explain(name: &str) -> Explanation {
    Explanation::new(
        format!("the column name {} holds letters beyond ASCII", Printable::new(name).shortened(64)),
        "Keep the file UTF-8, or choose a name of plain letters in the export, in the portal and in the mapping.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{own, said};

    #[test]
    fn only_mapped_names_count() {
        let mut frame = own(&["EmailAddress", "Kündigung", "Größe"], &["resignation"]);
        frame.mapped[0].fields[1].column = "Kündigung".to_owned();
        let expected = "the column name Kündigung holds letters beyond ASCII".to_owned();
        assert_eq!(said(&RULE, &frame), [(Some(1), expected)]);
    }
}
