//! One person's address is written in capital and in small letters.
//!
//! # What it checks
//!
//! Addresses that equal an earlier one but for the case of ASCII letters. All files of one run that share a mapping are compared,
//! whatever the scenario. It speaks once for each further spelling of an address, at the first row that has it, and names the first
//! row of the person. Rows that repeat another row or event are left to the rules about those.
//!
//! # Why it matters to the receiving service
//!
//! The directory finds a person whatever the case, so nothing is lost. But two spellings mean two sources, and whatever compares the
//! files as plain text, a spreadsheet or a script before the upload, takes one person for two.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-06-01T09:00:00Z,Met expectations,3
//! Sara.Davis@contoso.com,2026-06-15T09:00:00Z,Met expectations,3
//! ```
//!
//! Use `sara.davis@contoso.com` everywhere.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe, for editors that make the edits of a report: the address becomes lower case. Where it is the first row that has capital
//! letters, that one has to be changed by hand. `hrlint fix` mends each row by itself and leaves it.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upn-case-variants",
    severity: Severity::Info,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("upn_case_variants.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::CaseVariant(first) = fact else {
        unreachable!("upn-case-variants is told of other spellings only");
    };
    Explanation::new(
        format!("the address is written in other letters than in {first}"),
        "Write the address in lower case everywhere.",
    )
}

/// The repair of an address, if it has capital letters.
pub(crate) fn mended(address: &str) -> Option<Mend> {
    let lower = address.to_ascii_lowercase();
    (lower != address).then_some(Mend::Cell(Safety::Safe, lower))
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain, mended};
    use crate::finding::Safety;
    use crate::rules::{First, Mend};

    #[test]
    fn the_first_row_is_named() {
        let message = explain(&Observed::CaseVariant(First { row: 2, file: None })).message;
        assert_eq!(message, "the address is written in other letters than in row 2");
    }

    #[test]
    fn a_mended_address_has_no_capital_letters_and_stays_so() {
        let small = "mia.brandt@contoso.com".to_owned();
        assert!(mended("Mia.BRANDT@Contoso.com") == Some(Mend::Cell(Safety::Safe, small.clone())));
        assert!(mended(&small).is_none() && mended("é@x").is_none());
    }
}
