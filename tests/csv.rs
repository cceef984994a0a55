//! The dialect, file by file: what every record of `fixtures/csv` says, where it begins, and what is wrong with it.

use std::fs;
use std::path::{Path, PathBuf};

use hrlint::scan::{Instructions, Outcome, Piece, Scanner, Seen, Tape, unquote};
use serde_json::{Value, json};

/// Every file, with the records that it is expected to hold.
fn files() -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/csv");
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|extension| extension == "csv")).collect();
    files.sort();
    assert!(files.len() > 20, "the fixtures are found");
    let expected = |path: &Path| fs::read(path.with_extension("json")).expect("every file has its records beside it");
    let expected = |path: PathBuf| (serde_json::from_slice(&expected(&path)).expect("records are JSON"), path);
    files.into_iter().map(expected).map(|(records, path)| (path, records)).collect()
}

fn fault(seen: Seen) -> &'static str {
    match seen {
        Seen::UnterminatedQuote { .. } => "unterminated quote",
        Seen::StrayQuote => "stray quote",
        Seen::TextAfterQuote => "text after quote",
    }
}

/// The records of a text as the fixtures write them.
fn records(text: &[u8], instructions: Instructions, strictly: bool) -> Value {
    let header = text.split(|byte| *byte == b'\n' || *byte == b'\r').next().expect("there is a first");
    let expected = Some(header.split(|byte| *byte == b',').count());
    let scanner = Scanner { delimiter: b',', limit: 1 << 20, expected, instructions };
    let mut bytes = text.to_vec();
    bytes.push(b'\n');
    bytes.resize(text.len() + Piece::PADDING + 1, 0);
    let piece = Piece { bytes: &bytes, len: text.len(), ends_file: true };
    let mut tape = Tape::default();
    let scan = if strictly { Scanner::scan_strictly } else { Scanner::scan };
    let outcome = scan(&scanner, piece, 0, text.len(), &mut tape);
    assert_eq!(outcome, Outcome::Complete(text.len()));
    let record = |number: usize| {
        let cells = tape.record(number);
        let line = 1 + number + tape.inner_breaks_before(cells.begin() as u32);
        let raw = (0..cells.len()).map(|cell| &bytes[cells.cell(&bytes, cell)]);
        let said: Vec<_> = raw.map(|raw| String::from_utf8_lossy(&unquote(raw)).into_owned()).collect();
        let seen = tape.observations().iter().filter(|seen| seen.record as usize == number);
        let faults: Vec<_> = seen.map(|seen| format!("cell {}: {}", seen.cell + 1, fault(seen.seen))).collect();
        if faults.is_empty() {
            json!({ "line": line, "cells": said })
        } else {
            json!({ "line": line, "cells": said, "faults": faults })
        }
    };
    (0..tape.len()).map(record).collect()
}

#[test]
fn every_file_holds_the_records_beside_it() {
    for (path, expected) in files() {
        let text = fs::read(&path).expect("the fixture is there");
        for instructions in Instructions::available() {
            for strictly in [false, true] {
                assert_eq!(records(&text, instructions, strictly), expected, "{path:?} with {instructions:?}");
            }
        }
    }
}

#[test]
fn the_csv_crate_agrees_on_what_has_no_fault() {
    for (path, expected) in files() {
        let records = expected.as_array().expect("a list");
        let text = fs::read(&path).expect("the fixture is there");
        if records.iter().any(|record| record.get("faults").is_some()) {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&text[..]);
        let theirs = reader.byte_records().map(|record| record.expect("the crate reads everything"));
        let theirs: Vec<Value> = theirs
            .map(|record| record.iter().map(|cell| Value::from(String::from_utf8_lossy(cell))).collect())
            .collect();
        // The crate passes over blank lines.
        let ours = records.iter().map(|record| record["cells"].clone()).filter(|cells| *cells != json!([""]));
        assert_eq!(theirs, ours.collect::<Vec<_>>(), "{path:?}");
    }
}
