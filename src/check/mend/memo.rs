//! Repairs of cells, remembered: files in which everything is wrong say the same wrong thing over and over, and a repair is
//! made together with words that nobody reads here.
//!
//! A rule about a cell offers the same new text whenever the same text stands in the same column of a row of the same scenario.

use crate::check::key::absorb;
use crate::plan::RuleId;
use crate::rules::Mend;

/// Longest text that is remembered.
const LONGEST: usize = 240;

/// Repairs remembered at a time; a new one takes the place of an old one.
const SLOTS: usize = 4 * 1024;

/// Whose repair of which text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Asked<'t> {
    pub(in crate::check) rule: RuleId,
    pub(in crate::check) scenario: u32,
    pub(in crate::check) column: u32,
    pub(in crate::check) text: &'t str,
}

/// Repairs by rule, place and text.
#[derive(Default)]
pub(in crate::check) struct Memo {
    /// None until the first repair is remembered: who checks needs none.
    slots: Vec<Option<Slot>>,
}

struct Slot {
    rule: RuleId,
    scenario: u32,
    column: u32,
    text: Box<str>,
    mend: Mend,
}

impl Memo {
    /// What was offered before.
    pub(super) fn recall(&self, asked: Asked<'_>) -> Option<&Mend> {
        let slot = self.slots.get(place(asked))?.as_ref()?;
        let known = Asked { rule: slot.rule, scenario: slot.scenario, column: slot.column, text: &slot.text };
        (known == asked).then_some(&slot.mend)
    }

    /// Remembers the repair of one cell.
    pub(super) fn remember(&mut self, asked: Asked<'_>, mend: &Mend) {
        if asked.text.len() <= LONGEST && matches!(mend, Mend::Cell(..)) {
            self.slots.resize_with(SLOTS, || None);
            let Asked { rule, scenario, column, text } = asked;
            self.slots[place(asked)] = Some(Slot { rule, scenario, column, text: text.into(), mend: mend.clone() });
        }
    }
}

fn place(asked: Asked<'_>) -> usize {
    let field = u64::from(asked.rule) << 40 ^ u64::from(asked.scenario) << 20 ^ u64::from(asked.column);
    let hash = absorb(field, asked.text.as_bytes()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::{Asked, Memo};
    use crate::finding::Safety;
    use crate::rules::Mend;

    #[test]
    fn only_the_very_text_in_the_very_place_is_recalled() {
        let mut memo = Memo::default();
        let asked = Asked { rule: 3, scenario: 1, column: 2, text: "n/a" };
        let mend = Mend::Cell(Safety::Unsafe, String::new());
        memo.remember(asked, &mend);
        assert!(memo.recall(asked) == Some(&mend));
        assert!(memo.recall(Asked { text: "N/A", ..asked }).is_none());
        assert!(memo.recall(Asked { column: 1, ..asked }).is_none());
        let several = Mend::Cells(Safety::Unsafe, Vec::new());
        memo.remember(Asked { rule: 4, ..asked }, &several);
        assert!(memo.recall(Asked { rule: 4, ..asked }).is_none());
    }
}
