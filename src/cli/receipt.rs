//! `hrlint receipt`: one upload, for the auditor.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ledger::{self, Place};
use super::{CLEAN, output};
use crate::finding::Printable;
use crate::upload::receipt::{Receipt, page, text};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Number of the upload, as `hrlint history` lists it [default: the newest]
    #[arg(value_name = "UPLOAD", value_parser = ledger::number)]
    upload: Option<u64>,

    #[command(flatten)]
    place: Place,

    /// Form of the receipt
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,

    /// File to write it to [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Plain text
    Text,
    /// A JSON object
    Json,
    /// A page to print
    Html,
}

/// The receipt cannot be written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot write {file}: {reason}")]
#[diagnostic(code(hrlint::receipt_unwritable), help("Choose another place for it with --output FILE."))]
pub(super) struct Unwritable {
    pub(super) file: Printable,
    pub(super) reason: std::io::Error,
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let upload = self.place.upload(self.upload)?;
        let receipt = Receipt::of(&upload);
        let written = match self.format {
            Format::Text => text(&receipt),
            Format::Json => receipt.json(),
            Format::Html => page(&receipt),
        };
        match self.output {
            None => output::print(&written),
            Some(file) => {
                let name = Printable::of_path(&file);
                fs::write(&file, written).map_err(|reason| Unwritable { file: name, reason })?;
                Ok(CLEAN)
            }
        }
    }
}
