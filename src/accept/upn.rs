//! Principal names that are surely good.

use crate::scan::{AddressMasks, Instructions};

/// Whether the bytes `begin..end` are a principal name that is surely good, apart from its domain: the position of its `@`.
///
/// Only allowed bytes, no dot or hyphen where none may be; one `@`; at most 64 bytes before and 48 after it. Names of 64
/// bytes and more, those that begin like a placeholder (`REPLACE...`) or end like a guest's (`#EXT#`), are left to the rules,
/// and so is what the buffer does not hold 64 bytes of.
#[must_use]
#[inline(always)]
pub fn upn(instructions: Instructions, bytes: &[u8], begin: usize, end: usize) -> Option<usize> {
    let length = end - begin;
    if !(3..64).contains(&length) {
        return None;
    }
    let AddressMasks { at, dot, hyphen, not_upn } = instructions.address(bytes.get(begin..begin + 64)?.first_chunk()?);
    let misplaced = not_upn | (dot & (1 | (dot | at | hyphen) << 1)) | (hyphen & (at | dot) << 1) | (at & dot << 1);
    let inside = u64::MAX >> (64 - length);
    let ats = at & inside;
    let local = ats.trailing_zeros() as usize;
    let one = ats != 0 && ats.is_power_of_two();
    let domain = length.wrapping_sub(local + 1);
    let fits = local > 0 && domain.wrapping_sub(1) < 48;
    let placeholder = bytes[begin] | 0x20 == b'r' && begins_with(&bytes[begin..end], b"replace");
    // Evaluated only where there is something before the @.
    let guest = || bytes[begin + local - 1] == b'#';
    let good = misplaced & inside == 0 && one && fits && !matches!(bytes[end - 1], b'.' | b'-') && !placeholder;
    let good = good && !guest();
    good.then_some(begin + local)
}

fn begins_with(text: &[u8], word: &[u8]) -> bool {
    text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

/// Whether the address `begin..end`, which was accepted, has capital letters.
#[must_use]
#[inline(always)]
pub fn capitals(instructions: Instructions, bytes: &[u8], begin: usize, end: usize) -> bool {
    let Some(window) = bytes.get(begin..).and_then(<[u8]>::first_chunk) else {
        return bytes[begin..end].iter().any(u8::is_ascii_uppercase);
    };
    let inside = u64::MAX >> (64 - (end - begin).clamp(1, 64));
    instructions.capitals(window) & inside != 0
}

/// Domains that the rules found nothing wrong with: what is remembered need not be asked again.
pub struct Domains {
    slots: Box<[Slot; 64]>,
}

#[derive(Clone, Copy)]
struct Slot {
    length: u8,
    bytes: [u8; 48],
}

impl Default for Domains {
    fn default() -> Self {
        Self { slots: Box::new([Slot { length: u8::MAX, bytes: [0; 48] }; 64]) }
    }
}

impl Domains {
    /// Whether the domain was remembered.
    #[must_use]
    #[inline(always)]
    pub fn knows(&self, domain: &[u8]) -> bool {
        let slot = &self.slots[place(domain)];
        usize::from(slot.length) == domain.len()
            && slot.bytes.get(..domain.len()).is_some_and(|known| same(known, domain))
    }

    /// Remembers a domain, in place of another if need be. Long ones are not remembered.
    pub fn remember(&mut self, domain: &[u8]) {
        if let (1..=48, Ok(length)) = (domain.len(), u8::try_from(domain.len())) {
            let slot = &mut self.slots[place(domain)];
            slot.length = length;
            slot.bytes[..domain.len()].copy_from_slice(domain);
        }
    }
}

/// Whether two short texts are the same; without the detour of a call.
#[must_use]
#[inline(always)]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let words = a.iter().zip(b).fold(0, |all, (a, b)| all | (u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b)));
    a_rest.iter().zip(b_rest).fold(words, |all, (a, b)| all | u64::from(a ^ b)) == 0
}

#[inline]
fn place(domain: &[u8]) -> usize {
    let first = domain.first().map_or(0, |byte| u64::from(*byte));
    let middle = domain.get(domain.len() / 2).map_or(0, |byte| u64::from(*byte));
    let key = (first << 16 | middle << 8 | domain.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (key >> 58) as usize
}

#[cfg(test)]
mod tests {
    use super::Domains;

    #[test]
    fn only_remembered_domains_are_known() {
        let mut domains = Domains::default();
        assert!(!domains.knows(b"northwind-energy.de"));
        assert!(!domains.knows(b""));
        domains.remember(b"northwind-energy.de");
        assert!(domains.knows(b"northwind-energy.de"));
        assert!(!domains.knows(b"northwind-energx.de"));
        domains.remember(&[b'x'; 60]);
        assert!(!domains.knows(&[b'x'; 60]));
    }
}
