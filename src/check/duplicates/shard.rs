//! One shard of the index: a filter, a log, and the spellings of addresses.

use std::collections::HashMap;

use super::index::{Candidate, Found, Respelled};
use super::keys::{CAPITALS, Keys, Location};
use super::spellings::{Seen, Spellings, who};
use crate::check::key::PERSON;

/// One shard. Nearly every key is new, so what is asked for each is small: a filter of sixteen bits a key, that fits the
/// processor's caches, says "new" or "perhaps seen". Where the records are is written behind one another, and looked up
/// only for what was perhaps seen.
#[derive(Default)]
pub(super) struct Shard {
    /// Sixteen bits of each key, in the bucket that other bits give or, where that is full, behind it.
    filter: Vec<Bucket>,
    /// For every key that is not a repeat: 32 bits of it.
    tags: Vec<u32>,
    /// For each of these: the location.
    locations: Vec<Location>,
    /// For each of these: eight bits more of the person; of none, where nobody asks how addresses are written.
    people: Vec<u8>,
    nameless: bool,
    /// Whether some of these have an address in small letters.
    any_small: bool,
    spellings: Spellings,
    /// Places in `tags` by those bits, once enough was looked up to be worth it.
    places: Option<HashMap<u32, u32>>,
    looked_up: usize,
    /// Whom the records in question are about, in their order.
    looked_for: Vec<u32>,
}

/// Prints of keys, as many as fit one line of the processor's caches, and behind them their number. All of them are compared
/// side by side, and where a new one belongs is known without looking for it, so nothing is guessed.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Bucket([u16; Bucket::ROOM + 1]);

impl Bucket {
    const ROOM: usize = 31;

    /// A bucket with a number that no print is, which keeps it from being made of zeros: memory that is first written to is
    /// mapped once, memory that is first read is mapped twice.
    const EMPTY: Self = Self([u16::MAX; Self::ROOM + 1]);

    #[inline(always)]
    fn used(&self) -> usize {
        usize::from(self.0[Self::ROOM].wrapping_add(1))
    }

    #[inline(always)]
    fn holds(&self, print: u16) -> bool {
        self.0.iter().fold(0, |any, other| any | u16::from(*other == print).wrapping_neg()) != 0
    }

    /// Adds a print, if there is room.
    #[inline(always)]
    fn add(&mut self, print: u16) -> bool {
        let used = self.used();
        let room = used < Self::ROOM;
        if room {
            self.0[used] = print;
            self.0[Self::ROOM] = self.0[Self::ROOM].wrapping_add(1);
        }
        room
    }
}

/// Spreads the bits of a tag over all bits.
const SPREAD: u32 = 0x9e37_79b1;

/// Earlier records of one who looks like the person that are kept for comparison. Of a file's people hardly two look alike; it is
/// a bound for files that were made to.
const MOST_ALIKE: usize = 64;

/// So many times the keys that come are as many buckets as are rather read in order.
const IN_ORDER: usize = 4;

/// Look-ups in a shard that are made one by one before its keys are sorted into a map.
const FEW: usize = 128;

impl Shard {
    /// A shard in which nobody looks for how addresses are written.
    pub(super) fn nameless() -> Self {
        Self { nameless: true, ..Self::default() }
    }

    /// Makes room for so many records in all.
    pub(super) fn expect(&mut self, records: usize) {
        // Shards are not quite alike.
        let records = records + records / 64 + 16;
        if records > self.room() {
            self.resize(records);
        }
        let more = records.saturating_sub(self.tags.len());
        self.tags.reserve(more);
        self.locations.reserve(more);
        self.people.reserve(if self.nameless { 0 } else { more });
    }

    /// Adds a round of blocks.
    pub(super) fn add(&mut self, number: usize, blocks: &[(&Keys, u64, u64)]) -> Found {
        let mut found = Found::default();
        let spelled = !self.spellings.is_empty() || blocks.iter().any(|(keys, ..)| !keys.spellings.is_empty());
        debug_assert!(!(spelled && self.nameless), "nobody asks how addresses are written");
        let coming: usize = blocks.iter().map(|(keys, ..)| keys.shard(number).len()).sum();
        if self.tags.len() + coming > self.room() {
            self.resize((self.tags.len() + coming).max(self.room() * 5 / 4));
        }
        // All buckets are touched before the first is looked into: memory is then waited for once, not for each. Where many of
        // them will be, reading them in order is cheaper.
        let touched = if coming * IN_ORDER > self.filter.len() {
            self.filter.iter().fold(0, |all, bucket| all ^ bucket.used())
        } else {
            let keys = blocks.iter().flat_map(|(keys, ..)| keys.shard(number));
            keys.fold(0, |all, (key, ..)| all ^ self.filter[self.place(tag(*key)).0].used())
        };
        std::hint::black_box(touched);
        for (block, (keys, offset, first_number)) in blocks.iter().enumerate() {
            for (key, begin, record) in keys.shard(number) {
                let (capitals, record) = (record & CAPITALS != 0, record & !CAPITALS);
                let number = first_number + u64::from(record);
                let here = Location::new(offset + u64::from(*begin), number, capitals);
                let candidate = Candidate { block, record, number, begin: *begin, first: here };
                if spelled && self.is_respelled(*key, capitals.then(|| keys.spelling(record)).flatten()) {
                    let (small, capital) = (Vec::new(), Vec::new());
                    let respelled = Respelled { record: candidate, capitals, small, capital };
                    found.respelled.push(respelled);
                    self.looked_for.push(who(*key));
                }
                if let Some(first) = self.insert(*key, here) {
                    found.candidates.push(Candidate { first, ..candidate });
                }
            }
        }
        if !found.respelled.is_empty() {
            self.find_people(&mut found.respelled);
        }
        found
    }

    /// Whether an address may be written in other letters than before.
    #[cold]
    fn is_respelled(&mut self, key: u64, spelling: Option<u64>) -> bool {
        if spelling.is_none() && self.spellings.is_empty() {
            return false;
        }
        match self.spellings.see(key & PERSON, spelling) {
            Seen::Before => false,
            Seen::NewPerson => spelling.is_some() && self.any_small,
            Seen::NewSpelling => true,
        }
    }

    /// Looks for earlier records of the people in question: one walk over the log for all of them.
    #[cold]
    fn find_people(&mut self, respelled: &mut [Respelled]) {
        let mut people: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut may_be = vec![false; 1 << 12];
        for (place, who) in self.looked_for.drain(..).enumerate() {
            may_be[(who >> 8) as usize] = true;
            people.entry(who).or_default().push(place);
        }
        for ((tag, location), person) in self.tags.iter().zip(&self.locations).zip(&self.people) {
            let who = (tag >> 20) << 8 | u32::from(*person);
            if !may_be[(who >> 8) as usize] {
                continue;
            }
            for place in people.get(&who).into_iter().flatten() {
                let respelled = &mut respelled[*place];
                let list = if location.capitals() { &mut respelled.capital } else { &mut respelled.small };
                if location.offset() < respelled.record.first.offset() && list.len() < MOST_ALIKE {
                    list.push(*location);
                }
            }
        }
    }

    /// The bucket of a tag, and its print. The tag's upper bits are the person's; all of them decide.
    #[inline]
    fn place(&self, tag: u32) -> (usize, u16) {
        let product = u64::from(tag.wrapping_mul(SPREAD)) * self.filter.len() as u64;
        ((product >> 32) as usize, ((product >> 16) as u16).clamp(Bucket::ROOM as u16, u16::MAX - 1))
    }

    /// Keys that the filter is made for: three quarters of what its buckets hold.
    fn room(&self) -> usize {
        self.filter.len() * Bucket::ROOM / 4 * 3
    }

    /// Adds a tag, or returns where it was first seen.
    #[inline]
    fn insert(&mut self, key: u64, location: Location) -> Option<Location> {
        let tag = tag(key);
        let first = if self.filter_in(tag) { self.look_up(tag) } else { None };
        if first.is_none() {
            if let Some(places) = &mut self.places {
                places.insert(tag, self.tags.len() as u32);
            }
            self.tags.push(tag);
            self.locations.push(location);
            if !self.nameless {
                self.people.push((key >> 16) as u8);
            }
            self.any_small |= !location.capitals();
        }
        first
    }

    /// Puts a tag into the filter; whether one like it is there already.
    #[inline]
    fn filter_in(&mut self, tag: u32) -> bool {
        let (mut place, print) = self.place(tag);
        loop {
            let bucket = &mut self.filter[place];
            if bucket.holds(print) {
                return true;
            }
            if bucket.add(print) {
                return false;
            }
            place += 1;
            if place == self.filter.len() {
                place = 0;
            }
        }
    }

    #[cold]
    fn look_up(&mut self, tag: u32) -> Option<Location> {
        self.looked_up += 1;
        if self.looked_up > FEW && self.places.is_none() {
            self.places = Some(self.tags.iter().copied().zip(0..).collect());
        }
        let found = match &self.places {
            Some(places) => places.get(&tag).map(|place| *place as usize),
            None => find(&self.tags, tag),
        };
        found.map(|place| self.locations[place])
    }

    fn resize(&mut self, keys: usize) {
        self.filter = vec![Bucket::EMPTY; (keys * 4).div_ceil(3 * Bucket::ROOM) + 1];
        let tags = std::mem::take(&mut self.tags);
        for tag in &tags {
            self.filter_in(*tag);
        }
        self.tags = tags;
    }
}

/// The first place of a tag: side by side, for it is mostly nowhere.
fn find(tags: &[u32], tag: u32) -> Option<usize> {
    let (chunks, rest) = tags.as_chunks::<64>();
    let holds = |chunk: &[u32; 64]| chunk.iter().fold(0, |any, other| any | u32::from(*other == tag)) != 0;
    let from = chunks.iter().position(holds).map_or(tags.len() - rest.len(), |chunk| chunk * 64);
    tags[from..].iter().position(|other| *other == tag).map(|place| from + place)
}

/// The bits of a key below the shard's.
#[inline]
fn tag(key: u64) -> u32 {
    (key >> 24) as u32
}
