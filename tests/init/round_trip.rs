//! Samples with renamed, reordered and translated headers give back the mapping that they were made from.
//!
//! `HRLINT_TEST_SEED` gives other samples, `HRLINT_TEST_SAMPLES` more of them; the rate is printed.

use std::env;
use std::fmt::Write as _;
use std::io::Write as _;

use hrlint::init::{BestGuess, Proposal, Sample, propose};
use hrlint::mapping::Mapping;
use hrlint::rules;

use crate::generate::Scenario;
use crate::samples::{Made, make};

/// What a number of samples came to.
#[derive(Default)]
struct Rate {
    columns: usize,
    hits: usize,
    /// Columns whose names say nothing, and those of them that were found.
    opaque: usize,
    opaque_hits: usize,
    /// Fields that got a column although theirs is not in the sample.
    invented: usize,
    /// Required fields that were given no column or a wrong one: each must be told.
    doubted: usize,
    required: usize,
    /// What went wrong, for whoever mends it.
    misses: String,
    /// Wrong required columns of which nothing was said.
    silent: String,
}

#[test]
fn samples_give_back_the_mapping_that_they_were_made_from() {
    let number =
        |name: &str, default: u64| env::var(name).ok().map_or(default, |text| text.parse().expect("it is a number"));
    let (seed, samples) = (number("HRLINT_TEST_SEED", 20_260_701), number("HRLINT_TEST_SAMPLES", 360));
    let kinds =
        [None, Some(0), Some(1), None, Some(2), Some(3), None, Some(4)].map(|at| at.map(|at| Scenario::ALL[at]));
    let mut rate = Rate::default();
    for index in 0..samples {
        let made = make(seed.wrapping_mul(1000) + index, kinds[index as usize % kinds.len()]);
        let sample = Sample::parse("sample.csv", &made.stem, &made.bytes).expect("it is a sample");
        match propose(&[sample], &mut BestGuess) {
            Ok(proposal) => rate.count(&made, &proposal),
            Err(error) => rate.refused(&made, &error.to_string()),
        }
    }
    let number = |count: usize| f64::from(u32::try_from(count).expect("there are few columns"));
    let percent = |part: usize, whole: usize| 100.0 * number(part) / number(whole.max(1));
    let known = percent(rate.hits - rate.opaque_hits, rate.columns - rate.opaque);
    let told = format!(
        "{samples} samples of seed {seed}: {:.1} % of {} columns found ({known:.1} % of those whose names say something, {:.1} % of the {} \
         others); {} of {} required ones doubted or missing, all told; {} fields given a column of something else",
        percent(rate.hits, rate.columns),
        rate.columns,
        percent(rate.opaque_hits, rate.opaque),
        rate.opaque,
        rate.doubted,
        rate.required,
        rate.invented,
    );
    if env::var_os("HRLINT_TEST_MISSES").is_some() {
        writeln!(std::io::stderr(), "{}", rate.misses).expect("standard error is open");
    }
    writeln!(std::io::stderr(), "{told}").expect("standard error is open");
    assert!(rate.silent.is_empty(), "wrong and nothing said:\n{}{told}", rate.silent);
    assert!(percent(rate.hits, rate.columns) >= 95.0, "{}{told}", rate.misses);
}

impl Rate {
    fn count(&mut self, made: &Made, proposal: &Proposal) {
        let written = proposal.json("hrlint.schema.json");
        let mapping = Mapping::parse("hrlint.json", &written, &rules::facts());
        let mapping = mapping.unwrap_or_else(|error| panic!("seed {}: {error:?}\n{written}", made.seed));
        assert_eq!(mapping.delimiter, made.delimiter, "seed {}", made.seed);
        for scenario in &made.scenarios {
            self.required(made, scenario.key, &scenario.columns, proposal);
        }
        let carries = |header: &String| {
            let mut columns = made.scenarios.iter().flat_map(|scenario| &scenario.columns);
            made.identifier.as_ref() == Some(header) || columns.any(|(_, column)| column == header)
        };
        for (header, telling) in made.carrying.iter().filter(|(header, _)| carries(header)) {
            let hit = wrong(made, header, &mapping);
            self.columns += 1;
            self.hits += usize::from(hit.is_none());
            self.opaque += usize::from(!telling);
            self.opaque_hits += usize::from(!telling && hit.is_none());
            if let Some(what) = hit {
                writeln!(self.misses, "seed {}: {header}: {what}", made.seed).expect("writing to a String");
            }
        }
        for found in &proposal.scenarios {
            let of = made.scenarios.iter().find(|scenario| scenario.key == found.key);
            let held = |field: &str| of.is_some_and(|of| of.columns.iter().any(|(own, _)| own == field));
            let invented = found.fields.iter().filter(|field| field.column.is_some() && !held(&field.field));
            self.invented += invented.count();
        }
    }

    /// A required field with a wrong column, or none, must be told.
    fn required(&mut self, made: &Made, key: &str, columns: &[(String, String)], proposal: &Proposal) {
        let Some(found) = proposal.scenarios.iter().find(|found| found.key == key) else {
            let doubts = ["guess", "left out", "also", "no column"];
            let told = proposal.notes.iter().any(|note| doubts.iter().any(|doubt| note.text.contains(doubt)));
            if !told {
                writeln!(self.silent, "seed {}: {key} is missing", made.seed).expect("writing to a String");
            }
            return;
        };
        for field in found.fields.iter().filter(|field| field.required) {
            self.required += 1;
            let right = columns.iter().find(|(own, _)| *own == field.field).map(|(_, column)| column);
            let about = |note: &hrlint::init::Note| {
                note.scenario.as_deref() == Some(key) && note.field.as_ref().is_none_or(|own| *own == field.field)
            };
            let told = proposal.notes.iter().any(about);
            if right != field.column.as_ref() {
                self.doubted += 1;
                if !told {
                    let (seed, field, column) = (made.seed, &field.field, &field.column);
                    writeln!(self.silent, "seed {seed}: {key}.{field}: {column:?}, not {right:?}")
                        .expect("writing to a String");
                }
            }
        }
    }

    fn refused(&mut self, made: &Made, why: &str) {
        self.columns += made.carrying.len();
        self.opaque += made.carrying.iter().filter(|(_, telling)| !telling).count();
        writeln!(self.misses, "seed {}: {why}", made.seed).expect("writing to a String");
    }
}

/// What is wrong with how the mapping uses a column, if anything.
fn wrong(made: &Made, header: &str, mapping: &Mapping) -> Option<String> {
    if made.identifier.as_deref() == Some(header) {
        let named = mapping.identifier.as_ref().map(|identifier| identifier.column.as_str());
        if named != Some(header) {
            return Some(format!("the identifier column is {named:?}"));
        }
        let value =
            |key: &str| mapping.scenarios.iter().find(|scenario| scenario.key == key).map(|own| own.identifier.clone());
        let mistaken = made.scenarios.iter().find(|scenario| value(scenario.key).as_deref() != Some(&scenario.value));
        return mistaken
            .map(|scenario| format!("{} is {:?}, not {:?}", scenario.key, value(scenario.key), scenario.value));
    }
    for scenario in &made.scenarios {
        let Some(own) = mapping.scenarios.iter().find(|own| own.key == scenario.key) else {
            return Some(format!("there is no {}", scenario.key));
        };
        for (field, column) in scenario.columns.iter().filter(|(_, column)| column == header) {
            let found = own.fields.iter().find(|own| own.key == *field).map(|own| &own.column);
            if found != Some(column) {
                return Some(format!("{}.{field} is {found:?}", scenario.key));
            }
        }
    }
    None
}
