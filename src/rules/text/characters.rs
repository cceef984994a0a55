//! Which characters a cell is better without, and the text without them.
//!
//! Shared by the text rules, which each speak of one class, and by the reading of dates, which looks through them all.

/// What a character is to the text rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Class {
    /// Text.
    Plain,
    /// A blank that shows as one: space, tab, line break, the typographic spaces.
    Blank,
    /// Looks like a blank and is not one: it does not break a line, or it breaks one unseen.
    NoBreak,
    /// Shows nothing at all: zero-width characters, soft hyphen, direction marks, fillers.
    ZeroWidth,
    /// A control character other than tab, carriage return, line feed and NUL.
    Control,
    /// NUL.
    Nul,
}

/// The class of a character, seen alone. In some scripts and in emoji a character of class `ZeroWidth` has its right
/// place: see [`invisible`].
#[inline]
pub(in crate::rules) fn class(c: char) -> Class {
    match c {
        '\t' | '\n' | '\r' | ' ' => Class::Blank,
        '!'..='~' => Class::Plain,
        '\0' => Class::Nul,
        _ if c.is_control() => Class::Control,
        '\u{a0}' | '\u{2007}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => {
            Class::NoBreak
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffc}'
        | '\u{e0000}'..='\u{e0fff}' => Class::ZeroWidth,
        _ if c.is_whitespace() => Class::Blank,
        _ => Class::Plain,
    }
}

/// The characters that show nothing or pretend to be a blank, and have no right place where they stand.
pub(in crate::rules) fn invisible(text: &str) -> impl Iterator<Item = char> {
    neighbours(text).filter(|&(before, c, after)| is_invisible(before, c, after)).map(|(_, c, _)| c)
}

/// The text with every safe repair of the text rules: invisible characters taken away (or, where they pretend to be one,
/// turned into a blank), and no blanks around it.
pub(in crate::rules) fn cleaned(text: &str) -> String {
    if text.is_ascii() {
        return text.trim_matches(is_blank).into();
    }
    let mut clean = String::with_capacity(text.len());
    for (before, c, after) in neighbours(text) {
        match class(c) {
            Class::NoBreak => clean.push(' '),
            Class::ZeroWidth if is_invisible(before, c, after) => {}
            _ => clean.push(c),
        }
    }
    // Once more: what is taken away can leave a joiner without the neighbour that it needs.
    if invisible(&clean).next().is_some() {
        return cleaned(&clean);
    }
    clean.trim_matches(is_blank).into()
}

/// Whether the character is a blank that shows as one.
pub(in crate::rules) fn is_blank(c: char) -> bool {
    class(c) == Class::Blank
}

/// Every character with the one before and the one after it.
fn neighbours(text: &str) -> impl Iterator<Item = (Option<char>, char, Option<char>)> {
    let mut before = None;
    let mut after = text.chars().skip(1);
    text.chars().map(move |c| (before.replace(c), c, after.next()))
}

fn is_invisible(before: Option<char>, c: char, after: Option<char>) -> bool {
    match class(c) {
        Class::NoBreak => true,
        Class::ZeroWidth => !is_in_place(before, c, after),
        _ => false,
    }
}

/// Whether a character that shows nothing is part of what its neighbours show.
fn is_in_place(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        // Zero-width joiner: between emoji, and after letters of scripts that join or build conjuncts.
        '\u{200d}' => (is_pictorial(before) && after.is_some_and(is_pictorial)) || is_joining_script(before),
        // Zero-width non-joiner: between letters of such scripts.
        '\u{200c}' => is_joining_script(before) && after.is_some_and(is_joining_script),
        // Variation selectors choose the shape of a symbol, an ideograph or a Mongolian letter.
        '\u{fe00}'..='\u{fe0f}' => after == Some('\u{20e3}') || (!before.is_ascii() && class(before) == Class::Plain),
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(before, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1800}'..='\u{18af}'),
        // Tags spell a region after a black flag.
        '\u{e0020}'..='\u{e007f}' => matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
        _ => false,
    }
}

/// Emoji, symbols and what may close one: a variation selector, a skin tone, a tag.
fn is_pictorial(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{2bff}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f000}'..='\u{1faff}' | '\u{e007f}')
}

/// Arabic and its relatives, the scripts of India and South-East Asia, Mongolian.
fn is_joining_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{61b}' | '\u{61d}'..='\u{109f}' | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{180a}'
        | '\u{1810}'..='\u{18af}' | '\u{1900}'..='\u{1cff}' | '\u{a840}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}')
}

#[cfg(test)]
mod tests {
    use super::{cleaned, invisible};
    use proptest::prelude::*;

    #[test]
    fn a_joiner_is_in_place_where_its_script_needs_it() {
        for text in ["می‌خواهم", "ക്‍", "👩‍💻", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "1️⃣", "👩🏽‍⚕️"]
        {
            assert_eq!(invisible(text).count(), 0, "{}", text.escape_unicode());
            assert_eq!(cleaned(text), text);
        }
        for text in ["Auf\u{200c}lage", "a\u{200d}b", "\u{200d}", "a\u{fe0f}", "x\u{e0041}", "مي\u{200c}"] {
            assert_eq!(invisible(text).count(), 1, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn what_pretends_to_be_a_blank_becomes_one() {
        assert_eq!(cleaned("\u{a0}Level\u{202f}61\u{ad}\u{feff} "), "Level 61");
        assert_eq!(cleaned("\u{2007}\u{200b}"), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_clean_text_stays_clean(text in "[a \u{a0}\u{200b}-\u{200f}\u{fe0f}\u{e0041}م👩\u{1f3f4}]{0,12}") {
            let clean = cleaned(&text);
            prop_assert_eq!(invisible(&clean).count(), 0);
            prop_assert_eq!(cleaned(&clean), clean);
        }
    }
}
