//! A cell holds the error of a spreadsheet formula: `#N/A`, `#REF!`, `#DIV/0!`.
//!
//! # What it checks
//!
//! Filled cells whose whole text is an error value of Excel, Calc or Google Sheets, in English, German, French, Spanish, Italian,
//! Portuguese or Dutch; or `####`, which Excel shows, and saves, where a column is too narrow for a number or a date. Texts, addresses and
//! dates are looked at; the general rules about addresses and dates then leave the cell to this one.
//!
//! # Why it matters to the receiving service
//!
//! The value that belongs there is missing: mostly a lookup (`VLOOKUP`) did not find the person, or a sheet that it refers to is gone. The
//! service would store the error as the person's level, postal code or address.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Level 61,#N/A
//! ```
//!
//! Mend the formula in the sheet from which the file was made, or leave the cell empty.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the value.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "excel-error-value",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("excel_error_value.rs"),
    check: Check::Cell {
        needs: Bytes::PLAIN,
        place: CellPlace::Filled(&[FieldKind::Text, FieldKind::DateTime, FieldKind::Upn]),
        fires,
        explain,
    },
};

/// What a spreadsheet says, and what it means by it. The first are whole, the others without the mark that ends them.
const ERRORS: &[(&[&str], &str)] = &[
    (&["N/A", "NV", "N/D", "N/B", "N/DISP"], "a spreadsheet's lookup found nothing: the cell holds its error value"),
    (
        &["REF", "BEZUG", "RIF", "VERW", "¡REF"],
        "a spreadsheet formula referred to cells that are gone: the cell holds its error value",
    ),
    (&["DIV/0", "¡DIV/0", "DEEL/0"], "a spreadsheet formula divided by zero: the cell holds its error value"),
    (
        &[
            "VALUE",
            "WERT",
            "VALEUR",
            "VALOR",
            "¡VALOR",
            "VALORE",
            "WAARDE",
            "NAME",
            "NOM",
            "NOMBRE",
            "¿NOMBRE",
            "NOME",
            "NAAM",
            "NUM",
            "ZAHL",
            "¡NUM",
            "¡NÚM",
            "NÚM",
            "GETAL",
            "NULL",
            "NUL",
            "¡NULO",
            "NULO",
            "NULLO",
            "LEEG",
            "SPILL",
            "ÜBERLAUF",
            "CALC",
            "KALK",
            "FIELD",
            "FELD",
            "BLOCKED",
            "CONNECT",
            "BUSY",
            "UNKNOWN",
            "ERROR",
        ],
        "a spreadsheet formula failed: the cell holds its error value",
    ),
];

/// What happened in the spreadsheet that left this text; `None` for any other text.
fn meaning(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if let Some(number) = text.strip_prefix("Err:") {
        let known = number.len() == 3 && number.starts_with('5') && number.bytes().all(|byte| byte.is_ascii_digit());
        return known.then_some("a spreadsheet formula failed: the cell holds its error value");
    }
    let name = text.strip_prefix('=').unwrap_or(text).strip_prefix('#')?;
    if name.len() > 1 && name.bytes().all(|byte| byte == b'#') {
        return Some("a spreadsheet's column was too narrow: the cell holds the crosses that it showed");
    }
    let (not_found, failed) = ERRORS.split_first()?;
    if not_found.0.contains(&name) {
        return Some(not_found.1);
    }
    let name = name.strip_suffix(['!', '?'])?;
    failed.iter().find(|(names, _)| names.contains(&name)).map(|(_, meaning)| *meaning)
}

/// Whether the text is an error value. General rules about addresses and dates are then silent.
pub(in crate::rules) fn is_error(text: &str) -> bool {
    // What an error begins with, seen at once; blanks of any script may stand before it.
    let may_be = |first: &u8| matches!(first, b'#' | b'=' | b'E' | ..=b' ' | 0x80..);
    text.as_bytes().first().is_some_and(may_be) && meaning(text).is_some()
}

fn fires(cell: &Cell<'_>) -> bool {
    is_error(cell.text)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = meaning(cell.text).unwrap_or("the cell holds an error value of a spreadsheet");
    let help = "Mend the sheet from which the file was made, and export it again; or type the right value.";
    Explanation::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::{RULE, is_error};
    use crate::mapping::FieldKind::{DateTime, Text, Upn};
    use crate::rules::testing::lone::ask_kind;

    #[test]
    fn the_error_is_told_in_the_words_of_whoever_made_the_sheet() {
        let message = |text| ask_kind(&RULE, Text, text).map(|words| words.message).unwrap_or_default();
        assert!(message("#N/A").contains("lookup found nothing") && message("#NV").contains("lookup found nothing"));
        assert!(message("#BEZUG!").contains("gone") && message(" #REF! ").contains("gone"));
        assert!(message("#DIV/0!").contains("zero") && message("########").contains("too narrow"));
        for text in ["#VALUE!", "#NAME?", "#¿NOMBRE?", "#ÜBERLAUF!", "Err:502", "#ERROR!", "=#REF!"] {
            assert!(message(text).contains("failed") || message(text).contains("gone"), "{text}");
        }
        assert!(ask_kind(&RULE, DateTime, "#N/A").is_some() && ask_kind(&RULE, Upn, "#N/A").is_some());
    }

    #[test]
    fn signs_and_numbers_are_no_errors() {
        for text in [
            "#1",
            "#",
            "##",
            "# REF",
            "#12 Main St",
            "#team",
            "N/A",
            "NAME",
            "Err: 502",
            "Err:404",
            "#NAME of it",
            "#CONNECT",
        ] {
            assert!(!is_error(text), "{text}");
        }
    }
}
