//! What a run may be told, besides the plan.

use crate::finding::{Safety, Severity};
use crate::scan::Instructions;

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
            progress: None,
        }
    }
}
