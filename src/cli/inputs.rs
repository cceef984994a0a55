//! From what was typed to the files that are checked, each with its mapping.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::finding::Printable;
use crate::mapping::Mapping;
use crate::rules;

/// Something to check: its name in reports, its path (none for standard input), and the place of its mapping.
pub(super) struct Found {
    pub(super) name: Arc<str>,
    pub(super) path: Option<PathBuf>,
    pub(super) mapping: usize,
}

/// Why there is nothing to check.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum InputError {
    #[error("there is no file or folder {0}")]
    #[diagnostic(code(hrlint::no_such_file), help("Check the path; a name with blanks must stand in quotes."))]
    Missing(Printable),
    #[error("there is no CSV file in {0}")]
    #[diagnostic(code(hrlint::nothing_to_check), help("Folders are searched for *.csv; name other files one by one."))]
    NoCsv(Printable),
    #[error("cannot look into {folder}: {reason}")]
    #[diagnostic(
        code(hrlint::unreadable_folder),
        help("Ask for permission to read the folder, or name the files one by one.")
    )]
    Unreadable { folder: Printable, reason: Printable },
    #[error("standard input is named twice")]
    #[diagnostic(code(hrlint::input_twice), help("It can be read once only: name - once."))]
    Twice,
}

/// The files that were asked for, in order; a folder's files in order of their names.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Option<PathBuf>>, InputError> {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            if found.contains(&None) {
                return Err(InputError::Twice);
            }
            found.push(None);
        } else if path.is_dir() {
            let files = csv_files(path)?;
            if files.is_empty() {
                return Err(InputError::NoCsv(Printable::of_path(path)));
            }
            found.extend(files.into_iter().map(Some));
        } else if path.exists() {
            found.push(Some(path.clone()));
        } else {
            return Err(InputError::Missing(Printable::of_path(path)));
        }
    }
    Ok(found)
}

/// All `*.csv` below a folder. Links are not followed; ignore files are not obeyed, because exports often are ignored.
fn csv_files(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let mut files = Vec::new();
    let walk = WalkBuilder::new(folder).standard_filters(false).hidden(true).sort_by_file_name(Ord::cmp).build();
    for entry in walk {
        let entry = entry.map_err(|reason| InputError::Unreadable {
            folder: Printable::of_path(folder),
            reason: Printable::new(&reason.to_string()),
        })?;
        let is_csv = entry.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        if is_csv && entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The name of a file in reports: as given, with `/` between its parts.
pub(super) fn name(path: Option<&Path>) -> Arc<str> {
    match path {
        None => "-".into(),
        Some(path) if cfg!(windows) => path.to_string_lossy().replace('\\', "/").into(),
        Some(path) => path.to_string_lossy().into(),
    }
}

/// Gives each file its mapping: the one that was named, else the nearest from its folder upwards, else the built-in one.
pub(super) fn with_mappings(
    paths: Vec<Option<PathBuf>>,
    named: Option<&Path>,
) -> miette::Result<(Vec<Found>, Vec<Mapping>)> {
    let facts = rules::facts();
    with_mappings_by(paths, named, |file| Ok(Mapping::read(file, &facts)?))
}

/// The same, with mappings read by `read`.
pub(super) fn with_mappings_by(
    paths: Vec<Option<PathBuf>>,
    named: Option<&Path>,
    read: impl Fn(&Path) -> miette::Result<Mapping>,
) -> miette::Result<(Vec<Found>, Vec<Mapping>)> {
    let mut places: HashMap<Option<PathBuf>, usize> = HashMap::new();
    let mut mappings = Vec::new();
    let mut found = Vec::with_capacity(paths.len());
    for path in paths {
        // What is staged may stand in a folder that is no longer there.
        let is_there =
            |path: &&Path| path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir());
        let start = path.as_deref().and_then(|path| path.ancestors().find(is_there)).unwrap_or(Path::new("."));
        let file = named.map(Path::to_owned).or_else(|| Mapping::locate(start));
        let place = if let Some(place) = places.get(&file) {
            *place
        } else {
            mappings.push(match &file {
                Some(file) => read(file)?,
                None => Mapping::built_in(),
            });
            places.insert(file, mappings.len() - 1);
            mappings.len() - 1
        };
        found.push(Found { name: name(path.as_deref()), path, mapping: place });
    }
    Ok((found, mappings))
}
