//! A column that is not mapped holds what nobody should send: pay, birth dates, identity numbers and the like.
//!
//! # What it checks
//!
//! Names of columns that the mapping does not know, for words that stand for pay, bank accounts, dates of birth,
//! national identity, tax and social security numbers, health, religion, ethnic origin, sex, marital status and union
//! membership, in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and the Nordic languages. Only
//! the name is looked at, never a value. `unknown-column` then says nothing about the column.
//!
//! # Why it matters to the receiving service
//!
//! The service ignores the column, but the file with it has left the house: it lies in a cloud service, in upload folders
//! and in backups. Such data must not go where it is not needed, and in many countries sending it is a breach of
//! law.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate,Annual salary,Geburtsdatum
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z,52000,1990-01-31
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None from hrlint: take the column out of the export's layout, so that the next file does not have it either.

use super::reading::{Reading, Standing};
use super::words::{Sensitive, sensitive};
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Frame, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "sensitive-extra-column",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("sensitive_extra_column.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let unknown = |standing| matches!(standing, Standing::Unknown).then_some(());
    let columns = Reading::of(header.frame);
    let found = columns.columns(unknown).filter_map(|(column, ())| Some((column, meaning(header.frame, column)?)));
    found.map(|(column, meaning)| (Some(column), explain(header.frame, column, meaning))).collect()
}

/// What a column's name says that it holds, if it is sensitive.
pub(super) fn meaning(frame: &Frame, column: usize) -> Option<Sensitive> {
    sensitive(frame.header(column))
}

fn explain(frame: &Frame, column: usize, meaning: Sensitive) -> Explanation {
    let name = Printable::new(frame.header(column).trim());
    Explanation::new(
        format!("the column {} seems to hold {}, and is not in the mapping", name.shortened(64), meaning.words()),
        "Take the column out of the export: the service does not need it, and it should not leave the house.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{said, single};

    #[test]
    fn a_sensitive_name_is_told_from_a_harmless_one() {
        let frame = single(
            &["EmailAddress", "ResignationDate", "LastWorkingDate", "Annual salary", "Geburtsdatum", "CostCentre"],
            "resignation",
        );
        let expected = [
            (Some(3), "the column Annual salary seems to hold pay, and is not in the mapping".to_owned()),
            (Some(4), "the column Geburtsdatum seems to hold dates of birth, and is not in the mapping".to_owned()),
        ];
        assert_eq!(said(&RULE, &frame), expected);
    }
}
