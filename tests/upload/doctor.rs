//! `hrlint doctor`: each step on the way, and that no data is sent.

use std::fs;

use assert_cmd::Command;

use crate::service::{Act, Kind, Reply, Seen, Service, When};
use crate::{APP, Desk, JOB, Outcome, SECRET, TENANT, outcome, rows};

/// `doctor` in place of `upload`, with the same arguments.
fn doctor(desk: &Desk, service: &Service, change: impl FnOnce(&mut Command) -> &mut Command) -> Outcome {
    doctor_of(desk, service, &service.url(), change)
}

fn doctor_of(
    desk: &Desk,
    service: &Service,
    ingest: &str,
    change: impl FnOnce(&mut Command) -> &mut Command,
) -> Outcome {
    fs::write(desk.path().join("ca.pem"), service.ca()).expect("room on the disk");
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    command.current_dir(desk.path()).env_clear().env("HRLINT_APP_SECRET", SECRET);
    let url = service.url();
    command.args(["doctor", "hr.csv", "--yes", "--tenant-id", TENANT, "--app-id", APP, "--job-id", JOB]);
    command.args(["--ca-file", "ca.pem", "--authority", &url, "--ingest-url", ingest, "--ledger", "ledger.jsonl"]);
    change(&mut command);
    let outcome = outcome(&mut command);
    assert!(!outcome.out.contains(SECRET) && !outcome.err.contains(SECRET), "{outcome:#?}");
    outcome
}

#[test]
fn a_way_that_works_is_told_step_by_step_and_no_row_leaves() {
    let (service, desk) = (Service::good(), Desk::new(rows(3)));
    let told = doctor(&desk, &service, |command| command);
    for step in ["connector", "sign-in", "proxy", "token service", "clock", "token ", "ingest", "ledger"] {
        assert!(told.out.lines().any(|line| line.starts_with("ok ") && line.contains(step)), "{step}: {told:#?}");
    }
    told.says(0, "No data was sent").says(0, "firewall must let this machine reach");
    assert_eq!(service.token_requests(), 1);
    let asked = service.seen();
    let greeted = |seen: &Seen| seen.line() == "GET / HTTP/1.1" && seen.body.is_empty();
    assert!(asked.iter().all(|seen| seen.is_token() || greeted(seen)), "{asked:?}");
}

#[test]
fn what_is_wrong_with_us_is_told_with_the_next_step() {
    let (service, desk) = (Service::good(), Desk::new(rows(3)));
    doctor(&desk, &service, |command| command.args(["--secret-file", "none"])).says(2, "FAILED sign-in");
    doctor(&desk, &service, |command| command.env("HRLINT_APP_SECRET", APP)).says(2, "copy \"Value\"");
    fs::write(desk.path().join("ledger.jsonl"), "not a ledger").expect("room on the disk");
    doctor(&desk, &service, |command| command).says(2, "FAILED ledger").says(2, "damaged at line 1");
}

/// Files of two folders, each with a mapping of its own: who we are is found out once.
#[test]
#[cfg(unix)]
fn the_secret_is_fetched_once_however_many_mappings_there_are() {
    let (service, desk) = (Service::good(), Desk::new(rows(3)));
    let mapping =
        r#"{ "version": 1, "scenarios": { "resignation": { "columns": { "emailAddress": "EmailAddress" } } } }"#;
    for folder in ["north", "south"] {
        fs::create_dir(desk.path().join(folder)).expect("room on the disk");
        fs::write(desk.path().join(folder).join("hrlint.json"), mapping).expect("room on the disk");
        fs::write(desk.path().join(folder).join("hr.csv"), rows(2)).expect("room on the disk");
    }
    fs::write(desk.path().join("secret"), format!("echo x >> fetched; echo '{SECRET}'")).expect("room on the disk");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let told = doctor(&desk, &service, |command| {
        command.args(["north/hr.csv", "south/hr.csv", "--secret-command", "sh secret"]).env("PATH", path)
    });
    told.says(0, "No data was sent").says(0, "north/hrlint.json:").says(0, "south/hrlint.json:");
    assert_eq!(told.out.matches("sign-in").count(), 1);
    assert_eq!(fs::read_to_string(desk.path().join("fetched")).expect("it was asked"), "x\n");
}

#[test]
fn a_clock_that_is_wrong_is_told() {
    let date = Act::answer("200 OK", "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\n", "");
    let (service, desk) = (Service::chunks([date]), Desk::new(rows(3)));
    doctor(&desk, &service, |command| command).says(2, "FAILED clock").says(2, "ahead of the token service");
}

#[test]
fn what_is_wrong_on_the_way_is_told_with_the_next_step() {
    let desk = Desk::new(rows(3));
    let refused = r#"{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired."}"#;
    let expired = Service::tokens([Act::answer("401 Unauthorized", "", refused)]);
    doctor(&desk, &expired, |command| command).says(3, "FAILED token").says(3, "expired");
    let impostor = Service::with(Kind::OtherName, [], []);
    doctor(&desk, &impostor, |command| command).says(3, "FAILED token service").says(3, "FAILED ingest");
    let silent = Service::chunks([Act::new(When::Head, Reply::Cut)]);
    doctor(&desk, &silent, |command| command).says(3, "FAILED token service");
    let gone = Service::good();
    doctor_of(&desk, &gone, "https://localhost:1", |command| command).says(3, "FAILED ingest");
}
