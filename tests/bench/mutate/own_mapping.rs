//! Faults that only a mapping of one's own makes faults.

use super::{Mutation, Spot, change, found, mapped};

/// All scenarios of a clean file under the names of its header, but for one column's.
macro_rules! renamed {
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
    mapped(
        renamed!("Old level", r#", "connector": { "cloud": "gcchigh" }"#),
        found("a blank in a name, in a government cloud", "header-has-space", |document, _| {
            document.write(0, 7, "Old level");
            Spot::Cell(0, 7)
        }),
    ),
    mapped(
        renamed!("Früher", ""),
        found("letters beyond ASCII in a name", "header-non-ascii", |document, _| {
            document.write(0, 7, "Früher");
            Spot::Cell(0, 7)
        }),
    ),
    mapped(
        renamed!("Level before", ""),
        found("an optional column that the mapping names is gone", "missing-optional-column", |document, _| {
            document.remove_column(7);
            Spot::File
        }),
    ),
    mapped(
        renamed!("OldLevel", ""),
        found("a column that rows of one scenario need is gone", "missing-mandatory-column", |document, _| {
            document.remove_column(3);
            Spot::File
        }),
    ),
    mapped(
        renamed!("OldLevel", r#", "rules": { "scenario-without-rows": "off" }"#),
        Mutation {
            rule: None,
            ..found("one scenario alone, without the columns of the others", "", |document, _| {
                document.records.retain(|record| {
                    let name = String::from_utf8_lossy(&record.cells[0]).replace('"', "");
                    ["HRScenario", "Resignation"].contains(&&*name)
                });
                for _ in 4..9 {
                    document.remove_column(4);
                }
                Spot::File
            })
        },
    ),
    mapped(
        renamed!("OldLevel", ""),
        found("a column under another name of the documentation", "header-alias", |document, _| {
            document.write(0, 1, "UserPrincipalName");
            Spot::Cell(0, 1)
        }),
    ),
    mapped(
        renamed!("OldLevel", ""),
        found("a documented scenario that the mapping leaves out", "scenario-not-supported", |document, random| {
            change(document, random, 0, |_| "Employee profile".into())
        }),
    ),
    mapped(
        renamed!("OldLevel", ""),
        found("another name of that scenario", "scenario-not-supported", |document, random| {
            change(document, random, 0, |_| "employeeProfile".into())
        }),
    ),
];
