//! Reading the arguments. `clap` repeats them in its messages as they are: here they are made harmless first, because file
//! names are written by others.

use std::ffi::OsString;

use clap::{Error, Parser as _};

use super::{Cli, UNABLE, output};
use crate::finding::Printable;

/// The command line, or the exit code when help or a complaint was printed.
pub(super) fn read(arguments: &[OsString]) -> Result<Cli, u8> {
    Cli::try_parse_from(arguments).map_err(|error| {
        if error.use_stderr() {
            output::complain_of_usage(&complaint(&error, arguments));
            return UNABLE;
        }
        // As `clap` itself does: whoever closed standard output wants no help.
        drop(error.print());
        super::CLEAN
    })
}

/// The message, with arguments and values from the environment made harmless.
fn complaint(error: &Error, arguments: &[OsString]) -> String {
    // Made harmless beforehand, a line break in an argument cannot be taken for one of the message.
    let harmless = arguments.iter().map(|argument| Printable::from_bytes(argument.as_encoded_bytes()).to_string());
    let again = Cli::try_parse_from(harmless).err().filter(|again| again.kind() == error.kind());
    let text = again.as_ref().unwrap_or(error).render().to_string();
    text.lines().map(|line| Printable::new(line).to_string() + "\n").collect()
}
