//! What the index keeps of records, side by side for all shards: every shard has a part of each list, and all parts are alike.

use rayon::prelude::*;

use super::keys::SHARDS;
use super::room::Room;
use crate::scan::{Instructions, Windows};

/// Prints of keys, as many as fit one line of the processor's caches. All of them are compared side by side; how many there are, and so
/// where a new one belongs, is told elsewhere: the processor need not wait for one bucket before it looks at the next.
type Bucket = [u16; PRINTS];

/// Prints that a bucket has room for.
const PRINTS: usize = 32;

/// What no print is. It is not zero, for memory that is first written to is mapped once, and memory that is first read twice.
const NONE: u16 = u16::MAX;

/// A bucket without prints.
const EMPTY: Bucket = [NONE; PRINTS];

/// Spreads the bits of a tag over all bits.
const SPREAD: u32 = 0x9e37_79b1;

/// The lists of all shards, one shard's behind the other's.
pub(super) struct Logs {
    filter: Room<Bucket>,
    counts: Room<u8>,
    tags: Room<u32>,
    spots: Room<u32>,
    persons: Room<u8>,
    /// Keys that there is room for in each shard.
    rooms: [usize; SHARDS],
    /// Of these, how many have memory.
    mapped: [usize; SHARDS],
}

/// Buckets, and keys of a shard, that memory is asked for at a time; of a shard that is nearly full, those of a page.
const AT_A_TIME: usize = 8192;
const OF_A_PAGE: usize = 512;

/// The lists of one shard.
#[derive(Default)]
pub(super) struct Log<'l> {
    /// Sixteen bits of each key, in the bucket that other bits give or, where that is full, behind it.
    filter: &'l mut [Bucket],
    /// How many prints each bucket has.
    counts: &'l mut [u8],
    /// For every key that is not a repeat: 32 bits of it.
    pub(super) tags: &'l mut [u32],
    /// For each of these: its [`Spot`](super::places::Spot).
    pub(super) spots: &'l mut [u32],
    /// And eight bits of the person that are not in the tag.
    pub(super) persons: &'l mut [u8],
}

impl Default for Logs {
    fn default() -> Self {
        Self::new(&[0; SHARDS])
    }
}

impl Logs {
    fn new(rooms: &[usize; SHARDS]) -> Self {
        let (room, buckets) = (rooms.iter().sum(), rooms.iter().map(|room| buckets(*room)).sum());
        Self {
            filter: Room::new(buckets),
            counts: Room::new(buckets),
            tags: Room::new(room),
            spots: Room::new(room),
            persons: Room::new(room),
            rooms: *rooms,
            mapped: [0; SHARDS],
        }
    }

    /// Makes room for that many keys in each shard, given how many each has now; more where that helps it not to be asked again
    /// soon.
    pub(super) fn expect(&mut self, wanted: &[usize; SHARDS], used: &[usize; SHARDS]) {
        if self.rooms.iter().zip(wanted).any(|(room, wanted)| wanted > room) {
            self.grow(wanted, used);
        }
    }

    /// Asks for the memory of that many keys in each shard, for which there is room.
    pub(super) fn map(&mut self, wanted: &[usize; SHARDS]) {
        let (mut first, mut parts) = (0, Vec::new());
        for (shard, room) in self.rooms.iter().enumerate() {
            let mapped = self.mapped[shard];
            if wanted[shard] > mapped {
                let whole = Some(wanted[shard].next_multiple_of(AT_A_TIME)).filter(|keys| keys <= room);
                self.mapped[shard] = whole.unwrap_or(wanted[shard].next_multiple_of(OF_A_PAGE).min(*room));
                parts.push(first + mapped..first + self.mapped[shard]);
            }
            first += room;
        }
        let Self { tags, spots, persons, .. } = &*self;
        parts.into_par_iter().for_each(|part| {
            tags.expect(part.clone());
            spots.expect(part.clone());
            persons.expect(part);
        });
    }

    #[cold]
    fn grow(&mut self, wanted: &[usize; SHARDS], used: &[usize; SHARDS]) {
        let rooms = std::array::from_fn(|shard| {
            let (room, wanted) = (self.rooms[shard], wanted[shard]);
            if wanted <= room { room } else { wanted.max(room / 2 * 3) }
        });
        let mut old = std::mem::replace(self, Self::new(&rooms));
        self.map(used);
        let buckets = rooms.iter().map(|room| buckets(*room)).sum();
        let parts = (0..buckets).into_par_iter().step_by(AT_A_TIME);
        parts.for_each(|part| self.filter.expect(part..(part + AT_A_TIME).min(buckets)));
        let logs = self.of_shards().into_par_iter().zip(old.of_shards()).zip(used);
        logs.for_each(|((mut log, old), used)| {
            log.filter.fill(EMPTY);
            log.tags[..*used].copy_from_slice(&old.tags[..*used]);
            log.spots[..*used].copy_from_slice(&old.spots[..*used]);
            log.persons[..*used].copy_from_slice(&old.persons[..*used]);
            for tag in &old.tags[..*used] {
                log.filter_in(Instructions::SCALAR, *tag);
            }
        });
    }

    /// The lists of each shard.
    pub(super) fn of_shards(&mut self) -> Vec<Log<'_>> {
        let (mut filter, mut counts) = (self.filter.list(), self.counts.list());
        let (mut tags, mut spots, mut persons) = (self.tags.list(), self.spots.list(), self.persons.list());
        let log = |room: &usize| Log {
            filter: first(&mut filter, buckets(*room)),
            counts: first(&mut counts, buckets(*room)),
            tags: first(&mut tags, *room),
            spots: first(&mut spots, *room),
            persons: first(&mut persons, *room),
        };
        self.rooms.iter().map(log).collect()
    }
}

/// Takes the first entries of a list away.
#[expect(clippy::mut_mut, reason = "what is left of the list is handed back")]
fn first<'l, T>(list: &mut &'l mut [T], count: usize) -> &'l mut [T] {
    list.split_off_mut(..count).expect("the lists hold what there is room for")
}

/// The buckets of a filter that is made for so many keys: four fifths of what they hold.
fn buckets(keys: usize) -> usize {
    if keys == 0 { 0 } else { (keys * 5).div_ceil(4 * PRINTS) + 1 }
}

impl Log<'_> {
    /// Says that a tag will be looked for soon.
    #[inline(always)]
    pub(super) fn fetch(&self, set: impl Windows, tag: u32) {
        set.fetch(&self.filter[self.place(tag).0]);
    }

    /// Puts a tag into the filter; whether one like it is there already. There must be room for it.
    #[inline(always)]
    pub(super) fn filter_in(&mut self, set: impl Windows, tag: u32) -> bool {
        let (mut place, print) = self.place(tag);
        loop {
            let (bucket, count) = (&mut self.filter[place], &mut self.counts[place]);
            if set.holds(bucket, print) {
                return true;
            }
            let used = usize::from(*count);
            if used < PRINTS {
                bucket[used] = print;
                *count += 1;
                return false;
            }
            place += 1;
            if place == self.filter.len() {
                place = 0;
            }
        }
    }

    /// The bucket of a tag, and its print. The tag's upper bits are the person's; all of them decide.
    #[inline(always)]
    fn place(&self, tag: u32) -> (usize, u16) {
        let product = u64::from(tag.wrapping_mul(SPREAD)) * self.filter.len() as u64;
        ((product >> 32) as usize, ((product >> 16) as u16).min(NONE - 1))
    }
}
