//! Cells are separated by a character that the connector does not expect.
//!
//! # What it checks
//!
//! The header falls into the mapped columns with a semicolon, a tab, a pipe or a comma, but not with the delimiter that
//! is set (`csv.delimiter` in the mapping, a comma unless set). The rest of the file is checked with the delimiter
//! found.
//!
//! # Why it matters to the receiving service
//!
//! The connector is set up for one delimiter. Any other makes the whole header one unknown column, and the file is
//! refused. Excel writes semicolons wherever the comma is the decimal sign, as in German or French settings.
//!
//! # Example
//!
//! ```csv
//! EmailAddress;ResignationDate;LastWorkingDate
//! sara.davis@contoso.com;2026-04-23T15:18:02Z;2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! `csv.delimiter` in the mapping, where the connector really takes another delimiter.
//!
//! # Fix
//!
//! Safe: every row is written with the expected delimiter, and a cell that holds it is put in quotes.

use crate::finding::{Printable, Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "wrong-delimiter",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("wrong_delimiter.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::WrongDelimiter(expected, found) = *fact else {
        unreachable!("wrong-delimiter is told of delimiters only");
    };
    let (expected, found) = (named(expected), named(found));
    Explanation::new(
        format!("cells are separated by {found} instead of {expected}"),
        format!(
            "Export the file with {expected} as the delimiter; if the connector does take {found}, set csv.delimiter in the \
             mapping."
        ),
    )
    .with(Mend::Whole(Safety::Safe))
}

fn named(delimiter: u8) -> String {
    match delimiter {
        b',' => "a comma".to_owned(),
        b';' => "a semicolon".to_owned(),
        b'\t' => "a tab".to_owned(),
        b'|' => "a pipe".to_owned(),
        b':' => "a colon".to_owned(),
        b' ' => "a blank".to_owned(),
        other => format!("\"{}\"", Printable::from_bytes(&[other])),
    }
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn delimiters_have_names() {
        let message = |expected, found| explain(&Observed::WrongDelimiter(expected, found)).message;
        assert_eq!(message(b',', b';'), "cells are separated by a semicolon instead of a comma");
        assert_eq!(message(b'|', b'\t'), "cells are separated by a tab instead of a pipe");
        assert_eq!(message(b'~', 0x1f), "cells are separated by \"\\u{1f}\" instead of \"~\"");
    }
}
