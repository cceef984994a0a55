//! A row names a documented scenario that the mapping leaves out.
//!
//! # What it checks
//!
//! With a mapping of your own: the identifier column's cell is the documented name of a scenario that the mapping does
//! not have, whatever its case and its blanks. `unknown-scenario-value` is then silent. Which scenarios a connector was
//! created for is known to the portal alone; the mapping is what was written down of it. The rule is as grave as
//! `unknown-scenario-value`, because the row is lost as well.
//!
//! # Why it matters to the receiving service
//!
//! A connector knows the scenarios that were chosen when it was created, and no others can be added later: connectors
//! made before 20 July 2020 know resignations only, and those made before 13 December 2021 know no employee profiles.
//! Rows of any other scenario trigger nothing. A new scenario needs a new connector, with a job id of its own.
//!
//! # Example
//!
//! With a mapping of `resignation` and `jobLevelChange` alone:
//!
//! ```csv
//! HRScenario,EmailAddress,EffectiveDate,OldLevel,NewLevel
//! Job level change,sara.davis@contoso.com,2026-04-23T15:18:02Z,Level 61,Level 60
//! Performance review,pilar.pinilla@contoso.com,2026-04-24T09:15:49Z,,
//! ```
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: add the scenario to the mapping if the connector has it, else take its rows out of the export.

use super::scenario_near_miss;
use crate::finding::{Printable, Severity};
use crate::mapping::{Mapping, Scenario};
use crate::rules::likeness::same_letters;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "scenario-not-supported",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("scenario_not_supported.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Identifier, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    left_out(cell).is_some()
}

/// The documented scenario that a cell names and the mapping does not have. `None` for one that is mapped, or nearly.
pub(super) fn left_out(cell: &Cell<'_>) -> Option<&'static Scenario> {
    let frame = cell.record.frame;
    if frame.built_in || frame.names_scenario(cell.text) {
        return None;
    }
    let is_named =
        |scenario: &Scenario| same_letters(cell.text, &scenario.identifier) || same_letters(cell.text, &scenario.key);
    let named = Mapping::documented().iter().find(|scenario| is_named(scenario))?;
    let mapped = frame.mapped.iter().any(|scenario| scenario.key == named.key);
    (!mapped && scenario_near_miss::meant(cell).is_none()).then_some(named)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let Some(scenario) = left_out(cell) else {
        unreachable!("scenario-not-supported explains only cells on which it fires");
    };
    Explanation::new(
        format!("the row's scenario is {}, which the mapping leaves out", Printable::new(&scenario.identifier)),
        format!(
            "Add {} to the mapping's scenarios if the connector was created for it; else it needs a new connector.",
            Printable::new(&scenario.key)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge, own};

    #[test]
    fn only_documented_scenarios_that_are_left_out_count() {
        let frame = own(COMBINED, &["resignation", "performanceReview"]);
        let found = |text: &str| judge(&RULE, &frame, &[text], 0).map(|explanation| explanation.message);
        let expected = "the row's scenario is Job level change, which the mapping leaves out";
        for text in ["Job level change", "job level changes", "jobLevelChange"] {
            assert_eq!(found(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["Resignation", "resignation", "Retirement", "", "Performance reviews"] {
            assert_eq!(found(text), None, "{text}");
        }
        assert!(judge(&RULE, &combined(COMBINED), &["Employee profile"], 0).is_none());
    }
}
