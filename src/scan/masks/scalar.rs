//! The scalar twin: many bytes at a time in one integer, no special instruction. Runs everywhere, and is the oracle of
//! the vector code.

use super::{AddressMasks, Masks, OneByOne, Visitor, walk};

#[inline]
pub(super) fn each<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: V) -> V {
    walk(data, from, visitor, |block| masks(block, delimiter), OneByOne)
}

#[inline(always)]
fn masks(block: &[u8; 64], delimiter: u8) -> Masks {
    let planes = planes(block);
    let is = |byte| equal(&planes, byte);
    let [.., fifth, sixth, seventh] = planes;
    let (lf, others) = (is(b'\n'), is(b'&') | is(b'<') | is(0x7f));
    let unusual = seventh | !(fifth | sixth) & !lf | others;
    let (quote, cr) = (is(b'"'), is(b'\r'));
    let lf = transposed_few(lf);
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

/// One in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// Bit `8 * j + i` of number `k`: bit `k` of byte `8 * i + j`.
///
/// A byte is then told by eight operations on 64 bits for all bytes at once. Words change bits with those that are four, two
/// and one further on; what changes stands side by side, so that compilers take two words at a time where they can.
#[inline(always)]
fn planes(block: &[u8; 64]) -> [u64; 8] {
    let mut words = [0; 8];
    words.iter_mut().zip(block.as_chunks().0).for_each(|(word, bytes)| *word = u64::from_le_bytes(*bytes));
    let [w0, w1, w2, w3, w4, w5, w6, w7] = words;
    let ([w0, w1, w2, w3], [w4, w5, w6, w7]) = exchanged([w0, w1, w2, w3], [w4, w5, w6, w7], 4, ONES * 0x0f);
    let ([w0, w1, w4, w5], [w2, w3, w6, w7]) = exchanged([w0, w1, w4, w5], [w2, w3, w6, w7], 2, ONES * 0x33);
    let ([w0, w2, w4, w6], [w1, w3, w5, w7]) = exchanged([w0, w2, w4, w6], [w1, w3, w5, w7], 1, ONES * 0x55);
    [w0, w1, w2, w3, w4, w5, w6, w7]
}

/// Of each two words, the upper bits of one change places with the lower bits of the other, `apart` bits away.
#[inline(always)]
fn exchanged(mut ones: [u64; 4], mut others: [u64; 4], apart: usize, lower: u64) -> ([u64; 4], [u64; 4]) {
    for (one, other) in ones.iter_mut().zip(&mut others) {
        let change = (*one >> apart ^ *other) & lower;
        *one ^= change << apart;
        *other ^= change;
    }
    (ones, others)
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

/// The same, of a bit or none in one step.
#[inline(always)]
fn transposed_few(bits: u64) -> u64 {
    if bits & bits.wrapping_sub(1) == 0 {
        let place = bits.trailing_zeros();
        return u64::from(bits != 0) << ((place & 7) << 3 | place >> 3 & 7);
    }
    transposed(bits)
}

#[inline(always)]
pub(super) fn address(bytes: &[u8; 64]) -> AddressMasks {
    let planes = planes(bytes);
    let is = |byte| equal(&planes, byte);
    let [p0, p1, p2, p3, p4, p5, p6, p7] = planes;
    // From 0x41 to 0x5a and from 0x61 to 0x7a; from 0x30 to 0x39.
    let letter = !p7 & p6 & (p4 | p3 | p2 | p1 | p0) & !(p4 & p3 & (p2 | p1 & p0));
    let digit = !(p7 | p6) & p5 & p4 & !(p3 & (p2 | p1));
    let (at, dot, hyphen) = (is(b'@'), is(b'.'), is(b'-'));
    let others = is(b'\'') | is(b'_') | is(b'!') | is(b'#') | is(b'^') | is(b'~');
    AddressMasks {
        at: transposed(at),
        dot: transposed(dot),
        hyphen: transposed(hyphen),
        capital: transposed(letter & !p5),
        not_upn: transposed(!(letter | digit | at | dot | hyphen | others)),
    }
}

/// Of the bytes that these are the planes of, those that equal `byte`.
#[inline(always)]
fn equal(planes: &[u64; 8], byte: u8) -> u64 {
    // The upper bits first, which many of those that are asked for have in common.
    (0..8).rev().fold(u64::MAX, |all, bit| all & (planes[bit] ^ u64::from(byte >> bit & 1 == 0).wrapping_neg()))
}
