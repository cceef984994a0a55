//! Waivers on the command line: which file holds for which mapping, and the start of a new one.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::check::Staging;
use super::output;
use crate::finding::{LinkKey, Printable};
use crate::plan::Plan;
use crate::waivers::{Baseline, FILE_NAME, MOST, Waivers, WaiversError};

/// Why no waivers were started.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum StartError {
    #[error("waivers need a key that holds from run to run")]
    #[diagnostic(
        code(hrlint::waivers::no_key),
        help(
            "They name people by a keyed hash. Put a secret of at least 16 random characters into an environment variable, keep it, and \
             name the variable: --link-key-env NAME."
        )
    )]
    NoKey,
    #[error("there is {0} already")]
    #[diagnostic(
        code(hrlint::waivers::there_already),
        help("Nothing is overwritten: remove it, or name another file with --write-waivers=FILE.")
    )]
    There(Printable),
    #[error("the files belong to several mappings")]
    #[diagnostic(code(hrlint::waivers::several), help("Name the file to start: --write-waivers=FILE."))]
    Several,
    #[error("there is too much to waive: more than {MOST} people and columns")]
    #[diagnostic(
        code(hrlint::waivers::too_many),
        help("Lower or switch off the rule in the mapping, or waive whole columns by hand: leave `person` out.")
    )]
    TooMany,
    #[error("cannot write the waivers {file}: {reason}")]
    #[diagnostic(code(hrlint::waivers::unwritable), help("Make room for the file, or choose another place for it."))]
    Unwritable { file: Printable, reason: io::Error },
}

/// Reads the waivers of each plan: those that were named, else those beside its mapping.
pub(super) fn load(
    plans: &mut [Plan],
    named: Option<&Path>,
    key: Option<&LinkKey>,
    staged: Option<Staging<'_>>,
) -> Result<(), WaiversError> {
    let mut known: Vec<(PathBuf, Arc<Waivers>)> = Vec::new();
    for plan in plans {
        let Some(file) = named.map(Path::to_owned).or_else(|| Some(beside(plan)).filter(|file| file.is_file())) else {
            continue;
        };
        let read = known.iter().find(|(path, _)| *path == file).map(|(_, waivers)| Arc::clone(waivers));
        let waivers = match read {
            Some(waivers) => waivers,
            None => {
                let waivers = Arc::new(read_one(&file, key, staged)?);
                known.push((file, Arc::clone(&waivers)));
                waivers
            }
        };
        plan.waivers = Some(waivers);
    }
    Ok(())
}

fn read_one(file: &Path, key: Option<&LinkKey>, staged: Option<Staging<'_>>) -> Result<Waivers, WaiversError> {
    // Build servers know files by their path from where they run.
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let name = super::inputs::name(Some(file.strip_prefix(&here).unwrap_or(file)));
    let bytes = staged.map_or_else(|| Waivers::bytes_of(file), |staged| (staged.read)(file));
    let waivers = Waivers::from_bytes(&name, &bytes.map_err(|reason| WaiversError::unreadable(&name, reason))?)?;
    match key {
        None if waivers.needs_key() => Err(WaiversError::no_key(&name)),
        Some(key) if !waivers.fits(key) => Err(WaiversError::other_key(&name)),
        _ => Ok(waivers),
    }
}

/// Where a plan's waivers are: beside its mapping, else in the current folder.
fn beside(plan: &Plan) -> PathBuf {
    let folder = plan.mapping.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    folder.join(FILE_NAME)
}

/// A file of waivers to be started.
pub(super) struct Start<'k> {
    pub(super) baseline: Arc<Baseline>,
    file: PathBuf,
    key: &'k LinkKey,
}

impl<'k> Start<'k> {
    /// Sees to it, before the work is done, that the file can be started. An empty name: beside the mapping.
    pub(super) fn new(file: &Path, plans: &[Plan], key: Option<&'k LinkKey>) -> Result<Self, StartError> {
        let key = key.ok_or(StartError::NoKey)?;
        let mut places: Vec<PathBuf> = plans.iter().map(beside).collect();
        places.dedup();
        let file = match places.as_slice() {
            _ if !file.as_os_str().is_empty() => file.to_owned(),
            [one] => one.clone(),
            _ => return Err(StartError::Several),
        };
        if file.symlink_metadata().is_ok() {
            return Err(StartError::There(Printable::of_path(&file)));
        }
        Ok(Self { baseline: Arc::default(), file, key })
    }

    /// Writes the file.
    pub(super) fn write(self, today: NaiveDate) -> Result<(), StartError> {
        let waivers = self.baseline.len();
        if waivers > MOST {
            return Err(StartError::TooMany);
        }
        if waivers == 0 {
            output::note("nothing is to be waived, and no file is written");
            return Ok(());
        }
        let text = self.baseline.json(self.key, today);
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&self.file)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|reason| StartError::Unwritable { file: Printable::of_path(&self.file), reason })?;
        let things = if waivers == 1 { "waiver" } else { "waivers" };
        output::note(&format!(
            "{waivers} {things} written to {}: say in each why it is there",
            Printable::of_path(&self.file)
        ));
        Ok(())
    }
}
