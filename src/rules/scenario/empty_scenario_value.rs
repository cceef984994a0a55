//! A row does not say which scenario it belongs to.
//!
//! # What it checks
//!
//! The file has an identifier column (in the documentation `HRScenario`), and a row's cell in it is empty or holds
//! nothing but blanks. The rest of such a row cannot be judged.
//!
//! # Why it matters to the receiving service
//!
//! The service reads from this cell what the row means. Without it the row belongs to no scenario and triggers nothing.
//!
//! # Example
//!
//! ```csv
//! HRScenario,EmailAddress,ResignationDate,LastWorkingDate
//! ,sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: only a person knows the scenario.

use super::identifiers;
use crate::finding::Severity;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "empty-scenario-value",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("empty_scenario_value.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Identifier, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.text.trim().is_empty()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    Explanation::new(
        "the row names no scenario",
        format!("Write the scenario's identifier, one of: {}.", identifiers(cell.record.frame)),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge};

    #[test]
    fn blanks_name_no_scenario() {
        let frame = combined(COMBINED);
        let explanation = judge(&RULE, &frame, &[" \u{a0}", "a@b.de"], 0).expect("nothing but blanks");
        assert!(explanation.help.contains("Job level change, Performance review"));
        assert!(judge(&RULE, &frame, &[""], 0).is_some());
        assert!(judge(&RULE, &frame, &["Promotion"], 0).is_none());
    }
}
