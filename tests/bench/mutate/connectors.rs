//! Faults of people across rows, and of files that do not go together.

use super::document::stored;
use super::records::insert;
use super::{Document, Mutation, Spot, also, found, mapped};
use crate::generate::Scenario;
use crate::generate::random::Random;

pub(super) const MUTATIONS: &[Mutation] = &[
    found("the same person resigns a second time", "conflicting-resignation", |document, random| {
        let record = document.any_of(Scenario::Resignation, random);
        let mut cells = document.records[record].cells.clone();
        let last = document.text(record, 3);
        cells[2] = stored(document.dialect, last.as_bytes());
        let at = record + 1 + random.below(document.records.len() - record);
        insert(document, at, cells)
    }),
    also(
        &["upn-case-variants"],
        found(
            "the same person, in capitals, resigns in another file",
            "conflicting-resignation",
            |document, random| {
                let record = document.any_of(Scenario::Resignation, random);
                let (address, last) = (document.text(record, 1).to_uppercase(), document.text(record, 3));
                earlier(document, &HEADER, &["Resignation", &address, &last, &last, "", "", "", "", ""]);
                Spot::Record(record)
            },
        ),
    ),
    found("a capital letter in the second row of a person", "upn-case-variants", |document, random| {
        let record = document.any_of(Scenario::JobLevelChange, random);
        let mut cells = document.records[record].cells.clone();
        let address = document.text(record, 1);
        let spelled = address[..1].to_uppercase() + &address[1..];
        cells[1] = stored(document.dialect, spelled.as_bytes());
        cells[4] = stored(document.dialect, b"2026-04-01T00:00:01Z");
        let at = record + 1 + random.below(document.records.len() - record);
        insert(document, at, cells);
        Spot::Cell(at, 1)
    }),
    found("a person in capitals in another file", "upn-case-variants", |document, random| {
        let (record, address) = alone(document, random);
        let spelled = address.to_uppercase();
        earlier(document, &HEADER, &["Performance review", &spelled, "", "", "2026-04-01T00:00:01Z", "", "", "", ""]);
        Spot::Cell(record, 1)
    }),
    found("the identifier column under its other name", "identifier-column-differs", |document, _| {
        let header = [&["HRScenarios"], &HEADER[1..]].concat();
        earlier(document, &header, &RESIGNATION);
        Spot::Cell(0, 0)
    }),
    found("addresses under another name", "column-name-differs", |document, _| {
        let header = [&HEADER[..1], &["UserPrincipalName"], &HEADER[2..]].concat();
        earlier(document, &header, &RESIGNATION);
        Spot::Cell(0, 1)
    }),
    also(
        &["identifier-column-differs"],
        found("a profile of somebody who left", "profile-of-leaver", |document, random| {
            let record = document.any_of(Scenario::Resignation, random);
            let address = document.text(record, 1);
            earlier(document, &PROFILE, &[&address, "Mia", "Brandt", "12 Oak Street", "20095"]);
            Spot::Record(record)
        }),
    ),
    also(
        &["identifier-column-differs"],
        found("two profiles of one person", "profile-duplicate-user", |document, _| {
            let profile = ["no.body@northwind-energy.de", "No", "Body", "12 Oak Street", "20095"];
            let other = ["no.body@northwind-energy.de", "No", "Body", "7 Mill Lane", "80331"];
            let now = [PROFILE.join(","), profile.join(","), other.join(","), String::new()].join("\n");
            document.earlier = Some(document.bytes());
            document.replaced = Some(now.into_bytes());
            Spot::File
        }),
    ),
    mapped(
        FOUR,
        found("no improvement plan in any file", "scenario-without-rows", |document, _| {
            without(document, Scenario::PerformanceImprovementPlan)
        }),
    ),
    mapped(
        FOUR,
        also(
            &["scenario-without-rows"],
            found("nobody resigns, and a policy waits for it", "policy-without-rows", |document, _| {
                without(document, Scenario::Resignation)
            }),
        ),
    ),
    mapped(
        FOUR,
        also(
            // Of each scenario that has the column.
            &["field-never-filled", "level-pair-incomplete"],
            found("no old level in two small files", "field-never-filled", |document, _| {
                for record in 1..document.records.len() {
                    document.write(record, 7, "");
                }
                let mut earlier = document.clone();
                earlier.records.truncate(60);
                document.records.drain(1..60);
                document.records.truncate(60);
                document.earlier = Some(earlier.bytes());
                Spot::File
            }),
        ),
    ),
];

/// All four scenarios under their documented names, and a policy; small files say nothing of empty columns.
const FOUR: &str = r#"{
  "identifier": { "column": "HRScenario" },
  "scenarios": {
    "resignation": {},
    "jobLevelChange": {},
    "performanceReview": {},
    "performanceImprovementPlan": { "columns": { "improvementRemarks": "Remarks", "performanceRating": "Rating" } }
  },
  "rules": { "column-entirely-empty": { "rows": 1000 }, "field-never-filled": { "rows": 2 } },
  "policies": ["Data theft by departing users"]
}"#;

/// Takes a scenario's records away.
fn without(document: &mut Document, scenario: Scenario) -> Spot {
    let all: Vec<usize> = (1..document.records.len()).collect();
    for record in all.into_iter().rev() {
        if document.text(record, 0) == scenario.identifier() {
            document.records.remove(record);
        }
    }
    Spot::File
}

const HEADER: [&str; 9] = crate::generate::MIXED_HEADER;

const PROFILE: [&str; 5] =
    ["EmailAddress", "EmployeeFirstName", "EmployeeLastName", "EmployeeAddressLine1", "EmployeeZipCode"];

const RESIGNATION: [&str; 9] =
    ["Resignation", "no.body@northwind-energy.de", "2026-05-04T09:00:00Z", "2026-06-30T17:00:00Z", "", "", "", "", ""];

/// Puts a file of one record before this one.
fn earlier(document: &mut Document, header: &[&str], cells: &[&str]) {
    document.earlier = Some(format!("{}\n{}\n", header.join(","), cells.join(",")).into_bytes());
}

/// The record of somebody whom no other record is about, and the address. Fits no file in which everybody is there twice.
pub(super) fn alone(document: &Document, random: &mut Random) -> (usize, String) {
    for _ in 0..1000 {
        let record = document.any_of(Scenario::JobLevelChange, random);
        let address = document.text(record, 1);
        if (1..document.records.len()).filter(|other| document.text(*other, 1) == address).count() == 1 {
            return (record, address);
        }
    }
    panic!("no record is about somebody alone");
}
