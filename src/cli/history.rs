//! `hrlint history`: what was sent, and whether the ledger is whole.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use serde::Serialize;

use super::ledger::Place;
use super::{CLEAN, FOUND, output};
use crate::finding::Printable;
use crate::source;
use crate::upload::ledger::{Digest, Reading, Tail, UploadPast};
use crate::upload::receipt::{Receipt, Standing, Tie};

/// Faults that are told one by one.
const MOST_FAULTS: usize = 10;

const HEADINGS: [&str; 8] = ["upload", "begun", "file", "rows", "chunks", "state", "cloud", "job"];

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,

    /// Receipts (JSON) whose uploads must still be in the ledger as they were; may be repeated
    #[arg(long = "receipt", value_name = "FILE")]
    receipts: Vec<PathBuf>,

    /// How the list is printed
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    Text,
    /// A JSON object
    Json,
}

/// A receipt that cannot be used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot read the receipt {file}: {reason}")]
#[diagnostic(code(hrlint::receipt_unreadable), help("Give a file that `hrlint receipt --format json` wrote."))]
struct Unreadable {
    file: Printable,
    reason: String,
}

/// The ledger for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct History {
    version: u32,
    ledger: String,
    sound: bool,
    faults: Vec<FaultAt>,
    torn_bytes: Option<u64>,
    records: u64,
    head: Digest,
    receipts: Vec<ReceiptHeld>,
    uploads: Vec<Receipt>,
}

#[derive(Serialize)]
struct FaultAt {
    line: u64,
    fault: String,
}

#[derive(Serialize)]
struct ReceiptHeld {
    file: String,
    upload: u64,
    holds: bool,
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let (path, reading) = self.place.read()?;
        let held = self.receipts.iter().map(|file| held(file, &reading)).collect::<Result<Vec<_>, _>>()?;
        let sound = reading.verify().is_ok() && held.iter().all(|receipt| receipt.holds);
        match self.format {
            Format::Text => output::print(&text(&path, &reading, &held))?,
            Format::Json => output::print(&json(&path, &reading, held, sound))?,
        };
        Ok(if sound { CLEAN } else { FOUND })
    }
}

fn held(file: &Path, reading: &Reading) -> Result<ReceiptHeld, Unreadable> {
    let name = Printable::of_path(file);
    let unreadable = |reason: String| Unreadable { file: name.clone(), reason };
    let bytes = source::read_at_most(file, 16).map_err(|error| unreadable(error.to_string()))?;
    let tie: Tie = serde_json::from_slice(&bytes).map_err(|_| unreadable("it is no receipt".to_owned()))?;
    Ok(ReceiptHeld { file: name.to_string(), upload: tie.upload, holds: tie.holds(reading) })
}

fn json(path: &Path, reading: &Reading, receipts: Vec<ReceiptHeld>, sound: bool) -> String {
    let fault = |(line, fault): &(u64, crate::upload::ledger::Fault)| FaultAt { line: *line, fault: fault.to_string() };
    let history = History {
        version: 1,
        ledger: Printable::of_path(path).to_string(),
        sound,
        faults: reading.faults.iter().map(fault).collect(),
        torn_bytes: match reading.tail {
            Tail::Torn(bytes, _) => Some(bytes),
            Tail::None | Tail::Unended => None,
        },
        records: reading.head.0,
        head: reading.head.1,
        receipts,
        uploads: reading.uploads.iter().map(Receipt::of).collect(),
    };
    serde_json::to_string_pretty(&history).expect("it holds texts and numbers only") + "\n"
}

fn text(path: &Path, reading: &Reading, held: &[ReceiptHeld]) -> String {
    let name = Printable::of_path(path);
    let mut lines = vec![match reading.uploads.last() {
        Some(_) => table(reading),
        None => "nothing was sent so far".to_owned(),
    }];
    if reading.faults.is_empty() {
        lines.push(format!("{name}: {} records, each as it was written", reading.head.0));
    } else {
        lines.extend(reading.faults.iter().take(MOST_FAULTS).map(|(line, fault)| format!("{name}:{line}: {fault}")));
        lines.push(
            "The ledger is damaged: nothing is sent with it. Keep it for whoever looks into it, and begin a new one with \
             --ledger FILE."
                .to_owned(),
        );
    }
    if let Tail::Torn(bytes, _) = reading.tail {
        lines.push(format!(
            "A run was cut off while it wrote its last record ({bytes} bytes); the next upload drops what is left of it."
        ));
    }
    lines.extend(held.iter().map(|ReceiptHeld { file, upload, holds }| {
        let holds = if *holds { "as it was" } else { "NOT in the ledger as it was: records were changed or cut off" };
        format!("{file}: upload {upload} is {holds}")
    }));
    lines.join("\n") + "\n"
}

fn table(reading: &Reading) -> String {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(HEADINGS);
    for upload in reading.uploads.iter() {
        table.add_row(row(upload));
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, u16::from(at + 1 < HEADINGS.len()) * 2));
        if matches!(HEADINGS[at], "upload" | "rows" | "chunks") {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn row(upload: &UploadPast) -> Vec<Cell> {
    let begin = &upload.begin;
    let done = upload.chunks.iter().filter(|chunk| chunk.is_done()).count();
    let state = match Standing::of(upload) {
        Standing::Accepted => "accepted",
        Standing::Assumed => "assumed",
        Standing::Unknown => "unknown",
        Standing::Incomplete => "incomplete",
    };
    let text = |text: &str| Cell::new(Printable::new(text));
    vec![
        Cell::new(upload.number),
        Cell::new(upload.begun.format("%Y-%m-%d %H:%M UTC")),
        text(&begin.file),
        Cell::new(begin.rows),
        Cell::new(format!("{done}/{}", begin.chunks)),
        Cell::new(state),
        text(&begin.key.cloud),
        text(begin.key.job.get(..8).unwrap_or(&begin.key.job)),
    ]
}
