//! Which column names each row's scenario, and which scenario a name means.

use std::collections::HashSet;

use super::Sureness;
use super::fields::{named, names_scenario};
use super::header::{Header, letters};
use super::sampling::Sample;
use super::words::Meaning;
use crate::finding::{CellText, Printable};
use crate::mapping::{Scenario, folded};
use crate::rules::address::split;
use crate::rules::date;
use crate::rules::likeness::{likeness, same_letters};

/// The most values of an identifier column: there are five scenarios, and what else a system may call so.
const MOST_VALUES: usize = 20;

/// A column that may name each row's scenario.
#[derive(Clone, Debug)]
pub(super) struct Identifying {
    pub(super) column: usize,
    pub(super) worth: f64,
    pub(super) sureness: Sureness,
    pub(super) reason: &'static str,
}

/// The column of a sample that names each row's scenario, if there is one.
pub(super) fn identifier(sample: &Sample, scenarios: &[Scenario]) -> Option<Identifying> {
    let judged = (0..sample.headers.len()).filter_map(|column| judged(sample, column, scenarios));
    judged.fold(None, |best: Option<Identifying>, other| match best {
        Some(best) if best.worth >= other.worth => Some(best),
        _ => Some(other),
    })
}

fn judged(sample: &Sample, column: usize, scenarios: &[Scenario]) -> Option<Identifying> {
    let name = &sample.headers[column];
    let mut fields = scenarios.iter().flat_map(|scenario| &scenario.fields);
    if name.is_empty() || fields.any(|field| same_letters(&field.column, name)) {
        return None;
    }
    let header = Header::read(name);
    let documented = ["HRScenario", "HRScenarios"].iter().any(|known| same_letters(known, name));
    let named = if documented { 1.0 } else { named(&header, "identifier") };
    let identifying = |worth, sureness, reason| Some(Identifying { column, worth, sureness, reason });
    let values: Vec<&str> =
        sample.rows.iter().map(|row| row[column].trim()).filter(|value| !value.is_empty()).collect();
    let distinct: HashSet<String> = values.iter().map(|value| folded(value)).collect();
    if values.is_empty() {
        return if named > 0.9 { identifying(named, Sureness::Likely, "its name says so") } else { None };
    }
    let many = distinct.len() > MOST_VALUES || values.len() > 8 && distinct.len() * 2 > values.len();
    if many || values.len() * 10 < sample.rows.len() * 7 {
        return None;
    }
    let meant: Vec<&str> = distinct.iter().filter_map(|value| Some(meaning(value, scenarios)?.0)).collect();
    let share = meant.len() as f64 / distinct.len() as f64;
    let several = meant.iter().collect::<HashSet<_>>().len() > 1;
    // Why somebody left may be called as a scenario is.
    let reason = header.means(Meaning::Reason) && named < 0.7;
    match share {
        0.99.. if documented || named > 0.5 && !reason => {
            identifying(2.0 + named, Sureness::Certain, "its values are scenarios")
        }
        0.99.. if several => identifying(1.9 + named, Sureness::Likely, "its values are scenarios"),
        0.6.. if several || named > 0.5 && !reason => {
            identifying(1.5 + named, Sureness::Likely, "most of its values are scenarios")
        }
        0.99.. if !reason => identifying(1.0, Sureness::Unsure, "its only value is a scenario"),
        _ if distinct.len() > 8 => None,
        _ if several || named > 0.8 && rows_differ(sample, column) => {
            identifying(0.9 + named, Sureness::Unsure, "its name says so, or some of its values")
        }
        _ if rows_differ(sample, column) => identifying(0.5 + named, Sureness::Unsure, "rows are filled by its values"),
        _ => None,
    }
}

/// Whether the values of a column decide which other columns a row fills, as scenarios do.
fn rows_differ(sample: &Sample, column: usize) -> bool {
    let mut values: Vec<String> = sample.rows.iter().map(|row| folded(row[column].trim())).collect();
    let of_rows = values.clone();
    values.sort_unstable();
    values.dedup();
    if values.len() < 2 || sample.rows.len() < 2 * values.len() {
        return false;
    }
    let share = |value: &String, other: usize| {
        let rows = of_rows.iter().zip(&sample.rows).filter(|(of_row, _)| *of_row == value);
        let (mut filled, mut all) = (0.0, 0.0);
        for (_, row) in rows {
            all += 1.0;
            filled += f64::from(u8::from(!row[other].trim().is_empty()));
        }
        filled / all
    };
    let decided = |other: &usize| {
        let shares: Vec<f64> = values.iter().map(|value| share(value, *other)).collect();
        let clear = shares.iter().all(|share| *share <= 0.02 || *share >= 0.6);
        clear && shares.iter().any(|share| *share <= 0.02) && shares.iter().any(|share| *share >= 0.9)
    };
    (0..sample.headers.len()).filter(|other| *other != column).filter(decided).count() >= 3
}

/// The key of the scenario that a value of the identifier column means.
pub(super) fn meaning<'s>(value: &str, scenarios: &'s [Scenario]) -> Option<(&'s str, Sureness, &'static str)> {
    let key = |scenario: &&'s Scenario| scenario.key.as_str();
    let same = |scenario: &&Scenario| same_letters(value, &scenario.identifier);
    if let Some(scenario) = scenarios.iter().find(same) {
        return Some((key(&scenario), Sureness::Certain, "the documented value"));
    }
    if letters(value).len() < 3 {
        return None;
    }
    let near = scenarios.iter().filter_map(|scenario| Some((likeness(value, &scenario.identifier)?, scenario)));
    let near = near.fold(None, |best, other| match best {
        Some((likeness, scenario)) if likeness >= other.0 => Some((likeness, scenario)),
        _ => Some(other),
    });
    if let Some((_, scenario)) = near {
        return Some((key(&scenario), Sureness::Likely, "almost the documented value"));
    }
    let read = Header::read(value);
    let mut named: Vec<(f64, &Scenario)> =
        scenarios.iter().map(|scenario| (names_scenario(&read, &scenario.key), scenario)).collect();
    named.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, second) = (named.first()?, named.get(1)?);
    let clear = best.0 - second.0 >= 0.08;
    match best.0 {
        0.7.. if clear => Some((&best.1.key, Sureness::Likely, "its words say so")),
        0.5.. => Some((&best.1.key, Sureness::Unsure, "its words say so")),
        _ => None,
    }
}

/// A value of the identifier column as it may be told: masked if it could say something about a person.
pub(super) fn shown(value: &str) -> String {
    let digits = value.chars().filter(|c| c.is_numeric()).count();
    let personal =
        split(value).is_some() || digits > 4 || value.chars().count() > 40 || date::read(value).day.is_some();
    let printable = if personal { CellText::new(value.as_bytes()).masked() } else { Printable::new(value) };
    printable.shortened(40).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Sureness, identifier, meaning, shown};
    use crate::init::Sample;
    use crate::mapping::Mapping;

    fn meant(value: &str) -> Option<(String, Sureness)> {
        meaning(value, &Mapping::built_in().scenarios).map(|(key, sureness, _)| (key.to_owned(), sureness))
    }

    #[test]
    fn values_are_understood_with_slips_and_in_other_languages() {
        assert_eq!(meant("Resignation"), Some(("resignation".to_owned(), Sureness::Certain)));
        for (value, scenario) in [
            ("Job level changes", "jobLevelChange"),
            ("Performance revew", "performanceReview"),
            ("Kündigung", "resignation"),
            ("Verbeterplan", "performanceImprovementPlan"),
            ("Promoção", "jobLevelChange"),
        ] {
            assert_eq!(meant(value).map(|meant| meant.0).as_deref(), Some(scenario), "{value}");
        }
        for other in ["A1", "10", "Geburtstag", "New hire", ""] {
            assert_eq!(meant(other), None, "{other}");
        }
    }

    #[test]
    fn the_identifier_column_is_found_by_its_values() {
        let text = "Mail,Was,Austrittsgrund\na@b.de,Kündigung,Rente\nc@b.de,Beurteilung,\nd@b.de,Kündigung,Umzug\n";
        let sample = Sample::parse("x.csv", "x", text.as_bytes()).expect("a sample");
        let found = identifier(&sample, &Mapping::built_in().scenarios).expect("there is one");
        assert_eq!(found.column, 1);
    }

    #[test]
    fn what_could_be_personal_is_masked() {
        assert_eq!(shown("Job level change"), "Job level change");
        assert_eq!(shown("mia@northwind-energy.de"), "aaa@aaaaaaaaa-aaaaaa.aa");
        assert_eq!(shown("2026-05-04"), "9999-99-99");
        assert_eq!(shown("\u{1b}[31m"), "\\u{1b}[31m");
    }
}
