//! What rules said of texts, apart from the texts: whatever the same was said of, in one column, is counted together. A file in which
//! everything is wrong has thousands of texts and some dozens of these.

use std::collections::HashMap;

use super::columns::Columns;
use super::job::Wanted;
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

/// What tells whether a finding of the row at hand might be shown.
pub(super) struct Shown<'a> {
    pub(super) tally: &'a Tally,
    pub(super) wanted: &'a Wanted,
    /// Findings that the block keeps of the rows before.
    pub(super) kept: usize,
}

/// What the same was said of in a column.
struct Kind {
    /// How often it was met since it was counted, the first row and the last.
    again: u32,
    first: u32,
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
            self.list.push(Kind { again: 0, first: u32::MAX, last: 0, ready: 0, column, said });
            self.list.len() as u16 - 1
        })
    }

    #[inline(always)]
    pub(super) fn at(&self, number: u16) -> &Said {
        &self.list[usize::from(number)].said
    }

    /// Whether this need only be counted, in this block.
    #[inline(always)]
    pub(super) fn is_ready(&mut self, number: u16, shown: &Shown<'_>) -> bool {
        self.list[usize::from(number)].ready == self.block || self.becomes_ready(number, shown)
    }

    /// What is not wanted once is not for the rest of the block.
    #[cold]
    fn becomes_ready(&mut self, number: u16, shown: &Shown<'_>) -> bool {
        let kind = &mut self.list[usize::from(number)];
        let column = shown.tally.column(kind.column + 1);
        let wanted =
            kind.said.fired().iter().any(|group| shown.wanted.wants_of(shown.kept, shown.tally, *group, column));
        kind.ready = if wanted { 0 } else { self.block };
        !wanted
    }

    /// Counts it once more, when [`Self::count`] is called; whether something of it is an error.
    #[inline(always)]
    pub(super) fn meet(&mut self, number: u16, row: usize) -> bool {
        let kind = &mut self.list[usize::from(number)];
        kind.again += 1;
        kind.first = kind.first.min(row as u32);
        kind.last = row as u32;
        kind.said.grave
    }

    /// The same of several rows, the first and the last of which are these.
    pub(super) fn meet_all(&mut self, number: u16, times: u32, (first, last): (u32, u32)) {
        let kind = &mut self.list[usize::from(number)];
        kind.again += times;
        kind.first = kind.first.min(first);
        kind.last = kind.last.max(last);
    }

    /// Counts all that were met.
    pub(super) fn count(&mut self, tally: &mut Tally, columns: &mut Columns) {
        for kind in &mut self.list {
            let (times, first, last) = (kind.again, kind.first, kind.last);
            (kind.again, kind.first, kind.last) = (0, u32::MAX, 0);
            if times == 0 {
                continue;
            }
            let column = tally.column(kind.column + 1);
            for (place, group) in kind.said.fired().iter().enumerate() {
                let rows = (first.into(), last.into());
                tally.group(*group, column).count_more(times.into(), rows, kind.said.is_fixable(place));
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
