//! What rules said of texts, apart from the texts: whatever the same was said of, in one column, is counted together. A file in which
//! everything is wrong has thousands of texts and some dozens of these.

use std::collections::HashMap;

use super::columns::Columns;
use super::tally::Tally;
use crate::plan::RuleId;
use crate::rules::date::Style;

/// Rules that one cell may break and still be remembered.
const MOST: usize = 8;

/// What was said of a text, as far as it is counted: what fired was counted under, in the order asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Said {
    fired: [RuleId; MOST],
    /// Bit `i`: what the rule at place `i` speaks of can be mended.
    fixable: u8,
    count: u8,
    /// Whether something of it is an error.
    pub(super) grave: bool,
    /// Of a date: whether it is of a day that is counted for being too old.
    pub(super) old: bool,
    /// How a date is written.
    pub(super) style: Option<Style>,
}

/// All of it that is remembered.
#[derive(Default)]
pub(super) struct Kinds {
    list: Vec<Kind>,
    numbers: HashMap<(u32, Said), u16>,
    /// The block's number: what is ready for one is not for the next.
    block: u32,
}

/// What the same was said of in a column.
struct Kind {
    /// How often it was met since it was counted, and the last row.
    again: u32,
    last: u32,
    /// The block in which no finding is wanted of whatever fired, so that it need only be counted.
    ready: u32,
    column: u32,
    said: Said,
}

impl Said {
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

impl Kinds {
    /// The number of what was said in a column.
    pub(super) fn number(&mut self, column: u32, said: Said) -> u16 {
        *self.numbers.entry((column, said)).or_insert_with(|| {
            self.list.push(Kind { again: 0, last: 0, ready: 0, column, said });
            self.list.len() as u16 - 1
        })
    }

    #[inline(always)]
    pub(super) fn at(&self, number: u16) -> &Said {
        &self.list[usize::from(number)].said
    }

    /// Whether this need only be counted, in this block.
    #[inline(always)]
    pub(super) fn is_ready(&mut self, number: u16, tally: &Tally) -> bool {
        self.list[usize::from(number)].ready == self.block || self.becomes_ready(number, tally)
    }

    #[cold]
    fn becomes_ready(&mut self, number: u16, tally: &Tally) -> bool {
        let kind = &mut self.list[usize::from(number)];
        let column = tally.column(kind.column + 1);
        let full = kind.said.fired().iter().all(|group| tally.is_full(*group, column));
        kind.ready = if full { self.block } else { 0 };
        full
    }

    /// Counts it once more, when [`Self::count`] is called; whether something of it is an error.
    #[inline(always)]
    pub(super) fn meet(&mut self, number: u16, row: usize) -> bool {
        let kind = &mut self.list[usize::from(number)];
        kind.again += 1;
        kind.last = row as u32;
        kind.said.grave
    }

    /// The same of several rows, the last of which is this.
    pub(super) fn meet_all(&mut self, number: u16, times: u32, last: u32) {
        let kind = &mut self.list[usize::from(number)];
        kind.again += times;
        kind.last = kind.last.max(last);
    }

    /// Counts all that were met.
    pub(super) fn count(&mut self, tally: &mut Tally, columns: &mut Columns) {
        for kind in &mut self.list {
            let (times, last) = (std::mem::take(&mut kind.again), std::mem::take(&mut kind.last));
            if times == 0 {
                continue;
            }
            let column = tally.column(kind.column + 1);
            for (place, group) in kind.said.fired().iter().enumerate() {
                tally.group(*group, column).count_more(times.into(), last.into(), kind.said.is_fixable(place));
            }
            if let Some(style) = kind.said.style {
                columns.count(kind.column as usize, style, times.into());
            }
        }
    }

    /// Begins a block.
    pub(super) fn begin(&mut self) {
        self.block += 1;
    }

    /// The number of the block.
    #[inline(always)]
    pub(super) fn block(&self) -> u32 {
        self.block
    }

    /// Forgets all, which was counted.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.numbers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinds, Said};

    #[test]
    fn a_cell_that_breaks_too_many_rules_is_not_remembered() {
        let mut said = Said::default();
        assert!((0..8).all(|rule| said.add(rule, true)));
        assert!(!said.add(8, true));
    }

    #[test]
    fn the_same_in_one_column_has_one_number() {
        let (mut kinds, mut said) = (Kinds::default(), Said::default());
        let none = kinds.number(3, said);
        assert!(said.add(7, false));
        let one = kinds.number(3, said);
        assert_ne!(none, one);
        assert_eq!((kinds.number(3, said), kinds.at(one).fired()), (one, &[7][..]));
        assert_ne!(kinds.number(4, said), one);
    }
}
