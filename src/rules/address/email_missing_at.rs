//! An address has no `@`, or more than one.
//!
//! # What it checks
//!
//! Cells of a column that holds the user's principal name (in the documentation `EmailAddress`). A principal name has
//! exactly one `@`, with something before and after it.
//!
//! # Why it matters to the receiving service
//!
//! The service finds the person by this name. A row whose name cannot belong to anyone is skipped, and nobody is told.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! Use `sara.davis@contoso.com` instead.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the domain.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "email-missing-at",
    severity: Severity::Error,
    contract: false,
    fix: None,
    source: include_str!("email_missing_at.rs"),
    check: Check::Cell { place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    match cell.text.split_once('@') {
        None => true,
        Some((local, domain)) => local.is_empty() || domain.is_empty() || domain.contains('@'),
    }
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match cell.text.matches('@').count() {
        0 => "the address has no @",
        1 => "the address has nothing before or after its @",
        _ => "the address has more than one @",
    };
    Explanation::new(message, "Write the user's principal name, such as name@contoso.com.")
}
