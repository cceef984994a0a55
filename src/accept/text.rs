//! Text that is surely good, letters of many scripts included.

/// Whether text holds nothing but printable ASCII and common letters in valid UTF-8, without a blank at either end.
///
/// Accepted beyond ASCII: Latin letters with diacritics (U+00C0 to U+024F), Greek and Cyrillic (U+0391 to U+03FF, U+0400
/// to U+04FF), kana (U+3040 to U+30FF), CJK ideographs and Hangul (U+4E00 to U+9FFF, U+AC00 to U+D7A3). Everything else
/// (spaces other than U+0020, punctuation, marks that combine or cannot be seen) is left to the rules.
#[must_use]
pub fn is_plain(text: &[u8]) -> bool {
    if text.first() == Some(&b' ') || text.last() == Some(&b' ') {
        return false;
    }
    let mut at = 0;
    while at < text.len() {
        at += match text[at] {
            b' '..=b'~' => 1,
            _ => letter(&text[at..]),
        };
        if at > text.len() {
            return false;
        }
    }
    true
}

/// The length of the letter beyond ASCII that text begins with, if it is one of those that [`is_plain`] accepts; else more
/// than any text is long.
#[must_use]
#[inline]
pub fn letter(text: &[u8]) -> usize {
    const NONE: usize = usize::MAX / 2;
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    let continues = |at: usize| byte(at) & 0xc0 == 0x80;
    let second = |range: std::ops::RangeInclusive<u8>| range.contains(&byte(1)) && continues(2);
    match byte(0) {
        0xc3..=0xc8 | 0xcf..=0xd3 if continues(1) => 2,
        0xce if (0x91..=0xbf).contains(&byte(1)) => 2,
        0xe3 if second(0x81..=0x83) => 3,
        0xe4 if second(0xb8..=0xbf) => 3,
        0xe5..=0xe9 | 0xeb | 0xec if second(0x80..=0xbf) => 3,
        0xea if second(0xb0..=0xbf) => 3,
        0xed if second(0x80..=0x9d) => 3,
        _ => NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;
    use proptest::prelude::*;

    #[test]
    fn letters_of_many_scripts_are_plain() {
        for text in
            ["", "Müller", "Åse Østergård", "Łódź", "Γιώργος", "Дмитрий", "山田太郎", "カタカナ", "김민준", "a, b; c!"]
        {
            assert!(is_plain(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_a_rule_may_speak_of_is_not_plain() {
        for text in
            [" a", "a ", "a\u{a0}b", "a\u{200b}", "“a”", "a–b", "a\tb", "a\u{7f}", "\u{3000}", "e\u{301}", "\u{85}"]
        {
            assert!(!is_plain(text.as_bytes()), "{text:?}");
        }
        assert!(!is_plain(b"M\xfcller"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_text_is_utf8(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            prop_assert!(!is_plain(&bytes) || str::from_utf8(&bytes).is_ok());
        }

        #[test]
        fn no_invisible_character_is_plain(text in "\\PC{0,6}", hidden in prop::sample::select(vec!['\u{a0}', '\u{200d}', '\u{feff}', '\u{2013}', '\u{301}', '\u{ad}'])) {
            let text = format!("{text}{hidden}{text}");
            prop_assert!(!is_plain(text.as_bytes()));
        }
    }
}
