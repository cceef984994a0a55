//! Faults of what stands above, below and between the rows: titles, labels, totals, empty rows; and of line ends.

use super::document::{Document, Record, stored};
use super::records::insert;
use super::{Mutation, Spot, change, found, mapped};

pub(super) const MUTATIONS: &[Mutation] = &[
    found("a hint for Excel", "sep-line", |document, _| insert(document, 0, vec![b"sep=".to_vec(), Vec::new()])),
    found("a hint for Excel in quotes", "sep-line", |document, _| insert(document, 0, vec![b"\"SEP=,\"".to_vec()])),
    found("a title above the header", "preamble-rows", |document, _| {
        insert(document, 0, vec![b"HR events of June 2026".to_vec()])
    }),
    found("a title, a date, a filter and a blank line", "preamble-rows", |document, _| {
        insert(document, 0, vec![Vec::new()]);
        insert(document, 0, vec![b"Filter".to_vec(), b"Remarks".to_vec(), b"not empty".to_vec(), Vec::new()]);
        insert(document, 0, vec![b"Created on".to_vec(), b"2026-06-30".to_vec()]);
        insert(document, 0, vec![b"\"Events, all\"".to_vec()]);
        Spot::File
    }),
    found("labels below the header", "second-header-row", |document, _| {
        let labels = ["Art", "E-Mail", "Kündigung", "Letzter Tag", "Gültig ab", "Bemerkung", "Note", "Alt", "Neu"];
        let cells = labels.map(|label| stored(document.dialect, label.as_bytes()));
        insert(document, 1, cells.into())
    }),
    found("cleared cells", "all-empty-row", |document, random| {
        let at = document.any(random);
        insert(document, at, vec![Vec::new(); 9])
    }),
    found("blanks in few cells at the end", "all-empty-row", |document, _| {
        let at = document.records.len();
        insert(document, at, vec![b" ".to_vec(), Vec::new(), b"\" \"".to_vec()])
    }),
    found("a total at the end", "totals-row", |document, _| {
        let (at, mut cells) = (document.records.len(), vec![Vec::new(); 9]);
        (cells[0], cells[8]) = (b"Grand total".to_vec(), b"2500".to_vec());
        insert(document, at, cells)
    }),
    found("a count in one cell", "totals-row", |document, _| {
        let at = document.records.len();
        insert(document, at, vec![b"Anzahl: 2.500".to_vec()])
    }),
    found("a subtotal among the records", "totals-row", |document, random| {
        let (at, mut cells) = (1 + document.any(random), vec![Vec::new(); 9]);
        cells[1] = stored(document.dialect, b"Subtotal");
        insert(document, at, cells)
    }),
    found("the end of a report", "totals-row", |document, _| {
        let at = document.records.len();
        insert(document, at, vec![b"(2500 rows affected)".to_vec()])
    }),
    found("a line break in a level", "embedded-newline", |document, random| {
        change(document, random, 7, |text| text.replacen(' ', "\n", 1));
        Spot::Column(7)
    }),
    found("a line break in a rating, as on Windows", "embedded-newline", |document, random| {
        change(document, random, 6, |text| text.replacen(' ', "\r\n", 1));
        Spot::Column(6)
    }),
    found("line ends of old Macs", "lone-cr", |document, _| {
        document.records.iter_mut().for_each(|record| record.ending = b"\r".to_vec());
        Spot::File
    }),
    found("one line end of an old Mac", "lone-cr", |document, random| {
        let record = document.any(random);
        document.records[record].ending = b"\r".to_vec();
        Spot::Record(record)
    }),
    found("single quotes everywhere", "single-quote-quoting", |document, _| single_quotes(document, 0)),
    found("single quotes around values", "single-quote-quoting", |document, _| single_quotes(document, 1)),
    mapped(
        r#"{ "scenarios": { "resignation": {} }, "rules": { "file-too-large": { "rows": 50 } } }"#,
        found("one row more than are allowed", "file-too-large", |document, _| resignations(document, 51)),
    ),
    mapped(
        r#"{ "scenarios": { "resignation": {} }, "csv": { "encoding": "windows-1252" } }"#,
        found("UTF-8 where another encoding is declared", "encoding-declared-mismatch", |document, _| {
            document.dialect.bom = true;
            resignations(document, 20)
        }),
    ),
    mapped(
        r#"{ "scenarios": { "resignation": {} }, "csv": { "encoding": "utf-16" } }"#,
        found("UTF-8 where UTF-16 is declared", "encoding-declared-mismatch", |document, _| resignations(document, 20)),
    ),
];

/// Puts all cells from a record on in single quotes.
fn single_quotes(document: &mut Document, from: usize) -> Spot {
    for record in from..document.records.len() {
        for column in 0..document.records[record].cells.len() {
            let text = document.text(record, column).replace('\'', "''");
            document.records[record].cells[column] = format!("'{text}'").into_bytes();
        }
    }
    Spot::File
}

/// Makes a file of that many resignations, with no column that names a scenario.
pub(super) fn resignations(document: &mut Document, rows: usize) -> Spot {
    let header = ["EmailAddress", "ResignationDate", "LastWorkingDate"].map(str::to_owned);
    let row = |number| {
        let minute = number % 60;
        let dates = [format!("2026-05-04T09:{minute:02}:00+02:00"), format!("2026-06-30T17:{minute:02}:00+02:00")];
        let [notice, last] = dates;
        [format!("jonas.keller{number}@northwind-energy.de"), notice, last]
    };
    let (dialect, ending) = (document.dialect, document.dialect.ending().to_vec());
    let record = |cells: [String; 3]| Record {
        cells: cells.iter().map(|cell| stored(dialect, cell.as_bytes())).collect(),
        ending: ending.clone(),
    };
    document.records = [header].into_iter().chain((1..=rows).map(row)).map(record).collect();
    Spot::File
}
