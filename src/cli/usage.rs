//! Reading the arguments. `clap` repeats them in its messages as they are: here they are made harmless first, because file
//! names are written by others.

use std::ffi::OsString;
use std::io;

use clap::{Command, CommandFactory as _, Error, FromArgMatches as _};

use super::{Cli, UNABLE, output};
use crate::finding::Printable;

/// The command line, or the exit code when help or a complaint was printed.
pub(super) fn read(arguments: &[OsString]) -> Result<Cli, u8> {
    parse(arguments).map_err(|error| {
        if error.use_stderr() {
            output::complain_of_usage(&complaint(&error, arguments));
            return UNABLE;
        }
        match error.print() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => UNABLE,
            // Whoever closed standard output wants no help.
            _ => super::CLEAN,
        }
    })
}

fn parse(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Cli, Error> {
    let command = command();
    // A failing upload is examined by exchanging one word: what is about its files is taken, and says nothing here.
    #[cfg(feature = "upload")]
    let command = command.mut_subcommand("doctor", |doctor| {
        let idle = |arg: &clap::Arg| {
            let kept = ["mapping", "ledger", "help", "version"].contains(&arg.get_id().as_str());
            !kept && matches!(arg.get_help_heading(), None | Some("Upload"))
        };
        doctor.mut_args(move |arg| if idle(&arg) { arg.hide(true) } else { arg })
    });
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// All commands and options.
pub(super) fn command() -> Command {
    let command = discreet(Cli::command());
    #[cfg(feature = "upload")]
    let command = command.mut_subcommand("upload", upload).mut_subcommand("doctor", doctor);
    command
}

/// What is sent is named: no folder is sent because somebody stood in it.
#[cfg(feature = "upload")]
fn upload(command: Command) -> Command {
    command
        .mut_arg("paths", |arg| arg.help("Files, folders (searched for *.csv), or - for standard input").required(true))
        .mut_arg("write_waivers", |arg| arg.hide(true))
}

/// A failing upload is examined by exchanging one word: what is about its files is taken, and says nothing here.
#[cfg(feature = "upload")]
fn doctor(command: Command) -> Command {
    let idle = |arg: &clap::Arg| {
        let kept = ["mapping", "ledger", "help", "version"].contains(&arg.get_id().as_str());
        !kept && matches!(arg.get_help_heading(), None | Some("Upload"))
    };
    command.mut_args(move |arg| if idle(&arg) { arg.hide(true) } else { arg })
}

/// What the environment holds is not shown in the help.
fn discreet(command: Command) -> Command {
    command.mut_args(|arg| arg.hide_env_values(true)).mut_subcommands(discreet)
}

/// The message, with arguments and values from the environment made harmless.
fn complaint(error: &Error, arguments: &[OsString]) -> String {
    // Made harmless beforehand, a line break in an argument cannot be taken for one of the message.
    let harmless = arguments.iter().map(|argument| Printable::from_bytes(argument.as_encoded_bytes()).to_string());
    let again = parse(harmless).err().filter(|again| again.kind() == error.kind());
    let text = again.as_ref().unwrap_or(error).render().to_string();
    text.lines().map(|line| Printable::new(line).to_string() + "\n").collect()
}
