//! A row names a scenario that is not in the mapping.
//!
//! # What it checks
//!
//! The identifier column's cell is filled and is none of the mapping's identifiers, nor written almost like one (that
//! is `scenario-near-miss`), nor a documented scenario that the mapping leaves out (`scenario-not-supported`). The rest of such a row cannot be judged.
//!
//! # Why it matters to the receiving service
//!
//! The connector knows the values that were typed when it was set up. A row with any other value belongs to no scenario
//! and triggers nothing.
//!
//! # Example
//!
//! ```csv
//! HRScenario,EmailAddress,ResignationDate,LastWorkingDate
//! Retirement,sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered. Identifiers of your own are set in the mapping (`identifier` of a
//! scenario).
//!
//! # Fix
//!
//! None: only a person knows the scenario.

use super::{identifiers, scenario_near_miss, scenario_not_supported};
use crate::finding::Severity;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "unknown-scenario-value",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("unknown_scenario_value.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Identifier, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    !cell.text.trim().is_empty()
        && !cell.record.frame.names_scenario(cell.text)
        && scenario_near_miss::meant(cell).is_none()
        && scenario_not_supported::left_out(cell).is_none()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    Explanation::new(
        "the row names a scenario that is not in the mapping",
        format!("Write one of the mapped identifiers: {}.", identifiers(cell.record.frame)),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge};

    #[test]
    fn a_value_is_known_almost_known_or_unknown() {
        let frame = combined(COMBINED);
        assert!(judge(&RULE, &frame, &["Retirement"], 0).is_some());
        assert!(judge(&RULE, &frame, &["Job level change"], 0).is_none());
        assert!(judge(&RULE, &frame, &["Job level changes"], 0).is_none());
        assert!(judge(&RULE, &frame, &[" "], 0).is_none());
    }
}
