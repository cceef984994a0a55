//! How a header reads against the mapping: what every column is, and which names are absent.
//!
//! The rules of this family divide the faults of the header among themselves by this one reading, so that one fault
//! cannot give two findings. Names are compared without regard to case; blanks inside them count.

use std::collections::{HashMap, HashSet};

use crate::mapping::{Field, FieldKind};
use crate::rules::likeness::{Likeness, likeness};
use crate::rules::{Frame, ScenarioFrame};

/// What a column of the header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing<'a> {
    /// A column of the mapping, or the identifier column.
    Known,
    /// The same, once the blanks around its name are removed.
    Padded,
    /// It has no name.
    Unnamed,
    /// It has the name of this earlier column.
    Repeated(usize),
    /// It has a name by which others call the absent column of this name.
    Alias(&'a str),
    /// It is not mapped, but is written almost like the absent column of this name.
    Resembles(&'a str),
    /// It is not mapped.
    Unknown,
}

/// A header, read against the mapping.
pub(super) struct Reading<'a> {
    frame: &'a Frame,
    /// What every column is, in order.
    pub(super) standings: Vec<Standing<'a>>,
}

/// A mandatory column that the header lacks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lacking<'a> {
    /// Its name in the mapping.
    pub(super) name: &'a str,
    /// Identifiers of the scenarios that need it.
    pub(super) scenarios: Vec<&'a str>,
}

/// The form in which names are compared.
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Headers with more columns than this get no guesses: nobody named them by hand.
const GUESSED_COLUMNS: usize = 1_000;

impl<'a> Reading<'a> {
    /// Reads a header.
    pub(super) fn of(frame: &'a Frame) -> Self {
        let known: HashSet<String> = known_names(frame).map(plain).collect();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut standings: Vec<Standing<'a>> = Vec::with_capacity(frame.headers.len());
        for (column, header) in frame.headers.iter().enumerate() {
            let name = plain(header);
            let padded = header.trim().len() < header.len();
            standings.push(if name.is_empty() {
                Standing::Unnamed
            } else if let Some(&first) = seen.get(&name) {
                Standing::Repeated(first)
            } else if frame.identifier == Some(column) || known.contains(&name) {
                if padded { Standing::Padded } else { Standing::Known }
            } else {
                Standing::Unknown
            });
            seen.entry(name).or_insert(column);
        }
        let mut reading = Self { frame, standings };
        reading.guess(&seen);
        reading
    }

    /// Finds, for the columns that are not mapped, the absent ones that they were probably meant to be; each is given
    /// away once.
    fn guess(&mut self, seen: &HashMap<String, usize>) {
        if self.frame.headers.len() > GUESSED_COLUMNS {
            return;
        }
        let mut absent = absent_names(self.frame, seen);
        if !self.frame.built_in {
            for (standing, header) in self.standings.iter_mut().zip(&self.frame.headers) {
                let name = plain(header);
                let called = |names: &Absent<'_>| names.aliases.iter().any(|alias| plain(alias) == name);
                if *standing == Standing::Unknown
                    && let Some(index) = absent.iter().position(called)
                {
                    *standing = Standing::Alias(absent.swap_remove(index).name);
                }
            }
        }
        for (standing, header) in self.standings.iter_mut().zip(&self.frame.headers) {
            if *standing == Standing::Unknown
                && let Some(index) = nearest(header.trim(), &absent)
            {
                *standing = Standing::Resembles(absent.swap_remove(index).name);
            }
        }
    }

    /// The columns of the given standing, with what `select` makes of them.
    pub(super) fn columns<T>(&self, select: impl Fn(Standing<'a>) -> Option<T>) -> impl Iterator<Item = (usize, T)> {
        self.standings.iter().enumerate().filter_map(move |(column, &standing)| Some((column, select(standing)?)))
    }

    /// The column that was probably meant to be the absent one of this name.
    pub(super) fn resembling(&self, name: &str) -> Option<usize> {
        let alike =
            |standing: &Standing<'_>| matches!(standing, Standing::Resembles(meant) if plain(meant) == plain(name));
        self.standings.iter().position(alike)
    }

    /// Whether the absent column of this name stands there under an alias.
    pub(super) fn is_aliased(&self, name: &str) -> bool {
        let alias = |standing: &Standing<'_>| matches!(standing, Standing::Alias(meant) if plain(meant) == plain(name));
        self.standings.iter().any(alias)
    }

    /// The mandatory columns that are missing, each once, without those that stand there under an alias.
    pub(super) fn lacking(&self) -> Vec<Lacking<'a>> {
        let frame = self.frame;
        let counts = |scenario: &&ScenarioFrame| frame.identifier.is_none() || takes_part(scenario);
        let counted: Vec<&ScenarioFrame> = frame.scenarios.iter().filter(counts).collect();
        // No scenario takes part where nothing but an address could be there: then at least the address must be.
        if counted.is_empty() {
            self.lacking_for(&frame.scenarios.iter().collect::<Vec<_>>(), true)
        } else {
            self.lacking_for(&counted, false)
        }
    }

    /// The mandatory columns that these scenarios miss, each once, without those that stand there under an alias.
    pub(super) fn lacking_for(&self, counted: &[&'a ScenarioFrame], address_alone: bool) -> Vec<Lacking<'a>> {
        let aliased: HashSet<String> = self
            .columns(|standing| if let Standing::Alias(name) = standing { Some(plain(name)) } else { None })
            .map(|(_, name)| name)
            .collect();
        let mut lacking: Vec<Lacking<'a>> = Vec::new();
        for scenario in counted {
            for field in scenario.missing.iter().filter(|field| field.required) {
                let name = plain(&field.column);
                if aliased.contains(&name) || address_alone && field.kind != FieldKind::Upn {
                    continue;
                }
                match lacking.iter_mut().find(|lacking| plain(lacking.name) == name) {
                    Some(known) => known.scenarios.push(&scenario.identifier),
                    None => lacking.push(Lacking { name: &field.column, scenarios: vec![&scenario.identifier] }),
                }
            }
        }
        lacking
    }

    /// The identifier column's name, where the file lacks that column and needs it.
    pub(super) fn lacking_identifier(&self) -> Option<&'a str> {
        let frame = self.frame;
        let name = frame.identifier_name.as_deref().filter(|_| frame.identifier.is_none() && frame.mapped.len() > 1)?;
        if !frame.built_in {
            return Some(name);
        }
        let [only] = frame.scenarios.as_slice() else { return None };
        let others = frame.mapped.iter().filter(|scenario| *scenario.key != *only.key);
        let columns: HashMap<String, usize> =
            frame.headers.iter().enumerate().rev().map(|(column, header)| (plain(header), column)).collect();
        let unused = |column: usize| only.columns.get(column).is_none_or(Option::is_none);
        let mixed = others.into_iter().any(|other| {
            let carried: Option<Vec<usize>> =
                other.fields.iter().filter(|field| field.required).map(|field| carrying(field, &columns)).collect();
            carried.is_some_and(|carried| carried.into_iter().any(unused))
        });
        mixed.then_some(name)
    }
}

/// Whether the file has a column of the scenario beside the address, which all scenarios share.
pub(super) fn takes_part(scenario: &ScenarioFrame) -> bool {
    scenario.columns.iter().enumerate().any(|(column, field)| field.is_some() && scenario.address != Some(column))
}

/// The column that carries a field under its own name or, as the built-in mapping allows, under an alias.
fn carrying(field: &Field, columns: &HashMap<String, usize>) -> Option<usize> {
    std::iter::once(&field.column).chain(&field.aliases).find_map(|name| columns.get(&plain(name)).copied())
}

/// Every name that a column may have without being unknown, as the mapping writes it; aliases come last.
pub(super) fn known_names(frame: &Frame) -> impl Iterator<Item = &str> {
    let fields = || frame.mapped.iter().flat_map(|scenario| &scenario.fields);
    let aliases = fields().filter(|_| frame.built_in).flat_map(|field| &field.aliases);
    let names = fields().map(|field| &field.column).chain(&frame.identifier_name).chain(aliases);
    names.map(String::as_str)
}

/// A mapped column that the header does not have.
struct Absent<'a> {
    name: &'a str,
    aliases: Vec<&'a str>,
}

fn absent_names<'a>(frame: &'a Frame, seen: &HashMap<String, usize>) -> Vec<Absent<'a>> {
    let mut absent: Vec<Absent<'a>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for field in frame.mapped.iter().flat_map(|scenario| &scenario.fields) {
        let name = plain(&field.column);
        if seen.contains_key(&name) || frame.built_in && carrying(field, seen).is_some() {
            continue;
        }
        let place = *places.entry(name).or_insert(absent.len());
        if place == absent.len() {
            absent.push(Absent { name: &field.column, aliases: Vec::new() });
        }
        absent[place].aliases.extend(field.aliases.iter().map(String::as_str));
    }
    if let Some(name) = frame.identifier_name.as_deref().filter(|_| frame.identifier.is_none()) {
        absent.push(Absent { name, aliases: Vec::new() });
    }
    absent
}

/// The absent column that a name was probably meant to be.
fn nearest(header: &str, absent: &[Absent<'_>]) -> Option<usize> {
    let mut best: Option<(Likeness, usize)> = None;
    for (index, names) in absent.iter().enumerate() {
        // A common first word (ResignationDate, ResignationReason) makes names similar, but not the same column.
        let slip = likeness(header, names.name).filter(|likeness| !matches!(likeness, Likeness::Similar(_)));
        if let Some(found) = slip
            && best.is_none_or(|(likeness, _)| found > likeness)
        {
            best = Some((found, index));
        }
    }
    best.map(|(_, index)| index)
}

#[cfg(test)]
mod tests {
    use super::{Reading, Standing};
    use crate::rules::testing::{combined, own, single};

    #[test]
    fn every_column_has_one_standing() {
        let frame =
            combined(&["HRScenario", " EmailAddress", "", "emailaddress", "Salary", "Effective-Date", "Remarks"]);
        let expected = [
            Standing::Known,
            Standing::Padded,
            Standing::Unnamed,
            Standing::Repeated(1),
            Standing::Unknown,
            Standing::Resembles("EffectiveDate"),
            Standing::Known,
        ];
        assert_eq!(Reading::of(&frame).standings, expected);
    }

    #[test]
    fn an_alias_is_known_to_the_built_in_mapping_alone() {
        let header = ["UPN", "ResignationDate", "LastWorkingDate"];
        assert_eq!(Reading::of(&single(&header, "resignation")).standings[0], Standing::Known);
        assert_eq!(Reading::of(&own(&header, &["resignation"])).standings[0], Standing::Alias("EmailAddress"));
    }

    #[test]
    fn an_absent_column_is_given_away_once() {
        let frame = own(&["UPN", "UserPrincipalName", "Remark", "Remarkss"], &["jobLevelChange"]);
        let expected =
            [Standing::Alias("EmailAddress"), Standing::Unknown, Standing::Resembles("Remarks"), Standing::Unknown];
        assert_eq!(Reading::of(&frame).standings, expected);
    }
}
