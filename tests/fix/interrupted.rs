//! `hrlint fix --write`, interrupted by whoever waits for it.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

const HEADER: &str = "EmailAddress,ResignationDate,LastWorkingDate\n";

/// One repair, and a finding that is left.
fn row(number: usize) -> String {
    format!("jonas{number}.northwind-energy.de, 2026-05-12T10:30:00+02:00,2026-06-15T17:00:00+02:00\n")
}

/// Its findings are more than a pipe holds, and nobody reads them: so it waits in the middle of its work, with the new file written.
#[test]
fn the_old_file_is_left_and_nothing_else() {
    for signal in [Signal::INT, Signal::TERM] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("hr.csv");
        let old = HEADER.to_owned() + &(0..20_000).map(row).collect::<String>();
        fs::write(&path, &old).expect("room on the disk");
        let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
        command.current_dir(folder.path()).args([
            "fix",
            "--write",
            "--now",
            "2026-07-01",
            "--format",
            "jsonl",
            "--max-findings",
            "0",
            "hr.csv",
        ]);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HRLINT_")) {
            command.env_remove(name);
        }
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut first = [0];
        let said = child.stderr.as_mut().expect("it is a pipe").read(&mut first);
        assert_eq!(said.expect("it says something"), 1);
        let pid = Pid::from_child(&child);
        kill_process(pid, signal).expect("it waits for its reader");
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(130), "{status}");
        assert!(fs::read(&path).expect("it is there") == old.as_bytes(), "the file changed");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
