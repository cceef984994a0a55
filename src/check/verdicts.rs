//! What the rules said of a cell, remembered: files in which everything is wrong say the same wrong thing over and over.

use super::key::{absorb, mix};
use super::tally::Tally;
use crate::accept::{Day, same};
use crate::plan::RuleId;
use crate::rules::date::{Reading, Style};
use crate::scan::kept;

/// Longest text that is remembered.
const LONGEST: usize = 240;

/// Bytes that are hashed and compared without a look at how many of them there are.
const WINDOW: usize = 64;

/// Rules that one cell may break and still be remembered.
const MOST: usize = 8;

/// Texts remembered at a time, and bytes of long ones. When there are more, everything is forgotten.
const TEXTS: usize = 8 * 1024;
const ROOM: usize = 1024 * 1024;

/// Places to look for a text in; a power of two.
const SLOTS: usize = 2 * TEXTS;

/// The bits of a slot that hold a text's number.
const NUMBER: u32 = 2 * TEXTS as u32 - 1;

/// Pairs of texts of which it is remembered that a rule says nothing; a power of two.
const PAIRS: usize = 8 * 1024;

/// Verdicts by text and place. Places are numbered anew for every file, and so is this.
#[derive(Default)]
pub(super) struct Verdicts {
    /// By hash: some of its bits, and behind them the number of the text, counted from one; 0: none. What is taken is looked for
    /// in the next slot. There are none until the first text is remembered: a clean file needs none.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    /// Of every entry, what was said.
    said: Vec<Verdict>,
    /// Texts that are longer than a window, one behind the other.
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
    /// Which cells of the row are filled.
    pub(super) filled: u64,
    /// The column, and behind it what row it is of: see [`Self::of`].
    pub(super) column: u32,
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
    /// Of the identifier of rows of no known scenario, once somebody asked: whether these are surely rows.
    pub(super) is_row: Option<bool>,
    pub(super) style: Option<Style>,
    pub(super) day: Option<Day>,
    /// The instant of a date, in ticks.
    pub(super) instant: Option<i64>,
}

/// A text that is remembered, until the next one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known(u32);

/// A text that is looked for: its hash, and what is in the first slot for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    hash: u64,
    first: u32,
}

/// What finding a text and counting it takes, side by side: what is looked up is mostly not in the nearest cache.
#[repr(align(32))]
struct Entry {
    /// The first bytes of the text.
    text: [u8; WINDOW],
    filled: u64,
    column: u32,
    /// Where the text is among the long ones, if it is one.
    begin: u32,
    length: u16,
    /// Whether something of what was said is an error.
    grave: bool,
    /// The block in which no finding is wanted of whatever fired, so that it need only be counted.
    ready: u32,
    /// How often it was met since it was counted, and the last row.
    again: u32,
    last: u32,
}

impl Place {
    /// That of a text in a column of the scenario at a place of the layout's tables, where these cells of the row are filled. Rules about
    /// filled cells look at the field, `alike` in whichever scenarios use it so; others also at which cells are filled.
    #[inline(always)]
    pub(super) fn of(column: usize, (scenario, alike): (usize, Option<u32>), filled: u64, is_empty: bool) -> Self {
        let told = |scenario: u32| (scenario << 8) | column as u32;
        match alike {
            Some(alike) if !is_empty => Self { column: told(alike), filled: 0 },
            _ => Self { column: told(scenario as u32 + 1), filled },
        }
    }

    /// That of a text in a column of a row of no known scenario.
    #[inline(always)]
    pub(super) fn of_none(column: usize) -> Self {
        Self { column: column as u32, filled: 0 }
    }

    /// The column that is counted under.
    fn counted(column: u32, tally: &Tally) -> u32 {
        tally.column((column & 0xff) + 1)
    }
}

impl Verdicts {
    /// Begins to look for the text at `begin..end` of a buffer in that place. What the buffer does not hold a window of is not
    /// remembered. Where several are looked for, all are begun first: so they are waited for side by side.
    #[inline(always)]
    pub(super) fn look(&self, place: Place, bytes: &[u8], begin: usize, end: usize) -> Option<Look> {
        let (window, length) = (bytes.get(begin..)?.first_chunk()?, end - begin);
        let whole = if length > WINDOW { &bytes[begin..end] } else { window };
        let hash = hash(place, window, length, whole);
        let first = *self.slots.get(slot(hash) % SLOTS)?;
        Some(Look { hash, first })
    }

    /// The text that was looked for, if it is remembered.
    #[inline(always)]
    pub(super) fn find(&self, look: Look, place: Place, bytes: &[u8], begin: usize, end: usize) -> Option<Known> {
        let (window, length) = (bytes.get(begin..)?.first_chunk()?, end - begin);
        let Look { hash, first: mut slot } = look;
        let mut at = self::slot(hash);
        loop {
            let number = (slot & NUMBER).checked_sub(1)?;
            if (slot ^ (hash >> 32) as u32) & !NUMBER == 0 {
                let entry = &self.entries[number as usize];
                let is_there = entry.filled == place.filled
                    && entry.column == place.column
                    && usize::from(entry.length) == length
                    && same(&entry.text, window, length.min(WINDOW));
                let rest = || self.texts.get(entry.begin as usize..).zip(bytes.get(begin..end));
                if is_there && (length <= WINDOW || rest().is_some_and(|(long, text)| long.starts_with(text))) {
                    return Some(Known(number));
                }
            }
            at += 1;
            slot = *self.slots.get(at % SLOTS)?;
        }
    }

    /// The same of a text that may stand anywhere.
    pub(super) fn find_text(&self, place: Place, text: &[u8]) -> Option<Known> {
        let mut bytes = [0; LONGEST + WINDOW];
        bytes[..LONGEST].get_mut(..text.len())?.copy_from_slice(text);
        self.find(self.look(place, &bytes, 0, text.len())?, place, &bytes, 0, text.len())
    }

    /// What was said of it.
    #[inline]
    pub(super) fn at(&self, known: Known) -> &Verdict {
        &self.said[known.0 as usize]
    }

    /// Whether what was said of it need only be counted, in this block.
    #[inline(always)]
    pub(super) fn is_ready(&mut self, known: Known, tally: &Tally) -> bool {
        self.entries[known.0 as usize].ready == self.block || self.becomes_ready(known, tally)
    }

    fn becomes_ready(&mut self, known: Known, tally: &Tally) -> bool {
        let entry = &mut self.entries[known.0 as usize];
        let column = Place::counted(entry.column, tally);
        let full = self.said[known.0 as usize].fired().iter().all(|group| tally.is_full(*group, column));
        entry.ready = if full { self.block } else { 0 };
        full
    }

    /// Counts it once more, when [`Self::count`] is called; whether something of it is an error.
    #[inline(always)]
    pub(super) fn meet(&mut self, known: Known, row: usize) -> bool {
        let entry = &mut self.entries[known.0 as usize];
        if entry.again == 0 {
            self.met.push(known.0);
        }
        entry.again += 1;
        entry.last = row as u32;
        entry.grave
    }

    /// Counts all that were met.
    pub(super) fn count(&mut self, tally: &mut Tally) {
        for number in self.met.drain(..) {
            let (entry, verdict) = (&mut self.entries[number as usize], &self.said[number as usize]);
            let (times, column) = (std::mem::take(&mut entry.again), Place::counted(entry.column, tally));
            for (place, group) in verdict.fired().iter().enumerate() {
                tally.group(*group, column).count_more(times.into(), entry.last.into(), verdict.is_fixable(place));
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

    /// Remembers whether a row with this identifier, which is of no known scenario, is surely one.
    pub(super) fn settle(&mut self, known: Known, is_row: bool) {
        self.said[known.0 as usize].is_row = Some(is_row);
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
            self.said.clear();
            self.texts.clear();
        }
        let (mut window, length, begin) = ([0; WINDOW], text.len(), self.texts.len());
        window.iter_mut().zip(text).for_each(|(byte, of_text)| *byte = *of_text);
        if length > WINDOW {
            self.texts.extend_from_slice(text);
        }
        let hash = hash(place, &window, length, text);
        let mut at = slot(hash);
        while self.slots[at % SLOTS] != 0 {
            at += 1;
        }
        let Place { filled, column } = place;
        let (begin, length, grave) = (begin as u32, length as u16, verdict.grave);
        self.entries.push(Entry { text: window, filled, column, begin, length, grave, ready: 0, again: 0, last: 0 });
        self.said.push(verdict);
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

/// Of a text that is longer than a window, the `whole` counts; of any other the words of the window, without a branch on how many
/// they are.
#[inline(always)]
fn hash(place: Place, window: &[u8; WINDOW], length: usize, whole: &[u8]) -> u64 {
    let mut state = place.filled.rotate_left(40) ^ u64::from(place.column) << 32 ^ length as u64;
    if let Some(keep) = kept(length) {
        let ((words, _), (keep, _)) = (window.as_chunks::<8>(), keep.as_chunks::<8>());
        let word = |i: usize| u64::from_le_bytes(words[i]) & u64::from_le_bytes(keep[i]);
        for i in 0..WINDOW / 16 {
            let (a, b) = (word(2 * i) ^ 0xa076_1d64_78bd_642f, word(2 * i + 1) ^ 0x8ebc_6af0_9c88_c6e3);
            state = state.rotate_left(29) ^ mix(a, b);
        }
    } else {
        state = absorb(state, whole);
    }
    mix(state, 0x9e37_79b9_7f4a_7c15)
}

/// A rule and two texts as a number, which is never 0: what is in its low bits changes most, and is not the same for two rules.
#[inline]
fn pair(rule: RuleId, one: Known, other: Known) -> u64 {
    let pair = u64::from(one.0) << 13 | u64::from(other.0);
    u64::from(rule) << 26 | (pair ^ pair >> 10 ^ u64::from(rule % 32) << 8) | 1 << 63
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
        let known =
            verdicts.find_text(place, b"31.12.2025").map(|known| *verdicts.at(known)).expect("it was remembered");
        assert_eq!(known.fired(), [7, 9]);
        assert!(!known.is_fixable(0) && known.is_fixable(1));
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
            verdicts.remember(place, text(number).as_bytes(), Verdict::default(), &mut Tally::default());
        });
        assert!((0..super::TEXTS).all(|number| knows(&verdicts, number)) && !knows(&verdicts, super::TEXTS));
        verdicts.remember(place, b"one more", Verdict::default(), &mut Tally::default());
        assert!(!knows(&verdicts, 0) && verdicts.find_text(place, b"one more").is_some());
    }

    #[test]
    fn a_cell_that_breaks_too_many_rules_is_not_remembered() {
        let mut verdict = Verdict::default();
        assert!((0..8).all(|rule| verdict.add(rule, true)));
        assert!(!verdict.add(8, true));
    }
}
