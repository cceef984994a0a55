//! The employee profiles that the service has are about to expire, or have.
//!
//! # What it checks
//!
//! The days since profiles were last sent to any connector of the tenant, by the ledger of uploads, where the mapping has the
//! scenario `employeeProfile` and profiles were sent before. It speaks once, at the end of the last file: a warning after
//! `warning` days, an error after `error` days. Where the files at hand hold profiles it is a warning at most, because sending
//! them mends it.
//!
//! # Why it matters to the receiving service
//!
//! Profiles that were not updated for 30 days are deleted. The documentation asks for them every 15 to 20 days. Policies then see
//! no addresses and no names, and nothing says so.
//!
//! # Example
//!
//! Profiles were last sent on 1 June; the resignations are sent every day. On 1 July the profiles are gone.
//!
//! # Options
//!
//! `warning` (20; 1 to 365): days after which it warns. `error` (30; 1 to 365): days after which it is an error. In the mapping:
//! `"rules": { "profile-stale": { "warning": 15 } }`, or `"profile-stale": "warning"` where it must not hold up other data.
//!
//! # Fix
//!
//! None: export the profiles and send them.

use super::days;
use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "profile-stale",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: Some(Severity::Warning),
    options: &[
        RuleOption { name: "warning", default: 20, least: 1, most: 365 },
        RuleOption { name: "error", default: 30, least: 1, most: 365 },
    ],
    source: include_str!("profile_stale.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::ProfileStale { days: gone, expired, renewed } = *fact else {
        unreachable!("profile-stale is told of days only");
    };
    let message = format!("employee profiles were last sent {} ago", days(gone));
    let help = match (renewed, expired) {
        (true, _) => "These files renew them; send profiles every 15 to 20 days, for example by `hrlint schedule`.",
        (false, true) => {
            "Export the profiles anew and send them: the service deletes what was not updated for 30 days."
        }
        (false, false) => "Send the profiles soon: the service deletes what was not updated for 30 days.",
    };
    Explanation { milder: renewed || !expired, ..Explanation::new(message, help) }
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn it_is_grave_only_where_nothing_renews_what_is_gone() {
        let told = |expired, renewed| explain(&Observed::ProfileStale { days: 31, expired, renewed });
        assert_eq!(told(true, false).message, "employee profiles were last sent 31 days ago");
        assert!(!told(true, false).milder);
        assert!(told(true, true).milder && told(false, false).milder && told(false, true).milder);
    }
}
