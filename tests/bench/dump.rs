//! Prints a file's records for comparison with other programs' readers: one JSON object a line,
//! `{"row": 1, "line": 1, "offset": 0, "cells": ["..."]}`. `row` counts records from the header's 1, blank lines
//! included (they are one empty cell); `line` counts physical lines; `offset` is the record's first byte.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use csv::{ByteRecord, ReaderBuilder};
use serde_json::json;

/// Which reader's view is printed.
#[derive(Clone, Copy, ValueEnum)]
enum Reader {
    /// The csv crate. It passes over blank lines.
    Csv,
}

#[derive(Args)]
pub(crate) struct Dump {
    /// The file.
    file: PathBuf,
    /// Which reader's view to print.
    #[arg(long, value_enum)]
    reader: Reader,
}

impl Dump {
    pub(crate) fn run(self) -> io::Result<()> {
        match self.reader {
            Reader::Csv => self.by_csv(),
        }
    }

    fn by_csv(&self) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_path(&self.file)?;
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record)? {
            let cells: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
            let position = record.position().ok_or_else(|| io::Error::other("a record without a position"))?;
            let (row, line) = (position.record() + 1, position.line());
            writeln!(out, "{}", json!({ "row": row, "line": line, "offset": position.byte(), "cells": cells }))?;
        }
        out.flush()
    }
}
