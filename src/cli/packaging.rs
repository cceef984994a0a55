//! `hrlint completions` and `hrlint man`: what packagers put beside the program, made from the same description as the help.

use std::io;
use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;
use clap_mangen::Man;

use super::output;
use super::usage;
use crate::finding::Printable;

#[derive(Args, Debug)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Args, Debug)]
pub(super) struct ManArguments {
    /// Command whose page is printed, such as check [default: the page of hrlint]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,

    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    output: Option<PathBuf>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum ManError {
    #[error("there is no command {0}")]
    #[diagnostic(code(hrlint::no_command), help("`hrlint --help` lists all commands."))]
    NoCommand(Printable),
    #[error("cannot write pages to {folder}: {reason}")]
    #[diagnostic(code(hrlint::pages_unwritable), help("Name a folder that is there and can be written to."))]
    Unwritable { folder: Printable, reason: io::Error },
}

impl CompletionsArguments {
    pub(super) fn run(&self) -> miette::Result<u8> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut usage::command(), "hrlint", &mut text);
        output::print(&String::from_utf8_lossy(&text))
    }
}

impl ManArguments {
    pub(super) fn run(&self) -> miette::Result<u8> {
        let mut command = usage::command();
        command.build();
        if let Some(folder) = &self.output {
            let unwritable = |reason| ManError::Unwritable { folder: Printable::of_path(folder), reason };
            clap_mangen::generate_to(command, folder).map_err(unwritable)?;
            return Ok(super::CLEAN);
        }
        let mut wanted = &command;
        for name in &self.command {
            let found = wanted.find_subcommand(name);
            wanted = found.ok_or_else(|| ManError::NoCommand(Printable::new(name)))?;
        }
        // Pages are known by their command's whole name: hrlint-hook-run.
        let title = wanted.get_display_name().unwrap_or("hrlint").replace(' ', "-");
        let mut text = Vec::new();
        let page = Man::new(wanted.clone()).title(title);
        page.render(&mut text).map_err(|reason| ManError::Unwritable { folder: Printable::new("memory"), reason })?;
        output::print(&String::from_utf8_lossy(&text))
    }
}
