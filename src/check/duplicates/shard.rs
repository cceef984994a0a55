//! One shard of the index: what is asked of its filter and its log, and the spellings of addresses.

use std::collections::HashMap;

use super::index::{Candidate, Found, Respelled};
use super::keys::{Known, Piece, Sorted};
use super::log::Log;
use super::places::{Location, Segments, Spot};
use super::spellings::{Seen, Spelled, Spellings};
use crate::scan::{Windows, Work};

/// One shard. Nearly every key is new, so what is asked for each is small: a filter of sixteen bits a key, that fits the
/// processor's caches, says "new" or "perhaps seen". Where the records are is written behind one another into the shard's [`Log`],
/// and looked up only for what was perhaps seen.
#[derive(Default)]
pub(super) struct Shard {
    /// Keys in the log.
    pub(super) used: usize,
    /// For every group of records: how many keys of earlier ones are in the log.
    groups: Vec<u32>,
    /// Whether some of these have an address in small letters.
    any_small: bool,
    spellings: Spellings,
    /// Places in the log by tag, once enough was looked up to be worth it.
    places: Option<HashMap<u32, u32>>,
    looked_up: usize,
    /// Whom the records in question are about, in their order.
    looked_for: Vec<u32>,
}

/// Earlier records of those who look like the person that are kept for comparison, and how many more are in a round of one shard. Of a
/// file's people hardly two look alike, but some have many records; it is a bound for files that were made to reach it.
const MOST_ALIKE: usize = 64;
const MORE_ALIKE: usize = 4096;

/// Look-ups in a shard that are made one by one before its keys are sorted into a map.
const FEW: usize = 128;

/// How many keys before its turn what a key is looked for in is fetched.
const AHEAD: usize = 24;

/// A round of blocks that is added to a shard.
pub(super) struct Adding<'r, 'l> {
    pub(super) shard: &'r mut Shard,
    pub(super) log: Log<'l>,
    pub(super) number: usize,
    /// All keys of the round, in order.
    pub(super) pieces: &'r [Piece<'r>],
    /// The same, sorted.
    pub(super) sorted: &'r [Sorted],
    pub(super) segments: &'r Segments,
    pub(super) found: &'r mut Found,
}

impl Adding<'_, '_> {
    /// A record of the round as a candidate that may repeat the record at `first`; without one, itself.
    #[cold]
    fn candidate(&self, group: u64, here: Spot, first: Option<Location>) -> Candidate {
        let number = here.number(group);
        let piece = &self.pieces[self.pieces.partition_point(|piece| piece.number() <= number) - 1];
        let record = (number - piece.first) as u32;
        let (begin, offset) = piece.begin(record);
        let here = Location { offset, number };
        Candidate { block: piece.block, record, number, begin, first: first.unwrap_or(here) }
    }

    /// What is found of a record whose address has capital letters, or is of somebody who had some before.
    #[cold]
    fn respelled(&mut self, group: u64, Known { tag, spot, person }: Known, spelled: Spelled) {
        let who = who(tag, person);
        if self.shard.is_respelled(who, spelled, spot.capitals()) {
            let record = self.candidate(group, spot, None);
            let (capitals, small, capital) = (spot.capitals(), Vec::new(), Vec::new());
            self.found.respelled.push(Respelled { record, capitals, small, capital });
            self.shard.looked_for.push(who);
        }
    }
}

impl Work for Adding<'_, '_> {
    #[inline(always)]
    fn run(mut self, set: impl Windows) {
        let (sorted, shard) = (self.sorted, self.number);
        // Told to the shard whenever somebody asks it, so that the loop keeps them in registers.
        let (mut used, mut any_small) = (self.shard.used, false);
        for sorted in sorted {
            let (group, records, spellings) = (sorted.group, sorted.shard(shard), sorted.spellings(shard));
            self.shard.groups.resize(group as usize + 1, used as u32);
            for known in records.iter().take(AHEAD) {
                self.log.fetch(set, known.tag);
            }
            for (place, &known) in records.iter().enumerate() {
                if let Some(later) = records.get(place + AHEAD) {
                    self.log.fetch(set, later.tag);
                }
                if let Some(spellings) = spellings {
                    self.shard.any_small |= any_small;
                    self.respelled(group, known, spellings[place]);
                }
                let Known { tag, spot, person } = known;
                if self.log.filter_in(set, tag) {
                    self.shard.used = used;
                    if let Some(first) = self.shard.look_up(&self.log, tag) {
                        let first = self.segments.location(self.shard.group(first), Spot(self.log.spots[first]));
                        self.found.candidates.push(self.candidate(group, spot, Some(first)));
                        continue;
                    }
                }
                (self.log.tags[used], self.log.spots[used], self.log.persons[used]) = (tag, spot.0, person);
                any_small |= !spot.capitals();
                if let Some(places) = &mut self.shard.places {
                    places.insert(tag, used as u32);
                }
                used += 1;
            }
        }
        self.shard.used = used;
        self.shard.any_small |= any_small;
        if !self.found.respelled.is_empty() {
            self.shard.find_people(&self.log, self.segments, &mut self.found.respelled);
        }
    }
}

impl Shard {
    /// The group of the record at a place in the log.
    fn group(&self, place: usize) -> u64 {
        self.groups.partition_point(|before| *before as usize <= place) as u64 - 1
    }

    /// Whether an address may be written in other letters than before.
    fn is_respelled(&mut self, who: u32, spelled: Spelled, capitals: bool) -> bool {
        if !capitals && self.spellings.is_empty() {
            return false;
        }
        match self.spellings.see(who, spelled, capitals) {
            Seen::Before => false,
            Seen::NewPerson => capitals && self.any_small,
            Seen::NewSpelling => true,
        }
    }

    /// Looks for earlier records of the people in question: one walk over the log for all of them.
    #[cold]
    fn find_people(&mut self, log: &Log<'_>, segments: &Segments, respelled: &mut [Respelled]) {
        let mut people: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut may_be = vec![false; 1 << 12];
        for (place, who) in self.looked_for.drain(..).enumerate() {
            may_be[(who >> 8) as usize] = true;
            people.entry(who).or_default().push(place);
        }
        let mut more = MORE_ALIKE;
        for place in 0..self.used {
            let (who, spot) = (who(log.tags[place], log.persons[place]), Spot(log.spots[place]));
            if !may_be[(who >> 8) as usize] {
                continue;
            }
            let Some(of_person) = people.get(&who) else { continue };
            let (group, mut location) = (self.group(place), None);
            let number = spot.number(group);
            for place in of_person {
                let respelled = &mut respelled[*place];
                let list = if spot.capitals() { &mut respelled.capital } else { &mut respelled.small };
                let is_more = list.len() >= MOST_ALIKE;
                if number < respelled.record.number && (!is_more || more > 0) {
                    list.push(*location.get_or_insert_with(|| segments.location(group, spot)));
                    more -= usize::from(is_more);
                }
            }
        }
    }

    /// The place in the log where a tag was first seen, if it was.
    #[cold]
    fn look_up(&mut self, log: &Log<'_>, tag: u32) -> Option<usize> {
        let tags = &log.tags[..self.used];
        self.looked_up += 1;
        if self.looked_up > FEW && self.places.is_none() {
            self.places = Some(tags.iter().copied().zip(0..).collect());
        }
        match &self.places {
            Some(places) => places.get(&tag).map(|place| *place as usize),
            None => find(tags, tag),
        }
    }
}

/// The first place of a tag: side by side, for it is mostly nowhere.
fn find(tags: &[u32], tag: u32) -> Option<usize> {
    let (chunks, rest) = tags.as_chunks::<64>();
    let holds = |chunk: &[u32; 64]| chunk.iter().fold(0, |any, other| any | u32::from(*other == tag)) != 0;
    let from = chunks.iter().position(holds).map_or(tags.len() - rest.len(), |chunk| chunk * 64);
    tags[from..].iter().position(|other| *other == tag).map(|place| from + place)
}

/// The bits by which people of one shard are told apart roughly: 20 of them, twelve of a tag and eight that are kept beside it.
fn who(tag: u32, person: u8) -> u32 {
    (tag >> 20) << 8 | u32::from(person)
}
