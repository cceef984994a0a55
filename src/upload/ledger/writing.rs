//! Writing records: each is on the disk before the call returns.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, SubsecRound as _, Utc};

use super::error::LedgerError;
use super::fact::{Answer, Begin, Chunk, Fact, Key, Resolution};
use super::file::{self, Lock};
use super::line::{Entry, Hash};
use super::medium::Medium;
use super::reading::{Reading, Tail};
use super::uploads::{Past, Uploads};
use crate::finding::Printable;

/// Characters of other people's words that are kept.
const MOST_OF_WORDS: usize = 200;

/// The ledger, locked and open for writing.
pub struct Ledger {
    path: PathBuf,
    medium: Box<dyn Medium>,
    uploads: Uploads,
    head: (u64, Hash),
    length: u64,
    clock: fn() -> DateTime<Utc>,
    /// A record could not be written: what the file ends in is not known, so nothing more is added to it.
    broken: bool,
    /// Bytes of a torn record that were dropped on opening.
    dropped: u64,
    _lock: Option<Lock>,
}

impl Ledger {
    /// Opens the ledger, or makes it; recovers it after a crash. Another run's lock is waited for as long as `patience` says.
    ///
    /// # Errors
    ///
    /// It is no plain file, cannot be opened, is held by another run, or is damaged otherwise than by a crash. Nothing may be
    /// sent then.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, LedgerError> {
        let lock = Lock::take(path, patience)?;
        let mut file = file::open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|reason| LedgerError::Open { path: Printable::of_path(path), reason })?;
        let reading = Reading::of(&bytes);
        Self::recover(path, Box::new(file), reading, Some(lock), Utc::now)
    }

    /// Goes on where a reading ends.
    pub(super) fn recover(
        path: &Path,
        medium: Box<dyn Medium>,
        reading: Reading,
        lock: Option<Lock>,
        clock: fn() -> DateTime<Utc>,
    ) -> Result<Self, LedgerError> {
        if let Err((line, fault)) = reading.verify() {
            return Err(LedgerError::Damaged { path: Printable::of_path(path), line, fault });
        }
        let Reading { uploads, head, whole, length, tail, .. } = reading;
        let mut ledger = Self {
            path: path.to_owned(),
            medium,
            uploads,
            head,
            length,
            clock,
            broken: false,
            dropped: 0,
            _lock: lock,
        };
        if length > whole {
            ledger.attempt(|medium| medium.cut(whole))?;
            ledger.length = whole;
        }
        match tail {
            Tail::None => {}
            Tail::Unended => {
                ledger.attempt(|medium| medium.append(b"\n").and_then(|()| medium.sync()))?;
                ledger.length += 1;
            }
            Tail::Torn(dropped, digest) => {
                ledger.dropped = dropped;
                ledger.add(Fact::Recovered { dropped, digest })?;
            }
        }
        Ok(ledger)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes of a torn record that were dropped on opening: worth a note.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// All uploads.
    #[must_use]
    pub fn uploads(&self) -> &Uploads {
        &self.uploads
    }

    /// What is known of a file and a connector.
    #[must_use]
    pub fn lookup(&self, key: &Key) -> Past {
        self.uploads.lookup(key)
    }

    /// Number and hash of the last record.
    #[must_use]
    pub fn head(&self) -> (u64, Hash) {
        self.head
    }

    /// Begins an upload.
    ///
    /// # Errors
    ///
    /// The record could not be written: send nothing.
    pub fn begin(&mut self, begin: Begin) -> Result<Upload<'_>, LedgerError> {
        let upload = self.uploads.next();
        self.add(Fact::Begin { upload, begin: Box::new(begin) })?;
        Ok(Upload { ledger: self, number: upload })
    }

    /// Goes on with an upload.
    ///
    /// # Errors
    ///
    /// The record could not be written: send nothing.
    ///
    /// # Panics
    ///
    /// There is no upload of that number.
    pub fn resume(&mut self, upload: u64, version: &str) -> Result<Upload<'_>, LedgerError> {
        self.add(Fact::Resume { upload, version: version.to_owned() })?;
        Ok(Upload { ledger: self, number: upload })
    }

    /// Writes a record and brings it to the disk.
    fn add(&mut self, fact: Fact) -> Result<(), LedgerError> {
        let entry = Entry::after(self.head, (self.clock)().trunc_subsecs(3), fact);
        assert!(self.uploads.allows(&entry.fact), "what is recorded contradicts what was recorded before");
        let (line, hash) = entry.seal();
        let length = self.length;
        self.attempt(|medium| {
            medium.append(&line).inspect_err(|_| {
                // A record that is not whole is better gone at once; if that fails, too, the next opening drops it.
                drop(medium.cut(length));
            })
        })?;
        self.attempt(|medium| medium.sync())?;
        self.length += line.len() as u64;
        self.head = (entry.n, hash);
        self.uploads.apply(&entry, hash).expect("it was just found to be allowed");
        Ok(())
    }

    fn attempt(&mut self, work: impl FnOnce(&mut dyn Medium) -> io::Result<()>) -> Result<(), LedgerError> {
        let done = if self.broken {
            Err(io::Error::other("a record before could not be written"))
        } else {
            work(&mut *self.medium)
        };
        done.map_err(|reason| {
            self.broken = true;
            LedgerError::Write { path: Printable::of_path(&self.path), reason }
        })
    }
}

/// An upload that is under way.
///
/// Every call returns once its record is on the disk. After an error nothing more may be sent: what the ledger could not note,
/// nobody would know. If [`Upload::answered`] fails, the outcome of that chunk counts as unknown (exit code 4).
pub struct Upload<'l> {
    ledger: &'l mut Ledger,
    number: u64,
}

impl Upload<'_> {
    /// Its number in the ledger.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// A chunk (counted from 1) is about to be sent. To be called before any byte of it leaves.
    ///
    /// # Errors
    ///
    /// The record could not be written: do not send the chunk.
    pub fn sending(&mut self, chunk: u32, what: Chunk) -> Result<(), LedgerError> {
        self.ledger.add(Fact::Sending { upload: self.number, chunk, what })
    }

    /// The chunk was answered. Whether it is accepted or may be tried again is for the caller to judge.
    ///
    /// # Errors
    ///
    /// The record could not be written: the chunk stays unknown.
    pub fn answered(&mut self, chunk: u32, answer: &Answer) -> Result<(), LedgerError> {
        let answer = Answer { reason: words(&answer.reason), ..answer.clone() };
        self.ledger.add(Fact::Answered { upload: self.number, chunk, answer })
    }

    /// The chunk certainly did not reach the service: the connection failed before any byte of the body.
    ///
    /// # Errors
    ///
    /// The record could not be written: the chunk stays unknown.
    pub fn unsent(&mut self, chunk: u32, why: &str) -> Result<(), LedgerError> {
        self.ledger.add(Fact::Unsent { upload: self.number, chunk, why: words(why) })
    }

    /// The chunk may have reached the service: its answer was not seen.
    ///
    /// # Errors
    ///
    /// The record could not be written: the chunk is unknown all the same.
    pub fn unknown(&mut self, chunk: u32, why: &str) -> Result<(), LedgerError> {
        self.ledger.add(Fact::Unknown { upload: self.number, chunk, why: words(why) })
    }

    /// The user's word on a chunk that was unknown.
    ///
    /// # Errors
    ///
    /// The record could not be written.
    pub fn resolved(&mut self, chunk: u32, by: Resolution) -> Result<(), LedgerError> {
        self.ledger.add(Fact::Resolved { upload: self.number, chunk, by })
    }

    /// Every chunk is accepted, or counts as such.
    ///
    /// # Errors
    ///
    /// The record could not be written. The chunks' records are: the next run finishes.
    pub fn finish(self) -> Result<(), LedgerError> {
        self.ledger.add(Fact::Finish { upload: self.number })
    }
}

/// Other people's words, harmless and short.
fn words(text: &str) -> String {
    let text: String = text.chars().take(MOST_OF_WORDS).collect();
    Printable::new(&text).as_str().to_owned()
}
