//! Sign-in names that are surely good.

use super::known::{Text, ends, window};
use crate::scan::{AddressMasks, Windows, kept};

/// A sign-in name that is surely good, apart from its domain.
#[derive(Clone, Copy, Debug)]
pub struct Upn {
    /// The position of its `@`.
    pub at: usize,
    /// Whether it has capital letters.
    pub capitals: bool,
}

impl Upn {
    /// That of no name.
    pub const NONE: Self = Self { at: 0, capitals: false };
}

/// The sign-in name `begin..end`, if it is one that is surely good, apart from its domain.
///
/// Only allowed bytes, no dot or hyphen where none may be; one `@`; at most 64 bytes before and 48 after it. Names of 64
/// bytes and more, those that begin like a placeholder (`repl`, `unde`, `null`) or end like a guest's (`#EXT#`), are left to the rules,
/// and so is what the buffer does not hold 64 bytes of.
#[must_use]
#[inline(always)]
pub fn upn(set: impl Windows, bytes: &[u8], begin: usize, end: usize) -> Option<Upn> {
    let length = end - begin;
    if !(3..64).contains(&length) {
        return None;
    }
    let window = window(bytes, begin)?;
    let (local, capitals) = if set.is_plain() && length <= SHORT {
        by_bytes(bytes.get(begin.checked_sub(1)?..)?.first_chunk()?, length)?
    } else {
        by_masks(set.address(window, length), length)?
    };
    let too_long = length.wrapping_sub(local + 1) > 48;
    let [first, ..] = window.as_chunks::<4>().0 else { return None };
    let small = u32::from_le_bytes(*first) | 0x2020_2020;
    let placeholder = (small == u32::from_le_bytes(*b"repl"))
        | (small == u32::from_le_bytes(*b"unde"))
        | (small == u32::from_le_bytes(*b"null"));
    let guest = window[local.wrapping_sub(1) % 64] == b'#';
    let good = !too_long && !placeholder && !guest;
    good.then_some(Upn { at: begin + local, capitals })
}

/// Where the one `@` of a name is that has only allowed bytes, no dot or hyphen behind a dot or an at sign, no dot behind a
/// hyphen, and none of the three at either end; and whether there are capital letters.
#[inline(always)]
fn by_masks(masks: AddressMasks, length: usize) -> Option<(usize, bool)> {
    let AddressMasks { at, dot, hyphen, capital, not_upn } = masks;
    let (edges, last) = (dot | hyphen | at, 1 << (length - 1));
    let misplaced = not_upn
        | (edges & ((dot | at) << 1 | 1 | last))
        | (dot & hyphen << 1)
        // More than one, or none.
        | u64::from(at.count_ones() ^ 1);
    (misplaced == 0).then_some((at.trailing_zeros() as usize, capital != 0))
}

/// Names that [`by_bytes`] takes.
const SHORT: usize = 48;

/// The same for a short name behind any one byte: where there are no masks, looking at bytes side by side is faster than making
/// them, and compilers know how.
#[inline(always)]
fn by_bytes(window: &[u8; 64], length: usize) -> Option<(usize, bool)> {
    let (before, name, keep) = (window, window.get(1..)?, kept(length)?);
    let is = |good: bool| u8::from(good).wrapping_neg();
    let (mut wrong, mut capital, mut ats, mut place) = (0u8, 0u8, 0u8, 0u8);
    for i in 0..SHORT {
        let (before, byte, keep) = (before[i], name[i], keep[i]);
        let (at, dot, hyphen) = (is(byte == b'@'), is(byte == b'.'), is(byte == b'-'));
        let letter = is((byte | 0x20).wrapping_sub(b'a') < 26) | is(byte.wrapping_sub(b'0') < 10);
        let other = is(byte == b'\'') | is(byte == b'_') | is(byte == b'!') | is(byte == b'#') | is(byte == b'^');
        let edge = is(before == b'.') | is(before == b'@');
        let misplaced = ((dot | hyphen | at) & edge) | (dot & is(before == b'-'));
        wrong |= (!(at | dot | hyphen | letter | other | is(byte == b'~')) | misplaced) & keep;
        capital |= is(byte.wrapping_sub(b'A') < 26) & keep;
        // Of one at sign, the sum of all is one, and the place of any is its own.
        ats = ats.wrapping_add(at & keep & 1);
        place |= at & keep & i as u8;
    }
    let is_mark = |byte: u8| matches!(byte, b'.' | b'-' | b'@');
    let good = wrong == 0 && ats == 1 && !is_mark(name[0]) && !is_mark(name[length - 1]);
    good.then_some((usize::from(place), capital != 0))
}

/// Domains that the rules found nothing wrong with: what is remembered need not be asked again.
pub struct Domains {
    slots: Box<[Text; Domains::PLACES]>,
}

impl Default for Domains {
    fn default() -> Self {
        let slots = vec![Text::NONE; Self::PLACES].into_boxed_slice();
        Self { slots: slots.try_into().expect("there are as many slots as places") }
    }
}

impl Domains {
    /// Places at which domains are remembered; a power of two.
    pub const PLACES: usize = 256;

    /// The longest domain that is remembered.
    pub const LONGEST: usize = 48;

    /// The place of the domain `begin..end`, if it was remembered. What the buffer does not hold 64 bytes of was not.
    #[must_use]
    #[inline(always)]
    pub fn find(&self, set: impl Windows, bytes: &[u8], begin: usize, end: usize) -> Option<usize> {
        let (window, length) = (window(bytes, begin)?, end - begin);
        let place = place(window, length);
        self.slots[place].is(set, window, length).then_some(place)
    }

    /// Whether the domain `begin..end` was remembered, given the place that others found it at.
    #[must_use]
    #[inline(always)]
    pub fn is_at(&self, set: impl Windows, place: usize, bytes: &[u8], (begin, end): (usize, usize)) -> bool {
        window(bytes, begin).is_some_and(|window| self.slots[place % Self::PLACES].is(set, window, end - begin))
    }

    /// The place where a domain is or would be remembered; `None` for long ones, which are not.
    #[must_use]
    pub fn place_of(domain: &[u8]) -> Option<usize> {
        (1..=Self::LONGEST).contains(&domain.len()).then(|| place(&Text::new(domain).bytes, domain.len()))
    }

    /// What is remembered at a place; empty: nothing.
    #[must_use]
    pub fn at(&self, place: usize) -> &[u8] {
        self.slots[place].text()
    }

    /// Whether the domain was remembered.
    #[must_use]
    pub fn holds(&self, domain: &[u8]) -> bool {
        Self::place_of(domain).is_some_and(|place| self.at(place) == domain)
    }

    /// Remembers a domain, in place of another if need be. Long ones are not remembered.
    pub fn remember(&mut self, domain: &[u8]) {
        if let Some(place) = Self::place_of(domain) {
            self.slots[place] = Text::new(domain);
        }
    }
}

#[inline(always)]
fn place(window: &[u8; 64], length: usize) -> usize {
    (ends(window, length).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % Domains::PLACES
}

#[cfg(test)]
mod tests {
    use super::{Domains, SHORT, by_bytes, by_masks};
    use crate::scan::{Instructions, Windows};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_name_is_the_same_byte_by_byte_and_by_masks(
            name in "([a-zA-Z09'_!#^~]{1,8}|[ab@.-]){1,4}@?[a-z0-9.-]{0,12}[^\\PC]?",
            before in any::<u8>(),
            behind in "\\PC{1,9}",
        ) {
            let length = name.len().min(SHORT);
            prop_assume!(length > 0 && !b".-@".contains(&before));
            let mut text = vec![before];
            text.extend_from_slice(&name.as_bytes()[..length]);
            text.extend(behind.bytes().cycle().take(128));
            let window = text.first_chunk().expect("it is longer");
            let masks = Instructions::SCALAR.address(text[1..].first_chunk().expect("it is longer"), length);
            prop_assert_eq!(by_bytes(window, length), by_masks(masks, length));
        }
    }

    #[test]
    fn only_remembered_domains_are_known() {
        let mut domains = Domains::default();
        let knows = |domains: &Domains, text: &str| {
            let bytes = format!("{text:.<80}");
            domains.find(Instructions::SCALAR, bytes.as_bytes(), 0, text.len()).is_some()
        };
        let (domain, long) = ("northwind-energy.de", "x".repeat(60));
        assert!(!knows(&domains, domain) && !knows(&domains, ""));
        domains.remember(domain.as_bytes());
        assert!(knows(&domains, domain) && !knows(&domains, ""));
        assert!(!knows(&domains, "northwind-energx.de") && !knows(&domains, "northwind-energy.d"));
        domains.remember(long.as_bytes());
        assert!(!knows(&domains, &long));
        let sisters = (10..20).map(|number| Domains::place_of(format!("northwind-{number}.de").as_bytes()));
        assert!(sisters.collect::<std::collections::HashSet<_>>().len() > 5);
        let place = Domains::place_of(domain.as_bytes()).expect("it is short");
        assert_eq!((domains.at(place), Domains::place_of(long.as_bytes())), (domain.as_bytes(), None));
    }
}
