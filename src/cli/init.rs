//! `hrlint init`: writes a mapping from sample files.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::BoolishValueParser;

use super::asking::Terminal;
use super::identity::Identity;
use super::options::When;
use super::{CLEAN, found, inputs, output, platform};
use crate::finding::Printable;
use crate::init::{Ask, BestGuess, Sample, propose};
use crate::mapping::{self, FILE_NAME};
use crate::rules;

/// Where the mapping finds its schema: beside itself, so that editors need no network.
const SCHEMA: &str = "hrlint.schema.json";

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Sample files, folders (searched for *.csv), or - for standard input; all of one connector
    #[arg(value_name = "SAMPLE", required = true)]
    samples: Vec<PathBuf>,

    /// Where the mapping is written; - for standard output
    #[arg(short, long, value_name = "FILE", env = "HRLINT_OUTPUT", default_value = FILE_NAME)]
    output: PathBuf,

    /// Take the best guesses and ask nothing
    #[arg(short, long, env = "HRLINT_YES", value_parser = BoolishValueParser::new())]
    yes: bool,

    /// Overwrite the file if there is one
    #[arg(long, env = "HRLINT_FORCE", value_parser = BoolishValueParser::new())]
    force: bool,

    /// Whether to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", env = "HRLINT_COLOR", default_value = "auto", hide_possible_values = true)]
    color: When,

    /// No table; what must be looked at is still told
    #[arg(short, long, env = "HRLINT_QUIET", value_parser = BoolishValueParser::new())]
    quiet: bool,
}

/// Why a mapping was not written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum WriteError {
    #[error("there is a mapping {0} already, and nothing was written")]
    #[diagnostic(
        code(hrlint::init::mapping_exists),
        help("Keep it and write elsewhere with --output FILE, or let it be overwritten with --force.")
    )]
    Exists(Printable),
    #[error("the mapping would overwrite the sample {0}")]
    #[diagnostic(
        code(hrlint::init::overwrites_sample),
        help("Choose another name for the mapping with --output FILE.")
    )]
    OverSample(Printable),
    #[error("cannot write the mapping {file}: {reason}")]
    #[diagnostic(
        code(hrlint::init::unwritable),
        help("Choose another place with --output FILE, or ask for permission to write there.")
    )]
    Unwritable { file: Printable, reason: io::Error },
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let paths = inputs::find(&self.samples)?;
        let to_output = self.output.as_os_str() == "-";
        if !to_output {
            self.may_be_written(&paths)?;
        }
        let read = |path: &Option<PathBuf>| Sample::read(&inputs::name(path.as_deref()), path.as_deref());
        let samples: Vec<Sample> = paths.iter().map(read).collect::<Result<_, _>>()?;
        let person = !self.yes && io::stdin().is_terminal() && io::stderr().is_terminal() && !platform::on_ci();
        let colour = output::colour(self.color, io::stderr().is_terminal());
        let (mut terminal, mut nobody) = (Terminal::new(colour), BestGuess);
        let ask: &mut dyn Ask = if person { &mut terminal } else { &mut nobody };
        let proposal = propose(&samples, ask)?;
        // What is written is read first: nothing leaves that another command would refuse.
        let json = proposal.json(SCHEMA);
        mapping::Mapping::parse(FILE_NAME, &json, &rules::facts())?;
        let shown =
            |terminal: bool| found::draw(&proposal, output::colour(self.color, terminal), output::width(terminal));
        if to_output {
            if !self.quiet {
                output::say(&shown(io::stderr().is_terminal()));
            }
            proposal.notes.iter().map(|note| &note.text).for_each(|note| output::note(note));
            return output::print(&json);
        }
        if !self.quiet {
            output::print(&shown(io::stdout().is_terminal()))?;
        }
        proposal.notes.iter().map(|note| &note.text).for_each(|note| output::note(note));
        self.write(&json)?;
        if !self.quiet {
            output::print(&format!("Written to {}. {}\n", Printable::of_path(&self.output), self.next()))?;
        }
        Ok(CLEAN)
    }

    /// What to do next.
    fn next(&self) -> String {
        let sample = self.samples.iter().find(|sample| sample.as_os_str() != "-");
        let by = if self.output.as_os_str() == FILE_NAME {
            String::new()
        } else {
            format!(" --mapping {}", typed(&self.output))
        };
        sample.map_or_else(String::new, |sample| format!("Next: hrlint check {}{by}", typed(sample)))
    }

    /// Nothing that exists is overwritten unasked, and no sample at all.
    fn may_be_written(&self, paths: &[Option<PathBuf>]) -> Result<(), WriteError> {
        let file = Printable::of_path(&self.output);
        let own = Identity::of(&self.output);
        if paths.iter().flatten().any(|path| Identity::of(path) == own) {
            return Err(WriteError::OverSample(file));
        }
        // A link that leads nowhere is there too.
        if !self.force && self.output.symlink_metadata().is_ok() {
            return Err(WriteError::Exists(file));
        }
        Ok(())
    }

    /// Writes the mapping whole or not at all, and beside it the schema that it names, unless something of that name is there.
    fn write(&self, json: &str) -> Result<(), WriteError> {
        let refused = |file: &Path| {
            let file = Printable::of_path(file);
            move |reason: io::Error| match reason.kind() {
                io::ErrorKind::AlreadyExists => WriteError::Exists(file),
                _ => WriteError::Unwritable { file, reason },
            }
        };
        place(&self.output, json, self.force).map_err(refused(&self.output))?;
        let schema = self.output.with_file_name(SCHEMA);
        let text = format!("{:#}\n", mapping::schema(&rules::facts()));
        match place(&schema, &text, false) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            placed => placed.map_err(refused(&schema)),
        }
    }
}

/// Puts a text into a file in one step: whoever looks sees the old file or the whole new one.
fn place(path: &Path, text: &str, over: bool) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?.to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let mut file = File::create_new(&beside)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let moved = written.and_then(|()| {
        if over {
            return std::fs::rename(&beside, path);
        }
        // A link is refused where something is, without a moment between looking and writing.
        match std::fs::hard_link(&beside, path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && path.symlink_metadata().is_err() => {
                // Some file systems know no links.
                std::fs::rename(&beside, path)
            }
            linked => linked,
        }
    });
    // After a move it is gone; else it would be litter.
    drop(std::fs::remove_file(&beside));
    moved
}

/// A path as it may be typed again.
fn typed(path: &Path) -> String {
    let text = Printable::of_path(path).to_string();
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text }
}
