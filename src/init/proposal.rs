//! From samples to a mapping, with everything that a person should know about it.

use std::collections::HashSet;

use super::asking::{Ask, Question};
use super::columns::{Answers, columns, said};
use super::groups::{Group, Meant, decide, groups};
use super::sampling::Sample;
use super::scenarios::{identifier, shown};
use super::table::{Part, Table};
use super::{InitError, Sureness};
use crate::finding::Printable;
use crate::mapping::{Identifier, Mapping, Scenario, folded};

/// A mapping, and what speaks for it.
pub struct Proposal {
    /// The mapping.
    pub mapping: Mapping,
    /// The identifier column, how sure, and why.
    pub identifier: Option<(String, Sureness, String)>,
    /// What was found of each scenario, in documented order.
    pub scenarios: Vec<ScenarioFound>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// A scenario that the samples hold rows of.
#[derive(Clone, Debug)]
pub struct ScenarioFound {
    /// Its key.
    pub key: String,
    /// Its documented identifier, for people.
    pub name: String,
    /// The identifier column's value for its rows, printable and perhaps masked.
    pub value: Option<String>,
    /// How sure it is that these rows are of this scenario.
    pub sureness: Sureness,
    /// Why.
    pub reason: String,
    /// Its fields.
    pub fields: Vec<FieldFound>,
}

/// A field, and the column that was found for it.
#[derive(Clone, Debug)]
pub struct FieldFound {
    /// The field's key.
    pub field: String,
    /// Its documented column name.
    pub documented: String,
    /// Whether every row must fill it.
    pub required: bool,
    /// The column as written in the header; not printable yet.
    pub column: Option<String>,
    /// How sure, where there is a column.
    pub sureness: Option<Sureness>,
    /// Why.
    pub reason: String,
}

/// Something that a person should know. Printable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What.
    pub text: String,
    /// The scenario that it is about.
    pub scenario: Option<String>,
    /// The field of the scenario that it is about.
    pub field: Option<String>,
}

impl Note {
    pub(super) fn new(text: String) -> Self {
        Self { text, scenario: None, field: None }
    }

    pub(super) fn of_scenario(scenario: &Scenario, text: String) -> Self {
        Self { text, scenario: Some(scenario.key.clone()), field: None }
    }
}

/// Proposes one mapping for all samples: they are of one connector.
///
/// # Errors
///
/// [`InitError::NoScenario`] when nothing fits, [`InitError::Unanswered`] when a question could not be asked.
///
/// ```
/// use hrlint::init::{BestGuess, Sample, propose};
/// let sample = "Mitarbeiter-Mail;Kündigungsdatum;Letzter Arbeitstag\nmia@northwind-energy.de;04.05.2026;30.06.2026\n";
/// let sample = Sample::parse("leavers.csv", "leavers", sample.as_bytes())?;
/// let proposal = propose(&[sample], &mut BestGuess)?;
/// assert_eq!(proposal.mapping.scenarios[0].key, "resignation");
/// assert_eq!(proposal.mapping.scenarios[0].fields[2].column, "Letzter Arbeitstag");
/// # Ok::<(), hrlint::init::InitError>(())
/// ```
pub fn propose(samples: &[Sample], ask: &mut dyn Ask) -> Result<Proposal, InitError> {
    let known = Mapping::built_in().scenarios;
    let mut notes: Vec<Note> = samples.iter().flat_map(own_notes).collect();
    let identifier = identifier_column(samples, &known, ask, &mut notes)?;
    let name = identifier.as_ref().map(|(name, ..)| name.as_str());
    let mut groups = groups(samples, name, &known);
    decide(&mut groups, samples, name, &known, ask, &mut notes)?;
    let mut scenarios = Vec::new();
    let mut found = Vec::new();
    let mut answers = Answers::new();
    for (place, scenario) in known.iter().enumerate() {
        let of_scenario: Vec<&Group> = groups.iter().filter(|group| is_of(group, place)).collect();
        let Some((value, meant)) = settled_value(scenario, &of_scenario, name.is_some(), &mut notes) else { continue };
        let parts: Vec<Part> = of_scenario.iter().flat_map(|group| group.parts.iter().cloned()).collect();
        let fields = columns(scenario, &Table::new(samples, &parts, name), &mut answers, ask, &mut notes)?;
        contradictions(scenario, &fields, &parts, samples, &mut notes);
        scenarios.push(mapped(scenario, value.as_deref(), &fields));
        found.push(ScenarioFound {
            key: scenario.key.clone(),
            name: scenario.identifier.clone(),
            value: value.as_deref().map(shown),
            sureness: meant.sureness,
            reason: meant.reason,
            fields,
        });
    }
    if scenarios.is_empty() {
        return Err(InitError::NoScenario { several: samples.len() > 1 });
    }
    notes.extend(about_all(samples, &scenarios, name, &found));
    let mapping = Mapping {
        identifier: name.map(|name| Identifier { column: name.to_owned(), aliases: Vec::new() }),
        scenarios,
        delimiter: samples.first().map_or(b',', |sample| sample.delimiter),
        built_in: false,
        ..Mapping::built_in()
    };
    Ok(Proposal { mapping, identifier, scenarios: found, notes })
}

impl Proposal {
    /// The mapping as JSON: every column that was found, and those that are required. `schema` is where editors find the schema.
    #[must_use]
    pub fn json(&self, schema: &str) -> String {
        self.mapping.plain_json(schema, &|scenario, field| {
            let found = self.scenarios.iter().find(|found| found.key == scenario.key);
            let column = found.and_then(|found| found.fields.iter().find(|found| found.field == field.key));
            field.required || column.is_some_and(|found| found.column.is_some())
        })
    }
}

fn own_notes(sample: &Sample) -> Vec<Note> {
    sample.notes.iter().map(|note| Note::new(format!("{}: {note}", sample.name))).collect()
}

/// The identifier column of all samples: its name, how sure, and why.
fn identifier_column(
    samples: &[Sample],
    known: &[Scenario],
    ask: &mut dyn Ask,
    notes: &mut Vec<Note>,
) -> Result<Option<(String, Sureness, String)>, InitError> {
    let mut best: Option<(f64, String, Sureness, &str)> = None;
    for sample in samples {
        let Some(found) = identifier(sample, known) else { continue };
        if best.as_ref().is_none_or(|best| found.worth > best.0) {
            best = Some((found.worth, sample.headers[found.column].clone(), found.sureness, found.reason));
        }
    }
    let Some((_, name, sureness, reason)) = best else { return Ok(None) };
    let mut settled = (name, sureness, reason.to_owned());
    if sureness == Sureness::Unsure {
        let shown = said(&settled.0);
        let text = format!("Does the column {shown} tell which scenario each row is of?");
        let question = Question { text, choices: vec!["yes".to_owned(), "no".to_owned()], best: 0 };
        match ask.choose(&question).map_err(InitError::Unanswered)? {
            Some(0) => settled = (settled.0, Sureness::Certain, "your answer".to_owned()),
            Some(_) => return Ok(None),
            None => {
                notes.push(Note::new(format!(
                    "that the column {shown} tells the scenario of each row is a guess: check it"
                )));
            }
        }
    }
    for sample in samples.iter().filter(|sample| sample.column(&settled.0).is_none()) {
        let (file, shown) = (&sample.name, said(&settled.0));
        notes.push(Note::new(format!("{file} has no column {shown}: the files of one connector must all have it")));
    }
    Ok(Some(settled))
}

fn is_of(group: &Group, scenario: usize) -> bool {
    group.meant.as_ref().is_some_and(|meant| meant.scenario == scenario)
}

/// The value of the identifier column for a scenario's rows (the most frequent one), and why. `None`: there are no such rows.
fn settled_value(
    scenario: &Scenario,
    groups: &[&Group],
    identified: bool,
    notes: &mut Vec<Note>,
) -> Option<(Option<String>, Meant)> {
    let most = groups.iter().rev().max_by_key(|group| (group.value.is_some(), group.rows()))?;
    let meant = most.meant.clone()?;
    let value = most.value.clone().filter(|_| identified);
    let others = groups.iter().filter_map(|group| group.value.as_ref()).filter(|other| Some(*other) != value.as_ref());
    let others: Vec<String> = others.map(|other| shown(other)).collect();
    if let (Some(value), false) = (&value, others.is_empty()) {
        let (value, name) = (shown(value), Printable::new(&scenario.identifier));
        let text = format!(
            "{name} is called {value} and also {}: the connector knows one value, the mapping takes {value}",
            others.join(", ")
        );
        notes.push(Note::of_scenario(scenario, text));
    }
    Some((value, meant))
}

/// What is mapped must be in every sample that holds the scenario.
fn contradictions(
    scenario: &Scenario,
    fields: &[super::FieldFound],
    parts: &[Part],
    samples: &[Sample],
    notes: &mut Vec<Note>,
) {
    let mut told = Vec::new();
    for (sample, _) in parts {
        for column in fields.iter().filter_map(|field| field.column.as_ref()) {
            if samples[*sample].column(column).is_none() && !told.contains(&(*sample, column)) {
                told.push((*sample, column));
                let (file, shown) = (&samples[*sample].name, said(column));
                let name = Printable::new(&scenario.identifier);
                let text = format!(
                    "{file} has {name} without the column {shown}: one connector needs the same names everywhere"
                );
                notes.push(Note::of_scenario(scenario, text));
            }
        }
    }
}

fn mapped(scenario: &Scenario, value: Option<&str>, fields: &[FieldFound]) -> Scenario {
    let mut mapped = scenario.clone();
    if let Some(value) = value {
        value.clone_into(&mut mapped.identifier);
    }
    for (field, found) in mapped.fields.iter_mut().zip(fields) {
        if let Some(column) = &found.column {
            field.column.clone_from(column);
        }
    }
    mapped
}

/// What is to be said about all samples together.
fn about_all(
    samples: &[Sample],
    scenarios: &[Scenario],
    identifier: Option<&str>,
    found: &[ScenarioFound],
) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(other) = samples.iter().find(|sample| sample.delimiter != samples[0].delimiter) {
        let text =
            format!("{} and {} have different delimiters: one connector needs the same", samples[0].name, other.name);
        notes.push(Note::new(text));
    }
    if identifier.is_none() && scenarios.len() > 1 {
        let text =
            "there is no column that tells the scenario of each row: a connector for several scenarios needs one";
        notes.push(Note::new(text.to_owned()));
    }
    let used: HashSet<String> = found
        .iter()
        .flat_map(|scenario| &scenario.fields)
        .filter_map(|field| field.column.as_deref())
        .chain(identifier)
        .map(folded)
        .collect();
    let mut unused: Vec<String> = Vec::new();
    for header in samples.iter().flat_map(|sample| &sample.headers).filter(|header| !header.is_empty()) {
        let shown = said(header);
        if !used.contains(&folded(header)) && !unused.contains(&shown) {
            unused.push(shown);
        }
    }
    if !unused.is_empty() {
        let more = if unused.len() > 12 { format!(" and {} more", unused.len() - 12) } else { String::new() };
        let names = unused[..unused.len().min(12)].join(", ");
        let text =
            format!("not mapped: {names}{more}. The connector does not read them: better leave them out of the export");
        notes.push(Note::new(text));
    }
    notes
}
