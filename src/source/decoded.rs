//! Other encodings, decoded to UTF-8 on the way, with the way back from decoded to stored offsets.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Source, StreamSource};

/// An encoding that is decoded: UTF-16 in its two byte orders, and one of single bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, low byte first, as Windows writes it.
    LittleEndian,
    /// UTF-16, high byte first.
    BigEndian,
    /// Windows-1252, a byte a character.
    Windows1252,
}

/// A source of another encoding seen as UTF-8. It is read in order, as a stream, even where the file could be read at offsets.
pub struct DecodedSource<'s> {
    stream: StreamSource<Decoding<'s>>,
    inner: &'s dyn Source,
    encoding: Encoding,
    checkpoints: Arc<Mutex<Checkpoints>>,
}

/// Pairs of offsets (decoded, stored) that belong together, a few for every chunk decoded.
type Checkpoints = VecDeque<(u64, u64)>;

impl<'s> DecodedSource<'s> {
    /// Decodes `inner` from stored offset `begin` on (behind a byte order mark, if there is one).
    pub fn new(inner: &'s dyn Source, encoding: Encoding, begin: u64) -> Self {
        let checkpoints = Arc::new(Mutex::new(Checkpoints::new()));
        let decoding = Decoding {
            inner,
            encoding,
            decoder: encoding.coding().new_decoder_without_bom_handling(),
            stored: begin,
            decoded: 0,
            pending: Vec::new(),
            taken: 0,
            ended: false,
            checkpoints: Arc::clone(&checkpoints),
        };
        Self { stream: StreamSource::new(decoding), inner, encoding, checkpoints }
    }
}

struct Decoding<'s> {
    inner: &'s dyn Source,
    encoding: Encoding,
    decoder: Decoder,
    /// Stored offset of the next bytes to decode.
    stored: u64,
    /// Decoded bytes up to the end of `pending`.
    decoded: u64,
    pending: Vec<u8>,
    taken: usize,
    ended: bool,
    checkpoints: Arc<Mutex<Checkpoints>>,
}

impl Decoding<'_> {
    fn decode_more(&mut self) -> io::Result<()> {
        let mut bytes = [0; 16 * 1024];
        let read = self.inner.read_at(&mut bytes, self.stored)?;
        self.inner.release(self.stored);
        let last = read < bytes.len();
        self.pending.clear();
        self.taken = 0;
        self.pending.resize(read * 3 + 16, 0);
        let (result, used, written, _) = self.decoder.decode_to_utf8(&bytes[..read], &mut self.pending, last);
        assert!(result == CoderResult::InputEmpty && used == read, "the output has room for all of the input");
        self.pending.truncate(written);
        let mut checkpoints = self.checkpoints.lock().unwrap_or_else(PoisonError::into_inner);
        // A surrogate pair cut by the end of the chunk is held back by the decoder: its two bytes count with the next chunk.
        let held = if last { 0 } else { held_back(self.encoding, &bytes[..read], &self.pending) };
        if checkpoints.is_empty() {
            checkpoints.push_back((0, self.stored));
        }
        self.stored += read as u64;
        self.decoded += written as u64;
        checkpoints.push_back((self.decoded, self.stored - held));
        self.ended = last;
        Ok(())
    }
}

/// Bytes at the end of a chunk that the decoder has taken but not yet written: what the written text does not account for.
fn held_back(encoding: Encoding, bytes: &[u8], written: &[u8]) -> u64 {
    (bytes.len() as u64).saturating_sub(encoding.stored(written))
}

impl Encoding {
    /// The text of stored bytes, without a byte order mark before it.
    pub(crate) fn decode(self, stored: &[u8]) -> Vec<u8> {
        self.coding().decode_without_bom_handling(stored).0.into_owned().into_bytes()
    }

    fn coding(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::LittleEndian => UTF_16LE,
            Self::BigEndian => UTF_16BE,
            Self::Windows1252 => WINDOWS_1252,
        }
    }

    /// Bytes that decoded text takes as stored.
    pub(crate) fn stored(self, decoded: &[u8]) -> u64 {
        let text = String::from_utf8_lossy(decoded);
        match self {
            Self::LittleEndian | Self::BigEndian => text.chars().map(|c| c.len_utf16() as u64 * 2).sum(),
            Self::Windows1252 => text.chars().count() as u64,
        }
    }
}

impl Read for Decoding<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.pending.len() && !self.ended {
            self.decode_more()?;
        }
        let length = buffer.len().min(self.pending.len() - self.taken);
        buffer[..length].copy_from_slice(&self.pending[self.taken..self.taken + length]);
        self.taken += length;
        Ok(length)
    }
}

impl DecodedSource<'_> {
    /// The stored offset of the decoded one, which must lie in the window.
    fn stored_offset(&self, decoded: u64) -> u64 {
        let checkpoints = self.checkpoints.lock().unwrap_or_else(PoisonError::into_inner);
        let next = checkpoints.partition_point(|(at, _)| *at <= decoded);
        let Some((from, stored)) = next.checked_sub(1).and_then(|i| checkpoints.get(i)).copied() else { return 0 };
        drop(checkpoints);
        let mut text = vec![0; (decoded - from) as usize];
        if self.stream.read_at(&mut text, from).is_err() {
            return stored;
        }
        stored + self.encoding.stored(&text)
    }
}

impl Source for DecodedSource<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.stream.read_at(buffer, offset)
    }

    fn size(&self) -> Option<u64> {
        None
    }

    fn release(&self, offset: u64) {
        let mut checkpoints = self.checkpoints.lock().unwrap_or_else(PoisonError::into_inner);
        while checkpoints.len() > 1 && checkpoints[1].0 <= offset {
            checkpoints.pop_front();
        }
        let kept = checkpoints.front().map_or(offset, |(decoded, _)| *decoded);
        drop(checkpoints);
        self.stream.release(kept.min(offset));
    }

    fn rereads(&self) -> bool {
        false
    }

    fn decodes(&self) -> bool {
        true
    }

    fn stored(&self, offset: u64, length: u64) -> (u64, u64) {
        let begin = self.stored_offset(offset);
        (begin, self.stored_offset(offset + length) - begin)
    }

    fn stored_size(&self, _read: u64) -> u64 {
        self.stream.with_reader(|decoding| decoding.stored)
    }

    fn verify(&self) -> io::Result<()> {
        self.inner.verify()
    }
}

#[cfg(test)]
mod tests {
    use super::{DecodedSource, Encoding, Source};
    use crate::source::StreamSource;

    #[test]
    fn decoded_offsets_lead_back_to_stored_ones() {
        let text: String = "aé€😀,".chars().cycle().take(40_001).collect();
        for encoding in [Encoding::LittleEndian, Encoding::BigEndian] {
            let units = text.encode_utf16();
            let stored: Vec<u8> = units
                .flat_map(
                    |unit| if encoding == Encoding::LittleEndian { unit.to_le_bytes() } else { unit.to_be_bytes() },
                )
                .collect();
            let inner = StreamSource::new(&stored[..]);
            let source = DecodedSource::new(&inner, encoding, 0);
            let mut decoded = vec![0; text.len() + 10];
            let read = source.read_at(&mut decoded, 0).expect("memory");
            assert_eq!(&decoded[..read], text.as_bytes());
            let mut expected = 0;
            for (at, c) in text.char_indices() {
                if at % 97 == 0 || at + 200 > text.len() {
                    let length = c.len_utf8() as u64;
                    assert_eq!(source.stored(at as u64, length), (expected, c.len_utf16() as u64 * 2), "at {at}");
                }
                expected += c.len_utf16() as u64 * 2;
            }
            assert_eq!(source.stored_size(read as u64), stored.len() as u64);
        }
    }

    #[test]
    fn single_bytes_are_as_many_as_the_letters() {
        let stored: Vec<u8> = b"a\xe9\x80,".iter().copied().cycle().take(40_001).collect();
        let text: String = "aé€,".chars().cycle().take(40_001).collect();
        let inner = StreamSource::new(&stored[..]);
        let source = DecodedSource::new(&inner, Encoding::Windows1252, 0);
        let mut decoded = vec![0; text.len() + 10];
        let read = source.read_at(&mut decoded, 0).expect("memory");
        assert_eq!(&decoded[..read], text.as_bytes());
        for (number, (at, c)) in text.char_indices().enumerate().step_by(97) {
            assert_eq!(source.stored(at as u64, c.len_utf8() as u64), (number as u64, 1));
        }
        assert_eq!(source.stored_size(read as u64), stored.len() as u64);
    }
}
