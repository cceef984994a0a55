//! What a record says. These types are the file's format: a key is never renamed, only added.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What makes an upload the same one: the same bytes, to the same connector, cut in the same way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Key {
    /// SHA-256 of the file's bytes.
    pub digest: Digest,
    /// The cloud's name, or the host of a private one.
    pub cloud: String,
    /// The directory (tenant) id.
    pub tenant: String,
    /// The connector's job id.
    pub job: String,
    /// How the file is cut, such as `rows=5000,bytes=16777216`.
    pub chunking: String,
}

impl Key {
    /// A key. Ids are compared without regard to case.
    #[must_use]
    pub fn new(digest: Digest, cloud: &str, tenant: &str, job: &str, chunking: &str) -> Self {
        Self {
            digest,
            cloud: cloud.to_ascii_lowercase(),
            tenant: tenant.to_ascii_lowercase(),
            job: job.to_ascii_lowercase(),
            chunking: chunking.to_owned(),
        }
    }

    /// Whether both are for the same connector.
    #[must_use]
    pub fn same_connector(&self, other: &Self) -> bool {
        self.same_tenant(other) && self.job == other.job
    }

    /// Whether both are for the same tenant.
    #[must_use]
    pub fn same_tenant(&self, other: &Self) -> bool {
        (&self.cloud, &self.tenant) == (&other.cloud, &other.tenant)
    }
}

/// A SHA-256, in hexadecimal digits when written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

/// Not 64 hexadecimal digits in lower case.
#[derive(Debug, thiserror::Error)]
#[error("not a digest")]
pub struct NotADigest;

impl TryFrom<String> for Digest {
    type Error = NotADigest;

    fn try_from(text: String) -> Result<Self, NotADigest> {
        text.parse()
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NotADigest),
        };
        let mut digest = [0; 32];
        if text.len() != 64 {
            return Err(NotADigest);
        }
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(digest))
    }
}

/// Spreadsheet rows, the first and the last one; the header is row 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The first row.
    pub first: u64,
    /// The last row.
    pub last: u64,
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "row {}", self.first)
        } else {
            write!(f, "rows {} to {}", self.first, self.last)
        }
    }
}

/// A chunk of a file as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chunk {
    /// The rows that it spans.
    pub rows: Rows,
    /// Its records, blank ones left out: what the service should count.
    pub records: u64,
    /// Its bytes, the repeated header included.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub digest: Digest,
}

/// Rows of one scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioRows {
    /// The scenario's key.
    pub scenario: String,
    /// Its rows.
    pub rows: u64,
}

/// Everything about an upload that is known before its first chunk is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Begin {
    /// What makes it the same upload.
    #[serde(flatten)]
    pub key: Key,
    /// The file's name without its folder.
    pub file: String,
    /// The file's bytes.
    pub bytes: u64,
    /// Its records, blank ones left out.
    pub rows: u64,
    /// Its rows by scenario.
    pub scenarios: Vec<ScenarioRows>,
    /// How many chunks it is sent in.
    pub chunks: u32,
    /// Host that the chunks go to.
    pub host: String,
    /// SHA-256 of the mapping; `None` for the built-in one.
    pub mapping: Option<Digest>,
    /// SHA-256 of the rules in force: their names, levels and options.
    pub rules: Option<Digest>,
    /// Version of hrlint.
    pub version: String,
}

/// What kind of text an answer held. The text itself is not kept: who knows what a service repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// Nothing.
    Empty,
    /// A JSON document.
    Json,
    /// A web page, as login pages and proxies send.
    Html,
    /// Other text.
    Text,
    /// No text.
    Binary,
}

/// An answer to a chunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Whether the service took the chunk.
    pub accepted: bool,
    /// HTTP status.
    pub status: u16,
    /// The reason phrase, made printable and cut by the ledger.
    pub reason: String,
    /// What kind of body came with it.
    pub body: Body,
    /// The body's length as far as it was read.
    pub body_bytes: u64,
}

/// The user's word on a chunk whose answer was never seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// It counts as sent.
    AssumeSent,
    /// It is sent once more, at the risk of rows counted twice.
    Resent,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Fact {
    /// An upload begins. Uploads are numbered from 1 in the order of these records.
    Begin {
        /// The upload's number.
        upload: u64,
        /// What is known of it.
        #[serde(flatten)]
        begin: Box<Begin>,
    },
    /// An interrupted upload goes on.
    Resume {
        /// The upload's number.
        upload: u64,
        /// Version of hrlint.
        version: String,
    },
    /// A chunk is about to be sent. Until its answer is seen, nobody knows.
    Sending {
        /// The upload's number.
        upload: u64,
        /// The chunk's number, from 1.
        chunk: u32,
        /// What is sent.
        #[serde(flatten)]
        what: Chunk,
    },
    /// A chunk was answered.
    Answered {
        /// The upload's number.
        upload: u64,
        /// The chunk's number.
        chunk: u32,
        /// The answer.
        #[serde(flatten)]
        answer: Answer,
    },
    /// A chunk certainly did not reach the service: no byte of it left.
    Unsent {
        /// The upload's number.
        upload: u64,
        /// The chunk's number.
        chunk: u32,
        /// Why.
        why: String,
    },
    /// A chunk may or may not have reached the service.
    Unknown {
        /// The upload's number.
        upload: u64,
        /// The chunk's number.
        chunk: u32,
        /// Why.
        why: String,
    },
    /// The user's word on a chunk that was unknown.
    Resolved {
        /// The upload's number.
        upload: u64,
        /// The chunk's number.
        chunk: u32,
        /// That word.
        by: Resolution,
    },
    /// Every chunk is accepted, or counts as such.
    Finish {
        /// The upload's number.
        upload: u64,
    },
    /// The beginning of a record was found behind the last whole one, and dropped.
    Recovered {
        /// Bytes dropped.
        dropped: u64,
        /// SHA-256 of these bytes.
        digest: Digest,
    },
}

impl Fact {
    /// The upload that it is about.
    #[must_use]
    pub fn upload(&self) -> Option<u64> {
        match self {
            Self::Recovered { .. } => None,
            Self::Begin { upload, .. }
            | Self::Resume { upload, .. }
            | Self::Sending { upload, .. }
            | Self::Answered { upload, .. }
            | Self::Unsent { upload, .. }
            | Self::Unknown { upload, .. }
            | Self::Resolved { upload, .. }
            | Self::Finish { upload } => Some(*upload),
        }
    }

    /// The chunk that it is about, from 1.
    #[must_use]
    pub fn chunk(&self) -> Option<u32> {
        match self {
            Self::Sending { chunk, .. }
            | Self::Answered { chunk, .. }
            | Self::Unsent { chunk, .. }
            | Self::Unknown { chunk, .. }
            | Self::Resolved { chunk, .. } => Some(*chunk),
            Self::Recovered { .. } | Self::Begin { .. } | Self::Resume { .. } | Self::Finish { .. } => None,
        }
    }
}
