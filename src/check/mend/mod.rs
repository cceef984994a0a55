//! Mending: the plan run over the blocks of a file as in a check, with repairs made instead of findings.
//!
//! A row that is not surely good is judged as ever, but a rule that fires is asked for its repair, not for its words. The
//! repairs of one walk over the row are made on the record's texts, and the row is walked again until nothing more is
//! offered: so the repairs of several rules compose here and nowhere else, and mending what is mended changes nothing.
//! Then the row is written: cells that did not change keep their very bytes.
//!
//! Blocks come out of the merge in file order, as bytes before and after; a [`Receiver`] takes them and keeps what it
//! wants. Nothing of a file is held whole.

mod again;
mod block;
mod choice;
mod decisions;
mod file;
mod identity;
mod memo;
mod offer;
mod overlap;
mod prologue;
mod row;
mod usual;
mod write;

use std::io;
use std::ops::Range;

pub(super) use block::{MendedBlock, TakeMended};
pub use choice::Choice;
pub(super) use choice::Mending;
pub use decisions::Decisions;
pub use file::mend;
pub(super) use identity::identity;
pub(super) use memo::Memo;
pub(super) use offer::Offer;
pub(super) use row::Mender;
pub(super) use write::written;

/// A stretch of a file, mended: a block, or what stands before the first row. Stretches come in file order, without gaps.
#[derive(Clone, Copy)]
pub struct Mended<'a> {
    /// The bytes as they were; empty unless the choice asked for them.
    pub old: &'a [u8],
    /// The bytes as they are to be.
    pub new: &'a [u8],
    /// Where the two differ, in order. All else is equal.
    pub changes: &'a [Change],
}

/// Bytes that became others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Place in the bytes as they were.
    pub old: Range<usize>,
    /// Place in the bytes as they are to be.
    pub new: Range<usize>,
}

/// Takes a mended file, stretch by stretch.
pub trait Receiver: Send {
    /// Takes the next stretch.
    ///
    /// # Errors
    ///
    /// Whatever its output raises; the run ends with it.
    fn take(&mut self, mended: Mended<'_>) -> io::Result<()>;
}

/// What was mended in one file.
#[derive(Clone, Debug, Default)]
pub struct Repairs {
    /// Repairs made, by rule, in the order of the manual.
    pub counts: Vec<(&'static str, u64)>,
    /// Errors that cells and rows had before, by rule.
    pub before: Vec<(&'static str, u64)>,
    /// Whether the text was decoded: then the result differs from the file everywhere.
    pub decoded: bool,
    /// Whether nothing could be mended, because the bytes are no UTF-8 text and are to stay what they are.
    pub untouched: bool,
}

impl Repairs {
    /// Repairs made in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}
