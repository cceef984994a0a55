//! Reports for people who never see a terminal: Markdown, CSV, `JUnit`.

use hrlint::check::{Event, Sink as _};
use hrlint::finding::Severity;
use hrlint::report::markdown::{COMMENT, JOB_SUMMARY, Markdown, SMALLEST};
use hrlint::report::{Format, Options, Values};

use crate::samples::{PLAIN, RECORD, Run, Shared, at, everything, few_a_file, finding, run};

#[test]
fn markdown_has_verdict_counts_and_details() {
    insta::assert_snapshot!(everything().written(Format::Markdown, &PLAIN));
}

#[test]
fn csv_is_one_finding_a_row() {
    insta::assert_snapshot!(everything().written(Format::Csv, &Options { values: Values::Shown, ..PLAIN }));
}

#[test]
fn junit_is_one_case_for_each_rule_and_column() {
    insta::assert_snapshot!(few_a_file().written(Format::Junit, &PLAIN));
}

#[test]
fn nothing_found_is_a_pass_in_every_document() {
    let clean = run(Vec::new());
    assert!(clean.written(Format::Markdown, &PLAIN).starts_with("### hrlint: passed\n\nnothing found in 1 file\n"));
    assert_eq!(clean.written(Format::Csv, &PLAIN).lines().count(), 1);
    assert!(clean.written(Format::Junit, &PLAIN).contains("<testcase name=\"nothing found\" classname=\"export.csv\""));
}

#[test]
fn what_fails_the_run_fails_its_test_case() {
    let failures =
        |fail_on| few_a_file().written(Format::Junit, &Options { fail_on, ..PLAIN }).matches("<failure ").count();
    assert_eq!([Severity::Error, Severity::Warning, Severity::Info].map(failures), [9, 13, 14]);
}

fn many(rows: u64) -> Run {
    let faulty = |row| at(finding("date-not-iso", Severity::Warning, "it is wrong", "Mend it."), row, 3, &RECORD);
    let grave = at(finding("date-impossible", Severity::Error, "there is no such day", "Mend it."), rows, 3, &RECORD);
    run((2..rows).map(faulty).chain([grave]).collect())
}

#[test]
fn a_comment_is_never_too_long_and_says_what_it_left_out() {
    let run = many(5000);
    let written = run.written(Format::Markdown, &PLAIN);
    assert!((COMMENT / 2..COMMENT).contains(&written.len()), "{}", written.len());
    assert!(written.contains(" gravest of 4,999 findings</summary>"), "{written}");
    let first = written.lines().skip_while(|line| !line.starts_with("<details>")).nth(4);
    assert!(
        first.is_some_and(|row| row.starts_with("| error | date-impossible ")),
        "the gravest come first: {first:?}"
    );
    let summary = |limit| {
        let out = Shared::default();
        run.tell(&mut Markdown::new(Box::new(out.clone()), Values::Masked, limit));
        out.0.lock().expect("no test panics").len()
    };
    assert!((COMMENT..JOB_SUMMARY).contains(&summary(JOB_SUMMARY)));
    // A job summary that others have filled has room for little more than the verdict.
    assert!(summary(SMALLEST) <= SMALLEST);
}

#[test]
fn many_files_do_not_overflow_a_comment() {
    let mut run = many(20);
    let file = run.files.remove(0);
    run.files = (0..400).map(|_| (file.0.clone(), file.1.clone(), file.2.clone())).collect();
    let written = run.written(Format::Markdown, &PLAIN);
    assert!(written.len() < COMMENT, "{}", written.len());
    assert!(written.contains(" more pairs of rule and column did not fit here"));
}

#[test]
fn findings_that_were_only_counted_are_told() {
    let mut run = everything();
    run.files[0].1.clear();
    for format in [Format::Csv, Format::Markdown, Format::Gitlab, Format::Junit, Format::Sarif, Format::Concise] {
        let written = run.written(format, &PLAIN);
        assert!(written.contains("--max-findings is reached"), "{}", format.name());
    }
}

#[test]
fn a_file_that_was_not_read_to_its_end_is_no_pass() {
    let mut run = run(Vec::new());
    run.summary.unchecked = 1;
    assert!(run.written(Format::Markdown, &PLAIN).starts_with("### hrlint: incomplete"));
    assert!(run.written(Format::Junit, &PLAIN).contains("<error message="));
    assert!(run.written(Format::Sarif, &PLAIN).contains("\"executionSuccessful\":false"));
    for format in [Format::Github, Format::Azure, Format::Concise] {
        assert!(run.written(format, &PLAIN).contains("1 file could not be checked to the end"), "{}", format.name());
    }
}

#[test]
fn a_report_of_no_file_is_still_one() {
    let mut run = run(Vec::new());
    run.files.clear();
    for format in Format::ALL {
        assert!(!run.written(format, &PLAIN).is_empty(), "{}", format.name());
    }
    let out = Shared::default();
    let mut junit = hrlint::report::junit::Junit::new(Box::new(out.clone()), PLAIN);
    junit.take(Event::Summary(&run.summary)).expect("memory takes everything");
    let written = String::from_utf8(out.0.lock().expect("no test panics").clone()).expect("UTF-8");
    assert_eq!(written, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n</testsuites>\n");
}
