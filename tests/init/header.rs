//! `hrlint mapping --for`: a mapping against a header.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

const OWN: &str = r#"{ "version": 1, "scenarios": { "resignation": { "columns": { "emailAddress": "Who" } } } }"#;

fn headers(header: &str, arguments: &[&str]) -> (i32, String, String) {
    let folder: TempDir = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("room on the disk");
    write("own.json", OWN);
    // No row of it is right, which is none of this command's business.
    write("hr.csv", &format!("{header}\nx,y,z\n,,\n\"never closed"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HRLINT_")) {
        command.env_remove(name);
    }
    let arguments = [&["mapping", "own.json", "--for", "hr.csv"], arguments].concat();
    let output = command.current_dir(folder.path()).args(arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

#[test]
fn a_header_that_the_mapping_knows_passes_whatever_its_rows_are() {
    let (code, out, err) = headers("Who,ResignationDate,LastWorkingDate", &["--format", "concise"]);
    assert!(code == 0 && err.contains("only the header was checked"), "{out}{err}");
    assert_eq!(out.lines().filter(|line| line.contains("hr.csv")).count(), 0, "{out}");
}

#[test]
fn what_is_wrong_with_a_header_is_found() {
    let rules = |header: &str| {
        let (code, out, _) = headers(header, &["--format", "jsonl"]);
        let lines =
            out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("every line is JSON"));
        let findings: Vec<String> = lines.filter_map(|line| Some(line.get("rule")?.as_str()?.to_owned())).collect();
        (code, findings)
    };
    assert_eq!(rules("Who,ResignationDate"), (1, vec!["missing-mandatory-column".to_owned()]));
    assert_eq!(rules("UPN,ResignationDate,LastWorkingDate"), (1, vec!["header-alias".to_owned()]));
    assert_eq!(rules("Who,ResignationDate,LastWorkingDate,Salary"), (0, vec!["sensitive-extra-column".to_owned()]));
    assert_eq!(rules("Who,ResignationDate,LastWorkingDate,Badge"), (0, vec!["unknown-column".to_owned()]));
    assert_eq!(rules("Who;ResignationDate;LastWorkingDate"), (1, vec!["wrong-delimiter".to_owned()]));
}

#[test]
fn it_fails_on_what_it_is_told_to() {
    let header = "Who,ResignationDate,LastWorkingDate,Salary";
    assert_eq!(headers(header, &["--fail-on", "warning"]).0, 1);
    assert_eq!(headers(header, &["--rule", "sensitive-extra-column=error"]).0, 1);
    assert_eq!(headers(header, &["--scenario", "none"]).0, 2);
    assert_eq!(headers(header, &["--for", "none.csv"]).0, 2);
}
