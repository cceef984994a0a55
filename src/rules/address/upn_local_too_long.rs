//! The part of an address before its `@` is too long.
//!
//! # What it checks
//!
//! The part has at most 64 characters. Blanks around the address do not count.
//!
//! # Why it matters to the receiving service
//!
//! The directory allows no longer name, so the row belongs to nobody.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! a-name-of-more-than-sixty-four-characters-that-no-directory-could-ever-hold@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
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
    name: "upn-local-too-long",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("upn_local_too_long.rs"),
    check: Check::Cell { needs: Bytes::LONG, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// The most characters before the `@`.
const LIMIT: usize = 64;

fn fires(cell: &Cell<'_>) -> bool {
    cell.text.len() > LIMIT && cell.address().is_some_and(|(local, _)| local.chars().nth(LIMIT).is_some())
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let characters = cell.address().map_or(0, |(local, _)| local.chars().count());
    Explanation::new(
        format!("the part before the @ has {characters} characters, {LIMIT} are allowed"),
        "Write the user's sign-in name as the directory has it.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    #[test]
    fn sixty_four_characters_are_allowed() {
        let address = |length: usize| format!(" {}@contoso.com", "é".repeat(length));
        assert!(judge_address(&RULE, &address(64)).is_none());
        let explanation = judge_address(&RULE, &address(65)).expect("one too many");
        assert_eq!(explanation.message, "the part before the @ has 65 characters, 64 are allowed");
        assert!(judge_address(&RULE, &format!("{}@a@b.de", "a".repeat(65))).is_none());
    }
}
