//! The commands beside `check`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{folder, run};

#[test]
fn schemas_are_the_ones_in_the_repository() {
    let nowhere = folder(&[]);
    for name in ["mapping", "report"] {
        let outcome = run(&nowhere, &["schema", name]);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"));
        let stored = fs::read_to_string(path).expect("the schema is in the repository");
        assert!(outcome.code == 0 && outcome.out == stored, "schemas/{name}.schema.json is stale");
    }
    assert_eq!(run(&nowhere, &["schema", "reports"]).code, 2);
}

#[test]
fn a_mapping_is_printed_with_everything_filled_in() {
    let own = r#"{ "version": 1, "scenarios": { "resignation": { "identifier": "Leaver" } } }"#;
    let folder = folder(&[("hrlint.json", own), ("other.json", "{ \"version\": 2 }"), ("deep/x.csv", "")]);
    let nearest = run(&folder, &["mapping"]);
    assert_eq!(nearest.code, 0);
    assert!(nearest.out.contains("\"Leaver\"") && nearest.out.contains("LastWorkingDate"), "{}", nearest.out);
    assert_eq!(run(&folder, &["mapping", "hrlint.json"]).out, nearest.out);
    run(&folder, &["mapping", "other.json"]).says(2, "version");
    run(&folder, &["mapping", "none.json"]).says(2, "none.json");
    let built_in = run(&crate::folder(&[]), &["mapping"]);
    assert!(built_in.code == 0 && built_in.out.contains("\"HRScenario\""), "{}", built_in.out);
    // What is printed is a mapping itself, and comes to the same.
    let printed = crate::folder(&[("hrlint.json", &nearest.out)]);
    assert_eq!(run(&printed, &["mapping"]).out, nearest.out);
}

#[test]
fn every_rule_is_listed_and_explained() {
    let nowhere = folder(&[]);
    let list = run(&nowhere, &["rules"]);
    assert_eq!(list.code, 0);
    for rule in hrlint::rules::all() {
        assert!(list.out.contains(rule.name), "{}", rule.name);
    }
    let programs = run(&nowhere, &["rules", "--format", "json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&programs.out).expect("it is JSON"), hrlint::rules::json());
    let page = run(&nowhere, &["rules", "--format", "markdown"]);
    assert!(page.code == 0 && page.out == hrlint::rules::markdown());
    assert_eq!(run(&nowhere, &["rules", "--format", "jsonl"]).code, 2);
    let manual = run(&nowhere, &["explain", "upn-dot-edge"]);
    assert_eq!(manual.code, 0);
    assert!(manual.out.contains("Why it matters"), "{}", manual.out);
    run(&nowhere, &["explain", "upn-dots-edge"]).says(2, "did you mean upn-dot-edge?");
    run(&nowhere, &["explain", "\u{1b}[31m"]).says(2, "there is no rule \\u{1b}[31m");
    assert_eq!(run(&nowhere, &["explain"]).code, 2);
}

#[test]
fn help_and_version_are_results() {
    let nowhere = folder(&[]);
    for arguments in [&["--help"][..], &["check", "--help"], &["--version"], &["help", "rules"]] {
        let outcome = run(&nowhere, arguments);
        assert!(outcome.code == 0 && outcome.err.is_empty() && !outcome.out.is_empty(), "{arguments:?}");
    }
    assert!(run(&nowhere, &["--help"]).out.contains("Exit codes"));
}

/// Every command that prints something, in a folder with these files.
const PRINTING: [&[&str]; 18] = [
    &["--help"],
    &["--version"],
    &["check", "--help"],
    &["help", "check"],
    &["mapping"],
    &["mapping", "--for", "hr.csv"],
    &["init", "hr.csv", "--output", "-"],
    &["rules"],
    &["rules", "--format", "json"],
    &["explain", "date-not-iso"],
    &["policies"],
    &["policies", "--format", "json"],
    &["schema", "mapping"],
    &["schema", "report"],
    &["completions", "bash"],
    &["man"],
    &["man", "hook", "run"],
    &["fix", "hr.csv", "--now", "2026-07-01", "--output", "-"],
];

#[cfg(feature = "upload")]
const SENDING: &[&[&str]] = &[
    &["history", "--ledger", "ledger.jsonl"],
    &["history", "--ledger", "ledger.jsonl", "--format", "json"],
    &["schedule", "--for", "github", "connector.json", "hr.csv"],
    &["schedule", "--for", "cron", "connector.json", "hr.csv"],
    &[
        "upload",
        "hr.csv",
        "--now",
        "2026-07-01",
        "--dry-run",
        "--ledger",
        "ledger.jsonl",
        "--tenant-id",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "--app-id",
        "7d44448a-0e1a-4f9d-8a12-1f30a1c0b7aa",
        "--job-id",
        "9b2f6a3c-5a01-4a70-b0a9-0c1c7a53d9e4",
    ],
];

const CONNECTOR: &str = r#"{ "version": 1, "scenarios": { "resignation": {} } }"#;

#[cfg(not(feature = "upload"))]
const SENDING: &[&[&str]] = &[];

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_of_every_command() {
    let folder = folder(&[("hr.csv", crate::GOOD), ("connector.json", CONNECTOR)]);
    for arguments in PRINTING.iter().chain(SENDING).copied() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has one");
        let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
        let output = command.args(arguments).current_dir(folder.path()).stdout(full).output().expect("it starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(run(&folder, arguments).code, 0, "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_error_of_any_command() {
    let folder = folder(&[("hr.csv", crate::GOOD), ("connector.json", CONNECTOR)]);
    for arguments in PRINTING.iter().chain(SENDING).copied() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
        command.args(arguments).current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 2)) && !said.contains("bug"), "{arguments:?}: {said}");
        assert!(!said.contains("os error"), "{arguments:?}: {said}");
    }
}
