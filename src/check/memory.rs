//! What is kept from row to row of a block, so that rows can be recalled.

use std::borrow::Cow;

use super::begun::Begun;
use crate::plan::Layout;

/// What is known of the rows before the one at hand, of it and of the row behind it.
pub(super) struct Memory<'b> {
    /// What is known of the cells of the row at hand and of the row behind it.
    pub(super) begun: Box<[Begun; 2]>,
    /// Whether the last row was recalled.
    pub(super) streak: bool,
    /// Bit `i`: column `i` of the last row of which that was asked held what was judged before.
    pub(super) likely: u64,
    pub(super) counted: Counted<'b>,
}

/// What was read and counted of the rows before.
pub(super) struct Counted<'b> {
    /// Of a row that is not read whole: as many texts as the header has, and bit `i` for every one that was read.
    pub(super) texts: Vec<Cow<'b, str>>,
    pub(super) read: u64,
    /// Whether the texts are UTF-8: all are, as no other is read.
    pub(super) valid: Vec<bool>,
    /// Bit `i`: for all that is known, the dates of column `i` that were judged before are the same in the whole block.
    pub(super) alike: u64,
    /// By scenario: columns that rows of the block filled.
    pub(super) filled: Vec<u64>,
}

impl Memory<'_> {
    /// What is known before a block is begun.
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let columns = layout.frame.headers.len();
        let counted = Counted {
            texts: vec![Cow::Borrowed(""); columns],
            read: 0,
            valid: vec![true; columns],
            alike: u64::MAX,
            filled: vec![0; layout.tables.len()],
        };
        Self { begun: Box::default(), streak: false, likely: 0, counted }
    }
}
