//! Repairs that rules offer during one walk over a row.

use super::memo::Asked;
use super::{Decisions, Mending};
use crate::check::asking::Hit;
use crate::check::careful::Target;
use crate::check::worker::Worker;
use crate::finding::{Safety, Severity};
use crate::plan::RuleId;
use crate::rules::{Explanation, Mend};

/// A repair that a rule offered.
pub(in crate::check) struct Offer {
    pub(in crate::check) rule: RuleId,
    pub(in crate::check) target: Target,
    pub(in crate::check) mend: Mend,
}

impl Mending<'_> {
    /// A rule fired in a row of that scenario: takes its repair, if repairs of the rule are chosen and this one is safe enough.
    /// Of several repairs of one cell, the first offered is made, and the cell is judged again.
    pub(in crate::check) fn fired(
        &self,
        worker: &mut Worker,
        hit: Hit<'_>,
        (scenario, severity): (Option<usize>, Severity),
        place: &dyn Fn() -> u64,
        explain: &dyn Fn() -> Explanation,
    ) {
        let (rule, target) = (hit.id, hit.target);
        if worker.walks == 0
            && severity == Severity::Error
            && let Some(errors) = worker.errors.get_mut(usize::from(rule))
        {
            *errors += 1;
        }
        let taken = |offer: &Offer| offer.target == target && target != Target::Record;
        if !self.chosen[usize::from(rule)] || worker.offers.iter().any(taken) {
            return;
        }
        let scenario = scenario.map_or(u32::MAX, |at| at as u32);
        let asked = hit.cell.map(|cell| Asked { rule, scenario, column: cell.column as u32, text: cell.text });
        let mend = if let Some(known) = asked.and_then(|asked| worker.memo.recall(asked)) {
            known.clone()
        } else {
            let Some(mend) = explain().mend else { return };
            if let Some(asked) = asked {
                worker.memo.remember(asked, &mend);
            }
            mend
        };
        let decided = |decisions: &Decisions| decisions.wants_at(self.plan.rule(rule).name, place());
        let unwanted = mend.safety() == Safety::Unsafe && !self.choice.decisions.as_deref().is_none_or(decided);
        if mend.safety() >= self.choice.safety && !unwanted {
            worker.offers.push(Offer { rule, target, mend });
        }
    }
}
