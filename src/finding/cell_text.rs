//! The text of a cell, which says something about a person and is therefore masked unless the user asks for it.

use std::borrow::Cow;

use super::Printable;
use super::printable::is_unprintable;

/// A cell's text, decoded (quotes removed, doubled quotes single). It has neither `Display` nor `Debug`: whoever wants to
/// print it must choose between [`masked`](Self::masked) and [`shown`](Self::shown). Machine formats that escape strings
/// in their own way take [`in_clear`](Self::in_clear), when the user asked for values.
///
/// Of a long text only the first [`KEPT`](Self::KEPT) bytes are kept, and the number of its characters: a thousand
/// findings about cells of a megabyte must not take a gigabyte. What is printed then ends in `…`.
#[derive(Clone, PartialEq, Eq)]
pub struct CellText {
    /// The text, or as much of it as is kept.
    kept: Box<[u8]>,
    /// Characters of the whole text.
    characters: usize,
    /// Whether the text goes on behind what is kept.
    cut: bool,
}

impl CellText {
    /// Bytes of a text that are kept, at most.
    pub const KEPT: usize = 1024;

    /// Takes the decoded bytes of a cell; they need not be UTF-8.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        let kept = beginning(bytes, Self::KEPT);
        let characters = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum();
        Self { kept: kept.into(), characters, cut: kept.len() < bytes.len() }
    }

    /// The text in clear, escaped for printing.
    #[must_use]
    pub fn shown(&self) -> Printable {
        self.marked(Printable::from_bytes(&self.kept))
    }

    /// The text itself, not escaped; bytes that are not UTF-8 become U+FFFD, and a cut text ends in `…`.
    #[must_use]
    pub fn in_clear(&self) -> Cow<'_, str> {
        let kept = String::from_utf8_lossy(&self.kept);
        if self.cut { Cow::Owned(kept.into_owned() + "…") } else { kept }
    }

    /// The text's shape: capital letters become `A`, other letters `a`, digits `9`; blanks, punctuation and (escaped)
    /// invisible characters stay, because they are what a fault is made of. The shape has as many characters as the text,
    /// unless something had to be escaped.
    ///
    /// ```
    /// use hrlint::finding::CellText;
    /// assert_eq!(CellText::new("Øre.Nilsen@contoso.com".as_bytes()).masked().as_str(), "Aaa.Aaaaaa@aaaaaaa.aaa");
    /// assert_eq!(CellText::new(b"31.12.2025").masked().as_str(), "99.99.9999");
    /// ```
    #[must_use]
    pub fn masked(&self) -> Printable {
        let mut shape = String::with_capacity(self.kept.len());
        for chunk in self.kept.utf8_chunks() {
            shape.extend(chunk.valid().chars().map(shape_of));
            shape.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
        }
        self.marked(Printable::new(&shape))
    }

    /// What to print for `value` in reports: the shape and the length, such as `99.99.9999 (10 characters)`, or `empty`.
    #[must_use]
    pub fn described(&self) -> String {
        match self.characters() {
            0 => "empty".to_owned(),
            1 => format!("{} (1 character)", self.masked()),
            n => format!("{} ({n} characters)", self.masked().shortened(64)),
        }
    }

    /// The number of Unicode characters of the whole text (invalid bytes count as one each).
    #[must_use]
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// Whether the cell holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.characters == 0
    }

    /// The same with `…` at its end, if the text goes on.
    fn marked(&self, text: Printable) -> Printable {
        if self.cut { text.going_on() } else { text }
    }
}

/// At most `limit` bytes from the beginning, not ending inside a character.
fn beginning(bytes: &[u8], limit: usize) -> &[u8] {
    if bytes.len() <= limit {
        return bytes;
    }
    let continues = |&end: &usize| bytes[end] & 0b1100_0000 == 0b1000_0000;
    // A character has at most three such bytes; more of them are no UTF-8, and may be cut anywhere.
    let end = (limit - 3..=limit).rev().find(|end| !continues(end)).unwrap_or(limit);
    &bytes[..end]
}

fn shape_of(c: char) -> char {
    if c.is_numeric() {
        '9'
    } else if c.is_uppercase() {
        'A'
    } else if c.is_alphabetic() || (!c.is_ascii() && !c.is_whitespace() && !is_unprintable(c) && !is_punctuation(c)) {
        'a'
    } else {
        c
    }
}

/// Typographic punctuation that a fault may be made of (dashes, curly quotes, the ellipsis).
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{ab}' | '\u{bb}')
}

#[cfg(test)]
mod tests {
    use super::{CellText, is_unprintable};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_mask_has_as_many_characters_as_the_text(text in "\\PC{0,40}") {
            prop_assume!(!text.contains("::") && !text.contains("##") && !text.chars().any(is_unprintable));
            let cell = CellText::new(text.as_bytes());
            prop_assert_eq!(cell.masked().as_str().chars().count(), cell.characters());
        }

        #[test]
        fn a_mask_keeps_no_letter_and_no_digit(text in "\\PC{0,40}") {
            let masked = CellText::new(text.as_bytes()).masked();
            let escape_free = masked.as_str().replace(|c: char| "Aa9\\u{x}".contains(c) || c.is_ascii_hexdigit(), "");
            prop_assert!(!escape_free.chars().any(char::is_alphanumeric), "{}", masked);
        }
    }

    #[test]
    fn a_mask_keeps_what_a_fault_is_made_of() {
        assert_eq!(CellText::new(" Erika\u{a0}Mustermann".as_bytes()).masked().as_str(), " Aaaaa\\u{a0}Aaaaaaaaaa");
        assert_eq!(CellText::new("zero\u{200b}width".as_bytes()).masked().as_str(), "aaaa\\u{200b}aaaaa");
        assert_eq!(CellText::new("Level 61 – Sr".as_bytes()).masked().as_str(), "Aaaaa 99 – Aa");
    }

    #[test]
    fn a_mask_shows_no_letter_digit_or_symbol_of_the_value() {
        assert_eq!(CellText::new("山田 太郎 42 ½".as_bytes()).masked().as_str(), "aa aa 99 9");
        assert_eq!(CellText::new(b"M\xfcller").masked().as_str(), "A\u{fffd}aaaa");
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_length() {
        let long = CellText::new("é".repeat(1 << 20).as_bytes());
        assert_eq!(long.characters(), 1 << 20);
        assert_eq!(long.in_clear(), "é".repeat(512) + "…");
        assert_eq!(long.shown().as_str(), long.in_clear());
        assert_eq!(long.masked().as_str(), "a".repeat(512) + "…");
        assert!(long.described().ends_with("… (1048576 characters)"));
        let odd = CellText::new(("x".to_owned() + &"é".repeat(600)).as_bytes());
        assert_eq!(odd.in_clear().len(), 1023 + "…".len());
        assert_eq!(CellText::new(&[0x80; 2000]).in_clear().chars().count(), 1025);
        assert_eq!(CellText::new(&[b'x'; 1024]).in_clear().len(), 1024);
    }

    #[test]
    fn a_description_counts_characters() {
        assert_eq!(CellText::new("é".as_bytes()).described(), "a (1 character)");
        assert_eq!(CellText::new(b"").described(), "empty");
    }
}
