//! The file has no header: its first line is a row.
//!
//! # What it checks
//!
//! The first line has an address and a date among its cells, and none of them is the name of a column that the mapping knows. Nothing
//! else is checked then: what the columns are is not known.
//!
//! # Why it matters to the receiving service
//!
//! The service finds columns by their names. Without a header it takes the first row for one, finds no mandatory column and imports
//! nothing.
//!
//! # Example
//!
//! ```csv
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! pradeepg@contoso.com,2026-04-24T09:15:49Z,2026-04-29T15:18:02Z
//! ```
//!
//! The line `EmailAddress,ResignationDate,LastWorkingDate` is missing above these rows.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: the names of the columns must be known.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "missing-header",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("missing_header.rs"),
    check: Check::Engine { explain },
};

fn explain(_: &Observed) -> Explanation {
    Explanation::new(
        "the file has no header: the first line looks like data",
        "Export the file with its column names, or write them into a line above the first row; then check again.",
    )
}
