//! Windows looked at with the vector instructions of x86-64.
#![allow(unsafe_code, reason = "core::arch instructions; each block says why it is sound")]

use std::arch::x86_64::{
    __m256i, __m512i, _MM_HINT_T0, _bzhi_u64, _mm_prefetch, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8,
    _mm256_cmpgt_epu8_mask, _mm256_loadu_si256, _mm256_set1_epi8, _mm256_setr_epi8, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_srli_epi16, _mm256_sub_epi8, _mm512_add_epi32, _mm512_and_si512,
    _mm512_cmpeq_epi16_mask, _mm512_cmpgt_epu32_mask, _mm512_cmplt_epu32_mask, _mm512_cmpneq_epi32_mask,
    _mm512_loadu_si512, _mm512_mask_cmpeq_epi8_mask, _mm512_mask_cmpgt_epu8_mask, _mm512_mask_cmplt_epi8_mask,
    _mm512_mask_cmpneq_epi8_mask, _mm512_mask_test_epi32_mask, _mm512_maskz_mov_epi8, _mm512_mul_epu32,
    _mm512_or_si512, _mm512_permutex2var_epi8, _mm512_permutexvar_epi32, _mm512_reduce_add_epi64, _mm512_set1_epi8,
    _mm512_set1_epi16, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_sllv_epi32, _mm512_srli_epi32,
    _mm512_srli_epi64, _mm512_srlv_epi32, _mm512_sub_epi8, _mm512_sub_epi32, _mm512_test_epi32_mask,
};

use super::x86::{Avx512, equal, join, load, store};
use super::{AddressMasks, Windows, Work, is_upn_byte};

/// For every low nibble, the high nibbles (0 to 7, one bit each) with which it makes a byte of a sign-in name.
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
        signed[i] = table[i].cast_signed();
        i += 1;
    }
    signed
};

/// # Safety
///
/// - The processor has AVX2.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) unsafe fn address_avx2(bytes: &[u8; 64], length: usize) -> AddressMasks {
    let n = UPN_NIBBLES;
    let low_table = _mm256_setr_epi8(
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15], n[0],
        n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15],
    );
    let high_table = _mm256_setr_epi8(
        1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0,
    );
    let not_upn = |v: __m256i| {
        // A shuffle index with its high bit set gives 0: bytes from 0x80 on match no nibble.
        let low = _mm256_shuffle_epi8(low_table, v);
        let high = _mm256_shuffle_epi8(high_table, _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15)));
        _mm256_cmpeq_epi8(_mm256_and_si256(low, high), _mm256_setzero_si256())
    };
    // Signed comparisons: bytes from 0x80 on are less than any letter.
    let (below, above) = (_mm256_set1_epi8(0x40), _mm256_set1_epi8(0x5b));
    let capital = |v: __m256i| _mm256_and_si256(_mm256_cmpgt_epi8(v, below), _mm256_cmpgt_epi8(above, v));
    let pair = load(bytes);
    let masks = AddressMasks {
        at: equal(&pair, b'@'),
        dot: equal(&pair, b'.'),
        hyphen: equal(&pair, b'-'),
        capital: join(pair.map(capital)),
        not_upn: join(pair.map(not_upn)),
    };
    masks.within(length)
}

impl Windows for Avx512 {
    #[inline(always)]
    fn address(self, bytes: &[u8; 64], length: usize) -> AddressMasks {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { address_avx512(bytes, length) }
    }

    #[inline(always)]
    fn fetch<T: ?Sized>(self, at: &T) {
        // SAFETY: every processor of x86-64 has the instruction, and it cannot fail, whatever the address is.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(at).cast()) }
    }

    #[inline(always)]
    fn differ(self, a: &[u8; 64], b: &[u8; 64], length: usize) -> bool {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { differ(a, b, length) }
    }

    #[inline(always)]
    fn unfit(self, bytes: &[u8; 32], least: &[u8; 32], span: &[u8; 32]) -> bool {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { unfit(bytes, least, span) }
    }

    #[inline(always)]
    fn filled(self, before: &[u32; 16], ends: &[u32; 16]) -> u16 {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { filled(before, ends) }
    }

    #[inline(always)]
    fn marked(self, edges: (&[u32; 16], &[u32; 16]), marks: (&[u64; 8], u32), asked: u16) -> u16 {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { marked(edges, marks, asked) }
    }

    #[inline(always)]
    fn unfit_lengths(self, before: &[u32; 16], ends: &[u32; 16], least: &[u32; 16], span: &[u32; 16]) -> bool {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { unfit_lengths(before, ends, least, span) }
    }

    #[inline(always)]
    fn unquote(
        self,
        edges: (&[u32; 16], &[u32; 16]),
        quotes: (&[u64; 8], u32),
        (own, own_ends): (&mut [u32; 16], &mut [u32; 16]),
    ) {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { unquote(edges, quotes, own, own_ends) }
    }

    #[inline(always)]
    fn holds(self, numbers: &[u16; 32], one: u16) -> bool {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { holds(numbers, one) }
    }

    #[inline(always)]
    fn sum(self, window: &[u8; 64], length: usize, seeds: &[u64; 8]) -> u64 {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { sum(window, length, seeds) }
    }
}

/// # Safety
///
/// - Only to be made where the processor has AVX2.
#[derive(Clone, Copy)]
struct Avx2;

impl Windows for Avx2 {
    #[inline(always)]
    fn address(self, bytes: &[u8; 64], length: usize) -> AddressMasks {
        // SAFETY: the processor has what is needed, see the type.
        unsafe { address_avx2(bytes, length) }
    }

    #[inline(always)]
    fn fetch<T: ?Sized>(self, at: &T) {
        // SAFETY: every processor of x86-64 has the instruction, and it cannot fail, whatever the address is.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(at).cast()) }
    }
}

/// For every ASCII byte: 0x80 unless it belongs into a sign-in name.
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
/// - The processor has AVX-512 F, BW and VBMI, and BMI2.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,bmi2")]
pub(super) unsafe fn address_avx512(bytes: &[u8; 64], length: usize) -> AddressMasks {
    // SAFETY: the table holds 128 bytes, two unaligned loads of 64.
    let (table_low, table_high) =
        unsafe { (_mm512_loadu_si512(NOT_UPN.as_ptr().cast()), _mm512_loadu_si512(NOT_UPN.as_ptr().add(64).cast())) };
    let (v, inside) = (whole(bytes), first(length));
    let equal = |byte: u8| _mm512_mask_cmpeq_epi8_mask(inside, v, _mm512_set1_epi8(byte.cast_signed()));
    // The permutation looks at the low seven bits only.
    let not_upn = _mm512_or_si512(_mm512_permutex2var_epi8(table_low, v, table_high), v);
    let not_upn = _mm512_mask_cmplt_epi8_mask(inside, not_upn, _mm512_setzero_si512());
    let letter = _mm512_sub_epi8(v, _mm512_set1_epi8(0x41));
    let capital = _mm512_mask_cmpgt_epu8_mask(inside, _mm512_set1_epi8(26), letter);
    AddressMasks { at: equal(b'@'), dot: equal(b'.'), hyphen: equal(b'-'), capital, not_upn }
}

/// All 64 bytes of an array in one register.
#[inline]
#[target_feature(enable = "avx512f")]
fn whole<T, const N: usize>(array: &[T; N]) -> __m512i {
    const { assert!(size_of::<T>() * N == 64, "a register holds 64 bytes") };
    // SAFETY: the array holds 64 bytes, one unaligned load.
    unsafe { _mm512_loadu_si512(array.as_ptr().cast()) }
}

/// The same of 32.
#[inline]
#[target_feature(enable = "avx2")]
fn half(array: &[u8; 32]) -> __m256i {
    // SAFETY: the array holds 32 bytes, one unaligned load.
    unsafe { _mm256_loadu_si256(array.as_ptr().cast()) }
}

/// Ones for the first bytes, for all where there are fewer.
#[inline]
#[target_feature(enable = "bmi2")]
fn first(length: usize) -> u64 {
    // The instruction looks at eight bits.
    debug_assert!(length < 256, "callers know windows of 64 bytes");
    _bzhi_u64(u64::MAX, length as u32)
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,bmi2")]
fn differ(a: &[u8; 64], b: &[u8; 64], length: usize) -> bool {
    _mm512_mask_cmpneq_epi8_mask(first(length), whole(a), whole(b)) != 0
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx2")]
fn unfit(bytes: &[u8; 32], least: &[u8; 32], span: &[u8; 32]) -> bool {
    _mm256_cmpgt_epu8_mask(_mm256_sub_epi8(half(bytes), half(least)), half(span)) != 0
}

#[inline]
#[target_feature(enable = "avx512f")]
fn filled(before: &[u32; 16], ends: &[u32; 16]) -> u16 {
    _mm512_cmplt_epu32_mask(_mm512_add_epi32(whole(before), _mm512_set1_epi32(1)), whole(ends))
}

#[inline]
#[target_feature(enable = "avx512f")]
fn marked((before, ends): (&[u32; 16], &[u32; 16]), (marks, base): (&[u64; 8], u32), asked: u16) -> u16 {
    let (marks, low_bits) = (whole(marks), _mm512_set1_epi32(31));
    let number = |number: u32| _mm512_set1_epi32(number.cast_signed());
    let (one, two) = (number(1), number(2));
    // Sixteen words of 32 bits. The permutation looks at the low four bits of a number, which choose one; what is shifted by 32
    // bits and more is 0.
    let begin = _mm512_sub_epi32(whole(before), number(base.wrapping_sub(1)));
    let end = _mm512_sub_epi32(whole(ends), number(base));
    let (word, last) = (_mm512_srli_epi32::<5>(begin), _mm512_srli_epi32::<5>(end));
    let length = _mm512_sub_epi32(whole(ends), whole(before));
    let from = _mm512_srlv_epi32(_mm512_permutexvar_epi32(word, marks), _mm512_and_si512(begin, low_bits));
    let first = _mm512_test_epi32_mask(from, _mm512_sub_epi32(_mm512_sllv_epi32(one, length), one));
    // Of cells that go on in another word: that one, and those between.
    let goes_on = _mm512_cmpneq_epi32_mask(word, last);
    let to = _mm512_sub_epi32(_mm512_sllv_epi32(two, _mm512_and_si512(end, low_bits)), one);
    let to = _mm512_and_si512(_mm512_permutexvar_epi32(last, marks), to);
    let between = _mm512_sub_epi32(_mm512_sllv_epi32(one, last), _mm512_sllv_epi32(two, word));
    let some = number(u32::from(_mm512_test_epi32_mask(marks, marks)));
    let rest = _mm512_or_si512(to, _mm512_and_si512(between, some));
    (first | _mm512_mask_test_epi32_mask(goes_on, rest, rest)) & asked
}

#[inline]
#[target_feature(enable = "avx512f")]
fn unfit_lengths(before: &[u32; 16], ends: &[u32; 16], least: &[u32; 16], span: &[u32; 16]) -> bool {
    let lengths = _mm512_sub_epi32(whole(ends), whole(before));
    _mm512_cmpgt_epu32_mask(_mm512_sub_epi32(lengths, whole(least)), whole(span)) != 0
}

#[inline]
#[target_feature(enable = "avx512f")]
fn unquote(
    (before, ends): (&[u32; 16], &[u32; 16]),
    (quotes, base): (&[u64; 8], u32),
    own: &mut [u32; 16],
    own_ends: &mut [u32; 16],
) {
    let place = _mm512_sub_epi32(whole(before), _mm512_set1_epi32(base.wrapping_sub(1).cast_signed()));
    // The permutation looks at the low four bits of a number, which choose one of sixteen words; the shift is by less than 32.
    let word = _mm512_permutexvar_epi32(_mm512_srli_epi32::<5>(place), whole(quotes));
    let shifted = _mm512_srlv_epi32(word, _mm512_and_si512(place, _mm512_set1_epi32(31)));
    let moved = _mm512_and_si512(shifted, _mm512_set1_epi32(1));
    store(own, _mm512_add_epi32(whole(before), moved));
    store(own_ends, _mm512_sub_epi32(whole(ends), moved));
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn holds(numbers: &[u16; 32], one: u16) -> bool {
    _mm512_cmpeq_epi16_mask(whole(numbers), _mm512_set1_epi16(one.cast_signed())) != 0
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,bmi2")]
fn sum(window: &[u8; 64], length: usize, seeds: &[u64; 8]) -> u64 {
    let small = _mm512_or_si512(whole(window), _mm512_set1_epi8(0x20));
    // Both words of each 64 bits at once.
    let words = _mm512_add_epi32(_mm512_maskz_mov_epi8(first(length), small), whole(seeds));
    let products = _mm512_mul_epu32(words, _mm512_srli_epi64::<32>(words));
    _mm512_reduce_add_epi64(products).cast_unsigned()
}

/// # Safety
///
/// - The processor has AVX2, BMI1, BMI2, LZCNT and POPCNT.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn run_avx2<W: Work>(work: W) {
    work.run(Avx2);
}

/// # Safety
///
/// - The processor has AVX-512 F, BW, VL, VBMI and VBMI2, AVX2, BMI1, BMI2, LZCNT and POPCNT.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn run_avx512<W: Work>(work: W) {
    work.run(Avx512);
}
