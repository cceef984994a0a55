//! A cell holds more than one address.
//!
//! # What it checks
//!
//! Cells of a column that holds the user's sign-in name: two or more texts with an `@`, apart by semicolons, commas,
//! slashes, bars or blanks, with names around them or not. Of such a cell no other rule about addresses speaks, except that
//! `upn-whitespace` mends blanks around it.
//!
//! # Why it matters to the receiving service
//!
//! A row is about one person. The whole text is looked up as one name, which nobody has, so the row belongs to nobody. It
//! comes from systems that keep several addresses of a person in one field.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com;s.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! Use `sara.davis@contoso.com` alone.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows which of them is the sign-in name, or whether several people were meant.

use super::parts::{is_list, may_be_list};
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "several-addresses",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("several_addresses.rs"),
    check: Check::Cell { needs: Bytes::NO_ADDRESS, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.address().is_none() && may_be_list(cell) && is_list(cell.text)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let count = super::parts::listed(cell.text).count();
    let help = "Write one user's sign-in name; every further person needs a row of their own.";
    Explanation::new(format!("the cell holds {count} addresses"), help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    #[test]
    fn lists_of_every_kind_are_found_and_counted() {
        for (address, message) in [
            ("a@x.de;b@x.de", "the cell holds 2 addresses"),
            ("a@x.de, b@x.de, c@x.de", "the cell holds 3 addresses"),
            ("a@x.de\nb@x.de", "the cell holds 2 addresses"),
            ("Anna <a@x.de>; Bruno <b@x.de>", "the cell holds 2 addresses"),
            ("a@x.de|b\u{ff20}x.de", "the cell holds 2 addresses"),
        ] {
            let words = judge_address(&RULE, address).map(|explanation| explanation.message);
            assert_eq!(words.as_deref(), Some(message), "{address}");
        }
    }

    #[test]
    fn one_address_is_no_list() {
        for address in ["a@x.de", "a@x.de;", "a@@x.de", "a@b@x.de", "a;b", "Anna <a@x.de>", "a@x.de @"] {
            assert_eq!(judge_address(&RULE, address).is_some(), address.ends_with(" @"), "{address}");
        }
    }
}
