//! An optional column that the mapping names is not in the file.
//!
//! # What it checks
//!
//! With a mapping of your own: columns that are not required, to which the mapping gave a name of its own, and that the
//! header lacks. A field that keeps its documented name does not count: the mapping names those by itself, and the
//! documentation says that optional columns need not be there. A scenario of which the file has no column but the
//! address does not count either, nor a column that stands there misspelled (`unknown-column` names that one).
//!
//! # Why it matters to the receiving service
//!
//! The file is taken, and the values are missing without a word: ratings or remarks that a policy was to weigh do not
//! arrive. Most often the export's layout was changed, or the column was renamed.
//!
//! # Example
//!
//! With `"performanceReview": { "columns": { "rating": "Score" } }` in the mapping:
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,Met expectations
//! ```
//!
//! # Options
//!
//! None. If the export does not deliver the column on purpose, take its name out of the mapping.
//!
//! # Fix
//!
//! None: the export must deliver the column.

use super::reading::{Reading, plain, takes_part};
use crate::finding::{Printable, Severity};
use crate::mapping::{Field, Mapping};
use crate::rules::{Check, Explanation, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "missing-optional-column",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("missing_optional_column.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let frame = header.frame;
    if frame.built_in {
        return Vec::new();
    }
    let reading = Reading::of(frame);
    // Under its documented name a field may have been filled in, not named.
    let named = |scenario: &str, field: &Field| {
        let documented = Mapping::documented().iter().find(|known| known.key == scenario);
        let same = documented.and_then(|known| known.fields.iter().find(|known| known.key == field.key));
        same.is_none_or(|known| plain(&known.column) != plain(&field.column))
    };
    let mut told: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for scenario in frame.scenarios.iter().filter(|scenario| takes_part(scenario)) {
        for field in scenario.missing.iter().filter(|field| !field.required && named(&scenario.key, field)) {
            let name = plain(&field.column);
            if reading.resembling(&name).is_none() && !reading.is_aliased(&name) && !told.contains(&name) {
                faults.push((None, explain(&field.column, &scenario.identifier)));
                told.push(name);
            }
        }
    }
    faults
}

fn explain(name: &str, scenario: &str) -> Explanation {
    let (name, scenario) = (Printable::new(name), Printable::new(scenario));
    Explanation::new(
        format!("the column {name} is missing, which the mapping names for {scenario}"),
        format!("Add the column {name} to the export, or take it out of the mapping if it is not meant to be sent."),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::Frame;
    use crate::rules::testing::{own, said};

    /// Reviews whose rating was mapped to a name of its own.
    fn reviews(headers: &[&str], rating: &str) -> Frame {
        let mut frame = own(headers, &["performanceReview"]);
        frame.mapped[0].fields[3].column = rating.to_owned();
        for field in &mut frame.scenarios[0].missing {
            if field.key == "Rating" || field.key == "rating" {
                std::sync::Arc::make_mut(field).column = rating.to_owned();
            }
        }
        frame
    }

    #[test]
    fn a_name_of_ones_own_is_missed() {
        let header = ["EmailAddress", "EffectiveDate", "Remarks"];
        let expected = "the column Score is missing, which the mapping names for Performance review".to_owned();
        assert_eq!(said(&RULE, &reviews(&header, "Score")), [(None, expected)]);
        assert!(said(&RULE, &reviews(&header, "Rating")).is_empty());
    }

    #[test]
    fn a_misspelt_name_and_an_absent_scenario_are_left_to_other_rules() {
        assert!(said(&RULE, &reviews(&["EmailAddress", "EffectiveDate", "Scorres"], "Scores")).is_empty());
        assert!(said(&RULE, &reviews(&["EmailAddress"], "Score")).is_empty());
    }
}
