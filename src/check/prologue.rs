//! What a file begins with, once it is read: everything that the rows are then judged by.

use std::sync::Arc;

use super::header::HeaderRecord;
use super::passed::CheckedBlock;
use super::top::{Spot, Stretch};
use crate::plan::Layout;
use crate::rules::Observed;
use crate::scan::Scanner;

/// What stands before the first row, read.
pub(super) struct Prologue<'p> {
    pub(super) header: HeaderRecord,
    pub(super) layout: Arc<Layout<'p>>,
    pub(super) scanner: Scanner,
    /// Rows of labels below the header.
    pub(super) labels: Vec<Stretch>,
    /// Where the first row begins.
    pub(super) rows: Spot,
    /// The header as it was checked, where evidence is kept.
    pub(super) block: Option<CheckedBlock>,
}

/// What a file begins with.
pub(super) enum Begun<'p> {
    /// No record.
    Nothing,
    /// Nothing but this is told of the file, which may be read on from `next`: the rule and the fact.
    Alone { rule: &'static str, fact: Observed, next: u64 },
    /// A header.
    Prologue(Box<Prologue<'p>>),
}
