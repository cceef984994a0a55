//! How people whose address is written with capital letters write it: a set of spellings, found by person.
//!
//! Most files have none, and then nothing is kept. Eight bytes a spelling: 20 bits of the person and 44 of the spelling, at
//! a place that the person's give.

use crate::check::key::PERSON;

/// The spellings of one shard's people.
#[derive(Default)]
pub(super) struct Spellings {
    /// Open addressing; 0: free.
    slots: Vec<u64>,
    used: usize,
}

/// Whether a row's spelling of an address is worth a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// The person wrote it like that before.
    Before,
    /// The person is new here.
    NewPerson,
    /// The person, or one that looks like it, wrote it otherwise before.
    NewSpelling,
}

/// How an address is spelled: a hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelled(u64);

impl Spelled {
    /// That of the address of whoever a key is of, given a hash of it if it has capital letters.
    #[inline(always)]
    pub(super) fn new(key: u64, capitals: Option<u64>) -> Self {
        Self(capitals.unwrap_or((key & PERSON).wrapping_mul(MIXED)))
    }
}

/// Bits of the spelling in a slot.
const SPELLING: u32 = 44;

/// Spreads bits over all others.
const MIXED: u64 = 0x9e37_79b9_7f4a_7c15;

impl Spellings {
    pub(super) fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Adds a spelling of a person, given 20 bits of who that is. The one in small letters is only added for people who are known.
    pub(super) fn see(&mut self, who: u32, Spelled(spelled): Spelled, capitals: bool) -> Seen {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let who = u64::from(who);
        let slot = who << SPELLING | spelled >> (u64::BITS - SPELLING) | 1;
        let mut known = false;
        let mut place = self.place(who);
        loop {
            match self.slots[place] {
                0 => break,
                other if other == slot => return Seen::Before,
                other => known |= other >> SPELLING == who,
            }
            place = (place + 1) % self.slots.len();
        }
        if known || capitals {
            self.slots[place] = slot;
            self.used += 1;
        }
        if known { Seen::NewSpelling } else { Seen::NewPerson }
    }

    /// Where the spellings of a person begin. What grows must find them again, so only what a slot holds decides.
    fn place(&self, who: u64) -> usize {
        let mixed = who.wrapping_mul(MIXED);
        ((u128::from(mixed) * self.slots.len() as u128) >> 64) as usize
    }

    fn grow(&mut self) {
        let slots = vec![0; (self.slots.len() * 2).max(64)];
        for slot in std::mem::replace(&mut self.slots, slots).into_iter().filter(|slot| *slot != 0) {
            let mut place = self.place(slot >> SPELLING);
            while self.slots[place] != 0 {
                place = (place + 1) % self.slots.len();
            }
            self.slots[place] = slot;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{MIXED, Seen, Spelled, Spellings};
    use crate::check::key::PERSON;

    #[test]
    fn every_spelling_is_new_once_and_small_letters_only_where_there_are_others() {
        let (mut spellings, mut naive) = (Spellings::default(), HashMap::<u64, Vec<Option<u64>>>::new());
        let mut random = 1u64;
        for _ in 0..20_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let person = (random >> 33 & 0x7ff).wrapping_mul(MIXED) & PERSON;
            let spelling = (random >> 60 > 3).then(|| (random >> 50 & 3).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ person);
            let seen = naive.entry(person).or_default();
            let expected = match &seen[..] {
                known if known.contains(&spelling) => Seen::Before,
                [] => Seen::NewPerson,
                _ => Seen::NewSpelling,
            };
            if spelling.is_some() || !seen.is_empty() {
                seen.push(spelling);
            }
            let spelled = Spelled::new(person, spelling);
            let found = spellings.see((person >> 44) as u32 & 0xfffff, spelled, spelling.is_some());
            // Two people may look alike.
            assert!(found == expected || (found, expected) == (Seen::NewSpelling, Seen::NewPerson), "{found:?}");
        }
        assert!(!spellings.is_empty());
    }
}
