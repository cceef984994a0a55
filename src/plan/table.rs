//! What a scenario's good rows look like, in numbers that the hot loop can compare.

use crate::mapping::FieldKind;
use crate::rules::date::is_effective;
use crate::rules::{Frame, ScenarioFrame};

/// One scenario's columns, for accepting rows.
pub struct Table {
    /// The scenario's place in the mapping.
    pub number: u8,
    /// The identifier column's text for its rows; empty where the file has no identifier column.
    pub identifier: Vec<u8>,
    /// How long good cells are, by column.
    pub lengths: Lengths,
    /// Columns that hold a date.
    pub dates: Vec<usize>,
    /// Columns of text with the most characters that they may hold.
    pub texts: Vec<(usize, usize)>,
    /// Bit `i`: column `i` must be filled, may be filled.
    pub required: u64,
    /// See `required`.
    pub used: u64,
    /// What else is looked at, if anything is.
    pub more: Option<More>,
    /// Columns of the resignation date and the last working date; where the scenario does not have both, more than there are.
    pub employment: (usize, usize),
    /// Column of the date of an event that was told.
    pub effective: Option<usize>,
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

/// What is looked at in good rows besides the address, the date of the event, and texts one by one.
#[derive(Default, PartialEq)]
pub struct More {
    /// Columns that hold a sign-in name, without the address by which the person is known.
    pub upns: Vec<usize>,
    /// Columns that hold a date, without that of the event.
    pub dates: Vec<usize>,
    /// Columns of the old and the new level, where the scenario has both.
    pub levels: Option<(usize, usize)>,
    /// Columns of the postal code and of the country, where the scenario has a postal code.
    pub postal: Option<(usize, Option<usize>)>,
}

impl Table {
    /// The scenario's table.
    #[must_use]
    pub fn new(scenario: &ScenarioFrame, frame: &Frame) -> Self {
        let fields = || scenario.columns.iter().enumerate().filter_map(|(at, field)| Some((at, field.as_ref()?)));
        let of_kind = |kind| fields().filter(|(_, field)| field.kind == kind).map(|(at, _)| at).collect::<Vec<_>>();
        let bits =
            |columns: &mut dyn Iterator<Item = usize>| columns.filter(|at| *at < 64).fold(0, |all, at| all | 1 << at);
        // What no scenario maps is not judged, so it may be filled or empty.
        let unmapped = &mut (0..frame.headers.len()).filter(|at| !frame.is_mapped(*at));
        let identifier = bits(&mut frame.identifier.into_iter());
        let required = bits(&mut fields().filter(|(_, field)| field.required).map(|(at, _)| at)) | identifier;
        let used = bits(&mut fields().map(|(at, _)| at)) | identifier | bits(unmapped);
        let texts: Vec<_> = fields()
            .filter(|(_, field)| field.kind == FieldKind::Text)
            .map(|(at, field)| (at, field.max_length.map_or(usize::MAX, |limit| limit as usize)))
            .collect();
        let text = if frame.identifier.is_some() { scenario.identifier.as_bytes() } else { &[] };
        let dates = of_kind(FieldKind::DateTime);
        let upns = of_kind(FieldKind::Upn);
        let more = More {
            upns: upns.iter().copied().filter(|at| scenario.address != Some(*at)).collect(),
            dates: dates.iter().copied().filter(|at| scenario.event_date != Some(*at)).collect(),
            levels: scenario.column_of("oldLevel").zip(scenario.column_of("newLevel")),
            postal: scenario.column_of("employeeZipCode").map(|code| (code, scenario.column_of("employeeCountry"))),
        };
        Self {
            number: frame.mapped.iter().position(|mapped| *mapped.key == *scenario.key).unwrap_or(0) as u8,
            identifier: text.to_vec(),
            lengths: Lengths::new(frame.headers.len(), required, used, &texts),
            required,
            used,
            texts,
            more: Some(more).filter(|more| *more != More::default()),
            employment: scenario
                .column_of("resignationDate")
                .zip(scenario.column_of("lastWorkingDate"))
                .unwrap_or((usize::MAX, usize::MAX)),
            effective: fields().find(|(_, field)| is_effective(field)).map(|(at, _)| at),
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
                && scenario.address.is_none_or(|at| upns.contains(&at))
                && scenario.event_date.is_none_or(|at| dates.contains(&at))
                && text.len() <= 64
                && !scenario.missing.iter().any(|field| field.required)
                && fields().any(|(_, field)| field.required && field.kind != FieldKind::Text),
            dates,
        }
    }
}

/// For 64 columns, how far behind the end of the cell before it a cell's content ends at least (one more than its bytes), and how much
/// farther it may. Columns that the file does not have may have any number of bytes.
pub struct Lengths {
    /// Least bytes, and one.
    pub least: [u32; 64],
    /// How many more there may be.
    pub span: [u32; 64],
}

impl Lengths {
    fn new(columns: usize, required: u64, used: u64, limits: &[(usize, usize)]) -> Self {
        let (mut least, mut span) = ([1; 64], [u32::MAX; 64]);
        for column in 0..columns.min(64) {
            let is = |set: u64| set >> column & 1 == 1;
            let limit = limits.iter().find(|(limited, _)| *limited == column);
            let most = limit.and_then(|(_, limit)| u32::try_from(*limit).ok()).unwrap_or(u32::MAX);
            let needed = u32::from(is(required));
            least[column] += needed;
            span[column] = if is(used) { most.saturating_sub(needed) } else { 0 };
        }
        Self { least, span }
    }
}
