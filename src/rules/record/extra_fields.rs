//! A text holds the delimiter and stands without quotes, so that it fell apart.
//!
//! # What it checks
//!
//! Rows with more cells than the header has columns, where one text explains it: taken together with the cells
//! behind it, every other value of the row stands in a column that fits it (dates in date columns, the address in its
//! own, nothing in columns of other scenarios). Where several texts could be the one, or the surplus could be a column
//! more, it is the text whose next piece begins with a blank, as in "met, mostly"; among several texts else the one that
//! may be longest. The text is reported, and nothing else is said of the row: all its values stand in the wrong columns.
//! If no text explains the surplus, it is `long-record`.
//!
//! # Why it matters to the receiving service
//!
//! Every value after the text is in the wrong column, and the last one is in none.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,Met expectations, mostly,3
//! ```
//!
//! Write `"Met expectations, mostly"` in quotes.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: hrlint can only guess where the text ends. Let the export put texts in quotes.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Check, Explanation, Record, RecordPlace, Rule, date};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "extra-fields",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("extra_fields.rs"),
    check: Check::Record { place: RecordPlace::Uneven, fires, explain },
};

/// Most pieces that a text is put together from.
const MOST_PIECES: usize = 32;

fn fires(record: &Record<'_>) -> Option<usize> {
    torn(record)
}

/// The column of the one text that explains why the record is too long.
pub(super) fn torn(record: &Record<'_>) -> Option<usize> {
    let columns = record.frame.headers.len();
    let surplus = record.cells.len().checked_sub(columns).filter(|surplus| (1..MOST_PIECES).contains(surplus))?;
    let scenario = record.scenario?;
    let texts = scenario.columns.iter().enumerate().filter_map(|(column, field)| {
        let kind = field.as_ref()?.kind;
        (kind == FieldKind::Text).then_some(column)
    });
    let natural = |column: usize| {
        let pieces = &record.cells[column + 1..=column + surplus];
        pieces.iter().all(|piece| piece.starts_with(' ') && piece.len() > 1)
    };
    // Where the row fits as it stands, what is behind the last column may as well belong to no column at all.
    let fits_as_it_stands = fits(record, columns, surplus);
    if fits_as_it_stands && record.cells[columns..].iter().all(|cell| cell.is_empty()) {
        return None;
    }
    let explains = |column: &usize| (!fits_as_it_stands || natural(*column)) && fits(record, *column, surplus);
    let explaining: Vec<usize> = texts.filter(explains).collect();
    if let [only] = explaining.as_slice() {
        return Some(*only);
    }
    let mut natural = explaining.iter().copied().filter(|column| natural(*column));
    match (natural.next(), natural.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => longest(record, &explaining),
    }
}

/// The one of several texts that may be longer than any other: remarks rather than a rating.
fn longest(record: &Record<'_>, columns: &[usize]) -> Option<usize> {
    let limit = |column: usize| record.field(column).and_then(|field| field.max_length).unwrap_or(0);
    let most = columns.iter().map(|column| limit(*column)).max()?;
    let mut longest = columns.iter().copied().filter(|column| limit(*column) == most);
    longest.next().filter(|_| longest.next().is_none())
}

/// Whether all cells but the torn text and its pieces fit their columns.
fn fits(record: &Record<'_>, torn: usize, surplus: usize) -> bool {
    let frame = record.frame;
    let text = |column: usize| if column > torn { record.text(column + surplus) } else { record.text(column) };
    let fits = |column: usize| {
        let text = text(column);
        if column == torn {
            return !text.trim().is_empty();
        }
        match record.field(column) {
            _ if frame.identifier == Some(column) => true,
            None => text.is_empty() || !frame.is_mapped(column),
            Some(field) if text.is_empty() => !field.required,
            Some(field) => match field.kind {
                FieldKind::Upn => text.contains('@'),
                FieldKind::DateTime => date::read(text).day.is_some(),
                // A blank behind a delimiter is a sign of a text that went on.
                FieldKind::Text => torn == frame.headers.len() || !text.starts_with(' '),
            },
        }
    };
    (0..frame.headers.len()).all(fits)
}

fn explain(record: &Record<'_>) -> Explanation {
    let (cells, columns) = (record.cells.len(), record.frame.headers.len());
    Explanation::new(
        format!(
            "a delimiter stands in this text without quotes: the row has {cells} cells, the header {columns} columns"
        ),
        "Put the whole text in quotes, up to where the next column's value begins.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge_record, single};

    const DATE: &str = "2026-05-04T09:00:00Z";

    #[test]
    fn the_text_that_fell_apart_is_found() {
        let frame = single(&["EmailAddress", "Remarks", "EffectiveDate"], "performanceReview");
        let (column, explanation) =
            judge_record(&RULE, &frame, &["a@b.de", "Met", "not all", "but most", DATE]).expect("a text fell apart");
        assert_eq!(column, 1);
        assert!(explanation.message.ends_with("the row has 5 cells, the header 3 columns"));
    }

    #[test]
    fn a_blank_behind_the_delimiter_decides_between_two_texts() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks", "Rating"], "performanceReview");
        let torn = |row: &[&str]| judge_record(&RULE, &frame, row).map(|(column, _)| column);
        assert_eq!(torn(&["a@b.de", DATE, "Met expectations", " mostly", "3"]), Some(2));
        assert_eq!(torn(&["a@b.de", DATE, "Met expectations", "3", " nearly 4"]), Some(3));
        assert_eq!(torn(&["a@b.de", DATE, "Met expectations", "mostly", "3"]), None);
    }

    #[test]
    fn columns_of_other_scenarios_stay_empty() {
        let frame = combined(COMBINED);
        let row = ["Job level change", "a@b.de", "", "", DATE, "Promoted", "see the notes", "", "Level 61", "Level 60"];
        assert_eq!(judge_record(&RULE, &frame, &row).map(|(column, _)| column), Some(5));
    }

    #[test]
    fn empty_cells_at_the_end_are_a_surplus_where_values_moved_into_other_columns() {
        let frame = combined(COMBINED);
        let torn = |row: &[&str]| judge_record(&RULE, &frame, row).map(|(column, _)| column);
        assert_eq!(torn(&["Performance review", "a@b.de", "", "", DATE, "Met", "mostly", "3", "", ""]), Some(5));
        assert_eq!(torn(&["Performance review", "a@b.de", "", "", DATE, "Met", "3", "", "", ""]), None);
    }

    #[test]
    fn a_surplus_that_nothing_explains_is_not_its_fault() {
        let frame = single(&["EmailAddress", "Remarks", "EffectiveDate"], "performanceReview");
        assert!(judge_record(&RULE, &frame, &["a@b.de", "Met", DATE, "surplus"]).is_none());
        assert!(judge_record(&RULE, &frame, &["a@b.de", "Met", DATE, ""]).is_none());
        assert!(judge_record(&RULE, &frame, &["a@b.de", " Met", DATE, ""]).is_none());
        assert!(judge_record(&RULE, &frame, &["a@b.de", "Met", DATE]).is_none());
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks"], "performanceReview");
        assert!(judge_record(&RULE, &frame, &["a@b.de", DATE, "Met", "surplus"]).is_none());
        assert!(judge_record(&RULE, &frame, &["a@b.de", DATE, "Met", " mostly"]).is_some());
    }
}
