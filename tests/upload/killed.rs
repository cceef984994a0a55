//! Killed at every system call, then resumed: no row is lost, and none is sent twice without the user's word.
//!
//! Needs `strace`, so it is run by name: `cargo test --test upload killed -- --ignored --nocapture`. `HRLINT_TEST_KILLS=1` kills at
//! every call, `10` (unless it says otherwise) at every tenth.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use crate::service::Service;
use crate::{APP, Desk, JOB, Outcome, SECRET, TENANT, rows};

/// Rows of the file, and of a chunk: three chunks.
const ROWS: usize = 8;

/// What is sent, for as long as nobody is killed.
fn arguments(service: &Service) -> Vec<String> {
    let url = service.url();
    let fixed = ["upload", "hr.csv", "--yes", "--now", "2026-07-01", "--threads", "1", "--progress", "never"];
    let connector = ["--tenant-id", TENANT, "--app-id", APP, "--job-id", JOB, "--ca-file", "ca.pem"];
    let service = ["--authority", &url, "--ingest-url", &url, "--ledger", "ledger.jsonl", "--rows-per-call", "3"];
    fixed.iter().chain(&connector).chain(&service).map(|argument| (*argument).to_owned()).collect()
}

/// The program under `strace` with these options; its exit code.
fn traced(desk: &Desk, service: &Service, options: &[&str]) -> Option<i32> {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "trace.log"]).args(options).arg(env!("CARGO_BIN_EXE_hrlint"));
    command.args(arguments(service)).current_dir(desk.path());
    command.env_clear().env("HRLINT_APP_SECRET", SECRET).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().expect("strace is installed").code()
}

fn upload(desk: &Desk, service: &Service, more: &[&str]) -> Outcome {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    command.current_dir(desk.path()).env_clear().env("HRLINT_APP_SECRET", SECRET);
    crate::outcome(command.args(arguments(service)).args(more))
}

fn desk(service: &Service) -> Desk {
    let desk = Desk::new(rows(ROWS));
    fs::write(desk.path().join("ca.pem"), service.ca()).expect("room on the disk");
    desk
}

/// The system calls of an upload from its first look at the ledger on: name, and the number among its like of that thread.
fn calls() -> Vec<(String, usize)> {
    let service = Service::good();
    let desk = desk(&service);
    traced(&desk, &service, &[]);
    let log = fs::read_to_string(desk.path().join("trace.log")).expect("strace wrote it");
    let (mut counts, mut calls, mut begun) = (BTreeMap::new(), Vec::new(), false);
    let first = log.split_whitespace().next().expect("it is not empty").to_owned();
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let Some((name, _)) = call.trim_start().split_once('(').filter(|(name, _)| !name.contains(['<', '+', ' ']))
        else {
            continue;
        };
        if thread != first {
            continue;
        }
        let count: &mut usize = counts.entry(name.to_owned()).or_default();
        *count += 1;
        begun |= line.contains("ledger.jsonl");
        if begun && !matches!(name, "exit_group" | "execve") {
            calls.push((name.to_owned(), *count));
        }
    }
    calls
}

/// Goes on after something went wrong, as a person would; then every row has arrived once. Whether the user's word was needed.
fn settle(desk: &Desk, service: &Service, what: &str) -> bool {
    // What had left by then is still on its way.
    service.settle();
    let mut resumed = upload(desk, service, &[]);
    let unknown = resumed.code == 4;
    if unknown {
        // A person looks into the connector's log, and says what is there.
        let arrived = service.files().len() > desk.ledger().matches("\"accepted\":true").count();
        resumed = upload(desk, service, &[if arrived { "--assume-sent" } else { "--resend-unknown" }]);
    }
    let sent_before = resumed.code == 3 && resumed.err.contains("was sent to this connector");
    assert!(resumed.code == 0 || sent_before, "{what}: {resumed:#?}");
    let text = rows(ROWS);
    let (header, body) = text.split_once('\n').expect("it has a header");
    let lines: Vec<&str> = body.split_inclusive('\n').collect();
    let chunk = |lines: &[&str]| format!("{header}\n{}", lines.concat()).into_bytes();
    let mut expected: Vec<Vec<u8>> = lines.chunks(3).map(chunk).collect();
    let mut files = service.files();
    files.sort();
    expected.sort();
    assert_eq!(files, expected, "{what}");
    unknown
}

#[test]
#[ignore = "needs strace, and minutes"]
#[expect(clippy::print_stdout, reason = "the figure, for whoever asks for it")]
fn killed_at_any_call_an_upload_goes_on_and_sends_every_row_once() {
    let every = std::env::var("HRLINT_TEST_KILLS").ok().and_then(|every| every.parse().ok()).unwrap_or(10);
    let calls = calls();
    assert!(calls.len() > 100, "{calls:?}");
    let (mut kills, mut unknown) = (0, 0);
    for (name, count) in calls.iter().step_by(every) {
        let service = Service::good();
        let desk = desk(&service);
        let inject = format!("inject={name}:signal=KILL:when={count}");
        traced(&desk, &service, &["-e", &format!("trace={name}"), "-e", &inject]);
        unknown += usize::from(settle(&desk, &service, &format!("killed at {name} {count}")));
        kills += 1;
    }
    println!(
        "killed at {kills} of {} calls; {unknown} times nobody knew, and the user's word was asked for",
        calls.len()
    );
}

#[test]
#[ignore = "needs strace"]
#[expect(clippy::print_stdout, reason = "the figure, for whoever asks for it")]
fn a_disk_that_is_full_at_any_write_leaves_a_ledger_that_goes_on() {
    let mut faults = 0;
    for (name, error) in [("write", "ENOSPC"), ("fdatasync", "EIO"), ("ftruncate", "EIO")] {
        // Once and for good; the first call is made by the loader or the ledger's lock.
        for (count, stays) in (1..).flat_map(|count| [(count, ""), (count, "+")]) {
            let service = Service::good();
            let desk = desk(&service);
            let inject = format!("inject={name}:error={error}:when={count}{stays}");
            let code = traced(&desk, &service, &["-e", &format!("trace={name}"), "-e", &inject]);
            let what = format!("{name} {count}{stays}");
            assert!(code.is_some_and(|code| (0..=4).contains(&code)), "{what}: {code:?}");
            let log = fs::read_to_string(desk.path().join("trace.log")).expect("strace wrote it");
            if !log.contains("(INJECTED)") {
                break;
            }
            let mut history = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
            let history =
                crate::outcome(history.current_dir(desk.path()).args(["history", "--ledger", "ledger.jsonl"]));
            assert_eq!(history.code, 0, "{what}: {history:#?}");
            settle(&desk, &service, &what);
            faults += 1;
        }
    }
    println!("{faults} faults");
}
