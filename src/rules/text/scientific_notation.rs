//! A number was turned into scientific notation: `4.91701E+11`.
//!
//! # What it checks
//!
//! Filled cells of text columns (postal code, personnel number, telephone number, level) whose whole text is a number with an exponent as
//! spreadsheets and programs write it: one digit, perhaps a decimal point or comma with further digits, `E`, a sign and two or three
//! digits. A bare `2E-14`, which may be a room, is left alone; `2E+14` is not. Such a cell in a date column is `date-unparsable`.
//!
//! # Why it matters to the receiving service
//!
//! Excel shows long numbers in this form, and saves what it shows: all digits but the first few are lost. The service cannot match the
//! value with anything, and several people get the same one.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode
//! sara.davis@contoso.com,Sara,Davis,4567 Main St,2.13411E+08
//! ```
//!
//! The postal code was `213411234`. Export again, and let no spreadsheet open the file on its way, or format the column as text there.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: the digits are lost.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "scientific-notation",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("scientific_notation.rs"),
    check: Check::Cell { needs: Bytes::PLAIN, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    is_scientific(cell.text.trim().as_bytes())
}

fn is_scientific(text: &[u8]) -> bool {
    let (number, exponent) = match text {
        [number @ .., b'E' | b'e', sign @ (b'+' | b'-'), a, b] => (number, [*sign, b'0', *a, *b]),
        [number @ .., b'E' | b'e', sign @ (b'+' | b'-'), a, b, c] => (number, [*sign, *a, *b, *c]),
        _ => return false,
    };
    let number = number.strip_prefix(b"-").or_else(|| number.strip_prefix(b"+")).unwrap_or(number);
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let mantissa = match number {
        [first] => first.is_ascii_digit() && exponent[0] == b'+',
        [first, b'.' | b',', rest @ ..] => first.is_ascii_digit() && digits(rest),
        _ => false,
    };
    mantissa && digits(&exponent[1..])
}

fn explain(_: &Cell<'_>) -> Explanation {
    Explanation::new(
        "a long number was turned into scientific notation, as a spreadsheet shows it; its last digits are lost",
        "Export the data again without opening it in a spreadsheet, or have the column formatted as text there.",
    )
}

#[cfg(test)]
mod tests {
    use super::is_scientific;

    #[test]
    fn numbers_with_an_exponent_are_told_from_codes() {
        for text in ["4.91701E+11", "2,13411E+08", "1E+15", "1.5e+05", "-3.2E-05", "1.23E+105"] {
            assert!(is_scientific(text.as_bytes()), "{text}");
        }
        for text in
            ["2E-14", "12E+05", "1E5", "E+05", "1.E+05", "1.2E+5", "3 E+05", "1.2E+05 km", "00-001", "1.2.3E+05"]
        {
            assert!(!is_scientific(text.as_bytes()), "{text}");
        }
    }
}
