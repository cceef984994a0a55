//! What was sent where, and what came back: an append-only file that outlives a crash.
//!
//! # The file
//!
//! JSON lines, one record each, written with one `write` and synced before the next step is taken. Every line holds the hash
//! of the line before it (`prev`) and of itself (`hash`, SHA-256 of the line up to that key), so a changed, removed or added
//! line is told by [`Reading::verify`]. What a chain cannot show is that its last lines were cut off whole: a receipt holds the
//! number and hash of its upload's last record for that.
//!
//! No record holds a cell, an address, a token or a secret: digests, counts, ids and times only.
//!
//! # A torn last line
//!
//! A crash may leave the beginning of a record. The rule: what follows the last line end is dropped (and the drop is a
//! record of its own), unless it is a whole record that lacks nothing but its line end, which is then kept. Zero bytes at the
//! end, as file systems leave them after a power cut, are as if not there. Nothing that was synced is ever dropped: a record
//! is synced with its line end.
//!
//! # States of a chunk
//!
//! ```text
//!              sending                answered (good)
//!  not sent ------------> unknown ----------------------> accepted
//!     ^                    |  ^ \---- answered (bad) ---> refused --sending--> unknown
//!     |<----- unsent ------|  |
//!     |<-- resolved: resent --+-- resolved: assumed sent --> assumed
//! ```
//!
//! From the moment `sending` is written until an answer is, the chunk is *unknown*: a crash in between leaves it so, and only
//! the user's word resolves it.

mod error;
mod fact;
mod file;
mod line;
mod medium;
mod policy;
mod reading;
#[cfg(test)]
mod trials;
mod uploads;
mod writing;

pub use error::LedgerError;
pub use fact::{Answer, Begin, Body, Chunk, Digest, Fact, Key, Resolution, Rows, ScenarioRows};
pub use file::default_path;
pub use line::{Entry, Hash};
pub use policy::{Decision, Refusal, Step, Wishes, decide};
pub use reading::{Fault, Reading, Tail};
pub use uploads::{ChunkPast, Past, State, UploadPast, Uploads};
pub use writing::{Ledger, Upload};
