//! An address has a plus sign.
//!
//! # What it checks
//!
//! The part before the `@` of an address. A plus sign is allowed in a mail address, where what follows it is a note for
//! sorting (`sara.davis+hr@contoso.com`), and impossible in a sign-in name. Other characters that only mail allows, such
//! as `%` or `=`, are `upn-invalid-character`: hardly any mailbox has them, so they are an error, and so is a plus sign in
//! the domain.
//!
//! # Why it matters to the receiving service
//!
//! The documentation calls the column an e-mail address and means the sign-in name by which the directory knows the
//! user. If the two are not the same, the row belongs to nobody.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis+hr@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! Use `sara.davis@contoso.com` instead, if that is her name in the directory.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: whether the name without the plus sign is the same person, only the directory knows.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "email-plus-sign",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("email_plus_sign.rs"),
    check: Check::Cell { needs: Bytes::NOT_UPN, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.address().is_some_and(|(local, _)| local.as_bytes().contains(&b'+'))
}

fn explain(_: &Cell<'_>) -> Explanation {
    let message = "the address has a plus sign, which mail allows and a sign-in name does not";
    let help = "Write the user's sign-in name; mostly it is the address without the plus sign and what follows it up to the @.";
    Explanation::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    #[test]
    fn a_plus_sign_before_the_at_is_found() {
        for address in ["sara.davis+hr@contoso.com", "+4915112345@contoso.com", " a+@b.de "] {
            assert!(judge_address(&RULE, address).is_some(), "{address}");
        }
    }

    #[test]
    fn other_faults_are_left_to_other_rules() {
        for address in ["sara.davis@con+toso.com", "a+b", "a+b@c@d.de", "a+b@x.de;c@x.de", "sara@contoso.com"] {
            assert!(judge_address(&RULE, address).is_none(), "{address}");
        }
    }
}
