//! The columns of one scenario: matched, asked about where that is unsure, and said why.

use std::collections::HashMap;

use super::asking::{Ask, Question};
use super::matching::{Match, NameKind, Pin, Scores};
use super::proposal::{FieldFound, Note};
use super::table::Table;
use super::{InitError, Sureness};
use crate::finding::Printable;
use crate::mapping::{Field, FieldKind, Scenario, folded};

/// The most columns that are offered as answers.
const OFFERED: usize = 15;

/// What was answered so far: the column of a field, whichever scenario was asked about.
pub(super) type Answers = HashMap<String, Option<String>>;

/// The column that was chosen; `None`: none of them.
type Answer = Option<usize>;

/// Finds the column of every field of a scenario.
pub(super) fn columns(
    scenario: &Scenario,
    table: &Table<'_>,
    answers: &mut Answers,
    ask: &mut dyn Ask,
    notes: &mut Vec<Note>,
) -> Result<Vec<FieldFound>, InitError> {
    let scores = Scores::new(scenario, table);
    let mut pins: Vec<Pin> = Vec::new();
    let mut passed: Vec<usize> = Vec::new();
    let matches = loop {
        let matches = scores.matches(&pins);
        let doubted = (0..scenario.fields.len()).find(|field| {
            let settled = passed.contains(field) || pins.iter().any(|(pinned, _)| pinned == field);
            !settled && is_doubted(&scenario.fields[*field], matches[*field].as_ref())
        });
        let Some(field) = doubted else { break matches };
        let key = &scenario.fields[field].key;
        let offered: Vec<usize> =
            scores.candidates(field).into_iter().filter(|column| is_free(*column, &pins)).collect();
        let known = answers.get(key).and_then(|answer| match answer {
            None => Some(None),
            Some(name) => {
                offered.iter().find(|column| folded(table.headers[**column]) == *name).map(|column| Some(*column))
            }
        });
        let answer = match known {
            Some(answer) => Some(answer),
            None => asked(scenario, field, matches[field].as_ref(), &offered, table, ask)?,
        };
        match answer {
            Some(column) => {
                answers.insert(key.clone(), column.map(|column| folded(table.headers[column])));
                pins.push((field, column));
            }
            None => passed.push(field),
        }
    };
    let found = scenario.fields.iter().zip(&matches).enumerate().map(|(field, (about, found))| {
        let answered = pins.iter().any(|(pinned, _)| *pinned == field);
        notes.extend(note(scenario, about, found.as_ref(), table, answered));
        FieldFound {
            field: about.key.clone(),
            documented: about.column.clone(),
            required: about.required,
            column: found.map(|found| table.headers[found.column].to_owned()),
            sureness: found.map(|found| found.sureness),
            reason: match found {
                _ if answered => "your answer".to_owned(),
                Some(found) => reason(about, found, table),
                None => "no column was found".to_owned(),
            },
        }
    });
    Ok(found.collect())
}

fn is_doubted(field: &Field, found: Option<&Match>) -> bool {
    found.map_or(field.required, |found| found.sureness == Sureness::Unsure)
}

fn is_free(column: usize, pins: &[Pin]) -> bool {
    !pins.iter().any(|(_, pinned)| *pinned == Some(column))
}

/// The answer to which column carries a field: `Some(None)` if none does, `None` if nobody answers.
fn asked(
    scenario: &Scenario,
    field: usize,
    found: Option<&Match>,
    offered: &[usize],
    table: &Table<'_>,
    ask: &mut dyn Ask,
) -> Result<Option<Answer>, InitError> {
    let about = &scenario.fields[field];
    let mut columns: Vec<usize> = offered.to_vec();
    if let Some(found) = found {
        columns.retain(|column| *column != found.column);
        columns.insert(0, found.column);
    }
    columns.truncate(OFFERED);
    let mut choices: Vec<String> = columns.iter().map(|column| said(table.headers[*column])).collect();
    choices.push("none of these".to_owned());
    let required = if about.required { ", which is required" } else { "" };
    let text = format!("{}: which column holds {}{required}?", Printable::new(&scenario.identifier), about.column);
    let question = Question { text, best: if found.is_some() { 0 } else { columns.len() }, choices };
    let chosen = ask.choose(&question).map_err(InitError::Unanswered)?;
    Ok(chosen.map(|chosen| columns.get(chosen).copied()))
}

/// What is to be said about a field that nobody was asked about.
fn note(scenario: &Scenario, field: &Field, found: Option<&Match>, table: &Table<'_>, answered: bool) -> Option<Note> {
    let (name, of) = (&field.column, Printable::new(&scenario.identifier));
    let text = match found {
        Some(found) if found.sureness == Sureness::Unsure => {
            format!("{of}: that {} holds {name} is a guess: check it", said(table.headers[found.column]))
        }
        None if field.required => {
            let how = if answered { "you named no column" } else { "no column was found" };
            format!("{of}: {how} for {name}, which is required; the mapping keeps that name")
        }
        _ => return None,
    };
    Some(Note { text, scenario: Some(scenario.key.clone()), field: Some(field.key.clone()) })
}

fn reason(field: &Field, found: &Match, table: &Table<'_>) -> String {
    let name = match found.score.kind {
        NameKind::Documented => "documented name",
        NameKind::Alias => "known alias",
        NameKind::Misspelt => "almost the documented name",
        NameKind::Words => "its name",
        NameKind::Nothing => "",
    };
    let values = match (field.kind, found.score.values) {
        _ if table.profiles[found.column].filled == 0 => "",
        (FieldKind::Upn, 0.3..) => "addresses",
        (FieldKind::DateTime, 0.2..) => "dates",
        (FieldKind::Text, 0.35..) => "values fit",
        (FieldKind::Upn, ..-0.25) => "but no addresses",
        (FieldKind::DateTime, ..-0.25) => "but no such dates",
        (_, ..-0.25) => "but values that do not fit",
        _ => "",
    };
    match (name, values) {
        ("", "") => "nothing better was found".to_owned(),
        (name, "") => name.to_owned(),
        ("", values) => format!("only its values: {values}"),
        (name, values) => format!("{name}, {values}"),
    }
}

/// A header as it is told.
pub(super) fn said(header: &str) -> String {
    Printable::new(header).shortened(40).into_owned()
}
