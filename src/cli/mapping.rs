//! `hrlint mapping`: validates a mapping and prints what it comes to, or checks the header of a sample by it.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::BoolishValueParser;

use super::check::Unwritable;
use super::identity::Read;
use super::inputs::{self, Found};
use super::options::{self, When};
use super::output::{self, Looks, Wanted};
use super::{CLEAN, FOUND, UNABLE};
use crate::check::{self, Input, Options};
use crate::finding::Severity;
use crate::mapping::Mapping;
use crate::plan::{Override, Plan};
use crate::rules;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Mapping [default: the nearest hrlint.json from the current folder (with --for: the sample's) upwards, else the built-in one]
    #[arg(value_name = "FILE", env = "HRLINT_MAPPING")]
    file: Option<PathBuf>,

    /// Check the header of this file by the mapping, and no row; may be repeated, - for standard input
    #[arg(long = "for", value_name = "SAMPLE", env = "HRLINT_FOR")]
    samples: Vec<PathBuf>,

    /// With --for: scenario of all rows, for files without an identifier column
    #[arg(long, value_name = "NAME", env = "HRLINT_SCENARIO")]
    scenario: Option<String>,

    /// With --for: report as of `hrlint check`; may be repeated [default: auto]
    #[arg(long, value_name = "NAME[=FILE]", env = "HRLINT_FORMAT", value_parser = Wanted::parse)]
    format: Vec<Vec<Wanted>>,

    /// With --for: level of a rule: off, info, warning or error; may be repeated
    #[arg(long = "rule", value_name = "NAME=LEVEL", env = "HRLINT_RULE", value_parser = options::rule)]
    rules: Vec<Override>,

    /// With --for: lowest severity that makes the exit code 1: error, warning or info
    #[arg(long, value_name = "SEVERITY", env = "HRLINT_FAIL_ON", default_value = "error", value_parser = options::severity)]
    fail_on: Severity,

    /// Whether to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", env = "HRLINT_COLOR", default_value = "auto", hide_possible_values = true)]
    color: When,

    /// No notes
    #[arg(short, long, env = "HRLINT_QUIET", value_parser = BoolishValueParser::new())]
    quiet: bool,
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        if !self.samples.is_empty() {
            return self.check_headers();
        }
        let mapping = match self.file.or_else(|| Mapping::locate(Path::new("."))) {
            Some(file) => Mapping::read(&file, &rules::facts())?,
            None => Mapping::built_in(),
        };
        output::print(&mapping.effective_json())
    }

    /// Does what `hrlint check` does, up to the end of the header.
    fn check_headers(&self) -> miette::Result<u8> {
        let paths = inputs::find(&self.samples)?;
        let (found, mappings) = inputs::with_mappings(paths, self.file.as_deref())?;
        let today = chrono::Local::now().date_naive();
        let plan = |mapping| Plan::compile(mapping, &self.rules, self.scenario.clone(), today);
        let plans: Vec<Plan> = mappings.into_iter().map(plan).collect::<Result<_, _>>()?;
        let input =
            |found: &Found| Input { name: found.name.clone(), path: found.path.clone(), plan: &plans[found.mapping] };
        let inputs: Vec<Input<'_>> = found.iter().map(input).collect();
        let wanted = if self.format.is_empty() { Wanted::auto() } else { self.format.concat() };
        let looks = Looks { values: When::Never, colour: self.color, fail_on: self.fail_on, today, to_error: false };
        let mut reports = output::sinks(&wanted, looks, &Read::of(&found, &plans))?;
        let excerpts = wanted.iter().any(Wanted::draws_records);
        let options = Options { header_only: true, fail_on: self.fail_on, excerpts, ..Options::default() };
        match check::check(&inputs, &options, &mut reports) {
            Ok(checked) if !checked.errors.is_empty() => {
                checked.errors.into_iter().for_each(output::complain);
                Ok(UNABLE)
            }
            Ok(checked) => {
                if !self.quiet {
                    output::note("only the header was checked; `hrlint check` looks at the rows too");
                }
                Ok(if checked.summary.failed() { FOUND } else { CLEAN })
            }
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(UNABLE),
            Err(error) => Err(Unwritable(error).into()),
        }
    }
}
