//! `hrlint mapping`: validates a mapping and prints what it comes to.

use std::path::{Path, PathBuf};

use clap::Args;

use super::output;
use crate::mapping::Mapping;
use crate::rules;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Mapping [default: the nearest hrlint.json from the current folder upwards, else the built-in one]
    #[arg(value_name = "FILE", env = "HRLINT_MAPPING")]
    file: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let mapping = match self.file.or_else(|| Mapping::locate(Path::new("."))) {
            Some(file) => Mapping::read(&file, &rules::facts())?,
            None => Mapping::built_in(),
        };
        output::print(&mapping.effective_json())
    }
}
