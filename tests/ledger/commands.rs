//! The commands that read the ledger, as their users meet them.

use std::fs;
use std::path::{Path, PathBuf};

use hrlint::upload::ledger::{Reading, State};
use serde_json::Value;
use tempfile::TempDir;

use crate::example::{answer, begin, chunk, eventful, open, send};

/// A folder with a ledger of three uploads: all accepted; eventful; and one whose second chunk is unknown.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ledger.jsonl");
    let mut ledger = open(&path);
    let mut upload = ledger.begin(begin("leavers.csv", 3)).expect("there is room");
    (1..=3).for_each(|number| send(&mut upload, number));
    upload.finish().expect("there is room");
    eventful(&mut ledger, "reviews.csv");
    let mut upload = ledger.begin(begin("\u{1b}[31mred.csv", 2)).expect("there is room");
    upload.sending(1, chunk(1)).expect("there is room");
    upload.answered(1, &answer(207)).expect("there is room");
    upload.sending(2, chunk(2)).expect("there is room");
    drop(ledger);
    (folder, path)
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HRLINT_")) {
        command.env_remove(name);
    }
    command.env("HRLINT_LEDGER", folder.join("ledger.jsonl")).current_dir(folder).args(arguments);
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

#[test]
fn history_lists_uploads_and_says_that_the_ledger_is_whole() {
    let (folder, path) = folder();
    let (code, out, err) = run(folder.path(), &["history"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for text in
        ["leavers.csv", "accepted", "assumed", "unknown", "5/5", "1/2", "\\u{1b}[31mred.csv", "each as it was written"]
    {
        assert!(out.contains(text), "{text} in {out}");
    }
    let (code, out, _) = run(folder.path(), &["history", "--format", "json"]);
    let history: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(
        (code, &history["sound"], history["uploads"].as_array().map(Vec::len)),
        (0, &Value::Bool(true), Some(3))
    );
    // Any other bit, and it is told.
    let mut bytes = fs::read(&path).expect("it is there");
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(&path, bytes).expect("there is room");
    let (code, out, _) = run(folder.path(), &["history"]);
    assert!(code == 1 && out.contains("The ledger is damaged"), "{out}");
    let (code, _, err) = run(folder.path(), &["receipt"]);
    assert!(code == 2 && err.contains("damaged"), "{err}");
}

#[test]
fn a_ledger_that_was_never_written_is_empty() {
    let folder = tempfile::tempdir().expect("there is room");
    let (code, out, _) = run(folder.path(), &["history"]);
    assert!(code == 0 && out.contains("nothing was sent so far"), "{out}");
    let (code, _, err) = run(folder.path(), &["receipt"]);
    assert!(code == 2 && err.contains("holds no upload"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 0, "looking writes nothing");
}

#[test]
fn a_receipt_shows_that_lines_were_cut_off() {
    let (folder, path) = folder();
    let (code, _, _) = run(folder.path(), &["receipt", "3", "--format", "json", "--output", "receipt.json"]);
    assert_eq!(code, 0);
    let (code, out, _) = run(folder.path(), &["history", "--receipt", "receipt.json"]);
    assert!(code == 0 && out.contains("upload 3 is as it was"), "{out}");
    let bytes = fs::read(&path).expect("it is there");
    let end = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("there are lines") + 1;
    fs::write(&path, &bytes[..end]).expect("there is room");
    assert_eq!(run(folder.path(), &["history"]).0, 0, "the chain alone cannot show it");
    let (code, out, _) = run(folder.path(), &["history", "--receipt", "receipt.json"]);
    assert!(code == 1 && out.contains("NOT in the ledger"), "{out}");
    assert_eq!(run(folder.path(), &["history", "--receipt", "ledger.jsonl"]).0, 2);
}

#[test]
fn receipts_hold_what_an_auditor_asks_for() {
    let (folder, _) = folder();
    let (_, json, _) = run(folder.path(), &["receipt", "2", "--format", "json"]);
    let receipt: Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(receipt["state"], "assumed");
    assert_eq!(receipt["rows"], serde_json::json!({ "accepted": 40, "assumed": 10, "unknown": 0, "notSent": 0 }));
    let states: Vec<&str> =
        receipt["chunks"].as_array().expect("a list").iter().filter_map(|of| of["state"].as_str()).collect();
    assert_eq!(states, ["accepted", "accepted", "assumed", "accepted", "accepted"]);
    assert_eq!(
        (&receipt["chunks"][1]["sent"], &receipt["chunks"][3]["resentUnanswered"]),
        (&Value::from(3), &Value::Bool(true))
    );
    let (_, text, _) = run(folder.path(), &["receipt", "2"]);
    let (_, page, _) = run(folder.path(), &["receipt", "2", "--format", "html"]);
    for said in
        ["reviews.csv", "webhook.ingestion.office.com", "rows of", "40 rows; compare with RecordsSaved", "hrlint 0.1.0"]
    {
        assert!(text.contains(said), "{said} in {text}");
        assert!(page.contains(said), "{said} in {page}");
    }
    let digest = receipt["file"]["sha256"].as_str().expect("a digest");
    assert!(text.contains(digest) && page.contains(digest));
    let (code, _, err) = run(folder.path(), &["receipt", "9"]);
    assert!(code == 2 && err.contains("holds no upload 9"), "{err}");
}

#[test]
fn rows_that_the_service_did_not_save_are_looked_for() {
    let (folder, _) = folder();
    let all = run(folder.path(), &["reconcile", "1", "--records-saved", "30"]);
    assert!(all.0 == 0 && all.1.contains("saved every row"), "{}", all.1);
    let skipped = run(folder.path(), &["reconcile", "1", "--records-saved", "28", "--records-skipped", "2"]);
    assert!(skipped.0 == 1 && skipped.1.contains("2 rows arrived, and the service did not keep them"), "{}", skipped.1);
    let short = run(folder.path(), &["reconcile", "2", "--records-saved", "40"]);
    assert!(short.0 == 1 && short.1.contains("10 rows are missing"), "{}", short.1);
    let first = short.1.lines().find(|line| line.starts_with("  chunk")).expect("a chunk is named");
    assert!(first.contains("chunk 3, rows 22 to 31 (10 records): counts as sent by your word only"), "{first}");
    let more = run(folder.path(), &["reconcile", "2", "--records-saved", "60"]);
    assert!(more.0 == 1 && more.1.contains("  chunk 4, rows 32 to 41 (10 records): was sent again"), "{}", more.1);
    let partly = run(folder.path(), &["reconcile", "3", "--records-saved", "7"]);
    assert!(
        partly.1.contains("chunk 1, rows 2 to 11 (10 records): the service answered that it took part of it"),
        "{}",
        partly.1
    );
    // The third upload has 10 rows accepted, and 10 of which nobody knows.
    let lost = run(folder.path(), &["reconcile", "3", "--records-saved", "10"]);
    assert!(
        lost.0 == 1 && lost.1.contains("10 rows of which nobody knew have not arrived: go on with --resend"),
        "{}",
        lost.1
    );
    let there = run(folder.path(), &["reconcile", "3", "--records-saved", "20"]);
    assert!(there.0 == 1 && there.1.contains("as well: go on with --assume-sent"), "{}", there.1);
    let log = folder.path().join("log.json");
    fs::write(&log, r#"[{"RecordsSaved": 10}, {"RecordsSaved": 10}, {"RecordsSaved": 8}]"#).expect("there is room");
    let by_entry = run(folder.path(), &["reconcile", "1", "--log", "log.json"]);
    assert!(
        by_entry.0 == 1 && by_entry.1.contains("chunk 3, rows 22 to 31 (10 records): the log has no entry"),
        "{}",
        by_entry.1
    );
    fs::write(&log, "nothing of the kind").expect("there is room");
    assert_eq!(run(folder.path(), &["reconcile", "1", "--log", "log.json"]).0, 2);
    assert_eq!(run(folder.path(), &["reconcile", "1"]).0, 2);
}

#[test]
fn schedules_hold_no_secret_and_keep_paths_in_one_piece() {
    let folder = tempfile::tempdir().expect("there is room");
    let windows = [r"C:\HR\hrlint.json", r"C:\HR Export\a & b.csv"];
    let unix = ["/srv/hr/hrlint.json", "/srv/hr/it's 50% $x.csv"];
    for (scheduler, paths, said) in [
        (
            "task-scheduler",
            windows,
            r#"--mapping C:\HR\hrlint.json --secret-file C:\ProgramData\hrlint\app-secret "C:\HR Export\a &amp; b.csv""#,
        ),
        (
            "systemd",
            unix,
            r#"--mapping "/srv/hr/hrlint.json" --secret-file %d/hrlint-app-secret "/srv/hr/it's 50%% $$x.csv""#,
        ),
        (
            "cron",
            unix,
            r"--mapping /srv/hr/hrlint.json --secret-file /etc/hrlint/app-secret '/srv/hr/it'\''s 50\% $x.csv'",
        ),
        ("github", unix, r#"HR_FILE: "/srv/hr/it's 50% $x.csv""#),
        ("azure", unix, r#"HR_FILE: "/srv/hr/it's 50% $x.csv""#),
    ] {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
        command.env("HRLINT_APP_SECRET", "canary-secret").current_dir(folder.path());
        let output = command.args(["schedule", "--for", scheduler, paths[0], paths[1], "--at", "05:07"]).output();
        let output = output.expect("the program starts");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && out.contains(said), "{scheduler}: {out}{err}");
        assert!(!out.contains("canary-secret") && !err.contains("canary-secret"));
        assert!(err.contains("step 1: Put"), "{err}");
    }
    for (scheduler, file) in [
        ("azure", "$(secret).csv"),
        ("github", "${{ x }}.csv"),
        ("cron", "a\nb.csv"),
        ("task-scheduler", "leavers.csv"),
    ] {
        if scheduler == "task-scheduler" && cfg!(windows) {
            continue;
        }
        let (code, _, err) = run(folder.path(), &["schedule", "--for", scheduler, r"C:\m.json", file]);
        assert!(code == 2 && err.contains("cannot be scheduled"), "{scheduler} {code} {err}");
    }
    let (code, ..) = run(folder.path(), &["schedule", "--for", "systemd", "/m.json", "/f.csv", "--output", "."]);
    let timer = fs::read_to_string(folder.path().join("hrlint-upload.timer")).expect("it was written");
    assert!(code == 0 && timer.contains("OnCalendar=*-*-* 06:30:00"));
    let (code, _, err) = run(folder.path(), &["schedule", "--for", "systemd", "/m.json", "/f.csv", "--output", "."]);
    assert!(code == 2 && err.contains("cannot write"), "what is there stays: {err}");
}

/// A schedule may be for another machine, or for a file that comes later: it is made, and it is said.
#[test]
#[cfg(unix)]
fn a_schedule_for_what_is_not_there_says_so() {
    let folder = tempfile::tempdir().expect("there is room");
    let note = |scheduler: &str| {
        let arguments = ["schedule", "--for", scheduler, "hrlint.json", "hr.csv"];
        let (code, out, err) = run(folder.path(), &arguments);
        assert!(code == 0 && out.contains("hr.csv"), "{code} {out} {err}");
        err.lines().filter(|line| line.contains("is not there on this machine")).count()
    };
    assert_eq!((note("cron"), note("systemd"), note("github")), (2, 2, 0));
    fs::write(folder.path().join("hrlint.json"), "{}").expect("there is room");
    assert_eq!(note("cron"), 1);
    fs::write(folder.path().join("hr.csv"), "").expect("there is room");
    assert_eq!(note("cron"), 0);
}

#[test]
fn an_upload_goes_by_its_number() {
    let (folder, _) = folder();
    for command in [&["receipt", "nosuch"][..], &["receipt", "-1"], &["reconcile", "2x", "--records-saved", "1"]] {
        let (code, _, err) = run(folder.path(), command);
        assert!(code == 2 && (err.contains("`hrlint history` lists them") || command[1] == "-1"), "{err}");
        assert!(!err.contains("digit"), "{err}");
    }
    let (code, _, err) = run(folder.path(), &["receipt", "77"]);
    assert!(code == 2 && err.contains("holds no upload 77"), "{err}");
}

#[test]
fn a_check_with_a_ledger_knows_the_past() {
    let (folder, path) = folder();
    let reading = Reading::read(&path).expect("it can be read");
    assert!(matches!(reading.uploads.last().expect("there are three").chunk(2).state, State::Unknown(None)));
    let text = "EmailAddress,ResignationDate,LastWorkingDate\n\
        mia.brandt@northwind-energy.de,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n";
    fs::write(folder.path().join("hr.csv"), text).expect("there is room");
    // The last complete upload, of 50 resignations, was just now; the check is of a day two weeks later.
    let later = (chrono::Utc::now() + chrono::Days::new(14)).format("%Y-%m-%d").to_string();
    let off = ["--rule", "date-too-old=off"];
    let check = |more: &[&str]| {
        let arguments = [&["check", "hr.csv", "--format", "concise", "--now", &later], &off[..], more].concat();
        run(folder.path(), &arguments)
    };
    let (code, out, err) = check(&[]);
    assert!(code == 0 && out.contains("upload-overdue") && out.contains("row-count-drop"), "{out}{err}");
    assert!(out.contains("nothing was sent to this connector for 14 days"), "{out}");
    // Another connector's past says nothing.
    let mapping = r#"{ "version": 1, "scenarios": { "resignation": {} }, "connector": { "jobId": "b7a1f0de-1111-4222-8333-944445555666" } }"#;
    fs::write(folder.path().join("hrlint.json"), mapping).expect("there is room");
    let (code, out, _) = check(&[]);
    assert!(code == 0 && !out.contains("upload-overdue"), "{out}");
}
