//! An address has blanks or invisible characters.
//!
//! # What it checks
//!
//! Spaces of all kinds (no-break spaces too), tabs, line breaks, zero-width characters, soft hyphens and bidirectional
//! marks, wherever they stand. Between several addresses they are part of `several-addresses`, between a name and an address
//! of `upn-display-form`.
//!
//! # Why it matters to the receiving service
//!
//! The directory has no such name, so the row belongs to nobody. The characters come from copying out of web pages and
//! documents, and cannot be seen in a spreadsheet.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//!  sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe where the characters stand around the address: they are removed. None where they stand inside it.

use super::parts::{core, has_at, is_bare, is_blank};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upn-whitespace",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("upn_whitespace.rs"),
    check: Check::Cell {
        needs: Bytes::BLANK.and(Bytes::CONTROL).and(Bytes::STRANGE),
        place: CellPlace::Filled(&[FieldKind::Upn]),
        fires,
        explain,
    },
};

fn fires(cell: &Cell<'_>) -> bool {
    let core = core(cell.text);
    if core.is_empty() {
        return !cell.text.is_empty();
    }
    has_at(core) && (core.len() < cell.text.len() || is_blank_inside(cell, core))
}

/// Whether blanks stand inside an address, and not only between addresses or names.
fn is_blank_inside(cell: &Cell<'_>, core: &str) -> bool {
    let may_be_blank = |byte: u8| byte <= b' ' || byte >= 0x80;
    let is_there = || core.bytes().any(may_be_blank) && core.contains(is_blank);
    (memchr::memchr(b' ', core.as_bytes()).is_some() || is_there()) && is_bare(cell, core)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let core = core(cell.text);
    if core.is_empty() {
        let help = "Write the user's sign-in name, such as name@contoso.com.";
        return Explanation::new("the cell holds nothing but blanks or invisible characters", help);
    }
    if is_blank_inside(cell, core) {
        let help = "Write the user's sign-in name as the directory has it: without blanks.";
        return Explanation::new("the address has blanks or invisible characters in it", help);
    }
    Explanation::new(
        "the address has blanks or invisible characters around it",
        "Remove what stands before and after the address.",
    )
    .with(Mend::Cell(Safety::Safe, core.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::rules::Mend;
    use crate::rules::testing::judge_address;
    use proptest::prelude::*;

    #[test]
    fn blanks_inside_are_left_to_a_person() {
        for address in ["sara davis@contoso.com", "sara@contoso\u{200b}.com", " sara\u{ad}@contoso.com", "  ", "\u{a0}"]
        {
            let explanation = judge_address(&RULE, address).unwrap_or_else(|| panic!("{address} has blanks"));
            assert!(explanation.mend.is_none(), "{address}");
        }
        for address in
            ["sara.davis@contoso.com", "a@x.de; b@x.de", "Sara Davis <sarad@contoso.com>", "sara davis", "é@x.de"]
        {
            assert!(judge_address(&RULE, address).is_none(), "{address}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_mended_address_is_good(
            before in "[ \\t\u{a0}\u{feff}]{0,2}",
            address in "[a-z.]{1,5}@[a-z]{1,5}(; ?[a-z]@[a-z])?",
            after in "[ \u{200b}\u{2060}\\r\\n]{0,2}",
        ) {
            let explanation = judge_address(&RULE, &format!("{before}{address}{after}"));
            prop_assert_eq!(explanation.is_some(), !before.is_empty() || !after.is_empty());
            if let Some(explanation) = explanation {
                prop_assert!(explanation.mend == Some(Mend::Cell(Safety::Safe, address.clone())));
                prop_assert!(judge_address(&RULE, &address).is_none());
            }
        }
    }
}
