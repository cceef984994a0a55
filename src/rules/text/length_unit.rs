//! A text is within its limit in characters, but not in the units that some programs count.
//!
//! # What it checks
//!
//! Filled cells of text columns for which a limit is stated (`Remarks`, ratings, `maxLength` of your own fields) and that keep it when
//! Unicode characters are counted, as hrlint does, but not when UTF-16 units are: an emoji or a rare ideograph counts twice there. Bytes
//! of UTF-8 are not counted: by them every remark of 70 letters in Japanese would be too long, and nothing says that the service means
//! bytes.
//!
//! # Why it matters to the receiving service
//!
//! The documentation sets the limit without a unit. Programs on Windows mostly count UTF-16 units; one that does would cut this text off
//! or refuse it.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Missed the goal,2-Below expectation 😀😀😀😀😀
//! ```
//!
//! The rating has 25 characters, and 30 units of UTF-16. Shorten it to be sure.
//!
//! # Options
//!
//! None. The limit of a field can be lowered in the mapping (`maxLength`).
//!
//! # Fix
//!
//! None: by the documentation's words the text is not too long.

use super::length;
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "length-unit",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("length_unit.rs"),
    check: Check::Cell { needs: Bytes::BEYOND_ASCII, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    let limit = length::limit(cell);
    cell.text.len() > limit && !length::is_over(cell) && units(cell) > limit
}

fn units(cell: &Cell<'_>) -> usize {
    cell.text.chars().map(char::len_utf16).sum()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let (characters, units, limit) = (length::characters(cell), units(cell), length::limit(cell));
    Explanation::new(
        format!(
            "the text has {characters} characters, but {units} where emoji and rare letters count twice; the limit is {limit}"
        ),
        "Nothing has to be done by the documentation's words; shorten the text to be sure that nothing is cut off.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{ask, field};

    #[test]
    fn only_characters_beyond_the_basic_plane_count_twice() {
        let field = field("remarks", Text, Some(5));
        assert!(ask(&RULE, &field, "ab😀😀").is_some_and(|words| words.message.contains("4 characters, but 6")));
        for text in ["abc😀", "äöüßé", "山田太郎さ", "abcdef", "ab😀😀😀😀"] {
            assert!(ask(&RULE, &field, text).is_none(), "{text}");
        }
    }
}
