//! Where bytes come from: files read at offsets, standard input and other streams, other encodings decoded on the way.
//!
//! The engine reads every source at offsets. A file is read where it is asked; a stream is read ahead into a window that the
//! engine lets go of as it moves on. Nothing here knows what the bytes mean.

mod decoded;
mod file;
mod memory;
mod stream;

use std::io;
#[cfg(feature = "upload")]
use std::io::Read as _;
use std::path::Path;

pub use decoded::{DecodedSource, Encoding};
pub use file::FileSource;
pub use memory::MemorySource;
pub use stream::StreamSource;

/// Bytes that can be read at offsets, by several threads at once.
pub trait Source: Sync {
    /// Reads bytes from `offset` on into `buffer` and returns how many: fewer than asked for only at the end.
    ///
    /// # Errors
    ///
    /// What the operating system reports. Bytes that were released cannot be read again.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// The number of bytes, where it is known beforehand.
    fn size(&self) -> Option<u64>;

    /// Bytes before `offset` will not be asked for again.
    fn release(&self, offset: u64);

    /// Whether any byte can be read a second time, however far back.
    fn rereads(&self) -> bool;

    /// Whether the bytes are not those stored, but decoded from them.
    fn decodes(&self) -> bool {
        false
    }

    /// Where `length` bytes at `offset` are in the file as stored, as offset and length.
    fn stored(&self, offset: u64, length: u64) -> (u64, u64) {
        (offset, length)
    }

    /// The number of bytes as stored of a source of `read` bytes, once all was read.
    fn stored_size(&self, read: u64) -> u64 {
        self.stored(read, 0).0
    }

    /// Whether the bytes that were read are still what is stored.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidData`] with the reason when the file changed, or what the operating system reports.
    fn verify(&self) -> io::Result<()>;
}

/// The error that says that a file is not what it was when it was opened.
pub(crate) fn changed(how: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the file {how} while it was being checked"))
}

/// Reads a file that somebody named whole, if it has at most so many MiB: what has no end, such as a device, is an error and
/// does not fill the memory.
#[cfg(feature = "upload")]
pub(crate) fn read_at_most(path: &Path, mebibytes: u64) -> io::Result<Vec<u8>> {
    let (mut bytes, most) = (Vec::new(), mebibytes << 20);
    std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    let too_large = || io::Error::other(format!("it is larger than {mebibytes} MiB"));
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// Makes the name of a new file outlive a crash.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file, and a name is on the disk when the system says so.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
