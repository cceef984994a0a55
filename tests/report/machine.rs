//! What the machine formats promise: their schema, their order, and that both say the same.

use hrlint::report::{Format, Options, Values, schema};
use serde_json::Value;

use crate::samples::{everything, kinds, run};

const MASKED: Options = crate::samples::PLAIN;
const SHOWN: Options = Options { values: Values::Shown, ..MASKED };

pub(crate) fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    jsonschema::draft202012::options().build(&schema).expect("the schema is a schema")
}

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/report.schema.json");
    if std::env::var_os("HRLINT_BLESS").is_some() {
        std::fs::write(path, schema()).expect("the repository can be written");
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(stored == schema(), "schemas/report.schema.json is stale: run the tests with HRLINT_BLESS=1");
}

#[test]
fn every_document_and_every_line_is_valid() {
    let validator = validator();
    for run in [everything(), run(Vec::new())] {
        for options in [MASKED, SHOWN] {
            let document: Value = serde_json::from_str(&run.written(Format::Json, &options)).expect("it is JSON");
            assert!(validator.is_valid(&document));
            for line in run.written(Format::Jsonl, &options).lines() {
                let object: Value = serde_json::from_str(line).expect("every line is JSON");
                assert!(validator.is_valid(&object), "{line}");
            }
        }
    }
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let validator = validator();
    let good = everything().written(Format::Jsonl, &MASKED);
    let good: Value = serde_json::from_str(good.lines().next().expect("there are lines")).expect("it is JSON");
    for (key, wrong) in [("type", "findings"), ("version", "1"), ("severity", "fatal"), ("row", "17")] {
        let mut bad = good.clone();
        bad[key] = wrong.into();
        assert!(!validator.is_valid(&bad), "{key}");
        let mut less = good.clone();
        less.as_object_mut().expect("it is an object").remove(key);
        assert!(!validator.is_valid(&less), "{key}");
    }
}

#[test]
fn both_formats_hold_the_same_objects() {
    let run = everything();
    let document: Value = serde_json::from_str(&run.written(Format::Json, &MASKED)).expect("it is JSON");
    let lines = run.written(Format::Jsonl, &MASKED);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let of = |kind: &str| Value::Array(lines.iter().filter(|line| line["type"] == kind).cloned().collect());
    assert_eq!(document["findings"], of("finding"));
    assert_eq!(document["files"], of("file"));
    assert_eq!(Value::Array(vec![document["summary"].clone()]), of("summary"));
}

#[test]
fn a_finding_has_the_keys_of_the_contract_in_their_order() {
    let lines = everything().written(Format::Jsonl, &MASKED);
    let finding: Value = serde_json::from_str(lines.lines().next().expect("there are lines")).expect("it is JSON");
    let keys: Vec<&str> = finding.as_object().expect("it is an object").keys().map(String::as_str).collect();
    let promised = "type version rule severity file row line column header char offset length scenario message help value fix \
        first person";
    assert_eq!(keys, promised.split(' ').collect::<Vec<_>>());
}

#[test]
fn the_text_of_a_fix_is_shown_only_with_values() {
    let findings = || run(kinds().into_iter().filter(|finding| finding.fix.is_some()).collect());
    let texts = |options: &Options| -> Vec<Value> {
        let document: Value = serde_json::from_str(&findings().written(Format::Json, options)).expect("it is JSON");
        let findings = document["findings"].as_array().expect("findings are an array");
        findings.iter().map(|finding| finding["fix"]["edits"][0]["text"].clone()).collect()
    };
    assert_eq!(texts(&MASKED)[..2], [Value::from(""), Value::Null]);
    assert_eq!(texts(&SHOWN)[..2], [Value::from(""), Value::from("2025-12-31")]);
}

#[test]
fn machine_formats_hold_no_time() {
    let run = everything();
    let mut later = everything();
    later.summary.elapsed *= 7;
    for format in [Format::Json, Format::Jsonl] {
        assert_eq!(run.written(format, &MASKED), later.written(format, &MASKED));
    }
}
