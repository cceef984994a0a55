//! What the engine tells its listeners, in file order, while it runs.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::finding::{Finding, Severity};
use crate::mapping::Policy;

/// Something that happened. For every file: one `FileBegins`, its findings in order of position and then of rule name, what only
/// the whole file shows last, one `FileEnds`; after all files one `Summary`.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// A file was opened and its header read.
    FileBegins(&'a FileStart),
    /// A fault was found, and its details are within `--max-findings`.
    Finding(&'a Finding),
    /// A file was read to its end.
    FileEnds(&'a FileEnd),
    /// All files are done.
    Summary(&'a Summary),
}

/// A file whose check begins.
#[derive(Clone, Debug)]
pub struct FileStart {
    /// The path as the user gave it, with `/` separators; `-` for standard input.
    pub file: Arc<str>,
    /// Its size, where it has one (a pipe has none).
    pub bytes: Option<u64>,
    /// The header's texts, one a column; empty where the file has no header.
    pub headers: Vec<Arc<str>>,
    /// Spreadsheet row of the header: 1, unless something stands above it.
    pub header_row: u64,
}

/// A file whose check is done.
#[derive(Clone, Debug)]
pub struct FileEnd {
    /// The path as the user gave it.
    pub file: Arc<str>,
    /// Records after the header, blank ones left out.
    pub rows: u64,
    /// Physical lines, the header's included.
    pub lines: u64,
    /// Bytes as stored.
    pub bytes: u64,
    /// Rows of each scenario of the mapping, in the mapping's order.
    pub scenarios: Vec<(Arc<str>, u64)>,
    /// Every rule that fired, by column, with exact counts; sorted by severity (gravest first), rule and column.
    pub counts: Vec<Count>,
    /// What was waived, and is in no count.
    pub waived: Waived,
}

/// Findings that were let pass by waivers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waived {
    /// All of them.
    pub findings: u64,
    /// Those of contract rules: a file that has one is not fit to be uploaded, whatever was waived.
    pub contract: u64,
}

impl Waived {
    /// Adds those of another file.
    pub fn join(&mut self, other: Self) {
        self.findings += other.findings;
        self.contract += other.contract;
    }
}

/// How often a rule fired in a column of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The rule's name.
    pub rule: &'static str,
    /// Its severity in this run.
    pub severity: Severity,
    /// 1-based column; `None` for faults of a record or of the file.
    pub column: Option<u32>,
    /// The column's header.
    pub header: Option<Arc<str>>,
    /// Findings in all.
    pub count: u64,
    /// How many of them `hrlint fix` can mend: safely, unless the run was told to count other repairs too.
    pub fixable: u64,
    /// Findings that were passed on as [`Event::Finding`]; the rest was only counted.
    pub shown: u64,
    /// Findings that were only counted because `--max-findings` was reached.
    pub cut: u64,
    /// Spreadsheet rows of the first and the last finding, for faults that are in a row.
    pub rows: Option<(u64, u64)>,
    /// Spreadsheet row of the first finding that was only counted.
    pub rest_from: Option<u64>,
}

/// All files together.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Files checked.
    pub files: u64,
    /// Records after the headers.
    pub rows: u64,
    /// Bytes as stored.
    pub bytes: u64,
    /// Findings of severity error.
    pub errors: u64,
    /// Findings of severity warning.
    pub warnings: u64,
    /// Findings of severity info.
    pub infos: u64,
    /// Findings that `hrlint fix` can mend, as counted at [`Count::fixable`].
    pub fixable: u64,
    /// Findings that were counted, but passed over by `--max-findings`.
    pub hidden: u64,
    /// Findings that were waived, and are in no other number. A waived finding of a contract rule does not fail the run, but
    /// keeps its file from being uploaded.
    pub waived: Waived,
    /// The severity from which a finding fails the run.
    pub fail_on: Severity,
    /// Files that could not be checked to their end (the tool's errors tell why).
    pub unchecked: u64,
    /// For every policy that the data is for: what it needs and what the files hold of it, mapping by mapping.
    pub policies: Vec<Coverage>,
    /// Time taken. Not part of any machine-readable report, which is the same for every run.
    pub elapsed: Duration,
}

/// What the files that share a mapping hold for one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The policy's template.
    pub policy: &'static Policy,
    /// The mapping's file; `None` for the built-in mapping.
    pub mapping: Option<Arc<str>>,
    /// The scenarios that trigger the policy, any one of which is enough; empty where HR data plays no part.
    pub needs: Vec<Need>,
}

/// What the files hold of one scenario that a policy needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The scenario's key.
    pub scenario: &'static str,
    /// Whether the mapping has the scenario.
    pub mapped: bool,
    /// Its rows.
    pub rows: u64,
    /// Its rows without an error.
    pub good: u64,
}

impl Coverage {
    /// Rows without an error that the policy can use.
    #[must_use]
    pub fn good(&self) -> u64 {
        self.needs.iter().map(|need| need.good).sum()
    }
}

/// What a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was checked, and nothing at or above `fail_on` was found.
    Passed,
    /// Something at or above `fail_on` was found.
    Failed,
    /// Nothing of that kind was found, but not everything could be checked.
    Incomplete,
}

impl Summary {
    /// What the run comes to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (self.failed(), self.unchecked) {
            (true, _) => Outcome::Failed,
            (false, 0) => Outcome::Passed,
            (false, _) => Outcome::Incomplete,
        }
    }

    /// Whether something at or above `fail_on` was found.
    #[must_use]
    pub fn failed(&self) -> bool {
        let grave = match self.fail_on {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Info => self.errors + self.warnings + self.infos,
        };
        grave > 0
    }
}

/// A listener: a report, a counter, a test. It keeps no more than it prints.
///
/// Findings are passed on by whichever thread is merging, one at a time; hence `Send`.
pub trait Sink: Send {
    /// Takes one event. Called for one event after the other, in the order told at [`Event`].
    ///
    /// # Errors
    ///
    /// Whatever the listener's own output raises; the run ends with it.
    fn take(&mut self, event: Event<'_>) -> io::Result<()>;
}
