//! Why the ledger cannot be used.

use std::io;

use super::reading::Fault;
use crate::finding::Printable;

/// Why the ledger cannot be read or written. Messages name its path and nothing that is in it.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum LedgerError {
    /// There is no place for it.
    #[error("there is no folder to keep the ledger in")]
    #[diagnostic(code(hrlint::ledger_place), help("Say where with --ledger FILE or HRLINT_LEDGER."))]
    NoPlace,
    /// It cannot be opened or read.
    #[error("cannot open the ledger {path}: {reason}")]
    #[diagnostic(
        code(hrlint::ledger_unreadable),
        help(
            "Nothing is sent without it. Whoever runs hrlint must be able to read and write that file and its folder; another place is given with --ledger FILE."
        )
    )]
    Open {
        /// The ledger.
        path: Printable,
        /// What the operating system says.
        reason: io::Error,
    },
    /// It is a link, a device or something else that is no plain file of its own.
    #[error("the ledger {path} is {what}")]
    #[diagnostic(
        code(hrlint::ledger_not_a_file),
        help(
            "Nothing is sent with it. The ledger must be a plain file of its own, so that nobody can put another in its place; give its real path with --ledger FILE."
        )
    )]
    NotAFile {
        /// The ledger.
        path: Printable,
        /// What it is.
        what: &'static str,
    },
    /// Another run holds it.
    #[error("the ledger {path} is in use by {holder}")]
    #[diagnostic(
        code(hrlint::ledger_locked),
        help("Nothing was sent. Wait until that run is done; its outcome decides what is left to send.")
    )]
    Locked {
        /// The ledger.
        path: Printable,
        /// Who holds it, as far as is known.
        holder: Printable,
    },
    /// A record was changed, removed or added.
    #[error("the ledger {path} is damaged at line {line}: {fault}")]
    #[diagnostic(
        code(hrlint::ledger_damaged),
        help(
            "Nothing is sent with it. `hrlint history` shows what can still be read. Keep the file for whoever looks into it, and begin a new one with --ledger FILE."
        )
    )]
    Damaged {
        /// The ledger.
        path: Printable,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// A record could not be written, or not brought to the disk.
    #[error("cannot write to the ledger {path}: {reason}")]
    #[diagnostic(
        code(hrlint::ledger_unwritable),
        help("Make room on that disk, then run the same command again: it goes on where the ledger ends.")
    )]
    Write {
        /// The ledger.
        path: Printable,
        /// What the operating system says.
        reason: io::Error,
    },
}
