//! What an auditor is handed: one upload as the ledger knows it, as JSON, as text or as a page to print.
//!
//! A receipt says what was sent (digests, rows), by which rules and mapping it had passed, where to, and what came back. It holds no
//! cell of the file. The number and the hash of the upload's last record tie it to the ledger: `hrlint history --receipt FILE` tells
//! whether that record is still there.

mod page;
mod text;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ledger::{ChunkPast, Digest, Reading, Rows, ScenarioRows, State, UploadPast};

pub use page::page;
pub use text::{state_of, text};

/// The version of the format.
const VERSION: u32 = 1;

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Version of the format.
    pub version: u32,
    /// The upload's number in the ledger.
    pub upload: u64,
    /// How it stands.
    pub state: Standing,
    /// What was sent.
    pub file: FileSent,
    /// Where to.
    pub connector: ConnectorSent,
    /// By what it had passed.
    pub check: CheckSent,
    /// When it began.
    pub begun: DateTime<Utc>,
    /// When it went on after an interruption.
    pub resumed: Vec<DateTime<Utc>>,
    /// When its last chunk was done with; null where it is not.
    pub finished: Option<DateTime<Utc>>,
    /// Rows by what became of them.
    pub rows: RowsSent,
    /// Its chunks.
    pub chunks: Vec<ChunkSent>,
    /// The upload's last record in the ledger.
    pub ledger: Record,
}

/// How an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The service accepted every chunk.
    Accepted,
    /// Every chunk is accepted or, by the user's word, counts as such.
    Assumed,
    /// Of at least one chunk it is not known whether it arrived.
    Unknown,
    /// Chunks are left that did not arrive.
    Incomplete,
}

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileSent {
    /// Its name without the folder.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub sha256: Digest,
    /// Its rows without the header and blank ones.
    pub rows: u64,
    /// Its rows by scenario.
    pub scenarios: Vec<ScenarioRows>,
}

/// The connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConnectorSent {
    /// The cloud.
    pub cloud: String,
    /// The directory (tenant) id.
    pub tenant_id: String,
    /// The job id.
    pub job_id: String,
    /// The host that took the chunks.
    pub host: String,
}

/// What judged the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckSent {
    /// Version of hrlint.
    pub version: String,
    /// SHA-256 of the mapping; null for the built-in one.
    pub mapping_sha256: Option<Digest>,
    /// SHA-256 of the rules in force; null where it was not noted.
    pub rules_sha256: Option<Digest>,
}

/// Rows of the file by what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RowsSent {
    /// In chunks that the service accepted: to be compared with its `RecordsSaved`.
    pub accepted: u64,
    /// In chunks that count as sent by the user's word.
    pub assumed: u64,
    /// In chunks of which nobody knows.
    pub unknown: u64,
    /// In all others.
    pub not_sent: u64,
}

/// One chunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChunkSent {
    /// Its number, from 1.
    pub chunk: u32,
    /// What became of it: `accepted`, `assumed`, `unknown`, `refused` or `not-sent`.
    pub state: &'static str,
    /// Its rows as a spreadsheet numbers them; null where it was never begun.
    pub rows: Option<Rows>,
    /// Its records.
    pub records: u64,
    /// Its bytes, header included.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub sha256: Option<Digest>,
    /// HTTP status of the last answer.
    pub status: Option<u16>,
    /// Reason phrase of the last answer, or why there was none.
    pub reason: Option<String>,
    /// How often it was sent.
    pub sent: u32,
    /// Whether the user had it sent again without an answer to the time before.
    pub resent_unanswered: bool,
    /// When it was last sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When its state was noted.
    pub noted_at: Option<DateTime<Utc>>,
}

/// A record of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its number.
    pub record: u64,
    /// Its hash.
    pub hash: Digest,
}

impl Receipt {
    /// The receipt of an upload.
    #[must_use]
    pub fn of(upload: &UploadPast) -> Self {
        let begin = &upload.begin;
        let count = |is: fn(&State) -> bool| upload.records(|chunk| is(&chunk.state));
        let accepted = count(|state| matches!(state, State::Accepted(_)));
        let assumed = count(|state| matches!(state, State::Assumed));
        let unknown = count(|state| matches!(state, State::Unknown(_)));
        let not_sent = begin.rows.saturating_sub(accepted + assumed + unknown);
        Self {
            version: VERSION,
            upload: upload.number,
            state: Standing::of(upload),
            file: FileSent {
                name: begin.file.clone(),
                bytes: begin.bytes,
                sha256: begin.key.digest,
                rows: begin.rows,
                scenarios: begin.scenarios.clone(),
            },
            connector: ConnectorSent {
                cloud: begin.key.cloud.clone(),
                tenant_id: begin.key.tenant.clone(),
                job_id: begin.key.job.clone(),
                host: begin.host.clone(),
            },
            check: CheckSent {
                version: begin.version.clone(),
                mapping_sha256: begin.mapping,
                rules_sha256: begin.rules,
            },
            begun: upload.begun,
            resumed: upload.resumed.clone(),
            finished: upload.finished,
            rows: RowsSent { accepted, assumed, unknown, not_sent },
            chunks: upload.all_chunks().map(|(number, chunk)| ChunkSent::of(number, &chunk)).collect(),
            ledger: Record { record: upload.last_record, hash: upload.last_hash },
        }
    }

    /// As JSON.
    ///
    /// # Panics
    ///
    /// Never: it holds nothing that JSON cannot.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("it holds texts and numbers only") + "\n"
    }
}

impl Standing {
    /// How an upload stands.
    #[must_use]
    pub fn of(upload: &UploadPast) -> Self {
        let unknown = upload.chunks.iter().any(|chunk| matches!(chunk.state, State::Unknown(_)));
        match (upload.is_accepted(), upload.is_complete(), unknown) {
            (true, ..) => Self::Accepted,
            (_, true, _) => Self::Assumed,
            (.., true) => Self::Unknown,
            _ => Self::Incomplete,
        }
    }
}

impl ChunkSent {
    fn of(number: u32, chunk: &ChunkPast) -> Self {
        let what = chunk.what.as_ref();
        let (state, status, reason) = match &chunk.state {
            State::NotSent => ("not-sent", None, None),
            State::Unknown(why) => ("unknown", None, why.clone()),
            State::Accepted(answer) => ("accepted", Some(answer.status), Some(answer.reason.clone())),
            State::Refused(answer) => ("refused", Some(answer.status), Some(answer.reason.clone())),
            State::Assumed => ("assumed", None, None),
        };
        Self {
            chunk: number,
            state,
            rows: what.map(|what| what.rows),
            records: what.map_or(0, |what| what.records),
            bytes: what.map_or(0, |what| what.bytes),
            sha256: what.map(|what| what.digest),
            status,
            reason,
            sent: chunk.sent,
            resent_unanswered: chunk.resent,
            sent_at: chunk.sent_at,
            noted_at: chunk.at,
        }
    }
}

/// The part of a receipt that ties it to a ledger.
#[derive(Clone, Debug, Deserialize)]
pub struct Tie {
    /// The upload's number.
    pub upload: u64,
    /// Its last record when the receipt was made.
    pub ledger: Record,
}

impl Tie {
    /// Whether that record is in the ledger as it was.
    #[must_use]
    pub fn holds(&self, reading: &Reading) -> bool {
        reading.hash_of(self.ledger.record) == Some(self.ledger.hash)
    }
}
