//! A column name has blanks around it.
//!
//! # What it checks
//!
//! The name is one of the mapping once blanks (no-break spaces too) before and after it are removed. The rest of the
//! file is checked as if they were not there. A name that is unknown also without the blanks is `unknown-column`.
//!
//! # Why it matters to the receiving service
//!
//! Blanks count in the connector's comparison of names. A name with a blank too many is another name: the column is
//! missing, and without a mandatory column the whole file is refused.
//!
//! # Example
//!
//! ```csv
//! EmailAddress, ResignationDate, LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the blanks around the name are removed.

use super::reading::{Reading, Standing};
use crate::finding::{Printable, Safety, Severity};
use crate::rules::{Check, Explanation, Header, HeaderFault, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "header-whitespace",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("header_whitespace.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let padded = |standing| matches!(standing, Standing::Padded).then_some(());
    let columns = Reading::of(header.frame);
    columns.columns(padded).map(|(column, ())| (Some(column), explain(header.frame.header(column)))).collect()
}

fn explain(name: &str) -> Explanation {
    let name = name.trim();
    Explanation::new(
        format!("the column name {} has blanks around it", Printable::new(name).shortened(64)),
        "Remove the blanks: the connector takes a name with blanks around it for another one.",
    )
    .with(Mend::Cell(Safety::Safe, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::rules::Mend;
    use crate::rules::testing::{judge_header, said, single};
    use proptest::prelude::*;

    #[test]
    fn an_unknown_name_with_blanks_is_not_its_fault() {
        let frame = single(&["EmailAddress", "ResignationDate\u{a0}", "LastWorkingDate", " Salary"], "resignation");
        let expected = "the column name ResignationDate has blanks around it".to_owned();
        assert_eq!(said(&RULE, &frame), [(Some(1), expected)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_mended_name_is_good(before in "[ \\t\u{a0}\u{3000}]{0,3}", after in "[ \\t\u{a0}]{0,3}") {
            let name = format!("{before}ResignationDate{after}");
            let faults = judge_header(&RULE, &single(&["EmailAddress", &name, "LastWorkingDate"], "resignation"));
            prop_assert_eq!(faults.is_empty(), before.is_empty() && after.is_empty());
            for (_, explanation) in faults {
                let Some(Mend::Cell(Safety::Safe, mended)) = explanation.mend else { panic!("the fix is safe") };
                let frame = single(&["EmailAddress", &mended, "LastWorkingDate"], "resignation");
                prop_assert!(judge_header(&RULE, &frame).is_empty());
            }
        }
    }
}
