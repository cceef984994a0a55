//! Reports: where they go, what they show, and what happens when they cannot be written.

use std::fs;
use std::process::Command;

use crate::{BAD, GOOD, HEADER, check, check_text, folder};

#[test]
fn several_reports_come_of_one_run() {
    let folder = folder(&[("hr.csv", BAD)]);
    let outcome =
        check(&folder, &["hr.csv", "--format", "concise", "--format", "json=out.json", "--format", "jsonl=out.jsonl"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.starts_with("hr.csv:2:1 error email-missing-at "), "{outcome:?}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("the report was written");
    let document: serde_json::Value = serde_json::from_str(&read("out.json")).expect("it is JSON");
    let first: serde_json::Value =
        serde_json::from_str(read("out.jsonl").lines().next().expect("it has lines")).expect("it is JSON");
    assert_eq!(document["findings"][0], first);
}

#[test]
fn a_report_never_takes_the_place_of_what_is_checked_or_of_another_report() {
    let folder = folder(&[("hr.csv", BAD)]);
    for name in ["hr.csv", "./hr.csv"] {
        let outcome = check(&folder, &["hr.csv", "--format", &format!("json={name}")]);
        outcome.says(2, "would overwrite a file that is to be checked");
    }
    assert_eq!(fs::read_to_string(folder.path().join("hr.csv")).expect("it is there"), BAD);
    check(&folder, &["hr.csv", "--format", "json", "--format", "concise"]).says(2, "two reports cannot go to the same");
    let twice = ["hr.csv", "--format", "json=x", "--format", "concise=x"];
    check(&folder, &twice).says(2, "two reports cannot go to the same place");
    check(&folder, &["hr.csv", "--format", "json=no/such/folder"]).says(2, "cannot write the report no/such/folder");
    check(&folder, &["hr.csv", "--format", "xml"])
        .says(2, "the formats are auto, pretty, concise, json, jsonl, html, csv");
    check(&folder, &["hr.csv", "--format", "json="]).says(2, "json= needs a file name");
}

#[test]
fn the_page_numbers_the_header_as_a_spreadsheet_does() {
    let header = |text: &str| {
        let page = check_text(text, &["--format", "html"]).out;
        let (head, _) = page.split_once("<th scope=\"col\" class=\"name\">").expect("faulty rows are drawn");
        head.rsplit("<tr>").next().expect("there is a last").to_owned()
    };
    assert_eq!(header(BAD), "<th scope=\"row\">1</th>");
    assert_eq!(header(&format!("Leavers in June\n\n{BAD}")), "<th scope=\"row\">3</th>");
}

#[cfg(unix)]
#[test]
fn a_report_is_known_by_what_it_is_and_not_by_its_name() {
    let own = r#"{ "version": 1, "scenarios": { "resignation": {} } }"#;
    let folder = folder(&[("in.csv", GOOD), ("hrlint.json", own), ("mm.json", own), ("old.json", "old")]);
    let path = |name: &str| folder.path().join(name);
    fs::hard_link(path("in.csv"), path("hard")).expect("a link to a file");
    std::os::unix::fs::symlink("in.csv", path("soft")).expect("a link to a file");
    std::os::unix::fs::symlink("new.json", path("dangling")).expect("a link to nothing");
    let checked = "would overwrite a file that is to be checked";
    for name in ["hard", "soft", "./in.csv"] {
        check(&folder, &["in.csv", "--format", "jsonl=old.json", "--format", &format!("json={name}")]).says(2, checked);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    command.args(["check", "--format", "json=in.csv", "-"]).current_dir(folder.path());
    let redirected = command.stdin(fs::File::open(path("in.csv")).expect("it is there")).output();
    let redirected = redirected.expect("the program starts");
    assert_eq!(redirected.status.code(), Some(2), "{redirected:?}");
    let appended = fs::OpenOptions::new().append(true).open(path("in.csv")).expect("it is there");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    let appended = command.args(["check", "in.csv"]).current_dir(folder.path()).stdout(appended).output();
    assert_eq!(appended.expect("the program starts").status.code(), Some(2));
    check(&folder, &["in.csv", "-m", "mm.json", "--format", "json=mm.json"]).says(2, "would overwrite the mapping");
    check(&folder, &["in.csv", "--format", "json=hrlint.json"]).says(2, "would overwrite the mapping");
    for (one, other) in [("b.json", "./b.json"), ("old.json", "./old.json"), ("dangling", "new.json")] {
        let (one, other) = (format!("json={one}"), format!("concise={other}"));
        let outcome = check(&folder, &["in.csv", "--format", &one, "--format", &other]);
        outcome.says(2, "two reports cannot go to the same place");
    }
    let text = |name: &str| fs::read_to_string(path(name)).expect("it is there");
    assert_eq!([text("in.csv"), text("hrlint.json"), text("mm.json"), text("old.json")], [GOOD, own, own, "old"]);
    assert!(!path("b.json").exists());
    assert_eq!(check(&folder, &["in.csv", "--format", "json=old.json", "--format", "concise=new.json"]).code, 0);
}

#[test]
fn values_are_masked_unless_they_are_asked_for() {
    let secret = "mia.brandt.northwind-energy.de";
    for format in ["pretty", "concise", "json", "jsonl"] {
        for (when, shown) in [("auto", false), ("never", false), ("always", format != "concise")] {
            let outcome = check_text(BAD, &["--format", format, "--show-values", when]);
            assert_eq!(outcome.out.contains(secret), shown, "{format} {when}: {}", outcome.out);
            assert!(!outcome.err.contains(secret), "{}", outcome.err);
        }
    }
    check_text(BAD, &["--show-values", "sometimes"]).says(2, "--show-values");
}

#[test]
fn details_are_capped_and_the_cap_is_told() {
    let row = |number: usize| {
        format!("no-address-{number},2026-05-{day}T09:00:00Z,2026-06-{day}T17:00:00Z\n", day = 10 + number % 20)
    };
    let text = HEADER.to_owned() + &(0..50).map(row).collect::<Vec<_>>().concat();
    let outcome = check_text(&text, &["--format", "jsonl", "--max-findings", "7"]);
    assert_eq!(outcome.findings().len(), 7);
    let summary: serde_json::Value =
        serde_json::from_str(outcome.out.lines().last().expect("a summary")).expect("it is JSON");
    assert_eq!((&summary["errors"], &summary["hidden"]), (&50.into(), &43.into()), "{summary}");
    assert_eq!(check_text(&text, &["--format", "jsonl", "--max-findings", "0"]).findings().len(), 50);
    // People see the first few of a kind at most.
    for (format, counted) in [("pretty", "47"), ("concise", "43")] {
        let outcome = check_text(&text, &["--format", format, "--max-findings", "7"]);
        assert!(outcome.out.contains(counted), "{}", outcome.out);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for arguments in [&["rules"][..], &["schema", "mapping"], &["mapping"], &["explain", "empty-file"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has one");
        let output = Command::new(env!("CARGO_BIN_EXE_hrlint")).args(arguments).stdout(full).output();
        assert_eq!(output.expect("the program starts").status.code(), Some(2), "{arguments:?}");
    }
}
