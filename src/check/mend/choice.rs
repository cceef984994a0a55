//! Which repairs are made: what the user chose, and what that means for one file.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::Decisions;
use crate::check::job::Ending;
use crate::finding::Safety;
use crate::plan::{Plan, RuleId};

/// Which repairs are made.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The least safety of a repair that is made.
    pub safety: Safety,
    /// Names of the rules whose repairs are made; empty: of all.
    pub only: Vec<&'static str>,
    /// What cells are read as that are not UTF-8.
    pub encoding: Option<&'static Encoding>,
    /// The delimiter that the file is written with, where the user knows.
    pub delimiter: Option<u8>,
    /// Where a person decides about unsafe repairs: what was decided.
    pub decisions: Option<Arc<Decisions>>,
    /// Whether the receiver wants the bytes as they were.
    pub wants_old: bool,
}

impl Choice {
    /// The safe repairs of all rules.
    #[must_use]
    pub fn safe() -> Self {
        Self {
            safety: Safety::Safe,
            only: Vec::new(),
            encoding: None,
            delimiter: None,
            decisions: None,
            wants_old: false,
        }
    }

    /// Whether repairs of the rule of that name are wanted.
    #[must_use]
    pub fn names(&self, rule: &str) -> bool {
        self.only.is_empty() || self.only.contains(&rule)
    }

    /// Whether repairs of a rule may be made at all: it is not off, it has some, and it was not left out.
    pub(in crate::check) fn includes(&self, plan: &Plan, id: RuleId) -> bool {
        let rule = plan.rule(id);
        plan.severity(id).is_some() && rule.fix.is_some() && self.names(rule.name)
    }
}

/// The choice as the workers of one file see it.
pub(in crate::check) struct Mending<'m> {
    pub(in crate::check) plan: &'m Plan,
    pub(in crate::check) choice: &'m Choice,
    /// By rule: whether its repairs may be made.
    pub(in crate::check) chosen: Vec<bool>,
    /// What is added to a place in the source to have that in the stored file.
    pub(in crate::check) shift: i64,
    /// The delimiter to write.
    pub(in crate::check) delimiter: u8,
    /// How lines are to end, where repairs of their endings are chosen; `None`: as they do.
    pub(in crate::check) ending: Option<Ending>,
    /// Whether endings are mended that are a return alone.
    pub(in crate::check) returns: bool,
    /// The rule `trailing-delimiter`, `mixed-line-endings` and `invalid-utf8`, for counting.
    pub(in crate::check) structure: Structure,
}

impl Mending<'_> {
    /// How a line is to end that ends like this, if it is to end otherwise.
    #[inline]
    pub(in crate::check) fn wanted(&self, ending: Option<Ending>) -> Option<Ending> {
        let (ending, wanted) = (ending?, self.ending?);
        let mixed = || self.chosen[usize::from(self.structure.mixed_line_endings)];
        let chosen = if ending == Ending::Return { self.returns } else { mixed() };
        (ending != wanted && chosen).then_some(wanted)
    }

    /// Whether surplus empty cells are taken away.
    pub(in crate::check) fn cuts_surplus(&self) -> bool {
        self.chosen[usize::from(self.structure.trailing_delimiter)]
    }

    /// What cells are read as that are not UTF-8, if they are to be mended.
    pub(in crate::check) fn encoding(&self) -> Option<&'static Encoding> {
        self.choice.encoding.filter(|_| self.chosen[usize::from(self.structure.invalid_utf8)])
    }
}

/// Rules whose repairs are made without being offered.
#[derive(Clone, Copy)]
pub(in crate::check) struct Structure {
    pub(in crate::check) trailing_delimiter: RuleId,
    pub(in crate::check) mixed_line_endings: RuleId,
    pub(in crate::check) lone_cr: RuleId,
    pub(in crate::check) invalid_utf8: RuleId,
    pub(in crate::check) wrong_delimiter: RuleId,
    pub(in crate::check) utf16_encoding: RuleId,
    pub(in crate::check) exact_duplicate_row: RuleId,
}

impl Structure {
    /// The rule about lines that end like this among others.
    pub(in crate::check) fn of_ending(self, ending: Ending) -> RuleId {
        if ending == Ending::Return { self.lone_cr } else { self.mixed_line_endings }
    }

    pub(in crate::check) fn of(plan: &Plan) -> Self {
        Self {
            trailing_delimiter: plan.id("trailing-delimiter"),
            mixed_line_endings: plan.id("mixed-line-endings"),
            lone_cr: plan.id("lone-cr"),
            invalid_utf8: plan.id("invalid-utf8"),
            wrong_delimiter: plan.id("wrong-delimiter"),
            utf16_encoding: plan.id("utf16-encoding"),
            exact_duplicate_row: plan.id("exact-duplicate-row"),
        }
    }
}
