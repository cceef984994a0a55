//! Which column carries which field: every column at most one, every field at most one, the best of all such ways.

use super::fields::named;
use super::likelihood::Neighbourhood;
use super::table::Table;
use super::{Sureness, header::Header};
use crate::mapping::{Field, FieldKind, Scenario};
use crate::rules::likeness::{Likeness, likeness, same_letters};

/// Columns that are looked at for one scenario; of more, the best for each field.
const MOST_COLUMNS: usize = 60;

/// How a column's name speaks for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// It is the documented name.
    Documented,
    /// It is another name by which the documentation or common exports know it.
    Alias,
    /// It is almost the documented name.
    Misspelt,
    /// Its words say so.
    Words,
    /// It says something else, or nothing.
    Nothing,
}

/// What speaks for a column to carry a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    pub(super) kind: NameKind,
    /// How well the name fits, from 0 to 1.
    pub(super) name: f64,
    /// How well the values fit, from -1 to 1.
    pub(super) values: f64,
    /// Both together; `None`: the column cannot carry the field.
    pub(super) total: Option<f64>,
}

/// A field that a column was found for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) column: usize,
    pub(super) score: Score,
    pub(super) sureness: Sureness,
}

/// What a person has decided: a field's place and its column, or that there is none.
pub(super) type Pin = (usize, Option<usize>);

/// Everything that speaks for and against, for one scenario and one table.
pub(super) struct Scores<'s> {
    scenario: &'s Scenario,
    /// By field, then by column.
    by_field: Vec<Vec<Score>>,
    has_values: bool,
}

impl<'s> Scores<'s> {
    /// Judges every column of a table for every field.
    pub(super) fn new(scenario: &'s Scenario, table: &Table<'_>) -> Self {
        let neighbours = Neighbourhood { profiles: &table.profiles };
        let score = |field: &Field, column: usize| {
            let (name, header) = (&table.headers[column], &table.understood[column]);
            let (kind, worth) = name_score(name, header, field);
            let values = neighbours.fit(column, field);
            let taken = |other: &Field| other.key != field.key && same_letters(name, &other.column);
            let total = match kind {
                _ if scenario.fields.iter().any(taken) => None,
                NameKind::Nothing => Some(values * if header.is_opaque() { 0.55 } else { 0.25 }),
                _ => Some(worth + 0.5 * values),
            };
            Score { kind, name: worth, values, total }
        };
        let columns = 0..table.headers.len();
        let scores = scenario.fields.iter().map(|field| columns.clone().map(|column| score(field, column)).collect());
        Self { scenario, by_field: scores.collect(), has_values: table.has_values() }
    }

    /// The best way of giving fields their columns, and how sure each is.
    pub(super) fn matches(&self, pins: &[Pin]) -> Vec<Option<Match>> {
        let totals = self.totals(pins);
        let (best, columns) = best_way(&totals);
        let judged = |(field, column): (usize, &Option<usize>)| {
            let column = (*column)?;
            let mut without = totals.clone();
            without[field][column] = None;
            let margin = best - best_way(&without).0;
            let score = self.by_field[field][column];
            let pinned = pins.contains(&(field, Some(column)));
            let sureness = if pinned { Sureness::Certain } else { self.sureness(field, score, margin) };
            Some(Match { column, score, sureness })
        };
        columns.iter().enumerate().map(judged).collect()
    }

    /// How well the scenario fits the table: what the best way is worth, less what is required and not found.
    pub(super) fn fit(&self) -> Fit {
        let (best, columns) = best_way(&self.totals(&[]));
        // What only stands in for a column that is not there does not make the scenario complete.
        let good = |field: usize, column: Option<usize>| {
            let score = column.map(|column| self.by_field[field][column]);
            score
                .is_some_and(|score| score.total >= Some(0.5) && (score.name >= 0.3 || score.kind == NameKind::Nothing))
        };
        let found = columns.iter().enumerate();
        let lacking =
            found.filter(|(field, column)| self.scenario.fields[*field].required && !good(*field, **column)).count();
        let required = self.scenario.fields.iter().filter(|field| field.required).count();
        Fit { worth: best - lacking as f64, complete: lacking == 0, none: lacking == required }
    }

    /// The columns that may carry a field, the best first.
    pub(super) fn candidates(&self, field: usize) -> Vec<usize> {
        let scored = self.by_field[field].iter().enumerate();
        let mut columns: Vec<(f64, usize)> =
            scored.filter_map(|(column, score)| Some((score.total?, column))).collect();
        columns.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        columns.into_iter().map(|(_, column)| column).collect()
    }

    /// Totals worth having, with what a person decided laid on them.
    fn totals(&self, pins: &[Pin]) -> Vec<Vec<Option<f64>>> {
        let fields = self.scenario.fields.iter().zip(&self.by_field);
        let worth =
            |field: &Field, score: &Score| score.total.filter(|total| *total >= if field.required { 0.2 } else { 0.3 });
        let mut totals: Vec<Vec<Option<f64>>> =
            fields.map(|(field, scores)| scores.iter().map(|score| worth(field, score)).collect()).collect();
        for (field, column) in pins {
            totals[*field].fill(None);
            if let Some(column) = column {
                for columns in &mut totals {
                    columns[*column] = None;
                }
                totals[*field][*column] = Some(10.0);
            }
        }
        narrowed(totals)
    }

    fn sureness(&self, field: usize, score: Score, margin: f64) -> Sureness {
        let field = &self.scenario.fields[field];
        let written = matches!(score.kind, NameKind::Documented | NameKind::Alias);
        // Only where the values say something, they are more than no objection.
        let strong = score.name >= 0.9 && (written || score.values >= 0.3 || field.kind == FieldKind::Text);
        let no_date = field.kind != FieldKind::DateTime;
        let by_values = score.kind == NameKind::Nothing && no_date && score.values >= 0.8 && margin >= 0.25;
        if score.values < -0.25 && self.has_values || margin < 0.2 {
            Sureness::Unsure
        } else if strong && margin >= 0.3 {
            Sureness::Certain
        } else if score.name >= 0.6 || by_values {
            Sureness::Likely
        } else {
            Sureness::Unsure
        }
    }
}

/// How well a scenario fits a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub(super) worth: f64,
    /// Every required field has a column.
    pub(super) complete: bool,
    /// No required field has one.
    pub(super) none: bool,
}

fn name_score(name: &str, header: &Header, field: &Field) -> (NameKind, f64) {
    if same_letters(name, &field.column) {
        return (NameKind::Documented, 1.05);
    }
    if field.aliases.iter().any(|alias| same_letters(name, alias)) {
        return (NameKind::Alias, 0.97);
    }
    let words = named(header, &field.key);
    match likeness(name, &field.column) {
        Some(Likeness::Slip { .. }) if words < 0.93 => (NameKind::Misspelt, 0.93),
        _ if words > 0.1 => (NameKind::Words, words),
        _ => (NameKind::Nothing, 0.0),
    }
}

/// Of very many columns only those that are among the best for some field.
fn narrowed(mut totals: Vec<Vec<Option<f64>>>) -> Vec<Vec<Option<f64>>> {
    if totals.first().is_none_or(|columns| columns.len() <= MOST_COLUMNS) {
        return totals;
    }
    for columns in &mut totals {
        let mut ranked: Vec<f64> = columns.iter().flatten().copied().collect();
        ranked.sort_by(|a, b| b.total_cmp(a));
        if let Some(least) = ranked.get(8) {
            for total in columns.iter_mut() {
                *total = total.filter(|total| total > least);
            }
        }
    }
    totals
}

/// The way of giving fields columns that is worth most, and its worth. The fields that have a column so far are the bits of a
/// number; column by column, every such set keeps its best way. A scenario has few fields: twelve make 4,096 sets.
fn best_way(totals: &[Vec<Option<f64>>]) -> (f64, Vec<Option<usize>>) {
    let (fields, width) = (totals.len(), totals.first().map_or(0, Vec::len));
    let used: Vec<usize> =
        (0..width).filter(|column| totals.iter().any(|columns| columns[*column].is_some())).collect();
    let sets = 1 << fields;
    let mut best = vec![f64::NEG_INFINITY; sets];
    best[0] = 0.0;
    // For every column and set: the field that the column got, or `fields`.
    let mut given = vec![fields as u8; used.len() * sets];
    for (step, column) in used.iter().enumerate() {
        for set in (0..sets).rev() {
            for field in (0..fields).filter(|field| set >> field & 1 == 1) {
                let Some(total) = totals[field][*column] else { continue };
                let worth = best[set & !(1 << field)] + total;
                if worth > best[set] {
                    best[set] = worth;
                    given[step * sets + set] = field as u8;
                }
            }
        }
    }
    let mut set = (0..sets).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
    let worth = best[set];
    let mut columns = vec![None; fields];
    for (step, column) in used.iter().enumerate().rev() {
        let field = usize::from(given[step * sets + set]);
        if field < fields {
            columns[field] = Some(*column);
            set &= !(1 << field);
        }
    }
    (worth, columns)
}

#[cfg(test)]
mod tests {
    use super::best_way;

    #[test]
    fn the_best_way_of_all_is_found() {
        // Each field alone would take the first column.
        let totals = vec![vec![Some(1.0), Some(0.9), None], vec![Some(0.8), None, Some(0.1)], vec![None, None, None]];
        let (worth, columns) = best_way(&totals);
        assert!((worth - 1.7).abs() < 1e-9);
        assert_eq!(columns, [Some(1), Some(0), None]);
        assert_eq!(best_way(&[vec![], vec![]]).1, [None, None]);
    }
}
