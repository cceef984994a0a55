//! Where the ledger of uploads is, and what it tells a check.

use std::path::{Path, PathBuf};

use clap::Args;

use super::output;
use crate::finding::Printable;
use crate::mapping::Mapping;
use crate::rules::past::Past;
use crate::upload::ledger::{self, LedgerError, Reading, UploadPast};
use crate::upload::past;

/// The place of the ledger.
#[derive(Args, Debug)]
pub(super) struct Place {
    /// Ledger of what was sent [default: hrlint/ledger.jsonl in the user's folder for state]
    #[arg(long, value_name = "FILE", env = "HRLINT_LEDGER")]
    ledger: Option<PathBuf>,
}

/// The number of an upload, as it is typed.
pub(super) fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "uploads go by number; `hrlint history` lists them".to_owned())
}

/// There is no such upload.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum NoUpload {
    #[error("the ledger {0} holds no upload")]
    #[diagnostic(
        code(hrlint::no_upload),
        help("Nothing was sent from here so far; another ledger is given with --ledger FILE.")
    )]
    None(Printable),
    #[error("the ledger {1} holds no upload {0}")]
    #[diagnostic(code(hrlint::no_upload), help("`hrlint history` lists all uploads with their numbers."))]
    Unknown(u64, Printable),
}

impl Place {
    /// The ledger's path.
    pub(super) fn path(&self) -> Result<PathBuf, LedgerError> {
        self.ledger.clone().map_or_else(ledger::default_path, Ok)
    }

    /// Reads the ledger, which may be damaged.
    pub(super) fn read(&self) -> Result<(PathBuf, Reading), LedgerError> {
        let path = self.path()?;
        let reading = Reading::read(&path)?;
        Ok((path, reading))
    }

    /// Reads a ledger that must not be damaged, and picks an upload: the one of that number, else the newest.
    pub(super) fn upload(&self, number: Option<u64>) -> miette::Result<UploadPast> {
        let (path, reading) = self.read()?;
        sound(&path, &reading)?;
        let upload = match number {
            Some(number) => {
                reading.uploads.get(number).ok_or_else(|| NoUpload::Unknown(number, Printable::of_path(&path)))?
            }
            None => reading.uploads.last().ok_or_else(|| NoUpload::None(Printable::of_path(&path)))?,
        };
        Ok(upload.clone())
    }
}

/// What a check by a mapping is told of what was sent before.
pub(super) fn past(path: &Path, reading: &Reading, mapping: &Mapping, quiet: bool) -> Option<Past> {
    let past = past::of_connector(&reading.uploads, &mapping.connector);
    if past.is_none() && !quiet {
        let name =
            mapping.file.as_ref().map_or_else(|| "no mapping".to_owned(), |file| Printable::of_path(file).to_string());
        output::note(&format!(
            "the ledger {} knows several connectors, and {name} does not say which one is meant: rules about the past are silent",
            Printable::of_path(path)
        ));
    }
    past
}

/// Reads the ledger that a check is given.
pub(super) fn read_sound(path: &Path) -> Result<Reading, LedgerError> {
    let reading = Reading::read(path)?;
    sound(path, &reading)?;
    Ok(reading)
}

fn sound(path: &Path, reading: &Reading) -> Result<(), LedgerError> {
    reading.verify().map_err(|(line, fault)| LedgerError::Damaged { path: Printable::of_path(path), line, fault })
}
