//! The program as scripts meet it: exit codes, streams, files, environment.

mod canary;
mod commands;
mod environment;
mod formats;
mod hook;
mod inputs;
mod limits;
mod links;
mod packaging;
mod policies;
mod reports;
mod rules;
mod utf16;
mod waivers;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const HEADER: &str = "EmailAddress,ResignationDate,LastWorkingDate\n";
const GOOD: &str = "EmailAddress,ResignationDate,LastWorkingDate\n\
    mia.brandt@northwind-energy.de,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n\
    jonas.keller@northwind-energy.de,2026-05-12T10:30:00+02:00,2026-06-15T17:00:00+02:00\n";
/// A warning in row 2.
const WARNED: &str = "EmailAddress,ResignationDate,LastWorkingDate\n\
    mia.brandt@northwind-energy.de,2026-05-04T09:00:00,2026-06-30T17:00:00+02:00\n";
/// An error in row 2.
const BAD: &str = "EmailAddress,ResignationDate,LastWorkingDate\n\
    mia.brandt.northwind-energy.de,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n";

/// What a run of the program came to.
#[derive(Debug)]
struct Outcome {
    code: i32,
    out: String,
    err: String,
}

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("room on the disk");
        fs::write(path, text).expect("room on the disk");
    }
    folder
}

/// The program in a folder, with nothing in its environment that changes what it does.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    command.current_dir(folder).args(arguments);
    let others = ["NO_COLOR", "CLICOLOR_FORCE", "CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "GITLAB_CI"];
    let ours = |name: &str| name.starts_with("HRLINT_") || others.contains(&name);
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command
}

fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().expect("the program starts");
    Outcome {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).expect("reports are UTF-8"),
        err: String::from_utf8(output.stderr).expect("notes are UTF-8"),
    }
}

/// Runs the program in a folder.
fn run(folder: &TempDir, arguments: &[&str]) -> Outcome {
    outcome(&mut program(folder.path(), arguments))
}

/// Checks on the tests' day.
fn check(folder: &TempDir, arguments: &[&str]) -> Outcome {
    run(folder, &[&["check", "--now", "2026-07-01"], arguments].concat())
}

/// One file, checked.
fn check_text(text: &str, arguments: &[&str]) -> Outcome {
    check(&folder(&[("hr.csv", text)]), &[&["hr.csv"], arguments].concat())
}

impl Outcome {
    /// Asserts the exit code and that a text is said on standard error.
    fn says(&self, code: i32, text: &str) {
        // Long lines are broken and framed for people.
        let said = self.err.replace(['│', '\n'], " ");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(self.code == code && said.contains(text), "expected exit {code} and {text:?} of {self:#?}");
    }

    /// The findings of a jsonl report.
    fn findings(&self) -> Vec<serde_json::Value> {
        let lines = self.out.lines().map(|line| serde_json::from_str(line).expect("every line is JSON"));
        lines.filter(|line: &serde_json::Value| line["type"] == "finding").collect()
    }
}
