//! The scalar twin: eight bytes at a time in one integer, no special instruction. Runs everywhere, and is the oracle of
//! the vector code.

use super::{Masks, Visitor, is_upn_byte};

/// The classes of each byte that need a table, one bit each.
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        let unusual = !(b' ' <= b && b <= b'~');
        table[byte] = unusual as u8
            | (!is_upn_byte(b) as u8) << 1
            | ((b == b'@') as u8) << 2
            | ((b == b'.') as u8) << 3
            | ((b == b'-') as u8) << 4
            | ((b == b' ') as u8) << 5
            | ((b == b'\r') as u8) << 6;
        byte += 1;
    }
    table
};

pub(super) fn each<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: &mut V) {
    for (i, block) in data[from..].chunks_exact(64).enumerate() {
        if !visitor.visit(from + i * 64, &masks(block, delimiter)) {
            return;
        }
    }
}

#[inline]
fn masks(block: &[u8], delimiter: u8) -> Masks {
    let mut masks = Masks::default();
    for (i, word) in block.chunks_exact(8).enumerate() {
        let word: [u8; 8] = word.try_into().expect("chunks of eight");
        let value = u64::from_le_bytes(word);
        let classes = u64::from_le_bytes(word.map(|byte| CLASSES[usize::from(byte)]));
        let shift = i * 8;
        masks.delimiter |= equal(value, delimiter) << shift;
        masks.quote |= equal(value, b'"') << shift;
        masks.lf |= equal(value, b'\n') << shift;
        masks.unusual |= bits(classes, 0) << shift;
        masks.not_upn |= bits(classes, 1) << shift;
        masks.at |= bits(classes, 2) << shift;
        masks.dot |= bits(classes, 3) << shift;
        masks.hyphen |= bits(classes, 4) << shift;
        masks.blank |= bits(classes, 5) << shift;
        masks.cr |= bits(classes, 6) << shift;
    }
    masks
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// One bit for each of the eight bytes that equals `byte`.
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    // The high bit of a byte is set exactly when the byte is zero (no carry crosses bytes).
    let zero = !(((difference & 0x7f7f_7f7f_7f7f_7f7f) + 0x7f7f_7f7f_7f7f_7f7f) | difference | 0x7f7f_7f7f_7f7f_7f7f);
    gather(zero >> 7)
}

/// Bit `class` of each of the eight bytes.
#[inline]
fn bits(classes: u64, class: u32) -> u64 {
    gather((classes >> class) & ONES)
}

/// The lowest bits of eight bytes, side by side.
#[inline]
fn gather(lowest: u64) -> u64 {
    lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
}
