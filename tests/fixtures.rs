//! Every rule's good file is silent, and its bad file shows that rule and no other.
//!
//! What `bad.waivers.json` waives is let pass. For rules about several files, `good-1.csv` and `bad-1.csv` stand before these in
//! the same run; for rules that know the past, `past.json` says what was sent before.

mod engine;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use hrlint::check::Options;
use hrlint::mapping::Mapping;
use hrlint::report::Format;
use hrlint::rules::past::{Past, Sent};
use hrlint::rules::{self, Rule};
use hrlint::waivers::Waivers;
use serde_json::Value;
use sha2::Digest as _;

/// Rules that cannot fire alone, and what fires beside them.
const BESIDE: &[(&str, &[&str])] = &[
    // The date is missing where it belongs.
    ("date-in-wrong-column", &["missing-required-value"]),
    // Every cell in another form has its own rule.
    ("date-mixed-formats", &["date-missing-offset"]),
];

fn report(rule: &Rule, file: &str, format: Format) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules").join(rule.name);
    let own: PathBuf = folder.join("hrlint.json");
    let mapping = if own.is_file() { Mapping::read(&own, &rules::facts()) } else { Ok(Mapping::built_in()) };
    let mut plan = engine::plan(mapping.expect("the mapping of a fixture is valid"));
    plan.past = past(&folder, file.trim_end_matches(".csv"), plan.settings.today);
    let waivers = file.replace(".csv", ".waivers.json");
    if let Ok(text) = std::fs::read_to_string(folder.join(&waivers)) {
        plan.waivers = Some(Waivers::parse(&waivers, &text).expect("the waivers of a fixture are valid").into());
    }
    let before = file.replace(".csv", "-1.csv");
    let (path, path_before) = (folder.join(file), folder.join(&before));
    let mut files = vec![(file, &*path)];
    if path_before.is_file() {
        files.insert(0, (&before, &path_before));
    }
    let in_git = rule.name == "data-in-git" && file == "bad.csv";
    engine::report(&files, &plan, &Options { in_git, ..Options::default() }, format)
}

/// What was sent before, for a fixture's good or bad file.
fn past(folder: &Path, which: &str, today: NaiveDate) -> Option<Past> {
    let all: Value = serde_json::from_slice(&fs::read(folder.join("past.json")).ok()?).expect("it is JSON");
    let sent = |sent: &Value| {
        let bytes =
            sent["file"].as_str().map(|file| fs::read(folder.join(file)).expect("it is there")).unwrap_or_default();
        let scenarios = sent["scenarios"].as_object().expect("rows by scenario").iter();
        Sent {
            day: today - Days::new(sent["daysAgo"].as_u64().expect("a number of days")),
            same_connector: sent["otherConnector"] != true,
            digest: sha2::Sha256::digest(&bytes).into(),
            bytes: bytes.len() as u64,
            scenarios: scenarios.map(|(key, rows)| (key.clone(), rows.as_u64().expect("a number"))).collect(),
        }
    };
    Some(Past { sent: all[which].as_array().expect("a list").iter().map(sent).collect() })
}

/// A note about files in which nothing is wrong; it counts in its own files only.
const NOTE: &str = "embedded-newline";

fn fired(rule: &Rule, file: &str) -> Vec<String> {
    let report = report(rule, file, Format::Jsonl);
    let lines = report.lines().map(|line| serde_json::from_str::<Value>(line).expect("the file was checked"));
    let findings = lines.filter(|line| line["type"] == "finding");
    let rules = findings.map(|finding| finding["rule"].as_str().expect("a finding has a rule").to_owned());
    rules.filter(|name| name != NOTE || rule.name == NOTE).collect()
}

#[test]
fn a_good_file_is_silent() {
    let mut loud = String::new();
    for rule in rules::all() {
        let fired = fired(rule, "good.csv");
        if !fired.is_empty() {
            writeln!(loud, "{}: {fired:?}", rule.name).expect("memory takes it");
        }
    }
    assert!(loud.is_empty(), "good files with findings:\n{loud}");
}

#[test]
fn a_bad_file_shows_its_rule_and_no_other() {
    let mut wrong = String::new();
    for rule in rules::all() {
        let beside = BESIDE.iter().find(|(name, _)| *name == rule.name).map_or(&[][..], |(_, beside)| beside);
        let mut fired = fired(rule, "bad.csv");
        fired.sort();
        fired.dedup();
        let mut expected: Vec<&str> = beside.iter().copied().chain([rule.name]).collect();
        expected.sort_unstable();
        if fired != expected {
            writeln!(wrong, "{}: {fired:?}", rule.name).expect("memory takes it");
        }
    }
    assert!(wrong.is_empty(), "bad files that show something else:\n{wrong}");
}

#[test]
fn bad_files_look_like_this() {
    let mut all = String::new();
    for rule in rules::all() {
        writeln!(all, "# {}\n{}", rule.name, report(rule, "bad.csv", Format::Concise)).expect("memory takes it");
    }
    insta::assert_snapshot!(all);
}
