//! Why a file could not be checked.

use std::io;
use std::sync::Arc;

use crate::finding::Printable;
use crate::plan::LayoutError;

/// Why a file could not be checked to its end. File names are printable.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum CheckError {
    /// It could not be opened or read, or it changed meanwhile.
    #[error("cannot check {file}: {reason}")]
    #[diagnostic(code(hrlint::unreadable), help("{}", help_for(reason)))]
    Read {
        /// The file.
        file: String,
        /// What the operating system says. Not a source: the message says it already.
        reason: io::Error,
    },
    /// A record is longer than the limit.
    #[error("{file}:{line}: row {row}, which begins at byte {offset}, is longer than {limit} bytes")]
    #[diagnostic(
        code(hrlint::record_too_long),
        help(
            "Look at that place: a line break may be missing. If rows really are that long, allow it with --max-record BYTES."
        )
    )]
    TooLong {
        /// The file.
        file: String,
        /// Physical line.
        line: u64,
        /// Spreadsheet row.
        row: u64,
        /// First byte of the record.
        offset: u64,
        /// The limit in bytes.
        limit: usize,
    },
    /// Repairs would put cells in quotes behind a quote that is never closed, and so close it.
    #[error("cannot mend {file}: a quote in it is never closed, and repairs behind it would add quotes")]
    #[diagnostic(
        code(hrlint::unclosed_quote),
        help("Close the quote by hand first; `hrlint check` shows where it opens (unterminated-quote).")
    )]
    Unclosed {
        /// The file.
        file: String,
    },
    /// The header has more columns than any spreadsheet.
    #[error("{file} has {columns} columns, more than any HR export")]
    #[diagnostic(
        code(hrlint::too_many_columns),
        help(
            "Look at its first line: the line breaks may be missing, or it is no HR export. At most 16,384 columns are read."
        )
    )]
    TooWide {
        /// The file.
        file: String,
        /// Columns of the header.
        columns: usize,
    },
    /// The file names no scenarios, and several fit its header equally well.
    #[error("cannot tell which scenario the rows of {file} belong to: {} fit equally well", candidates.join(" and "))]
    #[diagnostic(
        code(hrlint::scenario_unclear),
        help(
            "{}Name it, for example with --scenario {}, or add the column that names each row's scenario.",
            renamed(near),
            candidates[0]
        )
    )]
    Tie {
        /// The file.
        file: String,
        /// The scenarios that fit equally well; at least two.
        candidates: Vec<String>,
        /// Columns that are almost called as the mapping says, and how it says; printable.
        near: Vec<(String, String)>,
    },
    /// The file names no scenarios, and none has anything in common with its header.
    #[error("no column of {file} is one that the mapping knows")]
    #[diagnostic(
        code(hrlint::no_known_column),
        help(
            "Look at its first line. Is a title or a `sep=` line above the header, is there no header at all, or another \
             delimiter than the mapping's? If the columns are right, write a mapping that names them; `hrlint mapping` prints \
             the one in use."
        )
    )]
    NoKnownColumn {
        /// The file.
        file: String,
    },
}

impl CheckError {
    pub(crate) fn read(file: &Arc<str>, reason: io::Error) -> Self {
        Self::Read { file: Printable::new(file).to_string(), reason }
    }

    pub(super) fn tie(file: &Arc<str>, error: &LayoutError) -> Self {
        let file = Printable::new(file).to_string();
        if !error.known {
            return Self::NoKnownColumn { file };
        }
        let candidates = error.candidates.iter().map(|key| Printable::new(key).to_string()).collect();
        let printable = |name: &str| Printable::new(name.trim()).shortened(64).to_string();
        let near = error.near.iter().map(|(header, name)| (printable(header), printable(name))).collect();
        Self::Tie { file, candidates, near }
    }
}

/// What to rename, as a sentence with a blank behind it; empty where nothing is near.
fn renamed(near: &[(String, String)]) -> String {
    let pairs: Vec<_> = near.iter().take(3).map(|(header, name)| format!("{header} to {name}")).collect();
    if pairs.is_empty() {
        String::new()
    } else {
        format!("Rename the column {} if that is what it holds. ", pairs.join(", "))
    }
}

fn help_for(reason: &io::Error) -> &'static str {
    match reason.kind() {
        io::ErrorKind::NotFound => "Check the path; `hrlint check FOLDER` checks all CSV files in a folder.",
        io::ErrorKind::PermissionDenied => {
            "Ask for permission to read the file, or close the program that holds it open."
        }
        io::ErrorKind::InvalidData => {
            "Wait until the export is written, then check again: nothing said about this file holds."
        }
        _ => "Check that the file can be opened with another program, then try again.",
    }
}

/// Why a file was not checked or mended to its end.
#[derive(Debug)]
pub enum Stopped {
    /// Something is the matter with the file.
    File(CheckError),
    /// A listener or receiver could not write.
    Listener(io::Error),
}

impl From<CheckError> for Stopped {
    fn from(error: CheckError) -> Self {
        Self::File(error)
    }
}
