//! A clean file taken apart into stored cells, so that one fault can be put in and its place in the bytes is known.

use crate::generate::random::Random;
use crate::generate::scenario::Scenario;
use crate::generate::{Dialect, Options};

/// A file in pieces. Record 0 is the header.
#[derive(Clone)]
pub struct Document {
    /// Its records.
    pub records: Vec<Record>,
    /// How cells are written.
    pub dialect: Dialect,
    /// How the bytes are encoded.
    pub encoding: Encoding,
    /// When given, these bytes are the file and the records count for nothing.
    pub replaced: Option<Vec<u8>>,
    /// When given, these bytes are another file, which is checked before this one.
    pub earlier: Option<Vec<u8>>,
    /// What was sent before.
    pub past: Vec<Sent>,
}

/// A file that was sent before.
#[derive(Clone)]
pub struct Sent {
    /// How long ago.
    pub days: u64,
    /// Its scenario, and the rows of it.
    pub rows: (&'static str, u64),
    /// Whether it is this very file.
    pub same: bool,
}

/// One record in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its cells as stored, quotes included.
    pub cells: Vec<Vec<u8>>,
    /// What ends it.
    pub ending: Vec<u8>,
}

/// An encoding of the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As the program expects it.
    Utf8,
    /// Low byte first, behind a byte order mark.
    Utf16LittleMarked,
    /// High byte first, without a mark.
    Utf16Big,
}

impl Document {
    /// A generated file of that many records, in pieces.
    pub fn new(options: &Options, rows: u64) -> Self {
        let mut records = Vec::new();
        let dialect = options.dialect;
        let mut header = Record { cells: Vec::new(), ending: dialect.ending().to_vec() };
        header.cells.extend(options.header().iter().map(|name| stored(dialect, name.as_bytes())));
        records.push(header);
        let mut text = Vec::new();
        for index in 0..rows {
            let mut record = Record { cells: Vec::new(), ending: dialect.ending().to_vec() };
            options.cells(index, &mut text, |_, cell| record.cells.push(stored(dialect, cell)));
            records.push(record);
        }
        Self { records, dialect, encoding: Encoding::Utf8, replaced: None, earlier: None, past: Vec::new() }
    }

    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        if let Some(bytes) = &self.replaced {
            return bytes.clone();
        }
        let mut bytes = Vec::new();
        if self.dialect.bom {
            bytes.extend_from_slice("\u{feff}".as_bytes());
        }
        for record in &self.records {
            for (column, cell) in record.cells.iter().enumerate() {
                if column > 0 {
                    bytes.push(self.dialect.delimiter);
                }
                bytes.extend_from_slice(cell);
            }
            bytes.extend_from_slice(&record.ending);
        }
        match self.encoding {
            Encoding::Utf8 => bytes,
            Encoding::Utf16LittleMarked => {
                let text = String::from_utf8_lossy(&bytes);
                [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
            Encoding::Utf16Big => String::from_utf8_lossy(&bytes).encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    /// The first byte of a record.
    pub fn record_offset(&self, record: usize) -> usize {
        let mark = if self.dialect.bom { 3 } else { 0 };
        mark + self.records[..record].iter().map(Record::length).sum::<usize>()
    }

    /// First byte and length of a cell.
    pub fn cell_span(&self, record: usize, column: usize) -> (usize, usize) {
        let cells = &self.records[record].cells;
        let before: usize = cells[..column].iter().map(|cell| cell.len() + 1).sum();
        (self.record_offset(record) + before, cells[column].len())
    }

    /// The text of a cell, without its quotes.
    pub fn text(&self, record: usize, column: usize) -> String {
        let cell = String::from_utf8_lossy(&self.records[record].cells[column]);
        match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\""),
            None => cell.into_owned(),
        }
    }

    /// Gives a cell another text, quoted as the file is.
    pub fn write(&mut self, record: usize, column: usize, text: &str) {
        self.records[record].cells[column] = stored(self.dialect, text.as_bytes());
    }

    /// Gives a cell other bytes as stored, its quotes kept; for bytes that are no text.
    pub fn write_bytes(&mut self, record: usize, column: usize, text: &[u8]) {
        self.records[record].cells[column] = stored(self.dialect, text);
    }

    /// Writes every cell anew with another delimiter.
    pub fn delimit(&mut self, delimiter: u8) {
        self.dialect.delimiter = delimiter;
        for record in 0..self.records.len() {
            for column in 0..self.records[record].cells.len() {
                let text = self.text(record, column);
                self.write(record, column, &text);
            }
        }
    }

    /// Adds a column to every record.
    pub fn insert_column(&mut self, at: usize, name: &str, text: &str) {
        for (index, record) in self.records.iter_mut().enumerate() {
            let text = if index == 0 { name } else { text };
            record.cells.insert(at, stored(self.dialect, text.as_bytes()));
        }
    }

    /// Takes a column away from every record.
    pub fn remove_column(&mut self, at: usize) {
        for record in &mut self.records {
            record.cells.remove(at);
        }
    }

    /// Any record after the header.
    pub fn any(&self, random: &mut Random) -> usize {
        1 + random.below(self.records.len() - 1)
    }

    /// Any record of a scenario.
    pub fn any_of(&self, scenario: Scenario, random: &mut Random) -> usize {
        self.seek(random, |document, record| document.text(record, 0) == scenario.identifier())
    }

    /// Any record in which the column is filled.
    pub fn any_filled(&self, column: usize, random: &mut Random) -> usize {
        self.seek(random, |document, record| !document.text(record, column).is_empty())
    }

    fn seek(&self, random: &mut Random, suits: impl Fn(&Self, usize) -> bool) -> usize {
        let start = self.any(random);
        let mut all = (start..self.records.len()).chain(1..start);
        all.find(|record| suits(self, *record)).expect("a clean file holds every kind of record")
    }
}

impl Record {
    /// Bytes of the record, its ending included.
    pub fn length(&self) -> usize {
        let delimiters = self.cells.len().saturating_sub(1);
        self.cells.iter().map(Vec::len).sum::<usize>() + delimiters + self.ending.len()
    }
}

/// A cell as the dialect stores it.
pub fn stored(dialect: Dialect, text: &[u8]) -> Vec<u8> {
    let mut cell = Vec::new();
    dialect.write_cell(text, &mut cell);
    cell
}
