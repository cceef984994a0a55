//! The scalar twin: many bytes at a time in one integer, no special instruction. Runs everywhere, and is the oracle of
//! the vector code.

use super::{AddressMasks, Masks, OneByOne, Visitor, is_upn_byte};

#[inline]
pub(super) fn each<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: V) -> V {
    let mut visitor = visitor;
    let mut offset = from;
    for block in data[from..].as_chunks::<64>().0 {
        if !visitor.visit(offset, &masks(block, delimiter), OneByOne) {
            break;
        }
        offset += 64;
    }
    visitor
}

#[inline(always)]
fn masks(block: &[u8; 64], delimiter: u8) -> Masks {
    let planes = planes(block);
    let is = |byte: u8| {
        (0..8).fold(u64::MAX, |all, bit| all & (planes[bit] ^ u64::from(byte >> bit & 1 == 0).wrapping_neg()))
    };
    let [.., fifth, sixth, seventh] = planes;
    let (lf, others) = (is(b'\n'), is(b'&') | is(b'<') | is(0x7f));
    let unusual = seventh | !(fifth | sixth) & !lf | others;
    let (quote, cr) = (is(b'"'), is(b'\r'));
    let lf = transposed(lf);
    let mut masks = Masks {
        delimiter: transposed(is(delimiter)),
        lf,
        blank: transposed(is(b' ')),
        unusual: lf,
        ..Masks::default()
    };
    if quote | unusual != 0 {
        (masks.quote, masks.cr) = (transposed(quote), transposed(cr));
        masks.unusual |= transposed(unusual);
    }
    masks
}

/// Bit `8 * j + i` of number `k`: bit `k` of byte `8 * i + j`.
///
/// A byte is then told by eight operations on 64 bits for all bytes at once.
#[inline(always)]
fn planes(block: &[u8; 64]) -> [u64; 8] {
    let mut words = [0; 8];
    words.iter_mut().zip(block.as_chunks().0).for_each(|(word, bytes)| *word = u64::from_le_bytes(*bytes));
    // Of each two words that are so far apart, the upper bits of one change places with the lower bits of the other.
    for (apart, lower) in [(1, ONES * 0x55), (2, ONES * 0x33), (4, ONES * 0x0f)] {
        for at in (0..8).filter(|at| at & apart == 0) {
            let change = (words[at] >> apart ^ words[at + apart]) & lower;
            words[at] ^= change << apart;
            words[at + apart] ^= change;
        }
    }
    words
}

/// Bit `8 * i + j` is bit `8 * j + i`.
#[inline(always)]
fn transposed(mut bits: u64) -> u64 {
    for (apart, mask) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0x0000_0000_f0f0_f0f0)] {
        let change = (bits ^ bits >> apart) & mask;
        bits ^= change ^ change << apart;
    }
    bits
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
        masks.capital |= class(4);
    }
    masks
}

/// The classes of each byte of an address, one bit each.
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        let is = [!is_upn_byte(b), b == b'@', b == b'.', b == b'-', b.is_ascii_uppercase()];
        let mut class = 0;
        while class < is.len() {
            table[byte] |= (is[class] as u8) << class;
            class += 1;
        }
        byte += 1;
    }
    table
};

const ONES: u64 = 0x0101_0101_0101_0101;

/// The lowest bits of eight bytes, side by side.
#[inline]
fn gather(lowest: u64) -> u64 {
    lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
}
