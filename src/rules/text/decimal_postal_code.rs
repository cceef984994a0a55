//! A postal code is written with a decimal point.
//!
//! # What it checks
//!
//! `EmployeeZipCode` of an employee profile: digits, a point or a comma, and one or two zeros (`28195.0`).
//!
//! # Why it matters to the receiving service
//!
//! A program took the column for numbers, as many do when one cell of it is empty, and wrote them with a fraction. No place has such a
//! code; if it began with a zero, that is lost, too.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode
//! sara.davis@contoso.com,Sara,Davis,4567 Main St,98052.0
//! ```
//!
//! The postal code is `98052`. Have the column exported as text.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: the fraction is taken away; whether a zero is missing in front, a person must see.

use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "decimal-postal-code",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("decimal_postal_code.rs"),
    check: Check::Cell { needs: Bytes::ANY, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

/// The code without its fraction, where it is a number that has one.
fn whole<'a>(cell: &Cell<'a>) -> Option<&'a str> {
    cell.field.filter(|field| field.key == "employeeZipCode")?;
    let (code, fraction) = cell.text.trim().split_once(['.', ','])?;
    let digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    (digits && matches!(fraction, "0" | "00")).then_some(code)
}

fn fires(cell: &Cell<'_>) -> bool {
    whole(cell).is_some()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let code = whole(cell).unwrap_or_default().to_owned();
    Explanation::new(
        "the postal code is written as a number with a fraction",
        "Have the column exported as text, and look whether a zero is missing at its beginning.",
    )
    .with(Mend::Cell(Safety::Unsafe, code))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{ask, field, mended};

    #[test]
    fn numbers_with_a_fraction_are_no_codes() {
        let judged = |text| mended(ask(&RULE, &field("employeeZipCode", Text, None), text));
        assert_eq!(judged("28195.0"), Some((Safety::Unsafe, "28195".into())));
        assert_eq!(judged("2134,00"), Some((Safety::Unsafe, "2134".into())));
        for text in ["28195", "28195.5", "LS1.0", "28.195", ".0", "28195.000"] {
            assert_eq!(judged(text), None, "{text}");
        }
        assert!(ask(&RULE, &field("rating", Text, None), "3.0").is_none());
    }
}
