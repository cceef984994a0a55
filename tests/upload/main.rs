//! `hrlint upload`, as the service and its impostors see it.

#![cfg(feature = "upload")]

mod certificates;
mod defects;
mod doctor;
mod gate;
mod killed;
mod secrets;
mod service;
mod traces;
mod volume;
mod ways;
mod wire;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use service::Service;

const TENANT: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const APP: &str = "7d44448a-0e1a-4f9d-8a12-1f30a1c0b7aa";
const JOB: &str = "9b2f6a3c-5a01-4a70-b0a9-0c1c7a53d9e4";
/// Found nowhere but where a secret belongs.
const SECRET: &str = "Canary~Secret.8Q-7ab_ZZtop";

const HEADER: &str = "EmailAddress,ResignationDate,LastWorkingDate\n";

/// A file with that many good rows.
fn rows(count: usize) -> String {
    let row = |at: usize| {
        let (day, minute) = (1 + at % 28, at % 60);
        format!(
            "person{at}@northwind-energy.de,2026-05-{day:02}T09:{minute:02}:00+02:00,2026-06-{day:02}T17:00:00+02:00\n"
        )
    };
    HEADER.to_owned() + &(0..count).map(row).collect::<String>()
}

/// What a run of the program came to.
#[derive(Debug)]
struct Outcome {
    code: i32,
    out: String,
    err: String,
}

impl Outcome {
    /// Asserts the exit code and that something is said, wherever.
    fn says(&self, code: i32, text: &str) -> &Self {
        let said = format!("{} {}", self.out, self.err).replace(['│', '\n', '╰', '╭', '─', '▶', '×'], " ");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(self.code == code && said.contains(text), "expected exit {code} and {text:?} of {self:#?}");
        self
    }
}

/// A folder with a file in it, and what an upload of it needs.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(text: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("hr.csv"), text).expect("room on the disk");
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program, about to send to the service.
    fn command(&self, service: &Service, arguments: &[&str]) -> Command {
        self.command_to(service, &service.url(), &service.url(), arguments)
    }

    /// The same, with services at these addresses.
    fn command_to(&self, service: &Service, authority: &str, ingest: &str, arguments: &[&str]) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
        command.current_dir(self.path());
        let others = ["NO_COLOR", "CLICOLOR_FORCE", "CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"];
        let proxies = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];
        let ours = |name: &str| name.starts_with("HRLINT_") || others.contains(&name) || proxies.contains(&name);
        for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
            command.env_remove(name);
        }
        fs::write(self.path().join("ca.pem"), service.ca()).expect("room on the disk");
        command.env("HRLINT_APP_SECRET", SECRET).args(["upload", "--now", "2026-07-01", "--yes"]);
        command.args(["--tenant-id", TENANT, "--app-id", APP, "--job-id", JOB, "--ca-file", "ca.pem"]);
        command.args(["--authority", authority, "--ingest-url", ingest, "--ledger", "ledger.jsonl", "hr.csv"]);
        command.args(arguments);
        command
    }

    fn upload(&self, service: &Service, arguments: &[&str]) -> Outcome {
        outcome(&mut self.command(service, arguments))
    }

    fn ledger(&self) -> String {
        fs::read_to_string(self.path().join("ledger.jsonl")).unwrap_or_default()
    }
}

fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().expect("the program starts");
    Outcome {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).expect("reports are UTF-8"),
        err: String::from_utf8(output.stderr).expect("notes are UTF-8"),
    }
}
