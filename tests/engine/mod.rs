//! The engine, run in memory: a plan for the tests' day, and the report of a run as text.

use std::path::Path;

use chrono::NaiveDate;
use hrlint::check::{Input, Options, check};
use hrlint::mapping::Mapping;
use hrlint::plan::Plan;
use hrlint::report::{self, Format, Values};

/// A plan on the day that all fixtures are written for, 2026-07-01.
pub(crate) fn plan(mapping: Mapping) -> Plan {
    let today = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day of the calendar");
    Plan::compile(mapping, &[], None, today).expect("nothing was asked for that could be refused")
}

/// The report of a run over files (names and paths), with what kept files from being checked behind it.
pub(crate) fn report(files: &[(&str, &Path)], plan: &Plan, options: &Options<'_>, format: Format) -> String {
    let input = |(name, path): &(&str, &Path)| Input { name: (*name).into(), path: Some(path.to_path_buf()), plan };
    let inputs: Vec<Input<'_>> = files.iter().map(input).collect();
    let mut out = Vec::new();
    let looks = report::Options { values: Values::Shown, ..report::Options::default() };
    let mut sink = report::sink(format, Box::new(&mut out), &looks);
    let checked = check(&inputs, options, &mut *sink).expect("memory takes every report");
    drop(sink);
    let errors: Vec<String> = checked.errors.iter().map(ToString::to_string).collect();
    String::from_utf8(out).expect("reports are UTF-8") + &errors.join("\n")
}
