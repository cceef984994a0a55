//! Faults of the scenario column, and of what a scenario requires.

use super::{Mutation, Spot, also, change, found};
use crate::generate::Scenario;

pub(super) const MUTATIONS: &[Mutation] = &[
    found("no scenario", "empty-scenario-value", |document, random| change(document, random, 0, |_| String::new())),
    found("a scenario that nothing maps", "unknown-scenario-value", |document, random| {
        change(document, random, 0, |_| "Sabbatical".into())
    }),
    found("a scenario in the plural", "scenario-near-miss", |document, random| {
        change(document, random, 0, |text| format!("{text}s"))
    }),
    found("a scenario in capitals", "scenario-near-miss", |document, random| {
        change(document, random, 0, str::to_uppercase)
    }),
    found("a scenario with a letter too many", "scenario-near-miss", |document, random| {
        change(document, random, 0, |text| text.replacen('e', "ee", 1))
    }),
    also(
        &["missing-mandatory-column", "missing-required-value", "value-for-other-scenario"],
        found("a profile among events", "profile-in-mixed-file", |document, random| {
            change(document, random, 0, |_| "Employee profile".into());
            Spot::File
        }),
    ),
    found("no address", "missing-required-value", |document, random| change(document, random, 1, |_| String::new())),
    found("no effective date", "missing-required-value", |document, random| {
        change(document, random, 4, |_| String::new())
    }),
    found("no last working date", "missing-required-value", |document, random| {
        change(document, random, 3, |_| String::new())
    }),
    also(
        &["missing-required-value"],
        found("the date in another scenario's column", "date-in-wrong-column", |document, random| {
            let record = document.any_of(Scenario::JobLevelChange, random);
            document.records[record].cells.swap(2, 4);
            Spot::Cell(record, 2)
        }),
    ),
    found("a rating of somebody who resigns", "value-for-other-scenario", |document, random| {
        let record = document.any_of(Scenario::Resignation, random);
        document.write(record, 6, "3 Meets expectations");
        Spot::Cell(record, 6)
    }),
    found("a level in a review", "value-for-other-scenario", |document, random| {
        let record = document.any_of(Scenario::PerformanceReview, random);
        document.write(record, 8, "Level 60 Manager");
        Spot::Cell(record, 8)
    }),
];
