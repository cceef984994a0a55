//! Prints the records of files for comparison with other programs' readers: one JSON object a line,
//! `{"file":0,"row":1,"line":1,"offset":0,"cells":["..."]}`.
//!
//! `file` is the place of the file on the command line, from 0. `row` counts records from the header's 1, blank lines
//! included (such a record is one empty cell); `line` counts physical lines; `offset` is the record's first byte.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use csv::{ByteRecord, ReaderBuilder};
use hrlint::scan::{Instructions, Outcome, Piece, Scanner, Tape, unquote};
use serde_json::json;

/// Whose view is printed.
#[derive(Clone, Copy, ValueEnum)]
enum Reader {
    /// Ours.
    Hrlint,
    /// The csv crate's. It passes over blank lines.
    Csv,
}

#[derive(Args)]
pub(crate) struct Dump {
    /// The files.
    files: Vec<PathBuf>,
    /// Whose view to print.
    #[arg(long, value_enum, default_value = "hrlint")]
    reader: Reader,
}

impl Dump {
    pub(crate) fn run(self) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        for (number, file) in self.files.iter().enumerate() {
            match self.reader {
                Reader::Hrlint => by_hrlint(number, file, &mut out)?,
                Reader::Csv => by_csv(number, file, &mut out)?,
            }
        }
        out.flush()
    }
}

/// By our scanner, with the whole file in memory.
fn by_hrlint(number: usize, file: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut bytes = std::fs::read(file)?;
    let len = bytes.len();
    bytes.push(b'\n');
    bytes.resize(bytes.len() + Piece::PADDING, 0);
    let begin = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let scanner = Scanner { delimiter: b',', limit: 1 << 30, expected: None, instructions: Instructions::detect() };
    let mut tape = Tape::default();
    let outcome = scanner.scan(Piece { bytes: &bytes, len, ends_file: true }, begin, len, &mut tape);
    if outcome != Outcome::Complete(len) {
        return Err(io::Error::other(format!("the scan ended with {outcome:?}")));
    }
    for i in 0..tape.len() {
        let record = tape.record(i);
        let (row, offset) = (i + 1, record.begin());
        let line = row + tape.inner_breaks_before(offset as u32);
        let cells = (0..record.len()).map(|cell| unquote(&bytes[record.cell(&bytes, cell)]));
        let cells: Vec<_> = cells.map(|cell| String::from_utf8_lossy(&cell).into_owned()).collect();
        writeln!(out, "{}", json!({ "file": number, "row": row, "line": line, "offset": offset, "cells": cells }))?;
    }
    Ok(())
}

fn by_csv(number: usize, file: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_path(file)?;
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        let position = record.position().ok_or_else(|| io::Error::other("a record without a position"))?;
        let cells: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
        let (row, line, offset) = (position.record() + 1, position.line(), position.byte());
        writeln!(out, "{}", json!({ "file": number, "row": row, "line": line, "offset": offset, "cells": cells }))?;
    }
    Ok(())
}
