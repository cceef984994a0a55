//! Employee profiles stand in one file with rows of other scenarios.
//!
//! # What it checks
//!
//! The number of rows of each scenario: the file has rows of `employeeProfile`, and rows of others. It speaks once for
//! the file.
//!
//! # Why it matters to the receiving service
//!
//! The documentation recommends a connector of its own for profiles. They must be sent again every 15 to 20 days,
//! because the service deletes those that were not updated for 30 days; events are sent once, when they happen. In one
//! file either the profiles go out too seldom, or the events again and again.
//!
//! # Example
//!
//! ```csv
//! HRScenario,EmailAddress,EffectiveDate,OldLevel,NewLevel,EmployeeFirstName,EmployeeLastName,...
//! Job level change,sara.davis@contoso.com,2026-04-23T15:18:02Z,Level 61,Level 60,,,...
//! Employee profile,pilar.pinilla@contoso.com,,,,Pilar,Pinilla,...
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: export the profiles to a file of their own.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "profile-in-mixed-file",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("profile_in_mixed_file.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ProfilesAmong { profiles, others } = *fact else {
        unreachable!("profile-in-mixed-file is told of profiles among others only");
    };
    let rows = |count: u64| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let verb = if profiles == 1 { "is an employee profile" } else { "are employee profiles" };
    Explanation::new(
        format!("{} {verb}, among {} of other scenarios", rows(profiles), rows(others)),
        "Export the profiles to a file of their own, for a connector of their own: they must be sent again and again.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn both_numbers_are_told() {
        let message = |profiles, others| explain(&Observed::ProfilesAmong { profiles, others }).message;
        assert_eq!(message(12, 1), "12 rows are employee profiles, among 1 row of other scenarios");
        assert_eq!(message(1, 30), "1 row is an employee profile, among 30 rows of other scenarios");
    }
}
