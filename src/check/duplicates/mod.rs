//! Records that repeat others: exact, in file order, in sixteen bytes a record.
//!
//! Every record has a [key](super::key). The index keeps, for each key, where the first record of that key is; a later one
//! of the same key is a *candidate*, and only candidates are compared byte by byte. The index is split into shards by
//! the top bits of the key, so that all cores fill it and a round of blocks touches little memory at a time.

mod identity;
mod index;
mod verify;

pub(super) use identity::{Identity, Witness};
pub(super) use index::{Keys, begins_segment};
pub(super) use verify::{Current, Repeats, Verdict};
