//! A text holds typographic quotes, dashes or an ellipsis.
//!
//! # What it checks
//!
//! Filled cells of text columns with curly quotes, a dash that is not the hyphen of the keyboard, a prime, or an ellipsis as one
//! character. It speaks once for a cell.
//!
//! # Why it matters to the receiving service
//!
//! The characters are correct, and a file in UTF-8 carries them well. But they are the first to be spoiled where a program on the way
//! takes the file for another encoding, and `Level 61 – Manager` is not equal to `Level 61 - Manager`.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Level 61 – Sr. Manager,Level 60- Manager
//! ```
//!
//! Use `Level 61 - Sr. Manager` instead, if the characters of the keyboard will do.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe, because it changes the text: quotes, dashes and the ellipsis become those of the keyboard.

use super::characters;
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "smart-punctuation",
    severity: Severity::Info,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("smart_punctuation.rs"),
    check: Check::Cell { needs: Bytes::STRANGE, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    // All of them begin with the byte E2 in UTF-8.
    cell.text.as_bytes().contains(&0xe2)
        && cell.text.chars().any(|c| plain(c).is_some())
        && super::mojibake::meant(cell.text).is_none()
}

/// The characters of the keyboard that stand for a typographic one.
fn plain(c: char) -> Option<&'static str> {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' => Some("'"),
        '\u{201c}'..='\u{201f}' | '\u{2033}' => Some("\""),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("-"),
        '\u{2026}' => Some("..."),
        _ => None,
    }
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match cell.text.chars().find_map(plain) {
        Some("-") => "the text holds a typographic dash",
        Some("...") => "the text holds an ellipsis as one character",
        _ => "the text holds a typographic quote",
    };
    let clean = characters::cleaned(cell.text);
    let text = clean.chars().fold(String::with_capacity(clean.len()), |mut text, c| {
        match plain(c) {
            Some(plain) => text.push_str(plain),
            None => text.push(c),
        }
        text
    });
    let help = "Nothing has to be done; where such characters have been spoiled before, use those of the keyboard.";
    Explanation::new(message, help).with(Mend::Cell(Safety::Unsafe, text))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn typographic_characters_become_those_of_the_keyboard() {
        let words = ask_kind(&RULE, Text, "Level 61 – “Sr.” Manager… ").expect("there is a dash");
        assert_eq!(words.message, "the text holds a typographic dash");
        assert_eq!(mended(Some(words)), Some((Safety::Unsafe, "Level 61 - \"Sr.\" Manager...".into())));
    }

    #[test]
    fn letters_and_guillemets_are_left_alone() {
        assert!(ask_kind(&RULE, Text, "Größe « bien » O'Neil - 5 € ½").is_none());
    }
}
