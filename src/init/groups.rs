//! Rows that belong together: those of one value of the identifier column, or a whole sample; and the scenario that they are of.

use std::collections::HashMap;

use super::asking::{Ask, Question};
use super::fields::names_scenario;
use super::header::Header;
use super::matching::Scores;
use super::proposal::Note;
use super::sampling::Sample;
use super::scenarios::{meaning, shown};
use super::table::{Part, Table};
use super::{InitError, Sureness};
use crate::finding::Printable;
use crate::mapping::{Scenario, folded};

/// Rows of one scenario.
pub(super) struct Group {
    /// The value of the identifier column; `None`: the sample has no such column.
    pub(super) value: Option<String>,
    pub(super) parts: Vec<Part>,
    pub(super) meant: Option<Meant>,
}

/// The scenario that rows are of.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    /// Its place among the scenarios.
    pub(super) scenario: usize,
    pub(super) sureness: Sureness,
    pub(super) reason: String,
}

impl Group {
    pub(super) fn rows(&self) -> usize {
        self.parts.iter().map(|(_, rows)| rows.len()).sum()
    }
}

/// The rows of all samples in groups, in the order in which they first appear.
pub(super) fn groups(samples: &[Sample], identifier: Option<&str>, scenarios: &[Scenario]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (number, sample) in samples.iter().enumerate() {
        let Some(column) = identifier.and_then(|name| sample.column(name)) else {
            groups.push(Group { value: None, parts: vec![(number, (0..sample.rows.len()).collect())], meant: None });
            continue;
        };
        if sample.rows.is_empty() {
            groups.extend(by_header(samples, number, identifier, scenarios));
        }
        for (row, cells) in sample.rows.iter().enumerate() {
            let value = cells[column].trim();
            if value.is_empty() {
                continue;
            }
            let place = *places.entry(folded(value)).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Group { value: Some(value.to_owned()), parts: Vec::new(), meant: None });
            }
            match groups[place].parts.last_mut().filter(|(last, _)| *last == number) {
                Some((_, rows)) => rows.push(row),
                None => groups[place].parts.push((number, vec![row])),
            }
        }
    }
    groups
}

/// The scenarios of a sample that is only a header: those that it has all required columns of.
fn by_header(samples: &[Sample], number: usize, identifier: Option<&str>, scenarios: &[Scenario]) -> Vec<Group> {
    let part = vec![(number, Vec::new())];
    let table = Table::new(samples, &part, identifier);
    let fitting = (0..scenarios.len()).filter(|scenario| Scores::new(&scenarios[*scenario], &table).fit().complete);
    let group = |scenario: usize| Group {
        value: Some(scenarios[scenario].identifier.clone()),
        parts: part.clone(),
        meant: Some(Meant { scenario, sureness: Sureness::Unsure, reason: "its columns are there".to_owned() }),
    };
    fitting.map(group).collect()
}

/// Finds the scenario of every group: by its value, else by the columns that its rows fill.
pub(super) fn decide(
    groups: &mut [Group],
    samples: &[Sample],
    identifier: Option<&str>,
    scenarios: &[Scenario],
    ask: &mut dyn Ask,
    notes: &mut Vec<Note>,
) -> Result<(), InitError> {
    for group in groups.iter_mut().filter(|group| group.meant.is_none()) {
        let Some((key, sureness, reason)) = group.value.as_deref().and_then(|value| meaning(value, scenarios)) else {
            continue;
        };
        let scenario = scenarios.iter().position(|scenario| scenario.key == key);
        group.meant = scenario.map(|scenario| Meant { scenario, sureness, reason: reason.to_owned() });
    }
    let taken = |groups: &[Group]| -> Vec<usize> {
        groups
            .iter()
            .filter(|group| group.value.is_some())
            .filter_map(|group| Some(group.meant.as_ref()?.scenario))
            .collect()
    };
    // Of rows with unknown values the clearest first: what it takes is no longer open to the others.
    loop {
        let not = taken(groups);
        let open = (0..groups.len()).filter(|number| groups[*number].meant.is_none());
        let guesses = open.filter_map(|number| {
            let not = if groups[number].value.is_some() { &not[..] } else { &[] };
            by_columns(&groups[number], samples, identifier, scenarios, not)
                .map(|(margin, meant)| (margin, number, meant))
        });
        let Some((_, number, meant)) = guesses.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) else { break };
        groups[number].meant = Some(meant);
    }
    groups.iter_mut().try_for_each(|group| settle(group, samples, scenarios, ask, notes))
}

/// The scenario that the columns which the rows of a group fill fit best, and how much better than the next.
fn by_columns(
    group: &Group,
    samples: &[Sample],
    identifier: Option<&str>,
    scenarios: &[Scenario],
    not: &[usize],
) -> Option<(f64, Meant)> {
    let table = Table::new(samples, &group.parts, identifier);
    let stems: Vec<Header> = group.parts.iter().map(|(sample, _)| Header::read(&samples[*sample].stem)).collect();
    let mut fits: Vec<(u8, f64, usize)> = Vec::new();
    for (number, scenario) in scenarios.iter().enumerate().filter(|(number, _)| !not.contains(number)) {
        let fit = Scores::new(scenario, &table).fit();
        let stem = stems.iter().map(|stem| names_scenario(stem, &scenario.key)).fold(0.0, f64::max);
        let named = if group.value.is_none() { stem } else { 0.0 };
        // Who exports events may export names and addresses with them, but not the other way round.
        let class = match (fit.complete, scenario.event_date) {
            (true, Some(_)) => 2,
            (true, None) => 1,
            (false, _) => 0,
        };
        if !fit.none {
            fits.push((class, fit.worth + named, number));
        }
    }
    fits.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let (class, worth, scenario) = *fits.first()?;
    let margin = match fits.get(1) {
        None => 1.0,
        Some((1, ..)) if class == 2 => 0.2,
        Some((other, ..)) if *other < class => 1.0,
        Some((_, other, _)) => worth - other,
    };
    let sureness = match margin {
        _ if group.value.is_some() => Sureness::Unsure,
        0.8.. if class > 0 => Sureness::Certain,
        0.25.. if class > 0 => Sureness::Likely,
        _ => Sureness::Unsure,
    };
    Some((margin, Meant { scenario, sureness, reason: "its columns fit best".to_owned() }))
}

/// Asks about what is unsure, or notes it.
fn settle(
    group: &mut Group,
    samples: &[Sample],
    scenarios: &[Scenario],
    ask: &mut dyn Ask,
    notes: &mut Vec<Note>,
) -> Result<(), InitError> {
    let what = match (&group.value, group.parts.first()) {
        (Some(value), _) => format!("rows with {}", shown(value)),
        (None, Some((sample, _))) => format!("the rows of {}", samples[*sample].name),
        (None, None) => return Ok(()),
    };
    if group.meant.as_ref().is_some_and(|meant| meant.sureness > Sureness::Unsure) {
        return Ok(());
    }
    let none = scenarios.len();
    let mut choices: Vec<String> = scenarios.iter().map(|scenario| scenario.identifier.clone()).collect();
    choices.push("none of these: leave them out".to_owned());
    let best = group.meant.as_ref().map_or(none, |meant| meant.scenario);
    let question = Question { text: format!("Which scenario are {what} of?"), choices, best };
    match ask.choose(&question).map_err(InitError::Unanswered)? {
        Some(chosen) if chosen == none => group.meant = None,
        Some(scenario) => {
            group.meant = Some(Meant { scenario, sureness: Sureness::Certain, reason: "your answer".to_owned() });
        }
        None => notes.push(match &group.meant {
            Some(meant) => {
                let name = Printable::new(&scenarios[meant.scenario].identifier);
                Note::of_scenario(
                    &scenarios[meant.scenario],
                    format!("{what} are taken for {name}, which is a guess: check it"),
                )
            }
            None => Note::new(format!("{what} fit no scenario and are left out")),
        }),
    }
    Ok(())
}
