//! Faults of the header.

use super::{Mutation, Spot, also, found};

pub(super) const MUTATIONS: &[Mutation] = &[
    found("a column without a name", "empty-header-name", |document, random| {
        let at = 1 + random.below(8);
        document.insert_column(at, "", "x");
        Spot::Cell(0, at)
    }),
    found("a name twice, in another case", "duplicate-header", |document, _| {
        document.insert_column(9, "REMARKS", "");
        Spot::Cell(0, 9)
    }),
    found("a blank after an optional name", "header-whitespace", |document, _| {
        document.write(0, 5, "Remarks ");
        Spot::Cell(0, 5)
    }),
    also(
        &["missing-mandatory-column"],
        found("a no-break space before a required name", "header-whitespace", |document, _| {
            document.write(0, 1, "\u{a0}EmailAddress");
            Spot::Cell(0, 1)
        }),
    ),
    also(
        &["unknown-column", "missing-mandatory-column"],
        found("a required column under another name", "missing-mandatory-column", |document, _| {
            document.write(0, 4, "GueltigAb");
            Spot::File
        }),
    ),
    also(
        &["missing-mandatory-column"],
        found("no column of addresses", "missing-mandatory-column", |document, _| {
            document.remove_column(1);
            Spot::File
        }),
    ),
    found("a name in small letters", "header-case-differs", |document, _| {
        document.write(0, 4, "effectivedate");
        Spot::Cell(0, 4)
    }),
    also(
        &["header-case-differs"],
        found("all names in capitals", "header-case-differs", |document, _| {
            document.records[0].cells.iter_mut().for_each(|cell| cell.make_ascii_uppercase());
            Spot::File
        }),
    ),
    found("a column of salaries", "sensitive-extra-column", |document, random| {
        let at = 1 + random.below(9);
        document.insert_column(at, "Annual salary", "52000");
        Spot::Cell(0, at)
    }),
    found("a column of birth dates", "sensitive-extra-column", |document, random| {
        let at = 1 + random.below(9);
        document.insert_column(at, "Geburtsdatum", "1990-01-31");
        Spot::Cell(0, at)
    }),
    found("a column that nothing maps", "unknown-column", |document, random| {
        let at = 1 + random.below(9);
        document.insert_column(at, "CostCentre", "4711");
        Spot::Cell(0, at)
    }),
    also(
        LOST_SCENARIOS,
        found("several scenarios and no column that tells them", "missing-scenario-column", |document, _| {
            document.remove_column(0);
            Spot::File
        }),
    ),
];

/// What may be said of rows whose scenario was lost with its column.
const LOST_SCENARIOS: &[&str] = &[
    "missing-required-value",
    "date-in-wrong-column",
    "value-for-other-scenario",
    "unknown-column",
    "missing-mandatory-column",
    "duplicate-event-key",
    "exact-duplicate-row",
];
