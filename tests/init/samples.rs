//! Makes samples as HR systems export them, and the mapping that each was made from.

use std::collections::HashSet;

use crate::generate::random::Random;
use crate::generate::{Kind, MIXED_HEADER, Options, Scenario};
use crate::other_names::{IDENTIFIERS, OTHERS, Other};
use crate::spellings::{LANGUAGES, SPELLINGS};

/// A sample, and what it holds.
pub(crate) struct Made {
    pub(crate) seed: u64,
    pub(crate) stem: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) delimiter: u8,
    /// Header of the identifier column.
    pub(crate) identifier: Option<String>,
    pub(crate) scenarios: Vec<MadeScenario>,
    /// The headers that carry something, and whether each says something.
    pub(crate) carrying: Vec<(String, bool)>,
}

/// A scenario, what its rows are called, and its fields with their columns.
pub(crate) struct MadeScenario {
    pub(crate) key: &'static str,
    pub(crate) value: String,
    pub(crate) columns: Vec<(String, String)>,
}

/// A column of the sample: the generator's column, or one that carries nothing.
#[derive(Clone, Copy)]
enum Source {
    Field(usize),
    Other(Other),
}

/// The fields of a mixed file's columns.
const MIXED_FIELDS: [&str; 9] = [
    "identifier",
    "emailAddress",
    "resignationDate",
    "lastWorkingDate",
    "effectiveDate",
    "remarks",
    "rating",
    "oldLevel",
    "newLevel",
];

/// Fields that a sample may lack.
const OPTIONAL: [&str; 8] = [
    "remarks",
    "oldLevel",
    "rating",
    "employeeAddressLine2",
    "employeeState",
    "employeeDepartment",
    "employeeType",
    "employeeRole",
];

/// Makes a sample of one scenario, or of the four that share a file.
pub(crate) fn make(seed: u64, alone: Option<Scenario>) -> Made {
    let mut random = Random::at(seed, 77);
    let language = random.below(LANGUAGES);
    let fields = fields(alone);
    let mut columns: Vec<(String, Source, bool)> = Vec::new();
    let mut used = HashSet::new();
    for (place, field) in fields.iter().enumerate() {
        if OPTIONAL.contains(&field.as_str()) && random.below(8) == 0 {
            continue;
        }
        let (name, telling) = spelt(field, language, &mut random, &mut used);
        columns.push((name, Source::Field(place), telling));
    }
    for _ in 0..random.below(5) {
        let (name, other) = OTHERS[random.below(OTHERS.len())];
        if used.insert(name.to_lowercase()) {
            columns.push((name.to_owned(), Source::Other(other), true));
        }
    }
    shuffle(&mut columns, &mut random);
    let values = values(language, &mut random);
    let delimiter = [b',', b';', b'\t', b'|'][random.below(4)];
    let (bytes, present) = written(seed, alone, &columns, &values, delimiter, &mut random);
    let header = |field: &str| {
        let place = fields.iter().position(|own| own == field)?;
        let carries = |source: &Source| matches!(source, Source::Field(own) if *own == place);
        columns.iter().find(|(_, source, _)| carries(source)).map(|(name, ..)| name.clone())
    };
    let scenario = |scenario: Scenario| MadeScenario {
        key: scenario.key(),
        value: values.iter().find(|(key, _)| *key == scenario.key()).map_or(String::new(), |(_, value)| value.clone()),
        columns: documented(scenario)
            .into_iter()
            .filter_map(|field| Some((field.clone(), header(if alone.is_none() { shared(&field) } else { &field })?)))
            .collect(),
    };
    let scenarios = match alone {
        Some(alone) => vec![scenario(alone)],
        // A short sample may hold no row of some scenario.
        None => crate::generate::scenario::MIXED
            .into_iter()
            .filter(|own| present.contains(own.key()))
            .map(scenario)
            .collect(),
    };
    // A column of scenarios that are not there carries nothing.
    let telling = |(name, source, telling): &(String, Source, bool)| {
        matches!(source, Source::Field(_)).then(|| (name.clone(), *telling))
    };
    let carrying = columns.iter().filter_map(telling).collect();
    let stems = ["export", "hr_export_2026", "Bericht", "data"];
    let key = alone.map_or("", Scenario::key);
    let called = IDENTIFIERS.iter().find(|(own, _)| *own == key).map(|(_, names)| names[language][0]);
    let stem = called.filter(|_| random.below(3) == 0).map_or_else(|| random.pick(&stems).to_owned(), str::to_owned);
    Made { seed, stem, bytes, delimiter, identifier: header("identifier"), scenarios, carrying }
}

/// The generator's columns, by the fields that they hold.
fn fields(alone: Option<Scenario>) -> Vec<String> {
    match alone {
        None => MIXED_FIELDS.map(str::to_owned).to_vec(),
        Some(scenario) => documented(scenario),
    }
}

/// The keys of a scenario's fields, in the order of the generator's columns.
fn documented(scenario: Scenario) -> Vec<String> {
    let key = |name: &&str| name[..1].to_ascii_lowercase() + &name[1..];
    scenario.header().iter().map(key).collect()
}

/// The field whose column of a mixed file holds this one.
fn shared(field: &str) -> &str {
    match field {
        "improvementRemarks" => "remarks",
        "performanceRating" => "rating",
        other => other,
    }
}

/// A spelling for a field's header, and whether it says something.
fn spelt(field: &str, language: usize, random: &mut Random, used: &mut HashSet<String>) -> (String, bool) {
    let spellings = SPELLINGS.iter().find(|spellings| spellings.field == field).expect("every field has spellings");
    loop {
        let dice = random.below(100);
        let (name, telling) = match dice {
            0..5 => (random.pick(spellings.opaque), false),
            5..20 => (random.pick(spellings.systems), true),
            _ => (random.pick(spellings.by_language[language]), true),
        };
        let name = if telling && dice >= 20 { styled(name, random) } else { name.to_owned() };
        if used.insert(name.to_lowercase()) {
            return (name, telling);
        }
    }
}

/// The same name as other systems write it, or with a slip.
fn styled(name: &str, random: &mut Random) -> String {
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    match random.below(12) {
        0 => words().collect::<Vec<_>>().join("_").to_lowercase(),
        1 => words().collect::<Vec<_>>().join("_").to_uppercase(),
        2 => words().collect::<Vec<_>>().concat(),
        3 => name.to_lowercase(),
        4 => name.to_uppercase(),
        5 if name.chars().count() > 8 => {
            let mut letters: Vec<char> = name.chars().collect();
            let at = 1 + random.below(letters.len() - 3);
            letters.swap(at, at + 1);
            letters.into_iter().collect()
        }
        _ => name.to_owned(),
    }
}

/// What rows of each scenario are called in this file.
fn values(language: usize, random: &mut Random) -> Vec<(&'static str, String)> {
    let list = match random.below(20) {
        0 => LANGUAGES,
        1..5 => 0,
        _ => language,
    };
    let pick = |(key, names): &(&'static str, [&[&'static str]; LANGUAGES + 1])| {
        let names = names[list];
        (*key, names[random.below(names.len())].to_owned())
    };
    IDENTIFIERS.iter().map(pick).collect()
}

fn written(
    seed: u64,
    alone: Option<Scenario>,
    columns: &[(String, Source, bool)],
    values: &[(&str, String)],
    delimiter: u8,
    random: &mut Random,
) -> (Vec<u8>, HashSet<&'static str>) {
    let mut present = HashSet::new();
    let options = Options { alone, ..Options::new(Kind::Clean, seed) };
    let rows = [12, 40, 150][random.below(3)];
    let form = random.below(5);
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let headers: Vec<&str> = columns.iter().map(|(name, ..)| name.as_str()).collect();
    writer.write_record(&headers).expect("writing to memory");
    for index in 0..rows {
        let mut cells = Vec::new();
        options.cells(index, &mut Vec::new(), |_, cell| {
            cells.push(String::from_utf8(cell.to_vec()).expect("the generator writes UTF-8"));
        });
        if alone.is_none() {
            let scenario =
                crate::generate::scenario::MIXED.into_iter().find(|scenario| scenario.identifier() == cells[0]);
            let key = scenario.expect("every row has one").key();
            present.insert(key);
            cells[0].clone_from(&values.iter().find(|(own, _)| *own == key).expect("all are named").1);
        }
        let record = columns.iter().map(|(_, source, _)| match source {
            Source::Field(place) if fields(alone)[*place].ends_with("Date") => dated(&cells[*place], form),
            Source::Field(place) if fields(alone)[*place] == "employeeAddressLine2" && random.below(4) == 0 => {
                format!("Apt {}", 1 + random.below(60))
            }
            Source::Field(place) => cells[*place].clone(),
            Source::Other(other) => filled(*other, random),
        });
        writer.write_record(record.collect::<Vec<_>>()).expect("writing to memory");
    }
    (writer.into_inner().expect("writing to memory"), present)
}

/// A date in another form.
fn dated(cell: &str, form: usize) -> String {
    let Some((year, rest)) = cell.split_once('-') else { return cell.to_owned() };
    let (month, day) = (&rest[..2], &rest[3..5]);
    match form {
        0 => format!("{day}.{month}.{year}"),
        1 => format!("{month}/{day}/{year}"),
        2 => cell[..10].to_owned(),
        _ => cell.to_owned(),
    }
}

fn filled(other: Other, random: &mut Random) -> String {
    let number = |random: &mut Random, from: usize, to: usize| from + random.below(to - from);
    match other {
        Other::Number => number(random, 100_000, 999_999).to_string(),
        Other::Code => format!("CC-{}", number(random, 1000, 1020)),
        Other::Money => format!("{}.00", number(random, 30_000, 160_000)),
        Other::Birthday => {
            format!("{}-{:02}-{:02}", number(random, 1960, 2004), number(random, 1, 13), number(random, 1, 29))
        }
        Other::Hired => {
            format!("{}-{:02}-{:02}", number(random, 2005, 2024), number(random, 1, 13), number(random, 1, 29))
        }
        Other::ManagerMail => format!("lead{}@northwind-energy.de", number(random, 1, 4)),
        Other::PrivateMail => format!("somebody{}@gmail.com", number(random, 1, 99_999)),
        Other::Phone => format!("+49 30 {}", number(random, 1_000_000, 9_999_999)),
        Other::Changed => format!("2026-06-{:02}T04:00:00Z", number(random, 28, 31)),
        Other::Gender => (*random.pick(&["f", "m", "x"])).to_owned(),
    }
}

fn shuffle<T>(things: &mut [T], random: &mut Random) {
    for at in (1..things.len()).rev() {
        things.swap(at, random.below(at + 1));
    }
}

/// The mixed file's columns are those that the fields are named for.
#[test]
fn fields_stand_for_the_columns_of_the_generator() {
    assert_eq!(MIXED_HEADER.len(), MIXED_FIELDS.len());
    for (column, field) in MIXED_HEADER.iter().zip(MIXED_FIELDS).skip(1) {
        assert!(column.eq_ignore_ascii_case(field), "{column}");
    }
}
