//! A value holds a character that cannot be seen.
//!
//! # What it checks
//!
//! Filled cells of text and date columns with a no-break space, a zero-width space, a soft hyphen, a direction mark, a byte order mark, a
//! filler or the like, anywhere in them. A no-break space, a soft hyphen or a mark of direction in a text is worth a note only: word
//! processors write them on purpose, and readers take them for what they are. Joiners and variation selectors are left alone where a script or an emoji needs them.
//!
//! # Why it matters to the receiving service
//!
//! Two values that look alike are not: the service cannot match them, and a date with such a character is refused. They come from web
//! pages and word processors, and nobody finds them by looking.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Multiple\u{a0}conflicts,2-Below expectation
//! ```
//!
//! The character after `Multiple` (here written as `\u{a0}`) is a no-break space. Use an ordinary blank.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: what looks like a blank becomes one, the rest is taken away.

use super::characters::{self, Class};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "invisible-character",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: Some(Severity::Info),
    options: &[],
    source: include_str!("invisible_character.rs"),
    check: Check::Cell {
        needs: Bytes::STRANGE,
        place: CellPlace::Filled(&[FieldKind::Text, FieldKind::DateTime]),
        fires,
        explain,
    },
};

fn fires(cell: &Cell<'_>) -> bool {
    may_hide(cell.text.as_bytes())
        && characters::invisible(cell.text).next().is_some()
        && super::mojibake::meant(cell.text).is_none()
}

/// Whether the bytes hold what may begin, in UTF-8, a character that shows nothing.
fn may_hide(text: &[u8]) -> bool {
    text.windows(3).any(|window| match window {
        [0xe2, 0x80, third] => !(0x90..=0xa7).contains(third),
        [0xe2, second, _] => matches!(second, 0x81 | 0xa0),
        [0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe3 | 0xef | 0xf3, ..] => true,
        _ => false,
    }) || text.last_chunk().is_some_and(|[first, _]: &[u8; 2]| matches!(first, 0xc2 | 0xcd | 0xd8))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match characters::invisible(cell.text).next() {
        Some('\u{a0}' | '\u{202f}' | '\u{2007}') => "the value holds a no-break space",
        Some('\u{ad}') => "the value holds a soft hyphen",
        Some('\u{feff}') => "the value holds a byte order mark",
        Some('\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
            "the value holds an invisible mark of writing direction"
        }
        Some(c) if characters::class(c) == Class::NoBreak => "the value holds a character that only looks like a blank",
        _ => "the value holds a character without width",
    };
    let help = "Type the value anew, or let the repair take such characters away.";
    let usual = |c| matches!(c, '\u{a0}' | '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{202f}');
    let is_text = cell.field.is_some_and(|field| field.kind == FieldKind::Text);
    let milder = is_text && characters::invisible(cell.text).all(usual);
    Explanation { milder, ..Explanation::new(message, help).with(Mend::Cell(Safety::Safe, super::mended(cell))) }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::{DateTime, Text};
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn what_looks_like_a_blank_becomes_one_and_the_rest_goes() {
        let mended = |text| mended(ask_kind(&RULE, Text, text));
        assert_eq!(mended("Multiple\u{a0}con\u{ad}flicts\u{200b}"), Some((Safety::Safe, "Multiple conflicts".into())));
        assert_eq!(mended("Müller – “ok” 👩‍💻"), None);
    }

    #[test]
    fn what_word_processors_write_in_texts_is_milder() {
        let milder = |kind, text| ask_kind(&RULE, kind, text).map(|words| words.milder);
        assert_eq!(milder(Text, "5\u{a0}% of\u{202f}it, con\u{ad}flicts\u{200f}"), Some(true));
        assert_eq!(milder(Text, "5\u{a0}%\u{200b}"), Some(false));
        assert_eq!(milder(DateTime, "2026-05-18\u{a0}09:00:00Z"), Some(false));
    }

    #[test]
    fn a_date_is_mended_in_full() {
        let mended = |text| mended(ask_kind(&RULE, DateTime, text));
        assert_eq!(mended("2026-5-18\u{a0}9:00:00Z"), Some((Safety::Safe, "2026-05-18T09:00:00Z".into())));
        assert_eq!(mended("\u{feff}18.05.2026"), Some((Safety::Safe, "18.05.2026".into())));
    }
}
