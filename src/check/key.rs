//! The key by which records are recognised as repeating others: a 64-bit hash of person, scenario and event date.
//!
//! Two records that are equal, or speak of the same event, have the same key; that the reverse holds is found out byte by
//! byte. The person's address is hashed without regard to case. Where a person has one row of a scenario (a resignation, a
//! profile), scenario and date are left out: one look then finds what repeats it, contradicts it or does not go with it.
//!
//! ```text
//! 63 ... 56  shard of the index: the person
//! 55 ... 44  the person       \ tag
//! 43 ... 24  the event        /
//! 23 ...  0  the person
//! ```

use std::hash::{BuildHasher, RandomState};

use crate::accept::seconds;
use crate::rules::date::read;
use crate::scan::{Instructions, Windows};

/// Hashes with seeds of its own, so that nobody can prepare a file of colliding rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hasher {
    seed: u64,
    /// For every eight bytes of an address.
    seeds: [u64; 8],
    /// The hash of no address at all.
    nobody: u64,
}

impl Hasher {
    pub(super) fn new() -> Self {
        let random = RandomState::new();
        let mut seeds = [0; 8];
        seeds.iter_mut().zip(0..).for_each(|(seed, number): (_, u64)| *seed = random.hash_one(number));
        let mut hasher = Self { seed: random.hash_one("hrlint") | 1, seeds, nobody: 0 };
        hasher.nobody = hasher.person(b"");
        hasher
    }

    /// Its seeds for [`Windows::sum`].
    pub(super) fn seeds(&self) -> [u64; 8] {
        self.seeds
    }

    /// The key of an event; `once`: of whatever a person has one row of.
    #[cfg(test)]
    fn event(&self, scenario: u8, address: &[u8], moment: Moment, once: bool) -> u64 {
        event(scenario, self.person(address), moment, once)
    }

    /// The hash of no address at all.
    pub(super) fn nobody(&self) -> u64 {
        self.nobody
    }

    /// A hash of a person's address, without regard to case.
    pub(super) fn person(&self, address: &[u8]) -> u64 {
        let (windows, rest) = address.as_chunks::<64>();
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        let of = |window: &[u8; 64], length| self.person_at(Instructions::SCALAR, window, length);
        let hash = windows.iter().fold(0, |hash: u64, window| hash.rotate_left(9) ^ of(window, 64));
        hash ^ of(&last, rest.len())
    }

    /// The same, where the address is the first `length` bytes, at most 64.
    #[inline(always)]
    pub(super) fn person_at(&self, set: impl Windows, window: &[u8; 64], length: usize) -> u64 {
        // Bit 5 tells the cases of a letter apart; setting it in every byte costs a few candidates more, no case analysis.
        let sum = set.sum(window, length, &self.seeds);
        mix(sum ^ self.seed, (length as u64).wrapping_add(0xd6e8_feb8_6659_fd93))
    }

    /// A hash of an address as it is written.
    pub(super) fn spelling(&self, address: &[u8]) -> u64 {
        mix(absorb(self.seed, address), 0xa076_1d64_78bd_642f)
    }

    /// The key of a record that belongs to no scenario: all its cells.
    pub(super) fn record<'a>(&self, cells: impl Iterator<Item = &'a [u8]>) -> u64 {
        mix(cells.fold(self.seed, absorb), 0x9e37_79b9_7f4a_7c15)
    }
}

/// The key of an event, given a hash of the person; `once`: of whatever a person has one row of.
#[inline(always)]
pub(super) fn event(scenario: u8, person: u64, moment: Moment, once: bool) -> u64 {
    // A choice of numbers, not of ways: which scenario follows which cannot be guessed, and compilers would make a branch of it.
    let keep = u64::from(once).wrapping_sub(1);
    let event = (moment.0 ^ u64::from(scenario) << 56 ^ 0xe703_7ed1_a0b4_28db ^ ONCE) & keep ^ ONCE;
    person & PERSON | mix(person ^ 0x9e37_79b9_7f4a_7c15, event) & !PERSON
}

/// When an event happened: equal for dates that are written differently and mean the same second. The upper two bits are zeros for
/// seconds; otherwise they are [`Moment::NO_INSTANT`] or [`Moment::EARLY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment(u64);

impl Moment {
    /// Of a text that is no instant.
    const NO_INSTANT: u64 = 0b10;

    /// Of an instant before the first second.
    const EARLY: u64 = 0b11;

    /// That of no text at all.
    pub(super) const NONE: Self = Self(Self::NO_INSTANT << 62 | 1);

    /// That of a date that is surely good, in seconds as `accept` counts them.
    #[inline(always)]
    pub(super) fn of_seconds(seconds: i64) -> Self {
        Self(seconds.cast_unsigned())
    }

    /// That of any text; of one that is no date, the text stands for it.
    pub(super) fn of(date: &[u8]) -> Self {
        let read = || read(str::from_utf8(date).ok()?).instant;
        seconds(date).map_or_else(|| Self::of_instant(read(), date), Self::of_seconds)
    }

    /// That of a text that was read as this instant, in ticks, or as none.
    pub(super) fn of_instant(instant: Option<i64>, date: &[u8]) -> Self {
        let seconds = instant.and_then(|instant| u64::try_from(instant.div_euclid(TICKS)).ok());
        let of_text = |kind: u64| Self(absorb(0, date) >> 2 | kind << 62);
        match seconds {
            Some(seconds) => Self(seconds),
            None if date.is_empty() => Self::NONE,
            None if instant.is_some() => of_text(Self::EARLY),
            None => of_text(Self::NO_INSTANT),
        }
    }

    /// Whether one of two texts surely is no instant, or the other surely a later second.
    #[inline(always)]
    pub(super) fn are_in_order(self, other: Self) -> bool {
        let none = |moment: Self| moment.0 >> 62 == Self::NO_INSTANT;
        none(self) || none(other) || (other.0 >> 62 == 0 && self.0 < other.0)
    }
}

/// Ticks of a second.
const TICKS: i64 = 10_000_000;

/// The bits of a key that depend on the person alone.
pub(super) const PERSON: u64 = 0xffff_f000_00ff_ffff;

/// Stands for scenario and date where a person has one row.
const ONCE: u64 = 0x2545_f491_4f6c_dd1d;

/// Six words for any text of up to 48 bytes, without a branch on how many they are; the products do not wait for each other.
#[inline(always)]
pub(in crate::check) fn absorb(state: u64, bytes: &[u8]) -> u64 {
    let length = bytes.len();
    let mut state = state ^ (length as u64).wrapping_mul(0xe703_7ed1_a0b4_28db);
    let mut take = |a: u64, b: u64| {
        state = state.rotate_left(29) ^ mix(a ^ 0xa076_1d64_78bd_642f, b ^ 0x8ebc_6af0_9c88_c6e3);
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
pub(in crate::check) fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::{Hasher, Moment, PERSON};
    use crate::accept::seconds;
    use crate::rules::date::read;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_good_date_means_the_same_moment_to_whoever_counts(
            day in "(1[0-9]|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
            time in "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,7})?",
            zone in "Z|[-+](0[0-9]|1[0-3]):[0-5][0-9]",
        ) {
            let text = format!("{day}{time}{zone}");
            if let Some(seconds) = seconds(text.as_bytes()) {
                let instant = read(&text).instant.expect("a good date has an instant");
                prop_assert_eq!(instant.div_euclid(super::TICKS), seconds);
            }
        }
    }

    #[test]
    fn dates_of_one_moment_are_one_whatever_their_spelling() {
        let moment = |text: &str| Moment::of(text.as_bytes());
        assert_eq!(moment("2026-05-18T09:00:00Z"), moment("2026-05-18 11:00:00.0+0200"));
        assert_ne!(moment("2026-05-18T09:00:00Z"), moment("2026-05-18T09:00:01Z"));
        assert_eq!(moment("18.05.2026"), moment("18.05.2026"));
        assert_ne!(moment("18.05.2026"), moment("19.05.2026"));
    }

    #[test]
    fn two_moments_are_in_order_only_where_their_instants_are_or_one_is_none() {
        let texts = ["", "31.04.2026", "2026-05-18T09:00:00Z", "2026-05-18T09:00:00.5Z", "2026-05-18T11:00:01+02:00"];
        let early = ["0001-01-01T00:00:00+01:00", "0001-01-01T00:00:00+02:00", "0001-01-01T00:00:00Z"];
        let all: Vec<_> = texts.into_iter().chain(early).collect();
        for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (one, other))) {
            let told = Moment::of(one.as_bytes()).are_in_order(Moment::of(other.as_bytes()));
            let in_order = read(one).instant.zip(read(other).instant).is_none_or(|(one, other)| one <= other);
            assert!(in_order || !told, "{one} {other}");
        }
        assert!(Moment::of(b"2026-05-18T09:00:00Z").are_in_order(Moment::of(b"2026-05-18T09:00:01Z")));
        assert!(Moment::of(b"31.04.2026").are_in_order(Moment::of(b"2026-05-18T09:00:01Z")));
    }

    #[test]
    fn the_case_of_an_address_does_not_change_the_key_and_all_else_does() {
        let hasher = Hasher::new();
        let of = |scenario, address: &str, date: &str| {
            hasher.event(scenario, address.as_bytes(), Moment::of(date.as_bytes()), false)
        };
        let key = of(1, "Sara.Davis@northwind-energy.de", "2026-06-01T09:00:00Z");
        assert_eq!(key, of(1, "sara.davis@NORTHWIND-energy.de", "2026-06-01T09:00:00Z"));
        assert_ne!(key, of(2, "Sara.Davis@northwind-energy.de", "2026-06-01T09:00:00Z"));
        assert_ne!(key, of(1, "Sara.Davis@northwind-energy.de", "2026-06-01T09:00:01Z"));
        assert_ne!(key, of(1, "Sara.Davi@northwind-energy.de", "2026-06-01T09:00:00Z"));
    }

    #[test]
    fn a_person_keeps_some_bits_whatever_the_event_and_all_of_them_where_there_is_one_row() {
        let hasher = Hasher::new();
        let of = |scenario, date: &str, once| {
            hasher.event(scenario, b"sara@northwind-energy.de", Moment::of(date.as_bytes()), once)
        };
        assert_eq!(of(1, "2026-06-01", false) & PERSON, of(2, "2026-06-02", false) & PERSON);
        assert_eq!(of(1, "2026-06-01", true), of(2, "2026-06-02", true));
        assert_ne!(hasher.spelling(b"Sara"), hasher.spelling(b"sara"));
    }
}
