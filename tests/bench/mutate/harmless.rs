//! Changes that are no faults: at the edge of a limit, or a matter of taste. Nothing may be found.

use super::addresses::{LISTED, of_one_company, resized_domain, resized_local};
use super::connectors::alone;
use super::document::Encoding;
use super::layout::resignations;
use super::records::insert;
use super::{Document, Mutation, Spot, change, mapped};
use crate::generate::Scenario;
use crate::generate::random::Random;

pub(super) const MUTATIONS: &[Mutation] = &[
    harmless("nothing is changed", |_, _| Spot::File),
    harmless("200 letters of two bytes in remarks", |document, random| {
        change(document, random, 5, |_| "ä".repeat(200))
    }),
    harmless("66 letters of four bytes in remarks", |document, random| change(document, random, 5, |_| "𐍈".repeat(66))),
    harmless("signs at the beginning of remarks", |document, random| {
        change(document, random, 5, |text| format!("- {text}"))
    }),
    harmless("an ampersand and angle brackets in remarks", |document, random| {
        change(document, random, 5, |_| "R&D; 5 < 6, <none> of them > 7".into())
    }),
    harmless("capital letters before typographic marks, without more of them", |document, random| {
        change(document, random, 5, |_| "Tomáš Šťastný, ÉCOLE DÉŽÀ VU".into())
    }),
    harmless("a level with a sign and an exponent of a room", |document, random| {
        change(document, random, 7, |_| "2E-14".into())
    }),
    harmless("a rating of 25 characters", |document, random| {
        change(document, random, 6, |_| format!("{:é<25}", "4 Exceeds expectations "))
    }),
    harmless("64 characters before the @", |document, random| {
        change(document, random, 1, |text| resized_local(text, 64))
    }),
    harmless("48 characters after the @", |document, random| {
        change(document, random, 1, |text| resized_domain(text, 48))
    }),
    harmless("a hash in an address", |document, random| change(document, random, 1, |text| format!("ext#{text}"))),
    mapped(
        LISTED,
        harmless("a listed domain in capitals", |document, random| {
            change(document, random, 1, |text| {
                format!("mia.b@{}", text[text.find('@').unwrap_or(0) + 1..].to_uppercase())
            })
        }),
    ),
    harmless("a sister company's domain", |document, random| {
        of_one_company(document);
        change(document, random, 1, |text| text.replace("energy", "energie"))
    }),
    harmless("a notice of a year ahead", |document, random| {
        let record = document.any_of(Scenario::Resignation, random);
        document.write(record, 2, "2027-07-01T23:59:59+14:00");
        document.write(record, 3, "2031-07-01T23:59:59-12:00");
        Spot::File
    }),
    harmless("a week ahead", |document, random| change(document, random, 4, |_| "2026-07-08T23:59:59+14:00".into())),
    harmless("a resignation after the return", |document, random| {
        let record = document.any_of(Scenario::Resignation, random);
        let mut cells = document.records[record].cells.clone();
        document.write(record, 2, "2026-05-04T09:00:00Z");
        document.write(record, 3, "2026-05-29T09:00:00Z");
        (cells[2], cells[3]) = (b"2026-06-15T09:00:00Z".to_vec(), b"2026-06-30T09:00:00Z".to_vec());
        let at = document.records.len();
        insert(document, at, cells)
    }),
    harmless("an address in capitals, of somebody who has one row", |document, random| {
        let (record, address) = alone(document, random);
        document.write(record, 1, &address.to_uppercase());
        Spot::Cell(record, 1)
    }),
    harmless("the last moment of a day, far in the west", |document, random| {
        change(document, random, 4, |_| "2026-06-30T23:59:59.9999999-12:00".into())
    }),
    harmless("notice and last day at one moment, in two offsets", |document, random| {
        let record = document.any_of(Scenario::Resignation, random);
        document.write(record, 2, "2026-05-04T12:00:00+02:00");
        document.write(record, 3, "2026-05-04T10:00:00Z");
        Spot::File
    }),
    harmless("no optional value", |document, random| {
        let record = document.any_of(Scenario::JobLevelChange, random);
        for column in 5..9 {
            document.write(record, column, "");
        }
        Spot::File
    }),
    mapped(
        r#"{ "scenarios": { "resignation": {} }, "csv": { "encoding": "utf-16" } }"#,
        harmless("UTF-16 where it is declared", |document, _| {
            document.encoding = Encoding::Utf16LittleMarked;
            resignations(document, 20)
        }),
    ),
    harmless("columns in another order", |document, _| {
        for record in &mut document.records {
            record.cells.reverse();
        }
        Spot::File
    }),
    harmless("the last line without an ending", |document, _| {
        if let Some(last) = document.records.last_mut() {
            last.ending.clear();
        }
        Spot::File
    }),
    harmless("quotes around one cell", |document, random| {
        let record = document.any_filled(7, random);
        let text = document.text(record, 7);
        document.records[record].cells[7] = format!("\"{text}\"").into_bytes();
        Spot::File
    }),
    harmless("many lines in one cell", |document, random| {
        change(document, random, 5, |_| "First,\nsecond,\r\n\n\"third\"\nand last".into())
    }),
    harmless("the same person and date in another scenario", |document, random| {
        let review = document.any_of(Scenario::PerformanceReview, random);
        let plan = document.any_of(Scenario::PerformanceImprovementPlan, random);
        for column in [1, 4] {
            let text = document.text(review, column);
            document.write(plan, column, &text);
        }
        Spot::File
    }),
];

const fn harmless(name: &'static str, apply: fn(&mut Document, &mut Random) -> Spot) -> Mutation {
    Mutation { name, rule: None, companions: &[], mapping: None, apply }
}
