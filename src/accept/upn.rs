//! Sign-in names that are surely good.

use crate::scan::{AddressMasks, Instructions};

/// A sign-in name that is surely good, apart from its domain.
#[derive(Clone, Copy, Debug)]
pub struct Upn {
    /// The position of its `@`.
    pub at: usize,
    /// Whether it has capital letters.
    pub capitals: bool,
}

/// The sign-in name `begin..end`, if it is one that is surely good, apart from its domain.
///
/// Only allowed bytes, no dot or hyphen where none may be; one `@`; at most 64 bytes before and 48 after it. Names of 64
/// bytes and more, those that begin like a placeholder (`REPLACE...`, `undefined`, `null@`) or end like a guest's (`#EXT#`), are left to the rules,
/// and so is what the buffer does not hold 64 bytes of.
#[must_use]
#[inline(always)]
pub fn upn(instructions: Instructions, bytes: &[u8], begin: usize, end: usize) -> Option<Upn> {
    let length = end - begin;
    if !(3..64).contains(&length) {
        return None;
    }
    let window: &[u8; 64] = bytes.get(begin..)?.first_chunk()?;
    let AddressMasks { at, dot, hyphen, capital, not_upn } = instructions.address(window);
    let inside = u64::MAX >> (64 - length);
    let (at, dot, hyphen) = (at & inside, dot & inside, hyphen & inside);
    let last = 1 << (length - 1);
    let misplaced = (not_upn & inside)
        | (dot & (1 | (dot | at | hyphen) << 1))
        | (hyphen & (at | dot) << 1)
        | (at & (1 | dot << 1))
        | ((dot | hyphen | at) & last)
        // More than one, or none.
        | (at & at.wrapping_sub(1))
        | u64::from(at == 0);
    let local = at.trailing_zeros() as usize;
    let too_long = length.wrapping_sub(local + 1) > 48;
    let [first, ..] = window.as_chunks::<8>().0 else { return None };
    let small = u64::from_le_bytes(*first) | 0x2020_2020_2020_2020;
    // The bit that makes letters small makes a grave accent of the at sign.
    let placeholder = (small << 8 == u64::from_le_bytes(*b"\0replace"))
        | (small == u64::from_le_bytes(*b"undefine"))
        | (small << 24 == u64::from_le_bytes(*b"\0\0\0null`"));
    let guest = window[local.wrapping_sub(1) % 64] == b'#';
    let good = misplaced == 0 && !too_long && !placeholder && !guest;
    good.then_some(Upn { at: begin + local, capitals: capital & inside != 0 })
}

/// Domains that the rules found nothing wrong with: what is remembered need not be asked again.
pub struct Domains {
    slots: Box<[Slot; Domains::PLACES]>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    bytes: [u8; 64],
    length: usize,
}

impl Default for Domains {
    fn default() -> Self {
        let slots = vec![Slot { length: 0, bytes: [0; 64] }; Self::PLACES].into_boxed_slice();
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
    pub fn find(&self, bytes: &[u8], begin: usize, end: usize) -> Option<usize> {
        let (window, length) = (bytes.get(begin..)?.first_chunk()?, end - begin);
        let place = place(window, length);
        let slot = &self.slots[place];
        (slot.length == length && length > 0 && same(&slot.bytes, window, length)).then_some(place)
    }

    /// The place where a domain is or would be remembered; `None` for long ones, which are not.
    #[must_use]
    pub fn place_of(domain: &[u8]) -> Option<usize> {
        let mut bytes = [0; 64];
        bytes.get_mut(..domain.len()).filter(|_| (1..=Self::LONGEST).contains(&domain.len()))?.copy_from_slice(domain);
        Some(place(&bytes, domain.len()))
    }

    /// What is remembered at a place; empty: nothing.
    #[must_use]
    pub fn at(&self, place: usize) -> &[u8] {
        let Slot { bytes, length } = &self.slots[place];
        &bytes[..*length]
    }

    /// Whether the domain was remembered.
    #[must_use]
    pub fn holds(&self, domain: &[u8]) -> bool {
        Self::place_of(domain).is_some_and(|place| self.at(place) == domain)
    }

    /// Remembers a domain, in place of another if need be. Long ones are not remembered.
    pub fn remember(&mut self, domain: &[u8]) {
        if let Some(place) = Self::place_of(domain) {
            let mut bytes = [0; 64];
            bytes[..domain.len()].copy_from_slice(domain);
            self.slots[place] = Slot { bytes, length: domain.len() };
        }
    }
}

/// Ones for the first `length` bytes, at most 64, and zeros for the others; `None` for more.
#[must_use]
#[inline(always)]
pub fn kept(length: usize) -> Option<&'static [u8; 64]> {
    /// Ones and then zeros: 64 bytes from any place keep as many as there are ones left.
    static KEEP: [u8; 128] = {
        let mut keep = [0; 128];
        let mut i = 0;
        while i < 64 {
            keep[i] = u8::MAX;
            i += 1;
        }
        keep
    };
    KEEP.get(64usize.wrapping_sub(length)..)?.first_chunk()
}

/// A number that is the same for texts that differ in blanks and in the case of letters only; `None` for long ones.
#[must_use]
#[inline(always)]
pub fn letters(window: &[u8; 64], length: usize) -> Option<u32> {
    let keep = kept(length)?;
    // Without the bit that tells the cases of a letter apart, a blank is nothing.
    Some((0..64).fold(0, |sum, i| sum + u32::from(window[i] & keep[i] & !0x20)))
}

/// Whether the first `length` bytes, at most 64, are the same; without a branch.
#[must_use]
#[inline(always)]
pub fn same(a: &[u8; 64], b: &[u8; 64], length: usize) -> bool {
    let Some(keep) = kept(length) else { return false };
    let words = |bytes: &[u8; 64], i: usize| {
        let (words, _) = bytes.as_chunks::<8>();
        u64::from_le_bytes(words[i])
    };
    (0..8).fold(0, |all, i| all | ((words(a, i) ^ words(b, i)) & words(keep, i))) == 0
}

/// The first bytes of a text that has 64 bytes of whatever behind its beginning, at most eight, as a number.
#[must_use]
#[inline(always)]
pub fn head(window: &[u8; 64], length: usize) -> u64 {
    let word = window.first_chunk().map_or(0, |first| u64::from_le_bytes(*first));
    word & u64::MAX.checked_shr(64 - 8 * length.min(8) as u32).unwrap_or(0)
}

/// By the first and the last bytes: domains of one group of companies begin alike, those of one country end alike.
#[inline(always)]
fn place(window: &[u8; 64], length: usize) -> usize {
    let tail = window[length.saturating_sub(8).min(56)..].first_chunk().map_or(0, |last| u64::from_le_bytes(*last));
    let tail = if length < 8 { 0 } else { tail };
    let both = head(window, length) ^ tail.rotate_left(31) ^ length as u64;
    (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % Domains::PLACES
}

#[cfg(test)]
mod tests {
    use super::Domains;

    #[test]
    fn only_remembered_domains_are_known() {
        let mut domains = Domains::default();
        let knows = |domains: &Domains, text: &str| {
            let bytes = format!("{text:.<80}");
            domains.find(bytes.as_bytes(), 0, text.len()).is_some()
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
