//! The file begins with a UTF-8 byte order mark.
//!
//! # What it checks
//!
//! The first three bytes are `EF BB BF`, which Excel writes when it saves as "CSV UTF-8".
//!
//! # Why it matters to the receiving service
//!
//! The documentation does not say whether the service removes the mark. The Power Automate route sends the file as it
//! is, so the mark may become part of the first column's name, and that column would then be missing. The columns are
//! checked as if the mark were not there.
//!
//! # Example
//!
//! The bytes `EF BB BF` before `EmailAddress,ResignationDate,LastWorkingDate`.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the three bytes are removed.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "utf8-bom",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("utf8_bom.rs"),
    check: Check::Engine { explain },
};

fn explain(_: &Observed) -> Explanation {
    Explanation::new(
        "the file begins with a byte order mark",
        "Save the file as UTF-8 without a byte order mark, so that it cannot become part of the first column's name.",
    )
    .with(Mend::Bytes(Safety::Safe, 0, 3, String::new()))
}
