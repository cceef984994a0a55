//! One person has two employee profiles.
//!
//! # What it checks
//!
//! Rows of the scenario `employeeProfile` with the same person (without regard to case) as an earlier row and other values. All files
//! of one run that share a mapping are compared; the first row of the person is named. Two rows of one file are an error; rows of
//! two files, of which one may replace the other, are the milder form (`warning`). Equal rows are `exact-duplicate-row`.
//!
//! # Why it matters to the receiving service
//!
//! A profile is the current state of a person, and which of two states the service keeps is not documented. A wrong department or
//! address makes policies that compare people by them blind or unjust.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode
//! sara.davis@contoso.com,Sara,Davis,12 Oak Street,98052
//! sara.davis@contoso.com,Sara,Davis,7 Mill Lane,98101
//! ```
//!
//! Keep the row that is right.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows which of the rows is right.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "profile-duplicate-user",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: Some(Severity::Warning),
    options: &[],
    source: include_str!("profile_duplicate_user.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ProfileDuplicate(first) = fact else {
        unreachable!("profile-duplicate-user is told of second profiles only");
    };
    let mut explanation = Explanation::new(
        format!("the person has another profile in {first}"),
        "Keep the profile that is right and remove the other one.",
    );
    explanation.milder = first.file.is_some();
    explanation
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::First;

    #[test]
    fn two_profiles_of_one_file_are_graver_than_two_of_two_files() {
        let told =
            |file: Option<&str>| explain(&Observed::ProfileDuplicate(First { row: 2, file: file.map(Into::into) }));
        assert_eq!(told(None).message, "the person has another profile in row 2");
        assert!(!told(None).milder && told(Some("may.csv")).milder);
    }
}
