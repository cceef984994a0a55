//! UTF-16: the content is checked, and places are right in the file as it is stored.

use std::fs;

use serde_json::Value;

use crate::{check, folder};

/// A wide letter before the fault, and the fault behind a line break in a cell.
const ROWS: &str = "EmailAddress,EffectiveDate,Remarks,Rating\r\n\
    mia.brandt@northwind-energy.de,2026-05-18T09:00:00+02:00,\"Großes 😀\r\nLob\",\"3 of 5\"\r\n\
    jonas.keller@northwind-energy.de,2026-05-18T09:00:00+02:00,\"Müller 😀\r\nsagt 😀\", trailing\r\n";

fn encoded(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn decoded(bytes: &[u8], big: bool) -> String {
    let unit =
        |pair: &[u8]| if big { u16::from_be_bytes([pair[0], pair[1]]) } else { u16::from_le_bytes([pair[0], pair[1]]) };
    let units: Vec<u16> = bytes.chunks(2).map(unit).collect();
    String::from_utf16(&units).expect("a cell is whole")
}

fn findings(bytes: &[u8], arguments: &[&str]) -> Vec<Value> {
    let folder = folder(&[]);
    fs::write(folder.path().join("hr.csv"), bytes).expect("room on the disk");
    let outcome = check(&folder, &[&["hr.csv", "--format", "jsonl", "--show-values", "always"], arguments].concat());
    assert_eq!(outcome.code, 1, "{outcome:?}");
    outcome.findings()
}

#[test]
fn places_are_right_in_the_stored_file() {
    for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
        let bytes = encoded(ROWS, big, mark);
        let findings = findings(&bytes, &[]);
        let rules: Vec<_> = findings.iter().map(|finding| finding["rule"].as_str().unwrap_or("")).collect();
        assert_eq!(rules, ["utf16-encoding", "value-whitespace", "embedded-newline"], "{findings:#?}");
        let blank = &findings[1];
        let at = |key: &str| blank[key].as_u64().map(|at| at as usize).expect("a cell has a place");
        assert_eq!((at("row"), at("line"), at("column")), (3, 5, 4));
        assert_eq!(at("char"), "sagt 😀\",".chars().count() + 1);
        let stored = &bytes[at("offset")..at("offset") + at("length")];
        assert_eq!(decoded(stored, big), " trailing");
        assert_eq!(blank["value"], " trailing");
    }
}

#[test]
fn places_far_into_a_file_are_right() {
    // Pairs of surrogates, shifted by one unit every row, are cut by every kind of chunk.
    let row = |i: usize| {
        format!("mia.brandt{i}@northwind-energy.de,2026-05-18T09:00:00+02:00,{}😀😀😀, {i}\r\n", "x".repeat(i % 7))
    };
    let text = "EmailAddress,EffectiveDate,Remarks,Rating\r\n".to_owned() + &(0..4000).map(row).collect::<String>();
    for (big, mark) in [(false, true), (true, false)] {
        let bytes = encoded(&text, big, mark);
        for block_size in ["512k", "1000"] {
            let findings = findings(&bytes, &["--max-findings", "0", "--block-size", block_size]);
            let blanks: Vec<_> = findings.iter().filter(|finding| finding["rule"] == "value-whitespace").collect();
            assert_eq!(blanks.len(), 4000);
            for (i, blank) in blanks.iter().enumerate() {
                let at = |key: &str| blank[key].as_u64().map(|at| at as usize).expect("a cell has a place");
                assert_eq!(decoded(&bytes[at("offset")..at("offset") + at("length")], big), format!(" {i}"));
                assert_eq!(at("row"), i + 2);
            }
        }
    }
}

#[test]
fn what_can_be_mended_is_counted_whether_it_is_shown_or_not() {
    let row = "mia.brandt@northwind-energy.de,2026-05-18T09:00:00+02:00,,\r\n";
    let text = format!("EmailAddress,EffectiveDate,Remarks,Rating\r\n{row}{row}\r\n{row}");
    let folder = folder(&[]);
    fs::write(folder.path().join("hr.csv"), encoded(&text, false, true)).expect("room on the disk");
    for most in ["0", "1", "2", "1000"] {
        let outcome = check(&folder, &["hr.csv", "--format", "json", "--max-findings", most]);
        let report: Value = serde_json::from_str(&outcome.out).expect("a report");
        // The encoding, a blank line, and two rows that are there already.
        assert_eq!(report["summary"]["fixable"], 4, "{most}: {report:#}");
    }
}
