//! Two rows tell of the same event with different values.
//!
//! # What it checks
//!
//! Rows with the same person (without regard to case), the same scenario and the same event date, whose other cells
//! differ. All files of one run that share a mapping are compared; the first occurrence is named. Rows that are equal
//! in every cell are `exact-duplicate-row`.
//!
//! # Why it matters to the receiving service
//!
//! Which of the rows counts is not documented; a sister connector silently drops all but one. Often the rows are two
//! versions of one event, of which the older should not have been exported.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,Met expectations,3
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,Missed the goals,2
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows which of the rows is right.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "duplicate-event-key",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("duplicate_event_key.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::DuplicateEvent(first) = fact else {
        unreachable!("duplicate-event-key is told of repeated events only");
    };
    Explanation::new(
        format!("the row has the same person, scenario and date as {first}, and is not equal to it"),
        "Keep the row that is right; if both are, such as the reviews of two managers, put them into one row, for only one may count.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::First;

    #[test]
    fn the_first_row_is_named() {
        let message = explain(&Observed::DuplicateEvent(First { row: 2, file: None })).message;
        assert_eq!(message, "the row has the same person, scenario and date as row 2, and is not equal to it");
    }
}
