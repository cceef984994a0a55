//! The rules: one file each, holding its manual, its check, its repair and its tests.
//!
//! A rule is handed a view of the place it judges ([`Cell`], [`Record`], [`Header`]) or, where only the engine can see
//! the fault (a quote that never closes, a duplicate a million rows apart), the [`Observed`] fact. It says whether it
//! fires, and, when somebody will read it, in which words and with which repair. Checking and explaining are apart
//! because a file may hold ten million faults of which a person reads a thousand.
//!
//! Rules are naive, separate and readable. They know nothing of blocks, threads, reports or how a good cell is
//! accepted.
//!
//! To add one: write `src/rules/<family>/<name>.rs`, add its row to the family's slice, and `fixtures/rules/<name>/`.

pub mod address;
pub(crate) mod amount;
mod bytes;
mod catalogue;
mod column;
pub mod connector;
pub mod date;
pub mod file;
mod gate;
pub mod header;
pub(crate) mod likeness;
#[cfg(test)]
mod mends;
mod observed;
pub mod past;
pub mod record;
pub mod scenario;
#[cfg(test)]
mod testing;
pub mod text;
mod view;

pub use bytes::Bytes;
pub use catalogue::{json, markdown};
pub use observed::{First, Observed};
pub use view::{Cell, Frame, Header, Record, ScenarioFrame, Settings};

use std::borrow::Cow;

use crate::finding::{Safety, Severity};
use crate::mapping::{FieldKind, RuleFacts, RuleOption};

/// A rule: what it is called, how grave its faults are, where it looks, and its manual.
pub struct Rule {
    /// Kebab-case, named for the fault; reads well after "allow".
    pub name: &'static str,
    /// Severity unless the mapping or an option says otherwise.
    pub severity: Severity,
    /// *Contract* rules guard what the service requires: they can be raised but not lowered.
    pub contract: bool,
    /// The best repair the rule can offer, `None` where only a person can mend the fault.
    pub fix: Option<Safety>,
    /// The source of the rule's own file, whose `//!` lines are the manual.
    pub source: &'static str,
    /// The severity of the milder form of the fault, where there is one.
    pub milder: Option<Severity>,
    /// Thresholds that a mapping may set.
    pub options: &'static [RuleOption],
    /// Where it looks and how it judges.
    pub check: Check,
}

/// Where a rule looks and how it judges.
pub enum Check {
    /// Judges single cells.
    Cell {
        /// Which cells it is asked about.
        place: CellPlace,
        /// What a cell must hold some of, for the rule to be asked about it.
        needs: Bytes,
        /// Whether the cell has the fault. Called for every cell that is not surely good; does not allocate where it
        /// can be helped.
        fires: fn(&Cell<'_>) -> bool,
        /// The words, for a cell on which `fires` said yes.
        explain: fn(&Cell<'_>) -> Explanation,
    },
    /// Judges a whole record. The place reported is that of `column`.
    Record {
        /// Which records it is asked about.
        place: RecordPlace,
        /// Whether the record has the fault: the column to point at.
        fires: fn(&Record<'_>) -> Option<usize>,
        /// The words, for a record on which `fires` said yes.
        explain: fn(&Record<'_>) -> Explanation,
    },
    /// Judges the header, once a file.
    Header {
        /// Every fault of the header: the column it is in (`None`: a column is missing) and the words.
        faults: fn(&Header<'_>) -> Vec<HeaderFault>,
    },
    /// The engine sees the fault; the rule has the words.
    Engine {
        /// The words for the observed fact.
        explain: fn(&Observed) -> Explanation,
    },
}

/// Which cells a cell rule is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellPlace {
    /// Filled cells of a field of one of these kinds, in rows whose scenario uses the field.
    Filled(&'static [FieldKind]),
    /// Empty cells of a field that the row's scenario uses.
    Blank,
    /// Filled cells in a mapped column that the row's scenario does not use.
    Foreign,
    /// The identifier column's cell, filled or empty.
    Identifier,
    /// Every cell of every column, unmapped ones too, decoded or not.
    Any,
}

/// Which records a record rule is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordPlace {
    /// Every one.
    Any,
    /// Those that have not as many cells as the header has columns.
    Uneven,
    /// Rows of scenarios that have a column for each of these fields.
    With(&'static [&'static str]),
    /// The same, for rules that look at nothing but those cells, if the record has as many cells as the header.
    Of(&'static [&'static str]),
}

/// A fault of the header: the 0-based column it is in (`None`: a column is missing), and the words.
pub type HeaderFault = (Option<usize>, Explanation);

/// The words of a finding, and the repair.
pub struct Explanation {
    /// What is wrong: a lower-case fragment without a full stop, without any cell text.
    pub message: Cow<'static, str>,
    /// What to do next: a full sentence, without any cell text.
    pub help: Cow<'static, str>,
    /// The repair, where there is one for this very fault.
    pub mend: Option<Mend>,
    /// Whether this is the milder form of the fault, for rules that have one.
    pub milder: bool,
}

impl Explanation {
    /// Words without a repair.
    #[must_use]
    pub fn new(message: impl Into<Cow<'static, str>>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into(), help: help.into(), mend: None, milder: false }
    }

    /// The same words with a repair.
    #[must_use]
    pub fn with(self, mend: impl Into<Option<Mend>>) -> Self {
        Self { mend: mend.into(), ..self }
    }
}

/// A repair in a rule's own terms; the engine turns it into byte edits of the stored file.
#[derive(Clone, PartialEq, Eq)]
pub enum Mend {
    /// The cell's text becomes this; quotes are kept or added as the text needs.
    Cell(Safety, String),
    /// The texts of several cells of the record (0-based column, text) change together.
    Cells(Safety, Vec<(usize, String)>),
    /// The record goes away, with its line ending.
    DeleteRecord(Safety),
    /// The bytes at this offset of the file, this many, become this text (for faults outside cells, such as a byte
    /// order mark).
    Bytes(Safety, u64, u64, String),
    /// Empty cells are added at the end of the record, this many.
    Pad(Safety, usize),
    /// The whole file is written anew, by `hrlint fix`: a repair of too many places to name them.
    Whole(Safety),
}

impl Mend {
    /// Whether it may be made unseen.
    #[must_use]
    pub fn safety(&self) -> Safety {
        match self {
            Self::Cell(safety, _)
            | Self::Cells(safety, _)
            | Self::DeleteRecord(safety)
            | Self::Bytes(safety, ..)
            | Self::Pad(safety, _)
            | Self::Whole(safety) => *safety,
        }
    }
}

/// The families of rules, in the order of the manual.
const FAMILIES: &[(&str, &[&Rule])] = &[
    ("file", file::RULES),
    ("header", header::RULES),
    ("record", record::RULES),
    ("scenario", scenario::RULES),
    ("address", address::RULES),
    ("date", date::RULES),
    ("text", text::RULES),
    ("column", column::RULES),
    ("connector", connector::RULES),
    ("past", past::RULES),
    ("gate", gate::RULES),
];

/// Every rule, in the order of the manual.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|(_, rules)| rules.iter().copied())
}

/// What a mapping must know of every rule, to judge what it says about them.
#[must_use]
pub fn facts() -> Vec<RuleFacts> {
    let facts = |rule: &'static Rule| RuleFacts {
        name: rule.name,
        default_severity: rule.severity,
        contract: rule.contract,
        options: rule.options,
    };
    all().map(facts).collect()
}

/// The rule of that name, if there is one.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

impl Rule {
    /// The rule's manual: the `//!` lines of its file, as Markdown.
    #[must_use]
    pub fn manual(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).fold(String::new(), |text, line| text + line + "\n")
    }

    /// Whether a waiver may let its faults pass. Rules about waivers and about what is kept in git are switched off instead.
    #[must_use]
    pub fn can_be_waived(&self) -> bool {
        gate::RULES.iter().all(|rule| rule.name != self.name)
    }

    /// The manual's first line: the fault in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.source.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or_default()
    }
}
