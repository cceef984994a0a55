//! `hrlint check`: the main job.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use clap::builder::{BoolishValueParser, OsStringValueParser};

#[cfg(feature = "upload")]
use super::clearance;
use super::identity::Read;
use super::inputs::{self, Found};
#[cfg(feature = "upload")]
use super::ledger;
use super::options::{self, When};
use super::output::{self, Looks, Wanted};
use super::progress::{AroundProgress, Progress};
use super::{CLEAN, FOUND, UNABLE, links, waivers};
use crate::check::{self, Checked, Input, Opening, Options};
use crate::finding::{Printable, Severity};
use crate::mapping::{Mapping, Policy, RuleSetting};
use crate::plan::{Override, Plan};
use crate::report::Format;
use crate::scan::Instructions;

/// Findings drawn for one rule in one column when only a person reads.
const OF_A_KIND: u64 = 3;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Files, folders (searched for *.csv), or - for standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Mapping to check by [default: the nearest hrlint.json from the input's folder upwards, else the built-in one]
    #[arg(short, long, value_name = "FILE", env = "HRLINT_MAPPING")]
    pub(super) mapping: Option<PathBuf>,

    /// Scenario of all rows, for files without an identifier column
    #[arg(long, value_name = "NAME", env = "HRLINT_SCENARIO")]
    scenario: Option<String>,

    #[arg(long, value_name = "NAME[=FILE]", env = "HRLINT_FORMAT", value_parser = Wanted::parse, help = output::formats())]
    pub(super) format: Vec<Vec<Wanted>>,

    /// Level of a rule: off, info, warning or error; may be repeated
    #[arg(long = "rule", value_name = "NAME=LEVEL", env = "HRLINT_RULE", value_parser = options::rule)]
    rules: Vec<Override>,

    /// Findings that are known and let pass [default: hrlint.waivers.json beside the mapping]
    #[arg(long, value_name = "FILE", env = "HRLINT_WAIVERS")]
    waivers: Option<PathBuf>,

    /// Start a file of waivers from what is found [default file: hrlint.waivers.json beside the mapping]
    #[arg(long, value_name = "FILE", env = "HRLINT_WRITE_WAIVERS", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "", value_parser = OsStringValueParser::new())]
    write_waivers: Option<OsString>,

    /// Policy that the data is for, by its template's name; may be repeated
    #[arg(long = "policy", value_name = "NAME", env = "HRLINT_POLICY", value_parser = options::policy)]
    policies: Vec<&'static Policy>,

    /// People in all, for the rule that asks how many of them resign
    #[arg(long, value_name = "N", env = "HRLINT_HEADCOUNT", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    headcount: Option<u32>,

    /// Ledger of what was sent: rules compare with it [default: none for a check, else a file in the user's folder for state]
    #[cfg(feature = "upload")]
    #[arg(long, value_name = "FILE", env = "HRLINT_LEDGER")]
    pub(super) ledger: Option<PathBuf>,

    /// Receipt of a check that passed: `check` writes it, `upload` sends nothing without it
    #[cfg(feature = "upload")]
    #[arg(long, value_name = "FILE", env = "HRLINT_RECEIPT")]
    pub(super) receipt: Option<PathBuf>,

    /// Lowest severity that makes the exit code 1: error, warning or info
    #[arg(long, value_name = "SEVERITY", env = "HRLINT_FAIL_ON", default_value = "error", value_parser = options::severity)]
    fail_on: Severity,

    /// Whether values are shown: always, never, or auto (only on a terminal)
    #[arg(long, value_name = "WHEN", env = "HRLINT_SHOW_VALUES", default_value = "auto", hide_possible_values = true)]
    pub(super) show_values: When,

    /// Give findings about one person the same code, another one in each run
    #[arg(long, env = "HRLINT_LINK_PEOPLE", value_parser = BoolishValueParser::new())]
    link_people: bool,

    /// The same with codes that hold from run to run: the environment variable NAME holds the secret that they are made with
    #[arg(long, value_name = "NAME", env = "HRLINT_LINK_KEY_ENV")]
    link_key_env: Option<String>,

    /// Findings kept in detail for each file, 0 for all; the rest is counted
    #[arg(long, value_name = "N", env = "HRLINT_MAX_FINDINGS", default_value_t = 1000)]
    max_findings: u64,

    /// Threads [default: one for each core]
    #[arg(long, value_name = "N", env = "HRLINT_THREADS", value_parser = options::threads)]
    threads: Option<usize>,

    /// Bytes that a thread takes at a time
    #[arg(long, value_name = "BYTES", env = "HRLINT_BLOCK_SIZE", default_value = "512k", value_parser = options::block_size)]
    block_size: u64,

    /// Most bytes of one row, and so of one cell
    #[arg(long, value_name = "BYTES", env = "HRLINT_MAX_RECORD", default_value = "1m", value_parser = options::bytes)]
    max_record: u64,

    /// Day on which dates are judged [default: today]
    #[arg(long, value_name = "DATE-TIME", env = "HRLINT_NOW", value_parser = options::day)]
    pub(super) now: Option<NaiveDate>,

    /// Whether to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", env = "HRLINT_COLOR", default_value = "auto", hide_possible_values = true)]
    pub(super) color: When,

    /// Whether to show progress: auto, always or never
    #[arg(long, value_name = "WHEN", env = "HRLINT_PROGRESS", default_value = "auto", hide_possible_values = true)]
    pub(super) progress: When,

    /// No progress and no notes
    #[arg(short, long, env = "HRLINT_QUIET", conflicts_with = "verbose", value_parser = BoolishValueParser::new())]
    pub(super) quiet: bool,

    /// Notes on standard error: which mapping judges which file, and how the work is done
    #[arg(short, long, env = "HRLINT_VERBOSE", value_parser = BoolishValueParser::new())]
    pub(super) verbose: bool,
}

/// The threads that the work needs could not be had. The cause is said once, so it is not a source as well.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot start the threads to work with: {0}")]
#[diagnostic(code(hrlint::no_threads), help("Try fewer, with --threads 1."))]
struct NoThreads(rayon::ThreadPoolBuildError);

/// A report could not be written to its end. The cause is said once, so it is not a source as well.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot write the report: {0}")]
#[diagnostic(code(hrlint::report_unwritable), help("Make room where the report goes, then check again."))]
pub(super) struct Unwritable(pub(super) io::Error);

/// Findings were waived that no waiver lets pass for an upload.
#[cfg(feature = "upload")]
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{0} waived that no waiver lets pass for an upload")]
#[diagnostic(
    code(hrlint::waivers::not_for_uploads),
    help(
        "Their rules guard what the service requires. Mend those cells; a check with an empty file of waivers (--waivers) shows them."
    )
)]
struct NotForUploads(String);

/// What stands in place of the files of the working tree.
#[derive(Clone, Copy)]
pub(super) struct Staging<'s> {
    /// Opens the files to be checked.
    pub(super) open: &'s Opening,
    /// Reads others, such as waivers.
    pub(super) read: &'s dyn Fn(&Path) -> io::Result<Vec<u8>>,
}

impl Arguments {
    #[cfg(feature = "upload")]
    pub(super) fn run(self) -> miette::Result<u8> {
        let first = |plans: &mut [Plan]| {
            self.remember(plans)?;
            Ok(plans.iter().map(clearance::by).collect::<Vec<_>>())
        };
        let (by, judged) = self.judge(self.receipt.is_some(), first)?;
        let Judged::Checked(checked, places) = judged else { return Ok(UNABLE) };
        let code = if self.receipt.is_some() { code_for_sending(&checked) } else { code(&checked) };
        if let (Some(path), CLEAN) = (&self.receipt, code) {
            clearance::write(path, *checked, places.iter().map(|place| by[*place]))?;
        }
        Ok(code)
    }

    #[cfg(not(feature = "upload"))]
    pub(super) fn run(self) -> miette::Result<u8> {
        Ok(match self.judge(false, |_| Ok(()))?.1 {
            Judged::Checked(checked, _) => code(&checked),
            Judged::Unread => UNABLE,
        })
    }

    /// The day on which dates are judged.
    pub(super) fn today(&self) -> NaiveDate {
        self.now.unwrap_or_else(|| chrono::Local::now().date_naive())
    }

    /// The reports that were asked for.
    pub(super) fn wanted(&self) -> Vec<Wanted> {
        if self.format.is_empty() { Wanted::auto() } else { self.format.concat() }
    }

    /// How they look; `to_error` where standard output is taken.
    pub(super) fn looks(&self, to_error: bool) -> Looks {
        Looks { values: self.show_values, colour: self.color, fail_on: self.fail_on, today: self.today(), to_error }
    }

    /// What is to be read, and the plans to judge it by.
    pub(super) fn prepared(&self) -> miette::Result<(Vec<Found>, Vec<Plan>)> {
        let here = [PathBuf::from(".")];
        let paths = inputs::find(if self.paths.is_empty() { &here } else { &self.paths })?;
        let (found, mappings) = inputs::with_mappings(paths, self.mapping.as_deref())?;
        let plans = self.plans(&found, mappings)?;
        Ok((found, plans))
    }

    /// The plans that the mappings come to with what was asked for.
    pub(super) fn plans(&self, found: &[Found], mappings: Vec<Mapping>) -> miette::Result<Vec<Plan>> {
        self.note(found, &mappings);
        let today = self.today();
        let plan = |mut mapping: Mapping| {
            for policy in &self.policies {
                if !mapping.policies.contains(policy) {
                    mapping.policies.push(policy);
                }
            }
            let options = self.headcount.map(|people| ("headcount", people)).into_iter().collect();
            mapping.rules.push(RuleSetting { rule: "mass-trigger", level: None, options });
            Plan::compile(mapping, &self.rules, self.scenario.clone(), today)
        };
        Ok(mappings.into_iter().map(plan).collect::<Result<_, _>>()?)
    }

    /// The threads to work with.
    pub(super) fn pool(&self) -> miette::Result<rayon::ThreadPool> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads.unwrap_or(0)).build();
        Ok(pool.map_err(NoThreads)?)
    }

    /// Checks, reports, and complains of what could not be checked. `first` looks at the plans before anything is read;
    /// `evidence` is kept for sending.
    pub(super) fn judge<T>(
        &self,
        evidence: bool,
        first: impl FnOnce(&mut [Plan]) -> miette::Result<T>,
    ) -> miette::Result<(T, Judged)> {
        let (found, mut plans) = self.prepared()?;
        let seen = first(&mut plans)?;
        Ok((seen, self.judge_by(evidence, &found, plans, None)?))
    }

    /// Checks what was found, or what `staged` opens in place of it.
    pub(super) fn judge_by(
        &self,
        evidence: bool,
        found: &[Found],
        mut plans: Vec<Plan>,
        staged: Option<Staging<'_>>,
    ) -> miette::Result<Judged> {
        let links = links::key(self.link_key_env.as_deref(), self.link_people)?;
        let stable = links.as_ref().filter(|_| self.link_key_env.is_some());
        let start = self.write_waivers.as_deref().map(Path::new);
        let start = start.map(|file| waivers::Start::new(file, &plans, stable)).transpose()?;
        if start.is_none() {
            waivers::load(&mut plans, self.waivers.as_deref(), stable, staged)?;
        }
        let input = |found: &Found| {
            let path = found.path.clone().filter(|_| staged.is_none());
            Input { name: found.name.clone(), path, plan: &plans[found.mapping] }
        };
        let inputs: Vec<Input<'_>> = found.iter().map(input).collect();
        let pool = self.pool()?;
        let progress = Progress::new(
            if self.quiet { When::Never } else { self.progress },
            total(found).filter(|_| staged.is_none()),
        );
        let advance = |bytes| progress.advance(bytes);
        let wanted = self.wanted();
        let read = Read::of(found, &plans);
        #[cfg(feature = "upload")]
        output::keep(self.receipt.as_deref(), &read)?;
        let mut reports = output::sinks(&wanted, self.looks(false), &read)?;
        let mut sink = AroundProgress { progress: &progress, sink: &mut reports };
        let options = Options {
            progress: Some(&advance),
            evidence,
            open: staged.map(|staged| staged.open),
            in_git: staged.is_some(),
            links: links.as_ref(),
            baseline: start.as_ref().map(|start| &start.baseline),
            ..self.options(&wanted)
        };
        let checked = pool.install(|| check::check(&inputs, &options, &mut sink));
        progress.finish();
        if let (Some(start), Ok(_)) = (start, &checked) {
            start.write(self.today())?;
        }
        match checked {
            Ok(mut checked) => {
                std::mem::take(&mut checked.errors).into_iter().for_each(output::complain);
                let mappings = found.iter().map(|found| found.mapping).collect();
                Ok(Judged::Checked(Box::new(checked), mappings))
            }
            // Whoever read the report has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Judged::Unread),
            Err(error) => Err(Unwritable(error).into()),
        }
    }

    /// Tells the plans what was sent before.
    #[cfg(feature = "upload")]
    fn remember(&self, plans: &mut [Plan]) -> miette::Result<()> {
        if let Some(path) = &self.ledger {
            let reading = ledger::read_sound(path)?;
            for plan in plans {
                plan.past = ledger::past(path, &reading, &plan.mapping, self.quiet);
            }
        }
        Ok(())
    }

    /// Whether what goes to standard output is meant for people, so that more may be said there.
    #[cfg(feature = "upload")]
    pub(super) fn talks_to_people(&self) -> bool {
        let wanted = self.wanted();
        let people =
            |format: &Format| matches!(format, Format::Pretty | Format::Concise | Format::Github | Format::Azure);
        wanted.iter().filter(|wanted| wanted.file.is_none()).all(|wanted| wanted.formats.iter().all(people))
    }

    pub(super) fn options(&self, wanted: &[Wanted]) -> Options<'static> {
        let pretty = |wanted: &Wanted| wanted.formats == [Format::Pretty];
        Options {
            block_size: self.block_size,
            max_record: usize::try_from(self.max_record).unwrap_or(usize::MAX).min(1 << 30),
            max_findings: if self.max_findings == 0 { u64::MAX } else { self.max_findings },
            max_of_a_kind: if wanted.iter().all(pretty) { OF_A_KIND } else { u64::MAX },
            excerpts: wanted.iter().any(Wanted::draws_records),
            fail_on: self.fail_on,
            ..Options::default()
        }
    }

    fn note(&self, found: &[Found], mappings: &[Mapping]) {
        if !self.verbose {
            return;
        }
        for found in found {
            let by = match &mappings[found.mapping].file {
                Some(file) => format!("the mapping {}", Printable::of_path(file)),
                None => "the built-in mapping".to_owned(),
            };
            output::note(&format!("{}: checked by {by}", Printable::new(&found.name)));
        }
        output::note(&format!("byte masks by {}", Instructions::detect().name()));
    }
}

/// What a check came to.
pub(super) enum Judged {
    /// It ran; with the place of each file's plan among the plans.
    #[cfg_attr(not(feature = "upload"), expect(dead_code, reason = "only uploads ask for the plans"))]
    Checked(Box<Checked>, Vec<usize>),
    /// Nobody was there any more to read the report.
    Unread,
}

/// The exit code of a check that ran.
pub(super) fn code(checked: &Checked) -> u8 {
    match (checked.summary.unchecked, checked.summary.failed()) {
        (0, false) => CLEAN,
        (0, true) => FOUND,
        _ => UNABLE,
    }
}

/// The exit code of a check of what is to be sent: what no waiver lets pass there counts.
#[cfg(feature = "upload")]
pub(super) fn code_for_sending(checked: &Checked) -> u8 {
    match (code(checked), checked.summary.waived.contract) {
        (CLEAN, findings @ 1..) => {
            output::complain(NotForUploads(crate::report::count(findings, "finding")));
            FOUND
        }
        (code, _) => code,
    }
}

/// Bytes of all files, if all have a size.
fn total(found: &[Found]) -> Option<u64> {
    let size = |found: &Found| found.path.as_ref()?.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
    found.iter().map(size).sum()
}
