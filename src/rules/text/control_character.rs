//! A value holds a control character.
//!
//! # What it checks
//!
//! Filled cells of text and date columns with a character of the control range (U+0001 to U+001F, U+007F to U+009F). A tab between
//! the words of a text is worth a note; line breaks are left out, they are legitimate inside a text; NUL is `nul-byte`.
//!
//! # Why it matters to the receiving service
//!
//! Control characters mean nothing in a value. Readers refuse them, cut the text at them, or take them as the end of the file.
//! Characters from U+0080 to U+009F are mostly quotes and dashes of Windows-1252 that were converted as if they were ISO 8859-1.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Multiple\x1aconflicts,2-Below expectation
//! ```
//!
//! The character after `Multiple` (here written as `\x1a`) has to go.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: characters from U+0080 to U+009F become those of Windows-1252, a tab or form feed becomes a blank, the others are
//! taken away.

use super::{characters, mojibake};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "control-character",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: Some(Severity::Info),
    options: &[],
    source: include_str!("control_character.rs"),
    check: Check::Cell {
        needs: Bytes::CONTROL.and(Bytes::STRANGE),
        place: CellPlace::Filled(&[FieldKind::Text, FieldKind::DateTime]),
        fires,
        explain,
    },
};

fn fires(cell: &Cell<'_>) -> bool {
    // C1 characters begin with the byte C2 in UTF-8.
    let suspicious = |byte: u8| matches!(byte, 1..=31 | 127 | 0xc2);
    cell.text.bytes().any(suspicious)
        && (cell.text.chars().any(is_control) || has_tab(cell))
        && mojibake::meant(cell.text).is_none()
}

/// Whether a tab stands between the words of a text.
fn has_tab(cell: &Cell<'_>) -> bool {
    let is_text = cell.field.is_some_and(|field| field.kind == FieldKind::Text);
    is_text && cell.text.trim_matches(characters::is_blank).contains('\t')
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\0' | '\t' | '\n' | '\r')
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let text: String = cell.text.chars().filter_map(replaced).collect();
    let mend = Mend::Cell(Safety::Unsafe, characters::cleaned(&text));
    if !cell.text.chars().any(is_control) {
        let help =
            "Type a blank in place of the tab, lest whoever splits the file at tabs takes the text for two cells.";
        return Explanation { milder: true, ..Explanation::new("the text holds a tab", help).with(mend) };
    }
    let late = cell.text.chars().any(|c| is_control(c) && c > '\u{7f}');
    let (message, help) = if late {
        (
            "the value holds a control character between U+0080 and U+009F",
            "Convert the text from Windows-1252, not from ISO 8859-1, or type the value anew.",
        )
    } else {
        ("the value holds a control character", "Type the value anew without it.")
    };
    Explanation::new(message, help).with(mend)
}

/// What a character probably stands for.
fn replaced(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        _ if !is_control(c) => Some(c),
        '\u{b}' | '\u{c}' | '\u{85}' => Some(' '),
        _ => {
            let byte = [u8::try_from(c).ok()?];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().next().filter(|&c| !is_control(c))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn control_characters_go_or_become_what_they_stood_for() {
        let mended = |text| mended(ask_kind(&RULE, Text, text));
        assert_eq!(mended("a\u{1a}b\u{c}c"), Some((Safety::Unsafe, "ab c".into())));
        assert_eq!(mended("\u{93}ok\u{94} \u{81}"), Some((Safety::Unsafe, "“ok”".into())));
    }

    #[test]
    fn a_tab_is_worth_a_note_and_line_breaks_and_nul_are_not_for_this_rule() {
        assert!(ask_kind(&RULE, Text, "a\tb").is_some_and(|words| words.milder));
        assert!(ask_kind(&RULE, Text, "\tab\r\nc\0").is_none());
    }
}
