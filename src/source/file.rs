//! Regular files, read at offsets. No memory map: a file that is truncated under a map kills the process.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::{Source, changed};

/// An open regular file, with what it was when it was opened.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    size: u64,
    modified: Option<SystemTime>,
}

impl FileSource {
    /// Takes an open file. Anything but a regular file (a pipe, a terminal, a device) has no offsets and is handed back.
    ///
    /// # Errors
    ///
    /// What the operating system reports.
    pub fn new(file: File) -> io::Result<Result<Self, File>> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(Err(file));
        }
        Ok(Ok(Self { size: metadata.len(), modified: metadata.modified().ok(), file }))
    }
}

impl FileSource {
    /// Whether the path still leads to this file.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidData`] when another file has taken its place, or what the operating system reports.
    pub fn verify_path(&self, path: &Path) -> io::Result<()> {
        let (here, there) = (self.file.metadata()?, path.metadata()?);
        if is_same(&here, &there) { Ok(()) } else { Err(changed("was replaced")) }
    }
}

#[cfg(unix)]
fn is_same(here: &Metadata, there: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (here.dev(), here.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_same(here: &Metadata, there: &Metadata) -> bool {
    let looks = |it: &Metadata| (it.len(), it.modified().ok(), it.created().ok());
    looks(here) == looks(there)
}

impl Source for FileSource {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let wanted = self.size.saturating_sub(offset).min(buffer.len() as u64) as usize;
        let mut filled = 0;
        while filled < wanted {
            match read_at(&self.file, &mut buffer[filled..wanted], offset + filled as u64) {
                Ok(0) => return Err(changed("became shorter")),
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    fn size(&self) -> Option<u64> {
        Some(self.size)
    }

    fn release(&self, _offset: u64) {}

    fn rereads(&self) -> bool {
        true
    }

    fn verify(&self) -> io::Result<()> {
        let now = self.file.metadata()?;
        if now.len() != self.size {
            return Err(changed(if now.len() < self.size { "became shorter" } else { "grew" }));
        }
        if now.modified().ok() != self.modified {
            return Err(changed("was written to"));
        }
        Ok(())
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    // Moves the file's cursor, which nothing here uses.
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{FileSource, Source as _};

    #[test]
    fn a_file_that_shrinks_is_an_error_and_not_an_end() {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(b"0123456789").expect("room on the disk");
        let source = FileSource::new(file.try_clone().expect("a handle")).expect("metadata").expect("a regular file");
        let mut buffer = [0; 4];
        assert_eq!(source.read_at(&mut buffer, 8).expect("bytes"), 2);
        assert!(source.verify().is_ok());
        file.set_len(5).expect("truncation");
        assert!(source.read_at(&mut buffer, 4).is_err());
        assert!(source.verify().is_err());
    }

    #[test]
    fn a_file_that_grows_is_seen_at_the_end() {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(b"0123456789").expect("room on the disk");
        let source = FileSource::new(file.try_clone().expect("a handle")).expect("metadata").expect("a regular file");
        file.write_all(b"more").expect("room on the disk");
        assert!(source.verify().is_err());
    }
}
