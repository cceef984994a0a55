//! Where reports go, and what the one who reads them may see.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::identity::{Identity, Read};
use super::options::When;
use super::{pages, platform};
use crate::check::Sink;
use crate::finding::{Printable, Severity};
use crate::report::{self, Format, Values, markdown};

/// A report that was asked for: `NAME` or `NAME=FILE`.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// What it is written in; several formats follow each other in one place.
    pub(super) formats: Vec<Format>,
    pub(super) file: Option<PathBuf>,
    /// Whether the place was our choice: then it is no error if nothing can be written there.
    pub(super) chosen: bool,
}

/// The format that is another one for each reader.
const AUTO: &str = "auto";

impl Wanted {
    /// Reads `--format`.
    pub(super) fn parse(text: &str) -> Result<Vec<Self>, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        if name == AUTO && file.is_none() {
            return Ok(Self::auto());
        }
        let Some(format) = Format::from_name(name) else {
            if name == AUTO {
                return Err("auto writes to standard output; name a format for a file".to_owned());
            }
            let names: Vec<_> = [AUTO].into_iter().chain(Format::names()).collect();
            return Err(format!("there is no format {}; the formats are {}", Printable::new(name), names.join(", ")));
        };
        match file {
            Some("") => Err(format!("{name}= needs a file name behind it")),
            _ => Ok(vec![Self { formats: vec![format], file: file.map(PathBuf::from), chosen: false }]),
        }
    }

    /// What `--format auto` means here.
    pub(super) fn auto() -> Vec<Self> {
        let own = Self { formats: platform::formats(), file: None, chosen: true };
        let file = platform::file();
        let file = file.map(|(format, name)| Self { formats: vec![format], file: Some(name.into()), chosen: true });
        [own].into_iter().chain(file).collect()
    }

    /// Whether it shows the record around a fault.
    pub(super) fn draws_records(&self) -> bool {
        self.formats.iter().any(|format| matches!(format, Format::Pretty | Format::Html))
    }

    fn place(&self) -> Identity {
        self.file.as_deref().map_or_else(Identity::of_output, Identity::of)
    }

    fn name(&self) -> Printable {
        let name = self.file.as_ref().map_or("on standard output".into(), |file| file.to_string_lossy());
        Printable::new(&name)
    }

    /// Opens the file.
    fn create(&self, path: &Path) -> io::Result<File> {
        if self.chosen && path.is_symlink() {
            // Whoever made the link chose a place that nobody asked us to write to.
            return Err(io::Error::other("it is a link"));
        }
        File::create(path)
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

/// The words about the option that chooses formats.
pub(super) fn formats() -> String {
    let names: Vec<&str> = ["auto"].into_iter().chain(Format::names()).collect();
    let (last, others) = names.split_last().expect("auto is one of them");
    format!("Report: {} or {last}; with =FILE into a file; may be repeated [default: auto]", others.join(", "))
}

/// How reports look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looks {
    pub(super) values: When,
    pub(super) colour: When,
    /// Whether reports without a file go to standard error: standard output is taken.
    pub(super) to_error: bool,
    pub(super) fail_on: Severity,
    pub(super) today: NaiveDate,
}

impl Looks {
    /// Options of a report for whoever reads it there.
    pub(super) fn options(self, terminal: bool) -> report::Options {
        let shown = self.values.applies(terminal && !platform::on_ci());
        let (colour, width) = (colour(self.colour, terminal), width(terminal));
        let values = if shown { Values::Shown } else { Values::Masked };
        let pages = if terminal { pages::on_terminal() } else { None };
        report::Options { values, colour, width, fail_on: self.fail_on, today: self.today, pages }
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
                match report.create(path) {
                    Ok(file) => {
                        written.push(Identity::of(path));
                        (Box::new(BufWriter::new(file)), false)
                    }
                    Err(reason) if report.chosen => {
                        note(&format!("no report is written to {}: {reason}", report.name()));
                        continue;
                    }
                    Err(reason) => return Err(OutputError::File { file: report.name(), reason }),
                }
            }
        };
        let out = Shared(Arc::new(Mutex::new(out)));
        let options = looks.options(terminal);
        sinks.extend(report.formats.iter().map(|format| report::sink(*format, Box::new(out.clone()), &options)));
    }
    if wanted.iter().any(|report| report.formats.contains(&Format::Github)) {
        sinks.extend(job_summary(looks, |place| taken.contains(place) || read.contains(place).is_some()));
    }
    Ok(report::Fan::new(sinks))
}

/// Sees to it that a receipt does not take the place of what is read.
#[cfg(feature = "upload")]
pub(super) fn keep(receipt: Option<&Path>, read: &Read) -> Result<(), OutputError> {
    let over = receipt.and_then(|path| Some((path, read.contains(&Identity::of(path))?)));
    match over {
        Some((path, what)) => Err(OutputError::Over { report: Printable::of_path(path), what }),
        None => Ok(()),
    }
}

/// Several formats that follow each other in one place.
#[derive(Clone)]
struct Shared(Arc<Mutex<Box<dyn Write + Send>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

/// The table in the job's summary, where GitHub wants one. What others wrote there stays, and counts towards the limit.
fn job_summary(looks: Looks, is_taken: impl Fn(&Identity) -> bool) -> Option<Box<dyn Sink>> {
    let path = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from)?;
    let name = Printable::of_path(&path);
    if is_taken(&Identity::of(&path)) {
        note(&format!("no job summary is written: {name} is a file that is read or another report"));
        return None;
    }
    match File::options().append(true).create(true).open(&path).and_then(|file| Ok((file.metadata()?.len(), file))) {
        Ok((length, file)) => {
            let limit = markdown::JOB_SUMMARY.saturating_sub(usize::try_from(length).unwrap_or(usize::MAX));
            if limit < markdown::SMALLEST {
                note(&format!("no job summary is written to {name}: it is full"));
                return None;
            }
            let out = Box::new(BufWriter::new(file));
            Some(Box::new(markdown::Markdown::new(out, looks.options(false).values, limit)))
        }
        Err(reason) => {
            note(&format!("no job summary is written to {name}: {reason}"));
            None
        }
    }
}

/// Whether to use colour, there where a terminal is or not.
pub(super) fn colour(when: When, terminal: bool) -> bool {
    match when {
        When::Auto => wants_colour(terminal),
        other => other.applies(false),
    }
}

/// Columns of the terminal; where there is none, of a page.
pub(super) fn width(terminal: bool) -> usize {
    terminal_size::terminal_size().filter(|_| terminal).map_or(80, |(width, _)| usize::from(width.0))
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

/// Says more than a line on standard error.
pub(super) fn say(text: &str) {
    write_error(text);
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
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(OutputError::Standard(error).into()),
        _ => Ok(super::CLEAN),
    }
}
