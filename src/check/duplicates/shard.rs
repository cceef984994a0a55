//! One shard of the index: what is asked of its filter and its log, and the spellings of addresses.

use std::collections::HashMap;

use super::index::{Candidate, Found, Respelled, number};
use super::keys::{Block, Location, Sorted};
use super::log::Log;
use super::spellings::{Seen, Spellings, who};
use crate::check::key::PERSON;
use crate::scan::{Windows, Work};

/// One shard. Nearly every key is new, so what is asked for each is small: a filter of sixteen bits a key, that fits the
/// processor's caches, says "new" or "perhaps seen". Where the records are is written behind one another into the shard's [`Log`],
/// and looked up only for what was perhaps seen.
#[derive(Default)]
pub(super) struct Shard {
    /// Keys in the log.
    pub(super) used: usize,
    /// Whether some of these have an address in small letters.
    any_small: bool,
    spellings: Spellings,
    /// Places in the log by tag, once enough was looked up to be worth it.
    places: Option<HashMap<u32, u32>>,
    looked_up: usize,
    /// Whom the records in question are about, in their order.
    looked_for: Vec<u32>,
}

/// Earlier records of one who looks like the person that are kept for comparison. Of a file's people hardly two look alike; it is
/// a bound for files that were made to.
const MOST_ALIKE: usize = 64;

/// Look-ups in a shard that are made one by one before its keys are sorted into a map.
const FEW: usize = 128;

/// How many keys before its turn what a key is looked for in is fetched.
const AHEAD: usize = 24;

/// A round of blocks that is added to a shard.
pub(super) struct Adding<'r, 'l> {
    pub(super) shard: &'r mut Shard,
    pub(super) log: Log<'l>,
    pub(super) number: usize,
    pub(super) blocks: &'r [Block<'r>],
    /// The keys of these blocks.
    pub(super) sorted: &'r [Sorted],
    /// Numbers of the first records of all segments.
    pub(super) segments: &'r [u64],
    pub(super) found: &'r mut Found,
}

impl Adding<'_, '_> {
    /// A record of the round as a candidate that may repeat the record at `first`.
    #[cold]
    fn candidate(&self, here: Location, first: Location) -> Candidate {
        let number = number(self.segments, here);
        let block = &self.blocks[self.blocks.partition_point(|block| block.offset <= here.offset()) - 1];
        let (begin, record) = ((here.offset() - block.offset) as u32, (number - block.first) as u32);
        Candidate { block: block.number, record, number, begin, first }
    }

    /// What is found of records whose addresses have capital letters, and of people who had some before.
    fn respelled(&mut self, key: u64, here: Location, spelling: impl FnOnce() -> u64) {
        let capitals = here.capitals();
        if self.shard.is_respelled(key, capitals.then(spelling)) {
            let record = self.candidate(here, here);
            self.found.respelled.push(Respelled { record, capitals, small: Vec::new(), capital: Vec::new() });
            self.shard.looked_for.push(who(key));
        }
    }
}

impl Work for Adding<'_, '_> {
    #[inline(always)]
    fn run(mut self, set: impl Windows) {
        let spelled = !self.shard.spellings.is_empty() || self.sorted.iter().any(Sorted::is_spelled);
        let (sorted, shard) = (self.sorted, self.number);
        // Told to the shard whenever somebody asks it, so that the loop keeps them in registers.
        let (mut used, mut any_small) = (self.shard.used, false);
        for sorted in sorted {
            let records = sorted.shard(shard);
            for (key, _) in records.iter().take(AHEAD) {
                self.log.fetch(set, tag(*key));
            }
            for (place, (key, here)) in records.iter().enumerate() {
                if let Some((later, _)) = records.get(place + AHEAD) {
                    self.log.fetch(set, tag(*later));
                }
                if spelled {
                    self.shard.any_small |= any_small;
                    self.respelled(*key, *here, || sorted.spelling(shard, place));
                }
                let tag = tag(*key);
                if self.log.filter_in(set, tag) {
                    self.shard.used = used;
                    if let Some(first) = self.shard.look_up(&self.log, tag) {
                        self.found.candidates.push(self.candidate(*here, first));
                        continue;
                    }
                }
                (self.log.tags[used], self.log.locations[used]) = (tag, here.0);
                any_small |= !here.capitals();
                if let Some(places) = &mut self.shard.places {
                    places.insert(tag, used as u32);
                }
                used += 1;
            }
        }
        self.shard.used = used;
        self.shard.any_small |= any_small;
        if !self.found.respelled.is_empty() {
            self.shard.find_people(&self.log, &mut self.found.respelled);
        }
    }
}

impl Shard {
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
    fn find_people(&mut self, log: &Log<'_>, respelled: &mut [Respelled]) {
        let mut people: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut may_be = vec![false; 1 << 12];
        for (place, who) in self.looked_for.drain(..).enumerate() {
            may_be[(who >> 8) as usize] = true;
            people.entry(who).or_default().push(place);
        }
        for place in 0..self.used {
            let (tag, location) = (log.tags[place], Location(log.locations[place]));
            let who = (tag >> 20) << 8 | u32::from(location.person());
            if !may_be[(who >> 8) as usize] {
                continue;
            }
            for place in people.get(&who).into_iter().flatten() {
                let respelled = &mut respelled[*place];
                let list = if location.capitals() { &mut respelled.capital } else { &mut respelled.small };
                if location.offset() < respelled.record.first.offset() && list.len() < MOST_ALIKE {
                    list.push(location);
                }
            }
        }
    }

    /// Where a tag was first seen, if it was.
    #[cold]
    fn look_up(&mut self, log: &Log<'_>, tag: u32) -> Option<Location> {
        let tags = &log.tags[..self.used];
        self.looked_up += 1;
        if self.looked_up > FEW && self.places.is_none() {
            self.places = Some(tags.iter().copied().zip(0..).collect());
        }
        let found = match &self.places {
            Some(places) => places.get(&tag).map(|place| *place as usize),
            None => find(tags, tag),
        };
        found.map(|place| Location(log.locations[place]))
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
#[inline(always)]
fn tag(key: u64) -> u32 {
    (key >> 24) as u32
}
