//! An address holds letters or signs outside ASCII.
//!
//! # What it checks
//!
//! Umlauts, accents, other scripts, full-width and typographic characters. Among them are look-alikes that no eye can
//! tell from the right letter, such as a Cyrillic `a`. Blanks and invisible characters are `upn-whitespace`. Of names and
//! addresses in a list, or beside an address, `several-addresses` and `upn-display-form` speak.
//!
//! # Why it matters to the receiving service
//!
//! A sign-in name has no such letters, so the row belongs to nobody. It comes from building the address out of the
//! person's name, or from copying it out of a document.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! jürgen@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: whether `ü` became `ue` or `u`, only the directory knows.

use super::parts::{has_at, is_bare, is_blank};
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::text::replacement_character;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upn-non-ascii",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("upn_non_ascii.rs"),
    check: Check::Cell { needs: Bytes::BEYOND_ASCII, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    !cell.text.is_ascii()
        && has_at(cell.text)
        && cell.text.contains(is_foreign)
        && is_bare(cell, cell.text)
        && !replacement_character::is_damaged(cell.text)
}

fn is_foreign(c: char) -> bool {
    !c.is_ascii() && !c.is_control() && !is_blank(c)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let (index, first) =
        cell.text.chars().enumerate().find(|&(_, c)| is_foreign(c)).unwrap_or((0, char::REPLACEMENT_CHARACTER));
    let position = index + 1;
    let message = match look_alike(first) {
        Some(kind) => format!("character {position} of the address is {kind}, however much it looks like ASCII"),
        None => format!("character {position} of the address is not ASCII"),
    };
    Explanation::new(
        message,
        "Write the name as the directory has it: letters A to Z without accents, typed on a keyboard.",
    )
}

/// The kind of characters that are mistaken for ASCII.
fn look_alike(c: char) -> Option<&'static str> {
    match c {
        '\u{370}'..='\u{3ff}' => Some("a Greek letter"),
        '\u{400}'..='\u{52f}' => Some("a Cyrillic letter"),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("a typographic dash"),
        '\u{2018}'..='\u{201f}' => Some("a typographic quote"),
        '\u{fe50}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff5e}' => Some("a wide or small form"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    fn message(address: &str) -> Option<String> {
        judge_address(&RULE, address).map(|explanation| explanation.message.into_owned())
    }

    #[test]
    fn letters_and_look_alikes_are_found() {
        assert_eq!(message("jürgen@contoso.com").as_deref(), Some("character 2 of the address is not ASCII"));
        let cyrillic = message("s\u{430}ra@contoso.com");
        assert_eq!(
            cyrillic.as_deref(),
            Some("character 2 of the address is a Cyrillic letter, however much it looks like ASCII")
        );
        assert!(message("sara\u{ff20}contoso.com").is_some_and(|message| message.contains("a wide or small form")));
        assert!(message("o\u{2019}neil@contoso.com").is_some_and(|message| message.contains("quote")));
    }

    #[test]
    fn invisible_characters_and_texts_that_are_no_address_are_silent() {
        for address in [
            "sara\u{200b}@contoso.com",
            "\u{a0}sara@contoso.com",
            "Jürgen",
            "Jürgen <j@x.de>",
            "a\u{85}@x.de",
            "é@x.de;ü@x.de",
        ] {
            assert_eq!(message(address), None, "{address}");
        }
    }
}
