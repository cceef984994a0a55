//! A text was converted to UTF-8 twice: `MÃ¼ller` instead of `Müller`.
//!
//! # What it checks
//!
//! Filled cells of text columns that are, as a whole, what UTF-8 looks like when it is read as Windows-1252. Every character of the cell
//! must fit: a text with one right letter beyond ASCII beside the wrong ones is left alone, because its repair would be a guess. So is a
//! text such as `AMANHÃ…`, where capital letter and punctuation may well be meant. In an address the letters are `upn-non-ascii`.
//!
//! # Why it matters to the receiving service
//!
//! The service keeps and shows what it is sent. Names and levels in this shape match nothing, and remarks cannot be read. All cells with
//! letters beyond ASCII are spoiled alike, so one such finding means that the export goes through a wrong conversion.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Conflict with MÃ¼ller â€“ again,2-Below expectation
//! ```
//!
//! The remark was `Conflict with Müller – again`. Have the program that reads the export told that it is UTF-8.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: the text is converted back, as often as it was converted.

use super::{characters, replacement_character};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "mojibake",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("mojibake.rs"),
    check: Check::Cell { needs: Bytes::BEYOND_ASCII, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    meant(cell.text).is_some() && !replacement_character::is_damaged(cell.text)
}

/// The text that was converted once too often. Rules that would speak of the characters that came of it are then silent.
pub(super) fn meant(text: &str) -> Option<String> {
    if !may_be_converted(text.as_bytes()) {
        return None;
    }
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    let meant = String::from_utf8(bytes.into_owned()).ok().filter(|_| !unmappable)?;
    is_convincing(&meant).then_some(meant)
}

/// Whether a letter that a converted character begins with is followed, in UTF-8, by one that it may go on with.
fn may_be_converted(text: &[u8]) -> bool {
    text.windows(3).any(|window| matches!(window, [0xc3, 0x82..=0xb4, 0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2]))
}

/// Whether the characters that come of converting back can hardly have been pairs of characters that somebody typed.
fn is_convincing(meant: &str) -> bool {
    let (mut before, mut doubtful) = (None, 0);
    let mut characters = meant.chars().peekable();
    while let Some(c) = characters.next() {
        let previous = before.replace(c);
        if c.is_ascii() || !is_evidence(previous, c, characters.peek().copied()) {
            continue;
        }
        if is_usual(c) {
            return true;
        }
        doubtful += 1;
    }
    doubtful > 1
}

/// Letters of western and central Europe, punctuation, the euro, emoji: what a text of otherwise ASCII letters holds one of.
fn is_usual(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{17f}' | '\u{2000}'..='\u{2fff}' | '\u{f000}'..='\u{ffff}' | '\u{10000}'..)
}

/// A capital letter before punctuation, as in `AMANHÃ…` or `CAFÉ”`, proves nothing unless a word goes on behind it.
fn is_evidence(before: Option<char>, c: char, after: Option<char>) -> bool {
    let mut bytes = [0; 4];
    let last = c.encode_utf8(&mut bytes).as_bytes()[c.len_utf8() - 1];
    let punctuation = matches!(last, 0x80 | 0x82 | 0x84..=0x89 | 0x8b | 0x91..=0x99 | 0x9b);
    if c.len_utf8() > 2 || !punctuation {
        return true;
    }
    let goes_on = after.is_some_and(char::is_alphabetic);
    let capitals = before.is_some_and(char::is_uppercase);
    goes_on && last != 0x92 && !(capitals && matches!(last, 0x96 | 0x97))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let mut text = cell.text.to_owned();
    while let Some(meant) = meant(&text) {
        text = meant;
    }
    let help = "Have the program that reads the export told that it is UTF-8; the repair converts this cell back.";
    Explanation::new("the text was converted to UTF-8 twice: each special letter became two or three others", help)
        .with(Mend::Cell(Safety::Unsafe, characters::cleaned(&text)))
}

#[cfg(test)]
mod tests {
    use super::{RULE, meant};
    use crate::finding::Safety;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{ask_kind, mended};
    use proptest::prelude::*;

    fn converted(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn a_text_is_converted_back_as_often_as_it_was_converted() {
        for text in [
            "Müller",
            "Größe",
            "Åse",
            "ÅRHUS",
            "Grüße an José",
            "Łódź",
            "wasn’t",
            "„so“ – sagt er",
            "50 €",
            "Дмитрий",
            "山田太郎",
            "Ünal",
            "ÀÉÎ",
            "ok 👍",
            "à la carte",
            "ÖL",
            "يوسف",
        ] {
            assert_eq!(mended(ask_kind(&RULE, Text, &converted(text))), Some((Safety::Unsafe, text.into())), "{text}");
            let twice = converted(&converted(text));
            assert_eq!(mended(ask_kind(&RULE, Text, &twice)), Some((Safety::Unsafe, text.into())), "{text} twice");
        }
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in [
            "Müller",
            "AMANHÃ…",
            "CAFÉ…",
            "“OLÉ”",
            "IRMÃ’S",
            "Ã",
            "São Paulo – Brasil",
            "AÇÃO…",
            "Tomáš Šťastný",
            "ESPAÑA—",
            "Â“",
            "È’",
            "ÉTÉ—HIVER",
            "5 Ã 6",
            "ÎLE…",
            "Müller MÃ¼ller",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_right_text_of_letters_is_never_taken_for_a_wrong_one(text in "[A-Za-zÀ-ÖØ-öø-ő ,.'-]{0,20}") {
            prop_assert_eq!(meant(&text), None);
        }
    }
}
