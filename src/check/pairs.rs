//! Pairs of texts of which rules about records say nothing, so that these need not be asked again.

use super::verdicts::Known;
use crate::plan::RuleId;

/// Pairs of texts of which it is remembered that a rule says nothing; a power of two.
const PAIRS: usize = 64 * 1024;

/// Of pairs of texts: rules that say nothing of them. What the place tells is left out.
#[derive(Default)]
pub(super) struct Pairs {
    list: Vec<u32>,
}

impl Pairs {
    /// Whether a rule is known to say nothing of two texts.
    #[inline]
    pub(super) fn is_silent(&self, rule: RuleId, one: Known, other: Known) -> bool {
        let pair = pair(rule, one, other);
        self.list.get(pair as usize % PAIRS) == Some(&((pair / PAIRS as u64) as u32))
    }

    /// Remembers that it does not.
    pub(super) fn silence(&mut self, rule: RuleId, one: Known, other: Known) {
        let pair = pair(rule, one, other);
        if self.list.is_empty() {
            self.list.resize(PAIRS, 0);
        }
        self.list[pair as usize % PAIRS] = (pair / PAIRS as u64) as u32;
    }
}

/// A rule and two texts as a number, whose part above the place is never 0: what is in its low bits changes most, and is not the same for two rules.
#[inline]
fn pair(rule: RuleId, one: Known, other: Known) -> u64 {
    let pair = u64::from(one.number()) << 13 | u64::from(other.number());
    u64::from(rule) << 26 | (pair ^ pair >> 10 ^ u64::from(rule % 32) << 8) | 1 << 44
}
