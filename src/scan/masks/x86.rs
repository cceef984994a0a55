//! Masks with the vector instructions of x86-64.
#![allow(unsafe_code, reason = "core::arch instructions; each block says why it is sound")]

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
    _mm256_or_si256, _mm256_set1_epi8, _mm256_setr_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi16,
    _mm512_cmpeq_epi8_mask, _mm512_cmpgt_epu8_mask, _mm512_loadu_si512, _mm512_movepi8_mask, _mm512_permutex2var_epi8,
    _mm512_set1_epi8, _mm512_sub_epi8,
};

use super::{Masks, Visitor, is_upn_byte};

pub(super) fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
}

pub(super) fn has_avx512() -> bool {
    has_avx2()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vbmi")
}

pub(super) fn each_avx2<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: &mut V) {
    assert!(has_avx2(), "Instructions::Avx2 is only made where it was detected");
    // SAFETY: the instructions that `avx2` is compiled with were detected just above.
    unsafe { avx2(data, from, delimiter, visitor) }
}

pub(super) fn each_avx512<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: &mut V) {
    assert!(has_avx512(), "Instructions::Avx512 is only made where it was detected");
    // SAFETY: the instructions that `avx512` is compiled with were detected just above.
    unsafe { avx512(data, from, delimiter, visitor) }
}

/// For every low nibble, the high nibbles (0 to 7, one bit each) with which it makes a byte of a principal name.
const UPN_NIBBLES: [i8; 16] = {
    let mut table = [0u8; 16];
    let mut byte = 0u8;
    while byte < 128 {
        if is_upn_byte(byte) {
            table[(byte & 15) as usize] |= 1 << (byte >> 4);
        }
        byte += 1;
    }
    let mut signed = [0i8; 16];
    let mut i = 0;
    while i < 16 {
        signed[i] = table[i] as i8;
        i += 1;
    }
    signed
};

/// # Safety
///
/// - The processor has AVX2, BMI1 and BMI2.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
unsafe fn avx2<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: &mut V) {
    let n = UPN_NIBBLES;
    let low_table = _mm256_setr_epi8(
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15], n[0],
        n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15],
    );
    let high_table = _mm256_setr_epi8(
        1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0,
    );
    let equal = |pair: &[__m256i; 2], byte: u8| {
        let byte = _mm256_set1_epi8(byte as i8);
        join([_mm256_cmpeq_epi8(pair[0], byte), _mm256_cmpeq_epi8(pair[1], byte)])
    };
    // Signed comparison: bytes from 0x80 on are negative, so one comparison finds them with the control characters.
    let unusual = |v: __m256i| {
        let control = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), v);
        _mm256_or_si256(control, _mm256_cmpeq_epi8(v, _mm256_set1_epi8(0x7f)))
    };
    let not_upn = |v: __m256i| {
        // A shuffle index with its high bit set gives 0: bytes from 0x80 on match no nibble.
        let low = _mm256_shuffle_epi8(low_table, v);
        let high = _mm256_shuffle_epi8(high_table, _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15)));
        _mm256_cmpeq_epi8(_mm256_and_si256(low, high), _mm256_setzero_si256())
    };
    for (i, block) in data[from..].chunks_exact(64).enumerate() {
        let pointer = block.as_ptr().cast::<__m256i>();
        // SAFETY: `block` holds 64 bytes, two unaligned loads of 32.
        let pair = unsafe { [_mm256_loadu_si256(pointer), _mm256_loadu_si256(pointer.add(1))] };
        let masks = Masks {
            delimiter: equal(&pair, delimiter),
            quote: equal(&pair, b'"'),
            lf: equal(&pair, b'\n'),
            cr: equal(&pair, b'\r'),
            blank: equal(&pair, b' '),
            at: equal(&pair, b'@'),
            dot: equal(&pair, b'.'),
            hyphen: equal(&pair, b'-'),
            unusual: join(pair.map(unusual)),
            not_upn: join(pair.map(not_upn)),
        };
        if !visitor.visit(from + i * 64, &masks) {
            return;
        }
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn join(pair: [__m256i; 2]) -> u64 {
    let [low, high] = pair.map(|v| u64::from(_mm256_movemask_epi8(v).cast_unsigned()));
    low | high << 32
}

/// For every ASCII byte: 0x80 unless it belongs into a principal name.
const NOT_UPN: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = if is_upn_byte(byte as u8) { 0 } else { 0x80 };
        byte += 1;
    }
    table
};

/// # Safety
///
/// - The processor has AVX-512 F, BW, VL and VBMI, and BMI1 and BMI2.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx2,bmi1,bmi2,lzcnt,popcnt")]
unsafe fn avx512<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: &mut V) {
    // SAFETY: the table holds 128 bytes, two unaligned loads of 64.
    let (table_low, table_high) =
        unsafe { (_mm512_loadu_si512(NOT_UPN.as_ptr().cast()), _mm512_loadu_si512(NOT_UPN.as_ptr().add(64).cast())) };
    let equal = |v: __m512i, byte: u8| _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(byte as i8));
    for (i, block) in data[from..].chunks_exact(64).enumerate() {
        // SAFETY: `block` holds 64 bytes, one unaligned load.
        let v = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        let beyond_ascii = _mm512_movepi8_mask(v);
        let masks = Masks {
            delimiter: equal(v, delimiter),
            quote: equal(v, b'"'),
            lf: equal(v, b'\n'),
            cr: equal(v, b'\r'),
            blank: equal(v, b' '),
            at: equal(v, b'@'),
            dot: equal(v, b'.'),
            hyphen: equal(v, b'-'),
            unusual: _mm512_cmpgt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(0x20)), _mm512_set1_epi8(0x5e)),
            // The permutation looks at the low seven bits only.
            not_upn: _mm512_movepi8_mask(_mm512_permutex2var_epi8(table_low, v, table_high)) | beyond_ascii,
        };
        if !visitor.visit(from + i * 64, &masks) {
            return;
        }
    }
}
