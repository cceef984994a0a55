//! Short texts that are known, recognised without a branch on how long they are.

use crate::scan::{Windows, kept};

/// A text of at most 64 bytes, to be compared with the first bytes of others.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// The text, and zeros behind it.
    pub bytes: [u8; 64],
    /// Number of these bytes; of a longer text, of all that it had.
    pub length: usize,
}

impl Text {
    /// None that any text is.
    pub const NONE: Self = Self { bytes: [0; 64], length: usize::MAX };

    /// The text. One of more than 64 bytes is none that a text of at most 64 bytes is.
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let mut new = Self { length: text.len(), ..Self::NONE };
        new.bytes.iter_mut().zip(text).for_each(|(place, byte)| *place = *byte);
        new
    }

    /// The text; nothing where there is none.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Whether the first `length` bytes of the window are this text.
    #[must_use]
    #[inline(always)]
    pub fn is(&self, set: impl Windows, window: &[u8; 64], length: usize) -> bool {
        // No text of 256 bytes and more is looked for.
        self.length == length && !set.differ(&self.bytes, window, length % 256)
    }
}

/// The 64 bytes from a place on; `None` where there are fewer.
#[must_use]
#[inline(always)]
pub fn window(bytes: &[u8], begin: usize) -> Option<&[u8; 64]> {
    bytes.get(begin..begin.wrapping_add(64))?.first_chunk()
}

/// A number that texts of other first bytes, last bytes or lengths hardly share; texts that belong together begin or end alike.
#[must_use]
#[inline(always)]
pub fn ends(window: &[u8; 64], length: usize) -> u64 {
    let word = |at: usize| window.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |word| u64::from_le_bytes(*word));
    match length.checked_sub(8) {
        Some(last) => word(0) ^ word(last.min(56)).rotate_left(31) ^ length as u64,
        None => word(0) & !(u64::MAX << (8 * length)) ^ length as u64,
    }
}

/// A number that is the same for texts that differ in blanks and in the case of letters only; `None` for long ones.
#[must_use]
#[inline(always)]
pub fn letters(window: &[u8; 64], length: usize) -> Option<u32> {
    let keep = kept(length)?;
    // Without the bit that tells the cases of a letter apart, a blank is nothing.
    Some((0..64).fold(0, |sum, i| sum + u32::from(window[i] & keep[i] & !0x20)))
}
