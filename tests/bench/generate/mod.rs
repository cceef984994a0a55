//! Makes HR files of any size: the same bytes for the same seed on every platform.
//!
//! A `clean` file gives no finding at all under `--now 2026-07-01T00:00:00Z`: no two records are about the same event,
//! last days follow notices, and texts hold nothing odd. The other kinds start from the same records. Files are written
//! block by block and never held.

#![allow(dead_code, unreachable_pub, reason = "several test targets share these modules, each uses a part")]

pub mod calendar;
pub mod dialect;
pub mod faults;
pub mod random;
pub mod row;
pub mod scenario;
pub mod words;

use std::io::{self, Write};

use clap::ValueEnum;

pub use dialect::Dialect;
use random::Random;
use row::Row;
pub use scenario::{MIXED_HEADER, Scenario};

/// What kind of file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Nothing to find.
    Clean,
    /// Every cell quoted; some remarks hold doubled quotes and line breaks. No error to find.
    Quoted,
    /// Every cell of every record is wrong. Most records still name their scenario, so that their cells are judged.
    AllBad,
    /// Like `Clean`, but one record in a hundred has one wrong cell.
    Dirty,
    /// Like `Clean`, but every record has one wrong cell.
    AllDirty,
}

/// What file is made.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Its kind.
    pub kind: Kind,
    /// Decides everything that chance decides.
    pub seed: u64,
    /// The only scenario in it; `None`: the four that share a file, in nine columns.
    pub alone: Option<Scenario>,
    /// How it is written.
    pub dialect: Dialect,
    /// Whether some remarks hold line breaks and doubled quotes.
    pub breaks: bool,
}

impl Options {
    /// A file of several scenarios, as its kind is written by default.
    #[must_use]
    pub fn new(kind: Kind, seed: u64) -> Self {
        let quoted = kind == Kind::Quoted;
        Self { kind, seed, alone: None, dialect: Dialect { quote_all: quoted, ..Dialect::PLAIN }, breaks: quoted }
    }

    /// The header's names.
    #[must_use]
    pub fn header(&self) -> &'static [&'static str] {
        self.alone.map_or(&MIXED_HEADER, Scenario::header)
    }

    /// Writes the cells of the `index`-th record after the header, unquoted: `take` gets each column's text in turn.
    pub fn cells(&self, index: u64, text: &mut Vec<u8>, mut take: impl FnMut(usize, &[u8])) {
        let mut row = Row::new(self.seed, index, self.alone, self.breaks);
        let wrong = self.wrong(index, &mut row);
        for column in 0..self.header().len() {
            text.clear();
            let mixed = self.alone.map_or(column, |scenario| *scenario.mixed_columns().get(column).unwrap_or(&9));
            if wrong.hits(mixed) {
                faults::write(&mut row, mixed, text);
            } else if self.alone == Some(Scenario::EmployeeProfile) {
                row.write_profile(column, text);
            } else {
                row.write(mixed, text);
            }
            take(column, text);
        }
    }

    fn wrong(&self, index: u64, row: &mut Row) -> Wrong {
        match self.kind {
            Kind::Clean | Kind::Quoted => Wrong::None,
            Kind::AllBad if row.random.below(8) == 0 => Wrong::All,
            Kind::AllBad => Wrong::AllButScenario,
            Kind::Dirty if Random::at(self.seed ^ 1, index).below(100) > 0 => Wrong::None,
            Kind::Dirty | Kind::AllDirty => {
                let columns = row.scenario.mixed_columns();
                Wrong::One(columns[row.random.below(columns.len())])
            }
        }
    }

    /// Writes the header and `rows` records.
    ///
    /// # Errors
    ///
    /// What `out` raises.
    pub fn write(&self, rows: u64, out: &mut impl Write) -> io::Result<()> {
        let (mut block, mut text) = (Vec::with_capacity(BLOCK + 4096), Vec::new());
        if self.dialect.bom {
            block.extend_from_slice("\u{feff}".as_bytes());
        }
        for (column, name) in self.header().iter().enumerate() {
            self.write_cell(column, name.as_bytes(), &mut block);
        }
        block.extend_from_slice(self.dialect.ending());
        for index in 0..rows {
            self.cells(index, &mut text, |column, cell| self.write_cell(column, cell, &mut block));
            block.extend_from_slice(self.dialect.ending());
            if block.len() >= BLOCK {
                out.write_all(&block)?;
                block.clear();
            }
        }
        out.write_all(&block)?;
        out.flush()
    }

    fn write_cell(&self, column: usize, text: &[u8], block: &mut Vec<u8>) {
        if column > 0 {
            block.push(self.dialect.delimiter);
        }
        self.dialect.write_cell(text, block);
    }
}

const BLOCK: usize = 1 << 18;

/// Which cells of a record are made wrong.
#[derive(Clone, Copy)]
enum Wrong {
    None,
    One(usize),
    AllButScenario,
    All,
}

impl Wrong {
    fn hits(self, column: usize) -> bool {
        match self {
            Self::None => false,
            Self::One(one) => one == column,
            Self::AllButScenario => column != 0 && column < 9,
            Self::All => column < 9,
        }
    }
}
