//! What the index is made of: keys sorted by shard, and places of records.

/// Shards, by the top bits of the key.
pub(super) const SHARDS: usize = 256;

/// Bytes of file that share one entry in the table of rows.
pub(super) const SEGMENT: u64 = 512 * 1024;

/// Where a record is: its offset in all files of the run laid end to end, whether its address has capital letters, and the low
/// bits of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Location(pub(super) u64);

impl Location {
    /// No more records than bytes begin in a segment.
    const NUMBER_BITS: u32 = SEGMENT.trailing_zeros();

    /// `offset` must be below 2^44, and never 0 (a header comes first).
    pub(crate) fn new(offset: u64, number: u64, capitals: bool) -> Self {
        let place = offset << 1 | u64::from(capitals);
        Self(place << Self::NUMBER_BITS | number & ((1 << Self::NUMBER_BITS) - 1))
    }

    /// The record's offset.
    pub(crate) fn offset(self) -> u64 {
        self.0 >> (Self::NUMBER_BITS + 1)
    }

    /// Whether its address has capital letters.
    pub(super) fn capitals(self) -> bool {
        self.0 >> Self::NUMBER_BITS & 1 == 1
    }

    /// The record's number, given the number of a record in the same segment or before it, less than a segment's bytes away.
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
    /// Numbers of the records whose address has capital letters, with a hash of its spelling, in file order.
    pub(super) spellings: Vec<(u32, u64)>,
}

/// In a record's number: its address has capital letters.
pub(crate) const CAPITALS: u32 = 1 << 31;

impl Keys {
    /// Sorts keys that are in file order, and takes the spellings along.
    pub(crate) fn sort(&mut self, keys: &[(u64, u32, u32)], spellings: &[(u32, u64)]) {
        self.spellings = spellings.to_vec();
        let mut counts = [0u32; SHARDS];
        for (key, ..) in keys {
            counts[shard(*key)] += 1;
        }
        let mut places = counts;
        let mut sum = 0;
        for place in &mut places {
            sum += std::mem::replace(place, sum);
        }
        // What is there of an earlier block is written over.
        self.sorted.resize(keys.len().max(self.sorted.len()), (0, 0, 0));
        for entry in keys {
            let place = &mut places[shard(entry.0)];
            self.sorted[*place as usize] = *entry;
            *place += 1;
        }
        self.ends.clear();
        self.ends.extend_from_slice(&places);
    }

    /// Whether there are none.
    pub(super) fn are_none(&self) -> bool {
        self.ends.last().is_none_or(|end| *end == 0)
    }

    /// The spelling of the record's address, if it has capital letters.
    pub(super) fn spelling(&self, record: u32) -> Option<u64> {
        let at = self.spellings.binary_search_by_key(&record, |(record, _)| *record).ok()?;
        Some(self.spellings[at].1)
    }

    #[inline(always)]
    pub(super) fn shard(&self, shard: usize) -> &[(u64, u32, u32)] {
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
