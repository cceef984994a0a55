//! What is asked about a row of which every cell was judged before, so that hardly any of its text must be read again.

use std::borrow::Cow;

use super::{Plan, RecordQuestion};
use crate::mapping::FieldKind;
use crate::rules::date::is_effective;
use crate::rules::{Check, Frame, Record, RecordPlace, ScenarioFrame};

/// A scenario whose rows can be judged by what was said of their cells before.
pub struct Roles {
    /// By column.
    pub columns: Vec<Role>,
    /// What is asked about the record all the same, and the columns that are looked at.
    pub records: Vec<(RecordQuestion, Vec<usize>)>,
    /// Bit `i`: column `i` holds sign-in names.
    pub upns: u64,
}

/// What a column is to the rows of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The identifier, or of no scenario.
    Idle,
    /// A sign-in name.
    Upn,
    /// A date; whether of an event that was told.
    Date(bool),
    /// A text, of at most so many characters.
    Text(usize),
    /// Of other scenarios alone.
    Foreign,
}

impl Role {
    /// Whether the scenario uses the column.
    #[must_use]
    pub fn is_used(self) -> bool {
        matches!(self, Self::Upn | Self::Date(_) | Self::Text(_))
    }

    fn of(scenario: &ScenarioFrame, frame: &Frame, column: usize) -> Self {
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
    /// Those of a scenario; `None` where some rule must be asked that may look at any cell.
    #[must_use]
    pub fn new(plan: &Plan, frame: &Frame, scenario: &ScenarioFrame) -> Option<Self> {
        let columns = frame.headers.len();
        if columns > 64 {
            return None;
        }
        let roles: Vec<_> = (0..columns).map(|column| Role::of(scenario, frame, column)).collect();
        let upns = (0..columns).filter(|column| roles[*column] == Role::Upn).fold(0, |all, column| all | 1 << column);
        let mut roles = Self { columns: roles, records: Vec::new(), upns };
        for id in plan.rule_ids().filter(|id| plan.severity(*id).is_some()) {
            let Check::Record { place, fires, explain } = plan.rule(id).check else { continue };
            match place {
                RecordPlace::Uneven => {}
                RecordPlace::Any if is_ruled_out(frame, scenario, fires)? => {}
                RecordPlace::Any => return None,
                RecordPlace::With(fields) if fields.iter().any(|field| scenario.column_of(field).is_none()) => {}
                RecordPlace::Of(fields) if fields.iter().any(|field| scenario.column_of(field).is_none()) => {}
                RecordPlace::With(_) => return None,
                RecordPlace::Of(fields) => {
                    let columns = fields.iter().filter_map(|field| scenario.column_of(field)).collect();
                    roles.records.push((RecordQuestion { id, fires, explain }, columns));
                }
            }
        }
        Some(roles)
    }
}

/// Whether the scenario's identifier alone keeps a rule about any record from firing. Such rules speak of records that are no
/// rows: nothing but blanks, the header again, or a line of totals, which is a word and figures. So it is tried on the
/// identifier with empty cells, with the header's other cells, and behind a word of totals. `None` without identifiers.
fn is_ruled_out(frame: &Frame, scenario: &ScenarioFrame, fires: fn(&Record<'_>) -> Option<usize>) -> Option<bool> {
    let identifier = frame.identifier?;
    let silent = |others: &dyn Fn(usize) -> &'static str, headers: bool| {
        let text = |column: usize| match column {
            _ if column == identifier => Cow::Borrowed(&*scenario.identifier),
            _ if headers => Cow::Borrowed(&*frame.headers[column]),
            _ => Cow::Borrowed(others(column)),
        };
        let cells: Vec<_> = (0..frame.headers.len()).map(text).collect();
        let valid = vec![true; cells.len()];
        fires(&Record { frame, scenario: Some(scenario), cells: &cells, valid: &valid }).is_none()
    };
    let total = |column: usize| if column == 0 { "total" } else { "" };
    Some(silent(&|_| "", false) && silent(&|_| "", true) && silent(&total, false))
}
