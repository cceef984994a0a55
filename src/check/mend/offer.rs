//! Repairs that rules offer during one walk over a row.

use super::{Decisions, Mending};
use crate::check::careful::Target;
use crate::check::worker::Worker;
use crate::finding::Safety;
use crate::plan::RuleId;
use crate::rules::{Explanation, Mend};

/// A repair that a rule offered.
pub(in crate::check) struct Offer {
    pub(in crate::check) rule: RuleId,
    pub(in crate::check) target: Target,
    pub(in crate::check) mend: Mend,
}

impl Mending<'_> {
    /// A rule fired: takes its repair, if repairs of the rule are chosen and this one is safe enough. Of several repairs of
    /// one cell, the first offered is made, and the cell is judged again.
    pub(in crate::check) fn fired(
        &self,
        worker: &mut Worker,
        rule: RuleId,
        target: Target,
        place: &dyn Fn() -> u64,
        explain: &dyn Fn() -> Explanation,
    ) {
        let taken = |offer: &Offer| offer.target == target && target != Target::Record;
        if !self.chosen[usize::from(rule)] || worker.offers.iter().any(taken) {
            return;
        }
        let Some(mend) = explain().mend else { return };
        let decided = |decisions: &Decisions| decisions.wants_at(self.names[usize::from(rule)], place());
        let unwanted = mend.safety() == Safety::Unsafe && !self.choice.decisions.as_deref().is_none_or(decided);
        if mend.safety() >= self.choice.safety && !unwanted {
            worker.offers.push(Offer { rule, target, mend });
        }
    }
}
