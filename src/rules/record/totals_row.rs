//! A row is no record but a total or the closing line of a report.
//!
//! # What it checks
//!
//! Rows without any address whose first filled cell is a word such as `Total`, `Grand total`, `Count`, `Summe`,
//! `Totaal` or `Suma`, alone or before a colon or a number; `End of report` and its like; or `25 rows`, `25 records
//! selected`. It must stand in a row in which most other cells are empty or numbers. Nothing else is said of such a
//! row, and it does not count as one.
//!
//! # Why it matters to the receiving service
//!
//! The row is taken for data of somebody unknown. Reports carry such lines; an export for a program must not.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! Total: 1,,
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: the row is removed. A person must see that it is no record.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "totals-row",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("totals_row.rs"),
    check: Check::Record { place: RecordPlace::Any, fires, explain },
};

/// Words that begin a line of totals, in small letters.
const TOTALS: [&str; 27] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sub-total",
    "overall total",
    "total count",
    "total rows",
    "total records",
    "row count",
    "record count",
    "count",
    "sum",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "summe",
    "zwischensumme",
    "anzahl",
    "total general",
    "total général",
    "totale",
    "totaal",
    "suma",
    "totalt",
    "razem",
];

/// Lines that end a report, in small letters.
const ENDINGS: [&str; 8] = [
    "end of report",
    "end of file",
    "end of data",
    "*** end of report ***",
    "ende des berichts",
    "fin du rapport",
    "fin del informe",
    "einde van het rapport",
];

/// What is counted in lines such as `25 rows`, in small letters.
const COUNTED: [&str; 9] = ["row", "rows", "record", "records", "zeilen", "datensätze", "lignes", "filas", "registros"];

/// Longest first cell of such a row.
const LONGEST: usize = 64;

fn fires(record: &Record<'_>) -> Option<usize> {
    let mut filled = record.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let first = filled.next()?;
    // What follows are figures: in a row of data there would be an address and a date.
    let is_figure = |cell: &str| !cell.chars().any(|c| c.is_alphabetic() || matches!(c, '@' | '-' | '/'));
    (first.len() <= LONGEST && filled.all(is_figure) && is_total(first)).then_some(Record::WHOLE)
}

fn is_total(text: &str) -> bool {
    let text = text.to_lowercase();
    let begins = |word: &str| {
        text.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches([':', '=', ' ', '(']);
            let rest = rest.trim_end_matches([')', '.']);
            rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | ' ' | '\u{a0}'))
        })
    };
    TOTALS.iter().any(|word| begins(word)) || ENDINGS.contains(&text.trim_end_matches('.')) || is_count(&text)
}

/// Whether a text is a number of rows: `25 rows`, `(25 rows affected)`, `25 records selected.`.
fn is_count(text: &str) -> bool {
    let text = text.trim_start_matches('(').trim_end_matches(['.', ')']);
    let mut words = text.split_whitespace();
    let number = words.next().is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let counted = words.next().is_some_and(|word| COUNTED.contains(&word));
    number && counted && matches!(words.next(), None | Some("selected" | "affected" | "returned" | "exported"))
}

fn explain(_: &Record<'_>) -> Explanation {
    Explanation::new(
        "the row is a total or the closing line of a report",
        "Remove the row, and export without totals: it would be taken for a record.",
    )
    .with(Mend::DeleteRecord(Safety::Unsafe))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge_record, single};

    #[test]
    fn totals_and_closing_lines_are_recognised() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks", "Rating"], "performanceReview");
        for row in [
            &["Total", "", "", ""][..],
            &["Total: 25", "", "", ""],
            &["Grand total", "", "", "25"],
            &["", "Summe", "", "1.250,00"],
            &["Count = 3"],
            &["TOTAL (25)", "25", "", ""],
            &["End of report"],
            &["(25 rows affected)"],
            &["25 records selected.", "", "", ""],
            &["Total général : 25"],
        ] {
            assert!(judge_record(&RULE, &frame, row).is_some(), "{row:?}");
        }
    }

    #[test]
    fn rows_of_people_are_not() {
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks", "Rating"], "performanceReview");
        for row in [
            &["total@northwind-energy.de", "2026-05-04T09:00:00Z", "Total", "3"][..],
            &["", "2026-05-04T09:00:00Z", "Total", "3"],
            &["Total", "2026-05-04T09:00:00Z", "", ""],
            &["Total", "", "Met expectations", ""],
            &["Totaller", "", "", ""],
            &["Count Dracula", "", "", ""],
            &["25 rowers", "", "", ""],
            &["", "", "", ""],
        ] {
            assert!(judge_record(&RULE, &frame, row).is_none(), "{row:?}");
        }
        let mixed = combined(COMBINED);
        assert!(judge_record(&RULE, &mixed, &["Total", "", "", "", "", "", "", "", "9"]).is_some());
    }
}
