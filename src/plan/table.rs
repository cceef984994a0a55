//! What a scenario's good rows look like, in numbers that the hot loop can compare; and which rules are asked where.

use crate::mapping::FieldKind;
use crate::rules::{Bytes, CellPlace, Check, Frame, ScenarioFrame};

use super::{Plan, RuleId};

/// One scenario's columns, for accepting rows.
pub struct Table {
    /// The scenario's place in the mapping.
    pub number: u8,
    /// The identifier column's text for its rows; empty where the file has no identifier column.
    pub identifier: Vec<u8>,
    /// Bit `i`: column `i` must be filled.
    pub required: u64,
    /// Bit `i`: column `i` may be filled.
    pub used: u64,
    /// Columns that hold a principal name.
    pub upns: Vec<usize>,
    /// Columns that hold a date.
    pub dates: Vec<usize>,
    /// Columns of text with the most characters that they may hold.
    pub texts: Vec<(usize, usize)>,
    /// Columns of the old and the new level, where the scenario has both.
    pub levels: Option<(usize, usize)>,
    /// Columns of the postal code and of the country, where the scenario has a postal code.
    pub postal: Option<(usize, Option<usize>)>,
    /// Columns of the resignation date and the last working date, where the scenario has both.
    pub employment: Option<(usize, usize)>,
    /// Column of the address by which the person is known.
    pub address: Option<usize>,
    /// Column of the date that identifies the event.
    pub event_date: Option<usize>,
    /// Bit `i`: column `i` holds dates or need not be filled: what is the matter with it may show only in all rows.
    pub watched: u64,
    /// Whether a person has one row of the scenario: one resignation, one profile.
    pub once: bool,
    /// Whether the rows are resignations.
    pub resigns: bool,
    /// Whether rows can be accepted whole. Else they go cell by cell.
    pub quick: bool,
}

impl Table {
    /// The scenario's table.
    #[must_use]
    pub fn new(scenario: &ScenarioFrame, frame: &Frame) -> Self {
        let fields = || scenario.columns.iter().enumerate().filter_map(|(at, field)| Some((at, field.as_ref()?)));
        let of_kind = |kind| fields().filter(|(_, field)| field.kind == kind).map(|(at, _)| at).collect();
        let by_key = |key: &str| fields().find(|(_, field)| field.key == key).map(|(at, _)| at);
        let bits =
            |columns: &mut dyn Iterator<Item = usize>| columns.filter(|at| *at < 64).fold(0, |all, at| all | 1 << at);
        // What no scenario maps is not judged, so it may be filled or empty.
        let unmapped = &mut (0..frame.headers.len()).filter(|at| !frame.is_mapped(*at));
        let identifier = bits(&mut frame.identifier.into_iter());
        Self {
            number: frame.mapped.iter().position(|mapped| *mapped.key == *scenario.key).unwrap_or(0) as u8,
            identifier: if frame.identifier.is_some() { scenario.identifier.as_bytes().to_vec() } else { Vec::new() },
            required: bits(&mut fields().filter(|(_, field)| field.required).map(|(at, _)| at)) | identifier,
            used: bits(&mut fields().map(|(at, _)| at)) | identifier | bits(unmapped),
            upns: of_kind(FieldKind::Upn),
            dates: of_kind(FieldKind::DateTime),
            texts: fields()
                .filter(|(_, field)| field.kind == FieldKind::Text)
                .map(|(at, field)| (at, field.max_length.map_or(usize::MAX, |limit| limit as usize)))
                .collect(),
            levels: by_key("oldLevel").zip(by_key("newLevel")),
            postal: by_key("employeeZipCode").map(|code| (code, by_key("employeeCountry"))),
            employment: by_key("resignationDate").zip(by_key("lastWorkingDate")),
            watched: bits(
                &mut fields()
                    .filter(|(_, field)| !field.required || field.kind == FieldKind::DateTime)
                    .map(|(at, _)| at),
            ),
            once: ["resignation", "employeeProfile"].contains(&&*scenario.key),
            resigns: *scenario.key == *"resignation",
            address: scenario.address,
            event_date: scenario.event_date,
            // A row without any address or date that must be good may be no row at all, such as a total.
            quick: frame.headers.len() <= 64
                && !scenario.missing.iter().any(|field| field.required)
                && fields().any(|(_, field)| field.required && field.kind != FieldKind::Text),
        }
    }
}

/// Which rules are asked where; rules that are off are asked nowhere.
pub struct Asked {
    /// About filled cells of principal names, dates and texts.
    pub upn: Vec<RuleId>,
    /// See `upn`.
    pub date: Vec<RuleId>,
    /// See `upn`.
    pub text: Vec<RuleId>,
    /// About empty cells that the scenario uses.
    pub blank: Vec<RuleId>,
    /// About filled cells that the scenario does not use.
    pub foreign: Vec<RuleId>,
    /// About the identifier column.
    pub identifier: Vec<RuleId>,
    /// About every cell.
    pub any: Vec<RuleId>,
    /// What those rules need a cell to hold some of.
    pub any_needs: Bytes,
    /// About records.
    pub record: Vec<RuleId>,
    /// About the header.
    pub header: Vec<RuleId>,
}

impl Asked {
    /// The plan's rules by place.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let of = |wanted: &dyn Fn(&Check) -> bool| -> Vec<RuleId> {
            plan.rule_ids().filter(|id| plan.severity(*id).is_some() && wanted(&plan.rule(*id).check)).collect()
        };
        let at = |wanted: CellPlace| of(&|check| matches!(check, Check::Cell { place, .. } if *place == wanted));
        let filled = |kind: FieldKind| {
            of(&|check| matches!(check, Check::Cell { place: CellPlace::Filled(kinds), .. } if kinds.contains(&kind)))
        };
        let any = at(CellPlace::Any);
        let needs = |id: &RuleId| match &plan.rule(*id).check {
            Check::Cell { needs, .. } => *needs,
            _ => Bytes::ANY,
        };
        let any_needs = any.iter().map(needs).reduce(Bytes::and).unwrap_or(Bytes::NUL);
        Self {
            upn: filled(FieldKind::Upn),
            date: filled(FieldKind::DateTime),
            text: filled(FieldKind::Text),
            blank: at(CellPlace::Blank),
            foreign: at(CellPlace::Foreign),
            identifier: at(CellPlace::Identifier),
            any,
            any_needs,
            record: of(&|check| matches!(check, Check::Record { .. })),
            header: of(&|check| matches!(check, Check::Header { .. })),
        }
    }
}
