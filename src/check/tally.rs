//! How often each rule fired in each column, and which findings are kept in detail.
//!
//! Counts are exact; details are capped, by file (`--max-findings`) and, when only a person reads, by rule and column. A
//! worker cannot know what earlier blocks still hold, so it keeps a finding when it *might* be wanted, judging by a
//! [`Quota`] of some time ago; the merge decides in file order.

use crate::plan::RuleId;

/// How often a rule fired in a column of a block or of a file. Rows are what the owner counts them by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// Twice the rule's place, plus one for its milder form.
    pub(super) rule: RuleId,
    /// 0: no column; else the 1-based column, at most one more than the header has.
    pub(super) column: u32,
    pub(super) count: u64,
    /// How many of them can be mended.
    pub(super) fixable: u64,
    pub(super) shown: u64,
    pub(super) first: u64,
    pub(super) last: u64,
    /// The first that was only counted.
    pub(super) hidden: Option<u64>,
    /// No more of them are wanted in this block.
    pub(super) full: bool,
}

/// Groups, found by rule and column.
#[derive(Clone, Default)]
pub(super) struct Tally {
    groups: Vec<Group>,
    /// Place in `groups` plus one, by rule and column; 0: none yet.
    places: Vec<u32>,
    columns: usize,
}

/// What may still be shown.
#[derive(Clone, Debug)]
pub(super) struct Quota {
    /// Findings of the file.
    pub(super) left: u64,
    /// Findings of one rule in one column.
    pub(super) per_group: u64,
}

impl Tally {
    /// Makes the tally fit for that many rules and columns, and empty.
    pub(super) fn reset(&mut self, rules: usize, columns: usize) {
        if self.columns == columns && self.places.len() == rules * columns {
            for group in &self.groups {
                self.places[usize::from(group.rule) * columns + group.column as usize] = 0;
            }
        } else {
            self.columns = columns;
            self.places = vec![0; rules * columns];
        }
        self.groups.clear();
    }

    /// The group of a rule and column, made when it is new.
    pub(super) fn group(&mut self, rule: RuleId, column: u32) -> &mut Group {
        let place = &mut self.places[usize::from(rule) * self.columns + column as usize];
        if *place == 0 {
            let none =
                Group { rule, column, count: 0, fixable: 0, shown: 0, first: 0, last: 0, hidden: None, full: false };
            self.groups.push(none);
            *place = self.groups.len() as u32;
        }
        &mut self.groups[*place as usize - 1]
    }

    /// The place of a group that is there, among the groups.
    #[inline]
    fn place(&self, rule: RuleId, column: u32) -> Option<usize> {
        let place = self.places.get(usize::from(rule) * self.columns + column as usize)?;
        (*place as usize).checked_sub(1)
    }

    /// Counts one more of a group of which no more are wanted; whether it is one.
    #[inline]
    pub(super) fn count_if_full(&mut self, rule: RuleId, column: u32, row: u64, fixable: bool) -> bool {
        let group = self.place(rule, column).map(|place| &mut self.groups[place]);
        group.filter(|group| group.full).map(|group| group.count(row, fixable)).is_some()
    }

    /// Whether no more of a group are wanted.
    #[inline]
    pub(super) fn is_full(&self, rule: RuleId, column: u32) -> bool {
        self.place(rule, column).is_some_and(|place| self.groups[place].full)
    }

    /// How many of the group were shown.
    pub(super) fn shown(&self, rule: RuleId, column: u32) -> u64 {
        self.place(rule, column).map_or(0, |place| self.groups[place].shown)
    }

    /// The column that a 1-based one is counted under: those behind the header's count as one.
    pub(super) fn column(&self, column: u32) -> u32 {
        column.min(self.columns as u32 - 1)
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Adds another tally of the same form whose rows are counted from `row`.
    pub(super) fn add(&mut self, groups: &[Group], row: u64) {
        for other in groups {
            let group = self.group(other.rule, other.column);
            if group.count == 0 {
                group.first = row + other.first;
            }
            group.count += other.count;
            group.fixable += other.fixable;
            group.last = group.last.max(row + other.last);
            if let Some(hidden) = other.hidden {
                group.hide(row + hidden);
            }
        }
    }
}

impl Group {
    /// Notes that one was not shown.
    pub(super) fn hide(&mut self, row: u64) {
        self.hidden = Some(self.hidden.map_or(row, |hidden| hidden.min(row)));
    }

    /// Counts some more of which none is wanted, all of which can be mended or none: the first and the last are of these rows.
    pub(super) fn count_more(&mut self, times: u64, (first, last): (u64, u64), fixable: bool) {
        self.first = if self.count == 0 { first } else { self.first.min(first) };
        self.count += times;
        self.fixable += if fixable { times } else { 0 };
        self.last = self.last.max(last);
        self.hide(first);
        self.full = true;
    }

    /// Counts one more, which can be mended or not.
    pub(super) fn count(&mut self, row: u64, fixable: bool) {
        if self.count == 0 {
            self.first = row;
        }
        self.count += 1;
        self.fixable += u64::from(fixable);
        self.last = self.last.max(row);
    }
}
