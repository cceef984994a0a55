//! The file is larger than is known to be taken.
//!
//! # What it checks
//!
//! The size of the file as stored, and the number of its rows. It speaks once for the file, when it was checked to its
//! end.
//!
//! # Why it matters to the receiving service
//!
//! The documentation of the HR connector names no limit. That of the connector for health records, which sends to the
//! same service, does: 3 GB or 5 million rows. A file of HR events that comes near it is rather an export without
//! filter, or one that was joined from many.
//!
//! # Example
//!
//! A file of 6,000,000 rows: all events of ten years, where those of yesterday were wanted.
//!
//! # Options
//!
//! `megabytes` (3000; 1 to 1000000): the most bytes, in millions. `rows` (5000000; 1 to 4000000000): the most rows. In the mapping:
//! `"rules": { "file-too-large": { "rows": 100000 } }`.
//!
//! # Fix
//!
//! None: look at the export's filters, or split the file.

use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "file-too-large",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[
        RuleOption { name: "megabytes", default: 3_000, least: 1, most: 1_000_000 },
        RuleOption { name: "rows", default: 5_000_000, least: 1, most: 4_000_000_000 },
    ],
    source: include_str!("file_too_large.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::TooLarge { size, most, in_rows } = *fact else {
        unreachable!("file-too-large is told of sizes only");
    };
    let unit = if in_rows { "rows" } else { "bytes" };
    Explanation::new(
        format!("the file has {size} {unit}, more than {most}"),
        "Look at the export's filters, or split the file: larger ones are not known to be taken.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn size_and_limit_are_told() {
        let message = explain(&Observed::TooLarge { size: 12, most: 10, in_rows: true }).message;
        assert_eq!(message, "the file has 12 rows, more than 10");
    }
}
