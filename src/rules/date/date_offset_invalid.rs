//! A date's offset from UTC is wrong or wrongly written.
//!
//! # What it checks
//!
//! Filled cells of date columns whose time is followed by something else than nothing, `Z`, `+hh:mm` or `-hh:mm`: an offset
//! before -12:00 or beyond +14:00, both `Z` and an offset, the name of a time zone, a number without a sign (often a `+` that a web form turned into a blank). Offsets that are
//! only spelled in another way (`+0530`, `+5`, `UTC`, a typographic minus, `+02:00[Europe/Berlin]`) are a warning. Offsets that
//! no place has, though they could be, are `date-offset-unusual`.
//!
//! # Why it matters to the receiving service
//!
//! The service cannot place the event in time, or refuses the row. No place on Earth lies beyond -12:00 or +14:00.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-05-18T09:00:00+0530,2026-05-29T16:00:00+25:00
//! ```
//!
//! Use `+05:30` instead of the first; the second can only be put right by someone who knows the place.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe where the offset has one meaning and is only spelled in another way; none otherwise.

use super::Fault;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-offset-invalid",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: Some(Severity::Warning),
    options: &[],
    source: include_str!("date_offset_invalid.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::DateTime]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.date().has(Fault::Offset)
}

/// Whether an offset follows a `Z`.
fn has_both(text: &str) -> bool {
    text.split_once(['Z', 'z']).is_some_and(|(_, rest)| rest.trim_start().starts_with(['+', '-']))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let reading = cell.date();
    let help = "Write Z for UTC, or the offset as a sign, two digits, a colon and two digits, such as +02:00.";
    if !reading.offset_is_clear() {
        let message = if has_both(cell.text) {
            "the time says both Z (UTC) and another offset"
        } else {
            "the offset from UTC is not between -12:00 and +14:00 or cannot be read"
        };
        return Explanation::new(message, help);
    }
    let mend = reading.safe_text().map(|text| Mend::Cell(Safety::Safe, text));
    let words = Explanation::new("the offset from UTC is not written as Z or +hh:mm", help).with(mend);
    Explanation { milder: true, ..words }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::DateTime;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn an_offset_of_another_spelling_is_milder_and_written_anew() {
        for text in
            ["2026-05-18T09:00:00+0530", "2026-05-18T09:00:00GMT+5:30", "2026-05-18T09:00:00+05:30[Asia/Kolkata]"]
        {
            let words = ask_kind(&RULE, DateTime, text).expect("the offset is odd");
            assert!(words.milder);
            assert_eq!(mended(Some(words)), Some((Safety::Safe, "2026-05-18T09:00:00+05:30".into())));
        }
    }

    #[test]
    fn an_offset_without_a_meaning_is_an_error() {
        for text in [
            "2026-05-18T09:00:00+25:00",
            "2026-05-18T09:00:00+14:30",
            "2026-05-18T09:00:00-12:30",
            "2026-05-18T09:00:00CET",
            "2026-05-18T09:00:00 02:00",
        ] {
            let words = ask_kind(&RULE, DateTime, text).expect("the offset is wrong");
            assert!(!words.milder && words.mend.is_none());
        }
        assert!(ask_kind(&RULE, DateTime, "2026-05-18T09:00:00-00:00").is_none());
        let both = ask_kind(&RULE, DateTime, "2026-05-18T09:00:00Z+02:00").expect("the offset is wrong");
        assert_eq!(both.message, "the time says both Z (UTC) and another offset");
    }
}
