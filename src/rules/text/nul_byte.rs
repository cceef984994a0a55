//! A cell holds a NUL.
//!
//! # What it checks
//!
//! Every cell of every column.
//!
//! # Why it matters to the receiving service
//!
//! A NUL ends the text for some readers, which lose what follows, and is refused by others. It is a sign of a damaged export, or of
//! two encodings in one file.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Multiple\x00conflicts,2-Below expectation
//! ```
//!
//! The NUL after `Multiple` (here written as `\x00`) has to go. Export the file again.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: what stood there is lost.

use crate::finding::Severity;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "nul-byte",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("nul_byte.rs"),
    check: Check::Cell { needs: Bytes::NUL, place: CellPlace::Any, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.text.contains('\0')
}

fn explain(_: &Cell<'_>) -> Explanation {
    Explanation::new(
        "the cell holds a NUL",
        "Export the file again: it was damaged on the way, or two encodings were mixed.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::Upn;
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn a_nul_is_found_wherever_it_stands() {
        assert!(ask_kind(&RULE, Upn, "a\0@contoso.com").is_some());
        assert!(ask_kind(&RULE, Upn, "a0@contoso.com").is_none());
    }
}
