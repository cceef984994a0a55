//! A new file in the place of an old one: whole or not at all.
//!
//! The new file is written on the same disk as the old one, and only its owner may read it ([`unkept`]); it is on the disk
//! before it is renamed over the old one, and the rename is on the disk before anything is said of it. Until then the old file is
//! untouched. What runs left that were killed is removed by the next run in that folder.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use super::unkept::{self, Unkept};
use crate::finding::Printable;
use crate::source;

/// Why a file cannot be replaced.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ReplaceError {
    /// It is a symbolic link.
    #[error("{0} is a symbolic link")]
    #[diagnostic(code(hrlint::link), help("Name the file that it leads to: a link is not replaced unseen."))]
    Link(Printable),
    /// It is a folder, a pipe or a device.
    #[error("{0} is no regular file")]
    #[diagnostic(code(hrlint::no_regular_file), help("Only files can be replaced; use --output FILE or --output -."))]
    Irregular(Printable),
    /// It changed since it was read.
    #[error("{0} changed while it was being mended")]
    #[diagnostic(
        code(hrlint::changed),
        help("Wait until the export is written, then mend it again; nothing was changed.")
    )]
    Changed(Printable),
    /// The new file could not be written or put in place.
    #[error("cannot write {file}: {reason}")]
    #[diagnostic(
        code(hrlint::unwritable),
        help("Make room in its folder, or ask for permission to write there; the file itself is as it was.")
    )]
    Write {
        /// The file.
        file: Printable,
        /// What the operating system says.
        reason: io::Error,
    },
    /// The new file is in place, and the disk does not confirm it.
    #[error("{file} is mended, but nobody knows whether it stays so after a power cut: {reason}")]
    #[diagnostic(
        code(hrlint::unconfirmed),
        help("Check the file again before it is sent, and ask whether its disk is sound.")
    )]
    Unconfirmed {
        /// The file.
        file: Printable,
        /// What the operating system says.
        reason: io::Error,
    },
}

/// A file that is being written, to take the place of another.
pub struct Replacement {
    path: PathBuf,
    /// What is there now, if anything is.
    old: Option<Metadata>,
    new: Unkept,
}

impl Replacement {
    /// Begins a file that is to be at `path`, where there may be one already.
    ///
    /// # Errors
    ///
    /// [`ReplaceError`] when what is there cannot be replaced, or nothing can be written beside it.
    pub fn begin(path: &Path) -> Result<Self, ReplaceError> {
        let name = || Printable::of_path(path);
        let old = match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() => return Err(ReplaceError::Link(name())),
            Ok(metadata) if !metadata.is_file() => return Err(ReplaceError::Irregular(name())),
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(reason) => return Err(ReplaceError::Write { file: name(), reason }),
        };
        remove_stale(folder(path));
        let new = Unkept::in_folder(folder(path)).map_err(|reason| ReplaceError::Write { file: name(), reason })?;
        Ok(Self { path: path.to_owned(), old, new })
    }

    /// Where to write.
    pub fn file(&mut self) -> &mut File {
        self.new.file_mut()
    }

    /// A path that leads to the new file for now.
    #[must_use]
    pub fn place(&self) -> &Path {
        self.new.place()
    }

    /// Puts what was written so far on the disk, and does something else in the meantime.
    ///
    /// # Errors
    ///
    /// [`ReplaceError::Write`] when the disk does not take it.
    pub fn flush_during<T>(&self, work: impl FnOnce() -> T) -> Result<T, ReplaceError> {
        let (flushed, done) = thread::scope(|scope| {
            let flushing = scope.spawn(|| self.new.file().sync_data());
            let done = work();
            (flushing.join(), done)
        });
        let flushed = flushed.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let failed = |reason| ReplaceError::Write { file: Printable::of_path(&self.path), reason };
        flushed.map_err(failed).map(|()| done)
    }

    /// How many other names the old file has; they keep the old content.
    #[must_use]
    pub fn other_names(&self) -> u64 {
        self.old.as_ref().map_or(0, |old| names(old).saturating_sub(1))
    }

    /// Puts the new file in the place of the old one, with its owner and mode.
    ///
    /// # Errors
    ///
    /// [`ReplaceError`]; the old file is then as it was, but for [`ReplaceError::Unconfirmed`].
    pub fn keep(self) -> Result<(), ReplaceError> {
        let file = || Printable::of_path(&self.path);
        let failed = |reason| ReplaceError::Write { file: file(), reason };
        let now = fs::symlink_metadata(&self.path).ok();
        let same = match (&self.old, &now) {
            (Some(old), Some(now)) => is_same(old, now),
            (None, None) => true,
            _ => false,
        };
        if !same {
            return Err(ReplaceError::Changed(file()));
        }
        take_over(self.new.file(), self.old.as_ref()).map_err(failed)?;
        self.new.file().sync_all().map_err(failed)?;
        let (path, folder) = (&self.path, folder(&self.path));
        self.new.rename(path, folder).map_err(failed)?;
        source::sync_folder(folder).map_err(|reason| ReplaceError::Unconfirmed { file: file(), reason })
    }
}

/// Removes what killed runs left: new files that nobody holds locked any more. They hold people's data, and are of no use.
fn remove_stale(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(unkept::is_name)) {
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let Ok(file) = File::options().read(true).write(true).open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            drop(file);
            // Whoever may not remove it did not leave it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// Whether it is the same file, unchanged.
fn is_same(old: &Metadata, now: &Metadata) -> bool {
    let same_content = old.len() == now.len() && old.modified().ok() == now.modified().ok();
    same_content && is_same_file(old, now)
}

#[cfg(unix)]
fn is_same_file(old: &Metadata, now: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (old.dev(), old.ino()) == (now.dev(), now.ino())
}

#[cfg(not(unix))]
fn is_same_file(_: &Metadata, now: &Metadata) -> bool {
    now.is_file()
}

/// Gives the new file the owner and the mode of the old one. A new file where there was none stays its owner's alone: it
/// holds people's data.
#[cfg(unix)]
fn take_over(new: &File, old: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let Some(old) = old else { return Ok(()) };
    let own = new.metadata()?;
    if (own.uid(), own.gid()) != (old.uid(), old.gid()) {
        fchown(new, Some(old.uid()), Some(old.gid()))?;
    }
    new.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn take_over(new: &File, old: Option<&Metadata>) -> io::Result<()> {
    old.map_or(Ok(()), |old| new.set_permissions(old.permissions()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::{ReplaceError, Replacement};

    #[test]
    fn what_is_not_kept_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("hr.csv");
        fs::write(&path, "old").expect("room on the disk");
        let mut new = Replacement::begin(&path).expect("a regular file");
        new.file().write_all(b"new").expect("room on the disk");
        drop(new);
        assert_eq!(fs::read(&path).expect("it is there"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_a_killed_run_left_is_removed_by_the_next_and_nothing_else_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, stale) = (folder.path().join("hr.csv"), folder.path().join(".hrlint-x1.tmp"));
        let other = folder.path().join(".hrlint-notes.txt");
        for path in [&path, &stale, &other] {
            fs::write(path, "old").expect("room on the disk");
        }
        let first = Replacement::begin(&path).expect("a regular file");
        assert!(!stale.exists() && other.exists());
        let second = Replacement::begin(&path).expect("a regular file");
        assert!(first.place().exists() && second.place().exists(), "another run is at work");
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("hr.csv");
        fs::write(&path, "old").expect("room on the disk");
        let new = Replacement::begin(&path).expect("a regular file");
        fs::write(&path, "newer").expect("room on the disk");
        assert!(matches!(new.keep(), Err(ReplaceError::Changed(_))));
        assert_eq!(fs::read(&path).expect("it is there"), b"newer");
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_is_kept_and_a_link_is_refused() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, link) = (folder.path().join("hr.csv"), folder.path().join("link.csv"));
        fs::write(&path, "old").expect("room on the disk");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("our own file");
        symlink(&path, &link).expect("room on the disk");
        assert!(matches!(Replacement::begin(&link), Err(ReplaceError::Link(_))));
        let mut new = Replacement::begin(&path).expect("a regular file");
        let mode = |path: &std::path::Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(new.place()), 0o600);
        new.file().write_all(b"new").expect("room on the disk");
        new.keep().expect("nothing changed");
        assert_eq!((fs::read(&path).expect("it is there"), mode(&path)), (b"new".to_vec(), 0o640));
    }
}
