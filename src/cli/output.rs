//! Where reports go, and what the one who reads them may see.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;

use super::identity::{Identity, Read};
use super::options::When;
use crate::finding::Printable;
use crate::report::{self, Format, Values};

/// A report that was asked for: `NAME` or `NAME=FILE`.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) format: Format,
    pub(super) file: Option<PathBuf>,
}

impl Wanted {
    /// Reads `--format`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let Some(format) = Format::from_name(name) else {
            let names: Vec<_> = Format::names().collect();
            return Err(format!("there is no format {}; the formats are {}", Printable::new(name), names.join(", ")));
        };
        match file {
            Some("") => Err(format!("{name}= needs a file name behind it")),
            _ => Ok(Self { format, file: file.map(PathBuf::from) }),
        }
    }

    fn place(&self) -> Identity {
        self.file.as_deref().map_or_else(Identity::of_output, Identity::of)
    }

    fn name(&self) -> Printable {
        let name = self.file.as_ref().map_or("on standard output".into(), |file| file.to_string_lossy());
        Printable::new(&name)
    }
}

/// Why something cannot be written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum OutputError {
    #[error("cannot write the report {file}: {reason}")]
    #[diagnostic(code(hrlint::report_unwritable), help("Choose another place for the report, or make room for it."))]
    File { file: Printable, reason: io::Error },
    #[error("two reports cannot go to the same place")]
    #[diagnostic(
        code(hrlint::report_twice),
        help("Send all but one of them to files, such as --format json=findings.json.")
    )]
    Twice,
    #[error("the report {report} would overwrite {what}")]
    #[diagnostic(code(hrlint::report_overwrites), help("Choose another name for the report."))]
    Over { report: Printable, what: &'static str },
    #[error("cannot write to standard output: {0}")]
    #[diagnostic(code(hrlint::output_unwritable), help("Make room where the output goes, then try again."))]
    Standard(io::Error),
}

/// How reports look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looks {
    pub(super) values: When,
    pub(super) colour: When,
    /// Whether reports without a file go to standard error: standard output is taken.
    pub(super) to_error: bool,
}

impl Looks {
    /// Options of a report for whoever reads it there.
    pub(super) fn options(self, terminal: bool) -> report::Options {
        let shown = self.values.applies(terminal && !on_ci());
        let colour = match self.colour {
            When::Auto => wants_colour(terminal),
            other => other.applies(false),
        };
        let width = terminal_size::terminal_size().filter(|_| terminal).map_or(80, |(width, _)| usize::from(width.0));
        report::Options { values: if shown { Values::Shown } else { Values::Masked }, colour, width }
    }
}

/// The sinks for all reports that were asked for. Nothing is opened for writing before it is clear that no report takes the
/// place of what is read or of another report.
pub(super) fn sinks(wanted: &[Wanted], looks: Looks, read: &Read) -> Result<report::Fan<'static>, OutputError> {
    let mut taken = Vec::new();
    for report in wanted {
        let place = report.place();
        if taken.contains(&place) {
            return Err(OutputError::Twice);
        }
        if let Some(what) = read.contains(&place) {
            return Err(OutputError::Over { report: report.name(), what });
        }
        taken.push(place);
    }
    let mut sinks = Vec::new();
    let mut written: Vec<Identity> = Vec::new();
    for report in wanted {
        let (out, terminal): (Box<dyn Write + Send>, bool) = match &report.file {
            None if looks.to_error => (Box::new(BufWriter::new(io::stderr())), io::stderr().is_terminal()),
            None => (Box::new(BufWriter::new(io::stdout())), io::stdout().is_terminal()),
            Some(path) => {
                // Names that differ before there is a file may turn out to be one: in letter case only, or through links.
                if written.contains(&Identity::of(path)) {
                    return Err(OutputError::Twice);
                }
                let file = File::create(path);
                let file = file.map_err(|reason| OutputError::File { file: report.name(), reason })?;
                written.push(Identity::of(path));
                (Box::new(BufWriter::new(file)), false)
            }
        };
        sinks.push(report::sink(report.format, out, &looks.options(terminal)));
    }
    Ok(report::Fan::new(sinks))
}

/// Whether a build server runs us: then nobody looks at a terminal, whatever it pretends.
pub(super) fn on_ci() -> bool {
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    ["CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"].iter().any(set)
}

fn wants_colour(terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && (set("CLICOLOR_FORCE") || terminal)
}

/// Says on standard error why a file could not be checked.
pub(super) fn complain(error: impl miette::Diagnostic + Send + Sync + 'static) {
    write_error(&format!("{:?}", miette::Report::new(error)));
}

/// Says on standard error why something could not be done.
pub(super) fn complain_report(report: &miette::Report) {
    write_error(&format!("{report:?}"));
}

/// Says something on standard error.
pub(super) fn note(text: &str) {
    write_error(&format!("hrlint: {text}\n"));
}

/// Says on standard error what is wrong with the arguments.
pub(super) fn complain_of_usage(text: &str) {
    write_error(text);
}

fn write_error(text: &str) {
    // Nowhere is left to say that standard error is closed.
    drop(io::stderr().lock().write_all(text.as_bytes()));
}

/// Prints a text to standard output.
pub(super) fn print(text: &str) -> miette::Result<u8> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(OutputError::Standard(error).into()),
        _ => Ok(super::CLEAN),
    }
}
