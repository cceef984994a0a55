//! What the index is given: places of records, and their keys, which are sorted by shard for many blocks at a time: then each shard
//! reads its keys in one go.

use crate::scan::{Windows, Work};

/// Shards, by the top bits of the key.
pub(super) const SHARDS: usize = 256;

/// Bytes of file that share one entry in the table of rows.
pub(super) const SEGMENT: u64 = 16 * 1024;

/// Where a record is: its offset in all files of the run laid end to end, whether its address has capital letters, eight bits of the
/// person, and the low bits of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Location(pub(super) u64);

impl Location {
    /// No more records than bytes begin in a segment.
    const NUMBER_BITS: u32 = SEGMENT.trailing_zeros();
    /// Where the bits of the person, that of the capitals and those of the offset begin.
    const PERSON: u32 = Self::NUMBER_BITS;
    const CAPITALS: u32 = Self::PERSON + u8::BITS;
    const OFFSET: u32 = Self::CAPITALS + 1;

    /// Offsets are below this, 2 TiB.
    pub(crate) const END: u64 = 1 << (u64::BITS - Self::OFFSET);

    /// `offset` is never 0: a header comes first.
    #[inline(always)]
    pub(crate) fn new(offset: u64, number: u64, capitals: bool, person: u8) -> Self {
        debug_assert!(offset < Self::END, "whoever adds records looks at it");
        let (capitals, person) = (u64::from(capitals) << Self::CAPITALS, u64::from(person) << Self::PERSON);
        Self(offset << Self::OFFSET | capitals | person | number & ((1 << Self::NUMBER_BITS) - 1))
    }

    /// The record's offset.
    pub(crate) fn offset(self) -> u64 {
        self.0 >> Self::OFFSET
    }

    /// Whether its address has capital letters.
    pub(super) fn capitals(self) -> bool {
        self.0 >> Self::CAPITALS & 1 == 1
    }

    /// The bits of the person.
    pub(super) fn person(self) -> u8 {
        (self.0 >> Self::PERSON) as u8
    }

    /// The record's number, given the number of a record in the same segment or before it, less than a segment's bytes away.
    pub(crate) fn number_from(self, before: u64) -> u64 {
        before + (self.0.wrapping_sub(before) & ((1 << Self::NUMBER_BITS) - 1))
    }
}

/// What the records of one block are told apart by, in file order.
#[derive(Default)]
pub(crate) struct Keys {
    pub(super) list: Vec<Entry>,
    /// For each record whose address has capital letters, a hash of how it is spelled.
    pub(super) spellings: Vec<u64>,
}

/// What one record is told apart by.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) key: u64,
    /// Where the record begins in the block.
    begin: u32,
    /// Its number in the block, and [`CAPITALS`].
    record: u32,
}

/// In a record's number: its address has capital letters.
const CAPITALS: u32 = 1 << 31;

impl Keys {
    /// Adds a record: its key and, if its address has capital letters, a hash of how that is spelled; where it begins in the block,
    /// and its number there.
    #[inline(always)]
    pub(crate) fn push(&mut self, (key, spelling): (u64, Option<u64>), begin: u32, record: usize) {
        let mut record = record as u32;
        if let Some(spelling) = spelling {
            self.spellings.push(spelling);
            record |= CAPITALS;
        }
        self.list.push(Entry { key, begin, record });
    }

    /// Forgets all records, and makes room for as many as that.
    pub(crate) fn clear(&mut self, records: usize) {
        self.spellings.clear();
        self.list.clear();
        self.list.reserve_exact(records);
    }
}

/// A block that holds keys.
#[derive(Clone, Copy)]
pub(super) struct Block<'r> {
    /// Which one of the round it is.
    pub(super) number: usize,
    pub(super) keys: &'r Keys,
    /// The offset that its keys count from.
    pub(super) offset: u64,
    /// The number of its first record.
    pub(super) first: u64,
}

/// The keys of some blocks on end, sorted by shard; in file order in a shard.
#[derive(Default)]
pub(super) struct Sorted {
    records: Vec<(u64, Location)>,
    /// At the places of records whose address has capital letters, hashes of how it is spelled; none if there is no such record.
    spellings: Vec<u64>,
    /// Where each shard's records end.
    ends: Vec<u32>,
}

/// The keys of some blocks, to be sorted.
pub(super) struct Sorting<'s> {
    pub(super) sorted: &'s mut Sorted,
    pub(super) blocks: &'s [Block<'s>],
}

/// How many records before its turn a shard's next place is fetched: lists of many shards are written to in turns, and none is in
/// the nearest cache.
const AHEAD: usize = 8;

impl Work for Sorting<'_> {
    #[inline(always)]
    fn run(self, set: impl Windows) {
        let Sorted { records, spellings, ends } = self.sorted;
        let mut counts = [0u32; SHARDS];
        for block in self.blocks {
            for Entry { key, .. } in &block.keys.list {
                counts[shard(*key)] += 1;
            }
        }
        let (mut places, mut sum) = (counts, 0);
        for place in &mut places {
            sum += std::mem::replace(place, sum);
        }
        // What is there of other blocks is written over.
        let sum = sum as usize;
        records.resize((sum + AHEAD).max(records.len()), (0, Location(0)));
        let spelled = self.blocks.iter().any(|block| !block.keys.spellings.is_empty());
        spellings.resize(if spelled { sum.max(spellings.len()) } else { 0 }, 0);
        for block in self.blocks {
            let mut of_block = block.keys.spellings.iter();
            for Entry { key, begin, record } in &block.keys.list {
                let place = &mut places[shard(*key)];
                let at = *place as usize;
                *place += 1;
                let (number, capitals) = (block.first + u64::from(record & !CAPITALS), record & CAPITALS != 0);
                let location = Location::new(block.offset + u64::from(*begin), number, capitals, (*key >> 16) as u8);
                let ahead = records[at..].first_chunk_mut::<{ AHEAD + 1 }>();
                let [record, .., later] = ahead.expect("there is room for all and for those ahead");
                set.fetch(later);
                *record = (*key, location);
                if capitals && let Some(spelling) = of_block.next() {
                    spellings[at] = *spelling;
                }
            }
        }
        ends.clear();
        ends.extend_from_slice(&places);
    }
}

impl Sorted {
    /// Whether some address has capital letters.
    pub(super) fn is_spelled(&self) -> bool {
        !self.spellings.is_empty()
    }

    /// The records of a shard.
    #[inline(always)]
    pub(super) fn shard(&self, shard: usize) -> &[(u64, Location)] {
        &self.records[self.places(shard)]
    }

    /// Of the record at a place among those of a shard, a hash of how its address is spelled.
    #[inline(always)]
    pub(super) fn spelling(&self, shard: usize, place: usize) -> u64 {
        self.spellings[self.places(shard).start + place]
    }

    #[inline(always)]
    fn places(&self, shard: usize) -> std::ops::Range<usize> {
        let begin = if shard == 0 { 0 } else { self.ends[shard - 1] };
        begin as usize..self.ends[shard] as usize
    }
}

fn shard(key: u64) -> usize {
    (key >> 56) as usize
}
