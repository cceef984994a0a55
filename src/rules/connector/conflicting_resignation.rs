//! One person resigns on two different dates.
//!
//! # What it checks
//!
//! Rows of the scenario `resignation` with the same person (without regard to case) and another resignation date than an earlier
//! row. All files of one run that share a mapping are compared; the first row of the person is named. The same date with other
//! values is `duplicate-event-key`. A resignation after the last working day of the other one is no conflict: the person came back
//! in between. Equal rows are `exact-duplicate-row`.
//!
//! # Why it matters to the receiving service
//!
//! Each row opens a window of its own. Mostly one of the dates was corrected later and both versions were exported, so that people
//! are watched at the wrong time, or longer than the policy says.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-06-01T09:00:00Z,2026-06-30T17:00:00Z
//! sara.davis@contoso.com,2026-06-15T09:00:00Z,2026-07-31T17:00:00Z
//! ```
//!
//! Keep the row that is right.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows which of the dates is right.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "conflicting-resignation",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("conflicting_resignation.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ConflictingResignation(first) = fact else {
        unreachable!("conflicting-resignation is told of second resignations only");
    };
    Explanation::new(
        format!("the person resigns on another date in {first}"),
        "Keep the row with the right date and remove the other one.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::First;

    #[test]
    fn the_first_row_is_named() {
        let first = First { row: 2, file: Some("out/june.csv".into()) };
        let message = explain(&Observed::ConflictingResignation(first)).message;
        assert_eq!(message, "the person resigns on another date in row 2 of out/june.csv");
    }
}
