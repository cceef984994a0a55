//! Formats: what `auto` is where, exit codes in every format, and marks of personal data.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use hrlint::report::Format;
use tempfile::TempDir;

use crate::{BAD, GOOD, HEADER, Outcome, WARNED, check, check_text, folder, outcome, program};

const ON_CI: [&str; 3] = ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"];

/// Checks a file as a build server would have it checked.
fn on(server: &str, folder: &TempDir, arguments: &[&str]) -> Outcome {
    let mut command = program(folder.path(), &[&["check", "hr.csv", "--now", "2026-07-01"], arguments].concat());
    outcome(command.env("CI", "true").env(server, "true"))
}

#[test]
fn auto_is_the_platforms_own_format_and_keeps_file_and_line() {
    let line = "hr.csv:2:1 error email-missing-at ";
    for arguments in [&[][..], &["--format", "auto"]] {
        let folder = folder(&[("hr.csv", BAD)]);
        assert!(check(&folder, &[&["hr.csv"], arguments].concat()).out.starts_with("error[email-missing-at]"));
        let github = on("GITHUB_ACTIONS", &folder, arguments);
        assert!(
            github.out.starts_with(line) && github.out.contains("\n::error file=hr.csv,line=2,col=1,title="),
            "{github:?}"
        );
        let azure = on("TF_BUILD", &folder, arguments);
        let issue =
            "\n##vso[task.logissue type=error;sourcepath=hr.csv;linenumber=2;columnnumber=1;code=email-missing-at;]";
        assert!(azure.out.starts_with(line) && azure.out.contains(issue), "{azure:?}");
        assert!(!folder.path().join("gl-code-quality-report.json").exists());
        let gitlab = on("GITLAB_CI", &folder, arguments);
        assert!(gitlab.out.starts_with(line) && !gitlab.out.contains("fingerprint"), "{gitlab:?}");
        let report = fs::read_to_string(folder.path().join("gl-code-quality-report.json")).expect("it was written");
        assert!(report.contains("\"check_name\":\"email-missing-at\""), "{report}");
        assert_eq!([github.code, azure.code, gitlab.code], [1, 1, 1]);
    }
    check_text(GOOD, &["--format", "auto=x"]).says(2, "auto writes to standard output");
    check_text(GOOD, &["--format", "auto", "--format", "json"]).says(2, "two reports cannot go to the same place");
    let folder = folder(&[("hr.csv", BAD)]);
    assert!(on("GITHUB_ACTIONS", &folder, &["--format", "concise"]).out.lines().all(|line| !line.starts_with("::")));
}

#[cfg(unix)]
#[test]
fn a_file_that_nobody_asked_for_is_written_through_no_link() {
    let folder = folder(&[("hr.csv", BAD), ("precious", "kept")]);
    std::os::unix::fs::symlink("precious", folder.path().join("gl-code-quality-report.json")).expect("a link");
    on("GITLAB_CI", &folder, &[]).says(1, "no report is written to gl-code-quality-report.json: it is a link");
    assert_eq!(fs::read_to_string(folder.path().join("precious")).expect("it is there"), "kept");
}

#[test]
fn the_job_summary_is_added_to() {
    let folder = folder(&[("hr.csv", BAD), ("summary.md", "before\n")]);
    let with = |file: &str, arguments: &[&str]| {
        let mut command = program(folder.path(), &[&["check", "hr.csv"], arguments].concat());
        outcome(command.env("GITHUB_STEP_SUMMARY", file))
    };
    let summary = || fs::read_to_string(folder.path().join("summary.md")).expect("it is there");
    assert_eq!(with("summary.md", &["--format", "concise"]).code, 1);
    assert_eq!(summary(), "before\n", "nobody asked for it");
    assert_eq!(with("summary.md", &["--format", "github"]).code, 1);
    assert!(summary().starts_with("before\n### hrlint: failed\n"), "{}", summary());
    fs::write(folder.path().join("summary.md"), "x".repeat((1 << 20) - 100)).expect("room on the disk");
    with("summary.md", &["--format", "github"]).says(1, "no job summary is written to summary.md: it is full");
    assert!(summary().len() <= 1 << 20, "GitHub takes no more");
    with("no/such/folder", &["--format", "github"]).says(1, "no job summary is written to no/such/folder");
    with("hr.csv", &["--format", "github"]).says(1, "no job summary is written: hr.csv is a file that is read");
    assert_eq!(fs::read_to_string(folder.path().join("hr.csv")).expect("it is there"), BAD);
}

#[test]
fn exit_codes_are_the_same_in_every_format() {
    let folder = folder(&[("good.csv", GOOD), ("warned.csv", WARNED), ("bad.csv", BAD)]);
    for format in Format::names().chain(["auto"]) {
        let code = |arguments: &[&str]| check(&folder, &[arguments, &["--format", format]].concat()).code;
        assert_eq!([code(&["good.csv"]), code(&["warned.csv"]), code(&["bad.csv"])], [0, 0, 1], "{format}");
        assert_eq!(code(&["warned.csv", "--fail-on", "warning"]), 1, "{format}");
        assert_eq!(code(&["none.csv"]), 2, "{format}");
        assert_eq!(code(&["bad.csv", "--max-record", "8"]), 2, "{format}");
    }
}

#[test]
fn all_formats_come_of_one_run() {
    let folder = folder(&[("hr.csv", BAD)]);
    let wanted: Vec<String> = Format::names().map(|name| format!("--format={name}={name}.out")).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    assert_eq!(check(&folder, &[&["hr.csv"], &wanted[..]].concat()).code, 1);
    for name in Format::names().filter(|name| *name != "pretty") {
        let together = fs::read_to_string(folder.path().join(format!("{name}.out"))).expect("it was written");
        assert_eq!(check_text(BAD, &["--format", name]).out, together, "{name}");
    }
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let rows = "no-address,2026-05-04T09:00:00Z,2026-06-30T17:00:00Z\n".repeat(20_000);
    let folder = folder(&[("hr.csv", &(HEADER.to_owned() + &rows))]);
    for format in Format::names() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
        command.args(["check", "hr.csv", "--max-findings", "0", "--format", format]).current_dir(folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut out = child.stdout.take().expect("it was piped");
        out.read_exact(&mut [0; 10]).expect("the report begins");
        drop(out);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_in_every_format() {
    let folder = folder(&[("good.csv", GOOD), ("bad.csv", BAD)]);
    for (file, format) in
        ["good.csv", "bad.csv"].into_iter().flat_map(|file| Format::names().map(move |name| (file, name)))
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has one");
        let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
        command.args(["check", file, "--format", format]).current_dir(folder.path());
        let output = command.stdout(full).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{format}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("cannot write the report"), "{format}: {said}");
        assert_eq!(said.matches("os error").count(), 1, "the cause is said once: {said}");
        let outcome = check(&folder, &[file, "--format", &format!("{format}=/dev/full")]);
        outcome.says(2, "cannot write the report");
    }
}

#[test]
fn on_a_build_server_values_are_shown_only_when_asked_for_and_marked() {
    let folder = folder(&[("hr.csv", BAD)]);
    for (server, format) in ON_CI.into_iter().flat_map(|server| Format::names().map(move |name| (server, name))) {
        for arguments in [&["--format", format][..], &["--format", format, "--color", "always"]] {
            assert!(!on(server, &folder, arguments).out.contains("mia.brandt"), "{format}");
        }
        let shown = on(server, &folder, &["--format", format, "--show-values", "always"]).out;
        let marks = ["personal data", "personalData"];
        assert_eq!(shown.contains("mia.brandt"), marks.iter().any(|mark| shown.contains(mark)), "{format}: {shown}");
    }
}
