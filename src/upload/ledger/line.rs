//! One line of the file: a record, its number, its time, and the hashes that chain it to the one before.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::fact::{Digest, Fact};
use super::reading::Fault;

/// A hash in the chain.
pub type Hash = Digest;

/// The version that is written.
const VERSION: u32 = 1;

/// What stands before and after the digits of a line's own hash.
const HASH: (&[u8], &[u8]) = (b",\"hash\":\"", b"\"}");

/// Bytes that end every line: its own hash.
const SEAL: usize = 9 + 64 + 2;

/// A record in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Version of the format.
    pub v: u32,
    /// Number of the record, from 1.
    pub n: u64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Hash of the line before; of the first line: zeros.
    pub prev: Hash,
    /// What it says.
    #[serde(flatten)]
    pub fact: Fact,
}

impl Entry {
    /// The record that follows one with that number and hash.
    pub(super) fn after((n, prev): (u64, Hash), at: DateTime<Utc>, fact: Fact) -> Self {
        Self { v: VERSION, n: n + 1, at, prev, fact }
    }

    /// Its line, with the line end, and its hash.
    pub(super) fn seal(&self) -> (Vec<u8>, Hash) {
        let mut line = serde_json::to_vec(self).expect("records hold nothing that JSON cannot");
        line.pop();
        let hash = Digest::of(&line);
        line.extend_from_slice(HASH.0);
        line.extend_from_slice(hash.to_string().as_bytes());
        line.extend_from_slice(HASH.1);
        line.push(b'\n');
        (line, hash)
    }

    /// Reads a line without its line end.
    pub(super) fn open(line: &[u8]) -> Result<(Self, Hash), Fault> {
        let Some((said, seal)) = line.len().checked_sub(SEAL).map(|at| line.split_at(at)) else {
            return Err(Fault::NoRecord);
        };
        let digits = seal.strip_prefix(HASH.0).and_then(|seal| seal.strip_suffix(HASH.1)).ok_or(Fault::NoRecord)?;
        let hash: Hash = std::str::from_utf8(digits).ok().and_then(|hex| hex.parse().ok()).ok_or(Fault::NoRecord)?;
        if Digest::of(said) != hash {
            return Err(Fault::Changed);
        }
        let whole = [said, b"}"].concat();
        let version: Version = serde_json::from_slice(&whole).map_err(|_| Fault::NoRecord)?;
        if version.v != VERSION {
            return Err(Fault::Version(version.v));
        }
        let entry = serde_json::from_slice(&whole).map_err(|_| Fault::NoRecord)?;
        Ok((entry, hash))
    }
}

#[derive(Deserialize)]
struct Version {
    v: u32,
}
