//! The part of an address after its `@` is too long.
//!
//! # What it checks
//!
//! The part has at most 48 characters. Blanks around the address do not count. In a column whose name has `mail` in it, such as
//! `EmailAddress`, it is a warning: mail allows longer domains.
//!
//! # Why it matters to the receiving service
//!
//! The directory allows no longer domain in a sign-in name, so the row belongs to nobody. (A mail address may have a
//! longer domain: the name must then be looked up in the directory.)
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@personnel.administration.of.the.northern.region.contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only the directory knows the right name.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upn-domain-too-long",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: Some(Severity::Warning),
    options: &[],
    source: include_str!("upn_domain_too_long.rs"),
    check: Check::Cell { needs: Bytes::DOMAIN, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// The most characters after the `@`.
const LIMIT: usize = 48;

fn fires(cell: &Cell<'_>) -> bool {
    cell.text.len() > LIMIT && cell.address().is_some_and(|(_, domain)| domain.chars().nth(LIMIT).is_some())
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let characters = cell.address().map_or(0, |(_, domain)| domain.chars().count());
    // A mail address may be longer than a sign-in name.
    let column = cell.record.frame.header(cell.column).to_lowercase();
    let milder = column.contains("mail") && !column.contains("upn") && !column.contains("principal");
    let words = Explanation::new(
        format!("the part after the @ has {characters} characters, {LIMIT} are allowed"),
        "Write the user's sign-in name as the directory has it; it may differ from the mail address.",
    );
    Explanation { milder, ..words }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    #[test]
    fn forty_eight_characters_are_allowed() {
        let address = |length: usize| format!("sara@{}.de ", "a".repeat(length - 3));
        assert!(judge_address(&RULE, &address(48)).is_none());
        let explanation = judge_address(&RULE, &address(49)).expect("one too many");
        assert_eq!(explanation.message, "the part after the @ has 49 characters, 48 are allowed");
    }
}
