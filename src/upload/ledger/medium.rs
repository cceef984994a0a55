//! Where records go: a file, or in tests one that fails.

use std::fs::File;
use std::io::{self, Write as _};

/// Something that records are appended to.
pub(super) trait Medium: Send {
    /// Appends a line, with one call to the operating system where that takes all of it.
    fn append(&mut self, line: &[u8]) -> io::Result<()>;
    /// Brings everything appended to the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts everything behind a length off.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Medium for File {
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.write_all(line)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}
