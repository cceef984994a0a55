//! SARIF and code quality: limits, fingerprints, places.

use hrlint::check::Event;
use hrlint::finding::{CellText, Finding, Place, Severity};
use hrlint::report::{Format, Options, Values, sink};
use serde_json::{Value, json};

use crate::samples::{PLAIN, RECORD, Run, Shared, at, everything, few_a_file, finding, kinds, run, start, summary};

const SHOWN: Options = Options { values: Values::Shown, ..PLAIN };

fn sarif(run: &Run, options: &Options) -> Value {
    serde_json::from_str(&run.written(Format::Sarif, options)).expect("it is JSON")
}

/// Without what changes when a rule is added.
fn pruned(mut log: Value) -> String {
    let run = &mut log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].take();
    let rule = rules.as_array().expect("an array").iter().find(|rule| rule["id"] == "date-not-iso");
    let mut rule = rule.expect("the rule is there").clone();
    for text in ["fullDescription", "help"] {
        for text in rule[text].as_object_mut().expect("an object").values_mut() {
            *text = text.as_str().expect("a text").chars().take(24).collect::<String>().into();
        }
    }
    run["tool"]["driver"]["rules"] = json!([rule]);
    for result in run["results"].as_array_mut().expect("an array") {
        result.as_object_mut().expect("an object").remove("ruleIndex");
    }
    serde_json::to_string_pretty(&log).expect("it was JSON").replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn sarif_has_rules_places_and_fingerprints() {
    insta::assert_snapshot!(pruned(sarif(&everything(), &PLAIN)));
}

#[test]
fn code_quality_is_one_issue_a_finding() {
    insta::assert_snapshot!(everything().written(Format::Gitlab, &PLAIN));
}

#[test]
fn rule_indices_point_at_the_rule() {
    let log = sarif(&few_a_file(), &PLAIN);
    let run = &log["runs"][0];
    for result in run["results"].as_array().expect("an array") {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("all samples are of known rules")).expect("small");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

#[test]
fn a_repair_is_given_where_it_shows_no_value() {
    let fixes = |options: &Options| -> usize {
        let log = sarif(&run(kinds()), options);
        let results = log["runs"][0]["results"].as_array().expect("an array").clone();
        results.iter().filter(|result| result["fixes"].is_array()).count()
    };
    assert_eq!(fixes(&PLAIN), 2, "those that only delete");
    assert_eq!(fixes(&SHOWN), 6);
}

#[test]
fn every_format_that_shows_values_says_so() {
    let run = run(kinds());
    for (format, mark) in [
        (Format::Pretty, "this report holds personal data"),
        (Format::Json, "\"personalData\":true"),
        (Format::Jsonl, "\"personalData\":true"),
        (Format::Csv, ",yes,\n"),
        (Format::Markdown, "this report holds personal data"),
        (Format::Sarif, "\"personalData\":true"),
        (Format::Junit, "<property name=\"personal data\" value=\"yes\"/>"),
    ] {
        assert!(run.written(format, &SHOWN).contains(mark), "{}", format.name());
        assert!(!run.written(format, &PLAIN).contains(mark), "{}", format.name());
    }
}

/// The region of a cell that is stored as `stored` and holds `text`.
fn region(text: &str, stored: u64) -> Value {
    let place = Place {
        row: Some(2),
        line: Some(2),
        column: Some(1),
        char: Some(5),
        offset: Some(30),
        length: Some(stored),
        ..Place::default()
    };
    let value = Some(CellText::new(text.as_bytes()));
    let finding = Finding { place, value, ..finding("date-not-iso", Severity::Error, "wrong", "Mend it.") };
    sarif(&run(vec![finding]), &PLAIN)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].clone()
}

#[test]
fn a_region_ends_where_its_cell_does() {
    let end = |text: &str, stored| {
        let region = region(text, stored);
        (region["endLine"].as_u64(), region["endColumn"].as_u64())
    };
    assert_eq!(end("abc", 3), (Some(2), Some(8)));
    assert_eq!(end("äbc", 4), (Some(2), Some(8)), "columns are characters");
    assert_eq!(end("abc", 5), (Some(2), Some(10)), "with its quotes");
    assert_eq!(end("a\"c", 6), (Some(2), Some(11)), "with a doubled quote");
    assert_eq!(end("one\ntwo", 9), (Some(3), Some(5)), "after a line break");
    assert_eq!(end("abc", 8), (None, None), "not stored as UTF-8");
    assert_eq!(end(&"x".repeat(2000), 2000), (None, None), "too long to be kept");
    assert_eq!(region("abc", 3)["byteOffset"], 30);
}

fn fingerprints(run: &Run, format: Format) -> Vec<String> {
    let log: Value = serde_json::from_str(&run.written(format, &PLAIN)).expect("it is JSON");
    let issues = if format == Format::Sarif { &log["runs"][0]["results"] } else { &log };
    let print = |issue: &Value| match format {
        Format::Sarif => issue["partialFingerprints"]["hrlint/v1"].as_str().map(str::to_owned),
        _ => issue["fingerprint"].as_str().map(str::to_owned),
    };
    issues.as_array().expect("an array").iter().map(|issue| print(issue).expect("a fingerprint")).collect()
}

#[test]
fn fingerprints_hold_when_rows_move_and_texts_change() {
    let faulty = |row, date| {
        let record = [RECORD[0], RECORD[1], date, RECORD[3], "", ""];
        at(finding("date-not-iso", Severity::Error, "it is wrong", "Mend it."), row, 3, &record)
    };
    let before = run(vec![faulty(2, "31.12.2025"), faulty(3, "30.12.2025"), faulty(9, "29.12.2025")]);
    let after = run(vec![faulty(12, "1.2.2025"), faulty(17, "31.12.2025"), faulty(18, "x")]);
    let other = run(vec![Finding { file: "other.csv".into(), ..faulty(2, "31.12.2025") }]);
    for format in [Format::Sarif, Format::Gitlab] {
        let prints = fingerprints(&before, format);
        assert_eq!(prints, fingerprints(&after, format));
        assert!(!prints.contains(&fingerprints(&other, format)[0]));
        let mut all = fingerprints(&run(kinds()), format);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), kinds().len(), "each finding has its own");
    }
}

/// A run that is told without ever being held.
fn told(findings: impl Iterator<Item = Finding>, all: u64, options: &Options) -> (String, Value) {
    let out = Shared::default();
    let mut sink = sink(Format::Sarif, Box::new(out.clone()), options);
    sink.take(Event::FileBegins(&start("export.csv", &[]))).expect("memory takes everything");
    for finding in findings {
        sink.take(Event::Finding(&finding)).expect("memory takes everything");
    }
    let mut summary = summary(&[]);
    summary.errors = all;
    sink.take(Event::Summary(&summary)).expect("memory takes everything");
    let written = String::from_utf8(std::mem::take(&mut *out.0.lock().expect("no test panics"))).expect("UTF-8");
    let log = serde_json::from_str(&written).expect("it is JSON");
    (written, log)
}

#[test]
fn the_gravest_are_taken_when_there_are_too_many() {
    let of = |severity, rows: std::ops::Range<u64>| {
        rows.map(move |row| at(finding("date-not-iso", severity, "it is wrong", "Mend it."), row, 3, &RECORD))
    };
    let findings =
        of(Severity::Info, 0..20_000).chain(of(Severity::Warning, 0..20_000)).chain(of(Severity::Error, 0..10_000));
    let (_, log) = told(findings, 50_000, &PLAIN);
    let results = log["runs"][0]["results"].as_array().expect("an array");
    let count = |level: &str| results.iter().filter(|result| result["level"] == level).count();
    assert_eq!((count("error"), count("warning"), count("note")), (10_000, 15_000, 0));
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    let said = notifications[0]["message"]["text"].as_str().expect("something is said");
    assert!(said.starts_with("only the 25,000 gravest of 50,000 findings are listed"), "{said}");
}

#[test]
fn the_file_is_small_enough_for_github_when_compressed() {
    // Texts that no compressor makes small.
    let mut state = 7_u64;
    let mut text = || -> String {
        let next = |state: &mut u64| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'!' + u8::try_from(*state >> 57).expect("seven bits") % 90)
        };
        (0..1000).map(|_| next(&mut state)).collect()
    };
    let findings = (0..25_000).map(|row| {
        let value = Some(CellText::new(text().as_bytes()));
        Finding { value, ..at(finding("date-not-iso", Severity::Error, "wrong", "Mend it."), row, 3, &RECORD) }
    });
    let (written, log) = told(findings, 25_000, &SHOWN);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, written.as_bytes()).expect("memory takes everything");
    let compressed = encoder.finish().expect("memory takes everything").len();
    assert!((4_000_000..10_000_000).contains(&compressed), "{compressed}");
    assert!(log["runs"][0]["results"].as_array().expect("an array").len() < 25_000);
    assert!(log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0].is_object(), "it is said");
}
