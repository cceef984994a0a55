//! A plan laid over a header: which column carries which field of which scenario.

use std::borrow::Cow;
use std::sync::Arc;

use crate::mapping::{Field, FieldKind, Mapping, Scenario, folded};
use crate::rules::likeness::{Likeness, likeness};
use crate::rules::{Frame, ScenarioFrame};

use super::{Asked, Finder, Plan, Roles, Table};

/// A plan laid over one file's header.
pub struct Layout<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// What rules know of the file.
    pub frame: Frame,
    /// One for each of the frame's scenarios: what its good rows look like.
    pub tables: Vec<Table>,
    /// Finds them by the identifier's text.
    pub finder: Finder,
    /// Which rules are asked where.
    pub asked: Asked,
    /// Cells of the header record; more than the frame has headers when the last ones are empty.
    pub cells: usize,
    /// Whether each column is mapped by some scenario, or names the scenario.
    pub mapped: Vec<bool>,
    /// By scenario and column: the first scenario, counted from one, that reads the same there.
    alike: Vec<u32>,
    /// By scenario, and last for rows of none: how rows are judged of which every cell was judged before, where they can be.
    pub roles: Vec<Option<Roles>>,
    /// The header as bytes that differ where headers differ.
    pub header_key: Arc<[u8]>,
}

/// Why a header could not be given to a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutError {
    /// The scenarios that fit equally well.
    pub candidates: Vec<String>,
    /// Columns of the header that are almost the name of one that the mapping knows, and that name.
    pub near: Vec<(Arc<str>, String)>,
    /// Whether they fit at all: whether any column of the header is one that the mapping knows.
    pub known: bool,
}

impl<'p> Layout<'p> {
    /// Lays the plan over the header's texts.
    ///
    /// # Errors
    ///
    /// [`LayoutError`] when the file names no scenarios and several fit it equally well.
    pub fn new(plan: &'p Plan, mut headers: Vec<Arc<str>>, delimiter: u8) -> Result<Self, LayoutError> {
        let cells = headers.len();
        let header_key = headers.join("\n").to_lowercase().into_bytes().into();
        while headers.last().is_some_and(|header| header.trim().is_empty()) {
            headers.pop();
        }
        let mapping = &plan.mapping;
        let columns = Columns { headers: &headers, aliases: mapping.built_in };
        let identifier =
            mapping.identifier.as_ref().and_then(|id| columns.find(&id.column, &id.aliases)).map(|found| found.0);
        let laid: Vec<_> = mapping.scenarios.iter().map(|scenario| columns.lay(scenario)).collect();
        let chosen = match identifier {
            Some(_) => None,
            None => Some(choose(plan, &laid).map_err(|error| LayoutError { near: columns.near(mapping), ..error })?),
        };
        let scenarios = laid.into_iter().map(|laid| laid.frame).enumerate();
        let scenarios =
            scenarios.filter(|(i, _)| chosen.is_none_or(|only| only == *i)).map(|(_, frame)| frame).collect();
        let frame = Frame {
            headers,
            identifier,
            identifier_name: mapping.identifier.as_ref().map(|id| id.column.clone()),
            scenarios,
            mapped: mapping.scenarios.clone(),
            built_in: mapping.built_in,
            domains: mapping.domains.clone(),
            cloud: mapping.connector.cloud.clone(),
            delimiter,
            settings: plan.settings.clone(),
        };
        let mapped = (0..frame.headers.len()).map(|column| frame.is_mapped(column)).collect();
        let alike = alike(&frame.scenarios, frame.headers.len());
        let scenarios = frame.scenarios.iter().map(Some).chain([None]);
        let roles = scenarios.map(|scenario| Roles::new(plan, &frame, scenario)).collect();
        let tables: Vec<_> = frame.scenarios.iter().map(|scenario| Table::new(scenario, &frame)).collect();
        Ok(Self {
            plan,
            asked: Asked::new(plan, &frame.scenarios),
            finder: Finder::new(&tables.iter().map(|table| &*table.identifier).collect::<Vec<_>>()),
            tables,
            frame,
            cells,
            mapped,
            alike,
            roles,
            header_key,
        })
    }

    /// For every column, a number that scenarios share where they read it alike.
    #[must_use]
    #[inline]
    pub fn alike(&self, scenario: usize) -> &[u32] {
        let columns = self.mapped.len();
        &self.alike[scenario * columns..][..columns]
    }

    /// The table of a record of so many cells with these contents; `None` for a record of no known scenario.
    pub fn table_of<'t>(&self, cells: usize, text: impl Fn(usize) -> Cow<'t, [u8]>) -> Option<&Table> {
        match self.frame.identifier {
            Some(column) => {
                let identifier = (column < cells).then(|| text(column))?;
                self.tables.iter().find(|table| *table.identifier == *identifier)
            }
            None => self.tables.first(),
        }
    }
}

/// Most scenarios that are compared.
const MOST_ALIKE: usize = 64;

/// By scenario and column: the first scenario, counted from one, of which the column carries the same field, whatever its name.
fn alike(scenarios: &[ScenarioFrame], columns: usize) -> Vec<u32> {
    let same = |one: &Field, other: &Field| {
        let told = |field: &Field| (field.kind, field.required, field.max_length);
        one.key == other.key && told(one) == told(other)
    };
    let read = |at: usize, column: usize| scenarios[at].columns[column].as_deref();
    let alike = |one: usize, other: usize, column: usize| read(one, column).zip(read(other, column));
    let alike = |one, other, column| alike(one, other, column).is_some_and(|(one, other)| same(one, other));
    let first = |at: usize, column| (0..at.min(MOST_ALIKE)).find(|first| alike(*first, at, column)).unwrap_or(at);
    let all = (0..scenarios.len()).flat_map(|at| (0..columns).map(move |column| (at, column)));
    all.map(|(at, column)| first(at, column) as u32 + 1).collect()
}

/// Most columns that are compared with the names of the mapping.
const MOST_NEAR: usize = 100;

/// A scenario over the header, and how well it fits.
struct Laid {
    frame: ScenarioFrame,
    fit: Fit,
}

/// Compared in this order: all required columns present, then most columns by their own name, then most by alias.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    complete: bool,
    named: usize,
    aliased: usize,
}

struct Columns<'h> {
    headers: &'h [Arc<str>],
    aliases: bool,
}

impl Columns<'_> {
    /// The column of that name or, where they count, of one of the aliases; and whether by name. Blanks around a header are
    /// passed over: they are a finding of their own.
    fn find(&self, name: &str, aliases: &[String]) -> Option<(usize, bool)> {
        let position = |name: &str| self.headers.iter().position(|header| same(trimmed(header), name));
        let otherwise = || aliases.iter().filter(|_| self.aliases).find_map(|alias| position(alias));
        position(name).map(|at| (at, true)).or_else(|| otherwise().map(|at| (at, false)))
    }

    /// Columns whose names are almost those of fields that no column carries.
    fn near(&self, mapping: &Mapping) -> Vec<(Arc<str>, String)> {
        let fields = || mapping.scenarios.iter().flat_map(|scenario| &scenario.fields);
        let known = |header: &str| fields().any(|field| same(trimmed(header), &field.column));
        let absent = |field: &&Field| !self.headers.iter().any(|header| same(trimmed(header), &field.column));
        let slip = |header: &str, field: &Field| {
            likeness(trimmed(header), &field.column).is_some_and(|found| !matches!(found, Likeness::Similar(_)))
        };
        let unknown = self.headers.iter().filter(|header| !known(header)).take(MOST_NEAR);
        let near = |header: &Arc<str>| {
            let field = fields().filter(absent).find(|field| slip(header, field))?;
            Some((Arc::clone(header), field.column.clone()))
        };
        unknown.filter_map(near).collect()
    }

    fn lay(&self, scenario: &Scenario) -> Laid {
        let mut columns: Vec<Option<Arc<Field>>> = vec![None; self.headers.len()];
        let mut missing = Vec::new();
        let mut fit = Fit { complete: true, named: 0, aliased: 0 };
        let mut places = Vec::with_capacity(scenario.fields.len());
        for field in &scenario.fields {
            let found = self.find(&field.column, &field.aliases).filter(|(at, _)| columns[*at].is_none());
            places.push(found.map(|(at, _)| at));
            let field = Arc::new(field.clone());
            if let Some((at, by_name)) = found {
                fit.named += usize::from(by_name);
                fit.aliased += usize::from(!by_name);
                columns[at] = Some(field);
            } else {
                fit.complete &= !field.required;
                missing.push(field);
            }
        }
        let address = scenario.fields.iter().position(|field| field.kind == FieldKind::Upn);
        let frame = ScenarioFrame {
            key: scenario.key.as_str().into(),
            identifier: scenario.identifier.clone(),
            columns,
            missing,
            address: address.and_then(|field| places[field]),
            event_date: scenario.event_date.and_then(|field| places[field]),
        };
        Laid { frame, fit }
    }
}

/// The scenario of a file that has no identifier column.
fn choose(plan: &Plan, laid: &[Laid]) -> Result<usize, LayoutError> {
    if let Some(wanted) = &plan.scenario {
        return Ok(laid.iter().position(|laid| *laid.frame.key == **wanted).expect("the plan has checked --scenario"));
    }
    let best = laid.iter().map(|laid| laid.fit).max().expect("a mapping has at least one scenario");
    let mut fitting = (0..laid.len()).filter(|i| laid[*i].fit == best);
    let first = fitting.next().expect("the best is one of them");
    if fitting.next().is_some() {
        let candidates = laid.iter().filter(|laid| laid.fit == best).map(|laid| laid.frame.key.to_string()).collect();
        return Err(LayoutError { candidates, near: Vec::new(), known: best.named + best.aliased > 0 });
    }
    Ok(first)
}

/// Column names are compared without regard to case; blanks inside them count.
fn same(header: &str, name: &str) -> bool {
    header.eq_ignore_ascii_case(name) || folded(header) == folded(name)
}

fn trimmed(header: &str) -> &str {
    header.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}'))
}
