//! An address belongs to a guest.
//!
//! # What it checks
//!
//! Sign-in names whose part before the `@` ends in `#EXT#`: the form in which a directory keeps people of other
//! organisations that were invited. A domain that is not allowed is `domain-not-allowed` besides.
//!
//! # Why it matters to the receiving service
//!
//! Insider risk policies do not cover guests. The row is taken and has no effect.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis_fabrikam.com#EXT#@contoso.onmicrosoft.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! Leave the row out, or use the address that she has as a member of the organisation.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: whether the person has another account, only the directory knows.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "guest-upn",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("guest_upn.rs"),
    check: Check::Cell { needs: Bytes::GUEST, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// What a directory puts behind a guest's name.
const MARK: &[u8] = b"#EXT#";

fn fires(cell: &Cell<'_>) -> bool {
    cell.address().is_some_and(|(local, _)| {
        let start = local.len().checked_sub(MARK.len());
        start.is_some_and(|start| local.as_bytes()[start..].eq_ignore_ascii_case(MARK))
    })
}

fn explain(_: &Cell<'_>) -> Explanation {
    let help =
        "Leave guests out of the file, or write the sign-in name of the person's own account in this organisation.";
    Explanation::new("the sign-in name of a guest, whom no policy covers", help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    #[test]
    fn guests_are_told_by_their_mark() {
        for address in ["p_partner.de#EXT#@contoso.onmicrosoft.com", " p#ext#@x.onmicrosoft.com"] {
            assert!(judge_address(&RULE, address).is_some(), "{address}");
        }
        for address in ["ext@contoso.com", "p#EXT@contoso.com", "p#EXT#x@contoso.com", "p#EXT#", "#@x.de"] {
            assert!(judge_address(&RULE, address).is_none(), "{address}");
        }
    }
}
