//! Text that is surely good, letters of many scripts included.

/// Whether text holds nothing but printable ASCII and common letters in valid UTF-8, without a blank at either end, and reads
/// like neither HTML, nor what spreadsheets make of a value, nor letters that were converted twice.
///
/// Accepted beyond ASCII: Latin letters with diacritics (U+00C0 to U+024F), Greek and Cyrillic (U+0391 to U+03FF, U+0400
/// to U+04FF), kana (U+3040 to U+30FF), CJK ideographs and Hangul (U+4E00 to U+9FFF, U+AC00 to U+D7A3). Everything else
/// (spaces other than U+0020, punctuation, marks that combine or cannot be seen) is left to the rules.
#[must_use]
pub fn is_plain(text: &[u8]) -> bool {
    if text.first() == Some(&b' ') || text.last() == Some(&b' ') || is_remarkable(text) {
        return false;
    }
    // Without an end in the middle, many letters are looked at side by side; most texts need no other look.
    let usual = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'&' && byte != b'<';
    if text.iter().fold(true, |all, byte| all & usual(*byte)) {
        return true;
    }
    let mut at = 0;
    while at < text.len() {
        at += match text[at] {
            b'&' | b'<' if may_be_markup(text[at], &text[at + 1..]) => return false,
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
#[inline(always)]
pub fn letter(text: &[u8]) -> usize {
    const NONE: usize = usize::MAX / 2;
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    let continues = |at: usize| byte(at) & 0xc0 == 0x80;
    let second = |range: std::ops::RangeInclusive<u8>| range.contains(&byte(1)) && continues(2);
    match byte(0) {
        0xc3 if may_be_converted(text.get(1..).unwrap_or_default()) => NONE,
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

/// Whether a text of printable ASCII looks, by its ends alone or by its few letters, like what a spreadsheet shows, guards,
/// calculates or makes a number or a date of, or like what stands for a value: it begins with a mark, or it ends with a brace, or it
/// is a number with an exponent or a fraction of zeros, or a number and a short word, or `Err:`, or a word for nothing. A text
/// that is not remarkable holds no such thing, if no blank stands at its ends.
#[must_use]
#[inline(always)]
pub fn is_remarkable(text: &[u8]) -> bool {
    let [first, ..] = text else { return false };
    let class = FIRST[usize::from(*first)];
    if class == 0 {
        return text[text.len() - 1] == b'}';
    }
    is_odd(text, class)
}

/// The same, for a text that begins with a byte that is not of class 0.
#[inline]
fn is_odd(text: &[u8], class: u8) -> bool {
    let odd = match class {
        NUMBER => has_exponent(text) || has_zeros(text) || has_short_word(text),
        WORD => is_word_for_nothing(text),
        ERROR => text.starts_with(b"Err:"),
        _ => true,
    };
    odd || text.last() == Some(&b'}')
}

/// Whether the text `begin..end` may be remarkable: without a branch, and seldom where it is not.
#[must_use]
#[inline(always)]
#[expect(clippy::needless_bitwise_bool, reason = "a branch would be guessed wrong every few texts")]
pub fn may_be_remarkable(bytes: &[u8], begin: usize, end: usize) -> bool {
    /// What a text may be that begins or ends with a byte.
    #[derive(Clone, Copy)]
    struct Edge {
        /// Texts of fewer bytes than this and one may be, all or none.
        fewer: u32,
        /// Bits that the first and the last byte of a text that may be have both: they are digits; the last one is a brace.
        first: u16,
        last: u16,
    }
    static EDGES: [Edge; 256] = {
        let mut edges = [Edge { fewer: 0, first: 2, last: 0 }; 256];
        let mut byte = 0;
        while byte < 256 {
            let (digit, brace) = ((FIRST[byte] == NUMBER) as u16, (byte == b'}' as usize) as u16);
            let fewer = match FIRST[byte] {
                0 => 0,
                NUMBER | WORD => 9,
                _ => u32::MAX,
            };
            edges[byte] = Edge { fewer, first: 2 | digit, last: digit | brace << 1 };
            byte += 1;
        }
        edges
    };
    let (Some(first), Some(last)) = (bytes.get(begin), bytes.get(end.wrapping_sub(1))) else { return true };
    let (first, last) = (&EDGES[usize::from(*first)], &EDGES[usize::from(*last)]);
    // Of an empty text, the number is too great.
    let short = ((end - begin) as u32).wrapping_sub(1) < first.fewer;
    short | (first.first & last.last != 0)
}

const NUMBER: u8 = 1;
const ERROR: u8 = 2;
const MARK: u8 = 3;
const WORD: u8 = 4;

/// What a text may be that begins with the byte.
const FIRST: [u8; 256] = {
    let mut first = [0; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        first[digit as usize] = NUMBER;
        digit += 1;
    }
    first[b'E' as usize] = ERROR;
    let (marks, words) = (b"=#+-@'?._/*~:{$[(<\\", b"nNuUmMtTxXdD");
    let mut at = 0;
    while at < marks.len() {
        first[marks[at] as usize] = MARK;
        at += 1;
    }
    at = 0;
    while at < words.len() {
        first[words[at] as usize] = WORD;
        at += 1;
    }
    first
};

/// Words that stand for nothing, in small letters, as numbers of eight bytes; the longest without its last letter.
const NOTHING: [u64; 17] = {
    let words: [&[u8]; 17] = [
        b"n/a",
        b"n.a.",
        b"n.a",
        b"none",
        b"nil",
        b"null",
        b"nan",
        b"dbnull",
        b"unknown",
        b"missing",
        b"undefine",
        b"tbd",
        b"tba",
        b"tbc",
        b"x",
        b"xx",
        b"xxx",
    ];
    let mut numbers = [0; 17];
    let mut i = 0;
    while i < words.len() {
        let mut at = words[i].len();
        while at > 0 {
            at -= 1;
            numbers[i] = numbers[i] << 8 | words[i][at] as u64;
        }
        i += 1;
    }
    numbers
};

/// Whether the text is a word that stands for nothing.
fn is_word_for_nothing(text: &[u8]) -> bool {
    if text.len() > 9 {
        return false;
    }
    let small = text.iter().take(8).rev().fold(0, |word, byte| word << 8 | u64::from(byte.to_ascii_lowercase()));
    NOTHING.contains(&small)
}

/// Whether a number ends in a point or a comma and one or two zeros.
fn has_zeros(text: &[u8]) -> bool {
    matches!(text, [.., b'.' | b',', b'0'] | [.., b'.' | b',', b'0', b'0'])
}

/// Whether a text that begins with a digit is as short as a day with a month, and ends with a letter or a full stop.
fn has_short_word(text: &[u8]) -> bool {
    text.len() < 10 && text.last().is_some_and(|last| last.is_ascii_alphabetic() || *last == b'.')
}

/// Whether the text ends like `E+05` or `E+105`.
#[inline(always)]
fn has_exponent(text: &[u8]) -> bool {
    matches!(text, [.., b'E' | b'e', b'+' | b'-', _, _] | [.., b'E' | b'e', b'+' | b'-', _, _, _])
}

/// Whether a character reference of HTML may follow an ampersand, or a tag a `<`.
#[cold]
fn may_be_markup(byte: u8, rest: &[u8]) -> bool {
    let (begins, end) = match byte {
        b'&' => (rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'#'), b';'),
        _ => (rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/'), b'>'),
    };
    begins && rest.contains(&end)
}

/// Whether what follows the byte C3 may be, with it, a character of UTF-8 that was read as Windows-1252: the letters U+00C2 to
/// U+00DF before one, and U+00E0 to U+00F4 before two of the letters that stand between U+0152 and U+0192 there.
fn may_be_converted(rest: &[u8]) -> bool {
    let begins = |byte: Option<&u8>| matches!(byte, Some(0xc5 | 0xc6));
    match rest.first() {
        Some(0x82..=0x9f) => begins(rest.get(1)),
        Some(0xa0..=0xb4) => begins(rest.get(1)) && begins(rest.get(3)),
        _ => false,
    }
}

/// Whether a postal code of digits has surely kept its zeros: it begins with one, or has as many digits as codes of the country.
///
/// Relies on: codes that may begin with 0 have four digits, or six in countries whose names and codes begin with one of R, S, C, K
/// and E or are not ASCII, seven in Japan, eight in Brazil, five elsewhere.
#[must_use]
pub fn postal_code(code: &[u8], country: &[u8]) -> bool {
    if code.first() == Some(&b'0') || code.is_empty() || !code.iter().all(u8::is_ascii_digit) {
        return true;
    }
    let initial = country.first().map_or(b' ', u8::to_ascii_uppercase);
    match code.len() {
        4 => FOUR_DIGITS.contains(&country),
        5 => initial.is_ascii() && (!b"RSCKE".contains(&initial) || FIVE_DIGITS.contains(&country)),
        6 => initial.is_ascii() && initial != b'J',
        7 => initial.is_ascii() && initial != b'B',
        _ => false,
    }
}

/// Frequent countries with codes of four digits.
const FOUR_DIGITS: &[&[u8]] = &[
    b"AT",
    b"Austria",
    b"CH",
    b"Switzerland",
    b"BE",
    b"Belgium",
    b"NL",
    b"Netherlands",
    b"DK",
    b"Denmark",
    b"NO",
    b"Norway",
    b"HU",
    b"Hungary",
    b"LU",
    b"Luxembourg",
    b"AU",
    b"Australia",
    b"NZ",
    b"New Zealand",
    b"ZA",
    b"South Africa",
];

/// Frequent countries with codes of five digits, and the initial of a country with six.
const FIVE_DIGITS: &[&[u8]] =
    &[b"ES", b"Spain", b"SE", b"Sweden", b"KR", b"South Korea", b"CZ", b"Czechia", b"SK", b"Slovakia"];

#[cfg(test)]
mod tests {
    use super::{is_plain, is_remarkable, may_be_remarkable, postal_code};
    use proptest::prelude::*;

    #[test]
    fn letters_of_many_scripts_are_plain() {
        for text in [
            "",
            "Müller",
            "Åse Østergård",
            "Łódź",
            "Γιώργος",
            "Дмитрий",
            "山田太郎",
            "カタカナ",
            "김민준",
            "a, b; c!",
            "R&D",
            "5 < 6",
            "Tomáš",
            "3E-12 room",
            "Xu",
            "3 Meets expectations",
            "28195",
            "Nothing",
        ] {
            assert!(is_plain(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_a_rule_may_speak_of_is_not_plain() {
        for text in [
            " a",
            "a ",
            "a\u{a0}b",
            "a\u{200b}",
            "“a”",
            "a–b",
            "a\tb",
            "a\u{7f}",
            "\u{3000}",
            "e\u{301}",
            "\u{85}",
            "a &amp; b",
            "a<br>",
            "Ãœber",
            "éŸž",
            "=A1",
            "#N/A",
            "- a",
            "'1",
            "1E+05",
            "Err:502",
            "NULL",
            "n/a",
            "undefined",
            "x",
            "-",
            "{{a}}",
            "a ${b}",
            "2-Jan",
            "28195.0",
        ] {
            assert!(!is_plain(text.as_bytes()), "{text:?}");
        }
        assert!(!is_plain(b"M\xfcller"));
    }

    #[test]
    fn a_postal_code_has_kept_its_zeros_where_it_has_enough_digits() {
        for (code, country) in [("20457", "Germany"), ("02134", "US"), ("LS1 4AP", ""), ("5003", "Norway"), ("", "US")]
        {
            assert!(postal_code(code.as_bytes(), country.as_bytes()), "{code} {country}");
        }
        for (code, country) in
            [("2134", "US"), ("501", ""), ("18956", "Singapore"), ("10000", "中国"), ("600000", "Japan")]
        {
            assert!(!postal_code(code.as_bytes(), country.as_bytes()), "{code} {country}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_remarkable_may_be(text in "[0-9nxENtc=a]{0,3}[a-z0-9 ./]{0,8}([eE][+-][0-9]{2,3}|[.,]00?|[}]|)") {
            let bytes = format!(",{text}");
            prop_assert!(!is_remarkable(text.as_bytes()) || may_be_remarkable(bytes.as_bytes(), 1, bytes.len()), "{}", text);
        }

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
