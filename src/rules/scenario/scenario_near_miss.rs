//! A row's scenario is almost, but not exactly, a mapped one.
//!
//! # What it checks
//!
//! The identifier column's cell differs from a mapped identifier in case, in blanks, hyphens or underscores, in a
//! plural s, or by one or two wrong letters; or it is the scenario's key in the mapping (`jobLevelChange`). Different
//! digits are not a slip.
//!
//! # Why it matters to the receiving service
//!
//! Whether the service forgives any difference is not documented, so each counts as one. A row whose scenario is not
//! recognised triggers nothing, and the reply to the upload does not say so.
//!
//! # Example
//!
//! ```csv
//! HRScenario,EmailAddress,EffectiveDate,OldLevel,NewLevel
//! Job level changes,sara.davis@contoso.com,2026-04-23T15:18:02Z,Level 61,Level 60
//! ```
//!
//! Use `Job level change` instead.
//!
//! # Options
//!
//! None. Identifiers of your own are set in the mapping (`identifier` of a scenario).
//!
//! # Fix
//!
//! Unsafe: the cell becomes the mapped identifier.

use crate::finding::{Printable, Safety, Severity};
use crate::rules::likeness::{likeness, same_letters};
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule, ScenarioFrame};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "scenario-near-miss",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("scenario_near_miss.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Identifier, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    meant(cell).is_some()
}

/// The scenario that an identifier was probably meant to name. `None` for an identifier of the mapping, an empty one
/// and an unknown one.
pub(super) fn meant<'a>(cell: &Cell<'a>) -> Option<&'a ScenarioFrame> {
    let text = cell.text;
    let frame = cell.record.frame;
    if text.is_empty() || frame.names_scenario(text) {
        return None;
    }
    let mut best = None;
    for scenario in &frame.scenarios {
        let found = likeness(text.trim(), &scenario.identifier);
        if found.is_some() && best.is_none_or(|(likeness, _)| found > likeness) {
            best = Some((found, scenario));
        }
    }
    best.map(|(_, scenario)| scenario)
        .or_else(|| frame.scenarios.iter().find(|scenario| same_letters(text, &scenario.key)))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let Some(scenario) = meant(cell) else {
        unreachable!("scenario-near-miss explains only cells on which it fires");
    };
    let identifier = Printable::new(&scenario.identifier);
    Explanation::new(
        format!("the scenario is written almost like {identifier}"),
        format!("Write {identifier} exactly as it stands in the mapping."),
    )
    .with(Mend::Cell(Safety::Unsafe, scenario.identifier.clone()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::rules::Mend;
    use crate::rules::testing::{COMBINED, combined, judge, with_record};
    use proptest::prelude::*;

    #[test]
    fn a_slip_of_writing_is_traced_to_its_identifier() {
        let frame = combined(COMBINED);
        for (text, identifier) in [
            ("resignation", "Resignation"),
            ("Resignations", "Resignation"),
            (" Resignation", "Resignation"),
            ("Resignaton", "Resignation"),
            ("Job  level change", "Job level change"),
            ("Job-level_change", "Job level change"),
            ("jobLevelChange", "Job level change"),
            ("performanceImprovementPlan", "Performance improvement plan"),
            ("Performance Improvement", "Performance improvement plan"),
            ("Performance reveiw", "Performance review"),
        ] {
            let explanation = judge(&RULE, &frame, &[text], 0).unwrap_or_else(|| panic!("{text} is almost right"));
            assert!(explanation.mend == Some(Mend::Cell(Safety::Unsafe, identifier.to_owned())), "{text}");
        }
    }

    #[test]
    fn the_right_value_an_empty_one_and_another_word_are_no_slips() {
        let frame = combined(COMBINED);
        for text in ["Resignation", "", " ", "-", "Promotion", "Retirement", "n/a", &"Resignation".repeat(9)] {
            assert!(judge(&RULE, &frame, &[text], 0).is_none(), "{text}");
        }
    }

    #[test]
    fn a_key_is_understood_where_the_identifier_is_a_word_of_ones_own() {
        let mut frame = combined(COMBINED);
        frame.scenarios[0].identifier = "Kündigung".to_owned();
        let found = with_record(&frame, &["resignation"], |record| record.scenario.is_none());
        assert!(found);
        assert!(judge(&RULE, &frame, &["resignation"], 0).is_some());
        assert!(judge(&RULE, &frame, &["kündigung"], 0).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_mended_cell_is_good(text in "[ jJ][oO]b.{0,3}l[ev]{2,4}el.{0,2}chang[es]{0,3}|.{0,40}") {
            let frame = combined(COMBINED);
            if let Some(explanation) = judge(&RULE, &frame, &[&text], 0) {
                let Some(Mend::Cell(_, mended)) = explanation.mend else { panic!("it always offers a fix") };
                prop_assert!(judge(&RULE, &frame, &[&mended], 0).is_none());
            }
        }
    }
}
