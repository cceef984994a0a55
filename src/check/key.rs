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
    #[inline(always)]
    pub(super) fn event(self, scenario: u8, address: &[u8], date: &[u8]) -> u64 {
        // Bit 5 tells the cases of a letter apart; setting it in every byte costs a few candidates more, no case analysis.
        let address = absorb(self.seed, address, 0x2020_2020_2020_2020);
        let date = absorb(u64::from(scenario) << 56, date, 0);
        mix(address ^ date.rotate_left(32), 0x9e37_79b9_7f4a_7c15)
    }

    /// The key of a record that belongs to no scenario: all its cells.
    pub(super) fn record<'a>(self, cells: impl Iterator<Item = &'a [u8]>) -> u64 {
        mix(cells.fold(self.seed, |state, cell| absorb(state, cell, 0)), 0x9e37_79b9_7f4a_7c15)
    }
}

/// Six words for any text of up to 48 bytes, without a branch on how many they are; the products do not wait for each other.
#[inline(always)]
fn absorb(state: u64, bytes: &[u8], set: u64) -> u64 {
    let length = bytes.len();
    let mut state = state ^ (length as u64).wrapping_mul(0xe703_7ed1_a0b4_28db);
    let mut take = |a: u64, b: u64| {
        state = state.rotate_left(29) ^ mix((a | set) ^ 0xa076_1d64_78bd_642f, (b | set) ^ 0x8ebc_6af0_9c88_c6e3);
    };
    let Some(last) = length.checked_sub(8) else {
        take(bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0);
        return state;
    };
    // Behind the end, the last word comes again: cheaper than going byte by byte.
    let word = |at: usize| {
        let bytes = bytes[at.min(last)..].first_chunk().copied();
        u64::from_le_bytes(bytes.expect("eight bytes from the last word on"))
    };
    take(word(0), word(8));
    take(word(16), word(24));
    take(word(32), word(40));
    let mut at = 48;
    while at < length {
        take(word(at), word(at + 8));
        at += 16;
    }
    state
}

/// The two halves of the product, one over the other.
#[inline(always)]
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
