//! A postal code has lost its leading zeros.
//!
//! # What it checks
//!
//! `EmployeeZipCode` of an employee profile: a code of digits alone that is one or two digits shorter than all codes of the row's country,
//! where codes of that country may begin with 0 (United States, Germany, France, Italy, Spain, Mexico, Brazil, Japan, Singapore and others).
//! The country is read from `EmployeeCountry`: its name in English or its own language, or its ISO code. Where the country is empty, an
//! American state of the north-east in `EmployeeState` will do. Codes of other countries, with letters, hyphens or too many digits are
//! not judged: what a code may look like is too different, and changes too often, for a rule that raises no false alarms.
//!
//! # Why it matters to the receiving service
//!
//! Spreadsheets take a postal code for a number and drop its zeros: `02134` becomes `2134`. The service compares the addresses of people
//! and places; such a code is in no place, or in another one.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode,EmployeeCountry
//! sara.davis@contoso.com,Sara,Davis,4567 Main St,2134,United States
//! ```
//!
//! The postal code is `02134`. Have the column exported as text.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: a digit may be missing elsewhere, too.

use super::countries;
use crate::finding::Severity;
use crate::rules::{Check, Explanation, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "zip-leading-zero-lost",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("zip_leading_zero_lost.rs"),
    check: Check::Record { place: RecordPlace::With(&["employeeZipCode"]), fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let column = column(record, "employeeZipCode")?;
    expected(record, record.text(column).trim()).filter(|_| !super::is_shifted(record)).map(|_| column)
}

/// How many digits the code should have, where it has too few.
fn expected(record: &Record<'_>, code: &str) -> Option<usize> {
    if code.starts_with('0') || code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = |key| column(record, key).map_or("", |column| record.text(column).trim());
    let country = text("employeeCountry");
    let digits = if country.is_empty() {
        countries::is_state_with_zeros(text("employeeState")).then_some(5)
    } else {
        countries::digits(country)
    };
    let digits = digits?;
    let lost = match digits {
        // The extended code of the United States, without its hyphen.
        5 if code.len() == 8 && (country.is_empty() || countries::is_united_states(country)) => return Some(9),
        // Postal codes of these lengths are also written in part.
        7 | 8 => code.len() + 1 == digits,
        _ => code.len() + 1 == digits || code.len() + 2 == digits,
    };
    lost.then_some(digits)
}

/// The column that carries the field for the record's scenario.
fn column(record: &Record<'_>, key: &str) -> Option<usize> {
    record.scenario?.column_of(key)
}

fn explain(record: &Record<'_>) -> Explanation {
    let code = column(record, "employeeZipCode").map_or("", |column| record.text(column).trim());
    let expected = expected(record, code).unwrap_or(code.len());
    let zeros = if expected > code.len() + 1 { "zeros" } else { "zero" };
    Explanation::new(
        format!(
            "the postal code has lost its leading {zeros}: {} digits, the country's codes have {expected}",
            code.len()
        ),
        "Have the column exported as text, and let no spreadsheet open the file on its way: it takes the code for a number.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Record, explain, fires};
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{field, with_record};

    fn judged(code: &str, state: &str, country: &str) -> Option<String> {
        let cells = [
            (field("employeeZipCode", Text, None), code),
            (field("employeeState", Text, None), state),
            (field("employeeCountry", Text, None), country),
        ];
        let judge = |record: &Record<'_>| fires(record).map(|column| format!("{column} {}", explain(record).message));
        with_record(&cells, judge)
    }

    #[test]
    fn codes_that_are_too_short_for_their_country_are_found() {
        let message = judged("2134", "MA", "United States");
        assert_eq!(
            message.as_deref(),
            Some("0 the postal code has lost its leading zero: 4 digits, the country's codes have 5")
        );
        let message = judged("501", "", "usa");
        assert_eq!(
            message.as_deref(),
            Some("0 the postal code has lost its leading zeros: 3 digits, the country's codes have 5")
        );
        for (code, state, country) in [
            ("1067", "", "Deutschland"),
            ("1000", "", "FR"),
            ("8001", "", "España"),
            ("21341234", "", "US"),
            ("2134", "Massachusetts", ""),
            ("1310100", "", "Brasil"),
            ("600000", "", "Japan"),
            ("18956", "", "Singapore"),
            ("150", "", "Norway"),
            ("10011", "", "România"),
        ] {
            assert!(judged(code, state, country).is_some(), "{code} {country}");
        }
    }

    #[test]
    fn codes_of_other_lengths_and_countries_are_not_judged() {
        for (code, state, country) in [
            ("02134", "", "US"),
            ("98052", "", "US"),
            ("1011", "", "Netherlands"),
            ("1010", "", "Austria"),
            ("2134", "", ""),
            ("2134", "NSW", ""),
            ("8001", "", "Switzerland"),
            ("LS1 4AP", "", "UK"),
            ("1234-567", "", "Portugal"),
            ("600", "", "Japan"),
            ("0501", "", "US"),
            ("12", "", "US"),
            ("2134", "", "Atlantis"),
            ("", "", "US"),
            ("123456", "", "US"),
        ] {
            assert_eq!(judged(code, state, country), None, "{code} {country}");
        }
    }
}
