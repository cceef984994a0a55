//! The command line: what may be typed, and one file for each command. `clap` appears nowhere else.
//!
//! Commands return the process's exit code or an error for `main` to render; results go to standard output, notes and
//! progress to standard error.

mod asking;
mod check;
#[cfg(feature = "upload")]
mod clearance;
mod fix;
mod found;
mod git;
#[cfg(feature = "upload")]
mod history;
mod hook;
mod identity;
mod init;
mod inputs;
#[cfg(feature = "upload")]
mod ledger;
mod links;
mod mapping;
mod options;
mod output;
mod packaging;
mod pages;
mod platform;
mod policies;
mod progress;
#[cfg(feature = "upload")]
mod receipt;
#[cfg(feature = "upload")]
mod reconcile;
mod rules;
#[cfg(feature = "upload")]
mod schedule;
mod schema;
#[cfg(feature = "upload")]
mod upload;
mod usage;
mod waivers;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

/// Everything in order: nothing at or above `--fail-on`.
pub const CLEAN: u8 = 0;
/// Checked, and found something.
pub const FOUND: u8 = 1;
/// Could not check: usage, mapping, unreadable input, or nothing to check.
pub const UNABLE: u8 = 2;

/// Upload refused or failed, and it is known what the service accepted.
#[cfg(feature = "upload")]
pub const REFUSED: u8 = 3;
/// Upload outcome unknown for at least one chunk.
#[cfg(feature = "upload")]
pub const UNKNOWN: u8 = 4;

/// Checks HR exports (CSV) before they go to Microsoft 365's HR connector.
#[derive(Debug, Parser)]
#[command(name = "hrlint", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Exit codes: 0 nothing found, 1 something found, 2 could not check; of an upload, too: 3 refused or failed, 4 outcome \
                        unknown."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check files, folders (searched for *.csv) or standard input (-)
    Check(check::Arguments),
    /// Show what can be mended as a diff, or mend it with --write
    Fix(fix::Arguments),
    /// Check, and send what passed to the connector
    #[cfg(feature = "upload")]
    Upload(Box<upload::Arguments>),
    /// Write a mapping from sample files
    Init(init::Arguments),
    /// Validate a mapping and print it with everything filled in
    Mapping(mapping::Arguments),
    /// List all rules
    Rules(rules::Arguments),
    /// Show the manual page of one rule
    Explain(rules::ExplainArguments),
    /// List the templates of policies and the HR data that each needs
    Policies(policies::Arguments),
    /// Print a JSON Schema
    Schema(schema::Arguments),
    /// Check what is staged in git, and install or remove the hook that does
    #[command(subcommand)]
    Hook(hook::Hook),
    /// List what was sent, and verify the ledger
    #[cfg(feature = "upload")]
    History(history::Arguments),
    /// Print the receipt of an upload
    #[cfg(feature = "upload")]
    Receipt(receipt::Arguments),
    /// Compare what the service says it saved with what was sent
    #[cfg(feature = "upload")]
    Reconcile(reconcile::Arguments),
    /// Test the way to the service without sending data (takes what upload takes)
    #[cfg(feature = "upload")]
    Doctor(Box<upload::Doctor>),
    /// Print a daily upload for the machine's scheduler
    #[cfg(feature = "upload")]
    Schedule(schedule::Arguments),
    /// Print what a shell completes commands and options with
    Completions(packaging::CompletionsArguments),
    /// Print a manual page, or write all of them
    Man(packaging::ManArguments),
}

impl Cli {
    /// Reads the arguments. Help, or what is wrong with the arguments, is printed.
    ///
    /// # Errors
    ///
    /// The exit code, if there is nothing left to do.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, u8> {
        usage::read(&arguments.into_iter().collect::<Vec<_>>())
    }

    /// Does what was asked for and returns the exit code.
    ///
    /// # Errors
    ///
    /// Whatever kept the command from being carried out, ready to be rendered; the exit code is then [`UNABLE`].
    pub fn run(self) -> miette::Result<u8> {
        match self.command {
            Command::Check(arguments) => arguments.run(),
            Command::Hook(hook) => hook.run(),
            Command::Fix(arguments) => arguments.run(),
            #[cfg(feature = "upload")]
            Command::Upload(arguments) => arguments.run(),
            Command::Init(arguments) => arguments.run(),
            Command::Mapping(arguments) => arguments.run(),
            Command::Rules(arguments) => arguments.run(),
            Command::Explain(arguments) => arguments.run(),
            Command::Policies(arguments) => arguments.run(),
            Command::Schema(arguments) => arguments.run(),
            Command::Completions(arguments) => arguments.run(),
            Command::Man(arguments) => arguments.run(),
            #[cfg(feature = "upload")]
            Command::History(arguments) => arguments.run(),
            #[cfg(feature = "upload")]
            Command::Receipt(arguments) => arguments.run(),
            #[cfg(feature = "upload")]
            Command::Reconcile(arguments) => arguments.run(),
            #[cfg(feature = "upload")]
            Command::Schedule(arguments) => arguments.run(),
            #[cfg(feature = "upload")]
            Command::Doctor(arguments) => arguments.run(),
        }
    }
}
