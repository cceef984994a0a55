//! Waivers: what they let pass, what they do not, and how they are started.

use std::fs;

use hrlint::report::Format;
use serde_json::Value;
use tempfile::TempDir;

use crate::{BAD, GOOD, HEADER, Outcome, folder, outcome, program};

const SECRET: &str = "correct horse battery staple";

/// Checks with a key.
fn check(folder: &TempDir, arguments: &[&str]) -> Outcome {
    let all = [&["check", "--now", "2026-07-01", "--link-key-env", "SECRET"], arguments].concat();
    outcome(program(folder.path(), &all).env("SECRET", SECRET))
}

/// Three people with warnings in one column, one of them with an error.
fn faulty() -> String {
    let row = |who: &str, date: &str| format!("{who}@northwind-energy.de,{date},2026-06-30T17:00:00+02:00\n");
    HEADER.to_owned()
        + &row("mia.brandt", "2026-05-04T09:00:00")
        + &row("jonas.keller", "2026-05-04T09:00:00")
        + &row("ida.holm", "04.05.2026")
}

fn waivers(entries: &[&str]) -> String {
    format!("{{ \"version\": 1, \"waivers\": [\n{}\n] }}", entries.join(",\n"))
}

const COLUMN: &str =
    r#"{ "rule": "date-missing-offset", "column": "resignationdate", "reason": "x", "expires": "2026-07-01" }"#;

fn last(outcome: &Outcome) -> Value {
    serde_json::from_str(outcome.out.lines().last().expect("there is a summary")).expect("it is JSON")
}

#[test]
fn a_column_is_waived_for_everyone_and_counted() {
    let folder = folder(&[("hr.csv", &faulty()), ("hrlint.waivers.json", &waivers(&[COLUMN]))]);
    let run = check(&folder, &["hr.csv", "--format", "jsonl"]);
    let rules: Vec<_> = run.findings().iter().map(|finding| finding["rule"].clone()).collect();
    assert_eq!((run.code, rules), (1, vec![Value::from("date-not-iso")]));
    let summary = last(&run);
    assert_eq!([&summary["waived"], &summary["waivedContract"], &summary["warnings"]], [2, 0, 0]);
    // Caps are for what is listed; what is waived is known of all.
    let capped =
        check(&folder, &["hr.csv", "--format", "jsonl", "--max-findings", "1", "--block-size", "9", "--threads", "3"]);
    assert_eq!(last(&capped), summary);
    for format in Format::names() {
        let told = check(&folder, &["hr.csv", "--format", format]).out;
        assert!(told.contains("2 findings waived") || told.contains("\"waived\":2"), "{format}: {told}");
    }
}

#[test]
fn without_waivers_the_same_run_finds_the_same() {
    let folder = folder(&[("hr.csv", &faulty()), ("elsewhere.json", &waivers(&[]))]);
    let plain = check(&folder, &["hr.csv", "--format", "jsonl"]);
    assert_eq!(plain.out, check(&folder, &["hr.csv", "--format", "jsonl", "--waivers", "elsewhere.json"]).out);
    assert_eq!(last(&plain)["waived"], 0);
}

#[test]
fn one_person_is_waived_by_a_code_that_names_nobody() {
    let folder = folder(&[("hr.csv", &faulty())]);
    let found = check(&folder, &["hr.csv", "--format", "jsonl"]).findings();
    let mia = found[0]["person"].as_str().expect("there is a key");
    let entry = COLUMN.replace("\"reason\"", &format!("\"person\": \"{mia}\", \"reason\""));
    fs::write(folder.path().join("hrlint.waivers.json"), waivers(&[&entry])).expect("room on the disk");
    let rows = |outcome: &Outcome| outcome.findings().iter().map(|f| f["row"].as_u64()).collect::<Vec<_>>();
    assert_eq!(rows(&check(&folder, &["hr.csv", "--format", "jsonl"])), [Some(3), Some(4)]);
    let mut command = program(folder.path(), &["check", "hr.csv", "--link-people"]);
    outcome(&mut command).says(2, "name single people, and there is no key to know them by");
}

#[test]
fn contract_rules_are_waived_for_a_check_and_never_for_an_upload() {
    let empty = HEADER.to_owned() + ",2026-05-04T09:00:00Z,2026-06-30T17:00:00Z\n";
    let entry =
        r#"{ "rule": "missing-required-value", "column": "EmailAddress", "reason": "x", "expires": "2026-12-31" }"#;
    let folder = folder(&[("hr.csv", &empty), ("hrlint.waivers.json", &waivers(&[entry]))]);
    let run = check(&folder, &["hr.csv", "--format", "jsonl"]);
    assert_eq!((run.code, last(&run)["waived"].as_u64(), last(&run)["waivedContract"].as_u64()), (0, Some(1), Some(1)));
    let told = check(&folder, &["hr.csv", "--format", "pretty"]).out.replace('\n', " ");
    assert!(told.contains("1 finding waived (1 of them still stands in the way of an upload)"), "{told}");
    assert!(!check(&folder, &["hr.csv", "--format", "html"]).out.contains("Nothing stands in the way"));
}

#[test]
fn expired_and_unused_waivers_are_findings_of_their_own_file() {
    let expired = COLUMN.replace("2026-07-01", "2026-06-30");
    let unused = COLUMN.replace("resignationdate", "LastWorkingDate");
    let folder = folder(&[("hr.csv", &faulty()), ("good.csv", GOOD), ("w.json", &waivers(&[&expired, &unused]))]);
    let arguments = ["hr.csv", "--waivers", "w.json", "--format", "concise"];
    let run = check(&folder, &arguments);
    for line in [
        "w.json:2:1 warning waiver-expired the waiver of date-missing-offset in the column resignationdate expired on 2026-06-30",
        "w.json:3:1 warning waiver-unused the waiver of date-missing-offset in the column LastWorkingDate lets nothing pass",
        "hr.csv:2:32 warning date-missing-offset",
        "found 1 error, 4 warnings in 1 file",
    ] {
        assert!(run.out.contains(line), "{line}: {}", run.out);
    }
    let off =
        check(&folder, &[&arguments[..], &["--rule", "waiver-unused=off", "--rule", "waiver-expired=off"]].concat());
    assert!(!off.out.contains("w.json"), "{}", off.out);
    let stopped =
        check(&folder, &["good.csv", "hr.csv", "--waivers", "w.json", "--max-record", "50", "--format", "concise"]);
    assert!(stopped.code == 2 && !stopped.out.contains("waiver-unused"), "{stopped:?}");
    for format in Format::names() {
        assert_eq!(
            check(&folder, &["good.csv", "--waivers", "w.json", "--fail-on", "warning", "--format", format]).code,
            1
        );
    }
}

#[test]
fn waivers_are_started_from_what_is_found_and_then_nothing_is() {
    let folder = folder(&[("hr.csv", &faulty()), ("bad/hr.csv", BAD)]);
    let start = ["hr.csv", "--write-waivers", "--max-findings", "1", "--format", "concise"];
    let run = check(&folder, &start);
    run.says(1, "3 waivers written to hrlint.waivers.json: say in each why it is there");
    let text = fs::read_to_string(folder.path().join("hrlint.waivers.json")).expect("it was written");
    assert!(!text.contains("northwind") && text.contains("\"expires\":\"2026-09-29\""), "{text}");
    let again = check(&folder, &["hr.csv", "--format", "concise"]);
    assert_eq!((again.code, again.out.as_str()), (0, "nothing found in 1 file; 3 findings waived\n"));
    let other = [&["check", "hr.csv", "--now", "2026-07-01", "--link-key-env", "SECRET"][..]].concat();
    let other = outcome(program(folder.path(), &other).env("SECRET", "another secret of many letters"));
    other.says(2, "were named with another key");
    check(&folder, &start).says(2, "there is hrlint.waivers.json already");
    check(&folder, &["hr.csv", "--write-waivers=other.json"]).says(1, "written to other.json");
    check(&folder, &["hr.csv", "--format", "json=hrlint.waivers.json"]).says(2, "would overwrite the waivers");
    outcome(&mut program(folder.path(), &["check", "hr.csv", "--write-waivers=new.json"]))
        .says(2, "--link-key-env NAME");
    let good = crate::folder(&[("hr.csv", GOOD)]);
    check(&good, &["hr.csv", "--write-waivers"]).says(0, "nothing is to be waived");
}

#[test]
fn mistakes_point_into_the_json() {
    let folder = folder(&[("hr.csv", GOOD), ("w.json", &waivers(&[&COLUMN.replace("\"rule\"", "\"rul\"")]))]);
    let run = check(&folder, &["hr.csv", "--waivers", "w.json"]);
    run.says(2, "unknown key `rul` in a waiver");
    assert!(run.err.contains("w.json:2:3") && run.err.contains("Did you mean `rule`?"), "{}", run.err);
    check(&folder, &["hr.csv", "--waivers", "none.json"]).says(2, "cannot read the waivers none.json");
    check(&folder, &["hr.csv", "--waivers", "hr.csv"]).says(2, "the waivers hr.csv have a mistake");
    assert!(!check(&folder, &["hr.csv", "--waivers", "hr.csv"]).err.contains("mia.brandt"));
}
