//! What the rules said of a cell, remembered: files in which everything is wrong say the same wrong thing over and over.

use crate::accept::Day;
use crate::plan::RuleId;
use crate::rules::date::Style;

/// Longest text that is remembered.
const LONGEST: usize = 40;

/// Rules that one cell may break and still be remembered.
const MOST: usize = 4;

/// Texts remembered at a time; a new one takes the place of an old one.
const SLOTS: usize = 1024;

/// Verdicts by text and field. Fields are numbered anew for every file, and so is this.
pub(super) struct Verdicts {
    slots: Box<[Slot]>,
}

/// The rules that fired, in the order asked, the day that a date's text names and how it is written.
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
    /// Which field of which scenario the text was judged as.
    field: u32,
    verdict: Verdict,
}

impl Default for Verdicts {
    fn default() -> Self {
        let empty = Slot { text: [0; LONGEST], length: u8::MAX, field: 0, verdict: Verdict::default() };
        Self { slots: vec![empty; SLOTS].into_boxed_slice() }
    }
}

impl Verdicts {
    /// What was said of that text as that field.
    #[inline]
    pub(super) fn recall(&self, field: u32, text: &[u8]) -> Option<Verdict> {
        let slot = &self.slots[place(field, text)];
        let same = slot.field == field && usize::from(slot.length) == text.len();
        (same && slot.text.get(..text.len()) == Some(text)).then_some(slot.verdict)
    }

    /// Remembers what was said, if the text is short.
    pub(super) fn remember(&mut self, field: u32, text: &[u8], verdict: Verdict) {
        let Some(length) = u8::try_from(text.len()).ok().filter(|length| usize::from(*length) <= LONGEST) else {
            return;
        };
        let slot = &mut self.slots[place(field, text)];
        slot.text[..text.len()].copy_from_slice(text);
        (slot.length, slot.field, slot.verdict) = (length, field, verdict);
    }
}

impl Verdict {
    /// The same verdict on a date that names this day and is written like this.
    pub(super) fn on(self, day: Option<Day>, style: Option<Style>) -> Self {
        Self { day, style, ..self }
    }

    /// Adds a rule, and whether it has a repair; `false` when there is no room for it.
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
fn place(field: u32, text: &[u8]) -> usize {
    let word = |at: usize| {
        let bytes = text.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        bytes
            .map_or_else(|| text.iter().skip(at).fold(0, |word, byte| word << 8 | u64::from(*byte)), u64::from_le_bytes)
    };
    let last = word(text.len().saturating_sub(8));
    let hash = (word(0) ^ last.rotate_left(32) ^ u64::from(field) << 17 ^ text.len() as u64)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 32) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::{Verdict, Verdicts};

    #[test]
    fn only_the_very_text_in_the_very_field_is_recalled() {
        let mut verdicts = Verdicts::default();
        let mut verdict = Verdict::default();
        assert!(verdict.add(7, false) && verdict.add(9, true));
        verdicts.remember(3, b"31.12.2025", verdict);
        assert_eq!(verdicts.recall(3, b"31.12.2025").map(|known| known.fired().to_vec()), Some(vec![7, 9]));
        let known = verdicts.recall(3, b"31.12.2025").expect("it was remembered");
        assert!(!known.is_fixable(0) && known.is_fixable(1));
        assert!(verdicts.recall(4, b"31.12.2025").is_none());
        assert!(verdicts.recall(3, b"31.12.2026").is_none());
        assert!(verdicts.recall(3, b"").is_none());
    }

    #[test]
    fn a_cell_that_breaks_too_many_rules_is_not_remembered() {
        let mut verdict = Verdict::default();
        assert!((0..4).all(|rule| verdict.add(rule, true)));
        assert!(!verdict.add(4, true));
    }
}
