//! Reading the file: records, where the chain breaks, and what a crash left behind the last whole line.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::error::LedgerError;
use super::fact::Digest;
use super::line::{Entry, Hash};
use super::uploads::Uploads;
use crate::finding::Printable;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no record.
    NoRecord,
    /// Its bytes do not have the hash that it states.
    Changed,
    /// It does not follow the line before it: one was removed, added or moved.
    Chain,
    /// A newer hrlint wrote it, in that version of the format.
    Version(u32),
    /// It cannot follow what was recorded before, such as an answer to a chunk that was never sent.
    Contradiction,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRecord => f.write_str("it is no record"),
            Self::Changed => f.write_str("it was changed after it was written"),
            Self::Chain => f.write_str("it does not follow the line before it, so lines were removed, added or moved"),
            Self::Version(version) => write!(f, "a newer hrlint wrote it (format {version})"),
            Self::Contradiction => f.write_str("it contradicts the lines before it"),
        }
    }
}

/// What follows the last line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    None,
    /// A whole record that lacks its line end.
    Unended,
    /// The beginning of a record: so many bytes, and their digest.
    Torn(u64, Digest),
}

/// A ledger as read.
#[derive(Debug)]
pub struct Reading {
    /// Records that could be read, in the order of the file.
    pub entries: Vec<Entry>,
    /// Lines that are wrong, by number from 1.
    pub faults: Vec<(u64, Fault)>,
    /// What a crash left.
    pub tail: Tail,
    /// Number and hash of the last record.
    pub head: (u64, Hash),
    /// What the records say.
    pub uploads: Uploads,
    /// Bytes up to the end of the last whole record, its line end included where it has one.
    pub(super) whole: u64,
    /// Bytes of the file.
    pub(super) length: u64,
}

impl Reading {
    /// Reads a ledger without locking it. One that does not exist is empty.
    ///
    /// # Errors
    ///
    /// It cannot be read. Damage is no error here: see [`Reading::verify`].
    pub fn read(path: &Path) -> Result<Self, LedgerError> {
        // A device might have no end.
        let device = fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir());
        if device {
            let path = Printable::of_path(path);
            return Err(LedgerError::NotAFile { path, what: "a device or a pipe" });
        }
        match fs::read(path) {
            Ok(bytes) => Ok(Self::of(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::of(b"")),
            Err(reason) => Err(LedgerError::Open { path: Printable::of_path(path), reason }),
        }
    }

    /// Reads the bytes of a ledger.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut reading = Self {
            entries: Vec::new(),
            faults: Vec::new(),
            tail: Tail::None,
            head: (0, Digest([0; 32])),
            uploads: Uploads::default(),
            whole: 0,
            length: bytes.len() as u64,
        };
        let mut line = 0;
        for text in bytes.split_inclusive(|byte| *byte == b'\n') {
            line += 1;
            match text.strip_suffix(b"\n") {
                Some(text) => {
                    reading.line(line, Entry::open(text));
                    reading.whole += text.len() as u64 + 1;
                }
                None => reading.tail(line, text),
            }
        }
        reading
    }

    fn line(&mut self, line: u64, opened: Result<(Entry, Hash), Fault>) {
        match opened {
            Err(fault) => self.faults.push((line, fault)),
            Ok((entry, hash)) => {
                // After a line that cannot be read, the break in the chain is told already.
                let told = self.faults.last().is_some_and(|(faulty, _)| *faulty + 1 == line);
                if (entry.n, entry.prev) != (self.head.0 + 1, self.head.1) && !told {
                    self.faults.push((line, Fault::Chain));
                } else if self.uploads.apply(&entry, hash).is_err() && self.faults.is_empty() {
                    self.faults.push((line, Fault::Contradiction));
                }
                self.head = (entry.n, hash);
                self.entries.push(entry);
            }
        }
    }

    fn tail(&mut self, line: u64, text: &[u8]) {
        let zeros = text.iter().rev().take_while(|byte| **byte == 0).count();
        let written = &text[..text.len() - zeros];
        match Entry::open(written) {
            Ok(opened) => {
                self.line(line, Ok(opened));
                self.whole += written.len() as u64;
                self.tail = Tail::Unended;
            }
            Err(_) if holds_record(written) || !begins_record(written) => self.faults.push((line, Fault::NoRecord)),
            Err(_) => self.tail = Tail::Torn(text.len() as u64, Digest::of(text)),
        }
    }

    /// The hash of the record of that number.
    #[must_use]
    pub fn hash_of(&self, number: u64) -> Option<Hash> {
        if self.head.0 == number {
            return Some(self.head.1);
        }
        self.entries.iter().find(|entry| entry.n == number + 1).map(|next| next.prev)
    }

    /// Whether every line is as it was written and follows the one before.
    ///
    /// # Errors
    ///
    /// The first line that is not, and why.
    pub fn verify(&self) -> Result<(), (u64, Fault)> {
        self.faults.first().map_or(Ok(()), |fault| Err(*fault))
    }
}

/// Whether a whole record is followed by more than its line end: then the line was not torn, but changed.
fn holds_record(text: &[u8]) -> bool {
    let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'}');
    ends.map(|(at, _)| &text[..=at]).any(|text| Entry::open(text).is_ok())
}

/// Whether it could be the beginning of a record, and not some other file that was given by mistake.
fn begins_record(text: &[u8]) -> bool {
    const BEGIN: &[u8] = b"{\"v\":";
    text.starts_with(BEGIN) || BEGIN.starts_with(text)
}
