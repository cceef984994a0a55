//! An address has a dot at an edge, or two dots in a row.
//!
//! # What it checks
//!
//! Neither part may begin or end with `.` or have `..` in it; the domain may not begin or end with `-` either.
//!
//! # Why it matters to the receiving service
//!
//! The directory allows no such name, so the row belongs to nobody. It comes from names put together by a formula of
//! which one part was empty, or from a sentence's full stop.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: whether the dot or the letters beside it are wrong, only the directory knows.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upn-dot-edge",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("upn_dot_edge.rs"),
    check: Check::Cell { needs: Bytes::EDGE, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.address()
        .is_some_and(|(local, domain)| has_loose_dot(local) || has_loose_dot(domain) || has_hyphen_edge(domain))
}

fn has_loose_dot(part: &str) -> bool {
    part.starts_with('.') || part.ends_with('.') || part.as_bytes().windows(2).any(|pair| pair == b"..")
}

fn has_hyphen_edge(domain: &str) -> bool {
    domain.starts_with('-') || domain.ends_with('-')
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let (local, domain) = cell.address().unwrap_or_default();
    let message = if has_loose_dot(local) {
        "a dot stands at an edge of the part before the @, or next to another dot"
    } else if has_loose_dot(domain) {
        "a dot stands at an edge of the domain, or next to another dot"
    } else {
        "the domain begins or ends with a hyphen"
    };
    Explanation::new(message, "Write the user's sign-in name as the directory has it.")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    #[test]
    fn loose_dots_and_hyphens_are_found_in_either_part() {
        for address in
            [".a@b.de", "a.@b.de", "a..b@c.de", "a@.b.de", "a@b.de.", "a@b..de", "a@-b.de", "a@b.de-", " a@b.de. "]
        {
            assert!(judge_address(&RULE, address).is_some(), "{address}");
        }
        for address in ["a.b@c.de", "-a-@c-d.de", "a.", ".", "a.@b@c", "@b.de."] {
            assert!(judge_address(&RULE, address).is_none(), "{address}");
        }
    }
}
