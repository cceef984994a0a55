//! Findings about one person can be linked, and nobody learns who it is.

use std::fs;

use serde_json::Value;

use crate::{HEADER, Outcome, folder, outcome, program};

const SECRET: &str = "correct horse battery staple";

/// Two faults of one person, in other letters, and one of another.
fn three() -> String {
    let row = |address: &str, date: &str| format!("{address},{date},2026-06-30T17:00:00+02:00\n");
    let rows = [
        row("Mia.Brandt@northwind-energy.de", "04.05.2026"),
        row("jonas.keller@northwind-energy.de", "05.05.2026"),
        row("mia.brandt@northwind-energy.de", "04.05.26"),
    ];
    HEADER.to_owned() + &rows.concat()
}

fn check(variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
    let folder = folder(&[("hr.csv", &three())]);
    let mut command = program(folder.path(), &[&["check", "hr.csv", "--now", "2026-07-01"], arguments].concat());
    outcome(command.envs(variables.iter().copied()))
}

fn people(outcome: &Outcome) -> Vec<Value> {
    let findings = outcome.findings();
    let dates = findings.iter().filter(|finding| finding["rule"].as_str().is_some_and(|rule| rule.starts_with("date")));
    dates.map(|finding| finding["person"].clone()).collect()
}

#[test]
fn without_being_asked_nobody_is_linked() {
    let outcome = check(&[], &["--format", "jsonl"]);
    assert!(people(&outcome).iter().all(Value::is_null) && people(&outcome).len() == 3, "{outcome:?}");
}

#[test]
fn a_random_key_links_within_a_run_and_the_users_own_from_run_to_run() {
    let random = || people(&check(&[], &["--format", "jsonl", "--link-people"]));
    let own = |secret| people(&check(&[("SECRET", secret)], &["--format", "jsonl", "--link-key-env", "SECRET"]));
    for people in [random(), own(SECRET)] {
        assert!(people[0].is_string() && people[0] == people[2] && people[0] != people[1], "{people:?}");
    }
    assert_ne!(random(), random());
    assert_eq!(own(SECRET), own(SECRET));
    assert_ne!(own(SECRET), own("incorrect horse battery staple"));
    let one = check(&[("SECRET", SECRET)], &["--format", "jsonl", "--link-key-env", "SECRET", "--threads", "1"]);
    let cut = ["--format", "jsonl", "--link-key-env", "SECRET", "--threads", "3", "--block-size", "7"];
    assert_eq!(one.out, check(&[("SECRET", SECRET)], &cut).out);
}

#[test]
fn links_are_in_the_formats_of_programs_and_pages_and_never_in_a_build_log() {
    let folder = folder(&[("hr.csv", &three())]);
    let link = people(&check(&[("SECRET", SECRET)], &["--format", "jsonl", "--link-key-env", "SECRET"]))[0].clone();
    let link = link.as_str().expect("it is a text");
    for (format, told) in [("json", true), ("csv", true), ("sarif", true), ("html", true), ("pretty", true)]
        .into_iter()
        .chain([("concise", false), ("github", false), ("gitlab", false), ("azure", false), ("junit", false)])
    {
        let arguments = ["check", "hr.csv", "--now", "2026-07-01", "--link-key-env", "SECRET", "--format"];
        let mut command = program(folder.path(), &[&arguments[..], &[&format!("{format}=out")]].concat());
        assert_eq!(outcome(command.env("SECRET", SECRET)).code, 1);
        let report = fs::read_to_string(folder.path().join("out")).expect("it was written");
        assert_eq!(report.contains(link), told, "{format}");
        assert!(!report.contains(SECRET));
    }
}

#[test]
fn a_key_that_is_none_is_an_error() {
    let with = |value| check(&[("SECRET", value)], &["--link-key-env", "SECRET"]);
    with("").says(2, "the environment variable SECRET holds no secret");
    with("short").says(2, "the secret in the environment variable SECRET is too short");
    check(&[], &["--link-key-env", "NONE=1"]).says(2, "holds no secret");
    assert!(!with("short").err.contains(": short"));
}
