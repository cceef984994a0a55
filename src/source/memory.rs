//! Bytes held in memory: standard input that is to be read more than once.

use std::io::{self, Read};

use super::Source;

/// A stream that was read to its end.
#[derive(Debug)]
pub struct MemorySource(Vec<u8>);

impl MemorySource {
    /// Reads a stream to its end, if it has no more than `most` bytes.
    ///
    /// # Errors
    ///
    /// What the operating system reports, or [`io::ErrorKind::FileTooLarge`].
    pub fn new(stream: impl Read, most: u64) -> io::Result<Self> {
        let mut bytes = Vec::new();
        stream.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            let why = format!("it has more than the {most} bytes that are held in memory; save it to a file first");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        Ok(Self(bytes))
    }
}

impl Source for MemorySource {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|at| self.0.get(at..)).unwrap_or(&[]);
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        Ok(length)
    }

    fn size(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    fn release(&self, _offset: u64) {}

    // The rules that read records again open the file by its path, and there is none.
    fn rereads(&self) -> bool {
        false
    }

    fn verify(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{MemorySource, Source as _};

    #[test]
    fn what_is_held_reads_like_a_file_and_has_a_limit() {
        let source = MemorySource::new(&b"0123456789"[..], 10).expect("ten bytes are ten");
        let mut buffer = [0; 4];
        assert_eq!((source.read_at(&mut buffer, 8).expect("memory"), &buffer[..2]), (2, &b"89"[..]));
        assert_eq!(source.read_at(&mut buffer, 11).expect("the end"), 0);
        assert!(MemorySource::new(&b"0123456789"[..], 9).is_err());
    }
}
