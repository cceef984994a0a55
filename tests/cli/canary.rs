//! A canary in every column: no command, format, note, error, crash or file that is written tells it.

use std::fs;
use std::path::Path;

use hrlint::report::Format;
use tempfile::TempDir;

use crate::{Outcome, folder, outcome, program};

/// Letters and digits, so that no form of escaping hides it; each cell has its own in it.
const CANARY: &str = "Qz7Kanarie";

const HEADER: [&str; 12] = [
    "HRScenario",
    "EmailAddress",
    "ResignationDate",
    "LastWorkingDate",
    "EffectiveDate",
    "OldLevel",
    "NewLevel",
    "Remarks",
    "Rating",
    "YearsOnLevel",
    "EmployeeZipCode",
    "Unmapped",
];

/// Rows of all scenarios and of none, with a canary in every cell, whatever it should hold; quoted and bare, broken and whole.
fn birds() -> String {
    let mut text = HEADER.join(",") + "\n";
    let cell = |row: usize, column: usize| format!("{CANARY}{row}x{column}");
    for (row, scenario) in [
        "Resignation",
        "Job level change",
        "Performance review",
        "Performance improvement plan",
        "Employee profile",
        "other",
    ]
    .into_iter()
    .enumerate()
    {
        for (form, (before, behind)) in [
            ("", ""),
            (" ", " "),
            ("\"", "\""),
            ("=", ""),
            ("", "@northwind-energy.de"),
            ("2026-05-", ""),
            ("\"<b>", "\u{1}\""),
        ]
        .into_iter()
        .enumerate()
        {
            let cells = (1..HEADER.len()).map(|column| format!("{before}{}{behind}", cell(row * 10 + form, column)));
            text += &[scenario.to_owned()].into_iter().chain(cells).collect::<Vec<_>>().join(",");
            text += "\n";
        }
        // Too few cells, too many, the same again, and in other letters.
        let again = format!("{scenario},{}@b.de,2026-05-04T09:00:00Z\n", cell(row, 92));
        let wide = [",", &cell(row, 91)].concat().repeat(20);
        text += &[scenario, ",", &cell(row, 90), "\n", scenario, &wide, "\n", &again, &again].concat();
        text += &again.replace(CANARY, &CANARY.to_uppercase());
    }
    text + &format!("{CANARY},\"{CANARY}\" {CANARY},\"{CANARY}\n{CANARY}")
}

/// Rows that are as wide as the header, for those who propose a mapping by it.
fn tame() -> String {
    let cells: Vec<String> = (0..HEADER.len()).map(|column| format!("{CANARY}{column}")).collect();
    HEADER.join(",") + "\n" + &(cells.join(",") + "\n").repeat(30)
}

/// The same in files of other kinds.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let birds = birds();
    let (_, rows) = birds.split_once('\n').expect("there is a header");
    let wide: Vec<u8> = birds.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("birds.csv", birds.clone().into_bytes()),
        (
            "headless.csv",
            format!("{CANARY}@northwind-energy.de,2026-05-04T09:00:00Z,2026-06-30T17:00:00Z\n{rows}").into(),
        ),
        ("wide.csv", [b"\xff\xfe".to_vec(), wide].concat()),
        ("semicolons.csv", birds.replace(',', ";").into_bytes()),
        ("latin.csv", [birds.as_bytes(), b"\xfc\n"].concat()),
        ("title.csv", format!("{CANARY}\n\n{birds}").into_bytes()),
        ("tame.csv", tame().into_bytes()),
        ("page.csv", format!("<html>{CANARY}</html>").into_bytes()),
        ("json.csv", format!("[{{\"a\": \"{CANARY}\"}}]").into_bytes()),
    ]
}

fn nest() -> TempDir {
    let nest = folder(&[]);
    for (name, bytes) in files() {
        fs::write(nest.path().join(name), bytes).expect("room on the disk");
    }
    nest
}

/// No part of it is anywhere, in any letters.
fn silent(what: &str, text: &[u8]) {
    let text = String::from_utf8_lossy(text).to_lowercase();
    if let Some(at) = text.find(&CANARY.to_lowercase()) {
        let from = text.floor_char_boundary(at.saturating_sub(200));
        panic!("{what} tells it: {}", &text[from..text.ceil_char_boundary((at + 40).min(text.len()))]);
    }
}

fn all_silent(what: &str, outcome: &Outcome) {
    silent(what, outcome.out.as_bytes());
    silent(what, outcome.err.as_bytes());
}

fn run(nest: &Path, arguments: &[&str]) -> Outcome {
    let mut command = program(nest, arguments);
    outcome(command.env("HRLINT_NOW", "2026-07-01").env("SECRET", "correct horse battery staple"))
}

#[test]
fn every_format_is_silent_of_every_file() {
    for format in Format::names().chain(["auto"]) {
        let nest = nest();
        for (name, _) in files() {
            let what = format!("{format} of {name}");
            let told = run(nest.path(), &["check", name, "--format", format, "--max-findings", "0", "-v"]);
            assert_ne!(told.code, 0, "{what}");
            all_silent(&what, &told);
        }
        // All of them at once, found in the folder, linked, and by standard input.
        let together = ["check", ".", "--format", format, "--link-key-env", "SECRET", "-v", "--fail-on", "info"];
        all_silent(format, &run(nest.path(), &together));
        let mut command = program(nest.path(), &["check", "-", "--format", format, "--link-people"]);
        all_silent(format, &outcome(command.write_stdin(birds())));
    }
}

#[test]
fn every_command_and_what_it_writes_is_silent() {
    let nest = nest();
    let here = nest.path();
    for arguments in [
        &["check", "birds.csv", "--max-record", "40"][..],
        &["check", "birds.csv", "--write-waivers", "--link-key-env", "SECRET"],
        &["check", "birds.csv", "--link-key-env", "SECRET", "-v"],
        &["check", "birds.csv", "--mapping", "title.csv"],
        &["check", "birds.csv", "--waivers", "title.csv"],
        &["check", "birds.csv", "--waivers", "json.csv"],
        &["mapping", "birds.csv"],
        &["mapping", "json.csv"],
        &["mapping", "--for", "birds.csv"],
        &["mapping", "--for", "headless.csv"],
        &["init", "tame.csv", "--yes", "--output", "own.json"],
        &["init", "tame.csv", "--output", "-"],
        &["init", "page.csv", "json.csv"],
        &["check", "birds.csv", "--scenario", "none", "--mapping", "own.json"],
    ] {
        all_silent(&format!("{arguments:?}"), &run(here, arguments));
    }
    for format in Format::names() {
        let file = format!("report.{format}");
        let to = format!("{format}={file}");
        all_silent(format, &run(here, &["check", "birds.csv", "--format", &to, "-v", "--link-key-env", "SECRET"]));
        silent(&file, &fs::read(here.join(&file)).expect("it was written"));
    }
    let known: Vec<&str> = files().iter().map(|(name, _)| *name).collect();
    for entry in fs::read_dir(here).expect("it is there") {
        let path = entry.expect("it is readable").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        if !known.contains(&&*name) {
            silent(&name, &fs::read(&path).expect("it is readable"));
        }
    }
}

/// A diff shows rows, for whoever asks for it: on a build server that takes `--show-values always`.
#[test]
fn repairs_are_silent_where_others_read_along() {
    let nest = nest();
    for (name, _) in files() {
        for arguments in [&["fix", name][..], &["fix", name, "--unsafe"], &["fix", name, "--unsafe", "--write", "-v"]] {
            let mut command = program(nest.path(), arguments);
            let told = outcome(command.env("HRLINT_NOW", "2026-07-01").env("CI", "true"));
            all_silent(&format!("{arguments:?}"), &told);
        }
    }
}

#[test]
fn the_hook_is_silent_and_leaves_nothing_behind() {
    let nest = nest();
    let here = nest.path();
    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.args(arguments).current_dir(here).env("GIT_CONFIG_GLOBAL", "/dev/null");
        assert!(git.output().expect("git starts").status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    let before = fs::read_dir(here).expect("it is there").count();
    for format in Format::names() {
        let told = run(here, &["hook", "run", "--format", format, "--show-values", "always", "-v"]);
        assert_ne!(told.code, 0, "{format}");
        all_silent(format, &told);
    }
    assert_eq!(fs::read_dir(here).expect("it is there").count(), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_makes_nobody_talk() {
    let nest = nest();
    for format in Format::names() {
        let told = run(nest.path(), &["check", "birds.csv", "--format", &format!("{format}=/dev/full"), "-v"]);
        assert_eq!(told.code, 2, "{format}");
        all_silent(format, &told);
    }
}

/// The panic hook prints neither the payload nor a backtrace.
#[test]
fn a_crash_is_silent() {
    let nest = nest();
    let mut command = program(nest.path(), &["check", "birds.csv"]);
    command.env("RUST_BACKTRACE", "full").env("HRLINT_TEST_PANIC", CANARY);
    let told = outcome(&mut command);
    assert_eq!(told.code, 101, "{told:?}");
    assert!(told.err.contains("has a bug at") && told.err.contains("no data is in it"), "{told:?}");
    all_silent("a panic", &told);
}
