//! A cell holds bytes that are not UTF-8.
//!
//! # What it checks
//!
//! Every cell of every column. A file whose bytes are UTF-16 throughout is `utf16-encoding`.
//!
//! # Why it matters to the receiving service
//!
//! The vendor's upload script reads the file as UTF-8. What is not becomes a replacement character, the names of people among it, and cannot be told back.
//! Spreadsheets that save "CSV" without "UTF-8" write Windows-1252, in which letters such as `ä`, `é` or `ñ` are single bytes.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,M\xfcller complained,2-Below expectation
//! ```
//!
//! The byte `\xfc` is the `ü` of Windows-1252. Save the file again as UTF-8.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! Unsafe, because the code page is a guess, unless `hrlint fix --encoding windows-1252` names it: then such cells are read in it
//! and written anew as UTF-8. Without that option there is none.

use crate::finding::{Safety, Severity};
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "invalid-utf8",
    severity: Severity::Error,
    contract: true,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("invalid_utf8.rs"),
    check: Check::Cell { needs: Bytes::BEYOND_ASCII, place: CellPlace::Any, fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    !cell.valid
}

fn explain(_: &Cell<'_>) -> Explanation {
    let help = "Save the file again as UTF-8; in Excel choose \"CSV UTF-8 (comma delimited)\".";
    Explanation::new("the cell is not UTF-8, probably Windows-1252 as spreadsheets save it", help)
}

#[cfg(test)]
mod tests {
    use super::{Cell, explain, fires};
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{field, with_record};

    #[test]
    fn bytes_that_are_not_utf8_are_a_fault_in_any_column() {
        with_record(&[(field("remarks", Text, None), "M\u{fffd}ller")], |record| {
            let cell = Cell {
                text: record.text(0),
                valid: false,
                column: 0,
                field: None,
                record,
                reading: None,
                address: None,
                kinds: super::Bytes::ALL,
            };
            assert!(fires(&cell) && explain(&cell).message.contains("Windows-1252"));
            assert!(!fires(&Cell { valid: true, ..cell }));
        });
    }
}
