//! One file's check, as every worker sees it.

use std::sync::Arc;

use super::domains;
use super::key::Hasher;
use super::mend::Mending;
use super::options::Options;
use super::tally::{Group, Quota, Tally};
use crate::accept::Day;
use crate::mapping::Encoding;
use crate::plan::{Layout, RuleId};
use crate::rules::Observed;
use crate::scan::{Scanner, Seen};
use crate::source::Source;

/// What does not change while a file's blocks are checked.
pub(super) struct Job<'j, 'p> {
    pub(super) file: Arc<str>,
    pub(super) source: &'j dyn Source,
    pub(super) layout: &'j Layout<'p>,
    pub(super) options: &'j Options<'j>,
    pub(super) scanner: Scanner,
    pub(super) hasher: Hasher,
    pub(super) keyed: std::hash::RandomState,
    /// Offset of the first record after the header.
    pub(super) begin: u64,
    /// Offset of the file's first byte, all files of the run laid end to end.
    pub(super) base: u64,
    /// How the header's line ends; `None` when it is the last.
    pub(super) ending: Option<Ending>,
    /// Dates before this day are too old; the first day of all when nobody asks.
    pub(super) oldest: Day,
    /// Dates before this day have a finding of their own, and are not counted as too old.
    pub(super) believed: Day,
    /// The last day on which an event that was told may lie; the last of all when nobody asks.
    pub(super) ahead: Day,
    /// The first and the last day of which no rule speaks for the day's sake.
    pub(super) usual: (Day, Day),
    /// Whether somebody wants to know of repeats.
    pub(super) repeats: bool,
    /// Whether hashes of records are kept, as nobody could read these again: those of a stream, and of standard input that is a file, once
    /// another file is checked.
    pub(super) witnessed: bool,
    pub(super) engine: EngineRules,
    /// What is mended, where rows are mended and not told of.
    pub(super) mending: Option<Mending<'j>>,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    LineFeed,
    CrLf,
    Return,
}

impl Ending {
    /// The ending of the record that ends at `end`.
    #[inline]
    pub(super) fn at(bytes: &[u8], begin: usize, end: usize) -> Self {
        match bytes[end] {
            b'\r' => Self::Return,
            _ if end > begin && bytes[end - 1] == b'\r' => Self::CrLf,
            _ => Self::LineFeed,
        }
    }

    /// The bytes of a line end.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Self::LineFeed => b"\n",
            Self::CrLf => b"\r\n",
            Self::Return => b"\r",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::LineFeed => "LF",
            Self::CrLf => "CRLF",
            Self::Return => "CR",
        }
    }
}

/// What a worker is told about what is still wanted; it may be out of date, then too much is kept and dropped later.
pub(super) struct Wanted {
    pub(super) quota: Quota,
    pub(super) shown: Tally,
}

impl Wanted {
    /// No findings.
    pub(super) fn nothing() -> Self {
        Self { quota: Quota { left: 0, per_group: 0 }, shown: Tally::default() }
    }

    /// Whether one more finding of a group might be shown, given how many the block keeps of the rows before. The row in which the
    /// quota ends is kept whole: its findings come in the order of the rules, and are shown in that of their places.
    pub(super) fn wants(&self, kept: usize, group: &Group) -> bool {
        let shown = self.shown.shown(group.rule, group.column) + group.shown;
        (kept as u64) < self.quota.left && shown < self.quota.per_group
    }
}

impl Wanted {
    /// The same of a group of a block's tally, whether it is there or not.
    pub(super) fn wants_of(&self, kept: usize, tally: &Tally, rule: RuleId, column: u32) -> bool {
        let shown = self.shown.shown(rule, column) + tally.shown(rule, column);
        !tally.is_full(rule, column) && (kept as u64) < self.quota.left && shown < self.quota.per_group
    }
}

impl Job<'_, '_> {
    /// Whether no rule speaks of a good date for the sake of its day; that it is too old is counted elsewhere. `effective`: it is that of
    /// an event that was told.
    #[inline(always)]
    pub(super) fn is_usual(&self, day: Day, effective: bool) -> bool {
        self.usual.0 <= day && day <= self.usual.1 && !(effective && day > self.ahead)
    }

    /// The first of the days of which nothing is to be said, whatever column they stand in, and the number of these days.
    pub(super) fn quiet_days(&self) -> (u32, u32) {
        let (first, last) = (self.usual.0, self.usual.1.min(self.ahead));
        (first.0, (last.0 + 1).saturating_sub(first.0))
    }

    /// Whether a date of this day is counted for being too old.
    #[inline(always)]
    pub(super) fn is_too_old(&self, day: Day) -> bool {
        self.believed <= day && day < self.oldest
    }

    /// Whether `hrlint fix` leaves the file, because it is in an encoding that the mapping declares.
    pub(super) fn is_left(&self) -> bool {
        self.source.decodes() && self.layout.plan.mapping.encoding != Encoding::Utf8
    }

    /// Whether the domains of a file are counted: not where the mapping lists those that are right.
    #[inline]
    pub(super) fn counts_domains(&self) -> bool {
        let asked = self.layout.plan.severity(self.engine.domain_near_miss).is_some();
        asked && self.layout.frame.domains.is_empty() && self.mending.is_none()
    }

    /// Columns that a tally has: none, the header's, and one for all behind.
    pub(super) fn columns(&self) -> usize {
        self.layout.frame.headers.len() + 2
    }
}

/// The rules whose faults only the engine sees.
#[derive(Clone, Copy)]
pub(super) struct EngineRules {
    pub(super) unterminated_quote: RuleId,
    pub(super) stray_quote: RuleId,
    pub(super) swallowed_records: RuleId,
    pub(super) date_too_old: RuleId,
    pub(super) domain_near_miss: RuleId,
    pub(super) exact_duplicate_row: RuleId,
    pub(super) duplicate_event_key: RuleId,
    /// A record of which one of these speaks is no row.
    no_rows: [RuleId; 4],
    extra_fields: RuleId,
    pub(super) conflicting_resignation: RuleId,
    pub(super) profile_duplicate_user: RuleId,
    pub(super) profile_of_leaver: RuleId,
    pub(super) upn_case_variants: RuleId,
}

impl EngineRules {
    pub(super) fn of(plan: &crate::plan::Plan) -> Self {
        Self {
            unterminated_quote: plan.id("unterminated-quote"),
            stray_quote: plan.id("stray-quote"),
            swallowed_records: plan.id("swallowed-records"),
            date_too_old: plan.id("date-too-old"),
            domain_near_miss: plan.id(domains::RULE),
            exact_duplicate_row: plan.id("exact-duplicate-row"),
            duplicate_event_key: plan.id("duplicate-event-key"),
            no_rows: ["blank-line", "all-empty-row", "repeated-header", "totals-row"].map(|rule| plan.id(rule)),
            extra_fields: plan.id("extra-fields"),
            conflicting_resignation: plan.id("conflicting-resignation"),
            profile_duplicate_user: plan.id("profile-duplicate-user"),
            profile_of_leaver: plan.id("profile-of-leaver"),
            upn_case_variants: plan.id("upn-case-variants"),
        }
    }

    /// The rules that look for records which go together with earlier ones.
    pub(super) fn of_repeats(self) -> [RuleId; 6] {
        [
            self.exact_duplicate_row,
            self.duplicate_event_key,
            self.conflicting_resignation,
            self.profile_duplicate_user,
            self.profile_of_leaver,
            self.upn_case_variants,
        ]
    }

    /// Whether a record of which this rule speaks is no row, so that no other rule is asked about it.
    pub(super) fn ends_the_row(self, id: RuleId) -> bool {
        self.no_rows.contains(&id)
    }

    /// Whether the values of a record of which this rule speaks stand in the wrong columns, so that none is judged.
    pub(super) fn tears_the_row(self, id: RuleId) -> bool {
        id == self.extra_fields
    }

    /// The rule and the fact for a structural fault.
    pub(super) fn seen(self, seen: Seen, limit: usize) -> (RuleId, Observed) {
        match seen {
            Seen::UnterminatedQuote { at_limit } => {
                (self.unterminated_quote, Observed::UnterminatedQuote(at_limit.then_some(limit as u64)))
            }
            Seen::StrayQuote => (self.stray_quote, Observed::StrayQuote),
            Seen::TextAfterQuote => (self.stray_quote, Observed::TextAfterQuote),
        }
    }
}
