//! The file is empty.
//!
//! # What it checks
//!
//! The file has no byte at all, or nothing but blank lines and a byte order mark.
//!
//! # Why it matters to the receiving service
//!
//! The vendor's upload script sends nothing of such a file and ends without any message, which looks like success.
//! Meanwhile the connector's data grows old, and
//! after seven days without new data the policies that need it report an unhealthy connector.
//!
//! # Example
//!
//! A file of 0 bytes, left behind by an export that failed halfway.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: run the export again.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "empty-file",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("empty_file.rs"),
    check: Check::Engine { explain },
};

fn explain(_: &Observed) -> Explanation {
    Explanation::new(
        "the file is empty",
        "Run the export again: the file needs a header row and at least one data row.",
    )
}
