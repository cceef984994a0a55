//! Faults that only a mapping of one's own makes faults.

use super::{Mutation, Spot, change, found, under};

/// All scenarios of a clean file under the names of its header, but for one column's.
macro_rules! mapped {
    ($column:literal, $rest:literal) => {
        concat!(
            r#"{ "version": 1, "identifier": { "column": "HRScenario" }, "scenarios": { "resignation": {}, "#,
            r#""jobLevelChange": { "columns": { "oldLevel": ""#,
            $column,
            r#"" } }, "performanceReview": {}, "performanceImprovementPlan": "#,
            r#"{ "columns": { "improvementRemarks": "Remarks", "performanceRating": "Rating" } } }"#,
            $rest,
            " }"
        )
    };
}

pub(super) const MUTATIONS: &[Mutation] = &[
    under(
        mapped!("Old level", r#", "connector": { "cloud": "gcchigh" }"#),
        found("a blank in a name, in a government cloud", "header-has-space", |document, _| {
            document.write(0, 7, "Old level");
            Spot::Cell(0, 7)
        }),
    ),
    under(
        mapped!("Früher", ""),
        found("letters beyond ASCII in a name", "header-non-ascii", |document, _| {
            document.write(0, 7, "Früher");
            Spot::Cell(0, 7)
        }),
    ),
    under(
        mapped!("Level before", ""),
        found("an optional column that the mapping names is gone", "missing-optional-column", |document, _| {
            document.remove_column(7);
            Spot::File
        }),
    ),
    under(
        mapped!("OldLevel", ""),
        found("a documented scenario that the mapping leaves out", "scenario-not-supported", |document, random| {
            change(document, random, 0, |_| "Employee profile".into())
        }),
    ),
    under(
        mapped!("OldLevel", ""),
        found("another name of that scenario", "scenario-not-supported", |document, random| {
            change(document, random, 0, |_| "employeeProfile".into())
        }),
    ),
];
