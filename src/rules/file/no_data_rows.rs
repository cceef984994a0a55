//! The file has a header and nothing below it.
//!
//! # What it checks
//!
//! After the header row there is no data row; blank lines do not count.
//!
//! # Why it matters to the receiving service
//!
//! The vendor's upload script ends "successfully" without sending anything. A broken filter in the HR system can stay
//! unnoticed in this way until a policy misses an event.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! ```
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: run the export again, or upload nothing on days without events.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "no-data-rows",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("no_data_rows.rs"),
    check: Check::Engine { explain },
};

fn explain(_: &Observed) -> Explanation {
    Explanation::new(
        "the file has a header and no data row",
        "Look at the export's filters; if there really was no event, there is nothing to upload.",
    )
}
