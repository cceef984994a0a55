//! False alarms are defects: what is unusual but right stays silent at warning level and above.
//!
//! Every file under `fixtures/legit` is judged, with the mapping of its name (`tabs.csv`: `tabs.json`) where there is one.

mod engine;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hrlint::check::Options;
use hrlint::mapping::Mapping;
use hrlint::report::Format;
use hrlint::rules;
use serde_json::Value;

/// The files that are about values, and the columns that hold them.
const ABOUT: &[(&str, &[&str])] = &[
    ("addresses.csv", &["EmailAddress"]),
    ("dates.csv", &["ResignationDate", "LastWorkingDate", "EffectiveDate"]),
    ("people.csv", &["EmployeeFirstName", "EmployeeLastName", "EmployeeAddressLine1", "EmployeeCity", "EmployeeRole"]),
    ("postal-codes.csv", &["EmployeeZipCode"]),
    ("remarks.csv", &["Remarks"]),
    ("ratings.csv", &["Rating"]),
    ("levels.csv", &["OldLevel", "NewLevel"]),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/legit")
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the corpus is there").map(|entry| entry.expect("readable").path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "csv")).collect();
    files.sort();
    files
}

/// What a file's report says, line by line.
fn report(file: &Path) -> Vec<Value> {
    let own = file.with_extension("json");
    let mapping = if own.is_file() { Mapping::read(&own, &rules::facts()) } else { Ok(Mapping::built_in()) };
    let plan = engine::plan(mapping.unwrap_or_else(|mistake| panic!("{}: {mistake:?}", own.display())));
    let name = file.file_name().expect("a file").to_string_lossy();
    let report = engine::report(&[(&name, file)], &plan, &Options::default(), Format::Jsonl);
    report.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{name}: {line}"))).collect()
}

#[test]
fn what_is_unusual_but_right_stays_silent() {
    let mut alarms = Vec::new();
    for file in files() {
        let loud = report(&file);
        let loud = loud.iter().filter(|line| line["type"] == "finding" && line["severity"] != "info");
        alarms.extend(loud.map(|finding| {
            format!(
                "{}:{} {} {}: {}",
                finding["file"], finding["row"], finding["rule"], finding["message"], finding["value"]
            )
        }));
    }
    assert!(alarms.is_empty(), "{} false alarms:\n{}", alarms.len(), alarms.join("\n"));
}

#[test]
fn every_row_of_the_corpus_is_judged_as_one_of_a_scenario() {
    for file in files() {
        let report = report(&file);
        let summary = report.last().expect("a report ends in a summary");
        assert!(summary["rows"].as_u64().is_some_and(|rows| rows > 0), "{}: {summary}", file.display());
    }
}

#[test]
fn the_corpus_is_large() {
    let mut values = BTreeSet::new();
    for (name, columns) in ABOUT {
        let Ok(mut reader) = csv::Reader::from_path(folder().join(name)) else { continue };
        let header = reader.headers().expect("a header").clone();
        for record in reader.records().map(|record| record.expect("a corpus file is CSV")) {
            let cells =
                header.iter().zip(&record).filter(|(column, cell)| columns.contains(column) && !cell.is_empty());
            values.extend(cells.map(|(_, cell)| cell.to_owned()));
        }
    }
    assert!(values.len() >= 300, "{} distinct values", values.len());
    assert!(files().len() >= 15, "{} files", files().len());
}
