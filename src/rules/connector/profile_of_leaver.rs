//! Somebody who resigned has an employee profile.
//!
//! # What it checks
//!
//! Rows of the scenarios `employeeProfile` and `resignation` with the same person (without regard to case). All files of one run
//! that share a mapping are compared; it speaks once for a person, at the row that comes later, and names the other one. Where the
//! last working day lies before the day of the check, it is a warning; until then the profile may well be right, which is the milder
//! form (`info`).
//!
//! # Why it matters to the receiving service
//!
//! The service keeps profiles for as long as they are refreshed. Profiles of people who left are personal data without a purpose, and
//! policies go on comparing patients, customers or records with somebody who is no longer there. Often the profile export takes its
//! people from another list than the resignation export.
//!
//! # Example
//!
//! ```csv
//! HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode
//! Resignation,sara.davis@contoso.com,2026-05-04T09:00:00Z,2026-05-29T17:00:00Z,,,,
//! Employee profile,sara.davis@contoso.com,,,Sara,Davis,12 Oak Street,98052
//! ```
//!
//! Leave people out of the profile export after their last working day.
//!
//! # Options
//!
//! None. `--now` sets the day of the check.
//!
//! # Fix
//!
//! None: only a person knows whether somebody left.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "profile-of-leaver",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: Some(Severity::Info),
    options: &[],
    source: include_str!("profile_of_leaver.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ProfileOfLeaver { first, resigned_first, gone } = fact else {
        unreachable!("profile-of-leaver is told of profiles and resignations only");
    };
    let message = if *resigned_first {
        format!("the profile is of a person who resigns in {first}")
    } else {
        format!("the person who resigns has a profile in {first}")
    };
    let help = if *gone {
        "Take the person out of the profile export: the last working day is over."
    } else {
        "Take the person out of the profile export after the last working day."
    };
    let mut explanation = Explanation::new(message, help);
    explanation.milder = !gone;
    explanation
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::First;

    #[test]
    fn the_other_row_is_named_and_people_still_at_work_are_milder() {
        let first = || First { row: 2, file: None };
        let gone = explain(&Observed::ProfileOfLeaver { first: first(), resigned_first: true, gone: true });
        assert_eq!(gone.message, "the profile is of a person who resigns in row 2");
        let there = explain(&Observed::ProfileOfLeaver { first: first(), resigned_first: false, gone: false });
        assert_eq!(there.message, "the person who resigns has a profile in row 2");
        assert!(!gone.milder && there.milder);
    }
}
