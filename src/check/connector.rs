//! Files that belong to one connector: what each of them holds, and what all of them together do not.
//!
//! A [`Held`] is what one file holds; a [`Connector`] is the sum of those before. Sums merge in any grouping, as partial
//! results of other machines would.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::event::{Coverage, Need};
use super::past;
use super::rounds::Totals;
use crate::finding::Related;
use crate::mapping::{FieldKind, folded};
use crate::plan::{Layout, Plan};
use crate::rules::{First, Observed};

/// What is known of the files that share a plan.
#[derive(Default)]
pub(super) struct Connector {
    /// Files that are still to come.
    pub(super) left: usize,
    /// Files that could not be checked to their end.
    pub(super) broken: bool,
    files: u64,
    rows: u64,
    /// By the scenario's number in the mapping: its rows, and those without an error.
    scenarios: BTreeMap<usize, (u64, u64)>,
    /// By the scenario's number and the field's key.
    fields: BTreeMap<(usize, String), FieldHeld>,
    /// Where a column was first seen under which name: by scenario, field, and whether files name their scenarios.
    names: HashMap<(usize, String, bool), Named>,
    /// The first column that names scenarios.
    identifier: Option<Named>,
}

/// What rows hold of a field.
#[derive(Clone, Debug)]
struct FieldHeld {
    column: Arc<str>,
    rows: u64,
    files: u64,
    filled: bool,
    /// A file alone was enough to tell.
    told: bool,
}

/// A column's name, and where it stands.
#[derive(Clone, Debug)]
struct Named {
    name: Arc<str>,
    place: Related,
}

/// Something about this file's header: the rule, the column (0-based), the fact, and the other place.
pub(super) type Difference = (&'static str, Option<usize>, Observed, Related);

impl Connector {
    /// Begins a file: what its header and those of the files before it do not have in common.
    pub(super) fn header(&mut self, layout: &Layout<'_>, here: &Related) -> Vec<Difference> {
        let frame = &layout.frame;
        let mut differences = Vec::new();
        let first = |named: &Named| First { row: named.place.row, file: Some(Arc::clone(&named.place.file)) };
        let column = frame.identifier.map(|column| (column, Arc::clone(&frame.headers[column])));
        match (&self.identifier, column) {
            (None, Some((_, name))) => self.identifier = Some(Named { name, place: here.clone() }),
            (Some(there), Some((column, name))) if !alike(&there.name, &name) => {
                let fact =
                    Observed::IdentifierDiffers { here: true, there: Arc::clone(&there.name), first: first(there) };
                differences.push(("identifier-column-differs", Some(column), fact, there.place.clone()));
            }
            (Some(there), None) if frame.built_in || frame.mapped.len() == 1 => {
                let fact =
                    Observed::IdentifierDiffers { here: false, there: Arc::clone(&there.name), first: first(there) };
                differences.push(("identifier-column-differs", None, fact, there.place.clone()));
            }
            _ => {}
        }
        let mut told = Vec::new();
        for (scenario, table) in frame.scenarios.iter().zip(&layout.tables) {
            for (column, field) in scenario.columns.iter().enumerate() {
                let Some(field) = field else { continue };
                let (name, key) = (&frame.headers[column], (usize::from(table.number), field.key.clone()));
                let (number, key) = key;
                let named = self.names.entry((number, key, frame.identifier.is_some()));
                let there = named.or_insert_with(|| Named { name: Arc::clone(name), place: here.clone() });
                if frame.built_in && !alike(&there.name, name) && !told.contains(&column) {
                    told.push(column);
                    let fact = Observed::ColumnNameDiffers { name: Arc::clone(&there.name), first: first(there) };
                    differences.push(("column-name-differs", Some(column), fact, there.place.clone()));
                }
            }
        }
        differences
    }

    /// Adds a file that was checked to its end. `told`: the columns of which `column-entirely-empty` spoke.
    pub(super) fn add(&mut self, layout: &Layout<'_>, totals: &Totals, told: &[usize]) {
        self.files += 1;
        self.rows += totals.rows;
        for (at, (scenario, table)) in layout.frame.scenarios.iter().zip(&layout.tables).enumerate() {
            let (number, rows) = (usize::from(table.number), totals.scenarios[at]);
            // The service refuses a file that lacks a mandatory column as a whole.
            let complete = !scenario.missing.iter().any(|field| field.required);
            let good = if complete { rows.saturating_sub(totals.failed[at]) } else { 0 };
            let held = self.scenarios.entry(number).or_default();
            *held = (held.0 + rows, held.1 + good);
            if rows == 0 {
                continue;
            }
            for (column, field) in scenario.columns.iter().enumerate() {
                let Some(field) = field.as_ref().filter(|field| !field.required && field.kind != FieldKind::Upn) else {
                    continue;
                };
                let held = self.fields.entry((number, field.key.clone())).or_insert_with(|| FieldHeld {
                    column: Arc::clone(&layout.frame.headers[column]),
                    rows: 0,
                    files: 0,
                    filled: false,
                    told: false,
                });
                held.rows += rows;
                held.files += 1;
                held.filled |= totals.columns.is_filled(at, column);
                held.told |= told.contains(&column);
            }
        }
    }

    /// What all files together do not hold, as rule and fact, once the last of them is done.
    pub(super) fn lacking(&self, plan: &Plan) -> Vec<(&'static str, Observed)> {
        let mut facts = Vec::new();
        if self.left > 0 || self.broken {
            return facts;
        }
        let scenarios = &plan.mapping.scenarios;
        let (rule, rows) = ("scenario-without-rows", self.rows);
        if !plan.mapping.built_in && rows >= u64::from(plan.option(rule, "rows")) {
            let empty = scenarios.iter().enumerate().filter(|(number, _)| self.held(*number).0 == 0);
            facts.extend(empty.map(|(_, scenario)| {
                (rule, Observed::ScenarioWithoutRows { scenario: scenario.key.as_str().into(), rows })
            }));
        }
        let rule = "field-never-filled";
        let least = u64::from(plan.option(rule, "rows"));
        for ((number, _), field) in &self.fields {
            if field.filled || field.told || field.files < 2 || field.rows < least {
                continue;
            }
            let scenario = scenarios[*number].key.as_str().into();
            let FieldHeld { column, rows, files, .. } = field.clone();
            facts.push((rule, Observed::FieldNeverFilled { column, scenario, rows, files }));
        }
        for coverage in self.coverage(plan).iter().filter(|coverage| coverage.good() == 0) {
            let mapped = coverage.needs.iter().any(|need| need.mapped);
            let rows = coverage.needs.iter().map(|need| need.rows).sum();
            let (policy, needs) = (coverage.policy.name, coverage.policy.needs);
            facts.push(("policy-without-rows", Observed::PolicyWithoutRows { policy, needs, mapped, rows }));
        }
        let number = |key: &str| scenarios.iter().position(|scenario| scenario.key == key);
        facts.extend(past::of_connector(plan, |key| number(key).map_or(0, |number| self.held(number).0)));
        facts
    }

    /// What the files hold for every policy that the data is for.
    pub(super) fn coverage(&self, plan: &Plan) -> Vec<Coverage> {
        let mapping = plan.mapping.file.as_ref().map(|file| Arc::from(file.to_string_lossy().as_ref()));
        let need = |scenario: &'static str| {
            let number = plan.mapping.scenarios.iter().position(|mapped| mapped.key == scenario);
            let (rows, good) = number.map_or((0, 0), |number| self.held(number));
            Need { scenario, mapped: number.is_some(), rows, good }
        };
        let policies = plan.mapping.policies.iter();
        policies
            .map(|policy| {
                let needs = policy.needs.iter().map(|scenario| need(scenario)).collect();
                Coverage { policy, mapping: mapping.clone(), needs }
            })
            .collect()
    }

    fn held(&self, number: usize) -> (u64, u64) {
        self.scenarios.get(&number).copied().unwrap_or_default()
    }
}

/// Column names are compared without regard to case, and to blanks around them, of which another rule speaks.
fn alike(a: &str, b: &str) -> bool {
    folded(a.trim()) == folded(b.trim())
}
