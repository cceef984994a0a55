//! `hrlint reconcile`: what the service says it saved, against what was sent.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::ledger::{self, Place};
use super::{CLEAN, FOUND, output};
use crate::finding::Printable;
use crate::source;
use crate::upload::ledger::UploadPast;
use crate::upload::reconcile::{Comparison, Log, NoCounts, Verdict, compare};

/// The largest log, in MiB.
const LARGEST: u64 = 64;

/// Chunks that are named.
const MOST_NAMED: usize = 20;

#[derive(Args, Debug)]
#[command(group = ArgGroup::new("counts").required(true).args(["records_saved", "log"]))]
pub(super) struct Arguments {
    /// Number of the upload, as `hrlint history` lists it [default: the newest]
    #[arg(value_name = "UPLOAD", value_parser = ledger::number)]
    upload: Option<u64>,

    /// `RecordsSaved` as the connector's log has it
    #[arg(long, value_name = "N")]
    records_saved: Option<u64>,

    /// `RecordsSkipped` as the connector's log has it, where it has one
    #[arg(long, value_name = "N", requires = "records_saved")]
    records_skipped: Option<u64>,

    /// The connector's log as downloaded from the portal: JSON, CSV or text
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,

    #[command(flatten)]
    place: Place,
}

/// A log that cannot be used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum LogError {
    #[error("cannot read the log {file}: {reason}")]
    #[diagnostic(
        code(hrlint::log_unreadable),
        help("Download the connector's log again, or type its number with --records-saved N.")
    )]
    Read { file: Printable, reason: io::Error },
    #[error("{file}: {reason}")]
    #[diagnostic(
        code(hrlint::log_without_counts),
        help("Look into the log, and type its number with --records-saved N.")
    )]
    Counts { file: Printable, reason: NoCounts },
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let log = match &self.log {
            Some(file) => read(file)?,
            None => Log {
                saved: self.records_saved.into_iter().collect(),
                skipped: self.records_skipped.into_iter().collect(),
            },
        };
        let upload = self.place.upload(self.upload)?;
        let comparison = compare(&upload, &log);
        output::print(&text(&upload, &comparison))?;
        Ok(if comparison.verdict == Verdict::Equal { CLEAN } else { FOUND })
    }
}

fn read(file: &Path) -> Result<Log, LogError> {
    let name = || Printable::of_path(file);
    let bytes = source::read_at_most(file, LARGEST).map_err(|reason| LogError::Read { file: name(), reason })?;
    Log::read(&bytes).map_err(|reason| LogError::Counts { file: name(), reason })
}

fn text(upload: &UploadPast, comparison: &Comparison) -> String {
    let Comparison { sent, saved, skipped, unknown, verdict, suspects } = comparison;
    let file = Printable::new(&upload.begin.file);
    let mut text = format!("upload {} ({file}): {sent} rows sent, {saved} saved", upload.number);
    if *skipped > 0 {
        write!(text, ", {skipped} skipped").expect("memory takes it");
    }
    text += "\n";
    let said = match verdict {
        Verdict::Equal => "The service saved every row.\n".to_owned(),
        Verdict::UnknownMissing => format!(
            "The service saved every row that it answered for. The {unknown} rows of which nobody knew have not arrived: \
             go on with --resend-unknown.\n"
        ),
        Verdict::UnknownArrived => format!(
            "The service saved every row, and the {unknown} rows of which nobody knew as well: go on with --assume-sent.\n"
        ),
        Verdict::Skipped => format!(
            "{skipped} rows arrived, and the service did not keep them, most likely because nobody has their address. \
             Look for addresses that are not those people sign in with.\n"
        ),
        Verdict::Missing(rows) => format!("{rows} rows are missing.\n"),
        Verdict::Surplus(rows) => format!(
            "{rows} rows more were saved than were sent: rows arrived twice, or the number is that of several uploads.\n"
        ),
    };
    text += &said;
    let heading = if matches!(verdict, Verdict::Surplus(_)) {
        "These chunks may have arrived twice"
    } else {
        "These chunks may be short"
    };
    if !suspects.is_empty() {
        writeln!(text, "{heading}:").expect("memory takes it");
    }
    for suspect in suspects.iter().take(MOST_NAMED) {
        writeln!(
            text,
            "  chunk {}, {} ({} records): {}",
            suspect.chunk,
            suspect.rows,
            suspect.records,
            suspect.why.words()
        )
        .expect("memory takes it");
    }
    if suspects.len() > MOST_NAMED {
        writeln!(text, "  and {} more", suspects.len() - MOST_NAMED).expect("memory takes it");
    }
    if suspects.is_empty() && matches!(verdict, Verdict::Missing(_)) {
        text += "Nothing points at one chunk: each was accepted. The service may still be at work on them; look again in an hour.\n";
    }
    text
}
