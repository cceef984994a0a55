//! The generator keeps its word: the same bytes for the same seed, and clean files that are clean by an independent look.

#[path = "bench/generate/mod.rs"]
mod generate;

use std::collections::HashSet;

use chrono::DateTime;
use generate::{Dialect, Kind, Options, Scenario};

fn file(options: &Options, rows: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    options.write(rows, &mut bytes).expect("writing to memory does not fail");
    bytes
}

fn records(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.deserialize().map(|record| record.expect("a generated file has records of one length")).collect()
}

#[test]
fn a_seed_determines_every_byte() {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for kind in [Kind::Clean, Kind::Quoted, Kind::AllBad, Kind::Dirty, Kind::AllDirty] {
        for byte in file(&Options::new(kind, 7), 3000) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    assert_eq!(format!("{hash:016x}"), "db08891f18520a9e");
}

#[test]
fn a_clean_file_names_no_event_twice_and_no_last_day_before_its_notice() {
    let bytes = file(&Options { breaks: true, ..Options::new(Kind::Clean, 3) }, 400_000);
    let mut events = HashSet::new();
    for record in records(&bytes, b',') {
        let [scenario, address, notice, last, effective, remarks, rating, ..] = &record[..] else {
            panic!("nine columns");
        };
        let date = if notice.is_empty() { effective } else { notice };
        assert!(events.insert(format!("{address} {scenario} {date}")), "{address} twice");
        let window = "2026-04-01".."2026-07-01";
        assert!(window.contains(&&date[..10]) && (last.is_empty() || window.contains(&&last[..10])));
        let moment = |text| DateTime::parse_from_rfc3339(text).expect("a date of the documented form");
        assert!(last.is_empty() || moment(last) > moment(date));
        assert!(remarks.chars().count() <= 200 && rating.chars().count() <= 25);
    }
}

#[test]
fn quotes_and_letters_are_as_frequent_as_said() {
    let bytes = file(&Options::new(Kind::Clean, 11), 100_000);
    let lines: Vec<_> = bytes.split(|byte| *byte == b'\n').collect();
    let quoted = lines.iter().filter(|line| line.contains(&b'"')).count();
    let foreign = lines.iter().filter(|line| !line.is_ascii()).count();
    assert!((7_500..9_500).contains(&quoted), "{quoted}");
    assert!((7_500..9_500).contains(&foreign), "{foreign}");
    let row = bytes.len() / 100_000;
    assert!((135..150).contains(&row), "{row} bytes a row");
}

#[test]
fn every_cell_of_an_all_bad_file_is_filled_and_unlike_the_clean_one() {
    let clean = records(&file(&Options::new(Kind::Clean, 5), 2000), b',');
    let bad = records(&file(&Options::new(Kind::AllBad, 5), 2000), b',');
    for (clean, bad) in clean.iter().zip(&bad) {
        for (column, (good, cell)) in clean.iter().zip(bad).enumerate().skip(1) {
            assert!(!cell.is_empty() && cell != good, "column {column}: {cell:?}");
        }
    }
}

#[test]
fn how_a_file_is_written_does_not_change_its_cells() {
    for alone in [None].into_iter().chain(Scenario::ALL.map(Some)) {
        let plain = Options { alone, breaks: true, ..Options::new(Kind::Dirty, 2) };
        let expected = records(&file(&plain, 500), b',');
        for delimiter in [b';', b'\t', b'|'] {
            for bits in 0..8 {
                let (quote_all, crlf, bom) = (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0);
                let options = Options { dialect: Dialect { delimiter, quote_all, crlf, bom }, ..plain };
                assert_eq!(records(&file(&options, 500), delimiter), expected, "{options:?}");
            }
        }
    }
}
