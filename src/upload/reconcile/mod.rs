//! What the service says it saved, against what was sent to it.
//!
//! The service answers an upload with nothing that tells how many rows it kept; its log, downloaded from the portal, does
//! (`RecordsSaved`, in related connectors `RecordsSkipped`). There is no way to read that log by program.

mod log;

use super::ledger::{ChunkPast, Rows, State, UploadPast};

pub use log::{Log, NoCounts};

/// How the counts compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Records in chunks that were accepted or count as sent.
    pub sent: u64,
    /// Records that the service says it saved.
    pub saved: u64,
    /// Records that the service says it skipped.
    pub skipped: u64,
    /// Records in chunks of which nobody knows whether they arrived.
    pub unknown: u64,
    /// What follows.
    pub verdict: Verdict,
    /// Chunks that the difference may be in, most likely first.
    pub suspects: Vec<Suspect>,
}

/// What follows from the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row was saved.
    Equal,
    /// Rows were skipped by the service, and all others saved.
    Skipped,
    /// Rows are missing.
    Missing(u64),
    /// More rows were saved than were sent.
    Surplus(u64),
    /// Every row was saved, and those of which nobody knew were not.
    UnknownMissing,
    /// Every row was saved, and those of which nobody knew as well.
    UnknownArrived,
}

/// A chunk that may be short, or that may have arrived twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// Its number, from 1.
    pub chunk: u32,
    /// Its rows.
    pub rows: Rows,
    /// Its records.
    pub records: u64,
    /// Why it is named.
    pub why: Why,
}

/// Why a chunk is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It counts as sent by the user's word only.
    Assumed,
    /// It was sent again although the answer to the time before was not seen.
    Resent,
    /// Its answer was never seen.
    Unknown,
    /// The service answered that it took part of it (207).
    Partly,
    /// The log has no entry with its number of records.
    NoEntry,
    /// It has as many records as the difference.
    SameCount,
}

impl Why {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Assumed => "counts as sent by your word only",
            Self::Resent => "was sent again although its first answer was never seen",
            Self::Unknown => "nobody saw its answer",
            Self::Partly => "the service answered that it took part of it (207)",
            Self::NoEntry => "the log has no entry of as many records",
            Self::SameCount => "has as many records as the difference",
        }
    }
}

/// Compares an upload with a log.
#[must_use]
pub fn compare(upload: &UploadPast, log: &Log) -> Comparison {
    let sent = upload.records(ChunkPast::is_done);
    let (saved, skipped) = (log.saved.iter().sum::<u64>(), log.skipped.iter().sum::<u64>());
    let unknown = upload.records(|chunk| matches!(chunk.state, State::Unknown(_)));
    let verdict = match saved.saturating_add(skipped) {
        _ if saved == sent && unknown > 0 => Verdict::UnknownMissing,
        _ if saved == sent => Verdict::Equal,
        _ if saved == sent + unknown => Verdict::UnknownArrived,
        all if all == sent => Verdict::Skipped,
        all if all < sent => Verdict::Missing(sent - all),
        _ if saved < sent => Verdict::Missing(sent - saved),
        _ => Verdict::Surplus(saved - sent),
    };
    let suspects = match verdict {
        Verdict::Equal | Verdict::Skipped | Verdict::UnknownMissing | Verdict::UnknownArrived => Vec::new(),
        Verdict::Missing(records) => suspects(upload, log, records, true),
        Verdict::Surplus(records) => suspects(upload, log, records, false),
    };
    Comparison { sent, saved, skipped, unknown, verdict, suspects }
}

/// Chunks that a difference may be in: first those of which something is odd, then those that the counts point at.
fn suspects(upload: &UploadPast, log: &Log, difference: u64, missing: bool) -> Vec<Suspect> {
    // A log with several entries seems to have one for each chunk: those without an entry of their own are short.
    let mut entries = if log.saved.len() > 1 { log.saved.clone() } else { Vec::new() };
    let by_entry = !entries.is_empty();
    let mut suspects: Vec<Suspect> = Vec::new();
    for (number, chunk) in upload.all_chunks() {
        let Some(what) = &chunk.what else { continue };
        let entry = entries.iter().position(|records| *records == what.records).map(|at| entries.remove(at));
        let why = match &chunk.state {
            State::Assumed if missing => Some(Why::Assumed),
            State::Unknown(_) if !missing => Some(Why::Unknown),
            State::Accepted(answer) if missing && answer.status == 207 => Some(Why::Partly),
            _ if chunk.resent => Some(Why::Resent),
            State::Accepted(_) if missing && by_entry && entry.is_none() => Some(Why::NoEntry),
            State::Accepted(_) if missing && what.records == difference => Some(Why::SameCount),
            _ => None,
        };
        suspects.extend(why.map(|why| Suspect { chunk: number, rows: what.rows, records: what.records, why }));
    }
    suspects.sort_by_key(|suspect| (suspect.why, suspect.chunk));
    suspects
}
