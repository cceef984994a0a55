//! What passed the check, and may therefore be sent.
//!
//! A [`Passed`] is made by [`Checked::into_passed`] alone, from a run in which nothing failed, and it holds the digest of every
//! block as it was checked. It gives out bytes only as [`ChunkBytes`], which were read into memory and compared with those
//! digests; whoever sends takes no others. So nothing is sent that was not checked, whatever happens to the file meanwhile.
//!
//! No value of these types can be made elsewhere:
//!
//! ```compile_fail
//! let passed = hrlint::check::Passed { ..todo!() };
//! ```
//!
//! ```compile_fail
//! let bytes = hrlint::check::ChunkBytes(b"EmailAddress\n".to_vec());
//! ```

mod cut;
mod scanned;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use sha2::Digest as _;

use super::rounds::Totals;
use super::run::Checked;
use crate::finding::Printable;
use crate::plan::Layout;
use crate::scan::Scanner;
use crate::source::{Encoding, FileSource, MemorySource, Source};

pub use cut::{Chunk, ChunkBytes, Chunks, Cut};

/// A SHA-256 digest; shown in hexadecimal, as `sha256sum` does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

/// The digest of some bytes.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    Digest(sha2::Sha256::digest(bytes).into())
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Some bytes as they were checked: where they are stored, and the digest of what was read there (of the decoded text, where
/// the file is decoded).
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckedBlock {
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) digest: Digest,
}

/// What is kept of the check of one file.
pub(super) struct Evidence {
    pub(super) header: CheckedBlock,
    /// All records behind the header, block by block.
    pub(super) blocks: Vec<CheckedBlock>,
    /// What the bytes were decoded from.
    pub(super) decoding: Option<Encoding>,
    pub(super) scanner: Scanner,
    /// 0-based column that names each row's scenario.
    pub(super) identifier: Option<usize>,
    /// Key and identifier of each scenario that rows may belong to, and its rows.
    pub(super) scenarios: Vec<(Arc<str>, String, u64)>,
    /// Spreadsheet row of the first record behind the header.
    pub(super) first_row: u64,
    pub(super) rows: u64,
}

impl Evidence {
    /// What is kept of a file whose header was that and whose rows came to `totals`.
    pub(super) fn of(
        header: CheckedBlock,
        layout: &Layout<'_>,
        scanner: Scanner,
        totals: &Totals,
        first_row: u64,
    ) -> Self {
        let scenarios = layout.frame.scenarios.iter().zip(&totals.scenarios);
        let scenarios =
            scenarios.map(|(scenario, rows)| (Arc::clone(&scenario.key), scenario.identifier.clone(), *rows));
        Self {
            header,
            blocks: totals.evidence.clone(),
            decoding: None,
            scanner,
            identifier: layout.frame.identifier,
            scenarios: scenarios.collect(),
            first_row,
            rows: totals.rows,
        }
    }
}

/// Where the bytes of a checked file are.
pub(super) enum Stored {
    /// In an open file, which must still be what its path leads to.
    File(FileSource, Option<PathBuf>),
    /// In memory.
    Memory(MemorySource),
}

impl Stored {
    pub(super) fn source(&self) -> &dyn Source {
        match self {
            Self::File(source, _) => source,
            Self::Memory(source) => source,
        }
    }
}

/// A file that passed the check: the only thing that can be sent.
pub struct Passed {
    name: Arc<str>,
    stored: Stored,
    evidence: Evidence,
}

/// Why nothing of a run may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPassed {
    /// Something at or above `fail_on` was found.
    #[error("the check found something")]
    Failed,
    /// Findings of rules that guard what the service requires were waived.
    #[error("findings were waived that stand in the way of an upload")]
    Waived,
    /// Not everything could be checked to its end.
    #[error("not everything could be checked")]
    Unchecked,
    /// The run kept no evidence: [`super::Options::evidence`] was off, or only headers were looked at.
    #[error("no evidence of the check was kept")]
    NoEvidence,
}

/// Why bytes of a checked file cannot be sent. File names are printable.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum Unsendable {
    /// It is not what was checked any more.
    #[error("{file} is not the file that was checked any more: {how}")]
    #[diagnostic(
        code(hrlint::changed_after_check),
        help("What changed was not sent. Wait until the export is written, then run the upload again.")
    )]
    Changed {
        /// The file.
        file: String,
        /// What happened to it.
        how: String,
    },
    /// It cannot be read again.
    #[error("cannot read {file} again: {reason}")]
    #[diagnostic(
        code(hrlint::unreadable),
        help("Check that the file can be opened with another program, then try again.")
    )]
    Unreadable {
        /// The file.
        file: String,
        /// What the operating system says.
        reason: std::io::Error,
    },
}

impl Checked {
    /// The files of the run, for sending: all of them, or none where something failed.
    ///
    /// # Errors
    ///
    /// [`NotPassed`] when anything at or above the run's `fail_on` was found in any file, when a finding of a contract rule was waived,
    /// when not everything was checked, or when the run kept no evidence.
    pub fn into_passed(self) -> Result<Vec<Passed>, NotPassed> {
        if self.summary.failed() {
            return Err(NotPassed::Failed);
        }
        if self.summary.waived.contract > 0 {
            return Err(NotPassed::Waived);
        }
        if self.summary.unchecked > 0 || !self.errors.is_empty() {
            return Err(NotPassed::Unchecked);
        }
        if self.gathered.len() as u64 != self.summary.files {
            return Err(NotPassed::NoEvidence);
        }
        Ok(self.gathered)
    }
}

impl Passed {
    pub(super) fn new(name: Arc<str>, stored: Stored, evidence: Evidence) -> Self {
        Self { name, stored, evidence }
    }

    /// The file's name in reports, with `/` separators; `-` for standard input.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Rows, as the check counted them.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.evidence.rows
    }

    /// Rows of each scenario, as the check counted them, in the mapping's order.
    pub fn scenarios(&self) -> impl Iterator<Item = (&str, u64)> {
        self.evidence.scenarios.iter().map(|(key, _, rows)| (&**key, *rows))
    }

    /// Whether the file is still what was checked, as far as can be told without reading it.
    ///
    /// # Errors
    ///
    /// [`Unsendable`], if it was written to, or if another file has taken its place.
    pub fn verify(&self) -> Result<(), Unsendable> {
        let verified = match &self.stored {
            Stored::File(source, path) => source.verify().and_then(|()| match path {
                Some(path) => source.verify_path(path),
                None => Ok(()),
            }),
            Stored::Memory(_) => Ok(()),
        };
        verified.map_err(|error| self.unsendable(error))
    }

    fn unsendable(&self, reason: std::io::Error) -> Unsendable {
        let file = Printable::new(&self.name).to_string();
        match reason.kind() {
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::NotFound => {
                Unsendable::Changed { file, how: reason.to_string() }
            }
            _ => Unsendable::Unreadable { file, reason },
        }
    }

    fn changed(&self, how: &str) -> Unsendable {
        Unsendable::Changed { file: Printable::new(&self.name).to_string(), how: how.to_owned() }
    }
}

impl fmt::Debug for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passed").field("name", &self.name).field("rows", &self.evidence.rows).finish_non_exhaustive()
    }
}
