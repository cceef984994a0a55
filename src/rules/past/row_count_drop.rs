//! A scenario has far fewer or far more rows than the last time.
//!
//! # What it checks
//!
//! The rows of each scenario that the file holds, against those of the last file with that scenario that was sent to the same
//! connector to its end, by the ledger of uploads. It speaks where one of the two counts is less than the other by more than
//! `percent` of it, and the greater one is at least `rows`.
//!
//! # Why it matters to the receiving service
//!
//! The service takes whatever it is sent. A report that lost its filter, or a file that was cut off on its way, arrives as quietly as
//! a good one.
//!
//! # Example
//!
//! 1,204 performance reviews were sent last week, and the file holds 31: the transfer from the HR system broke off at a line end.
//!
//! # Options
//!
//! `percent` (50; 1 to 99): the difference that is usual, in percent of the greater count. `rows` (20; 1 to 1000000): the greater
//! count from which it speaks. In the mapping: `"rules": { "row-count-drop": { "percent": 80, "rows": 100 } }`.
//!
//! # Fix
//!
//! None: compare the file with its source.

use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::amount::grouped;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "row-count-drop",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[
        RuleOption { name: "percent", default: 50, least: 1, most: 99 },
        RuleOption { name: "rows", default: 20, least: 1, most: 1_000_000 },
    ],
    source: include_str!("row_count_drop.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::RowCount(scenario, rows, before) = fact else {
        unreachable!("row-count-drop is told of counts only");
    };
    let far = if rows < before { "far fewer" } else { "far more" };
    Explanation::new(
        format!("{} rows of {scenario}, {far} than the {} of the last upload", grouped(*rows), grouped(*before)),
        "Compare the file with its source: the export may have been cut off, or its filter changed.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn both_counts_are_told() {
        let told = |rows, before| explain(&Observed::RowCount("resignation".into(), rows, before)).message;
        assert_eq!(told(31, 1204), "31 rows of resignation, far fewer than the 1,204 of the last upload");
        assert_eq!(told(1204, 31), "1,204 rows of resignation, far more than the 31 of the last upload");
    }
}
