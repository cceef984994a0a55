//! Repairs that rules offer during one walk over a row.

use super::Mending;
use crate::check::careful::Target;
use crate::check::worker::Worker;
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
        explain: &dyn Fn() -> Explanation,
    ) {
        let taken = |offer: &Offer| offer.target == target && target != Target::Record;
        if !self.chosen[usize::from(rule)] || worker.offers.iter().any(taken) {
            return;
        }
        let Some(mend) = explain().mend else { return };
        if mend.safety() >= self.choice.safety {
            worker.offers.push(Offer { rule, target, mend });
        }
    }
}
