//! The index: a hash set of keys that remembers where each was first seen.

use rayon::prelude::*;

use super::keys::{Keys, Piece, SHARDS, Sorted, Sorting};
use super::log::Logs;
use super::places::{Location, Segments};
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
    segments: Segments,
    /// Whether some address has capital letters.
    spelled: bool,
}

impl Index {
    /// An empty index.
    pub(crate) fn new() -> Self {
        let shards = (0..SHARDS).map(|_| Shard::default()).collect();
        let (instructions, logs) = (Instructions::detect(), Logs::default());
        Self { shards, logs, instructions, sorted: Vec::new(), segments: Segments::default(), spelled: false }
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
        self.segments.note(offset, number);
    }

    /// An offset behind all records so far.
    pub(crate) fn end(&self) -> u64 {
        self.segments.end()
    }

    /// Adds a round of blocks, in order; each with its keys, the offset that they count from and the number of its first
    /// record.
    pub(crate) fn add(&mut self, blocks: &[(&Keys, u64, u64)]) -> Found {
        self.spelled |= blocks.iter().any(|(keys, ..)| !keys.spellings.is_empty());
        let numbered = blocks.iter().enumerate();
        let pieces = numbered.flat_map(|(block, (keys, offset, first))| Piece::of_block(block, keys, *offset, *first));
        let pieces: Vec<_> = pieces.collect();
        let parts = pieces.chunk_by(|one, next| one.group() == next.group());
        self.sorted.resize_with(parts.clone().count(), Sorted::default);
        let parts: Vec<_> = self.sorted.iter_mut().zip(parts).collect();
        let (instructions, spelled) = (self.instructions, self.spelled);
        parts.into_par_iter().for_each(|(sorted, pieces)| instructions.run(Sorting { sorted, pieces, spelled }));
        let coming = |shard: usize| self.sorted.iter().map(|sorted| sorted.shard(shard).len()).sum::<usize>();
        let wanted = std::array::from_fn(|shard| self.shards[shard].used + coming(shard));
        self.make_room(&wanted);
        self.logs.map(&wanted);
        let Self { shards, logs, sorted, segments, .. } = self;
        let (sorted, segments, pieces) = (&**sorted, &*segments, &pieces[..]);
        let shards = shards.par_iter_mut().zip(logs.of_shards()).enumerate();
        let comes = |number: usize| sorted.iter().any(|sorted| !sorted.shard(number).is_empty());
        let found = shards.filter(|(number, _)| comes(*number)).map(|(number, (shard, log))| {
            let mut found = Found::default();
            instructions.run(Adding { shard, log, number, sorted, pieces, segments, found: &mut found });
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
                let location = Location { offset: offset + u64::from(begin), number: number + u64::from(record) };
                match seen.get(&key) {
                    None => drop(seen.insert(key, location)),
                    Some(first) => expected.push((record, *first)),
                }
            }
            let found: Vec<_> = candidates.iter().map(|candidate| (candidate.record, candidate.first)).collect();
            assert_eq!(found, expected);
        }
    }
}
