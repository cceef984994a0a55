//! The documentation's own samples: what a user must see of each, to the row and column, through the program itself.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const NO_ERRORS: i32 = 0;
const ERRORS: i32 = 1;

/// What the program says of a sample, by severity; `sample-domain` and `date-too-old` are looked at apart.
struct Sample {
    file: &'static str,
    exit: i32,
    /// Severity, rule, row and column; a short record is told of at the first column that it lacks.
    findings: &'static [(&'static str, &'static str, u64, Option<&'static str>)],
    /// Rows of data: each has an address of a sample domain.
    rows: usize,
    /// Columns that hold dates, all of them old by now.
    dates: &'static [&'static str],
}

const SAMPLES: [Sample; 5] = [
    Sample {
        file: "combined.csv",
        exit: ERRORS,
        findings: &[
            ("warning", "short-record", 2, Some("NewLevel")),
            ("warning", "short-record", 3, Some("NewLevel")),
            ("warning", "date-missing-offset", 3, Some("LastWorkingDate")),
            ("error", "date-in-wrong-column", 4, Some("ResignationDate")),
            ("error", "missing-required-value", 4, Some("EffectiveDate")),
            ("warning", "value-whitespace", 4, Some("NewLevel")),
            ("error", "date-in-wrong-column", 5, Some("ResignationDate")),
            ("error", "missing-required-value", 5, Some("EffectiveDate")),
            ("warning", "short-record", 7, Some("NewLevel")),
            ("warning", "value-whitespace", 7, Some("Remarks")),
            ("warning", "short-record", 9, Some("NewLevel")),
        ],
        rows: 8,
        dates: &["ResignationDate", "LastWorkingDate", "EffectiveDate"],
    },
    Sample {
        file: "resignation.csv",
        exit: NO_ERRORS,
        findings: &[("warning", "date-missing-offset", 3, Some("LastWorkingDate"))],
        rows: 2,
        dates: &["ResignationDate", "LastWorkingDate"],
    },
    Sample {
        file: "job-level.csv",
        exit: NO_ERRORS,
        findings: &[
            ("info", "smart-punctuation", 2, Some("OldLevel")),
            ("info", "smart-punctuation", 3, Some("OldLevel")),
        ],
        rows: 2,
        dates: &["EffectiveDate"],
    },
    Sample {
        file: "review.csv",
        exit: NO_ERRORS,
        findings: &[
            ("warning", "short-record", 3, Some("Rating")),
            ("warning", "value-whitespace", 3, Some("Remarks")),
        ],
        rows: 2,
        dates: &["EffectiveDate"],
    },
    Sample {
        file: "pip.csv",
        exit: NO_ERRORS,
        findings: &[
            ("warning", "short-record", 3, Some("PerformanceRating")),
            ("warning", "value-whitespace", 3, Some("ImprovementRemarks")),
        ],
        rows: 2,
        dates: &["EffectiveDate"],
    },
];

#[test]
fn every_sample_shows_what_the_contract_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scenarios/documentation");
    for sample in &SAMPLES {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
        command.args(["check", "--format", "jsonl", "--now", "2026-07-01", sample.file]).current_dir(&folder);
        let output = command.output().expect("the program starts");
        assert_eq!(output.status.code(), Some(sample.exit), "{}", sample.file);
        let lines = String::from_utf8(output.stdout).expect("reports are UTF-8");
        let lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect();
        let findings: Vec<&Value> = lines.iter().filter(|line| line["type"] == "finding").collect();
        let text = |finding: &Value, key: &str| finding[key].as_str().map(ToOwned::to_owned);
        let (apart, told): (Vec<&Value>, Vec<&Value>) = findings
            .into_iter()
            .partition(|finding| ["sample-domain", "date-too-old"].contains(&finding["rule"].as_str().unwrap_or("")));
        let mut told: Vec<_> = told
            .into_iter()
            .map(|f| (text(f, "severity"), text(f, "rule"), f["row"].as_u64(), text(f, "header")))
            .collect();
        told.sort_by(|a, b| (a.2, &a.1, &a.3).cmp(&(b.2, &b.1, &b.3)));
        let mut expected: Vec<_> = sample
            .findings
            .iter()
            .map(|(severity, rule, row, header)| {
                (Some((*severity).to_owned()), Some((*rule).to_owned()), Some(*row), header.map(ToOwned::to_owned))
            })
            .collect();
        expected.sort_by(|a, b| (a.2, &a.1, &a.3).cmp(&(b.2, &b.1, &b.3)));
        assert_eq!(told, expected, "{}", sample.file);
        let of = |rule: &str| apart.iter().filter(|finding| finding["rule"] == rule).copied().collect::<Vec<_>>();
        let domains = of("sample-domain");
        let rows: Vec<_> = domains.iter().map(|finding| finding["row"].as_u64()).collect();
        assert_eq!(rows, (2..2 + sample.rows as u64).map(Some).collect::<Vec<_>>(), "{}", sample.file);
        assert!(domains.iter().all(|finding| finding["header"] == "EmailAddress"), "{}", sample.file);
        let mut old: Vec<_> = of("date-too-old").into_iter().map(|finding| text(finding, "header")).collect();
        let mut dates: Vec<_> = sample.dates.iter().map(|date| Some((*date).to_owned())).collect();
        old.sort();
        dates.sort();
        assert_eq!(old, dates, "{}", sample.file);
    }
}
