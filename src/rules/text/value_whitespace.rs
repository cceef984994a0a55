//! Blanks stand before or after a value.
//!
//! # What it checks
//!
//! Filled cells of text and date columns that begin or end with a space, a tab, a line break or a typographic space, within quotes or
//! without. A no-break space is `invisible-character`; blanks around an address are `upn-whitespace`, around the scenario's name
//! `scenario-near-miss`. A date cell of nothing but blanks is `date-unparsable`. A tab or a line break inside a text is no fault.
//!
//! # Why it matters to the receiving service
//!
//! The service stores what it is sent. A date with a blank before it may be refused; a level with one is another level than the same
//! text without it.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z, Multiple conflicts with the team,2-Below expectation
//! ```
//!
//! Take the blank before `Multiple` away.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the blanks are taken away.

use super::characters;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "value-whitespace",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("value_whitespace.rs"),
    check: Check::Cell {
        needs: Bytes::BLANK.and(Bytes::CONTROL).and(Bytes::STRANGE),
        place: CellPlace::Filled(&[FieldKind::Text, FieldKind::DateTime]),
        fires,
        explain,
    },
};

fn fires(cell: &Cell<'_>) -> bool {
    let (before, after) = edges(cell.text);
    (before || after) && !(is_date(cell) && cell.text.chars().all(|c| characters::class(c) != characters::Class::Plain))
}

/// Whether the text begins and ends with a blank.
fn edges(text: &str) -> (bool, bool) {
    (text.starts_with(characters::is_blank), text.ends_with(characters::is_blank))
}

fn is_date(cell: &Cell<'_>) -> bool {
    cell.field.is_some_and(|field| field.kind == FieldKind::DateTime)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match edges(cell.text) {
        _ if cell.text.chars().all(characters::is_blank) => "the cell holds nothing but blanks",
        (true, true) => "blanks stand before and after the value",
        (true, false) => "a blank stands before the value",
        (false, _) => "a blank stands after the value",
    };
    Explanation::new(message, "Take the blanks away.").with(Mend::Cell(Safety::Safe, super::mended(cell)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::{DateTime, Text};
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn blanks_at_the_edges_are_taken_away() {
        for text in [" Level 60", "Level 60\t", "\u{2003}Level 60\r\n", " Level 60\u{a0} "] {
            assert_eq!(mended(ask_kind(&RULE, Text, text)), Some((Safety::Safe, "Level 60".into())));
        }
        assert_eq!(mended(ask_kind(&RULE, Text, "  ")), Some((Safety::Safe, String::new())));
    }

    #[test]
    fn a_date_is_mended_in_full() {
        let mended = mended(ask_kind(&RULE, DateTime, " 2026-5-18 9:00:00+0200"));
        assert_eq!(mended, Some((Safety::Safe, "2026-05-18T09:00:00+02:00".into())));
    }

    #[test]
    fn what_other_rules_speak_of_is_left_to_them() {
        assert!(ask_kind(&RULE, Text, "\u{a0}Level 60").is_none());
        assert!(ask_kind(&RULE, Text, "Level\t60\nManager").is_none());
        assert!(ask_kind(&RULE, DateTime, " ").is_none());
    }
}
