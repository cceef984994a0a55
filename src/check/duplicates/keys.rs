//! What the index is given: keys of records, which are sorted by shard for many blocks at a time: then each shard reads its keys in one
//! go.

use super::places::{Spot, end_of_group, group};
use super::spellings::Spelled;
use crate::scan::{Windows, Work};

/// Shards, by the top bits of the key.
pub(super) const SHARDS: usize = 256;

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

impl Entry {
    /// The record's number in the block.
    #[inline(always)]
    fn record(self) -> u32 {
        self.record & !CAPITALS
    }

    /// Whether its address has capital letters.
    #[inline(always)]
    fn capitals(self) -> bool {
        self.record & CAPITALS != 0
    }
}

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

/// Keys of records of one block that belong to one group.
#[derive(Clone, Copy)]
pub(super) struct Piece<'r> {
    /// Which one of the round the block is.
    pub(super) block: usize,
    /// At least one.
    entries: &'r [Entry],
    spellings: &'r [u64],
    /// The offset that the keys count from.
    offset: u64,
    /// The number of the block's first record.
    pub(super) first: u64,
}

impl<'r> Piece<'r> {
    /// The keys of a block whose records begin at these offsets behind `offset`, and whose first record has the number `first`.
    pub(super) fn of_block(block: usize, keys: &'r Keys, offset: u64, first: u64) -> impl Iterator<Item = Self> {
        let (mut entries, mut spellings) = (&keys.list[..], &keys.spellings[..]);
        std::iter::from_fn(move || {
            let number = |entry: &Entry| first + u64::from(entry.record());
            let end = end_of_group(group(number(entries.first()?)));
            // Most blocks end in the group that they begin in.
            let whole = number(entries.last()?) < end;
            let count = if whole { entries.len() } else { entries.partition_point(|entry| number(entry) < end) };
            let of_piece = entries.split_off(..count)?;
            // Most blocks have none.
            let spelled = if spellings.is_empty() { &[] } else { of_piece };
            let spelled = spelled.iter().filter(|entry| entry.capitals()).count();
            Some(Self { block, entries: of_piece, spellings: spellings.split_off(..spelled)?, offset, first })
        })
    }

    /// Where one of its records begins in the block, and the offset.
    pub(super) fn begin(&self, record: u32) -> (u32, u64) {
        // Of the records before it, hardly any have no key.
        let mut at = ((record - self.entries[0].record()) as usize).min(self.entries.len() - 1);
        while self.entries[at].record() > record {
            at -= 1;
        }
        let begin = self.entries[at].begin;
        (begin, self.offset + u64::from(begin))
    }

    /// The number of its first record.
    pub(super) fn number(&self) -> u64 {
        self.first + u64::from(self.entries[0].record())
    }

    /// The group that its records belong to.
    pub(super) fn group(&self) -> u64 {
        group(self.number())
    }
}

/// A record, as the index keeps it: bits of its key, eight other ones of the person, and where it is.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) tag: u32,
    pub(super) spot: Spot,
    pub(super) person: u8,
}

/// The keys of some pieces on end, sorted by shard; in file order in a shard.
#[derive(Default)]
pub(super) struct Sorted {
    /// The group that they belong to.
    pub(super) group: u64,
    records: Vec<Known>,
    /// How their addresses are spelled, if that matters.
    spellings: Vec<Spelled>,
    /// Where each shard's records end.
    ends: Vec<u32>,
}

/// The keys of some pieces of one group, to be sorted.
pub(super) struct Sorting<'s> {
    pub(super) sorted: &'s mut Sorted,
    pub(super) pieces: &'s [Piece<'s>],
    /// Whether it matters how addresses are spelled.
    pub(super) spelled: bool,
}

/// How many records before its turn a shard's next place is fetched: lists of many shards are written to in turns, and none is in
/// the nearest cache.
const AHEAD: usize = 8;

impl Work for Sorting<'_> {
    #[inline(always)]
    fn run(self, set: impl Windows) {
        let Sorted { group, records, spellings, ends } = self.sorted;
        *group = self.pieces[0].group();
        let mut counts = [0u32; SHARDS];
        for piece in self.pieces {
            for Entry { key, .. } in piece.entries {
                counts[shard(*key)] += 1;
            }
        }
        let (mut places, mut sum) = (counts, 0);
        for place in &mut places {
            sum += std::mem::replace(place, sum);
        }
        // What is there of other blocks is written over.
        let sum = sum as usize;
        records.resize((sum + AHEAD).max(records.len()), Known::default());
        spellings.resize(if self.spelled { sum.max(spellings.len()) } else { 0 }, Spelled::default());
        for piece in self.pieces {
            let mut of_piece = piece.spellings.iter();
            for entry in piece.entries {
                let place = &mut places[shard(entry.key)];
                let at = *place as usize;
                *place += 1;
                let (offset, number) = (piece.offset + u64::from(entry.begin), piece.first + u64::from(entry.record()));
                let ahead = records[at..].first_chunk_mut::<{ AHEAD + 1 }>();
                let [record, .., later] = ahead.expect("there is room for all and for those ahead");
                set.fetch(later);
                let spot = Spot::new(offset, number, entry.capitals());
                *record = Known { tag: tag(entry.key), spot, person: (entry.key >> 16) as u8 };
                if self.spelled {
                    let capitals = if entry.capitals() { of_piece.next().copied() } else { None };
                    spellings[at] = Spelled::new(entry.key, capitals);
                }
            }
        }
        ends.clear();
        ends.extend_from_slice(&places);
    }
}

impl Sorted {
    /// The records of a shard.
    #[inline(always)]
    pub(super) fn shard(&self, shard: usize) -> &[Known] {
        &self.records[self.places(shard)]
    }

    /// How their addresses are spelled, if that matters.
    pub(super) fn spellings(&self, shard: usize) -> Option<&[Spelled]> {
        self.spellings.get(self.places(shard)).filter(|_| !self.spellings.is_empty())
    }

    #[inline(always)]
    fn places(&self, shard: usize) -> std::ops::Range<usize> {
        let begin = if shard == 0 { 0 } else { self.ends[shard - 1] };
        begin as usize..self.ends[shard] as usize
    }
}

#[inline(always)]
fn shard(key: u64) -> usize {
    (key >> 56) as usize
}

/// The bits of a key below the shard's: twelve of the person, twenty of the event.
#[inline(always)]
fn tag(key: u64) -> u32 {
    (key >> 24) as u32
}
