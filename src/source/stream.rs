//! Streams: standard input, pipes, decoders. Read ahead into a window, once.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Source;

const CHUNK: usize = 256 * 1024;

/// A stream that can be read at offsets within a window: from what was last released up to wherever somebody asks.
pub struct StreamSource<R> {
    window: Mutex<Window<R>>,
}

struct Window<R> {
    reader: R,
    chunks: VecDeque<Box<[u8]>>,
    /// Offset of the first chunk.
    begin: u64,
    /// Bytes in `chunks`.
    held: u64,
    ended: bool,
}

impl<R: Read + Send> StreamSource<R> {
    /// A window on the stream, empty at first.
    pub fn new(reader: R) -> Self {
        let window = Window { reader, chunks: VecDeque::new(), begin: 0, held: 0, ended: false };
        Self { window: Mutex::new(window) }
    }

    fn window(&self) -> MutexGuard<'_, Window<R>> {
        // A panic while reading leaves nothing half done that matters: the run is over.
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the reader behind the window.
    pub(super) fn with_reader<T>(&self, look: impl FnOnce(&R) -> T) -> T {
        look(&self.window().reader)
    }
}

impl<R: Read> Window<R> {
    fn read_up_to(&mut self, offset: u64) -> io::Result<()> {
        while !self.ended && self.begin + self.held < offset {
            let mut chunk = Vec::with_capacity(CHUNK);
            self.reader.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
            self.ended = chunk.len() < CHUNK;
            self.held += chunk.len() as u64;
            if !chunk.is_empty() {
                self.chunks.push_back(chunk.into_boxed_slice());
            }
        }
        Ok(())
    }
}

impl<R: Read + Send> Source for StreamSource<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut window = self.window();
        window.read_up_to(offset + buffer.len() as u64)?;
        assert!(offset >= window.begin, "a stream is not asked for what it released");
        let mut skip = (offset - window.begin) as usize;
        let mut filled = 0;
        for chunk in &window.chunks {
            if skip >= chunk.len() {
                skip -= chunk.len();
                continue;
            }
            let part = &chunk[skip..];
            let length = part.len().min(buffer.len() - filled);
            buffer[filled..filled + length].copy_from_slice(&part[..length]);
            filled += length;
            skip = 0;
            if filled == buffer.len() {
                break;
            }
        }
        Ok(filled)
    }

    fn size(&self) -> Option<u64> {
        None
    }

    fn release(&self, offset: u64) {
        let mut window = self.window();
        while let Some(chunk) = window.chunks.front() {
            let length = chunk.len() as u64;
            if window.begin + length > offset {
                break;
            }
            window.chunks.pop_front();
            window.begin += length;
            window.held -= length;
        }
    }

    fn rereads(&self) -> bool {
        false
    }

    fn verify(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Source as _, StreamSource};

    /// Hands out a few bytes at a time, as a pipe may.
    struct Dribble(Vec<u8>, usize);

    impl std::io::Read for Dribble {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = buffer.len().min(7).min(self.0.len() - self.1);
            buffer[..length].copy_from_slice(&self.0[self.1..self.1 + length]);
            self.1 += length;
            Ok(length)
        }
    }

    #[test]
    fn a_window_reads_like_a_file() {
        let bytes: Vec<u8> = (0..1_000_000u32).map(|i| (i % 251) as u8).collect();
        let source = StreamSource::new(Dribble(bytes.clone(), 0));
        let mut buffer = vec![0; 300_000];
        for offset in [0usize, 100_000, 90_000, 600_000, 900_000] {
            let read = source.read_at(&mut buffer, offset as u64).expect("bytes");
            assert_eq!(read, (bytes.len() - offset).min(buffer.len()));
            assert!(buffer[..read] == bytes[offset..offset + read]);
            source.release((offset as u64).saturating_sub(20_000));
        }
        assert_eq!(source.read_at(&mut buffer, 1_000_000).expect("the end"), 0);
    }
}
