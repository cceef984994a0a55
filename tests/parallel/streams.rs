//! A pipe says what the file says.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use hrlint::check::Options;
use hrlint::mapping::Mapping;
use hrlint::report::Format;
use proptest::prelude::*;

use crate::{cuts, engine, nasty, way};

/// What the program reports of a fixture, named as standard input is.
fn through_the_program(path: &Path, piped: bool) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    command.args(["check", "--format", "jsonl", "--show-values", "always", "--now", "2026-07-01"]);
    let mapping = path.with_file_name("hrlint.json");
    if mapping.is_file() {
        command.arg("--mapping").arg(mapping);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let output = if piped {
        let mut child = command.arg("-").stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it was piped");
        // A program that saw enough may have closed its end.
        drop(stdin.write_all(&fs::read(path).expect("the fixture is there")));
        drop(stdin);
        child.wait_with_output().expect("the program ends")
    } else {
        command.arg(path).stdin(Stdio::null()).output().expect("the program ends")
    };
    let name = serde_json::to_string(&path.to_string_lossy()).expect("a path is a text");
    let report = String::from_utf8(output.stdout).expect("reports are UTF-8").replace(&name, "\"-\"");
    (output.status.code(), report)
}

/// The lines of findings alone.
fn findings(report: &str) -> String {
    report.lines().filter(|line| line.starts_with("{\"type\":\"finding\"")).collect()
}

#[test]
fn every_fixture_through_the_program() {
    for path in cuts::fixtures() {
        let (file, pipe) = (through_the_program(&path, false), through_the_program(&path, true));
        // Nobody reads a pipe to its end when it carries no CSV, so its bytes are not known.
        let (file, pipe) =
            if pipe.1.contains("not-a-csv") { (findings(&file.1), findings(&pipe.1)) } else { (file.1, pipe.1) };
        assert_eq!(pipe, file, "{path:?}");
    }
}

/// A pipe that holds a text, which must fit into its buffer: a path to read it from once, as long as the other is kept.
#[cfg(target_os = "linux")]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
pub(crate) fn pipe(text: &[u8]) -> Option<(PathBuf, std::io::PipeReader)> {
    use std::os::fd::AsRawFd as _;
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    writer.write_all(text).expect("there is room");
    Some((format!("/proc/self/fd/{}", reader.as_raw_fd()).into(), reader))
}

/// Elsewhere pipes have no path.
#[cfg(not(target_os = "linux"))]
pub(crate) fn pipe(_text: &[u8]) -> Option<(PathBuf, ())> {
    None
}

#[test]
fn a_record_longer_than_a_round_of_blocks_is_read_through_a_pipe() {
    let good = "mia.brandt@northwind-energy.de,2026-05-18T09:00:00+02:00,";
    let long = format!("{good}\"{}\",3 of 5\n", "line\n".repeat(150_000));
    let rows = format!("{good}Met expectations,3 of 5\n").repeat(10);
    let text = format!("EmailAddress,EffectiveDate,Remarks,Rating\n{rows}{long}{rows}{long}{long}{rows}");
    let report = |input: &str, block_size: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
        command.args(["check", "-", "--format", "jsonl", "--now", "2026-07-01", "--block-size", block_size]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it was piped");
        let text = input.to_owned();
        let writing = std::thread::spawn(move || drop(stdin.write_all(text.as_bytes())));
        let output = child.wait_with_output().expect("the program ends");
        writing.join().expect("writing does not panic");
        (output.status.code(), String::from_utf8(output.stdout).expect("reports are UTF-8"))
    };
    let at_once = report(&text, "8m");
    assert_eq!(at_once.0, Some(1), "the remarks are too long");
    for block_size in ["1k", "10k", "300k"] {
        let in_blocks = report(&text, block_size);
        assert!(in_blocks == at_once, "in blocks of {block_size}: {in_blocks:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn random_files_in_random_blocks(
        text in nasty::file(),
        number in 0..64usize,
        block_size in prop_oneof![1..40u64, 1..600u64],
    ) {
        let plan = engine::plan(Mapping::built_in());
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(&text.0).expect("room on the disk");
        let expected = cuts::sequential(file.path(), &plan, &Options::default());
        let Some((path, _kept)) = pipe(&text.0) else { return Ok(()) };
        let (options, pool) = way(number, block_size);
        let found = pool.install(|| engine::report(&[("file.csv", &path)], &plan, &options, Format::Jsonl));
        prop_assert!(found == expected, "in blocks of {block_size}:\n{found}\nas a file:\n{expected}");
    }
}
