//! What would be sent, and what the ledger knows of it.

use std::fmt::Write as _;
use std::path::Path;

use crate::check::{Chunks, Cut, Passed, Unsendable};
use crate::cli::clearance::By;
use crate::cli::{CLEAN, REFUSED, UNKNOWN};
use crate::finding::Printable;
use crate::report::count as number;
use crate::upload::ledger::{
    Begin, Decision, Digest, Key, Ledger, LedgerError, Past, Reading, Refusal, ScenarioRows, Step, Upload, Uploads,
    Wishes, decide,
};
use crate::upload::wire::Proxies;
use crate::upload::{Target, recorded};

/// Chunks that are shown one by one.
const SHOWN: usize = 20;

/// Where the files of a plan go, and what judges them.
pub(super) struct Bound {
    pub(super) target: Target,
    pub(super) by: By,
}

/// A file, cut, and where it goes.
pub(super) struct Planned<'p> {
    pub(super) name: String,
    pub(super) passed: &'p Passed,
    pub(super) target: &'p Target,
    bound: &'p Bound,
    pub(super) chunks: Chunks,
    pub(super) key: Key,
    decision: Decision,
}

/// All files.
pub(super) struct Plans<'p>(pub(super) Vec<Planned<'p>>);

/// Why an upload could not be begun.
pub(super) enum NotBegun {
    Ledger(LedgerError),
    Refused(Refusal),
}

/// Why a file is not sent, for people.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{file} is not sent: {why}")]
#[diagnostic(code(hrlint::not_sent_again), help("{next}"))]
pub(super) struct Refused {
    file: Printable,
    why: String,
    next: &'static str,
}

impl Refused {
    pub(super) fn new(file: &str, refusal: &Refusal) -> Self {
        let (why, next) = match refusal {
            Refusal::SentAlready(upload) => (
                format!("all of it was sent to this connector before (upload {upload})"),
                "To send it nevertheless, add --again. `hrlint history` shows when it was sent.",
            ),
            Refusal::Unknown(upload, chunks) => {
                let rows: Vec<String> = chunks.iter().map(|(_, rows)| rows.to_string()).collect();
                (
                    format!("nobody knows whether {} of upload {upload} have arrived", rows.join(", ")),
                    "Look into the connector's log in the portal (\"Download log\", RecordsSaved). Then add --assume-sent if \
                     they are there, or --resend-unknown if they are not.",
                )
            }
            Refusal::CutOtherwise(upload) => (
                format!("upload {upload} sent some of it in chunks of another size"),
                "Give the same --rows-per-call and --bytes-per-call as then to go on, or --again to send everything.",
            ),
        };
        Self { file: Printable::new(file), why, next }
    }
}

impl<'p> Planned<'p> {
    pub(super) fn new(
        passed: &'p Passed,
        bound: &'p Bound,
        cut: Cut,
        wishes: Wishes,
        reading: &Reading,
    ) -> Result<Self, Unsendable> {
        let chunks = passed.cut(cut)?;
        let digest = Digest(chunks.digest.0);
        let chunking = format!("rows={},bytes={}", cut.rows, cut.bytes);
        let target = &bound.target;
        let key = Key { digest, chunking, ..connector_key(target) };
        let name = passed.name().to_owned();
        let mut planned = Self { name, passed, target, bound, chunks, key, decision: Decision::Begin };
        planned.decision = planned.decide(&reading.uploads.lookup(&planned.key), wishes);
        Ok(planned)
    }

    /// What to do, given what the ledger knows.
    pub(super) fn decide(&self, past: &Past, wishes: Wishes) -> Decision {
        let chunks: Vec<_> = self.chunks.list.iter().map(recorded).collect();
        decide(past, &chunks, wishes)
    }

    /// Begins in the ledger what was decided.
    pub(super) fn begin<'l>(
        &self,
        ledger: &'l mut Ledger,
        decision: Decision,
    ) -> Result<(Vec<Step>, Upload<'l>), NotBegun> {
        let version = env!("CARGO_PKG_VERSION");
        let count = self.chunks.list.len();
        match decision {
            Decision::Refuse(refusal) => Err(NotBegun::Refused(refusal)),
            Decision::Resume(number, steps) => {
                let upload = ledger.resume(number, version).map_err(NotBegun::Ledger)?;
                Ok((steps, upload))
            }
            Decision::Begin => {
                let upload = ledger.begin(self.beginning(version)).map_err(NotBegun::Ledger)?;
                Ok((vec![Step::Send; count], upload))
            }
        }
    }

    /// By what the file was checked.
    pub(super) fn by(&self) -> By {
        self.bound.by
    }

    fn beginning(&self, version: &str) -> Begin {
        let file = self.name.rsplit('/').next().unwrap_or(&self.name);
        let scenarios = self.passed.scenarios().filter(|(_, rows)| *rows > 0);
        Begin {
            key: self.key.clone(),
            file: Printable::new(file).to_string(),
            bytes: self.chunks.bytes,
            rows: self.rows(),
            scenarios: scenarios.map(|(scenario, rows)| ScenarioRows { scenario: scenario.to_owned(), rows }).collect(),
            chunks: self.chunks.list.len() as u32,
            host: self.target.ingest.host().to_owned(),
            mapping: self.bound.by.0,
            rules: Some(self.bound.by.1),
            version: version.to_owned(),
        }
    }

    /// Rows that are sent.
    pub(super) fn rows(&self) -> u64 {
        self.chunks.list.iter().map(crate::check::Chunk::rows).sum()
    }

    fn shown(&self, out: &mut String) {
        let Self { name, chunks, target, .. } = self;
        let count = chunks.list.len();
        let name = Printable::new(name);
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        line(format!("{name}: {} in {}", rows(self.rows()), number(count as u64, "chunk")));
        line(format!("  sha256     {}", chunks.digest));
        line(format!("  cloud      {} ({})", target.cloud.name, target.cloud.title));
        line(format!("  tenant     {}", target.ids.tenant));
        line(format!("  app        {}", target.ids.app));
        line(format!("  connector  {}", target.ids.job));
        line(format!("  token      {}", target.authority));
        line(format!("  resource   {}", target.resource));
        line(format!("  rows go to {}", target.ingest));
        for (chunk, at) in chunks.list.iter().zip(1..).take(SHOWN) {
            let (first, last) = chunk.row_range();
            let scenarios: Vec<String> = chunk.scenarios().map(|(key, rows)| format!("{key} {rows}")).collect();
            let what = match &self.decision {
                Decision::Resume(_, steps) => match steps.get(at - 1) {
                    Some(Step::Skip) => ", accepted before: not sent",
                    Some(Step::Assume) => ", unknown: taken as sent",
                    Some(Step::Resend) => ", unknown: sent again",
                    _ => "",
                },
                _ => "",
            };
            let bytes = number(chunk.bytes(), "byte");
            line(format!("  chunk {at}: rows {first} to {last}, {bytes} ({}){what}", scenarios.join(", ")));
        }
        if count > SHOWN {
            line(format!("  and {} more like these", number((count - SHOWN) as u64, "chunk")));
        }
        line(match &self.decision {
            Decision::Begin => "  ledger: never sent to this connector".to_owned(),
            Decision::Resume(upload, _) => format!("  ledger: upload {upload} was interrupted and goes on"),
            Decision::Refuse(refusal) => {
                let refused = Refused::new(&self.name, refusal);
                format!("  ledger: not sent, {}. {}", refused.why, refused.next)
            }
        });
    }
}

impl Plans<'_> {
    /// Everything that would happen.
    pub(super) fn shown(&self, ledger: &Path, proxies: &Proxies) -> String {
        let mut out = String::from("This is what would happen. No connection was opened.\n");
        for planned in &self.0 {
            planned.shown(&mut out);
            if let Some(proxy) = proxies.shown(&planned.target.ingest) {
                writeln!(out, "  proxy: {proxy}").expect("writing to a String cannot fail");
            }
        }
        writeln!(out, "The ledger is {}.", Printable::of_path(ledger)).expect("writing to a String cannot fail");
        out
    }

    /// What is about to happen, for the one who is asked.
    pub(super) fn in_short(&self) -> String {
        let line = |planned: &Planned<'_>| {
            let (name, target) = (Printable::new(&planned.name), planned.target);
            let (count, rows) = (number(planned.chunks.list.len() as u64, "chunk"), rows(planned.rows()));
            let (cloud, tenant, job) = (target.cloud.name, &target.ids.tenant, &target.ids.job);
            format!(
                "{name}: {rows} in {count} to connector {job} of tenant {tenant} ({cloud}, {})\n",
                target.ingest.host()
            )
        };
        self.0.iter().map(line).collect()
    }

    /// Decides again by what the ledger knows now.
    pub(super) fn decide_anew(&mut self, uploads: &Uploads, wishes: Wishes) {
        for planned in &mut self.0 {
            planned.decision = planned.decide(&uploads.lookup(&planned.key), wishes);
        }
    }

    /// The first file that the ledger keeps from being sent.
    pub(super) fn refusal(&self) -> Option<(&str, &Refusal)> {
        self.0.iter().find_map(|planned| match &planned.decision {
            Decision::Refuse(refusal) => Some((&*planned.name, refusal)),
            _ => None,
        })
    }

    /// The exit code that a true run would have for the ledger's sake.
    pub(super) fn code(&self) -> u8 {
        self.refusal().map_or(CLEAN, |(_, refusal)| code_of(refusal))
    }
}

/// The exit code of what the ledger keeps from being sent.
pub(super) fn code_of(refusal: &Refusal) -> u8 {
    if matches!(refusal, Refusal::Unknown(..)) { UNKNOWN } else { REFUSED }
}

/// The key of a connector, without a file.
pub(super) fn connector_key(target: &Target) -> Key {
    let cloud = if target.is_public() { target.cloud.name } else { target.ingest.host() };
    let (tenant, job) = (target.ids.tenant.to_string(), target.ids.job.to_string());
    Key::new(Digest([0; 32]), cloud, &tenant, &job, "")
}

/// So many rows.
pub(super) fn rows(rows: u64) -> String {
    number(rows, "row")
}
