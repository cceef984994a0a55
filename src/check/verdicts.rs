//! What the rules said of a cell, remembered: files in which everything is wrong say the same wrong thing over and over.

use super::address_shape::Addresses;
use super::columns::Columns;
use super::key::{Hasher, Moment, absorb, mix};
use super::pairs::Pairs;
use super::said::{Kinds, Said};
use super::shapes::Shapes;
use super::tally::Tally;
use crate::accept::Day;
use crate::rules::date::{Reading, Style};
use crate::scan::{Instructions, Windows as Set};

/// Longest text that is remembered.
const LONGEST: usize = 240;

/// Bytes that are hashed and compared without a look at how many of them there are.
const WINDOW: usize = 64;

/// Texts remembered at a time, whose numbers have 13 bits, and bytes of long ones. When there are more, everything is forgotten.
const TEXTS: usize = 8 * 1024 - 1;
const ROOM: usize = 1024 * 1024;

/// Places to look for a text in, at first: a power of two, as are those that there are later, two for every text and more.
const SLOTS: usize = 1024;

/// The bits of a slot that hold a text's number.
const NUMBER: u16 = TEXTS as u16;

/// Verdicts by text and place. Places are numbered anew for every file, and so is this.
#[derive(Default)]
pub(super) struct Verdicts {
    /// By hash: three of its bits, and behind them the number of the text, counted from one; 0: none. What is taken is looked for
    /// in the next slot. There are none until the first text is remembered: a clean file needs none.
    slots: Vec<u16>,
    /// How far a hash is shifted to be a slot.
    shift: u32,
    /// Of every entry, the hash.
    hashes: Vec<u64>,
    seeds: Seeds,
    entries: Vec<Entry>,
    /// Of every entry, how its text begins.
    heads: Vec<Head>,
    /// Of every entry, what was said.
    said: Vec<Verdict>,
    /// What of it is counted.
    pub(super) kinds: Kinds,
    /// Short texts, compared and counted by rows.
    pub(super) shapes: Shapes,
    /// What was said of addresses, by what tells it.
    pub(super) addresses: Addresses,
    /// Texts that are longer than a head, one after the other.
    texts: Vec<u8>,
    pub(super) pairs: Pairs,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Which cells of the row are filled.
    pub(super) filled: u64,
    /// The column, and behind it what row it is of: see [`Self::of`].
    pub(super) column: u32,
}

/// What the rules said of a text, and what it says as a date.
#[derive(Clone, Copy, Default)]
pub(super) struct Verdict {
    pub(super) said: Said,
    /// Of the identifier of rows of no known scenario, once somebody asked: whether these are surely rows.
    pub(super) is_row: Option<bool>,
    pub(super) day: Option<Day>,
    /// The instant of a date, in ticks.
    pub(super) instant: Option<i64>,
}

/// A text that is remembered, until the next one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    number: u16,
    kind: u16,
}

/// A text that is looked for: its hash, where it stands, and what is in the first slot for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    hash: u64,
    filled: u64,
    column: u32,
    first: u16,
}

/// What is compared of a text's place, and what is asked of it once it is found.
#[repr(align(32))]
struct Entry {
    filled: u64,
    /// The place's column, and how long the text is: see [`told`].
    told: u64,
    /// When the event happened, if the text is a date.
    moment: Moment,
    /// Where the text is among the long ones, if it is one.
    begin: u32,
    /// The number of what was said.
    kind: u16,
}

/// The first bytes of a text, in one line of the cache.
#[repr(align(64))]
struct Head([u8; WINDOW]);

/// A column and the length of a text.
#[inline(always)]
fn told(column: u32, length: usize) -> u64 {
    u64::from(column) << 32 | length as u64
}

/// Nobody can prepare texts that are looked for in the same slot.
struct Seeds([u64; 8]);

impl Default for Seeds {
    fn default() -> Self {
        Self(Hasher::new().seeds())
    }
}

impl Place {
    /// That of a text in a column of a row of the scenario at a place of the layout's tables, counted from one, or of none, which is 0
    /// and where `filled` is left out; these cells of the row are filled. Rules about filled cells look at the field, `alike` in
    /// whichever scenarios use it so; others also at which cells are filled.
    #[inline(always)]
    pub(super) fn of(column: usize, (scenario, filled): (usize, u64), alike: Option<u32>) -> Self {
        let told = |scenario: u32| scenario << 8 | column as u32;
        match alike {
            Some(alike) => Self { column: told(alike), filled: 0 },
            None => Self { column: told(scenario as u32), filled },
        }
    }
}

impl Verdicts {
    /// Begins to look for the text at `begin..end` of a buffer in that place. What the buffer does not hold a window of is not
    /// remembered. Where several are looked for, all are begun first: so they are waited for side by side.
    #[inline(always)]
    pub(super) fn look(&self, set: impl Set, place: Place, bytes: &[u8], (begin, end): (usize, usize)) -> Option<Look> {
        let (window, length) = (bytes.get(begin..)?.first_chunk()?, end - begin);
        let whole = if length > WINDOW { &bytes[begin..end] } else { window };
        let hash = hash(set, &self.seeds, place, (window, length), whole);
        let first = *self.slots.get(self.slot(hash))?;
        Some(Look { hash, filled: place.filled, column: place.column, first })
    }

    /// The text that was looked for, if it is remembered.
    #[inline(always)]
    pub(super) fn find(&self, set: impl Set, look: &Look, bytes: &[u8], (begin, end): (usize, usize)) -> Option<Known> {
        let (window, length) = (bytes.get(begin..)?.first_chunk()?, end - begin);
        let Look { hash, filled, column, first: mut slot } = *look;
        let mut at = self.slot(hash);
        loop {
            let number = (slot & NUMBER).checked_sub(1)?;
            if (slot ^ hash as u16) & !NUMBER == 0 {
                let (entry, head) = (self.entries.get(number as usize)?, self.heads.get(number as usize)?);
                let differs = (entry.filled ^ filled)
                    | (entry.told ^ told(column, length))
                    | u64::from(set.differ(&head.0, window, length.min(WINDOW)));
                if differs == 0 && (length <= WINDOW || self.goes_on(entry, &bytes[begin..end])) {
                    return Some(Known { number, kind: entry.kind });
                }
            }
            at += 1;
            slot = *self.slots.get(at & (self.slots.len() - 1))?;
        }
    }

    /// Whether the text of an entry that is longer than a head is this one.
    #[inline(never)]
    fn goes_on(&self, entry: &Entry, text: &[u8]) -> bool {
        self.texts.get(entry.begin as usize..).is_some_and(|known| known.starts_with(text))
    }

    /// Says what finding a text will look at.
    #[inline(always)]
    pub(super) fn fetch(&self, set: impl Set, look: &Look) {
        let number = ((look.first & NUMBER) as usize).wrapping_sub(1);
        if let (Some(entry), Some(head)) = (self.entries.get(number), self.heads.get(number)) {
            set.fetch(entry);
            set.fetch(head);
        }
    }

    /// The same of a text that may stand anywhere.
    pub(super) fn find_text(&self, place: Place, text: &[u8]) -> Option<Known> {
        let mut bytes = [0; LONGEST + WINDOW];
        bytes[..LONGEST].get_mut(..text.len())?.copy_from_slice(text);
        let (set, place_of) = (Instructions::SCALAR, (0, text.len()));
        self.find(set, &self.look(set, place, &bytes, place_of)?, &bytes, place_of)
    }

    /// What was said of it.
    #[inline]
    pub(super) fn at(&self, known: Known) -> &Verdict {
        &self.said[usize::from(known.number)]
    }

    /// Whether one of two dates surely is no instant, or the second surely not the earlier one.
    #[inline(always)]
    pub(super) fn are_in_order(&self, one: Known, other: Known) -> bool {
        self.moment(one).are_in_order(self.moment(other))
    }

    /// When the event happened that this date names.
    #[inline(always)]
    pub(super) fn moment(&self, known: Known) -> Moment {
        self.entries[usize::from(known.number)].moment
    }

    /// Counts all that were met.
    pub(super) fn count(&mut self, tally: &mut Tally, columns: &mut Columns) {
        self.shapes.count(&mut self.kinds);
        self.kinds.count(tally, columns);
    }

    /// Remembers whether a row with this identifier, which is of no known scenario, is surely one.
    pub(super) fn settle(&mut self, known: Known, is_row: bool) {
        self.said[usize::from(known.number)].is_row = Some(is_row);
    }

    /// Remembers what was said of a text that is not, if it is not too long.
    pub(super) fn remember(
        &mut self,
        place: Place,
        text: &[u8],
        verdict: Verdict,
        (tally, columns): (&mut Tally, &mut Columns),
    ) {
        if text.len() > LONGEST {
            return;
        }
        if self.slots.is_empty() || self.entries.len() == TEXTS || self.texts.len() + text.len() > ROOM {
            self.count(tally, columns);
            self.kinds.clear();
            self.shapes.clear();
            self.addresses = Addresses::default();
            self.slots.clear();
            self.slots.resize(SLOTS, 0);
            self.shift = u64::BITS - SLOTS.ilog2();
            self.hashes.clear();
            self.pairs = Pairs::default();
            self.entries.clear();
            self.heads.clear();
            self.said.clear();
            self.texts.clear();
        }
        let (mut window, length) = ([0; WINDOW], text.len());
        window.iter_mut().zip(text).for_each(|(byte, of_text)| *byte = *of_text);
        let begin = self.texts.len();
        if length > WINDOW {
            self.texts.extend_from_slice(text);
        }
        let hash = hash(Instructions::SCALAR, &self.seeds, place, (&window, length), text);
        let Place { filled, column } = place;
        let kind = self.kinds.number(column & 0xff, verdict.said);
        let moment = Moment::of_instant(verdict.instant, text);
        let told = told(column, length);
        self.entries.push(Entry { filled, told, moment, begin: begin as u32, kind });
        self.heads.push(Head(window));
        self.said.push(verdict);
        self.hashes.push(hash);
        if 2 * self.entries.len() <= self.slots.len() {
            self.take_slot(hash, self.entries.len());
            return;
        }
        let slots = 2 * self.slots.len();
        self.slots.clear();
        self.slots.resize(slots, 0);
        self.shift -= 1;
        for number in 1..=self.entries.len() {
            self.take_slot(self.hashes[number - 1], number);
        }
    }

    /// Takes the next slot that is free for a text of that number, counted from one.
    fn take_slot(&mut self, hash: u64, number: usize) {
        let (mut at, last) = (self.slot(hash), self.slots.len() - 1);
        while self.slots[at & last] != 0 {
            at += 1;
        }
        self.slots[at & last] = hash as u16 & !NUMBER | number as u16;
    }

    /// The slot of a hash: its highest bits, on which every bit of text and place has a bearing.
    #[inline(always)]
    fn slot(&self, hash: u64) -> usize {
        (hash >> (self.shift % u64::BITS)) as usize
    }
}

impl Verdict {
    /// The same verdict on a date that was read like this.
    pub(super) fn on(self, date: &Reading) -> Self {
        let day = date.real_day().map(Day::of);
        let mut said = self.said;
        said.style = Style::of(date);
        Self { said, day, instant: date.instant, ..self }
    }
}

impl Known {
    /// The number of the text.
    #[inline(always)]
    pub(super) fn number(self) -> u16 {
        self.number
    }

    /// The number of what was said.
    #[inline(always)]
    pub(super) fn kind(self) -> u16 {
        self.kind
    }
}

/// Of a text that is longer than a window, the `whole` counts.
#[inline(always)]
fn hash(set: impl Set, seeds: &Seeds, place: Place, (window, length): (&[u8; WINDOW], usize), whole: &[u8]) -> u64 {
    let state = place.filled.rotate_left(40) ^ u64::from(place.column) << 32 ^ length as u64;
    let text = if length > WINDOW { long(seeds, whole) } else { set.sum(window, length, &seeds.0) };
    mix(state ^ text, 0x9e37_79b9_7f4a_7c15)
}

#[inline(never)]
fn long(seeds: &Seeds, text: &[u8]) -> u64 {
    absorb(seeds.0[0], text)
}

#[cfg(test)]
mod tests {
    use super::super::columns::Columns;
    use super::super::tally::Tally;
    use super::{Place, Verdict, Verdicts};

    #[test]
    fn only_the_very_text_in_the_very_field_is_recalled() {
        let mut verdicts = Verdicts::default();
        let mut verdict = Verdict::default();
        assert!(verdict.said.add(7, false) && verdict.said.add(9, true));
        let place = Place { column: 3, filled: 1 };
        verdicts.remember(place, b"31.12.2025", verdict, (&mut Tally::default(), &mut Columns::default()));
        let known =
            verdicts.find_text(place, b"31.12.2025").map(|known| *verdicts.at(known)).expect("it was remembered");
        assert_eq!(known.said.fired(), [7, 9]);
        assert!(!known.said.is_fixable(0) && known.said.is_fixable(1));
        assert!(verdicts.find_text(Place { column: 4, ..place }, b"31.12.2025").is_none());
        assert!(verdicts.find_text(Place { filled: 3, ..place }, b"31.12.2025").is_none());
        assert!(verdicts.find_text(place, b"31.12.2026").is_none());
        assert!(verdicts.find_text(place, b"").is_none());
    }

    #[test]
    fn when_there_are_too_many_texts_all_are_forgotten() {
        let (mut verdicts, place) = (Verdicts::default(), Place::default());
        let text = |number: usize| format!("text {number}");
        let knows = |verdicts: &Verdicts, number| verdicts.find_text(place, text(number).as_bytes()).is_some();
        (0..super::TEXTS).for_each(|number| {
            verdicts.remember(
                place,
                text(number).as_bytes(),
                Verdict::default(),
                (&mut Tally::default(), &mut Columns::default()),
            );
        });
        assert!((0..super::TEXTS).all(|number| knows(&verdicts, number)) && !knows(&verdicts, super::TEXTS));
        verdicts.remember(place, b"one more", Verdict::default(), (&mut Tally::default(), &mut Columns::default()));
        assert!(!knows(&verdicts, 0) && verdicts.find_text(place, b"one more").is_some());
    }
}
