//! What is wrong, where, and how to mend it.
//!
//! A [`Finding`] is data about a fault in the *user's* file: never an `Err`, never text ready for a screen. Rules make
//! the words, the engine fills in the place, reports decide how it looks. The text of a cell travels only inside
//! [`CellText`], which cannot be printed by accident; everything foreign reaches a person through [`Printable`].
//!
//! This module knows nothing of rules, mappings or formats.

mod cell_text;
mod link;
mod printable;

use std::fmt;
use std::sync::Arc;

pub use cell_text::CellText;
pub use link::{Link, LinkKey};
pub use printable::Printable;

/// How grave a finding is. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never a reason to stop.
    Info,
    /// Probably a mistake; the service takes the row, perhaps not as it was meant.
    Warning,
    /// The service would refuse, lose or misread the data.
    Error,
}

impl Severity {
    /// All severities, gravest last.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// The word used in options, mappings and reports: `info`, `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity that is called `name` in options and mappings, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One fault in one file, with everything a report needs to say about it.
#[derive(Clone)]
pub struct Finding {
    /// The rule's kebab-case name.
    pub rule: &'static str,
    /// The rule's severity in this run (the mapping and options may have changed its default).
    pub severity: Severity,
    /// The file's path as the user gave it, with `/` separators.
    pub file: Arc<str>,
    /// Where in the file.
    pub place: Place,
    /// Key of the scenario that the row belongs to, where it is known.
    pub scenario: Option<Arc<str>>,
    /// What is wrong: one sentence fragment without a full stop. Holds no cell text.
    pub message: String,
    /// What to do next: a full sentence. Holds no cell text.
    pub help: String,
    /// Whom the row is about, where that was asked for.
    pub person: Option<Link>,
    /// The faulty cell's text, for findings about a cell.
    pub value: Option<CellText>,
    /// The repair, where there is one.
    pub fix: Option<Fix>,
    /// The first occurrence, for findings about duplicates.
    pub first: Option<Related>,
    /// The record's text around the faulty cell, for reports that show it.
    pub excerpt: Option<Excerpt>,
}

/// Where a finding is, right both in an editor and in a spreadsheet. A part that has no meaning for the finding is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Spreadsheet row: the header is 1, and every record is one row, however many lines it spans.
    pub row: Option<u64>,
    /// Physical line in an editor where the cell begins, 1-based.
    pub line: Option<u64>,
    /// 1-based column.
    pub column: Option<u32>,
    /// The header text of that column.
    pub header: Option<Arc<str>>,
    /// 1-based character on `line` where the cell begins.
    pub char: Option<u64>,
    /// First byte of the cell in the file as stored, quotes included.
    pub offset: Option<u64>,
    /// Bytes of the cell in the file as stored, quotes included.
    pub length: Option<u64>,
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file's path as the user gave it.
    pub file: Arc<str>,
    /// Spreadsheet row in that file.
    pub row: u64,
}

/// Whether a repair may be applied without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// There is more than one possible meaning, or something is lost: a person decides.
    Unsafe,
    /// Nothing is lost and there is one possible meaning.
    Safe,
}

impl Safety {
    /// The word used in reports: `safe` or `unsafe`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A repair: all edits together, or none.
#[derive(Clone, PartialEq, Eq)]
pub struct Fix {
    /// May it be applied unseen?
    pub safety: Safety,
    /// Replacements, in file order, without overlap. None, where the whole file must be written anew: only `hrlint fix` does
    /// that.
    pub edits: Vec<Edit>,
    /// Whether it is right only because of what stands in other records. `hrlint fix`, which mends each record by itself,
    /// leaves such a repair to an editor, and it is not counted among what `hrlint fix` mends.
    pub by_hand: bool,
}

/// Replace `length` bytes at `offset` of the stored file with `text`.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// First byte replaced.
    pub offset: u64,
    /// Number of bytes replaced; 0 inserts.
    pub length: u64,
    /// What stands there afterwards, quotes included. It may hold cell text, so reports treat it as they treat values.
    pub text: String,
}

/// The stored text of a record near the faulty cell, cut to a size that is fit to be shown.
///
/// It holds cell text: a report shows it only through [`CellText`] and [`Printable`].
#[derive(Clone)]
pub struct Excerpt {
    /// Cells of the record, in order, at most a few on each side of the faulty one.
    pub cells: Vec<CellText>,
    /// 1-based column of the first cell in `cells`.
    pub first_column: u32,
    /// Whether the record has more cells after the last one shown.
    pub more: bool,
}
