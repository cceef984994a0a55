//! A value stands in what is meant to keep a spreadsheet from changing it: `="00123"` or `'00123`.
//!
//! # What it checks
//!
//! Filled cells of text and date columns that are a formula of nothing but a text (`="00123"`), or that begin with an apostrophe before
//! what looks like a number, a date or a telephone number. Names such as `'t Hart` or `'s-Hertogenbosch` and quoted words are left alone,
//! and so is an apostrophe before a formula, where it does good. A cell that is stored as `="00123"` without quotes of CSV around it
//! breaks the rules of CSV: that is `stray-quote`.
//!
//! # Why it matters to the receiving service
//!
//! Only a spreadsheet knows that these characters are not part of the value. The service stores the postal code with them, and refuses
//! the date.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode
//! sara.davis@contoso.com,Sara,Davis,4567 Main St,'02134
//! ```
//!
//! The postal code is `02134`, without the apostrophe.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the value stands alone.

use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "excel-text-guard",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("excel_text_guard.rs"),
    check: Check::Cell {
        needs: Bytes::PLAIN.and(Bytes::NOT_UPN),
        place: CellPlace::Filled(&[FieldKind::Text, FieldKind::DateTime]),
        fires,
        explain,
    },
};

/// The value inside its guard; `None` where there is no guard.
pub(in crate::rules) fn guarded(text: &str) -> Option<&str> {
    let text = text.trim();
    if let Some(number) = text.strip_prefix('\'') {
        return is_number(number).then_some(number);
    }
    let inner = text.strip_prefix("=\"")?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

/// Whether a spreadsheet might take the text for a number or a date.
fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or(text).as_bytes();
    let part = |byte: &u8| byte.is_ascii_digit() || b" .,:/-()TZ+".contains(byte);
    rest.first().is_some_and(u8::is_ascii_digit) && rest.iter().all(part)
}

fn fires(cell: &Cell<'_>) -> bool {
    // What a guard begins with, seen at once; blanks of any script may stand before it.
    let may_be = |first: &u8| matches!(first, b'\'' | b'=' | ..=b' ' | 0x80..);
    cell.text.as_bytes().first().is_some_and(may_be) && guarded(cell.text).is_some()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = if cell.text.trim().starts_with('=') {
        "the value stands in a formula (=\"...\") that keeps a spreadsheet from changing it"
    } else {
        "an apostrophe before the value keeps a spreadsheet from changing it"
    };
    let help = "Write the value alone; the service takes the rest for a part of it.";
    Explanation::new(message, help).with(Mend::Cell(Safety::Safe, super::mended(cell)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::{DateTime, Text};
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn the_guard_goes_and_the_value_stays() {
        for (text, value) in [
            ("=\"00123\"", "00123"),
            ("'00123", "00123"),
            (" '+49 170 1234", "+49 170 1234"),
            ("=\" Level 60 \"", "Level 60"),
            ("=\"\"", ""),
            ("='00123", "='00123"),
            ("'=\"1\"", "'=\"1\""),
        ] {
            let expected = (text != value).then(|| (Safety::Safe, value.to_owned()));
            assert_eq!(mended(ask_kind(&RULE, Text, text)), expected, "{text}");
        }
        let date = mended(ask_kind(&RULE, DateTime, "=\"2026-5-18 09:00:00Z\""));
        assert_eq!(date, Some((Safety::Safe, "2026-05-18T09:00:00Z".into())));
    }

    #[test]
    fn apostrophes_that_belong_there_stay() {
        for text in
            ["'t Hart", "'s-Gravenhage", "'Abd al-Rahman", "'good'", "O'Neil", "'90s music", "'", "'=SUM(A1)", "12'"]
        {
            assert!(ask_kind(&RULE, Text, text).is_none(), "{text}");
        }
    }
}
