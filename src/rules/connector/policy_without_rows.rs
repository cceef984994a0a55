//! A policy that the data is for can use none of its rows.
//!
//! # What it checks
//!
//! The policies that the mapping's `policies` or the option `--policy` names. Each template of a policy is triggered by rows of some
//! scenarios (`hrlint policies` lists them). It speaks at the end of the last file where the mapping has none of these scenarios, or
//! where no row of them is without an error. That a template needs no HR data at all, such as `General data leaks`, is worth a note.
//!
//! # Why it matters to the receiving service
//!
//! A policy without data never triggers, and nothing tells you so for days: the connector reports success, because the rows of other
//! scenarios arrive.
//!
//! # Example
//!
//! The mapping says `"policies": ["Data leaks by risky users"]`, which needs job level changes, performance reviews or performance
//! improvement plans, and all files together hold
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-06-23T15:18:02Z,2026-06-29T17:00:00Z
//! ```
//!
//! Export what the policy needs, or choose another policy.
//!
//! # Options
//!
//! None. Policies are named in the mapping (`policies`) and by `--policy`.
//!
//! # Fix
//!
//! None.

use crate::finding::Severity;
use crate::rules::amount::grouped;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "policy-without-rows",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: Some(Severity::Info),
    options: &[],
    source: include_str!("policy_without_rows.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::PolicyWithoutRows { policy, needs, mapped, rows } = fact else {
        unreachable!("policy-without-rows is told of policies only");
    };
    let needs = needs.join(" or ");
    if needs.is_empty() {
        let message = format!("the policy {policy} needs no HR data: other events trigger it");
        let help =
            "Take it out of the mapping's policies, or look whether a policy about departing or risky users was meant.";
        return Explanation { milder: true, ..Explanation::new(message, help) };
    }
    match (mapped, rows) {
        (false, _) => Explanation::new(
            format!("the mapping has none of the HR data that the policy {policy} needs: {needs}"),
            "Add the scenario to the connector and to the mapping, or choose another policy.",
        ),
        (true, 0) => Explanation::new(
            format!("the policy {policy} finds no row: it needs {needs}"),
            "Export the data that the policy needs, or choose another policy.",
        ),
        (true, rows) => Explanation::new(
            format!("the policy {policy} can use none of its {} rows: each has an error", grouped(*rows)),
            "Mend the errors first; then look again.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn what_the_policy_lacks_is_told() {
        let told = |mapped, rows| {
            let needs = &["resignation"];
            explain(&Observed::PolicyWithoutRows { policy: "Data leaks", needs, mapped, rows }).message
        };
        assert_eq!(told(false, 0), "the mapping has none of the HR data that the policy Data leaks needs: resignation");
        assert_eq!(told(true, 0), "the policy Data leaks finds no row: it needs resignation");
        let words = explain(&Observed::PolicyWithoutRows { policy: "Data leaks", needs: &[], mapped: false, rows: 0 });
        assert!(words.milder && words.message.starts_with("the policy Data leaks needs no HR data"));
        assert_eq!(told(true, 1204), "the policy Data leaks can use none of its 1,204 rows: each has an error");
    }
}
