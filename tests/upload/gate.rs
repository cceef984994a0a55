//! What was checked is what is sent.

use std::fs;

use crate::service::Service;
use crate::{Desk, HEADER, rows};

#[test]
fn a_good_file_is_sent_whole() {
    let (service, desk) = (Service::good(), Desk::new(rows(12)));
    desk.upload(&service, &["--rows-per-call", "5"]).says(0, "Upload Successful").says(0, "add up to 12");
    let files = service.files();
    assert_eq!(files.len(), 3);
    let text = rows(12);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (file, part) in files.iter().zip(lines[1..].chunks(5)) {
        assert_eq!(String::from_utf8_lossy(file), HEADER.to_owned() + &part.concat());
    }
    assert_eq!(service.token_requests(), 1, "one token for all chunks");
}

#[test]
fn a_file_that_fails_opens_no_connection() {
    let service = Service::good();
    let desk = Desk::new(rows(3) + "nobody,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n");
    desk.upload(&service, &[]).says(1, "nothing was sent");
    assert_eq!(service.connections(), 0);
}

#[test]
fn a_dry_run_opens_no_connection() {
    let (service, desk) = (Service::good(), Desk::new(rows(12)));
    let shown = desk.upload(&service, &["--dry-run", "--rows-per-call", "5"]);
    shown.says(0, "No connection was opened").says(0, "chunk 3: rows 12 to 13");
    assert_eq!((service.connections(), desk.ledger()), (0, String::new()));
}

#[test]
fn a_file_that_changes_between_chunks_sends_nothing_more() {
    type Change = fn(&std::path::Path);
    let changes: [(&str, Change); 6] = [
        ("rewritten", |path| fs::write(path, rows(12).replace("person11", "person99")).expect("room")),
        ("same size and time", |path| {
            let modified = fs::metadata(path).and_then(|it| it.modified()).expect("metadata");
            fs::write(path, rows(12).replace("person11", "person99")).expect("room");
            let file = fs::File::options().write(true).open(path).expect("it is there");
            file.set_modified(modified).expect("a time");
        }),
        ("truncated", |path| fs::write(path, rows(3)).expect("room")),
        ("grown", |path| fs::write(path, rows(20)).expect("room")),
        ("replaced", |path| {
            fs::write(path.with_extension("new"), rows(12)).expect("room");
            fs::rename(path.with_extension("new"), path).expect("a name");
        }),
        ("removed", |path| fs::remove_file(path).expect("it was there")),
    ];
    for (name, change) in changes {
        let (service, desk) = (Service::good(), Desk::new(rows(12)));
        let path = desk.path().join("hr.csv");
        service.once_a_chunk_came(move || change(&path));
        desk.upload(&service, &["--rows-per-call", "6"]).says(3, "is not the file that was checked any more");
        assert_eq!(service.files().len(), 1, "{name}");
        assert!(!String::from_utf8_lossy(&service.files()[0]).contains("person99"), "{name}");
    }
}

#[test]
fn what_arrives_through_a_pipe_is_sent_from_memory() {
    let (service, desk) = (Service::good(), Desk::new(rows(2).replace("person", "other")));
    let mut command = desk.command(&service, &["-"]);
    crate::outcome(command.write_stdin(rows(7))).says(0, "add up to 9");
    assert_eq!(service.files(), [rows(2).replace("person", "other").into_bytes(), rows(7).into_bytes()]);
}

#[test]
fn a_warning_stops_an_upload_only_if_it_is_asked_to() {
    let service = Service::good();
    let warned = rows(3).replacen("T09:00:00+02:00", "T09:00:00", 1);
    Desk::new(&warned).upload(&service, &["--fail-on", "warning"]).says(1, "nothing was sent");
    assert_eq!(service.connections(), 0);
    Desk::new(&warned).upload(&service, &[]).says(0, "Upload Successful");
}

#[test]
fn what_the_service_requires_is_waived_for_a_check_and_not_for_an_upload() {
    let waive = |desk: &Desk, rule: &str| {
        let waiver = format!(
            r#"{{ "version": 1, "waivers": [ {{ "rule": "{rule}", "column": "ResignationDate", "reason": "known", "expires": "2026-08-31" }} ] }}"#
        );
        fs::write(desk.path().join("hrlint.waivers.json"), waiver).expect("room on the disk");
    };
    let service = Service::good();
    let missing = Desk::new(rows(3).replacen("2026-05-02T09:01:00+02:00", "", 1));
    waive(&missing, "missing-required-value");
    for arguments in [&[][..], &["--dry-run"]] {
        let refused = missing.upload(&service, arguments);
        refused.says(1, "1 finding waived that no waiver lets pass for an upload").says(1, "nothing was sent");
    }
    let mut check = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    check.current_dir(missing.path()).args(["check", "hr.csv", "--now", "2026-07-01"]);
    crate::outcome(&mut check).says(0, "1 finding waived (1 of them still stands in the way of an upload)");
    crate::outcome(check.args(["--receipt", "check.json"])).says(1, "no waiver lets pass");
    assert!(!missing.path().join("check.json").exists());
    assert_eq!(service.connections(), 0);

    let german = Desk::new(rows(3).replacen("2026-05-02T09:01:00+02:00", "02.05.2026", 1));
    german.upload(&service, &[]).says(1, "nothing was sent");
    waive(&german, "date-not-iso");
    german.upload(&service, &[]).says(0, "Upload Successful");
}

/// What has no end fills no memory.
#[cfg(unix)]
#[test]
fn a_device_is_no_ledger_no_receipt_and_no_certificate() {
    let desk = Desk::new(rows(2));
    let run = |arguments: &[&str]| {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
        crate::outcome(command.current_dir(desk.path()).args(arguments))
    };
    let check = ["check", "hr.csv", "--now", "2026-07-01", "--ledger", "/dev/zero"];
    for arguments in [&["history", "--ledger", "/dev/zero"][..], &["receipt", "--ledger", "/dev/zero"], &check] {
        run(arguments).says(2, "the ledger /dev/zero is a device or a pipe");
    }
    run(&["history", "--ledger", "ledger.jsonl", "--receipt", "/dev/zero"]).says(2, "it is larger than 16 MiB");
    let arguments = ["--tenant-id", crate::TENANT, "--app-id", crate::APP, "--job-id", crate::JOB];
    let upload = ["upload", "hr.csv", "--now", "2026-07-01", "--yes", "--ca-file", "/dev/zero"];
    run(&[&upload[..], &arguments, &["--ledger", "ledger.jsonl"]].concat()).says(2, "it is larger than 16 MiB");
}

#[test]
fn chunks_are_whole_records_whatever_the_blocks_and_sizes() {
    let row = |at: usize| {
        let note = if at.is_multiple_of(3) { "\"two\nlines, and a \"\"quote\"\"\"" } else { "plain" };
        format!("p{at}@northwind-energy.de,2026-05-11T09:{:02}:00Z,{note}\n", at % 60)
    };
    let header = "EmailAddress,EffectiveDate,Remarks\n";
    let text = header.to_owned() + &(0..50).map(row).collect::<String>();
    for (rows, bytes, block) in [("7", "8m", "1"), ("50", "200", "64"), ("1", "1k", "512k"), ("1000", "1", "97")] {
        let (service, desk) = (Service::good(), Desk::new(&text));
        let arguments = ["--rows-per-call", rows, "--bytes-per-call", bytes, "--block-size", block];
        let scenario = ["--scenario", "performanceReview", "--rule", "control-character=warning"];
        desk.upload(&service, &[&arguments[..], &scenario[..2]].concat()).says(0, "add up to 50");
        let mut joined = header.to_owned();
        for file in service.files() {
            let file = String::from_utf8(file).expect("it is text");
            joined += file.strip_prefix(header).expect("every chunk has the header");
            assert!(file.matches('"').count().is_multiple_of(2), "{file}");
        }
        assert_eq!(joined, text, "rows {rows}, bytes {bytes}, blocks {block}");
    }
}

#[test]
fn a_file_in_utf_16_is_cut_as_it_is_stored() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let text = rows(5);
    let desk = Desk::new([b"\xff\xfe".to_vec(), wide(&text)].concat());
    let mapping = r#"{ "version": 1, "scenarios": { "resignation": {} }, "csv": { "encoding": "utf-16" } }"#;
    fs::write(desk.path().join("hrlint.json"), mapping).expect("room on the disk");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mark = || b"\xff\xfe".to_vec();
    let expected = [&lines[1..4], &lines[4..]].map(|rows| [mark(), wide(HEADER), wide(&rows.concat())].concat());
    for block in ["512k", "64", "7"] {
        let service = Service::good();
        desk.upload(&service, &["--rows-per-call", "3", "--block-size", block, "--again"]).says(0, "Upload Successful");
        assert_eq!(service.files(), expected, "{block}");
    }
}

#[test]
fn a_receipt_binds_file_mapping_rules_version_and_time() {
    let (service, desk) = (Service::good(), Desk::new(rows(3)));
    let check = |arguments: &[&str]| {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
        command.current_dir(desk.path()).args(["check", "hr.csv", "--now", "2026-07-01", "--receipt", "check.json"]);
        crate::outcome(command.args(arguments))
    };
    check(&[]).says(0, "the receipt of this check is check.json");
    let receipt = fs::read_to_string(desk.path().join("check.json")).expect("it was written");
    let demand = |receipt: &str| {
        fs::write(desk.path().join("check.json"), receipt).expect("room on the disk");
        desk.upload(&service, &["--receipt", "check.json", "--again"])
    };
    demand(&receipt).says(0, "Upload Successful");
    let years_ago = receipt.replace("\"checked\": \"2", "\"checked\": \"1");
    demand(&years_ago).says(3, "hours ago or in the future");
    demand(&receipt.replace("\"sha256\": \"", "\"sha256\": \"0")).says(3, "its content is another one");
    demand(&receipt.replace("\"mapping\": null", "\"mapping\": \"0\"")).says(3, "by another mapping");
    demand(&receipt.replace("\"rules\": \"", "\"rules\": \"0")).says(3, "by other rules");
    demand(&receipt.replace("\"hrlint\": \"", "\"hrlint\": \"9")).says(3, "was written by hrlint 9");
    demand("{}").says(3, "it is no receipt of a check");
    // Other rules than those that the receipt names are other rules, though they pass, too.
    check(&["--rule", "sample-domain=off"]).says(0, "the receipt");
    let other = fs::read_to_string(desk.path().join("check.json")).expect("it was written");
    demand(&other).says(3, "by other rules");
    assert_eq!(service.files().len(), 1);
}
