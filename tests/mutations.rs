//! Every mutation of the catalogue is found by its rule, at its place, and by nothing else.
//!
//! The base files hold quotes, line breaks in cells and letters outside ASCII. `HRLINT_TEST_SEED` gives another seed.

#[path = "bench/generate/mod.rs"]
mod generate;
#[path = "mutations/ledger.rs"]
mod ledger;
#[path = "bench/mutate/mod.rs"]
mod mutate;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use generate::random::Random;
use generate::{Dialect, Kind, Options};
use mutate::{Document, Mutation, Spot};
use serde_json::Value;

const ROWS: u64 = 10_000;

/// What is noted of the base files' remarks, and is no fault.
const NOTE: &str = "embedded-newline";

/// Rules about where a file is kept and what was waived: nothing in the file breaks them.
const OF_THE_GATE: [&str; 3] = ["data-in-git", "waiver-expired", "waiver-unused"];

#[test]
fn every_mutation_is_found_where_it_is_in_a_plain_file() {
    prove(Dialect::PLAIN);
}

#[test]
fn every_mutation_is_found_where_it_is_in_a_quoted_file() {
    prove(Dialect { quote_all: true, crlf: true, ..Dialect::PLAIN });
}

#[test]
fn the_catalogue_is_large_and_its_names_are_unique() {
    let mut names: Vec<_> = mutate::all().map(|mutation| mutation.name).collect();
    let located = mutate::all().filter(|mutation| mutation.rule.is_some()).count();
    assert!(located >= 100, "{located} mutations");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), mutate::all().count());
}

/// Printed by `cargo test --test mutations every_rule -- --nocapture`.
#[test]
#[expect(clippy::print_stdout, reason = "the catalogue, for whoever asks for it")]
fn every_rule_has_a_mutation() {
    let mut bare = Vec::new();
    for rule in hrlint::rules::all() {
        let mut found: Vec<_> = mutate::all().filter(|mutation| mutation.rule == Some(rule.name)).collect();
        found.sort_by_key(|mutation| mutation.name);
        for mutation in &found {
            let beside = mutation.companions.join(", ");
            let beside = if beside.is_empty() { beside } else { format!(" (and perhaps {beside})") };
            println!("{}: {}{beside}", rule.name, mutation.name);
        }
        if found.is_empty() && (cfg!(feature = "upload") || !rules_about_the_past().contains(&rule.name)) {
            bare.push(rule.name);
        }
    }
    bare.retain(|rule| !OF_THE_GATE.contains(rule));
    assert!(bare.is_empty(), "rules that no mutation breaks: {bare:?}");
}

#[test]
fn the_places_of_the_catalogue_are_those_that_the_csv_crate_sees() {
    let options = Options { breaks: true, ..Options::new(Kind::Clean, 5) };
    let clean = Document::new(&options, 500);
    let mut seen = 0;
    for (number, mutation) in mutate::all().enumerate() {
        let mut document = clean.clone();
        let spot = (mutation.apply)(&mut document, &mut Random::at(5, number as u64));
        let Spot::Cell(record, column) = spot else { continue };
        let bytes = document.bytes();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
        let cells = reader.byte_records().nth(record).expect("the record is there").expect("memory is readable");
        let place = cells.position().expect("a record that was read has a place");
        let offset = document.record_offset(record);
        assert_eq!(place.byte() as usize, offset, "{}", mutation.name);
        assert_eq!(place.line() as usize, position(&bytes, offset).0, "{}", mutation.name);
        let (start, length) = document.cell_span(record, column);
        assert_eq!(bytes[start..start + length], document.records[record].cells[column], "{}", mutation.name);
        if mutation.rule != Some("stray-quote") {
            assert_eq!(String::from_utf8_lossy(&cells[column]), document.text(record, column), "{}", mutation.name);
        }
        seen += 1;
    }
    assert!(seen >= 50, "{seen} mutations of cells");
}

fn prove(dialect: Dialect) {
    let seed = env::var("HRLINT_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_260_701);
    let options = Options { dialect, breaks: true, ..Options::new(Kind::Clean, seed) };
    let clean = Document::new(&options, ROWS);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut faults = Vec::new();
    for (number, mutation) in mutate::all().enumerate() {
        let mut random = Random::at(seed, number as u64);
        let mut document = clean.clone();
        let spot = (mutation.apply)(&mut document, &mut random);
        let bytes = document.bytes();
        let path = folder.path().join("mutated.csv");
        fs::write(&path, &bytes).expect("the temporary folder can be written to");
        let earlier = document.earlier.as_ref().map(|bytes| {
            let earlier = folder.path().join("earlier.csv");
            fs::write(&earlier, bytes).expect("the temporary folder can be written to");
            earlier
        });
        let past = (!document.past.is_empty()).then(|| {
            let past = folder.path().join("ledger.jsonl");
            fs::write(&past, ledger::of(&document.past, &bytes)).expect("the temporary folder can be written to");
            past
        });
        let before = Before { earlier: earlier.as_deref(), past: past.as_deref() };
        let verdict = check(before, &path, mutation.mapping, &mut random)
            .and_then(|findings| judge(mutation, spot, &document, &bytes, &findings));
        if let Err(fault) = verdict {
            faults.push(format!("{} ({spot:?}): {fault}", mutation.name));
        }
    }
    let all = mutate::all().count();
    assert!(faults.is_empty(), "seed {seed}: {} of {all} mutations:\n{}", faults.len(), faults.join("\n"));
}

/// What there is besides the file.
#[derive(Clone, Copy)]
struct Before<'b> {
    /// Another file of the same run.
    earlier: Option<&'b Path>,
    /// A ledger of what was sent.
    past: Option<&'b Path>,
}

fn rules_about_the_past() -> Vec<&'static str> {
    let list = hrlint::rules::json();
    let rules = list["rules"].as_array().expect("a list of rules").clone();
    let past = rules.iter().filter(|rule| rule["family"] == "past");
    let names: Vec<&str> = past.filter_map(|rule| rule["name"].as_str()).collect();
    hrlint::rules::all().map(|rule| rule.name).filter(|name| names.contains(name)).collect()
}

/// The findings of a file, whatever threads and blocks the run happens to use.
fn check(before: Before<'_>, path: &Path, mapping: Option<&str>, random: &mut Random) -> Result<Vec<Value>, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HRLINT_")) {
        command.env_remove(name);
    }
    command.arg("check").args(before.earlier).arg(path).args([
        "--format",
        "jsonl",
        "--now",
        "2026-07-01T00:00:00Z",
        "--max-findings",
        "0",
    ]);
    if let Some(past) = before.past {
        command.arg("--ledger").arg(past);
    }
    if let Some(mapping) = mapping {
        let own = path.with_file_name("own.json");
        fs::write(&own, mapping).map_err(|error| error.to_string())?;
        command.arg("--mapping").arg(own);
    }
    command.arg("--threads").arg((1 + random.below(3)).to_string());
    let magnitude = random.below(13);
    command.arg("--block-size").arg((1 + random.below(1 << (6 + magnitude))).to_string());
    let output = command.output().map_err(|error| error.to_string())?;
    let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    let lines = text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>();
    let lines = lines.map_err(|error| format!("no JSON lines: {error}"))?;
    if lines.last().is_none_or(|line| line["type"] != "summary") {
        return Err(format!("no summary; {:?}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    let findings: Vec<_> = lines.into_iter().filter(|line| line["type"] == "finding").collect();
    let errors = findings.iter().any(|finding| finding["severity"] == "error");
    match output.status.code() {
        Some(code) if code == i32::from(errors) => Ok(findings),
        code => Err(format!("exit code {code:?}, errors: {errors}")),
    }
}

fn judge(mutation: &Mutation, spot: Spot, document: &Document, bytes: &[u8], findings: &[Value]) -> Result<(), String> {
    let place = |finding: &Value| format!("{finding:.500}");
    let mut hits = 0;
    for finding in findings {
        let rule = finding["rule"].as_str().unwrap_or_default();
        let here = finding["file"].as_str().is_some_and(|file| file.ends_with("mutated.csv"));
        if Some(rule) == mutation.rule && here && is_at(finding, spot, document, bytes) {
            hits += 1;
        } else if !mutation.companions.contains(&rule) && rule != NOTE {
            return Err(format!("expected {}, found {}", mutation.rule.unwrap_or("nothing"), place(finding)));
        }
    }
    match (mutation.rule, hits) {
        (None, 0) | (Some(_), 1) => Ok(()),
        // A column may be missing for each of several scenarios.
        (Some(rule), 2..) if spot == Spot::File && mutation.companions.contains(&rule) => Ok(()),
        (rule, hits) => Err(format!("{} {hits} times", rule.unwrap_or("nothing"))),
    }
}

/// Whether the finding is at the spot, in every number that the spot determines.
fn is_at(finding: &Value, spot: Spot, document: &Document, bytes: &[u8]) -> bool {
    let number = |key: &str| finding[key].as_u64().map(|number| number as usize);
    let in_record = |record: usize| {
        let start = document.record_offset(record);
        let end = start + document.records[record].length();
        let offset = number("offset").unwrap_or(start);
        number("row") == Some(record + 1) && start <= offset && offset + number("length").unwrap_or(0) <= end
    };
    match spot {
        Spot::Cell(record, column) | Spot::Opening(record, column) => {
            let (offset, length) = document.cell_span(record, column);
            let (line, char) = position(bytes, offset);
            number("row") == Some(record + 1)
                && number("column") == Some(column + 1)
                && number("offset") == Some(offset)
                && (number("length") == Some(length) || matches!(spot, Spot::Opening(..)))
                && number("line") == Some(line)
                && number("char") == Some(char)
        }
        Spot::Lost(record, column) => in_record(record) && number("column") == Some(column + 1),
        Spot::Record(record) => in_record(record),
        Spot::Column(column) => number("column") == Some(column + 1),
        Spot::File => true,
    }
}

/// The physical line of an offset and the character on it, both from 1.
fn position(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = &bytes[..offset];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = 1 + memchr::memchr_iter(b'\n', before).count();
    (line, 1 + String::from_utf8_lossy(&before[line_start..]).chars().count())
}
