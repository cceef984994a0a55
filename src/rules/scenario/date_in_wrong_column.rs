//! A date stands in another scenario's column.
//!
//! # What it checks
//!
//! A cell that the row's scenario does not use holds something like a date, while a date that the scenario requires is
//! empty. The empty cell itself is `missing-required-value`.
//!
//! # Why it matters to the receiving service
//!
//! The service reads only the columns that are mapped for the row's scenario. It does not see this date, and the row
//! has none. The documentation's own sample of several scenarios has this fault twice.
//!
//! # Example
//!
//! ```csv
//! HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,OldLevel,NewLevel
//! Job level change,sara.davis@contoso.com,2026-04-23T15:18:02Z,,,Level 61,Level 60
//! ```
//!
//! The date belongs in `EffectiveDate`.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: the date moves to the empty column. Offered where one date stands wrong and one is empty.

use super::value_for_other_scenario;
use crate::finding::{Printable, Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Record, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-in-wrong-column",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("date_in_wrong_column.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Foreign, fires, explain },
};

/// Whether the cell is a date for which the row has an empty place. `value-for-other-scenario` is then silent.
pub(super) fn fires(cell: &Cell<'_>) -> bool {
    reads_as_date(cell.text) && empty_dates(cell.record).next().is_some()
}

/// Columns of required dates that the record leaves empty.
fn empty_dates<'a>(record: &'a Record<'_>) -> impl Iterator<Item = usize> + 'a {
    let columns = record.scenario.map_or(&[][..], |scenario| &scenario.columns);
    columns.iter().enumerate().filter_map(|(column, field)| {
        let wanted = field.as_ref().is_some_and(|field| field.required && field.kind == FieldKind::DateTime);
        (wanted && record.text(column).is_empty()).then_some(column)
    })
}

/// Whether a text begins like a date: `yyyy-`, or day and month (either order) before a year of four digits.
fn reads_as_date(text: &str) -> bool {
    if matches!(text.as_bytes().first(), Some(b'!'..=b'/' | b':'..=b'~')) {
        return false;
    }
    match text.trim().as_bytes() {
        [a, b, c, d, b'-', ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()) => true,
        local => local_date(local),
    }
}

fn local_date(text: &[u8]) -> bool {
    let day = number(text);
    let Some((&mark, rest)) = text[day..].split_first() else { return false };
    let month = number(rest);
    let Some((&second, year)) = rest[month..].split_first() else { return false };
    matches!(mark, b'.' | b'/' | b'-')
        && mark == second
        && (1..=2).contains(&day)
        && (1..=2).contains(&month)
        && number(year) == 4
}

/// How many digits a text begins with.
fn number(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let record = cell.record;
    let mut empty = empty_dates(record);
    let (Some(target), further) = (empty.next(), empty.next()) else {
        unreachable!("date-in-wrong-column explains only cells on which it fires");
    };
    let wanted = Printable::new(record.frame.header(target).trim());
    let here = Printable::new(record.frame.header(cell.column).trim());
    let scenario =
        record.scenario.map_or_else(String::new, |scenario| Printable::new(&scenario.identifier).to_string());
    let other = (0..record.cells.len()).any(|column| {
        column != cell.column && value_for_other_scenario::foreign(record, column) && reads_as_date(record.text(column))
    });
    let single = further.is_none() && !other && target < record.cells.len();
    let mend = || {
        let mut texts = vec![(cell.column, String::new()), (target, cell.text.to_owned())];
        texts.sort_unstable();
        Mend::Cells(Safety::Unsafe, texts)
    };
    Explanation::new(
        format!("the date stands in {}, the scenario {scenario} reads {}", here.shortened(64), wanted.shortened(64)),
        format!("Move the date to {}, if it is the one that belongs there.", wanted.shortened(64)),
    )
    .with(single.then(mend))
}

#[cfg(test)]
mod tests {
    use super::{RULE, reads_as_date};
    use crate::finding::Safety;
    use crate::rules::Mend;
    use crate::rules::testing::{COMBINED, combined, judge};

    const DATE: &str = "2026-05-04T09:00:00Z";

    #[test]
    fn a_date_moves_to_the_empty_column() {
        let row = ["Job level change", "a@b.de", DATE, "", "", "", "", "Level 61", "Level 60"];
        let explanation = judge(&RULE, &combined(COMBINED), &row, 2).expect("EffectiveDate is empty");
        assert_eq!(
            explanation.message,
            "the date stands in ResignationDate, the scenario Job level change reads EffectiveDate"
        );
        let moved = vec![(2, String::new()), (4, DATE.to_owned())];
        assert!(explanation.mend == Some(Mend::Cells(Safety::Unsafe, moved)));
    }

    #[test]
    fn two_dates_or_two_empty_columns_are_left_to_a_person() {
        let frame = combined(COMBINED);
        let two = ["Job level change", "a@b.de", DATE, DATE, "", "", "", "", ""];
        assert!(judge(&RULE, &frame, &two, 2).is_some_and(|explanation| explanation.mend.is_none()));
        let both = ["Resignation", "a@b.de", "", "", DATE, "", "", "", ""];
        assert!(judge(&RULE, &frame, &both, 4).is_some_and(|explanation| explanation.mend.is_none()));
        let short = ["Job level change", "a@b.de", DATE];
        assert!(judge(&RULE, &frame, &short, 2).is_some_and(|explanation| explanation.mend.is_none()));
    }

    #[test]
    fn a_row_that_has_its_date_is_left_to_another_rule() {
        let row = ["Job level change", "a@b.de", DATE, "", DATE, "", "", "", ""];
        assert!(judge(&RULE, &combined(COMBINED), &row, 2).is_none());
    }

    #[test]
    fn dates_are_told_from_other_texts() {
        for date in [DATE, "2026-05-04", " 2026-5-4", "31.12.2025", "1/2/2026 10:00", "31-12-2025"] {
            assert!(reads_as_date(date), "{date}");
        }
        for text in ["", "2 Below", "45306", "n/a", "31.12.25", "1/2", "1.2.", "12345-6", "1.2/2026", "é"] {
            assert!(!reads_as_date(text), "{text}");
        }
    }
}
