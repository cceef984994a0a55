//! The index: a hash set of keys that remembers where each was first seen.

use rayon::prelude::*;

use super::keys::{Block, Keys, Location, SEGMENT, SHARDS, Sorted, Sorting};
use super::log::Logs;
use super::shard::{Adding, Shard};
use crate::scan::Instructions;

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

/// A record whose address may be written in other letters than before.
#[derive(Clone, Debug)]
pub(crate) struct Respelled {
    /// As in a candidate; `first` is where the record itself is.
    pub(crate) record: Candidate,
    /// Whether its address has capital letters.
    pub(crate) capitals: bool,
    /// Earlier records of whoever looks like the same person: those in small letters and those with capitals.
    pub(crate) small: Vec<Location>,
    /// See `small`.
    pub(crate) capital: Vec<Location>,
}

/// What is found when a round of blocks is added.
#[derive(Default)]
pub(crate) struct Found {
    /// Records whose key was seen before, in order.
    pub(crate) candidates: Vec<Candidate>,
    /// Records whose address may be written in other letters than before, in order.
    pub(crate) respelled: Vec<Respelled>,
}

/// All keys of the files that share a mapping.
pub(crate) struct Index {
    shards: Vec<Shard>,
    logs: Logs,
    instructions: Instructions,
    /// Memory of the round before.
    sorted: Vec<Sorted>,
    /// For every segment of the files laid end to end: the number of the first record that begins in it or behind.
    segments: Vec<u64>,
}

impl Index {
    /// An empty index.
    pub(crate) fn new() -> Self {
        let shards = (0..SHARDS).map(|_| Shard::default()).collect();
        let (instructions, logs) = (Instructions::detect(), Logs::default());
        Self { shards, logs, instructions, sorted: Vec::new(), segments: Vec::new() }
    }

    /// Makes room for about that many records in all.
    pub(crate) fn expect(&mut self, records: u64) {
        let each = (records as usize).div_ceil(SHARDS);
        // Shards are not quite alike: their numbers of keys differ by the root of it, and more where people have several rows. One that
        // has too many makes all be moved.
        self.make_room(&[each + each / 64 + 6 * each.isqrt() + 16; SHARDS]);
    }

    fn make_room(&mut self, wanted: &[usize; SHARDS]) {
        let used = std::array::from_fn(|shard| self.shards[shard].used);
        self.logs.expect(wanted, &used);
    }

    /// Says that record `number` begins at `offset`; called for every record that is the first of a segment.
    pub(crate) fn note(&mut self, offset: u64, number: u64) {
        let segment = (offset / SEGMENT) as usize;
        // Segments in which no record begins are never asked for; they only keep the others in their places.
        while self.segments.len() <= segment {
            self.segments.push(number);
        }
    }

    /// An offset behind all records so far.
    pub(crate) fn end(&self) -> u64 {
        self.segments.len() as u64 * SEGMENT
    }

    /// The number of the record at a location.
    pub(crate) fn number(&self, location: Location) -> u64 {
        number(&self.segments, location)
    }

    /// Adds a round of blocks, in order; each with its keys, the offset that they count from and the number of its first
    /// record.
    pub(crate) fn add(&mut self, blocks: &[(&Keys, u64, u64)]) -> Found {
        let blocks = blocks.iter().enumerate().filter(|(_, (keys, ..))| !keys.list.is_empty());
        let blocks: Vec<_> = blocks
            .map(|(number, (keys, offset, first))| Block { number, keys, offset: *offset, first: *first })
            .collect();
        let parts = blocks.chunks(blocks.len().div_ceil(rayon::current_num_threads()).max(1));
        self.sorted.resize_with(parts.len(), Sorted::default);
        let parts: Vec<_> = self.sorted.iter_mut().zip(parts).collect();
        let instructions = self.instructions;
        parts.into_par_iter().for_each(|(sorted, blocks)| instructions.run(Sorting { sorted, blocks }));
        let coming = |shard: usize| self.sorted.iter().map(|sorted| sorted.shard(shard).len()).sum::<usize>();
        let wanted = std::array::from_fn(|shard| self.shards[shard].used + coming(shard));
        self.make_room(&wanted);
        self.logs.map(&wanted);
        let Self { shards, logs, sorted, segments, .. } = self;
        let (sorted, segments, blocks) = (&**sorted, &**segments, &blocks[..]);
        let shards = shards.par_iter_mut().zip(logs.of_shards()).enumerate();
        let comes = |number: usize| sorted.iter().any(|sorted| !sorted.shard(number).is_empty());
        let found = shards.filter(|(number, _)| comes(*number)).map(|(number, (shard, log))| {
            let mut found = Found::default();
            instructions.run(Adding { shard, log, number, sorted, blocks, segments, found: &mut found });
            found
        });
        let mut all = found.reduce(Found::default, |mut all, mut more| {
            all.candidates.append(&mut more.candidates);
            all.respelled.append(&mut more.respelled);
            all
        });
        all.candidates.sort_unstable_by_key(|candidate| (candidate.block, candidate.record));
        all.respelled.sort_unstable_by_key(|respelled| (respelled.record.block, respelled.record.record));
        all
    }
}

/// The number of the record at a location, given that of the first record of each segment.
pub(super) fn number(segments: &[u64], location: Location) -> u64 {
    location.number_from(segments[(location.offset() / SEGMENT) as usize])
}

/// Whether a record at `offset` may be the first of a segment, the one before it having begun at `before`.
pub(crate) fn begins_segment(before: u64, offset: u64) -> bool {
    before / SEGMENT != offset / SEGMENT
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
            for (key, begin, record) in &rows {
                keys.push((*key, None), *begin, *record as usize);
            }
            let (offset, number) = (1 + round * 30_000, round * 3000);
            for (_, begin, record) in &rows {
                index.note(offset + u64::from(*begin), number + u64::from(*record));
            }
            let candidates = index.add(&[(&keys, offset, number)]).candidates;
            let mut expected = Vec::new();
            for (key, begin, record) in rows {
                let location =
                    Location::new(offset + u64::from(begin), number + u64::from(record), false, (key >> 16) as u8);
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
        assert_eq!(index.number(Location::new(600_000, 9_123, false, 0)), 9_123);
        assert_eq!(index.number(Location::new(100, 77, true, 255)), 77);
        assert_eq!(index.number(Location::new((5 << 20) + 9, 3_010_000, true, 7)), 3_010_000);
    }
}
