//! `hrlint hook`: the check of what is staged, and the hook that runs it before each commit.
//!
//! What is checked is what would be committed, not what is in the working tree: both differ where a file was staged in part. The
//! same goes for the mapping and the waivers, where git knows them. Nothing is changed and no copy is made.

mod install;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::git::{self, Git, Staged};
use super::options::When;
use super::{CLEAN, check, inputs};
use crate::finding::Printable;
use crate::mapping::Mapping;
use crate::rules;

#[derive(Debug, Subcommand)]
pub(super) enum Hook {
    /// Write the hook that checks before each commit
    Install,
    /// Remove the hook that `hrlint hook install` wrote
    Uninstall,
    /// Check what is staged, as the hook does
    #[command(mut_arg("paths", |arg| arg.help(PATHS)))]
    Run(Run),
}

const PATHS: &str = "Staged files to check [default: all *.csv that were added or changed]";

#[derive(Args, Debug)]
pub(super) struct Run {
    /// Files to check where none is named: a pattern as git has them; may be repeated [default: *.csv]
    #[arg(long = "files", value_name = "PATTERN", env = "HRLINT_FILES")]
    patterns: Vec<String>,

    #[command(flatten)]
    check: check::Arguments,
}

/// The staged mapping cannot be read.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot read the staged mapping {file}: {reason}")]
#[diagnostic(code(hrlint::staged_mapping), help("Stage it again with `git add`, as UTF-8 text."))]
struct StagedMapping {
    file: Printable,
    reason: std::io::Error,
}

impl Hook {
    pub(super) fn run(self) -> miette::Result<u8> {
        match self {
            Self::Install => install::install(),
            Self::Uninstall => install::uninstall(),
            Self::Run(run) => run.run(),
        }
    }
}

impl Run {
    fn run(mut self) -> miette::Result<u8> {
        let git = Git::here()?;
        if self.patterns.is_empty() {
            self.patterns.push("*.csv".to_owned());
        }
        let named = std::mem::take(&mut self.check.paths);
        let staged = if named.is_empty() { git.changed(&self.patterns)? } else { git.named(&named)? };
        if staged.is_empty() {
            return Ok(CLEAN);
        }
        let paths = staged.iter().map(|staged| Some(git.top.join(&staged.path))).collect();
        let named = self.check.mapping.clone();
        let read = |file: &Path| mapping(&git, file);
        let (mut found, mappings) = inputs::with_mappings_by(paths, named.as_deref(), read)?;
        for (found, staged) in found.iter_mut().zip(&staged) {
            found.name = inputs::name(Some(&staged.path));
        }
        // What a hook prints is read over shoulders, in editors and in logs.
        self.check.show_values = When::Never;
        let objects: Arc<[Staged]> = staged.into();
        let open = move |place: usize| -> std::io::Result<Box<dyn std::io::Read + Send>> {
            Ok(Box::new(git::open(&objects[place].object)?))
        };
        self.check.check(&found, mappings, Some(&open))
    }
}

/// The mapping as it would be committed; as it is, where git does not know it.
fn mapping(git: &Git, file: &Path) -> miette::Result<Mapping> {
    let facts = rules::facts();
    let full = file.canonicalize().unwrap_or_else(|_| PathBuf::from(file));
    let Some(object) = git.staged(&full)? else { return Ok(Mapping::read(file, &facts)?) };
    let mut text = String::new();
    let read = git::open(&object).and_then(|blob| blob.take(Mapping::LARGEST + 1).read_to_string(&mut text));
    let name = file.to_string_lossy();
    read.map_err(|reason| StagedMapping { file: Printable::new(&name), reason })?;
    Ok(Mapping { file: Some(file.to_owned()), ..Mapping::parse(&name, &text, &facts)? })
}
