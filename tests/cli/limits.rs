//! Rows without end, and files that change while they are read.

use std::fs;
use std::io;
use std::path::PathBuf;

use hrlint::check::{Checked, Event, Input, Options, Sink};
use hrlint::mapping::Mapping;
use hrlint::plan::Plan;

use crate::{GOOD, HEADER, check_text};

#[test]
fn a_row_without_end_is_an_error_that_names_its_place() {
    let long = format!("{GOOD}{},2026-05-04T09:00:00Z,2026-06-30T17:00:00Z\n", "x".repeat(3000));
    let outcome = check_text(&long, &["--max-record", "2k"]);
    outcome.says(2, &format!("hr.csv:4: row 4, which begins at byte {}, is longer than 2048 bytes", GOOD.len()));
    outcome.says(2, "--max-record");
    assert_eq!(check_text(&long, &["--max-record", "4k"]).code, 1);
    check_text(&format!("{GOOD}{}", "x".repeat(2 << 20)), &[]).says(2, "row 4, which begins at byte");
    check_text(&"x".repeat(2 << 20), &[]).says(2, "hr.csv:1: row 1, which begins at byte 0, is longer than 1048576");
    check_text(&format!("\n\n{}", "x".repeat(2 << 20)), &[]).says(2, "hr.csv:3: row 3, which begins at byte 2");
    check_text(GOOD, &["--max-record", "0"]).says(2, "expected a number of bytes");
    // Lines inside a cell count as lines, not as rows.
    let broken = HEADER.replace('\n', ",\"a\nb\"\n") + &"x".repeat(3000);
    check_text(&broken, &["--max-record", "2k"]).says(2, "hr.csv:3: row 2, which begins at byte");
}

#[test]
fn blocks_and_threads_have_a_limit() {
    check_text(GOOD, &["--block-size", "65m"]).says(2, "at most 64m");
    check_text(GOOD, &["--threads", "1025"]).says(2, "at most 1024");
    assert_eq!(check_text(GOOD, &["--block-size", "64m", "--max-record", "1g", "--threads", "8"]).code, 0);
}

#[test]
#[cfg(target_os = "linux")]
fn rows_are_compared_beside_a_file_of_any_size() {
    let folder = crate::folder(&[("hr.csv", GOOD), ("again.csv", GOOD)]);
    let holes = fs::File::create(folder.path().join("holes.csv")).expect("a file can be made");
    holes.set_len(3 << 40).expect("a file of holes takes no room");
    let outcome = crate::check(&folder, &["--format", "jsonl", "holes.csv", "hr.csv", "again.csv"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    let findings = outcome.findings();
    let told = |rule: &str| findings.iter().filter(|finding| finding["rule"] == rule).count();
    assert_eq!((told("not-a-csv"), told("exact-duplicate-row")), (1, GOOD.lines().count() - 1), "{findings:#?}");
}

#[test]
fn a_quote_that_is_never_closed_is_found_where_it_opened() {
    let row = "jonas.keller@northwind-energy.de,2026-05-12T10:30:00+02:00,2026-06-15T17:00:00+02:00\n";
    let rows = row.repeat((3 << 20) / row.len());
    let text = format!("{GOOD}\"{row}{rows}");
    for block_size in ["512k", "4k", "3m"] {
        let arguments = ["--format", "jsonl", "--block-size", block_size, "--rule", "exact-duplicate-row=off"];
        let outcome = check_text(&text, &[&arguments[..], &["--rule", "duplicate-event-key=off"]].concat());
        let findings = outcome.findings();
        assert_eq!(outcome.code, 1);
        let opened: Vec<_> = findings.iter().filter(|finding| finding["rule"] == "unterminated-quote").collect();
        assert_eq!(opened.len(), 1, "{findings:#?}");
        let place = |key: &str| opened[0][key].as_u64();
        assert_eq!((place("row"), place("line"), place("column")), (Some(4), Some(4), Some(1)));
        assert_eq!((place("char"), place("offset")), (Some(1), Some(GOOD.len() as u64)));
        assert!(findings.len() < 5, "one slip is one fault, and not one a row: {findings:#?}");
        let last: serde_json::Value =
            serde_json::from_str(outcome.out.lines().last().expect("a summary")).expect("it is JSON");
        assert!(last["rows"].as_u64() > Some(rows.lines().count() as u64), "the rows behind it are checked: {last}");
    }
}

/// What happens to a file behind the engine's back.
type Meddling<'m> = &'m (dyn Fn(&PathBuf) + Sync);

/// Changes the file as soon as its header has been read.
struct Meddler<'f> {
    meddle: &'f (dyn Fn() + Sync),
}

impl Sink for Meddler<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::FileBegins(_) = event {
            (self.meddle)();
        }
        Ok(())
    }
}

fn checked_while(text: &str, meddle: Meddling<'_>) -> Checked {
    let folder = crate::folder(&[("hr.csv", text)]);
    let path = folder.path().join("hr.csv");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day of the calendar");
    let plan = Plan::compile(Mapping::built_in(), &[], None, today).expect("nothing was asked for");
    let input = Input { name: "hr.csv".into(), path: Some(path.clone()), plan: &plan };
    let options = Options { block_size: 1024, ..Options::default() };
    hrlint::check::check(&[input], &options, &mut Meddler { meddle: &|| meddle(&path) }).expect("the sink takes it all")
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_judged() {
    let row = "jonas.keller@northwind-energy.de,2026-05-12T10:30:00+02:00,2026-06-15T17:00:00+02:00\n";
    let text = HEADER.to_owned() + &row.repeat(5000);
    let resize = |path: &PathBuf, size: u64| {
        let file = fs::OpenOptions::new().write(true).open(path).expect("it is there");
        file.set_len(size).expect("it is ours");
    };
    let meddling: [(&str, Meddling<'_>); 3] = [
        ("cannot check hr.csv: the file became shorter while it was being checked", &|path| resize(path, 100_000)),
        ("cannot check hr.csv: the file became shorter while it was being checked", &|path| resize(path, 0)),
        ("cannot check hr.csv: the file grew while it was being checked", &|path| resize(path, 900_000)),
    ];
    for (says, meddle) in meddling {
        let checked = checked_while(&text, meddle);
        let errors: Vec<String> = checked.errors.iter().map(ToString::to_string).collect();
        assert_eq!(errors, [says]);
        assert_eq!((checked.summary.unchecked, checked.summary.files), (1, 0));
    }
    assert_eq!(checked_while(&text, &|_| {}).errors.len(), 0);
}
