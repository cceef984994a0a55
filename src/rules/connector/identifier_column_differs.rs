//! Two files differ in the column that names each row's scenario.
//!
//! # What it checks
//!
//! Files of one run that share a mapping: an earlier file names its scenarios in a column, and this one does so in a column of another
//! name, or, which is the milder form (`info`), has no such column. Upper and lower case do not make a difference. Where the mapping
//! says that every file has the column, `missing-scenario-column` speaks instead.
//!
//! # Why it matters to the receiving service
//!
//! Several files may share one connector only if the column and its values are the same in each of them. Rows whose scenario is not
//! found trigger nothing, and the reply to the upload does not say so.
//!
//! # Example
//!
//! One file begins with
//!
//! ```csv
//! HRScenario,EmailAddress,ResignationDate,LastWorkingDate
//! ```
//!
//! and the other one with
//!
//! ```csv
//! HRScenarios,EmailAddress,ResignationDate,LastWorkingDate
//! ```
//!
//! Use the same name in both, or a connector for each.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows which name the connector was told.

use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "identifier-column-differs",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: Some(Severity::Info),
    options: &[],
    source: include_str!("identifier_column_differs.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::IdentifierDiffers { here, there, first } = fact else {
        unreachable!("identifier-column-differs is told of identifier columns only");
    };
    let there = Printable::new(there);
    let there = there.shortened(64);
    let message = if *here {
        format!("the scenarios are named in the column {there} in {first}")
    } else {
        format!("no column names the scenarios, as {there} does in {first}")
    };
    let help = "Use the same column in all files of a connector, or give each kind of file a connector of its own.";
    let mut explanation = Explanation::new(message, help);
    explanation.milder = !here;
    explanation
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::First;

    #[test]
    fn a_file_without_the_column_is_milder() {
        let told = |here| {
            let first = First { row: 1, file: Some("may.csv".into()) };
            explain(&Observed::IdentifierDiffers { here, there: "HRScenarios".into(), first })
        };
        assert_eq!(told(true).message, "the scenarios are named in the column HRScenarios in row 1 of may.csv");
        assert_eq!(told(false).message, "no column names the scenarios, as HRScenarios does in row 1 of may.csv");
        assert!(!told(true).milder && told(false).milder);
    }
}
