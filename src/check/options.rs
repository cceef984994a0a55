//! What a run may be told, besides the plan.

use std::io::{self, Read};

use crate::finding::{LinkKey, Safety, Severity};
use crate::scan::Instructions;
use crate::waivers::Baseline;

/// How an input that has no path is opened, given its place among the inputs.
pub type Opening = dyn Fn(usize) -> io::Result<Box<dyn Read + Send>> + Sync;

/// Options of a run that change how it works and what it keeps, never what is found.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Options<'o> {
    /// Bytes that a worker takes at a time; 1 or more.
    pub block_size: u64,
    /// Most bytes of one record.
    pub max_record: usize,
    /// Findings kept in detail for a file; the rest is only counted.
    pub max_findings: u64,
    /// Findings kept in detail for one rule in one column.
    pub max_of_a_kind: u64,
    /// Whether findings carry the record around the cell, for reports that show it.
    pub excerpts: bool,
    /// The severity from which a finding fails the run.
    pub fail_on: Severity,
    /// The instructions that bytes are scanned with.
    pub instructions: Instructions,
    /// Whether surely good cells are passed over. Off only to prove that this changes nothing.
    pub accepting: bool,
    /// The least safety of repairs that are counted; `None`: nobody wants to know.
    pub fixable: Option<Safety>,
    /// Whether a file is left after its header: then nothing is said of its rows.
    pub header_only: bool,
    /// Whether evidence of what was checked is kept, so that what passes can be sent: see [`super::Checked::into_passed`].
    pub evidence: bool,
    /// What findings about one person are linked with; `None`: they are not.
    pub links: Option<&'o LinkKey>,
    /// Takes what could be waived; `None`: nobody asks.
    pub baseline: Option<&'o Baseline>,
    /// Whether the files are about to be kept in git.
    pub in_git: bool,
    /// Opens inputs that have no path, by their place among the inputs; `None`: they are standard input.
    pub open: Option<&'o Opening>,
    /// Told the bytes that were checked since the last time.
    pub progress: Option<&'o (dyn Fn(u64) + Sync)>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            block_size: 512 * 1024,
            max_record: 1 << 20,
            max_findings: u64::MAX,
            max_of_a_kind: u64::MAX,
            excerpts: false,
            fail_on: Severity::Error,
            instructions: Instructions::detect(),
            accepting: true,
            fixable: Some(Safety::Safe),
            header_only: false,
            evidence: false,
            links: None,
            baseline: None,
            in_git: false,
            open: None,
            progress: None,
        }
    }
}
