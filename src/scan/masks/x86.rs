//! Masks with the vector instructions of x86-64.
#![allow(unsafe_code, reason = "core::arch instructions; each block says why it is sound")]

use std::arch::x86_64::{
    __m128i, __m256i, __m512i, _mm_clmulepi64_si128, _mm_cvtsi64_si128, _mm_cvtsi128_si64, _mm_set1_epi8,
    _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8,
    _mm512_add_epi32, _mm512_cmpeq_epi8_mask, _mm512_cmpgt_epu8_mask, _mm512_cvtepu8_epi32, _mm512_extracti32x4_epi32,
    _mm512_loadu_si512, _mm512_maskz_compress_epi8, _mm512_set1_epi8, _mm512_set1_epi32, _mm512_storeu_si512,
    _mm512_sub_epi8, _pext_u64,
};

use super::{Masks, OneByOne, Pack, Visitor, walk};

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
        && is_x86_feature_detected!("avx512vbmi2")
        && is_x86_feature_detected!("pclmulqdq")
}

/// # Safety
///
/// - The processor has AVX2, BMI1, BMI2, LZCNT and POPCNT.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn each_avx2<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: V) -> V {
    // Signed comparison: bytes from 0x80 on are negative, so one comparison finds them with the control characters.
    let unusual = |v: __m256i| {
        let control = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), v);
        let is = |byte: u8| _mm256_cmpeq_epi8(v, _mm256_set1_epi8(byte.cast_signed()));
        _mm256_or_si256(_mm256_or_si256(control, is(0x7f)), _mm256_or_si256(is(b'&'), is(b'<')))
    };
    let masks = |block: &[u8; 64]| {
        let pair = load(block);
        Masks {
            delimiter: equal(&pair, delimiter),
            quote: equal(&pair, b'"'),
            lf: equal(&pair, b'\n'),
            cr: equal(&pair, b'\r'),
            blank: equal(&pair, b' '),
            unusual: join(pair.map(unusual)),
        }
    };
    walk(data, from, visitor, masks, OneByOne)
}

/// The two halves of 64 bytes.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn load(block: &[u8]) -> [__m256i; 2] {
    let (first, second) = block[..64].split_at(32);
    // SAFETY: both halves hold 32 bytes, an unaligned load each.
    unsafe { [_mm256_loadu_si256(first.as_ptr().cast()), _mm256_loadu_si256(second.as_ptr().cast())] }
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn equal(pair: &[__m256i; 2], byte: u8) -> u64 {
    let byte = _mm256_set1_epi8(byte.cast_signed());
    join([_mm256_cmpeq_epi8(pair[0], byte), _mm256_cmpeq_epi8(pair[1], byte)])
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn join(pair: [__m256i; 2]) -> u64 {
    let [low, high] = pair.map(|v| u64::from(_mm256_movemask_epi8(v).cast_unsigned()));
    low | high << 32
}

/// Compress and extract instructions. (AVX2 alone goes without `pext`: some processors that have it take long for it.)
///
/// # Safety
///
/// - Only to be made where the processor has AVX-512 F, BW, VL, VBMI and VBMI2, AVX2, BMI2, POPCNT and PCLMULQDQ.
#[derive(Clone, Copy)]
pub(super) struct Avx512;

impl Pack for Avx512 {
    #[inline(always)]
    fn places(self, bits: u64, base: u32, places: &mut [u32; 64]) {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { compressed(bits, base, places) }
    }

    #[inline(always)]
    fn extract(self, bits: u64, mask: u64) -> u64 {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { extracted(bits, mask) }
    }

    #[inline(always)]
    fn running_xor(self, bits: u64) -> u64 {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { multiplied(bits) }
    }
}

#[inline]
#[target_feature(enable = "bmi2")]
fn extracted(bits: u64, mask: u64) -> u64 {
    _pext_u64(bits, mask)
}

/// The exclusive-or of a number shifted by all counts: its product, without carries, with all ones.
#[inline]
#[target_feature(enable = "pclmulqdq")]
fn multiplied(bits: u64) -> u64 {
    let product = _mm_clmulepi64_si128::<0>(_mm_cvtsi64_si128(bits.cast_signed()), _mm_set1_epi8(-1));
    _mm_cvtsi128_si64(product).cast_unsigned()
}

/// Writes the places of bits sixteen at a time.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,popcnt")]
fn compressed(bits: u64, base: u32, places: &mut [u32; 64]) {
    let bytes = _mm512_maskz_compress_epi8(bits, iota());
    let base = _mm512_set1_epi32(base.cast_signed());
    let quarter = |quarter: __m128i| _mm512_add_epi32(_mm512_cvtepu8_epi32(quarter), base);
    let (places, _) = places.as_chunks_mut::<16>();
    store(&mut places[0], quarter(_mm512_extracti32x4_epi32::<0>(bytes)));
    let count = bits.count_ones();
    if count > 16 {
        store(&mut places[1], quarter(_mm512_extracti32x4_epi32::<1>(bytes)));
        if count > 32 {
            store(&mut places[2], quarter(_mm512_extracti32x4_epi32::<2>(bytes)));
            store(&mut places[3], quarter(_mm512_extracti32x4_epi32::<3>(bytes)));
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn store(places: &mut [u32; 16], values: __m512i) {
    // SAFETY: the array holds 64 bytes, one unaligned store.
    unsafe { _mm512_storeu_si512(places.as_mut_ptr().cast(), values) }
}

/// The numbers 0 to 63.
#[inline]
#[target_feature(enable = "avx512f")]
fn iota() -> __m512i {
    const NUMBERS: [u8; 64] = {
        let mut numbers = [0; 64];
        let mut i = 0;
        while i < 64 {
            numbers[i] = i as u8;
            i += 1;
        }
        numbers
    };
    // SAFETY: the array holds 64 bytes, one unaligned load.
    unsafe { _mm512_loadu_si512(NUMBERS.as_ptr().cast()) }
}

/// # Safety
///
/// - The processor has AVX-512 F, BW, VL, VBMI and VBMI2, AVX2, BMI1, BMI2, LZCNT, POPCNT and PCLMULQDQ.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi1,bmi2,lzcnt,popcnt,pclmulqdq")]
pub(super) unsafe fn each_avx512<V: Visitor>(data: &[u8], from: usize, delimiter: u8, visitor: V) -> V {
    let equal = |v: __m512i, byte: u8| _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(byte.cast_signed()));
    let masks = |block: &[u8; 64]| {
        // SAFETY: `block` holds 64 bytes, one unaligned load.
        let v = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        Masks {
            delimiter: equal(v, delimiter),
            quote: equal(v, b'"'),
            lf: equal(v, b'\n'),
            cr: equal(v, b'\r'),
            blank: equal(v, b' '),
            unusual: _mm512_cmpgt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(0x20)), _mm512_set1_epi8(0x5e))
                | equal(v, b'&')
                | equal(v, b'<'),
        }
    };
    walk(data, from, visitor, masks, Avx512)
}
