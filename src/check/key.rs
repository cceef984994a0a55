//! The key by which records are recognised as repeating others: a 64-bit hash of person, scenario and event date.
//!
//! Two records that are equal, or speak of the same event, have the same key; that the reverse holds is found out byte by
//! byte. The person's address is hashed without regard to case.

use std::hash::{BuildHasher, RandomState};

/// Hashes with a seed of its own, so that nobody can prepare a file of colliding rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hasher {
    seed: u64,
}

impl Hasher {
    pub(super) fn new() -> Self {
        Self { seed: RandomState::new().hash_one("hrlint") | 1 }
    }

    /// The key of an event.
    #[inline]
    pub(super) fn event(self, scenario: u8, address: &[u8], date: &[u8]) -> u64 {
        // Bit 5 tells the cases of a letter apart; setting it in every byte costs a few candidates more, no case analysis.
        let state = absorb(self.seed, address, 0x2020_2020_2020_2020);
        let state = absorb(state ^ u64::from(scenario) << 56, date, 0);
        mix(state, 0x9e37_79b9_7f4a_7c15)
    }

    /// The key of a record that belongs to no scenario: all its cells.
    pub(super) fn record<'a>(self, cells: impl Iterator<Item = &'a [u8]>) -> u64 {
        mix(cells.fold(self.seed, |state, cell| absorb(state, cell, 0)), 0x9e37_79b9_7f4a_7c15)
    }
}

#[inline]
fn absorb(mut state: u64, bytes: &[u8], set: u64) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = mix(state ^ (u64::from_le_bytes(*word) | set), 0xa076_1d64_78bd_642f);
    }
    let last = match (words, rest) {
        // The last eight bytes overlap the word before: cheaper than going byte by byte.
        ([_, ..], [_, ..]) => u64::from_le_bytes(bytes[bytes.len() - 8..].try_into().expect("eight bytes")),
        _ => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    mix(state ^ (last | set), 0xe703_7ed1_a0b4_28db ^ bytes.len() as u64)
}

/// The two halves of the product, one over the other.
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::Hasher;

    #[test]
    fn the_case_of_an_address_does_not_change_the_key_and_all_else_does() {
        let hasher = Hasher::new();
        let key = hasher.event(1, b"Sara.Davis@northwind-energy.de", b"2026-06-01T09:00:00Z");
        assert_eq!(key, hasher.event(1, b"sara.davis@NORTHWIND-energy.de", b"2026-06-01T09:00:00Z"));
        assert_ne!(key, hasher.event(2, b"Sara.Davis@northwind-energy.de", b"2026-06-01T09:00:00Z"));
        assert_ne!(key, hasher.event(1, b"Sara.Davis@northwind-energy.de", b"2026-06-01T09:00:01Z"));
        assert_ne!(key, hasher.event(1, b"Sara.Davi@northwind-energy.de", b"2026-06-01T09:00:00Z"));
    }
}
