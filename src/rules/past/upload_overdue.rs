//! No data has reached the connector for longer than its policies bear.
//!
//! # What it checks
//!
//! The days since a file was last sent to the connector to its end, by the ledger of uploads (`hrlint upload`, or
//! `hrlint check --ledger FILE`). It speaks once, at the end of the last file, where there is such a file and more than `days` have
//! gone by.
//!
//! # Why it matters to the receiving service
//!
//! The health page of policies warns when the connector has imported nothing for more than seven days, and until then nobody is
//! told that a scheduled task has stopped.
//!
//! # Example
//!
//! The last upload was on 18 June, and today is 1 July: somebody changed the password of the account that the task runs under.
//!
//! # Options
//!
//! `days` (7; 1 to 365): days without an upload that are no cause for concern. In the mapping:
//! `"rules": { "upload-overdue": { "days": 31 } }`.
//!
//! # Fix
//!
//! None: send what is due, and look at the schedule (`hrlint schedule` prints one).

use super::days;
use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upload-overdue",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[RuleOption { name: "days", default: 7, least: 1, most: 365 }],
    source: include_str!("upload_overdue.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::UploadOverdue(gone) = *fact else {
        unreachable!("upload-overdue is told of days only");
    };
    Explanation::new(
        format!("nothing was sent to this connector for {}", days(gone)),
        "Look at the schedule of the uploads: the events of these days are missing unless this file holds them.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_gap_is_told() {
        let message = explain(&Observed::UploadOverdue(13)).message;
        assert_eq!(message, "nothing was sent to this connector for 13 days");
    }
}
