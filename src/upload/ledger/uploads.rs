//! What the records come to: every upload, and the state of each of its chunks.

use chrono::{DateTime, Utc};

use super::fact::{Answer, Begin, Chunk, Fact, Key, Resolution};
use super::line::{Entry, Hash};
use super::reading::Fault;

/// Most chunks of an upload: more than any file has, and few enough to keep.
const MOST_CHUNKS: u32 = 10_000_000;

/// All uploads of a ledger, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uploads {
    all: Vec<UploadPast>,
}

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadPast {
    /// Its number, from 1.
    pub number: u64,
    /// What was known when it began.
    pub begin: Begin,
    /// When it began.
    pub begun: DateTime<Utc>,
    /// When it last went on.
    pub resumed: Vec<DateTime<Utc>>,
    /// When its last chunk was done with.
    pub finished: Option<DateTime<Utc>>,
    /// When its last record was written.
    pub last: DateTime<Utc>,
    /// Number of its last record.
    pub last_record: u64,
    /// Hash of its last record.
    pub last_hash: Hash,
    /// Its chunks; those that were never begun are not in it.
    pub chunks: Vec<ChunkPast>,
}

/// One chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkPast {
    /// What was sent last, if anything ever was.
    pub what: Option<Chunk>,
    /// What is known of it.
    pub state: State,
    /// How often it was sent.
    pub sent: u32,
    /// When that was recorded.
    pub at: Option<DateTime<Utc>>,
    /// When it was last sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Whether the user had it sent again without an answer to the time before.
    pub resent: bool,
}

/// What is known of a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It did not reach the service.
    #[default]
    NotSent,
    /// It may have reached the service. Why that is not known, where anything is.
    Unknown(Option<String>),
    /// The service took it.
    Accepted(Answer),
    /// The service answered that it did not take it.
    Refused(Answer),
    /// Nobody saw the answer; by the user's word it counts as sent.
    Assumed,
}

/// What is known of a file and a connector, before anything is sent. Of uploads alike the newest counts that left traces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Of the same bytes to the same connector in the same chunks.
    pub same: Option<UploadPast>,
    /// Of the same bytes to the same connector, cut otherwise.
    pub cut_otherwise: Option<UploadPast>,
}

impl ChunkPast {
    /// Whether the chunk need not be sent.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Accepted(_) | State::Assumed)
    }
}

impl UploadPast {
    /// A chunk by its number, from 1.
    #[must_use]
    pub fn chunk(&self, number: u32) -> ChunkPast {
        let place = (number as usize).checked_sub(1);
        place.and_then(|place| self.chunks.get(place)).cloned().unwrap_or_default()
    }

    /// All chunks with their numbers, those never begun included.
    pub fn all_chunks(&self) -> impl Iterator<Item = (u32, ChunkPast)> + '_ {
        (1..=self.begin.chunks).map(|number| (number, self.chunk(number)))
    }

    /// Whether every chunk is accepted or counts as such.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.chunks.len() == self.begin.chunks as usize && self.chunks.iter().all(ChunkPast::is_done)
    }

    /// Whether the service answered every chunk with yes.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.is_complete() && self.chunks.iter().all(|chunk| matches!(chunk.state, State::Accepted(_)))
    }

    /// Whether anything reached the service, or may have.
    #[must_use]
    pub fn left_traces(&self) -> bool {
        self.chunks.iter().any(|chunk| chunk.is_done() || matches!(chunk.state, State::Unknown(_)) || chunk.resent)
    }

    /// Records in chunks of which that holds.
    pub fn records(&self, of: impl Fn(&ChunkPast) -> bool) -> u64 {
        self.chunks.iter().filter(|chunk| of(chunk)).filter_map(|chunk| Some(chunk.what.as_ref()?.records)).sum()
    }

    /// Records that the service took.
    #[must_use]
    pub fn accepted_records(&self) -> u64 {
        self.records(|chunk| matches!(chunk.state, State::Accepted(_)))
    }
}

impl Uploads {
    /// All of them, oldest first.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &UploadPast> {
        self.all.iter()
    }

    /// An upload by its number.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<&UploadPast> {
        self.all.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The newest one.
    #[must_use]
    pub fn last(&self) -> Option<&UploadPast> {
        self.all.last()
    }

    /// What is known of a file and a connector.
    #[must_use]
    pub fn lookup(&self, key: &Key) -> Past {
        let newest = |is: &dyn Fn(&Key) -> bool| {
            let alike = || self.all.iter().rev().filter(|upload| is(&upload.begin.key));
            alike().find(|upload| upload.left_traces()).or_else(|| alike().next()).cloned()
        };
        let same_file = |other: &Key| other.digest == key.digest && other.same_connector(key);
        Past {
            same: newest(&|other| same_file(other) && other.chunking == key.chunking),
            cut_otherwise: newest(&|other| same_file(other) && other.chunking != key.chunking),
        }
    }

    /// The number of the next upload.
    pub(super) fn next(&self) -> u64 {
        self.all.len() as u64 + 1
    }

    /// Whether a record can follow what is known.
    pub(super) fn allows(&self, fact: &Fact) -> bool {
        let chunk = |upload: u64, chunk: u32| {
            let upload = self.get(upload).filter(|upload| (1..=upload.begin.chunks).contains(&chunk))?;
            Some(upload.chunk(chunk))
        };
        match fact {
            Fact::Recovered { .. } => true,
            Fact::Begin { upload, begin } => *upload == self.next() && begin.chunks <= MOST_CHUNKS,
            Fact::Resume { upload, .. } => self.get(*upload).is_some(),
            Fact::Sending { upload, chunk: number, .. } => {
                chunk(*upload, *number).is_some_and(|known| !known.is_done())
            }
            Fact::Answered { upload, chunk: number, .. }
            | Fact::Unsent { upload, chunk: number, .. }
            | Fact::Unknown { upload, chunk: number, .. }
            | Fact::Resolved { upload, chunk: number, .. } => {
                chunk(*upload, *number).is_some_and(|known| matches!(known.state, State::Unknown(_)))
            }
            Fact::Finish { upload } => self.get(*upload).is_some_and(UploadPast::is_complete),
        }
    }

    /// Adds a record.
    pub(super) fn apply(&mut self, entry: &Entry, hash: Hash) -> Result<(), Fault> {
        if !self.allows(&entry.fact) {
            return Err(Fault::Contradiction);
        }
        if let Fact::Begin { upload, begin } = &entry.fact {
            self.all.push(UploadPast::new(*upload, begin, entry, hash));
        }
        if let Some(upload) = entry.fact.upload().and_then(|number| self.all.get_mut(number as usize - 1)) {
            upload.apply(&entry.fact, entry.at);
            (upload.last, upload.last_record, upload.last_hash) = (entry.at, entry.n, hash);
        }
        Ok(())
    }
}

impl UploadPast {
    fn new(number: u64, begin: &Begin, entry: &Entry, hash: Hash) -> Self {
        Self {
            number,
            begin: begin.clone(),
            begun: entry.at,
            resumed: Vec::new(),
            finished: None,
            last: entry.at,
            last_record: entry.n,
            last_hash: hash,
            chunks: Vec::new(),
        }
    }

    /// Takes in a record that is allowed.
    fn apply(&mut self, fact: &Fact, at: DateTime<Utc>) {
        let state = match fact {
            Fact::Resume { .. } => return self.resumed.push(at),
            Fact::Finish { .. } => return self.finished = Some(at),
            Fact::Begin { .. } | Fact::Recovered { .. } => return,
            Fact::Sending { .. } => State::Unknown(None),
            Fact::Answered { answer, .. } if answer.accepted => State::Accepted(answer.clone()),
            Fact::Answered { answer, .. } => State::Refused(answer.clone()),
            Fact::Unsent { .. } => State::NotSent,
            Fact::Unknown { why, .. } => State::Unknown(Some(why.clone())),
            Fact::Resolved { by: Resolution::AssumeSent, .. } => State::Assumed,
            Fact::Resolved { by: Resolution::Resent, .. } => State::NotSent,
        };
        let place = fact.chunk().map_or(0, |number| number as usize - 1);
        if self.chunks.len() <= place {
            self.chunks.resize_with(place + 1, ChunkPast::default);
        }
        let chunk = &mut self.chunks[place];
        (chunk.state, chunk.at) = (state, Some(at));
        match fact {
            Fact::Sending { what, .. } => {
                chunk.what = Some(what.clone());
                chunk.sent += 1;
                chunk.sent_at = Some(at);
            }
            Fact::Resolved { by: Resolution::Resent, .. } => chunk.resent = true,
            _ => {}
        }
    }
}
