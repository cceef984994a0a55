//! A quoted cell holds what look like rows of the file.
//!
//! # What it checks
//!
//! Quoted cells with line breaks: a line after the first one that has an address and a date among its parts, or as many delimiters
//! as the header and an address, a date or a scenario's name (or, where the header has five columns and more, no blank behind any
//! delimiter, as nobody writes prose). Remarks of several lines are not meant; `embedded-newline` counts them.
//!
//! # Why it matters to the receiving service
//!
//! A quote was lost where a cell ends, and another one was lost where a later cell begins: between them the file is one valid cell.
//! Every reader takes it for one, so all rows in it are lost without a word, and their text is sent as somebody's remarks.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,"Met expectations,3
//! pradeepg@contoso.com,2026-05-04T09:00:00Z,Met expectations",3
//! ```
//!
//! The first remark lacks its closing quote, the second one its opening quote.
//!
//! # Options
//!
//! None. The rule speaks in the place of `remarks-too-long`, which guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: where the quotes belong, only a person can say.

use crate::finding::Severity;
use crate::rules::address::is_address;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Frame, Rule, date};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "swallowed-records",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("swallowed_records.rs"),
    check: Check::Cell { needs: Bytes::CONTROL, place: CellPlace::Any, fires, explain },
};

/// Columns of a header from which on delimiters without a blank behind them are no prose.
const MANY: usize = 5;

fn fires(cell: &Cell<'_>) -> bool {
    has_rows(cell)
}

/// Whether the cell holds lines that look like rows of the file.
pub(in crate::rules) fn has_rows(cell: &Cell<'_>) -> bool {
    rows(cell).next().is_some()
}

/// The lines of the cell that look like rows.
fn rows<'a>(cell: &Cell<'a>) -> impl Iterator<Item = &'a str> {
    let frame = cell.record.frame;
    let breaks = |c| matches!(c, '\n' | '\r');
    cell.text.split(breaks).skip(1).filter(move |line| is_row(line, frame))
}

fn is_row(line: &str, frame: &Frame) -> bool {
    let delimiter = char::from(frame.delimiter);
    let parts = || line.split(delimiter).map(|part| part.trim_matches([' ', '"']));
    let columns = frame.headers.len();
    // Only what is as long as a date is read as one.
    let is_date = |part: &str| part.len() >= 8 && date::read(part).day.is_some();
    let (address, date) = (parts().any(is_address), parts().any(is_date));
    let is_scenario = |part: &str| frame.mapped.iter().any(|scenario| scenario.identifier == part);
    let prose = || parts().count() > line.split(delimiter).filter(|part| !part.starts_with(' ')).count();
    let known = || address || date || parts().any(is_scenario) || columns >= MANY && !prose();
    address && date || columns > 2 && parts().count() == columns && known()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match rows(cell).count() {
        1 => "a line of the cell looks like a row of the file: a quote was probably lost, and the row swallowed"
            .to_owned(),
        lines => format!(
            "{lines} lines of the cell look like rows of the file: a quote was probably lost, and the rows swallowed"
        ),
    };
    Explanation::new(message, "Look for a missing closing quote where this cell should end, and put it there.")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{COMBINED, combined, judge, single};

    fn in_review(remarks: &str) -> Option<String> {
        let frame = single(&["EmailAddress", "EffectiveDate", "Remarks", "Rating"], "performanceReview");
        let cells = ["mia@northwind-energy.de", "2026-05-18T09:00:00Z", remarks, "3"];
        judge(&RULE, &frame, &cells, 2).map(|words| words.message.into_owned())
    }

    #[test]
    fn rows_in_a_cell_are_counted() {
        let one = in_review("Met,3\njonas@northwind-energy.de,2026-05-18T09:00:00Z,All well");
        assert!(one.is_some_and(|message| message.starts_with("a line of the cell looks like")));
        let row = "jonas@northwind-energy.de,18.05.2026,,\r\n";
        let three = in_review(&format!("Met,3\r\n{row}{row}{row}"));
        assert!(three.is_some_and(|message| message.starts_with("3 lines of the cell")));
    }

    #[test]
    fn a_row_without_its_address_is_known_by_its_delimiters() {
        let frame = combined(COMBINED);
        let judged = |remarks: &str| {
            let cells =
                ["Performance review", "mia@northwind-energy.de", "", "", "2026-05-18T09:00:00Z", remarks, "", "", ""];
            judge(&RULE, &frame, &cells, 5).is_some()
        };
        assert!(judged("Met\nPerformance review,,,,,,,,") && judged("Met\nx,y,,,z,,,,"));
        assert!(!judged("Met\none, two, three, four, five, six, seven, eight, nine"));
    }

    #[test]
    fn remarks_of_several_lines_are_silent() {
        for remarks in [
            "Met all goals.\nTo be promoted.",
            "Strong in sales, support,\r\nand training, on time, in budget, as agreed",
            "See jonas@northwind-energy.de\nor ask on 2026-05-18, 2026-05-19",
            "a\nb,c,d,e",
            "jonas@northwind-energy.de,2026-05-18T09:00:00Z,All well\nand more",
            "Reviewed by jonas@northwind-energy.de,\nnext on 2026-06-01",
        ] {
            assert_eq!(in_review(remarks), None, "{remarks}");
        }
    }
}
