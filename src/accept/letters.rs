//! Letters beyond ASCII that are surely good, looked at side by side.

use crate::scan::kept;

/// Bytes that are judged at a time, between the two before them and the two behind.
const AT_A_TIME: usize = 64;

/// All of these bytes, and those about them.
type Around = [u8; AT_A_TIME + 4];

/// Of the bytes that [`foreign`] judges, those in which letters that begin among them also end.
pub const WHOLE: usize = AT_A_TIME - 2;

/// How many of the first [`WHOLE`] bytes, of the first `length` where that is less, are not ASCII; `None` if the first `length`, at
/// most 64, are not ASCII and letters that [`letter`](super::letter) knows, a last one perhaps cut off behind the 64th.
/// Two other bytes stand before them, which are no part of them, and two behind.
///
/// Every byte is asked what the two before it ask for, so that there is no branch on how long a letter is.
#[must_use]
#[inline(always)]
pub fn foreign(around: &Around, length: usize) -> Option<u32> {
    let keep = kept(length)?;
    let (mut wrong, mut foreign) = (0u8, 0u8);
    // No closure: it would not be compiled for the instructions that its caller is compiled for.
    for i in 0..AT_A_TIME {
        let (second_last, last, byte, later) = (around[i], around[i + 1], around[i + 2], around[i + 4]);
        let continues = is(byte & 0xc0 == 0x80);
        let begins = is(byte >= 0xc0) & !(two(byte) | three(byte));
        let misplaced = continues ^ (two(last) | three(last) | three(second_last));
        let second = is(last == 0xce) & is(byte < 0x91)
            | is(last == 0xe3) & !within(byte, 0x81, 0x83)
            | is(last == 0xe4) & is(byte < 0xb8)
            | is(last == 0xea) & is(byte < 0xb0)
            | is(last == 0xed) & is(byte > 0x9d);
        // What may be UTF-8 that was converted twice.
        let converted = is(second_last == 0xc3)
            & within(byte, 0xc5, 0xc6)
            & (within(last, 0x82, 0x9f) | within(last, 0xa0, 0xb4) & within(later, 0xc5, 0xc6));
        wrong |= (begins | misplaced | second | converted) & keep[i];
        // Those behind are counted by whoever looks at them next.
        foreign += byte >> 7 & keep[i] & is(i < WHOLE);
    }
    (wrong == 0).then_some(foreign.into())
}

/// All ones, or none.
#[inline(always)]
fn is(good: bool) -> u8 {
    u8::from(good).wrapping_neg()
}

#[inline(always)]
fn within(byte: u8, first: u8, last: u8) -> u8 {
    is(byte.wrapping_sub(first) <= last - first)
}

/// Whether a letter of two bytes begins with the byte.
#[inline(always)]
fn two(byte: u8) -> u8 {
    within(byte, 0xc3, 0xc8) | within(byte, 0xce, 0xd3)
}

/// The same of three bytes.
#[inline(always)]
fn three(byte: u8) -> u8 {
    within(byte, 0xe3, 0xed)
}

#[cfg(test)]
mod tests {
    use super::{AT_A_TIME, WHOLE, foreign};
    use crate::accept::letter;
    use proptest::prelude::*;

    /// Letter by letter: whether all bytes up to `length` are good.
    fn naive(around: &[u8; AT_A_TIME + 4], length: usize) -> bool {
        let (text, mut at) = (&around[2..], 0);
        while at < length {
            let step = if text[at].is_ascii() { 1 } else { letter(&text[at..]) };
            at = at.saturating_add(step);
            if at > length {
                return false;
            }
        }
        true
    }

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let letters = prop_oneof![
            8 => "[a-z,\"\n]{1,4}".prop_map(String::into_bytes),
            4 => "[ÀÿŁſĀɏΑϿЀӿ]{1,3}".prop_map(String::into_bytes),
            4 => "[ぁー一鿿가힣京]{1,3}".prop_map(String::into_bytes),
            2 => "[Ââ€œÃ©ÅžéŸž–]{1,3}".prop_map(String::into_bytes),
            1 => any::<char>().prop_map(|letter| letter.to_string().into_bytes()),
        ];
        prop::collection::vec(letters, 1..60).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn letters_are_the_same_one_by_one_and_side_by_side(
            text in bytes(),
            change in prop::option::weighted(0.5, (0usize..64, prop_oneof![0x80u8.., any::<u8>()])),
            length in 1usize..=64,
        ) {
            let mut around = [b'x'; AT_A_TIME + 4];
            around[2..].iter_mut().zip(&text).for_each(|(place, byte)| *place = *byte);
            if let Some((at, byte)) = change {
                around[2 + at] = byte;
            }
            if length < AT_A_TIME {
                // A row ends in its line feed.
                around[length + 1] = b'\n';
            }
            let judged = foreign(&around, length);
            // What the 64th byte cuts off is left out.
            let cut = around[2..].iter().take(length).rposition(u8::is_ascii).map_or(0, |at| at + 1);
            if length < AT_A_TIME {
                prop_assert_eq!(judged.is_some(), naive(&around, length), "{:x?}", &around[2..]);
            } else if judged.is_some() {
                prop_assert!(naive(&around, cut), "{:x?}", &around[2..]);
            }
            if let Some(foreign) = judged {
                let expected = around[2..].iter().take(length.min(WHOLE)).filter(|byte| !byte.is_ascii()).count();
                prop_assert_eq!(foreign as usize, expected);
            }
        }
    }
}
