//! A waiver has expired.
//!
//! # What it checks
//!
//! The waivers that the files are checked with (`hrlint.waivers.json` beside the mapping, or `--waivers FILE`): it speaks of each one
//! whose day is past. An expired waiver lets nothing pass.
//!
//! # Why it matters to the receiving service
//!
//! The service knows no waivers: what was let pass here was as wrong there. The day was set so that somebody looks again.
//!
//! # Example
//!
//! ```json
//! { "rule": "date-missing-offset", "column": "LastWorkingDate", "reason": "mended in May", "expires": "2026-05-31" }
//! ```
//!
//! checked in June.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: remove the waiver, or write a later day and why.

use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "waiver-expired",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("waiver_expired.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::WaiverExpired { rule, column, on } = fact else {
        unreachable!("waiver-expired is told of waivers only");
    };
    Explanation::new(
        format!("the waiver of {} expired on {on}", named(rule, column.as_deref())),
        "Mend what it let pass and remove it, or write a later day and why.",
    )
}

/// What a waiver is about: a rule, and a column where it names one.
pub(super) fn named(rule: &str, column: Option<&str>) -> String {
    let column = column.map(|column| format!(" in the column {}", Printable::new(column).shortened(60)));
    rule.to_owned() + &column.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn rule_column_and_day_are_named() {
        let told = |column: Option<&str>| {
            let on = chrono::NaiveDate::from_ymd_opt(2026, 5, 31).expect("a date");
            explain(&Observed::WaiverExpired { rule: "date-not-iso", column: column.map(Into::into), on }).message
        };
        assert_eq!(told(None), "the waiver of date-not-iso expired on 2026-05-31");
        assert_eq!(told(Some("Last")), "the waiver of date-not-iso in the column Last expired on 2026-05-31");
    }
}
