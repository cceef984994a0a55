//! Byte masks: for every 64 bytes, one bit a byte that says what the byte is.
//!
//! This is the only module with `unsafe` code: `core::arch` instructions chosen at run time, each set with the scalar
//! twin in [`scalar`] as its oracle. Pseudo-code, for every byte `b` at bit `i`:
//!
//! ```text
//! delimiter[i] = b == delimiter      quote[i] = b == '"'     lf[i] = b == '\n'      cr[i] = b == '\r'
//! blank[i]     = b == ' '            at[i]    = b == '@'     dot[i] = b == '.'      hyphen[i] = b == '-'
//! unusual[i]   = b < ' ' or b > '~'
//! not_upn[i]   = b is none of A-Z a-z 0-9 ' . - _ ! # ^ ~ @
//! ```

mod scalar;
#[cfg(target_arch = "x86_64")]
mod x86;

/// What each of 64 bytes is, bit `i` for byte `i`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub(super) delimiter: u64,
    pub(super) quote: u64,
    pub(super) lf: u64,
    pub(super) cr: u64,
    pub(super) blank: u64,
    pub(super) at: u64,
    pub(super) dot: u64,
    pub(super) hyphen: u64,
    pub(super) unusual: u64,
    pub(super) not_upn: u64,
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
            at: self.at & keep,
            dot: self.dot & keep,
            hyphen: self.hyphen & keep,
            unusual: self.unusual & keep,
            not_upn: self.not_upn & keep,
        }
    }
}

/// Bytes that a principal name may hold, the `@` included.
pub(super) const fn is_upn_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | b'.' | b'-' | b'_' | b'!' | b'#' | b'^' | b'~' | b'@')
}

/// Something that takes the masks of 64 bytes after the other.
pub(super) trait Visitor {
    /// Takes the masks of the bytes `offset..offset + 64`. Says whether to go on.
    fn visit(&mut self, offset: usize, masks: &Masks) -> bool;
}

/// The instruction sets that masks can be made with on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// Plain integer arithmetic: runs everywhere.
    Scalar,
    /// 256-bit vectors.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512-bit vectors with byte permutations.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
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
        #[cfg_attr(
            not(target_arch = "x86_64"),
            expect(unused_mut, reason = "other machines have the scalar twin alone")
        )]
        let mut sets = vec![Self::Scalar];
        #[cfg(target_arch = "x86_64")]
        {
            if x86::has_avx2() {
                sets.push(Self::Avx2);
            }
            if x86::has_avx512() {
                sets.push(Self::Avx512);
            }
        }
        sets
    }

    /// The set's name, as in `HRLINT_SIMD`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => "avx512",
        }
    }
}

/// Shows `visitor` the masks of `data` from `from` (a multiple of 64) to its end, which must be a multiple of 64, until it
/// says stop.
pub(super) fn each<V: Visitor>(with: Instructions, data: &[u8], from: usize, delimiter: u8, visitor: &mut V) {
    assert!(from.is_multiple_of(64) && data.len().is_multiple_of(64), "masks are made of 64 bytes at a time");
    match with {
        Instructions::Scalar => scalar::each(data, from, delimiter, visitor),
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => x86::each_avx2(data, from, delimiter, visitor),
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx512 => x86::each_avx512(data, from, delimiter, visitor),
    }
}

#[cfg(test)]
mod tests {
    use super::{Instructions, Masks, Visitor, each, is_upn_byte};
    use proptest::prelude::*;

    struct Collect(Vec<(usize, Masks)>);

    impl Visitor for Collect {
        fn visit(&mut self, offset: usize, masks: &Masks) -> bool {
            self.0.push((offset, *masks));
            true
        }
    }

    fn masks(with: Instructions, data: &[u8], from: usize, delimiter: u8) -> Vec<(usize, Masks)> {
        let mut collect = Collect(Vec::new());
        each(with, data, from, delimiter, &mut collect);
        collect.0
    }

    /// The pseudo-code of the module, word for word.
    fn naive(block: &[u8], delimiter: u8) -> Masks {
        let bits = |is: &dyn Fn(u8) -> bool| block.iter().enumerate().fold(0, |m, (i, b)| m | u64::from(is(*b)) << i);
        Masks {
            delimiter: bits(&|b| b == delimiter),
            quote: bits(&|b| b == b'"'),
            lf: bits(&|b| b == b'\n'),
            cr: bits(&|b| b == b'\r'),
            blank: bits(&|b| b == b' '),
            at: bits(&|b| b == b'@'),
            dot: bits(&|b| b == b'.'),
            hyphen: bits(&|b| b == b'-'),
            unusual: bits(&|b| !(b' '..=b'~').contains(&b)),
            not_upn: bits(&|b| !is_upn_byte(b)),
        }
    }

    #[test]
    fn every_byte_at_every_place_is_seen_alike_by_all_instruction_sets() {
        for set in Instructions::available() {
            for byte in 0..=255u8 {
                for place in 0..64 {
                    let mut block = [b'x'; 64];
                    block[place] = byte;
                    assert_eq!(masks(set, &block, 0, b';'), [(0, naive(&block, b';'))], "{set:?} {byte:#x} at {place}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn all_instruction_sets_agree(data in proptest::collection::vec(any::<u8>(), 256), from in 0usize..4, delimiter in any::<u8>()) {
            let expected: Vec<_> = (from..4).map(|i| (i * 64, naive(&data[i * 64..][..64], delimiter))).collect();
            for set in Instructions::available() {
                prop_assert_eq!(masks(set, &data, from * 64, delimiter), expected.clone(), "{:?}", set);
            }
        }
    }
}
