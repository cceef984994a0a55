//! `hrlint hook`: the check of what is staged, and the hook that runs it before each commit.
//!
//! What is checked is what would be committed, not what is in the working tree: both differ where a file was staged in part. The
//! same goes for the mapping and the waivers, where git knows them. Nothing is changed and no copy is made.

mod install;

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::check::{Judged, Staging};
use super::git::{self, Git, Staged};
use super::options::When;
use super::{CLEAN, UNABLE, check, inputs};
use crate::finding::Printable;
use crate::mapping::{Mapping, MappingError};
use crate::rules;
use crate::waivers::{self, Waivers};

#[derive(Debug, Subcommand)]
pub(super) enum Hook {
    /// Write the hook that checks before each commit
    Install,
    /// Remove the hook that `hrlint hook install` wrote
    Uninstall,
    /// Check what is staged, as the hook does
    #[command(mut_arg("paths", |arg| arg.help(PATHS)))]
    #[command(mut_arg("show_values", |arg| arg.hide(true)), mut_arg("write_waivers", |arg| arg.hide(true)))]
    Run(Box<Run>),
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
        let staged = if named.is_empty() { Git::changed(&self.patterns)? } else { Git::named(&named)? };
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
        let open = move |place: usize| -> io::Result<Box<dyn io::Read + Send>> {
            Ok(Box::new(git::open(&objects[place].object)?))
        };
        let read = |file: &Path| settings(&git, file);
        let plans = self.check.plans(&found, mappings)?;
        Ok(match self.check.judge_by(false, &found, plans, Some(Staging { open: &open, read: &read }))? {
            Judged::Checked(checked, _) => check::code(&checked),
            Judged::Unread => UNABLE,
        })
    }
}

/// The mapping as it would be committed; as it is, where git does not know it.
fn mapping(git: &Git, file: &Path) -> miette::Result<Mapping> {
    let name = file.to_string_lossy();
    let bytes = settings(git, file).map_err(|reason| MappingError::unreadable(&Printable::new(&name), reason))?;
    Ok(Mapping { file: Some(file.to_owned()), ..Mapping::from_bytes(&name, &bytes, &rules::facts())? })
}

/// What is staged of a file with settings; what it is, where git does not know it. No more of it is read than is needed to see
/// that it is too large.
fn settings(git: &Git, file: &Path) -> io::Result<Vec<u8>> {
    let full = file.canonicalize().unwrap_or_else(|_| PathBuf::from(file));
    let Some(object) = git.staged(&full).map_err(io::Error::other)? else { return Waivers::bytes_of(file) };
    let mut bytes = Vec::new();
    git::open(&object)?.take(waivers::LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
