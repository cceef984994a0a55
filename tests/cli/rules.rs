//! `--rule`: levels of rules for one run.

use crate::{BAD, WARNED, check_text};

#[test]
fn a_rule_may_be_raised_and_lowered() {
    assert_eq!(check_text(WARNED, &["--rule", "date-missing-offset=error"]).code, 1);
    let off = check_text(WARNED, &["--rule", "date-missing-offset=off", "--format", "jsonl", "--fail-on", "info"]);
    assert_eq!((off.code, off.findings().len()), (0, 0));
    assert_eq!(check_text(BAD, &["--rule", "email-missing-at=info"]).code, 0);
    // The last word counts.
    let twice = ["--rule", "date-missing-offset=off", "--rule", "date-missing-offset=error"];
    assert_eq!(check_text(WARNED, &twice).code, 1);
}

#[test]
fn a_rule_that_there_is_not_gets_a_suggestion() {
    let outcome = check_text(WARNED, &["--rule", "date-missing-ofset=off"]);
    outcome.says(2, "there is no rule date-missing-ofset; did you mean date-missing-offset?");
    check_text(WARNED, &["--rule", "xyz=off"]).says(2, "`hrlint rules` lists all");
    check_text(WARNED, &["--rule", "date-missing-offset=loud"])
        .says(2, "the level must be off, info, warning or error");
    check_text(WARNED, &["--rule", "date-missing-offset"]).says(2, "expected NAME=off|info|warning|error");
}

#[test]
fn what_the_service_requires_cannot_be_lowered() {
    for level in ["off", "info", "warning"] {
        let outcome = check_text(BAD, &["--rule", &format!("missing-required-value={level}")]);
        outcome.says(2, "the rule missing-required-value cannot be lowered");
    }
    assert_eq!(check_text(BAD, &["--rule", "missing-required-value=error"]).code, 1);
}
