//! Annotations: the gravest ten of a kind, exact counts, and no values.

use hrlint::finding::{Finding, Severity};
use hrlint::report::{Format, Options, Values};

use crate::runners;
use crate::samples::{PLAIN, RECORD, Run, at, everything, finding, run};

#[test]
fn github_annotates_the_gravest() {
    insta::assert_snapshot!(everything().written(Format::Github, &PLAIN));
}

#[test]
fn azure_logs_the_gravest() {
    insta::assert_snapshot!(everything().written(Format::Azure, &PLAIN));
}

/// Thirty errors of one rule and column, then one of another, then one of the whole file; and thirty infos.
fn many() -> Run {
    let faulty = |rule, severity, row| at(finding(rule, severity, "it is wrong", "Mend it."), row, 3, &RECORD);
    let errors = (2..32).map(|row| faulty("date-not-iso", Severity::Error, row));
    let infos = (2..32).map(|row| faulty("smart-punctuation", Severity::Info, row));
    let other = [
        faulty("date-impossible", Severity::Error, 40),
        finding("utf16-encoding", Severity::Error, "the file is UTF-16", "Save it as UTF-8."),
    ];
    run(errors.chain(infos).chain(other).collect())
}

#[test]
fn faults_of_the_file_come_first_and_then_one_of_every_rule() {
    let written = many().written(Format::Github, &PLAIN);
    let commands: Vec<_> = written.lines().filter_map(runners::github).collect();
    let titles: Vec<_> = commands.iter().map(|command| command.property("title")).collect();
    assert_eq!(titles[..4], ["utf16-encoding", "date-not-iso", "date-impossible", "date-not-iso"]);
    let of = |name: &str| commands.iter().filter(|command| command.name == name).count();
    assert_eq!((of("error"), of("warning"), of("notice")), (10, 0, 10));
    assert!(written.contains("not annotated: 22 errors, 20 infos"), "{written}");
    assert!(written.contains("export.csv: 30 errors of date-not-iso in column C (ResignationDate), rows 2 to 31\n"));
}

#[test]
fn azure_has_no_word_for_an_info() {
    let written = many().written(Format::Azure, &PLAIN);
    let types: Vec<_> = written.lines().filter_map(runners::azure).map(|c| c.property("type")).collect();
    assert_eq!(types, vec!["error"; 10]);
    assert!(written.contains("not annotated: 22 errors, 30 infos"), "{written}");
}

#[test]
fn what_a_build_server_keeps_holds_no_value() {
    let findings: Vec<Finding> = many().files.remove(0).1;
    let run = run(findings);
    for format in [Format::Concise, Format::Github, Format::Azure, Format::Gitlab] {
        let shown = run.written(format, &Options { values: Values::Shown, ..PLAIN });
        assert!(!shown.contains("31.12.2025"), "{}", format.name());
        assert_eq!(shown, run.written(format, &PLAIN), "{}", format.name());
    }
}
