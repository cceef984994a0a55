//! What the rules said of a cell, remembered: files in which everything is wrong say the same wrong thing over and over.

use crate::accept::Day;
use crate::plan::RuleId;
use crate::rules::date::Style;

/// Longest text that is remembered.
const LONGEST: usize = 40;

/// Rules that one cell may break and still be remembered.
const MOST: usize = 5;

/// Texts remembered at a time; a new one takes the place of an old one.
const SLOTS: usize = 8192;

/// Verdicts by text and place. Places are numbered anew for every file, and so is this.
#[derive(Default)]
pub(super) struct Verdicts {
    /// None until the first text is remembered: a clean file needs none.
    slots: Vec<Slot>,
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
    pub(super) day: Option<Day>,
    pub(super) style: Option<Style>,
}

#[derive(Clone, Copy)]
struct Slot {
    text: [u8; LONGEST],
    length: u8,
    place: Place,
    verdict: Verdict,
}

impl Verdicts {
    /// What was said of that text in that place.
    #[inline]
    pub(super) fn recall(&self, place: Place, text: &[u8]) -> Option<Verdict> {
        let slot = self.slots.get(slot(place, text))?;
        let same = slot.place == place && usize::from(slot.length) == text.len();
        (same && slot.text.get(..text.len()) == Some(text)).then_some(slot.verdict)
    }

    /// Remembers what was said, if the text is short.
    pub(super) fn remember(&mut self, place: Place, text: &[u8], verdict: Verdict) {
        let Some(length) = u8::try_from(text.len()).ok().filter(|length| usize::from(*length) <= LONGEST) else {
            return;
        };
        if self.slots.is_empty() {
            let empty =
                Slot { text: [0; LONGEST], length: u8::MAX, place: Place::default(), verdict: Verdict::default() };
            self.slots = vec![empty; SLOTS];
        }
        let slot = &mut self.slots[slot(place, text)];
        slot.text[..text.len()].copy_from_slice(text);
        (slot.length, slot.place, slot.verdict) = (length, place, verdict);
    }
}

impl Verdict {
    /// The same verdict on a date that names this day and is written like this.
    pub(super) fn on(self, day: Option<Day>, style: Option<Style>) -> Self {
        Self { day, style, ..self }
    }

    /// Adds what a rule was counted under, and whether it has a repair; `false` when there is no room for it.
    pub(super) fn add(&mut self, rule: RuleId, fixable: bool) -> bool {
        self.fixable |= u8::from(fixable) << self.count.min(7);
        let free = self.fired.get_mut(usize::from(self.count)).map(|place| *place = rule).is_some();
        self.count += u8::from(free);
        free
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
fn slot(place: Place, text: &[u8]) -> usize {
    let (first, last) = match text {
        [first @ .., _, _, _, _] if first.len() >= 4 => (word(text, 0), word(text, text.len() - 8)),
        [first, .., last] => (u64::from(*first), u64::from(*last) << 8 | u64::from(text[text.len() / 2])),
        _ => (0, 0),
    };
    let place = place.column.rotate_left(17) ^ place.filled.rotate_left(40) ^ (text.len() as u64) << 56;
    let hash = (first ^ last.rotate_left(32) ^ place).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // The high bits depend on all bits that went in, once the upper half is laid on the lower.
    ((hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 51) as usize % SLOTS
}

#[inline]
fn word(text: &[u8], at: usize) -> u64 {
    text[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
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
        assert!((0..5).all(|rule| verdict.add(rule, true)));
        assert!(!verdict.add(5, true));
    }
}
