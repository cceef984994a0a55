//! A large part of all people resigns at once.
//!
//! # What it checks
//!
//! The rows of resignations in all files together, against the number of people: `headcount` where it is stated (`--headcount`, or
//! in the mapping), else the profiles in the largest file of profiles that was sent to the tenant in the last 30 days, by the ledger of
//! uploads. It speaks once, at the end of the last file, where the resignations are more than `percent` of the people and at least
//! `rows`. Where neither number is known it is silent.
//!
//! # Why it matters to the receiving service
//!
//! Every resignation row opens a window in which a person's actions are looked at closely. An export that lost its filter, with every
//! employee in it, puts the whole company under suspicion, and there is no way to take rows back. The health page of policies
//! complains when a trigger occurs for over 15 % of users.
//!
//! # Example
//!
//! `hrlint check --headcount 900 leavers.csv`, and the file has 850 rows of resignations: all contracts, because their end date was
//! exported instead of the last working day.
//!
//! # Options
//!
//! `percent` (15; 1 to 100): the share of people that is usual. `rows` (5; 1 to 1000000): resignations from which it speaks.
//! `headcount` (0; 0 to 10000000): people in all, 0 where it is not stated. In the mapping:
//! `"rules": { "mass-trigger": { "headcount": 900 } }`.
//!
//! # Fix
//!
//! None: look at the export's filter. Where so many really leave, raise `percent` for this once.

use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::amount::{grouped, share};
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "mass-trigger",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[
        RuleOption { name: "percent", default: 15, least: 1, most: 100 },
        RuleOption { name: "rows", default: 5, least: 1, most: 1_000_000 },
        RuleOption { name: "headcount", default: 0, least: 0, most: 10_000_000 },
    ],
    source: include_str!("mass_trigger.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::MassTrigger { rows, people, stated } = *fact else {
        unreachable!("mass-trigger is told of counts only");
    };
    let whom = if stated { "people as stated" } else { "people whose profiles were sent" };
    Explanation::new(
        format!("{} resignations among {} {whom}: {}", grouped(rows), grouped(people), share(rows, people)),
        "Look at the export's filter before anything is sent: rows cannot be taken back. If so many really leave, say so with the rule's option percent.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_share_is_told() {
        let told = |rows, people, stated| explain(&Observed::MassTrigger { rows, people, stated }).message;
        assert_eq!(told(850, 1000, true), "850 resignations among 1,000 people as stated: 85 %");
        assert_eq!(told(30, 20, false), "30 resignations among 20 people whose profiles were sent: 150 %");
    }
}
