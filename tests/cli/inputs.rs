//! What can be checked, and what cannot.

use std::fs;

use crate::{BAD, GOOD, HEADER, WARNED, check, check_text, folder, outcome, program, run};

#[test]
fn the_exit_code_tells_what_was_found() {
    assert_eq!(check_text(GOOD, &[]).code, 0);
    assert_eq!(check_text(WARNED, &[]).code, 0);
    assert_eq!(check_text(BAD, &[]).code, 1);
    assert_eq!(check_text(WARNED, &["--fail-on", "warning"]).code, 1);
    assert_eq!(check_text(GOOD, &["--fail-on", "info"]).code, 0);
    let typographic = "EmailAddress,EffectiveDate,Remarks\nmia@northwind-energy.de,2026-05-04T09:00:00Z,60 – 61\n";
    let scenario = ["--scenario", "performanceReview", "--fail-on"];
    assert_eq!(check_text(typographic, &[&scenario[..], &["info"]].concat()).code, 1);
    assert_eq!(check_text(typographic, &[&scenario[..], &["warning"]].concat()).code, 0);
}

#[test]
fn a_misspelt_flag_is_named() {
    let outcome = check_text(GOOD, &["--fail-no", "info"]);
    outcome.says(2, "--fail-on");
    check_text(GOOD, &["--fail-on", "fatal"]).says(2, "expected error, warning or info");
    run(&folder(&[]), &["chekc"]).says(2, "check");
    run(&folder(&[]), &[]).says(2, "Usage");
}

#[test]
fn arguments_are_harmless_in_messages() {
    let nowhere = folder(&[]);
    let hostile =
        ["--\n::error::pwned.csv", "--##vso[task.x]", "--\u{1b}[31m.csv", "--\u{202e}x", "--fail-on=\n::error::"];
    for hostile in hostile {
        let outcome = check(&nowhere, &[hostile]);
        assert_eq!(outcome.code, 2, "{outcome:?}");
        for acting in ["::", "##vso[", "\u{1b}", "\u{202e}"] {
            assert!(!outcome.err.contains(acting), "{outcome:?}");
        }
    }
    check(&nowhere, &["--\n::error::pwned.csv"]).says(2, "'--\\n:\\:error:\\:pwned.csv'");
    let mut command = program(nowhere.path(), &["check"]);
    let outcome = outcome(command.env("HRLINT_THREADS", "\n::error::x\u{1b}[31m"));
    assert!(outcome.code == 2 && !outcome.err.contains("::") && !outcome.err.contains('\u{1b}'), "{outcome:?}");
}

#[test]
fn what_is_not_there_cannot_be_checked() {
    check(&folder(&[]), &["hr.csv"]).says(2, "there is no file or folder hr.csv");
    check(&folder(&[("notes.txt", GOOD)]), &["."]).says(2, "there is no CSV file in .");
    check(&folder(&[("notes.txt", GOOD)]), &[]).says(2, "there is no CSV file in .");
    // What is there is not checked either: half a check would look like a whole one.
    let outcome = check(&folder(&[("hr.csv", BAD)]), &["hr.csv", "missing.csv"]);
    assert!(outcome.code == 2 && outcome.out.is_empty(), "{outcome:?}");
}

#[test]
fn folders_are_searched() {
    let folder =
        folder(&[("a.csv", GOOD), ("b/c.CSV", BAD), ("b/d.txt", BAD), (".hidden/e.csv", BAD), ("z.csv", WARNED)]);
    let outcome = check(&folder, &["--format", "concise", "."]);
    assert_eq!(outcome.code, 1);
    let named: Vec<&str> = outcome.out.lines().filter_map(|line| line.split_once(':')).map(|(file, _)| file).collect();
    assert_eq!(named[..2], ["./b/c.CSV", "./z.csv"], "{outcome:?}");
    assert_eq!(check(&folder, &["a.csv"]).code, 0);
}

#[test]
fn a_folder_named_like_a_file_is_searched() {
    let with = folder(&[("x.csv/hr.csv", BAD)]);
    assert_eq!(check(&with, &["x.csv"]).code, 1);
    fs::remove_file(with.path().join("x.csv/hr.csv")).expect("it was there");
    check(&with, &["x.csv"]).says(2, "there is no CSV file in x.csv");
}

#[test]
fn an_empty_file_and_a_renamed_workbook_are_found() {
    let empty = check_text("", &["--format", "jsonl"]);
    assert_eq!((empty.code, empty.findings()[0]["rule"].as_str()), (1, Some("empty-file")));
    let workbook = check_text("PK\u{3}\u{4}\u{14}\0\u{6}\0[Content_Types].xml", &["--format", "jsonl"]);
    assert_eq!((workbook.code, workbook.findings()[0]["rule"].as_str()), (1, Some("not-a-csv")));
    assert_eq!(workbook.findings().len(), 1);
}

#[test]
fn standard_input_is_read() {
    let nowhere = folder(&[]);
    for (text, code) in [(GOOD, 0), (BAD, 1), ("", 1)] {
        let mut command = program(nowhere.path(), &["check", "--now", "2026-07-01", "--format", "jsonl", "-"]);
        let piped = outcome(command.write_stdin(text));
        assert_eq!(piped.code, code, "{piped:?}");
        assert!(piped.findings().iter().all(|finding| finding["file"] == "-"));
        // A file as standard input is read as a file.
        let file = folder(&[("hr.csv", text)]);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hrlint"));
        command.args(["check", "--now", "2026-07-01", "--format", "jsonl", "-"]).current_dir(file.path());
        let redirected = command.stdin(fs::File::open(file.path().join("hr.csv")).expect("it is there")).output();
        let redirected = redirected.expect("the program starts");
        assert_eq!(String::from_utf8_lossy(&redirected.stdout), piped.out);
        assert_eq!(redirected.status.code(), Some(code));
    }
    check(&nowhere, &["-", "-"]).says(2, "standard input is named twice");
}

#[test]
fn a_row_of_standard_input_that_is_a_file_may_come_again_in_the_next_file() {
    let folder = folder(&[("a.csv", GOOD), ("b.csv", GOOD)]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hrlint"));
    command.args(["check", "--now", "2026-07-01", "--format", "concise", "-", "b.csv"]).current_dir(folder.path());
    let output = command.stdin(fs::File::open(folder.path().join("a.csv")).expect("it is there")).output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("b.csv:3:1 warning exact-duplicate-row the row equals row 3 of -"), "{said}");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_an_error_and_the_others_are_checked() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("a.csv", GOOD), ("b.csv", BAD), ("c.csv", BAD)]);
    let path = folder.path().join("a.csv");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("it is ours");
    if fs::File::open(&path).is_ok() {
        // Nothing is forbidden to the superuser.
        return;
    }
    let outcome = check(&folder, &["--format", "concise", "."]);
    outcome.says(2, "cannot check ./a.csv");
    assert!(outcome.out.contains("./b.csv:") && outcome.out.contains("./c.csv:"), "{outcome:?}");
}

#[test]
fn the_nearest_mapping_is_used() {
    let own = r#"{ "version": 1, "scenarios": { "resignation": { "identifier": "R", "columns": { "emailAddress": "Who" } } } }"#;
    let text = GOOD.replace("EmailAddress", "Who");
    let folder = folder(&[("a/hrlint.json", own), ("a/b/hr.csv", &text), ("c/hr.csv", &text)]);
    assert_eq!(check(&folder, &["a/b/hr.csv"]).code, 0);
    assert_eq!(check(&folder, &["c/hr.csv"]).code, 1);
    assert_eq!(check(&folder, &["c/hr.csv", "--mapping", "a/hrlint.json"]).code, 0);
    check(&folder, &["c/hr.csv", "-v", "-m", "a/hrlint.json"]).says(0, "checked by the mapping a/hrlint.json");
}

#[test]
fn a_mapping_with_a_mistake_ends_the_run() {
    let folder = folder(&[("hrlint.json", "{ \"version\": 1, \"scenaros\": {} }"), ("hr.csv", GOOD)]);
    let outcome = check(&folder, &["hr.csv"]);
    outcome.says(2, "scenarios");
    assert!(outcome.out.is_empty(), "{outcome:?}");
    check(&folder, &["hr.csv", "-m", "none.json"]).says(2, "none.json");
}

#[test]
fn data_given_as_a_mapping_is_not_shown() {
    let row = "mia.brandt@northwind-energy.de";
    let object = format!("{{ \"EmailAddress\": \"{row}\", \"a\": [\"{row}\"] }}\n");
    let csv = [GOOD.to_owned(), GOOD.replace("Email", "{Email"), GOOD.replace(',', ";"), object.repeat(9), object];
    for text in csv {
        let latin = [text.as_bytes(), b"\xe4,mia.brandt@northwind-energy.de\n"].concat();
        for bytes in [text.as_bytes(), &latin] {
            let folder = folder(&[]);
            fs::write(folder.path().join("export.csv"), bytes).expect("room on the disk");
            for outcome in
                [run(&folder, &["mapping", "export.csv"]), check(&folder, &["-m", "export.csv", "export.csv"])]
            {
                assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{outcome:?}");
                assert!(!outcome.err.contains("northwind"), "{outcome:?}");
            }
        }
    }
    let folder = folder(&[("export.csv", GOOD)]);
    let outcome = run(&folder, &["mapping", "export.csv"]);
    outcome.says(2, "export.csv is not a JSON mapping; it looks like a CSV file");
    outcome.says(2, "--mapping hrlint.json");
}

#[test]
fn a_header_that_the_mapping_does_not_know_is_told_apart_from_a_tie() {
    let without = check_text(&GOOD[HEADER.len()..], &[]);
    assert!(without.code == 1 && without.out.contains("the first line looks like data"), "{without:#?}");
    for text in ["Leavers in May\n", "A|B|C\n1|2|3\n"] {
        let outcome = check_text(text, &[]);
        outcome.says(2, "no column of hr.csv is one that the mapping knows");
        outcome.says(2, "hrlint mapping");
    }
}

#[test]
fn a_scenario_may_be_named() {
    let tied = "EmailAddress,EffectiveDate\nmia.brandt@northwind-energy.de,2026-05-04T09:00:00+02:00\n";
    let outcome = check_text(tied, &[]);
    outcome.says(2, "jobLevelChange and performanceReview");
    outcome.says(2, "--scenario");
    for name in ["performanceReview", "Performance review", "PERFORMANCE-REVIEW"] {
        assert_eq!(check_text(tied, &["--scenario", name]).code, 0, "{name}");
    }
    let near = tied.replace("EffectiveDate", "EffectiveDate,Old Level");
    check_text(&near, &[]).says(2, "Rename the column Old Level to OldLevel");
    check_text(tied, &["--scenario", "performance"]).says(2, "there is no scenario performance in the mapping");
}
