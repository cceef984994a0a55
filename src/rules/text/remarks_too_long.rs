//! A text has more characters than the service takes.
//!
//! # What it checks
//!
//! Filled cells of text columns for which a limit is stated: `Remarks` with 200 characters, and text fields of your own scenarios with a
//! `maxLength`. A rating is `rating-too-long`.
//!
//! # Why it matters to the receiving service
//!
//! The documentation sets the limit. What the service does with a longer text is not documented: it cuts it off, or refuses the row.
//! The documentation does not say how it counts; hrlint counts Unicode characters.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,"(a remark of 240 characters)",2-Below expectation
//! ```
//!
//! Shorten the text.
//!
//! # Options
//!
//! The limit of a field can be lowered in the mapping (`maxLength`). The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! Unsafe: the text is cut at the last blank before the limit, or at the limit where there is none near it.

use super::length;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::record::has_rows;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "remarks-too-long",
    severity: Severity::Error,
    contract: true,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("remarks_too_long.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    // Rows that a lost quote made part of the cell have a finding of their own.
    !length::is_rating(cell) && length::is_over(cell) && !has_rows(cell)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let (characters, limit) = (length::characters(cell), length::limit(cell));
    let help = format!("Shorten the text to {limit} characters.");
    let mend = Mend::Cell(Safety::Unsafe, length::cut(cell.text, limit));
    Explanation::new(format!("the text has {characters} characters, at most {limit} may stand here"), help).with(mend)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{ask, field, mended};

    #[test]
    fn the_limit_counts_characters_and_not_bytes() {
        let field = field("remarks", Text, Some(200));
        assert!(ask(&RULE, &field, &"ü".repeat(200)).is_none());
        let words = ask(&RULE, &field, &"ü".repeat(201)).expect("it is one too long");
        assert_eq!(words.message, "the text has 201 characters, at most 200 may stand here");
        let (_, cut) = mended(Some(words)).expect("it can be cut");
        assert!(ask(&RULE, &field, &cut).is_none());
    }

    #[test]
    fn other_fields_are_left_to_the_other_rule() {
        assert!(ask(&RULE, &field("rating", Text, Some(200)), &"x".repeat(201)).is_none());
        assert!(ask(&RULE, &field("oldLevel", Text, None), &"x".repeat(201)).is_none());
    }
}
