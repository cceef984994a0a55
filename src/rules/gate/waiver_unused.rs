//! A waiver lets nothing pass any more.
//!
//! # What it checks
//!
//! The waivers that the files are checked with (`hrlint.waivers.json` beside the mapping, or `--waivers FILE`): it speaks of each one
//! that holds and let no finding pass in any of the files. It is silent where a file could not be checked to its end, and in the git
//! hook, which sees only what is staged.
//!
//! # Why it matters to the receiving service
//!
//! Not at all; but a waiver that is no longer needed would let the next fault of its kind pass unseen.
//!
//! # Example
//!
//! The export was mended, and `hrlint.waivers.json` still has
//!
//! ```json
//! { "rule": "date-missing-offset", "column": "LastWorkingDate", "reason": "mended in August", "expires": "2026-08-31" }
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: remove the waiver.

use super::waiver_expired::named;
use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "waiver-unused",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("waiver_unused.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::WaiverUnused { rule, column } = fact else {
        unreachable!("waiver-unused is told of waivers only");
    };
    Explanation::new(
        format!("the waiver of {} lets nothing pass", named(rule, column.as_deref())),
        "Remove it: the next fault of its kind would pass unseen.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn rule_and_column_are_named() {
        let told = explain(&Observed::WaiverUnused { rule: "date-not-iso", column: Some("Last".into()) }).message;
        assert_eq!(told, "the waiver of date-not-iso in the column Last lets nothing pass");
    }
}
