//! Which rules are asked where.

use super::{Plan, RuleId};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Record, RecordPlace, ScenarioFrame};

/// Which rules are asked where; rules that are off are asked nowhere.
pub struct Asked {
    /// About filled cells of sign-in names, dates and texts.
    pub upn: Questions,
    /// See `upn`.
    pub date: Questions,
    /// See `upn`.
    pub text: Questions,
    /// About empty cells that the scenario uses.
    pub blank: Questions,
    /// About filled cells that the scenario does not use.
    pub foreign: Questions,
    /// About the identifier column.
    pub identifier: Questions,
    /// About every cell.
    pub any: Questions,
    /// What those rules need a cell to hold some of.
    pub any_needs: Bytes,
    /// About records, for each of the frame's scenarios, and last for rows of none of them.
    records: Vec<ByWidth>,
    /// About the header.
    pub header: Vec<RuleId>,
}

/// A rule about cells, with all that asking it takes side by side: it is asked again and again.
#[derive(Clone, Copy)]
pub struct Question {
    /// The rule's place.
    pub id: RuleId,
    /// What a cell must hold some of, for the rule to be asked about it.
    pub needs: Bytes,
    /// Whether the cell has the fault.
    pub fires: fn(&Cell<'_>) -> bool,
    /// The words, for a cell on which `fires` said yes.
    pub explain: fn(&Cell<'_>) -> Explanation,
}

/// Rules about cells, and which of them are asked about a cell that holds such and such bytes.
#[derive(Default)]
pub struct Questions {
    list: Vec<Question>,
    /// Bit `i`: the rule at place `i` is asked about every cell.
    always: u128,
    /// By kind of bytes. Bit `i`: the rule at place `i` is asked about a cell that holds such a byte.
    of_kind: [u128; Bytes::NUMBER],
}

impl Questions {
    /// These rules.
    ///
    /// # Panics
    ///
    /// When there are more of them than bits: there are not that many rules about cells.
    #[must_use]
    pub fn new(list: Vec<Question>) -> Self {
        assert!(list.len() <= 128, "there are not that many rules");
        let (mut always, mut of_kind) = (0, [0; Bytes::NUMBER]);
        for (place, Question { needs, .. }) in list.iter().enumerate() {
            if *needs == Bytes::ANY {
                always |= 1 << place;
            }
            needs.kinds().for_each(|kind| of_kind[kind] |= 1 << place);
        }
        Self { list, always, of_kind }
    }

    /// All but one.
    #[must_use]
    pub fn without(&self, id: RuleId) -> Self {
        Self::new(self.list.iter().copied().filter(|question| question.id != id).collect())
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Question] {
        &self.list
    }

    /// Those that are asked about a cell that holds such bytes: bit `i` is for the rule at place `i`.
    #[must_use]
    #[inline(always)]
    pub fn places(&self, bytes: Bytes) -> u128 {
        let mut places = self.always;
        let mut left = bytes.bits();
        while left != 0 {
            places |= self.of_kind[left.trailing_zeros() as usize % Bytes::NUMBER];
            left &= left - 1;
        }
        places
    }

    /// Those that are asked about a cell that holds such bytes, in their order.
    #[inline]
    pub fn about(&self, bytes: Bytes) -> impl Iterator<Item = Question> {
        let mut left = self.places(bytes);
        std::iter::from_fn(move || {
            let place = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(self.list[place])
        })
    }
}

/// A rule about records.
#[derive(Clone, Copy)]
pub struct RecordQuestion {
    /// The rule's place.
    pub id: RuleId,
    /// Whether the record has the fault: the column to point at.
    pub fires: fn(&Record<'_>) -> Option<usize>,
    /// The words, for a record on which `fires` said yes.
    pub explain: fn(&Record<'_>) -> Explanation,
}

/// Rules about records of one scenario.
struct ByWidth {
    /// About those with as many cells as the header has columns, and about others.
    even: Vec<RecordQuestion>,
    uneven: Vec<RecordQuestion>,
}

impl ByWidth {
    fn new(plan: &Plan, scenario: Option<&ScenarioFrame>) -> Self {
        let carries = |key: &&str| scenario.is_some_and(|scenario| scenario.column_of(key).is_some());
        let of = |even: bool| {
            let question = |id: RuleId| match plan.rule(id).check {
                Check::Record { place, fires, explain } => {
                    let asked = match place {
                        RecordPlace::Any => true,
                        RecordPlace::Uneven => !even,
                        RecordPlace::With(fields) | RecordPlace::Of(fields) => fields.iter().all(carries),
                    };
                    asked.then_some(RecordQuestion { id, fires, explain })
                }
                _ => None,
            };
            plan.rule_ids().filter(|id| plan.severity(*id).is_some()).filter_map(question).collect()
        };
        Self { even: of(true), uneven: of(false) }
    }
}

impl Asked {
    /// The rules about a record with or without as many cells as the header, of the scenario at a place of the frame's.
    #[must_use]
    pub fn record(&self, scenario: Option<usize>, even: bool) -> &[RecordQuestion] {
        let of = &self.records[scenario.unwrap_or(self.records.len() - 1)];
        if even { &of.even } else { &of.uneven }
    }

    /// The plan's rules by place, for a file of these scenarios.
    #[must_use]
    pub fn new(plan: &Plan, scenarios: &[ScenarioFrame]) -> Self {
        let rules = || plan.rule_ids().filter(|id| plan.severity(*id).is_some());
        let of = |wanted: fn(&Check) -> bool| rules().filter(|id| wanted(&plan.rule(*id).check)).collect();
        let questions = |wanted: &dyn Fn(CellPlace) -> bool| {
            let question = |id: RuleId| match plan.rule(id).check {
                Check::Cell { place, needs, fires, explain } if wanted(place) => {
                    Some(Question { id, needs, fires, explain })
                }
                _ => None,
            };
            Questions::new(rules().filter_map(question).collect())
        };
        let at = |wanted: CellPlace| questions(&|place| place == wanted);
        let filled =
            |kind: FieldKind| questions(&|place| matches!(place, CellPlace::Filled(kinds) if kinds.contains(&kind)));
        let any = at(CellPlace::Any);
        Self {
            upn: filled(FieldKind::Upn),
            date: filled(FieldKind::DateTime),
            text: filled(FieldKind::Text),
            blank: at(CellPlace::Blank),
            foreign: at(CellPlace::Foreign),
            identifier: at(CellPlace::Identifier),
            any_needs: any.all().iter().map(|question| question.needs).reduce(Bytes::and).unwrap_or(Bytes::NUL),
            any,
            records: scenarios.iter().map(Some).chain([None]).map(|scenario| ByWidth::new(plan, scenario)).collect(),
            header: of(|check| matches!(check, Check::Header { .. })),
        }
    }
}
