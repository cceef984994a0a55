//! The file itself: where it is, that it is a plain file of its own, and that one run at a time writes it.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::error::LedgerError;
use crate::finding::Printable;
use crate::source;

/// The file's name.
const NAME: &str = "ledger.jsonl";

/// Bytes of the lock file that are read to learn who holds it.
const MOST_OF_HOLDER: u64 = 300;

/// How long to wait between two looks at the lock.
const LOOK: Duration = Duration::from_millis(50);

/// Where the ledger is if nobody says: in the user's folder for state, as the platform has it.
///
/// # Errors
///
/// There is no such folder.
pub fn default_path() -> Result<PathBuf, LedgerError> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")))
    };
    state.map(|state| state.join("hrlint").join(NAME)).ok_or(LedgerError::NoPlace)
}

/// Holds the lock for as long as it lives.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "closing the file unlocks it")] File);

impl Lock {
    /// Takes the lock beside the ledger, waiting for so long.
    pub(super) fn take(path: &Path, patience: Duration) -> Result<Self, LedgerError> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        let mut file = open(Path::new(&name))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if begun.elapsed() < patience => sleep(LOOK),
                Err(TryLockError::WouldBlock) => {
                    return Err(LedgerError::Locked { path: Printable::of_path(path), holder: holder(&mut file) });
                }
                Err(TryLockError::Error(reason)) => {
                    return Err(LedgerError::Open { path: Printable::of_path(path), reason });
                }
            }
        }
        // Who holds it is a courtesy: the lock holds without.
        drop(sign(&mut file));
        Ok(Self(file))
    }
}

/// Writes down who holds the lock.
fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    let now = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ");
    let text = format!("process {} on {} since {now}", std::process::id(), host());
    file.write_all(text.as_bytes())
}

/// Who holds the lock. Windows lets nobody else read a locked file.
fn holder(file: &mut File) -> Printable {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(MOST_OF_HOLDER).read_to_string(&mut text));
    Printable::new(if read.is_ok() && !text.is_empty() { &text } else { "another run of hrlint" })
}

/// This machine's name, as far as it is easily had.
fn host() -> String {
    let named = ["COMPUTERNAME", "HOSTNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let name = named.or_else(|| fs::read_to_string("/proc/sys/kernel/hostname").ok());
    name.map_or_else(|| "this machine".to_owned(), |name| name.trim().to_owned())
}

/// Opens the ledger, or makes it.
pub(super) fn open(path: &Path) -> Result<File, LedgerError> {
    let unable = |reason| LedgerError::Open { path: Printable::of_path(path), reason };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private_folder().create(folder).map_err(unable)?;
    refuse_odd(path)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    private(&mut options);
    // Made anew it cannot be somebody else's: `create_new` follows no link.
    let file = match options.clone().create_new(true).open(path) {
        Ok(file) => {
            source::sync_folder(folder).map_err(unable)?;
            file
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => options.open(path).map_err(unable)?,
        Err(reason) => return Err(unable(reason)),
    };
    refuse_odd(path)?;
    check_is_there(path, &file)?;
    close_to_others(&file).map_err(unable)?;
    Ok(file)
}

/// Refuses whatever is no plain file. Asked before opening (a pipe would block) and after.
fn refuse_odd(path: &Path) -> Result<(), LedgerError> {
    let Ok(there) = fs::symlink_metadata(path) else { return Ok(()) };
    let kind = there.file_type();
    let what = match () {
        () if kind.is_symlink() => "a link",
        () if kind.is_dir() => "a folder",
        () if !kind.is_file() => "a device or a pipe",
        () if is_shared(&there) => "known by another name as well (a hard link)",
        () => return Ok(()),
    };
    Err(LedgerError::NotAFile { path: Printable::of_path(path), what })
}

#[cfg(unix)]
fn is_shared(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn is_shared(_: &fs::Metadata) -> bool {
    false
}

/// Refuses a file that is not the one at the path: somebody exchanged it meanwhile.
#[cfg(unix)]
fn check_is_there(path: &Path, file: &File) -> Result<(), LedgerError> {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: fs::Metadata, b: fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    let there = fs::symlink_metadata(path).and_then(|there| Ok(same(there, file.metadata()?)));
    match there {
        Ok(true) => Ok(()),
        Ok(false) => {
            Err(LedgerError::NotAFile { path: Printable::of_path(path), what: "being exchanged for another file" })
        }
        Err(reason) => Err(LedgerError::Open { path: Printable::of_path(path), reason }),
    }
}

#[cfg(not(unix))]
fn check_is_there(_: &Path, _: &File) -> Result<(), LedgerError> {
    Ok(())
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

/// The user's own folder is closed to others already.
#[cfg(not(unix))]
fn private(_: &mut OpenOptions) {}

fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Takes from others what an older file may have allowed them.
#[cfg(unix)]
fn close_to_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = file.metadata()?.permissions().mode();
    let others = mode & 0o077;
    if others == 0 { Ok(()) } else { file.set_permissions(fs::Permissions::from_mode(0o600)) }
}

#[cfg(not(unix))]
fn close_to_others(_: &File) -> io::Result<()> {
    Ok(())
}
