//! Every option can be set in the environment; colour follows the usual variables.

use crate::{BAD, GOOD, Outcome, WARNED, folder, outcome, program};

/// Checks a file with these variables set.
fn with(text: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
    let own = r#"{ "version": 1, "scenarios": { "resignation": {} } }"#;
    let folder = folder(&[("hr.csv", text), ("own.json", own)]);
    let mut command = program(folder.path(), &[&["check", "hr.csv"], arguments].concat());
    outcome(command.env("HRLINT_NOW", "2026-07-01").envs(variables.iter().copied()))
}

#[test]
fn the_help_shows_no_value_of_the_environment() {
    for command in ["check", "mapping", "init"] {
        let folder = folder(&[]);
        let shown = outcome(
            program(folder.path(), &[command, "--help"]).env("HRLINT_MAPPING", "canary").env("HRLINT_OUTPUT", "canary"),
        );
        assert!(shown.code == 0 && shown.out.contains("HRLINT_") && !shown.out.contains("canary"), "{shown:?}");
    }
}

#[test]
fn options_may_come_from_the_environment() {
    assert_eq!(with(WARNED, &[], &[]).code, 0);
    assert_eq!(with(WARNED, &[("HRLINT_FAIL_ON", "warning")], &[]).code, 1);
    assert_eq!(with(WARNED, &[("HRLINT_RULE", "date-missing-offset=error")], &[]).code, 1);
    assert!(with(BAD, &[("HRLINT_FORMAT", "concise")], &[]).out.starts_with("hr.csv:2:1 error"));
    let shown = [("HRLINT_FORMAT", "jsonl"), ("HRLINT_SHOW_VALUES", "always")];
    assert!(with(BAD, &shown, &[]).out.contains("mia.brandt.northwind-energy.de"));
    let two = BAD.to_owned() + "no-address,2026-05-04T09:00:00Z,2026-06-30T17:00:00Z\n";
    assert_eq!(with(&two, &[("HRLINT_FORMAT", "jsonl")], &[]).findings().len(), 2);
    assert_eq!(with(&two, &[("HRLINT_FORMAT", "jsonl"), ("HRLINT_MAX_FINDINGS", "1")], &[]).findings().len(), 1);
    let old = [("HRLINT_FORMAT", "jsonl"), ("HRLINT_NOW", "2027-07-01")];
    assert_eq!(with(GOOD, &old, &[]).findings().len(), 2, "both date columns are old by then");
    with(GOOD, &[("HRLINT_VERBOSE", "true"), ("HRLINT_MAPPING", "own.json")], &[]).says(0, "by the mapping own.json");
    assert_eq!(with(GOOD, &[("HRLINT_QUIET", "1")], &[]).err, "");
    with(GOOD, &[("HRLINT_SCENARIO", "none")], &[]).says(2, "there is no scenario none");
    with(GOOD, &[("HRLINT_MAX_RECORD", "8")], &[]).says(2, "is longer than 8 bytes");
    for (name, wrong) in [
        ("HRLINT_THREADS", "many"),
        ("HRLINT_BLOCK_SIZE", "0"),
        ("HRLINT_PROGRESS", "perhaps"),
        ("HRLINT_COLOR", "red"),
    ] {
        assert_eq!(with(GOOD, &[(name, wrong)], &[]).code, 2, "{name}");
    }
}

#[test]
fn what_is_typed_goes_before_the_environment() {
    assert_eq!(with(WARNED, &[("HRLINT_FAIL_ON", "warning")], &["--fail-on", "error"]).code, 0);
}

#[test]
fn colour_follows_the_option_and_the_usual_variables() {
    let coloured =
        |variables: &[(&str, &str)], arguments: &[&str]| with(BAD, variables, arguments).out.contains('\u{1b}');
    assert!(!coloured(&[], &[]), "nobody looks at a pipe");
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!coloured(&[("HRLINT_COLOR", "always")], &["--format", "concise", "--color", "never"]));
}
