//! Records that repeat others: exact, in file order, in twelve bytes a record.
//!
//! Every record has a [key](super::key). The index keeps, for each key, where the first record of that key is; a later one
//! of the same key is a *candidate*, and only candidates are compared byte by byte. The index is split into shards by
//! the top bits of the key, so that all cores fill it and a round of blocks touches little memory at a time.
//!
//! Some bits of a key depend on the person alone, and so does the shard. Where addresses have capital letters, a shard also
//! keeps their [spellings], eight bytes each; a spelling that is new sends one look through the shard's log for earlier
//! records of the person, which are read again and compared like candidates. Files in small letters pay nothing for it.

mod identity;
mod index;
mod keys;
mod log;
mod people;
mod places;
mod room;
mod shard;
mod spellings;
mod verify;

pub(super) use identity::{Identity, Witness};
pub(super) use index::Candidate;
pub(super) use keys::Keys;
pub(super) use people::Respelling;
pub(super) use places::begins_segment;
pub(super) use verify::{Current, Repeats, Verdict};
