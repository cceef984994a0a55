//! What the rules said of a cell, remembered: files in which everything is wrong say the same wrong thing over and over.

use super::key::absorb;
use super::tally::Tally;
use crate::accept::Day;
use crate::plan::RuleId;
use crate::rules::date::{Reading, Style};

/// Longest text that is remembered.
const LONGEST: usize = 240;

/// Rules that one cell may break and still be remembered.
const MOST: usize = 8;

/// Texts remembered at a time, and bytes of them. When there are more, everything is forgotten.
const TEXTS: usize = 8 * 1024;
const ROOM: usize = 1024 * 1024;

/// Places to look for a text in; a power of two.
const SLOTS: usize = 2 * TEXTS;

/// The bits of a slot that hold a text's number.
const NUMBER: u32 = 2 * TEXTS as u32 - 1;

/// Pairs of texts of which it is remembered that a rule says nothing; a power of two.
const PAIRS: usize = 1024;

/// Verdicts by text and place. Places are numbered anew for every file, and so is this.
#[derive(Default)]
pub(super) struct Verdicts {
    /// By hash: some of its bits, and behind them the number of the text, counted from one; 0: none. What is taken is looked for
    /// in the next slot. There are none until the first text is remembered: a clean file needs none.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    /// The texts, one behind the other.
    texts: Vec<u8>,
    /// Entries that were met again in this block and are still to be counted.
    met: Vec<u32>,
    /// The block's number: what is ready for one is not for the next.
    block: u32,
    /// Of pairs of texts: rules that say nothing of them.
    pairs: Vec<u64>,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The column, and the row's scenario.
    pub(super) column: u64,
    /// Which cells of the row are filled.
    pub(super) filled: u64,
}

/// What fired was counted under, in the order asked, the day that a date's text names and how it is
/// written.
#[derive(Clone, Copy, Default)]
pub(super) struct Verdict {
    fired: [RuleId; MOST],
    /// Bit `i`: what the rule at place `i` speaks of can be mended.
    fixable: u8,
    count: u8,
    /// Whether something of it is an error.
    pub(super) grave: bool,
    pub(super) style: Option<Style>,
    pub(super) day: Option<Day>,
    /// The instant of a date, in ticks.
    pub(super) instant: Option<i64>,
}

/// A text that is remembered, until the next one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known(u32);

struct Entry {
    place: Place,
    /// Where the text is among the texts.
    begin: u32,
    length: u32,
    /// The block in which no finding is wanted of whatever fired, so that it need only be counted.
    ready: u32,
    /// How often it was met since it was counted, and the last row.
    again: u32,
    last: u32,
    verdict: Verdict,
}

impl Place {
    /// That of a text in a column of the scenario at a place of the layout's tables, where these cells of the row are filled. Rules about
    /// filled cells look at the field, `alike` in whichever scenarios use it so; others also at which cells are filled.
    #[inline(always)]
    pub(super) fn of(column: usize, (scenario, alike): (usize, Option<u64>), filled: u64, is_empty: bool) -> Self {
        let column = column as u64;
        match alike {
            Some(alike) if !is_empty => Self { column: alike << 32 | column, filled: 0 },
            _ => Self { column: (scenario as u64 + 1) << 32 | column, filled },
        }
    }
}

impl Verdicts {
    /// The text in that place, if it is remembered.
    #[inline]
    pub(super) fn find(&self, place: Place, text: &[u8]) -> Option<Known> {
        if self.slots.is_empty() {
            return None;
        }
        let hash = hash(place, text);
        let mut at = slot(hash);
        loop {
            let slot = self.slots[at % SLOTS];
            let number = (slot & NUMBER).checked_sub(1)?;
            if (slot ^ (hash >> 32) as u32) & !NUMBER == 0 {
                let entry = &self.entries[number as usize];
                let known = self.texts.get(entry.begin as usize..)?.get(..entry.length as usize)?;
                if entry.place == place && known == text {
                    return Some(Known(number));
                }
            }
            at += 1;
        }
    }

    /// What was said of it.
    #[inline]
    pub(super) fn at(&self, known: Known) -> &Verdict {
        &self.entries[known.0 as usize].verdict
    }

    /// Whether what was said of it need only be counted, in this block.
    #[inline]
    pub(super) fn is_ready(&mut self, known: Known, tally: &Tally) -> bool {
        let entry = &mut self.entries[known.0 as usize];
        if entry.ready != self.block {
            let column = tally.column(entry.place.column as u32 + 1);
            let full = entry.verdict.fired().iter().all(|group| tally.is_full(*group, column));
            entry.ready = if full { self.block } else { 0 };
        }
        entry.ready == self.block
    }

    /// Counts it once more, when [`Self::count`] is called.
    #[inline]
    pub(super) fn meet(&mut self, known: Known, row: u64) -> &Verdict {
        let entry = &mut self.entries[known.0 as usize];
        if entry.again == 0 {
            self.met.push(known.0);
        }
        entry.again += 1;
        entry.last = row as u32;
        &entry.verdict
    }

    /// Counts all that were met.
    pub(super) fn count(&mut self, tally: &mut Tally) {
        for number in self.met.drain(..) {
            let entry = &mut self.entries[number as usize];
            let (times, column) = (std::mem::take(&mut entry.again), tally.column(entry.place.column as u32 + 1));
            for (place, group) in entry.verdict.fired().iter().enumerate() {
                tally.group(*group, column).count_more(
                    times.into(),
                    entry.last.into(),
                    entry.verdict.is_fixable(place),
                );
            }
        }
    }

    /// Begins a block.
    pub(super) fn begin(&mut self) {
        self.block += 1;
    }

    /// Whether a rule is known to say nothing of two texts.
    #[inline]
    pub(super) fn is_silent(&self, rule: RuleId, one: Known, other: Known) -> bool {
        let pair = pair(rule, one, other);
        self.pairs.get(pair as usize % PAIRS) == Some(&pair)
    }

    /// Remembers that it does not.
    pub(super) fn silence(&mut self, rule: RuleId, one: Known, other: Known) {
        let pair = pair(rule, one, other);
        self.pairs.resize(PAIRS, 0);
        self.pairs[pair as usize % PAIRS] = pair;
    }

    /// Remembers what was said of a text that is not, if it is not too long.
    pub(super) fn remember(&mut self, place: Place, text: &[u8], verdict: Verdict, tally: &mut Tally) {
        if text.len() > LONGEST {
            return;
        }
        if self.slots.is_empty() || self.entries.len() == TEXTS || self.texts.len() + text.len() > ROOM {
            self.count(tally);
            self.slots.clear();
            self.slots.resize(SLOTS, 0);
            self.pairs.clear();
            self.entries.clear();
            self.texts.clear();
        }
        let hash = hash(place, text);
        let mut at = slot(hash);
        while self.slots[at % SLOTS] != 0 {
            at += 1;
        }
        let (begin, length) = (self.texts.len() as u32, text.len() as u32);
        self.texts.extend_from_slice(text);
        self.entries.push(Entry { place, begin, length, ready: 0, again: 0, last: 0, verdict });
        self.slots[at % SLOTS] = (hash >> 32) as u32 & !NUMBER | self.entries.len() as u32;
    }
}

impl Verdict {
    /// The same verdict on a date that was read like this.
    pub(super) fn on(self, date: &Reading) -> Self {
        let day = date.real_day().map(Day::of);
        Self { day, style: Style::of(date), instant: date.instant, ..self }
    }

    /// Adds what a rule was counted under, and whether it has a repair; `false` when there is no room for it.
    pub(super) fn add(&mut self, rule: RuleId, fixable: bool) -> bool {
        let Some(place) = self.fired.get_mut(usize::from(self.count)) else { return false };
        *place = rule;
        self.fixable |= u8::from(fixable) << self.count;
        self.count += 1;
        true
    }

    /// Whether what the rule at a place speaks of can be mended.
    pub(super) fn is_fixable(&self, place: usize) -> bool {
        self.fixable >> place & 1 == 1
    }

    pub(super) fn fired(&self) -> &[RuleId] {
        &self.fired[..usize::from(self.count)]
    }
}

#[inline]
fn hash(place: Place, text: &[u8]) -> u64 {
    let state = place.column.rotate_left(17) ^ place.filled.rotate_left(40);
    absorb(state, text, 0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A rule and two texts as a number, which is never 0: what is in its low bits changes most.
#[inline]
fn pair(rule: RuleId, one: Known, other: Known) -> u64 {
    let pair = u64::from(one.0) << 13 | u64::from(other.0);
    u64::from(rule) << 26 | (pair ^ pair >> 10) | 1 << 63
}

/// The slot of a hash: its highest bits, on which every bit of text and place has a bearing.
#[inline]
fn slot(hash: u64) -> usize {
    (hash >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::super::tally::Tally;
    use super::{Place, Verdict, Verdicts};

    #[test]
    fn only_the_very_text_in_the_very_field_is_recalled() {
        let mut verdicts = Verdicts::default();
        let mut verdict = Verdict::default();
        assert!(verdict.add(7, false) && verdict.add(9, true));
        let place = Place { column: 3, filled: 1 };
        verdicts.remember(place, b"31.12.2025", verdict, &mut Tally::default());
        let known = verdicts.find(place, b"31.12.2025").map(|known| *verdicts.at(known)).expect("it was remembered");
        assert_eq!(known.fired(), [7, 9]);
        assert!(!known.is_fixable(0) && known.is_fixable(1));
        assert!(verdicts.find(Place { column: 4, ..place }, b"31.12.2025").is_none());
        assert!(verdicts.find(Place { filled: 3, ..place }, b"31.12.2025").is_none());
        assert!(verdicts.find(place, b"31.12.2026").is_none());
        assert!(verdicts.find(place, b"").is_none());
    }

    #[test]
    fn when_there_are_too_many_texts_all_are_forgotten() {
        let (mut verdicts, place) = (Verdicts::default(), Place::default());
        let text = |number: usize| format!("text {number}");
        let knows = |verdicts: &Verdicts, number| verdicts.find(place, text(number).as_bytes()).is_some();
        (0..super::TEXTS).for_each(|number| {
            verdicts.remember(place, text(number).as_bytes(), Verdict::default(), &mut Tally::default());
        });
        assert!((0..super::TEXTS).all(|number| knows(&verdicts, number)) && !knows(&verdicts, super::TEXTS));
        verdicts.remember(place, b"one more", Verdict::default(), &mut Tally::default());
        assert!(!knows(&verdicts, 0) && verdicts.find(place, b"one more").is_some());
    }

    #[test]
    fn a_cell_that_breaks_too_many_rules_is_not_remembered() {
        let mut verdict = Verdict::default();
        assert!((0..8).all(|rule| verdict.add(rule, true)));
        assert!(!verdict.add(8, true));
    }
}
