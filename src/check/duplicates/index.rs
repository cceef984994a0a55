//! The index: a hash set of keys that remembers where each was first seen.

use std::collections::HashMap;

use rayon::prelude::*;

/// Shards, by the top bits of the key.
const SHARDS: usize = 256;

/// Bytes of file that share one entry in the table of rows.
const SEGMENT: u64 = 512 * 1024;

/// Where a record is: its offset in all files of the run laid end to end, and the low bits of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Location(u64);

impl Location {
    const NUMBER_BITS: u32 = 20;

    /// `offset` must be below 2^44, and never 0 (a header comes first).
    pub(crate) fn new(offset: u64, number: u64) -> Self {
        Self(offset << Self::NUMBER_BITS | number & ((1 << Self::NUMBER_BITS) - 1))
    }

    /// The record's offset.
    pub(crate) fn offset(self) -> u64 {
        self.0 >> Self::NUMBER_BITS
    }

    /// The record's number, given the number of a record in the same segment or before it, less than 2^20 away.
    pub(crate) fn number_from(self, before: u64) -> u64 {
        before + (self.0.wrapping_sub(before) & ((1 << Self::NUMBER_BITS) - 1))
    }
}

/// Keys of one block's records, sorted by shard.
#[derive(Default)]
pub(crate) struct Keys {
    /// Key, where the record begins in the block, and its number in the block; in shard order, and file order in a shard.
    sorted: Vec<(u64, u32, u32)>,
    /// Where each shard's keys end.
    ends: Vec<u32>,
}

impl Keys {
    /// Sorts keys that are in file order.
    pub(crate) fn sort(&mut self, keys: &[(u64, u32, u32)]) {
        let mut counts = [0u32; SHARDS];
        for (key, ..) in keys {
            counts[shard(*key)] += 1;
        }
        let mut places = counts;
        let mut sum = 0;
        for place in &mut places {
            sum += std::mem::replace(place, sum);
        }
        self.sorted.clear();
        self.sorted.resize(keys.len(), (0, 0, 0));
        for entry in keys {
            let place = &mut places[shard(entry.0)];
            self.sorted[*place as usize] = *entry;
            *place += 1;
        }
        self.ends.clear();
        self.ends.extend_from_slice(&places);
    }

    fn shard(&self, shard: usize) -> &[(u64, u32, u32)] {
        if self.ends.is_empty() {
            return &[];
        }
        let begin = if shard == 0 { 0 } else { self.ends[shard - 1] };
        &self.sorted[begin as usize..self.ends[shard] as usize]
    }
}

fn shard(key: u64) -> usize {
    (key >> 56) as usize
}

/// A record whose key was seen before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// The block, counted in the round.
    pub(crate) block: usize,
    /// The record's number in the block.
    pub(crate) record: u32,
    /// Its number over all files.
    pub(crate) number: u64,
    /// Where it begins in the block.
    pub(crate) begin: u32,
    /// The first record of that key.
    pub(crate) first: Location,
}

/// All keys of the files that share a mapping.
pub(crate) struct Index {
    shards: Vec<Shard>,
    /// For every segment of the files laid end to end: the number of the first record that begins in it or behind.
    segments: Vec<u64>,
}

impl Index {
    /// An index for about that many records; more may come.
    pub(crate) fn new() -> Self {
        Self { shards: (0..SHARDS).map(|_| Shard::default()).collect(), segments: Vec::new() }
    }

    /// Makes room for about that many records in all.
    pub(crate) fn expect(&mut self, records: u64) {
        let each = (records as usize).div_ceil(SHARDS);
        self.shards.par_iter_mut().for_each(|shard| shard.expect(each));
    }

    /// Says that record `number` begins at `offset`; called for every record that is the first of a segment.
    pub(crate) fn note(&mut self, offset: u64, number: u64) {
        let segment = (offset / SEGMENT) as usize;
        // Segments in which no record begins are never asked for; they only keep the others in their places.
        while self.segments.len() <= segment {
            self.segments.push(number);
        }
    }

    /// The number of the record at a location.
    pub(crate) fn number(&self, location: Location) -> u64 {
        location.number_from(self.segments[(location.offset() / SEGMENT) as usize])
    }

    /// Adds a round of blocks, in order; each with its keys, the offset that they count from and the number of its first
    /// record. Returns the candidates by block and record.
    pub(crate) fn add(&mut self, blocks: &[(&Keys, u64, u64)]) -> Vec<Candidate> {
        let found = self.shards.par_iter_mut().enumerate().map(|(number, shard)| shard.add(number, blocks));
        let mut candidates = found.flatten_iter().collect::<Vec<_>>();
        candidates.sort_unstable_by_key(|candidate| (candidate.block, candidate.record));
        candidates
    }
}

/// Whether a record at `offset` may be the first of a segment, the one before it having begun at `before`.
pub(crate) fn begins_segment(before: u64, offset: u64) -> bool {
    before / SEGMENT != offset / SEGMENT
}

/// One shard. Nearly every key is new, so what is asked for each is small: a filter of sixteen bits a key, that fits the
/// processor's caches, says "new" or "perhaps seen". Where the records are is written behind one another, and looked up
/// only for what was perhaps seen.
#[derive(Default)]
struct Shard {
    /// Open addressing: sixteen bits of each key at the place that other bits give; all ones: free.
    filter: Vec<u16>,
    /// For every key that is not a repeat: 32 bits of it, and the location.
    seen: Vec<[u32; 3]>,
    /// Places in `seen` by those bits, once enough was looked up to be worth it.
    places: Option<HashMap<u32, u32>>,
    looked_up: usize,
}

/// A free place of the filter.
const FREE: u16 = u16::MAX;

/// Look-ups in a shard that are made one by one before its keys are sorted into a map.
const FEW: usize = 16;

impl Shard {
    fn expect(&mut self, records: usize) {
        if records * 4 / 3 > self.filter.len() {
            self.resize(records * 4 / 3 + 8);
        }
        self.seen.reserve(records.saturating_sub(self.seen.len()));
    }

    fn add(&mut self, number: usize, blocks: &[(&Keys, u64, u64)]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let coming: usize = blocks.iter().map(|(keys, ..)| keys.shard(number).len()).sum();
        if (self.seen.len() + coming) * 4 > self.filter.len() * 3 {
            self.resize(((self.seen.len() + coming) * 4 / 3 + 8).max(self.filter.len() * 5 / 4));
        }
        // All places are touched before the first is looked into: memory is then waited for once, not for each.
        let keys = blocks.iter().flat_map(|(keys, ..)| keys.shard(number));
        std::hint::black_box(keys.fold(0, |all, (key, ..)| all ^ self.filter[self.place(tag(*key))]));
        for (block, (keys, offset, first_number)) in blocks.iter().enumerate() {
            for (key, begin, record) in keys.shard(number) {
                let number = first_number + u64::from(*record);
                let location = Location::new(offset + u64::from(*begin), number);
                if let Some(first) = self.insert(tag(*key), location) {
                    candidates.push(Candidate { block, record: *record, number, begin: *begin, first });
                }
            }
        }
        candidates
    }

    #[inline]
    fn place(&self, tag: u32) -> usize {
        ((u64::from(tag) * self.filter.len() as u64) >> 32) as usize
    }

    /// Adds a tag, or returns where it was first seen.
    #[inline]
    fn insert(&mut self, tag: u32, location: Location) -> Option<Location> {
        let first = if self.filter_in(tag) { self.look_up(tag) } else { None };
        if first.is_none() {
            if let Some(places) = &mut self.places {
                places.insert(tag, self.seen.len() as u32);
            }
            self.seen.push([tag, location.0 as u32, (location.0 >> 32) as u32]);
        }
        first
    }

    /// Puts a tag into the filter; whether one like it is there already.
    #[inline]
    fn filter_in(&mut self, tag: u32) -> bool {
        let print = (tag as u16).min(FREE - 1);
        let mut place = self.place(tag);
        loop {
            match self.filter[place] {
                FREE => {
                    self.filter[place] = print;
                    return false;
                }
                other if other == print => return true,
                _ => {}
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
            self.places = Some(self.seen.iter().zip(0..).map(|([tag, ..], place)| (*tag, place)).collect());
        }
        let found = match &self.places {
            Some(places) => places.get(&tag).map(|place| &self.seen[*place as usize]),
            None => self.seen.iter().find(|[seen, ..]| *seen == tag),
        };
        found.map(|[_, low, high]| Location(u64::from(*high) << 32 | u64::from(*low)))
    }

    fn resize(&mut self, capacity: usize) {
        // Not zeros: memory that is first written to is mapped once, memory that is first read is mapped twice.
        self.filter = vec![FREE; capacity];
        let seen = std::mem::take(&mut self.seen);
        for [tag, ..] in &seen {
            self.filter_in(*tag);
        }
        self.seen = seen;
    }
}

/// The bits of a key below the shard's.
#[inline]
fn tag(key: u64) -> u32 {
    (key >> 24) as u32
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Index, Keys, Location};

    #[test]
    fn the_first_record_of_every_key_is_found() {
        let (mut index, mut seen) = (Index::new(), HashMap::new());
        let mut random = 1u64;
        for round in 0..20u64 {
            let rows: Vec<_> = (0..3000u32)
                .map(|i| {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    // Few keys in all, each of them spread over all bits.
                    ((random >> 50).wrapping_mul(0x9e37_79b9_7f4a_7c15), i * 10 + 1, i)
                })
                .collect();
            let mut keys = Keys::default();
            keys.sort(&rows);
            let (offset, number) = (1 + round * 30_000, round * 3000);
            index.note(offset, number);
            let candidates = index.add(&[(&keys, offset, number)]);
            let mut expected = Vec::new();
            for (key, begin, record) in rows {
                let location = Location::new(offset + u64::from(begin), number + u64::from(record));
                match seen.get(&key) {
                    None => drop(seen.insert(key, location)),
                    Some(first) => expected.push((record, *first)),
                }
            }
            let found: Vec<_> = candidates.iter().map(|candidate| (candidate.record, candidate.first)).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_location_tells_the_number_of_its_record() {
        let mut index = Index::new();
        index.note(1, 5);
        index.note(700_000, 9_000);
        index.note(5 << 20, 3_000_000);
        assert_eq!(index.number(Location::new(600_000, 9_123)), 9_123);
        assert_eq!(index.number(Location::new(100, 77)), 77);
        assert_eq!(index.number(Location::new((5 << 20) + 9, 3_400_000)), 3_400_000);
    }
}
