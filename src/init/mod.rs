//! A mapping from samples: what the connector's wizard asks a person, answered from the files.
//!
//! [`Sample::read`] reads the beginning of each file. [`propose`] finds the identifier column and what its values mean, lays the
//! rows of each scenario together over all samples, and gives every field the column that its name and its values speak for. What
//! it is not sure of it asks ([`Ask`]); what nobody answers becomes a note. The values of samples are looked at and never told, but for
//! those of the identifier column, which are names of scenarios.
//!
//! ```text
//! file --sampling--> Sample --scenarios--> identifier, rows of each scenario --table--> names and values of columns
//!                                                                                          |
//!            Proposal <--proposal-- column of each field, how sure, why <--matching-- words of names (header, fields, words)
//!                                                                                     likelihood of values (profile, values)
//! ```
//!
//! This module must not know terminals, options or where the mapping is written.

#![expect(clippy::cast_precision_loss, reason = "shares of a few thousand rows are exact enough")]

mod asking;
mod columns;
mod fields;
mod groups;
mod header;
mod likelihood;
mod matching;
mod profile;
mod proposal;
mod sampling;
mod scenarios;
mod table;
mod values;
mod words;

use std::io;

pub use asking::{Ask, BestGuess, Question};
pub use proposal::{FieldFound, Note, Proposal, ScenarioFound, propose};
pub use sampling::Sample;

use crate::finding::Printable;

/// How sure something is. Ordered: a greater one is surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// A guess: a person should look.
    Unsure,
    /// Names and values agree, but another reading is thinkable.
    Likely,
    /// There is no other reading.
    Certain,
}

impl Sureness {
    /// The word that people read.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// Why no mapping could be proposed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum InitError {
    /// A sample cannot be read.
    #[error("cannot read the sample {file}: {reason}")]
    #[diagnostic(
        code(hrlint::init::unreadable),
        help("Check that the file can be opened with another program, then try again.")
    )]
    Unreadable {
        /// The sample.
        file: Printable,
        /// What the operating system says. Not a source: the message says it already.
        reason: io::Error,
    },
    /// A sample is something else.
    #[error("{file} is no CSV file; it is {what}")]
    #[diagnostic(code(hrlint::init::not_a_csv), help("Have the sample exported or saved as CSV, then try again."))]
    NotCsv {
        /// The sample.
        file: Printable,
        /// What it is.
        what: &'static str,
    },
    /// A sample holds nothing.
    #[error("the sample {file} is empty")]
    #[diagnostic(code(hrlint::init::empty), help("A sample needs at least its header, better some rows too."))]
    Empty {
        /// The sample.
        file: Printable,
    },
    /// The first row of a sample is data.
    #[error("the sample {file} has no header: its first row is data")]
    #[diagnostic(
        code(hrlint::init::no_header),
        help("Have it exported with the names of its columns in the first row; the connector needs them too.")
    )]
    NoHeader {
        /// The sample.
        file: Printable,
    },
    /// No documented scenario has anything to do with the samples.
    #[error("no column of the {} is one that a scenario needs", if *several { "samples" } else { "sample" })]
    #[diagnostic(
        code(hrlint::init::no_scenario),
        help(
            "Look at the first line: are these the names of the columns, and is it an HR export? `hrlint mapping` prints the \
             scenarios and their fields; with them a mapping can be written by hand."
        )
    )]
    NoScenario {
        /// Whether there is more than one sample.
        several: bool,
    },
    /// A question got no answer.
    #[error("the questions were not answered: {0}")]
    #[diagnostic(
        code(hrlint::init::unanswered),
        help("Nothing was written. Try again, or take the best guesses with --yes.")
    )]
    Unanswered(io::Error),
}
