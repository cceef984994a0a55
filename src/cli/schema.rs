//! `hrlint schema`: the JSON Schemas of what is read and written.

use clap::{Args, ValueEnum};

use super::output;
use crate::{mapping, report, rules};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Which schema
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// The mapping, hrlint.json
    Mapping,
    /// The reports json and jsonl
    Report,
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        output::print(&match self.of {
            Of::Mapping => format!("{:#}\n", mapping::schema(&rules::facts())),
            Of::Report => report::schema(),
        })
    }
}
