//! Faults of records: quotes, missing and surplus cells, blank lines, duplicates.

use super::document::{Document, Record, stored};
use super::{Mutation, Spot, also, found};
use crate::generate::{Dialect, Scenario};

pub(super) const MUTATIONS: &[Mutation] = &[
    also(
        TORN,
        found("a quote that nothing closes, in mid-file", "unterminated-quote", |document, random| {
            let record = 1 + random.below(document.records.len() - 2);
            unquote_after(document, record);
            let column = document.records[record].cells.len() - 1;
            document.records[record].cells[column].splice(0..0, *b"\"");
            Spot::Opening(record, column)
        }),
    ),
    also(
        TORN,
        found("a quote that nothing closes, in remarks", "unterminated-quote", |document, random| {
            let record = document.any_of(Scenario::PerformanceReview, random);
            unquote_after(document, record);
            document.records[record].cells[5] = b"\"Met all goals".to_vec();
            Spot::Opening(record, 5)
        }),
    ),
    also(
        TORN,
        found("a quote that nothing closes, at the very end", "unterminated-quote", |document, _| {
            let record = document.records.len() - 1;
            unquote_after(document, record);
            document.records[record].cells[8] = b"\"Level 61".to_vec();
            Spot::Opening(record, 8)
        }),
    ),
    found("a quote inside a bare cell", "stray-quote", |document, random| {
        let record = document.any_filled(7, random);
        document.records[record].cells[7] = b"Level 61 \"acting\" Manager".to_vec();
        Spot::Cell(record, 7)
    }),
    found("a quote at the end of a bare cell", "stray-quote", |document, random| {
        let record = document.any_filled(6, random);
        document.records[record].cells[6] = b"3 Meets expectations\"".to_vec();
        Spot::Cell(record, 6)
    }),
    found("text after a closing quote", "stray-quote", |document, random| {
        let record = document.any_filled(8, random);
        document.records[record].cells[8] = b"\"Level 61\" Manager".to_vec();
        Spot::Cell(record, 8)
    }),
    found("empty cells left out at the end", "short-record", |document, random| {
        let record = document.any_of(Scenario::Resignation, random);
        document.records[record].cells.truncate(7);
        Spot::Record(record)
    }),
    also(
        &["short-record"],
        found("a required cell left out", "missing-required-value", |document, random| {
            let record = document.any_of(Scenario::PerformanceReview, random);
            document.records[record].cells.truncate(4);
            Spot::Lost(record, 4)
        }),
    ),
    found("a surplus cell", "long-record", |document, random| {
        let record = document.any(random);
        let cell = stored(document.dialect, b"surplus");
        document.records[record].cells.push(cell);
        Spot::Record(record)
    }),
    found("a comma in remarks without quotes", "extra-fields", |document, random| {
        let record = document.any_of(Scenario::JobLevelChange, random);
        document.records[record].cells[5] = b"Promoted".to_vec();
        document.records[record].cells.insert(6, b"see the notes".to_vec());
        Spot::Cell(record, 5)
    }),
    found("two commas in the remarks of a review without quotes", "extra-fields", |document, random| {
        let record = document.any_of(Scenario::PerformanceReview, random);
        let cells = &mut document.records[record].cells;
        cells[5] = b"Met all goals".to_vec();
        cells[6] = b"3 Meets expectations".to_vec();
        cells.splice(6..6, [b" nearly".to_vec(), b" and more".to_vec()]);
        Spot::Cell(record, 5)
    }),
    found("rows that a lost quote made part of a cell", "swallowed-records", |document, random| {
        let record = document.any_filled(5, random).min(document.records.len() - 3);
        let record = (record..document.records.len() - 2).find(|at| !document.text(*at, 5).is_empty()).unwrap_or(1);
        let row = |at: usize| (0..9).map(|column| document.text(at, column)).collect::<Vec<_>>().join(",");
        let text = format!("{}\n{}\n{}", document.text(record, 5), row(record + 1), row(record + 2));
        document.write(record, 5, &text.replace('"', ""));
        Spot::Cell(record, 5)
    }),
    found("a delimiter at the end of every line", "trailing-delimiter", |document, _| {
        let empty = Dialect::PLAIN;
        for record in &mut document.records {
            record.cells.push(stored(empty, b""));
        }
        Spot::File
    }),
    found("a delimiter at the end of one line", "trailing-delimiter", |document, random| {
        let record = document.any(random);
        document.records[record].cells.push(Vec::new());
        Spot::File
    }),
    found("a blank line among the records", "blank-line", |document, random| {
        let at = document.any(random);
        insert(document, at, vec![Vec::new()])
    }),
    found("a blank line at the end", "blank-line", |document, _| {
        let at = document.records.len();
        insert(document, at, vec![Vec::new()])
    }),
    found("the header again", "repeated-header", |document, random| {
        let (at, header) = (1 + document.any(random), document.records[0].cells.clone());
        insert(document, at, header)
    }),
    found("the same record right after itself", "exact-duplicate-row", |document, random| {
        let record = document.any(random);
        let cells = document.records[record].cells.clone();
        insert(document, record + 1, cells)
    }),
    found("the first record again at the end", "exact-duplicate-row", |document, _| {
        let (at, cells) = (document.records.len(), document.records[1].cells.clone());
        insert(document, at, cells)
    }),
    found("the same record with other quotes", "exact-duplicate-row", |document, random| {
        let record = document.any(random);
        let quotes = Dialect { quote_all: !document.dialect.quote_all, ..document.dialect };
        let texts = (0..document.records[record].cells.len()).map(|column| document.text(record, column));
        let cells = texts.map(|text| stored(quotes, text.as_bytes())).collect();
        let at = record + 1 + random.below(document.records.len() - record);
        insert(document, at, cells)
    }),
    found("the same event at the same moment, in another offset", "duplicate-event-key", |document, random| {
        let record = document.any_filled(5, random);
        document.write(record, 4, "2026-05-04T11:15:49.50+02:00");
        let mut cells = document.records[record].cells.clone();
        cells[4] = stored(document.dialect, b"2026-05-04T09:15:49.5Z");
        let at = record + 1 + random.below(document.records.len() - record);
        insert(document, at, cells)
    }),
    found("the same event with other remarks", "duplicate-event-key", |document, random| {
        let record = document.any_filled(5, random);
        let mut cells = document.records[record].cells.clone();
        cells[5] = stored(document.dialect, b"Second thoughts");
        let at = record + 1 + random.below(document.records.len() - record);
        insert(document, at, cells)
    }),
    also(
        &["upn-case-variants"],
        found("the same event, the address in capitals", "duplicate-event-key", |document, random| {
            let record = document.any(random);
            let mut cells = document.records[record].cells.clone();
            cells[1].make_ascii_uppercase();
            let at = record + 1 + random.below(document.records.len() - record);
            insert(document, at, cells)
        }),
    ),
];

/// What may be said of a record that a quote tore, beside the quote itself.
const TORN: &[&str] = &["short-record", "long-record", "missing-required-value", "stray-quote"];

/// Takes the quotes, and what needs them, out of the record and of all after it.
fn unquote_after(document: &mut Document, record: usize) {
    for record in record..document.records.len() {
        for column in 0..document.records[record].cells.len() {
            let text = document.text(record, column);
            let plain: String = text.chars().filter(|letter| !matches!(letter, '"' | ',' | '\r' | '\n')).collect();
            document.records[record].cells[column] = plain.into_bytes();
        }
    }
}

pub(super) fn insert(document: &mut Document, at: usize, cells: Vec<Vec<u8>>) -> Spot {
    let ending = document.dialect.ending().to_vec();
    document.records.insert(at, Record { cells, ending });
    Spot::Record(at)
}
