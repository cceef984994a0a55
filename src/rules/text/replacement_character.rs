//! A text holds the character that stands where another one was lost.
//!
//! # What it checks
//!
//! Every cell of every column for the replacement character (U+FFFD, a question mark in a diamond), and for `ï¿½`, which it becomes when
//! it is converted once more. In the identifier column the rules about scenarios speak of such a cell, in a date column those about dates.
//! Bytes that are not UTF-8 at all are `invalid-utf8`.
//!
//! # Why it matters to the receiving service
//!
//! Some program before this file read the text in the wrong encoding and put this character wherever it could not read a letter. The
//! service takes it as it is: a name or a sign-in name with such a character belongs to nobody.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,M\u{fffd}ller complained,2-Below expectation
//! ```
//!
//! The `ü` of `Müller` is lost (here `\u{fffd}` stands for what took its place). Export the data again, in UTF-8 from the beginning.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: which letter stood there is lost.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "replacement-character",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("replacement_character.rs"),
    check: Check::Cell { needs: Bytes::BEYOND_ASCII, place: CellPlace::Any, fires, explain },
};

/// What U+FFFD looks like in UTF-8 that was read as Windows-1252.
const CONVERTED: &str = "\u{ef}\u{bf}\u{bd}";

/// Whether letters were lost from the text. Rules that would speak of the character that took their place are then silent.
pub(in crate::rules) fn is_damaged(text: &str) -> bool {
    // Each has, in UTF-8, a byte that few texts hold.
    match memchr::memchr2(0xef, 0xaf, text.as_bytes()) {
        None => false,
        Some(_) => text.contains(char::REPLACEMENT_CHARACTER) || text.contains(CONVERTED),
    }
}

fn fires(cell: &Cell<'_>) -> bool {
    let spoken_of = || {
        cell.record.frame.identifier == Some(cell.column)
            || cell.field.is_some_and(|field| field.kind == FieldKind::DateTime)
    };
    cell.valid && is_damaged(cell.text) && !spoken_of()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let lost = cell.text.matches(char::REPLACEMENT_CHARACTER).count() + cell.text.matches(CONVERTED).count();
    let message = match lost {
        1 => {
            "a character was lost before this file was written: a replacement character stands in its place".to_owned()
        }
        _ => format!(
            "{lost} characters were lost before this file was written: replacement characters stand in their places"
        ),
    };
    let help =
        "Export the data again as UTF-8, from the system where the text is still right; it cannot be restored here.";
    Explanation::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::{DateTime, Text, Upn};
    use crate::rules::testing::lone::ask_kind;
    use crate::rules::testing::{COMBINED, combined, judge};

    #[test]
    fn lost_characters_are_counted_in_both_disguises() {
        let message = |text| ask_kind(&RULE, Text, text).map(|words| words.message);
        assert!(message("M\u{fffd}ller").is_some_and(|message| message.starts_with("a character was lost")));
        assert!(message("M\u{ef}\u{bf}\u{bd}ller \u{fffd}").is_some_and(|message| message.starts_with("2 characters")));
        assert_eq!(message("Müller ¿qué? ½ ï"), None);
        assert!(ask_kind(&RULE, Upn, "m\u{fffd}ller@contoso.com").is_some());
    }

    #[test]
    fn dates_and_scenarios_have_rules_of_their_own() {
        assert!(ask_kind(&RULE, DateTime, "1. M\u{fffd}rz").is_none());
        assert!(judge(&RULE, &combined(COMBINED), &["K\u{fffd}ndigung"], 0).is_none());
    }
}
