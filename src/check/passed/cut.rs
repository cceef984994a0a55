//! Cutting a checked file into chunks, each a CSV file of its own: the header, and whole records as they are stored.
//!
//! What is not a row is not sent: what stands above the header (a byte order mark, a hint for Excel, a report's title), labels
//! below it, and records in which nothing stands. Everything else is sent byte for byte.

use std::sync::Arc;

use sha2::Digest as _;

use super::scanned::{Record, Scanned};
use super::{Digest, Passed, Unsendable};
use crate::source::Encoding;

/// How large chunks may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Most rows of a chunk; 1 or more.
    pub rows: u64,
    /// Most bytes of a chunk, header included. A row that alone is larger is a chunk of its own.
    pub bytes: u64,
}

impl Default for Cut {
    /// As many rows as the vendor's script sends, and bytes that so many rows hardly reach.
    fn default() -> Self {
        Self { rows: 5_000, bytes: 8 << 20 }
    }
}

/// A whole file, cut.
#[derive(Clone, Debug)]
pub struct Chunks {
    /// The digest of the file as stored.
    pub digest: Digest,
    /// Bytes of the file as stored.
    pub bytes: u64,
    /// The chunks, in file order.
    pub list: Vec<Chunk>,
}

/// A part of a checked file that is sent in one request.
#[derive(Clone, Debug)]
pub struct Chunk {
    rows: u64,
    first_row: u64,
    last_row: u64,
    bytes: u64,
    scenarios: Vec<(Arc<str>, u64)>,
    digest: Digest,
    /// Stored stretches, as offset and length.
    stretches: Vec<(u64, u64)>,
}

impl Chunk {
    /// Rows in it.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Spreadsheet rows of the first and the last one.
    #[must_use]
    pub fn row_range(&self) -> (u64, u64) {
        (self.first_row, self.last_row)
    }

    /// Bytes, the header's included.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Its rows of each scenario that has some.
    pub fn scenarios(&self) -> impl Iterator<Item = (&str, u64)> {
        self.scenarios.iter().map(|(key, rows)| (&**key, *rows))
    }

    /// The digest of what is sent.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

/// Bytes that were compared with what was checked: what is sent.
pub struct ChunkBytes(Vec<u8>);

impl ChunkBytes {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Passed {
    /// Cuts the file into chunks. Reads all of it once more and compares it with what was checked.
    ///
    /// # Errors
    ///
    /// [`Unsendable`], if the file is not what was checked any more.
    pub fn cut(&self, cut: Cut) -> Result<Chunks, Unsendable> {
        self.verify()?;
        let mut header = Scanned::default();
        header.load(self, &self.evidence.header)?;
        let header = self.header(&header.stored);
        let mut cutting = Cutting { passed: self, cut, header: &header, list: Vec::new(), open: None, row: 0 };
        cutting.row = self.evidence.first_row;
        let (mut whole, mut at) = (sha2::Sha256::new(), 0);
        let mut scanned = Scanned::default();
        for block in &self.evidence.blocks {
            self.hash(&mut whole, at, block.offset)?;
            scanned.load(self, block)?;
            whole.update(&scanned.stored);
            at = block.offset + block.length;
            scanned.scan(self);
            let mut stored = block.offset;
            for record in scanned.records() {
                let length = self.evidence.decoding.map_or(record.text().len() as u64, |it| it.stored(record.text()));
                let place = (stored - block.offset) as usize;
                cutting.add(&record, stored, &scanned.stored[place..place + length as usize]);
                stored += length;
            }
        }
        let size = self.stored.source().size().unwrap_or(at);
        self.hash(&mut whole, at, size)?;
        self.verify()?;
        cutting.close();
        Ok(Chunks { digest: Digest(whole.finalize().into()), bytes: size, list: cutting.list })
    }

    /// Reads a chunk into memory and compares it with what was checked.
    ///
    /// # Errors
    ///
    /// [`Unsendable`], if the file is not what was checked any more.
    pub fn read(&self, chunk: &Chunk) -> Result<ChunkBytes, Unsendable> {
        self.verify()?;
        let mut part = Vec::new();
        let header = &self.evidence.header;
        self.load(header.offset, header.length, &mut part)?;
        let mut bytes = self.header(&part);
        bytes.reserve_exact((chunk.bytes as usize).saturating_sub(bytes.len()));
        for (offset, length) in &chunk.stretches {
            self.load(*offset, *length, &mut part)?;
            bytes.extend_from_slice(&part);
        }
        if super::digest(&bytes) != chunk.digest {
            return Err(self.changed("other text stands in it"));
        }
        Ok(ChunkBytes(bytes))
    }

    /// What every chunk begins with. UTF-16 is known by its mark; UTF-8 has none, because it would become part of the first
    /// column's name.
    fn header(&self, stored: &[u8]) -> Vec<u8> {
        let mark: &[u8] = match self.evidence.decoding {
            Some(Encoding::LittleEndian) => b"\xff\xfe",
            Some(Encoding::BigEndian) => b"\xfe\xff",
            _ => &[],
        };
        [mark, stored].concat()
    }

    /// Reads stored bytes.
    pub(super) fn load(&self, offset: u64, length: u64, into: &mut Vec<u8>) -> Result<(), Unsendable> {
        into.resize(length as usize, 0);
        let read = self.stored.source().read_at(into, offset).map_err(|error| self.unsendable(error))?;
        if read < into.len() { Err(self.changed("it became shorter")) } else { Ok(()) }
    }

    /// Adds stored bytes that no block holds to the digest of the whole.
    fn hash(&self, whole: &mut sha2::Sha256, mut from: u64, to: u64) -> Result<(), Unsendable> {
        let mut part = Vec::new();
        while from < to {
            let length = (to - from).min(1 << 20);
            self.load(from, length, &mut part)?;
            whole.update(&part);
            from += length;
        }
        Ok(())
    }
}

/// A cut under way.
struct Cutting<'c> {
    passed: &'c Passed,
    cut: Cut,
    header: &'c [u8],
    list: Vec<Chunk>,
    open: Option<Open>,
    /// Spreadsheet row of the next record.
    row: u64,
}

/// The chunk that records are being added to.
struct Open {
    chunk: Chunk,
    digest: sha2::Sha256,
    counts: Vec<u64>,
}

impl Cutting<'_> {
    fn add(&mut self, record: &Record<'_>, offset: u64, stored: &[u8]) {
        let row = self.row;
        self.row += 1;
        if record.is_empty() {
            return;
        }
        let length = stored.len() as u64;
        let full = |open: &Open| open.chunk.rows >= self.cut.rows || open.chunk.bytes + length > self.cut.bytes;
        if self.open.as_ref().is_some_and(full) {
            self.close();
        }
        let scenario = self.scenario(record);
        let (header, scenarios) = (self.header, self.passed.evidence.scenarios.len());
        let open = self.open.get_or_insert_with(|| Open::new(header, scenarios, row));
        open.digest.update(stored);
        let chunk = &mut open.chunk;
        chunk.rows += 1;
        chunk.last_row = row;
        chunk.bytes += length;
        match chunk.stretches.last_mut() {
            Some((begin, so_far)) if *begin + *so_far == offset => *so_far += length,
            _ => chunk.stretches.push((offset, length)),
        }
        if let Some(count) = scenario.and_then(|scenario| open.counts.get_mut(scenario)) {
            *count += 1;
        }
    }

    fn scenario(&self, record: &Record<'_>) -> Option<usize> {
        let evidence = &self.passed.evidence;
        let Some(column) = evidence.identifier else { return Some(0) };
        let text = record.cell(column);
        evidence.scenarios.iter().position(|(_, identifier, _)| identifier.as_bytes() == &*text)
    }

    fn close(&mut self) {
        let Some(Open { mut chunk, digest, counts }) = self.open.take() else { return };
        chunk.digest = Digest(digest.finalize().into());
        let named = self.passed.evidence.scenarios.iter().zip(counts).filter(|(_, rows)| *rows > 0);
        chunk.scenarios = named.map(|((key, ..), rows)| (Arc::clone(key), rows)).collect();
        self.list.push(chunk);
    }
}

impl Open {
    fn new(header: &[u8], scenarios: usize, row: u64) -> Self {
        let mut digest = sha2::Sha256::new();
        digest.update(header);
        let chunk = Chunk {
            rows: 0,
            first_row: row,
            last_row: row,
            bytes: header.len() as u64,
            scenarios: Vec::new(),
            digest: Digest([0; 32]),
            stretches: Vec::new(),
        };
        Self { chunk, digest, counts: vec![0; scenarios] }
    }
}
