//! What is asked about a row of which every cell was judged before, so that hardly any of its text must be read again.

use std::borrow::Cow;

use super::{Plan, RecordQuestion};
use crate::mapping::FieldKind;
use crate::rules::date::is_effective;
use crate::rules::{Check, Frame, Record, RecordPlace, ScenarioFrame};

/// A scenario, or none, whose rows can be judged by what was said of their cells before.
pub struct Roles {
    /// By column.
    pub columns: Vec<Role>,
    /// What is asked about the record all the same, and the columns that are looked at.
    pub records: Vec<(RecordQuestion, Vec<usize>)>,
    /// Bit `i`: the rule at place `i` of these says nothing of two dates of which one is no instant, nor of two instants in order.
    pub ordered: u64,
    /// Bit `i`: column `i` holds sign-in names; for rows of no known scenario, those of some scenario.
    pub upns: u64,
    /// The same of dates and of texts, and of all that the scenario uses.
    pub dates: u64,
    /// See `dates`.
    pub texts: u64,
    /// See `dates`.
    pub used: u64,
    /// The same of columns that no scenario uses or that hold the identifier of a known one, of those that other scenarios use, and
    /// of the identifier of none.
    pub idle: u64,
    /// See `idle`.
    pub foreign: u64,
    /// See `idle`.
    pub unknown: u64,
    /// The same of columns that rules about records look at.
    pub paired: u64,
}

/// What a column is to the rows of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The identifier, or of no scenario.
    Idle,
    /// The identifier of rows of no known scenario.
    Unknown,
    /// A sign-in name.
    Upn,
    /// What are sign-in names in rows of known scenarios: hardly any is there twice.
    Stranger,
    /// A date; whether of an event that was told.
    Date(bool),
    /// A text, of at most so many characters.
    Text(usize),
    /// Of other scenarios alone.
    Foreign,
}

/// The rule that speaks of two dates only if the second is the earlier one.
const IN_ORDER: &str = "last-day-before-resignation";

impl Role {
    fn of(scenario: Option<&ScenarioFrame>, frame: &Frame, column: usize) -> Self {
        let Some(scenario) = scenario else {
            let field = |scenario: &ScenarioFrame| scenario.columns[column].as_deref().map(|field| field.kind);
            let is_upn = || frame.scenarios.iter().any(|scenario| field(scenario) == Some(FieldKind::Upn));
            return match frame.identifier == Some(column) {
                true => Self::Unknown,
                false if is_upn() => Self::Stranger,
                false => Self::Idle,
            };
        };
        match scenario.columns[column].as_deref() {
            _ if frame.identifier == Some(column) => Self::Idle,
            Some(field) => match field.kind {
                FieldKind::Upn => Self::Upn,
                FieldKind::DateTime => Self::Date(is_effective(field)),
                FieldKind::Text => Self::Text(field.max_length.map_or(usize::MAX, |most| most as usize)),
            },
            None if frame.is_mapped(column) => Self::Foreign,
            None => Self::Idle,
        }
    }
}

impl Roles {
    /// Those of a scenario, or of rows of none; `None` where some rule must be asked that may look at any cell. Of rows of none,
    /// it is the identifier's text that tells: see [`is_ruled_out`].
    #[must_use]
    pub fn new(plan: &Plan, frame: &Frame, scenario: Option<&ScenarioFrame>) -> Option<Self> {
        let columns = frame.headers.len();
        if columns > 64 || frame.identifier.is_none() {
            return None;
        }
        let roles: Vec<_> = (0..columns).map(|column| Role::of(scenario, frame, column)).collect();
        let bits = |is: fn(Role) -> bool| {
            (0..columns).filter(|column| is(roles[*column])).fold(0, |all, column| all | 1 << column)
        };
        let mut roles = Self {
            upns: bits(|role| matches!(role, Role::Upn | Role::Stranger)),
            dates: bits(|role| matches!(role, Role::Date(_))),
            texts: bits(|role| matches!(role, Role::Text(_))),
            used: bits(|role| matches!(role, Role::Upn | Role::Date(_) | Role::Text(_))),
            idle: bits(|role| role == Role::Idle),
            foreign: bits(|role| role == Role::Foreign),
            unknown: bits(|role| role == Role::Unknown),
            columns: roles,
            records: Vec::new(),
            ordered: 0,
            paired: 0,
        };
        let Some(scenario) = scenario else { return Some(roles) };
        if !is_ruled_out(plan, frame, Some(scenario), &scenario.identifier) {
            return None;
        }
        for id in plan.rule_ids().filter(|id| plan.severity(*id).is_some()) {
            let Check::Record { place, fires, explain } = plan.rule(id).check else { continue };
            match place {
                RecordPlace::Uneven | RecordPlace::Any => {}
                RecordPlace::With(fields) if fields.iter().any(|field| scenario.column_of(field).is_none()) => {}
                RecordPlace::Of(fields) if fields.iter().any(|field| scenario.column_of(field).is_none()) => {}
                RecordPlace::With(_) => return None,
                RecordPlace::Of(fields) => {
                    let columns: Vec<_> = fields.iter().filter_map(|field| scenario.column_of(field)).collect();
                    roles.paired |= columns.iter().fold(0, |all, column| all | 1 << column);
                    roles.ordered |= u64::from(plan.rule(id).name == IN_ORDER) << roles.records.len();
                    roles.records.push((RecordQuestion { id, fires, explain }, columns));
                }
            }
        }
        Some(roles)
    }
}

/// Whether a row's identifier alone keeps all rules about any record from firing. Such rules speak of records that are no
/// rows: nothing but blanks, the header again, or a line of totals, which is a word and figures. So each is tried on the
/// identifier with empty cells, with the header's other cells, and behind a word of totals.
#[must_use]
pub fn is_ruled_out(plan: &Plan, frame: &Frame, scenario: Option<&ScenarioFrame>, identifier: &str) -> bool {
    let silent = |fires: fn(&Record<'_>) -> Option<usize>, other: &dyn Fn(usize) -> &'static str, headers: bool| {
        let text = |column: usize| match column {
            _ if frame.identifier == Some(column) => Cow::Borrowed(identifier),
            _ if headers => Cow::Borrowed(&*frame.headers[column]),
            _ => Cow::Borrowed(other(column)),
        };
        let cells: Vec<_> = (0..frame.headers.len()).map(text).collect();
        let valid = vec![true; cells.len()];
        fires(&Record { frame, scenario, cells: &cells, valid: &valid }).is_none()
    };
    let total = |column: usize| if column == 0 { "total" } else { "" };
    let mut rules = plan.rule_ids().filter(|id| plan.severity(*id).is_some()).map(|id| &plan.rule(id).check);
    rules.all(|check| match check {
        Check::Record { place: RecordPlace::Any, fires, .. } => {
            silent(*fires, &|_| "", false) && silent(*fires, &|_| "", true) && silent(*fires, &total, false)
        }
        _ => true,
    })
}
