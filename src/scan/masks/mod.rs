//! Byte masks: for every 64 bytes, one bit a byte that says what the byte is.
//!
//! This is the only module with `unsafe` code: `core::arch` instructions chosen at run time, each set with the scalar
//! twin in [`scalar`] as its oracle. Pseudo-code, for every byte `b` at bit `i`:
//!
//! ```text
//! delimiter[i] = b == delimiter      quote[i] = b == '"'     lf[i] = b == '\n'      cr[i] = b == '\r'
//! blank[i]     = b == ' '            unusual[i] = b < ' ' or b > '~' or b == '&' or b == '<'
//!
//! and of an address: at[i] = b == '@'     dot[i] = b == '.'     hyphen[i] = b == '-'
//!                    capital[i] = b is one of A-Z
//!                    not_upn[i] = b is none of A-Z a-z 0-9 ' . - _ ! # ^ ~ @
//! ```

mod scalar;
mod windows;
#[cfg(target_arch = "x86_64")]
mod x86;
#[cfg(target_arch = "x86_64")]
mod x86_windows;

pub use windows::{Windows, kept};

/// What each of 64 bytes is, bit `i` for byte `i`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub(super) delimiter: u64,
    pub(super) quote: u64,
    pub(super) lf: u64,
    pub(super) cr: u64,
    pub(super) blank: u64,
    pub(super) unusual: u64,
}

/// What each of the 64 bytes from the beginning of an address on is, bit `i` for byte `i`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressMasks {
    /// An `@`.
    pub at: u64,
    /// A dot.
    pub dot: u64,
    /// A hyphen.
    pub hyphen: u64,
    /// A capital letter of ASCII.
    pub capital: u64,
    /// Not a byte of a sign-in name.
    pub not_upn: u64,
}

impl Masks {
    /// The masks without the bytes whose bit in `keep` is not set.
    pub(super) fn within(&self, keep: u64) -> Self {
        Self {
            delimiter: self.delimiter & keep,
            quote: self.quote & keep,
            lf: self.lf & keep,
            cr: self.cr & keep,
            blank: self.blank & keep,
            unusual: self.unusual & keep,
        }
    }
}

impl AddressMasks {
    /// The masks of the first `length` bytes alone, of which there are 1 to 64.
    #[must_use]
    #[inline(always)]
    pub fn within(self, length: usize) -> Self {
        let inside = u64::MAX >> (64 - length);
        Self {
            at: self.at & inside,
            dot: self.dot & inside,
            hyphen: self.hyphen & inside,
            capital: self.capital & inside,
            not_upn: self.not_upn & inside,
        }
    }
}

/// Bytes that a sign-in name may hold, the `@` included.
#[cfg(any(test, target_arch = "x86_64"))]
pub(super) const fn is_upn_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | b'.' | b'-' | b'_' | b'!' | b'#' | b'^' | b'~' | b'@')
}

/// Something that takes the masks of 64 bytes after the other.
pub(super) trait Visitor {
    /// Takes the masks of the bytes `offset..offset + 64`. Says whether to go on.
    fn visit(&mut self, offset: usize, masks: &Masks, pack: impl Pack) -> bool;

    /// Takes the bytes of a group, given who makes their masks.
    #[inline(always)]
    fn visit_group(
        &mut self,
        offset: usize,
        group: &[u8; GROUP],
        masks: impl Fn(&[u8; 64]) -> Masks,
        pack: impl Pack,
    ) -> bool {
        let mut blocks = group.as_chunks().0.iter().zip(0..);
        blocks.all(|(block, at)| self.visit(offset + 64 * at, &masks(block), pack))
    }
}

/// Bytes that a visitor may take at once.
pub(super) const GROUP: usize = 512;

/// Shows `visitor` the masks of `data` from `from` on, until it says stop.
#[inline(always)]
fn walk<V: Visitor>(
    data: &[u8],
    from: usize,
    mut visitor: V,
    masks: impl Fn(&[u8; 64]) -> Masks,
    pack: impl Pack,
) -> V {
    let (groups, rest) = data[from..].as_chunks();
    let mut offset = from;
    for group in groups {
        if !visitor.visit_group(offset, group, &masks, pack) {
            return visitor;
        }
        offset += GROUP;
    }
    for block in rest.as_chunks().0 {
        if !visitor.visit(offset, &masks(block), pack) {
            break;
        }
        offset += 64;
    }
    visitor
}

/// What an instruction set can do with the bits of a mask.
pub(super) trait Pack: Copy {
    /// Writes the places of the bits that are set, counted from a base, to the front of a list; what is behind them may be
    /// written over.
    fn places(self, bits: u64, base: u32, places: &mut [u32; 64]);

    /// The bits that stand where `mask` has ones, side by side.
    fn extract(self, bits: u64, mask: u64) -> u64;

    /// Bit `i` is the exclusive-or of bits `0..=i`.
    fn running_xor(self, bits: u64) -> u64;
}

/// Bit by bit.
#[derive(Clone, Copy)]
struct OneByOne;

impl Pack for OneByOne {
    #[inline(always)]
    fn places(self, mut bits: u64, base: u32, places: &mut [u32; 64]) {
        // Mostly there are fewer than eight: to write a few too many costs less than to guess how many there are.
        for places in places.as_chunks_mut::<8>().0 {
            for place in places {
                *place = base.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            if bits == 0 {
                break;
            }
        }
    }

    #[inline(always)]
    fn extract(self, bits: u64, mask: u64) -> u64 {
        let (mut left, mut extracted) = (bits & mask, 0);
        while left != 0 {
            let below = (left & left.wrapping_neg()) - 1;
            extracted |= 1 << (mask & below).count_ones();
            left &= left - 1;
        }
        extracted
    }

    #[inline(always)]
    fn running_xor(self, mut bits: u64) -> u64 {
        for shift in [1, 2, 4, 8, 16, 32] {
            bits ^= bits << shift;
        }
        bits
    }
}

/// Something that is worth compiling once for every instruction set: its `run` is `#[inline(always)]`.
pub trait Work {
    /// Does it. Whoever looks at addresses by the set that `run` is compiled for has no choice to make.
    fn run(self, set: impl Windows);
}

/// An instruction set that this machine has: it cannot be made without having been detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instructions(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// Plain integer arithmetic: runs everywhere.
    pub const SCALAR: Self = Self(Set::Scalar);

    /// The fastest set that this machine has. `HRLINT_SIMD=scalar|avx2|avx512` asks for another one, for measurements;
    /// a set that the machine lacks is not used.
    #[must_use]
    pub fn detect() -> Self {
        let wanted = std::env::var("HRLINT_SIMD").ok();
        let available = Self::available();
        let named = wanted.and_then(|name| available.iter().copied().find(|set| set.name() == name));
        named.unwrap_or(available[available.len() - 1])
    }

    /// All sets of this machine, slowest first. The scalar one is always there.
    #[must_use]
    pub fn available() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        let (avx2, avx512) = (x86::has_avx2().then_some(Set::Avx2), x86::has_avx512().then_some(Set::Avx512));
        #[cfg(not(target_arch = "x86_64"))]
        let (avx2, avx512) = (None, None);
        [Some(Set::Scalar), avx2, avx512].into_iter().flatten().map(Self).collect()
    }

    /// The set's name, as in `HRLINT_SIMD`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => "avx512",
        }
    }

    /// Runs `work`, compiled for this set.
    pub fn run<W: Work>(self, work: W) {
        match self.0 {
            Set::Scalar => work.run(OneByOne),
            // SAFETY: an `Instructions` is only made of a set that was detected on this machine.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "core::arch instructions")]
            Set::Avx2 => unsafe { x86_windows::run_avx2(work) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "core::arch instructions")]
            Set::Avx512 => unsafe { x86_windows::run_avx512(work) },
        }
    }

    /// Shows `visitor` the masks of `data` from `from` (a multiple of 64) to its end, which must be a multiple of 64, until
    /// it says stop, and hands it back. (What is only lent is written to memory again and again.)
    pub(super) fn each<V: Visitor>(self, data: &[u8], from: usize, delimiter: u8, visitor: V) -> V {
        assert!(from.is_multiple_of(64) && data.len().is_multiple_of(64), "masks are made of 64 bytes at a time");
        match self.0 {
            Set::Scalar => scalar::each(data, from, delimiter, visitor),
            // SAFETY: an `Instructions` is only made of a set that was detected on this machine.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "core::arch instructions")]
            Set::Avx2 => unsafe { x86::each_avx2(data, from, delimiter, visitor) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "core::arch instructions")]
            Set::Avx512 => unsafe { x86::each_avx512(data, from, delimiter, visitor) },
        }
    }
}

impl Windows for Instructions {
    #[inline]
    fn is_plain(self) -> bool {
        self == Self::SCALAR
    }

    #[inline]
    fn address(self, bytes: &[u8; 64], length: usize) -> AddressMasks {
        match self.0 {
            Set::Scalar => scalar::address(bytes).within(length),
            // SAFETY: an `Instructions` is only made of a set that was detected on this machine.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "core::arch instructions")]
            Set::Avx2 => unsafe { x86_windows::address_avx2(bytes, length) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "core::arch instructions")]
            Set::Avx512 => unsafe { x86_windows::address_avx512(bytes, length) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AddressMasks, Instructions, Masks, OneByOne, Pack, Visitor, Windows, is_upn_byte};
    use proptest::prelude::*;

    struct Collect(Vec<(usize, Masks)>);

    impl Visitor for Collect {
        fn visit(&mut self, offset: usize, masks: &Masks, pack: impl Pack) -> bool {
            let bits = masks.delimiter | masks.unusual;
            let mut places = [0; 64];
            pack.places(bits, 1000, &mut places);
            assert_eq!(pack.extract(masks.delimiter, bits), OneByOne.extract(masks.delimiter, bits));
            let among: Vec<_> = (0..64).filter(|i| bits >> i & 1 == 1).map(|i| masks.delimiter >> i & 1).collect();
            let naive = among.iter().zip(0..).fold(0, |all, (bit, i)| all | bit << i);
            assert_eq!(pack.extract(masks.delimiter, bits), naive);
            assert_eq!(pack.running_xor(bits), OneByOne.running_xor(bits));
            let expected: Vec<u32> = (0..64).filter(|i| bits >> i & 1 == 1).map(|i| 1000 + i).collect();
            assert_eq!(places[..expected.len()], expected);
            self.0.push((offset, *masks));
            true
        }
    }

    fn masks(with: Instructions, data: &[u8], from: usize, delimiter: u8) -> Vec<(usize, Masks)> {
        with.each(data, from, delimiter, Collect(Vec::new())).0
    }

    /// The pseudo-code of the module, word for word.
    fn naive(block: &[u8], delimiter: u8) -> Masks {
        let bits = |is: &dyn Fn(u8) -> bool| bits(block, is);
        Masks {
            delimiter: bits(&|b| b == delimiter),
            quote: bits(&|b| b == b'"'),
            lf: bits(&|b| b == b'\n'),
            cr: bits(&|b| b == b'\r'),
            blank: bits(&|b| b == b' '),
            unusual: bits(&|b| !(b' '..=b'~').contains(&b) || b == b'&' || b == b'<'),
        }
    }

    fn naive_address(block: &[u8]) -> AddressMasks {
        let bits = |is: &dyn Fn(u8) -> bool| bits(block, is);
        AddressMasks {
            at: bits(&|b| b == b'@'),
            dot: bits(&|b| b == b'.'),
            hyphen: bits(&|b| b == b'-'),
            capital: bits(&|b| b.is_ascii_uppercase()),
            not_upn: bits(&|b| !is_upn_byte(b)),
        }
    }

    fn bits(block: &[u8], is: &dyn Fn(u8) -> bool) -> u64 {
        block.iter().enumerate().fold(0, |all, (i, byte)| all | u64::from(is(*byte)) << i)
    }

    #[test]
    fn every_byte_at_every_place_is_seen_alike_by_all_instruction_sets() {
        for set in Instructions::available() {
            for byte in 0..=255u8 {
                for place in 0..64 {
                    let mut block = [b'x'; 64];
                    block[place] = byte;
                    assert_eq!(masks(set, &block, 0, b';'), [(0, naive(&block, b';'))], "{set:?} {byte:#x} at {place}");
                    assert_eq!(set.address(&block, 64), naive_address(&block), "{set:?} {byte:#x} at {place}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn all_instruction_sets_agree(data in proptest::collection::vec(any::<u8>(), 256), from in 0usize..4, delimiter in any::<u8>(), length in 1usize..=64) {
            let expected: Vec<_> = (from..4).map(|i| (i * 64, naive(&data[i * 64..][..64], delimiter))).collect();
            for set in Instructions::available() {
                prop_assert_eq!(masks(set, &data, from * 64, delimiter), expected.clone(), "{:?}", set);
                let block: &[u8; 64] = data[..64].try_into().expect("64 bytes");
                prop_assert_eq!(set.address(block, length), naive_address(&block[..length]), "{:?}", set);
            }
        }
    }
}
