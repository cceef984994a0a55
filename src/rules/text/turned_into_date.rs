//! A rating or level was turned into a date.
//!
//! # What it checks
//!
//! Ratings and levels that are a day and a month and nothing else: `2-Jan`, `03.May`, `10. Dez`.
//!
//! # Why it matters to the receiving service
//!
//! A spreadsheet took `2-1` or `2/1` for a date and saved what it showed. The service stores it as the person's rating or level.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Met expectations,2-Jan
//! ```
//!
//! The rating was probably `2-1` or `1-2`. Have the column exported as text, and let no spreadsheet open the file on its way.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: which number came first, only a person knows.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "turned-into-date",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("turned_into_date.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

/// Months as spreadsheets abbreviate them, in small letters: English, German, French, Spanish, Dutch, Portuguese.
const MONTHS: [&str; 30] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mrz", "mai", "okt", "dez",
    "janv", "févr", "mars", "avr", "juin", "juil", "sept", "ene", "abr", "ago", "dic", "mei", "mrt", "out",
];

fn fires(cell: &Cell<'_>) -> bool {
    let graded = |key: &str| matches!(key, "rating" | "performanceRating" | "oldLevel" | "newLevel");
    cell.field.is_some_and(|field| graded(&field.key)) && is_day_and_month(cell.text.trim())
}

fn is_day_and_month(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let day = text[..digits].parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)) && digits <= 2;
    let month = text[digits..].trim_start_matches(['-', '.', '/', ' ']);
    let month = month.strip_suffix('.').unwrap_or(month).to_lowercase();
    day && text.len() < 10 && MONTHS.contains(&&*month)
}

fn explain(_: &Cell<'_>) -> Explanation {
    Explanation::new(
        "a day and a month: probably a spreadsheet turned something like 2-1 into a date",
        "Write the value as it was, and have the column exported as text.",
    )
}

#[cfg(test)]
mod tests {
    use super::is_day_and_month;

    #[test]
    fn days_and_months_are_told_from_ratings() {
        for text in ["2-Jan", "03.May", "10-Dec", "2. Dez", "01-févr", "3 Mar.", "31/oct"] {
            assert!(is_day_and_month(text), "{text}");
        }
        for text in
            ["2-1", "3 Meets", "Jan", "32-Jan", "0-Jan", "2-January 2026", "May 2", "2-Janus", "123-Jan", "-Jan", "2"]
        {
            assert!(!is_day_and_month(text), "{text}");
        }
    }
}
