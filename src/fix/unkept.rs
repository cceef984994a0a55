//! New files that are not in their place yet, and that nobody must find if they never get there: they hold people's data.
//!
//! Where the system can (Linux, on most file systems) such a file has no name until it is whole, so that nothing is left of a
//! run that is interrupted, killed or without power: the system itself forgets the file. For the rename it is given a name, for a
//! moment. Elsewhere it has one from the start, which nobody can guess; it is removed when it is dropped, and by [`abandon`] when
//! a person or the system interrupts the program. Only a run that is killed leaves it behind then; it is locked while somebody
//! writes to it, so the next run knows which of them nobody needs.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

/// How new files are called that have a name.
const PREFIX: &str = ".hrlint-";
const SUFFIX: &str = ".tmp";

/// Where files are, or were, that have a name. Held while a name is given or taken, so that [`abandon`] knows all of them.
static NAMED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn named() -> MutexGuard<'static, Vec<PathBuf>> {
    NAMED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While it is held no new file gets a name or a place.
#[must_use]
pub struct Abandoned(#[expect(dead_code, reason = "it is held, not read")] MutexGuard<'static, Vec<PathBuf>>);

/// Removes all new files that are not in their place yet, for a program that ends at once. A file that is just being put in its
/// place is waited for.
pub fn abandon() -> Abandoned {
    let mut named = named();
    for path in named.drain(..) {
        // What cannot be removed is removed by the next run.
        let _ = fs::remove_file(path);
    }
    Abandoned(named)
}

/// Whether a new file may be called so.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// A new file that is not in its place yet. Dropped, it is gone.
pub(super) enum Unkept {
    Named(NamedTempFile),
    /// It has no name; the path leads to it as long as it is open.
    #[cfg(target_os = "linux")]
    Nameless(File, PathBuf),
}

impl Unkept {
    /// A file on the disk of that folder.
    pub(super) fn in_folder(folder: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(new) = nameless(folder) {
            return Ok(new);
        }
        Self::with_name(folder)
    }

    fn with_name(folder: &Path) -> io::Result<Self> {
        let mut named = named();
        let new = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        // Where files cannot be locked, none is taken for one that nobody needs.
        drop(new.as_file().lock());
        named.push(new.path().to_owned());
        Ok(Self::Named(new))
    }

    pub(super) fn file(&self) -> &File {
        match self {
            Self::Named(new) => new.as_file(),
            #[cfg(target_os = "linux")]
            Self::Nameless(file, _) => file,
        }
    }

    pub(super) fn file_mut(&mut self) -> &mut File {
        match self {
            Self::Named(new) => new.as_file_mut(),
            #[cfg(target_os = "linux")]
            Self::Nameless(file, _) => file,
        }
    }

    /// A path that leads to it for now.
    pub(super) fn place(&self) -> &Path {
        match self {
            Self::Named(new) => new.path(),
            #[cfg(target_os = "linux")]
            Self::Nameless(_, place) => place,
        }
    }

    /// Puts it at `path`, in the place of what may be there.
    pub(super) fn rename(self, path: &Path, folder: &Path) -> io::Result<()> {
        let mut named = named();
        match self {
            Self::Named(new) => {
                named.retain(|known| known != new.path());
                new.persist(path).map(drop).map_err(|error| error.error)
            }
            #[cfg(target_os = "linux")]
            Self::Nameless(_open, place) => {
                use rustix::fs::{AtFlags, CWD, linkat};
                let link = |name: &Path| Ok(linkat(CWD, &place, CWD, name, AtFlags::SYMLINK_FOLLOW)?);
                let new = Builder::new().prefix(PREFIX).suffix(SUFFIX).make_in(folder, link)?;
                new.persist(path).map(drop).map_err(|error| error.error)
            }
        }
    }
}

/// A new file without a name, where system and file system know such.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<Unkept> {
    use std::os::fd::AsRawFd as _;

    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = File::from(open(folder, flags, Mode::RUSR | Mode::WUSR).ok()?);
    // It gets a name for a moment, in which another run must not take it for one that nobody needs.
    drop(file.lock());
    let place = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    // Without /proc there is no way to it.
    place.exists().then_some(Unkept::Nameless(file, place))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::path::Path;

    use super::Unkept;

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).expect("a folder").count()
    }

    #[test]
    fn a_file_with_a_name_is_kept_or_removed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("hr.csv");
        let made = || {
            let mut new = Unkept::with_name(folder.path()).expect("room on the disk");
            new.file_mut().write_all(b"new").expect("room on the disk");
            new
        };
        let new = made();
        assert_eq!(entries(folder.path()), 1);
        assert!(super::is_name(&new.place().file_name().expect("it has one").to_string_lossy()));
        drop(new);
        assert_eq!(entries(folder.path()), 0);
        made().rename(&path, folder.path()).expect("nothing is there");
        assert_eq!((fs::read(&path).expect("it is there"), entries(folder.path())), (b"new".to_vec(), 1));
    }

    /// Not every file system knows files without names.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_without_a_name_is_seen_by_nobody_until_it_is_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("hr.csv");
        let Some(mut new) = super::nameless(folder.path()) else { return };
        new.file_mut().write_all(b"new").expect("room on the disk");
        assert_eq!(fs::read(new.place()).expect("it is open"), b"new");
        assert_eq!(entries(folder.path()), 0);
        new.rename(&path, folder.path()).expect("nothing is there");
        assert_eq!((fs::read(&path).expect("it is there"), entries(folder.path())), (b"new".to_vec(), 1));
    }
}
