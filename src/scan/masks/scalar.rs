//! The scalar twin: eight bytes at a time in one integer, no special instruction. Runs everywhere, and is the oracle of
//! the vector code.

use super::{AddressMasks, Masks, OneByOne, Visitor, is_upn_byte};

#[inline]
pub(super) fn each<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: &mut V) {
    for (i, block) in data[from..].chunks_exact(64).enumerate() {
        if !visitor.visit(from + i * 64, &masks(block, delimiter), OneByOne) {
            return;
        }
    }
}

#[inline]
fn masks(block: &[u8], delimiter: u8) -> Masks {
    let mut masks = Masks::default();
    for (i, word) in block.as_chunks::<8>().0.iter().enumerate() {
        let (word, shift) = (u64::from_le_bytes(*word), i * 8);
        masks.delimiter |= equal(word, delimiter) << shift;
        masks.quote |= equal(word, b'"') << shift;
        masks.lf |= equal(word, b'\n') << shift;
        masks.cr |= equal(word, b'\r') << shift;
        masks.blank |= equal(word, b' ') << shift;
        masks.unusual |= (unusual(word) | equal(word, b'&') | equal(word, b'<')) << shift;
    }
    masks
}

/// The address's masks, byte by byte.
#[inline]
pub(super) fn address(bytes: &[u8; 64]) -> AddressMasks {
    let mut masks = AddressMasks::default();
    for (i, word) in bytes.as_chunks::<8>().0.iter().enumerate() {
        let classes = u64::from_le_bytes(word.map(|byte| CLASSES[usize::from(byte)]));
        let class = |class: u32| gather((classes >> class) & ONES) << (i * 8);
        masks.not_upn |= class(0);
        masks.at |= class(1);
        masks.dot |= class(2);
        masks.hyphen |= class(3);
    }
    masks
}

/// The capital letters among 64 bytes.
#[inline]
pub(super) fn capitals(bytes: &[u8; 64]) -> u64 {
    bytes.as_chunks::<8>().0.iter().enumerate().fold(0, |all, (i, word)| {
        let word = u64::from_le_bytes(*word);
        let low = word & LOW;
        // Adding 63 sets the high bit of what is `A` or more, adding 37 that of what is more than `Z`.
        let capital = (low + ONES * 63) & !(low + ONES * 37) & !word;
        all | gather(capital >> 7 & ONES) << (i * 8)
    })
}

/// The classes of each byte of an address, one bit each.
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] =
            !is_upn_byte(b) as u8 | ((b == b'@') as u8) << 1 | ((b == b'.') as u8) << 2 | ((b == b'-') as u8) << 3;
        byte += 1;
    }
    table
};

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = ONES * 0x7f;

/// One bit for each of the eight bytes that equals `byte`.
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    // The high bit of a byte is set exactly when the byte is zero (no carry crosses bytes).
    gather(!(((difference & LOW) + LOW) | difference | LOW) >> 7)
}

/// One bit for each of the eight bytes that is no printable ASCII.
#[inline]
fn unusual(word: u64) -> u64 {
    // Adding 96 sets the high bit of what is 32 or more, adding 1 that of 127; bytes from 128 on have it.
    let low = word & LOW;
    let printable = (low + ONES * 96) & !(low + ONES) & !word;
    gather((!printable >> 7) & ONES)
}

/// The lowest bits of eight bytes, side by side.
#[inline]
fn gather(lowest: u64) -> u64 {
    lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
}
