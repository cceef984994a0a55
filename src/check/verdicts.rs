//! What the rules said of a cell, remembered: files in which everything is wrong say the same wrong thing over and over.

use super::key::absorb;
use crate::accept::Day;
use crate::plan::RuleId;
use crate::rules::date::{Reading, Style};

/// Longest text that is remembered.
const LONGEST: usize = 240;

/// Rules that one cell may break and still be remembered.
const MOST: usize = 8;

/// Texts remembered at a time; a new one takes the place of an old one. A power of two.
const SLOTS: usize = 16 * 1024;

/// Bytes of texts that are kept. When they are full, everything is forgotten.
const ROOM: usize = 1024 * 1024;

/// Verdicts by text and place. Places are numbered anew for every file, and so is this.
#[derive(Default)]
pub(super) struct Verdicts {
    /// None until the first text is remembered: a clean file needs none.
    slots: Vec<Slot>,
    /// The texts, one behind the other.
    texts: Vec<u8>,
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

#[derive(Clone, Copy, Default)]
struct Slot {
    /// Of text and place; 0: the slot is free.
    hash: u64,
    place: Place,
    /// Where the text is among the texts.
    begin: u32,
    length: u32,
    verdict: Verdict,
}

impl Verdicts {
    /// What was said of that text in that place.
    #[inline]
    pub(super) fn recall(&self, place: Place, text: &[u8]) -> Option<Verdict> {
        let hash = hash(place, text);
        let slot = self.slots.get(slot(hash)).filter(|slot| slot.hash == hash)?;
        let same = slot.place == place && self.texts.get(slot.begin as usize..)?.get(..slot.length as usize)? == text;
        same.then_some(slot.verdict)
    }

    /// Remembers what was said, if the text is not too long.
    pub(super) fn remember(&mut self, place: Place, text: &[u8], verdict: Verdict) {
        if text.len() > LONGEST {
            return;
        }
        if self.slots.is_empty() || self.texts.len() + text.len() > ROOM {
            self.slots.clear();
            self.slots.resize(SLOTS, Slot::default());
            self.texts.clear();
        }
        let hash = hash(place, text);
        let (begin, length) = (self.texts.len() as u32, text.len() as u32);
        self.texts.extend_from_slice(text);
        self.slots[slot(hash)] = Slot { hash, place, begin, length, verdict };
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
    absorb(state, text, 0).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1
}

/// The slot of a hash: its highest bits, on which every bit of text and place has a bearing.
#[inline]
fn slot(hash: u64) -> usize {
    (hash >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::{Place, Verdict, Verdicts};

    #[test]
    fn only_the_very_text_in_the_very_field_is_recalled() {
        let mut verdicts = Verdicts::default();
        let mut verdict = Verdict::default();
        assert!(verdict.add(7, false) && verdict.add(9, true));
        let place = Place { column: 3, filled: 1 };
        verdicts.remember(place, b"31.12.2025", verdict);
        assert_eq!(verdicts.recall(place, b"31.12.2025").map(|known| known.fired().to_vec()), Some(vec![7, 9]));
        let known = verdicts.recall(place, b"31.12.2025").expect("it was remembered");
        assert!(!known.is_fixable(0) && known.is_fixable(1));
        assert!(verdicts.recall(Place { column: 4, ..place }, b"31.12.2025").is_none());
        assert!(verdicts.recall(Place { filled: 3, ..place }, b"31.12.2025").is_none());
        assert!(verdicts.recall(place, b"31.12.2026").is_none());
        assert!(verdicts.recall(place, b"").is_none());
    }

    #[test]
    fn a_cell_that_breaks_too_many_rules_is_not_remembered() {
        let mut verdict = Verdict::default();
        assert!((0..8).all(|rule| verdict.add(rule, true)));
        assert!(!verdict.add(8, true));
    }
}
