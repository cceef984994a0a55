//! Kinds of bytes, so that a rule is asked only about cells that hold what it looks for.

use std::ops::BitOr;

/// A set of kinds of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(u16);

impl Bytes {
    /// NUL.
    pub const NUL: Self = Self(1);
    /// C0 control characters other than NUL, and DEL.
    pub const CONTROL: Self = Self(2);
    /// The space.
    pub const BLANK: Self = Self(4);
    /// Printable ASCII, the space excepted, that does not belong into a sign-in name.
    pub const NOT_UPN: Self = Self(8);
    /// Everything beyond ASCII.
    pub const BEYOND_ASCII: Self = Self(16 | 64);
    /// Letters beyond ASCII: see `STRANGE`.
    pub const LETTER: Self = Self(64);
    /// What is beyond ASCII, and not a letter with a diacritic, nor a common one of Cyrillic, Han or Hangul.
    pub const STRANGE: Self = Self(16);
    /// All other bytes.
    pub const PLAIN: Self = Self(32);
    /// What is not printable ASCII.
    pub const ODD: Self = Self(1 | 2 | 16 | 64);
    /// Any byte, and none.
    pub const ANY: Self = Self(127);
    /// An address whose domain was not seen before: for rules that look at the domain alone, where the rest of the address is plain.
    pub const DOMAIN: Self = Self(128);
    /// No address: not one `@` with something before and behind it.
    pub const NO_ADDRESS: Self = Self(256);
    /// An address that begins or ends with a dot or a hyphen, or has a dot beside a dot or the `@`, or a hyphen behind it.
    pub const EDGE: Self = Self(512);
    /// An address that ends, before its `@`, like a guest's.
    pub const GUEST: Self = Self(1024);
    /// An address that begins like one that is still to be written.
    pub const PLACEHOLDER: Self = Self(2048);
    /// An address of more than 48 bytes.
    pub const LONG: Self = Self(4096);
    /// What an address may be besides the kinds of its bytes.
    pub const ADDRESS: Self = Self(128 | 256 | 512 | 1024 | 2048 | 4096);
    /// All of these.
    pub const ALL: Self = Self(8191);

    /// How many kinds there are.
    pub const NUMBER: usize = Self::ALL.0.count_ones() as usize;

    const KINDS: [u16; 256] = {
        let mut kinds = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            kinds[byte] = match byte as u8 {
                0 => Self::NUL.0,
                1..=31 | 127 => Self::CONTROL.0,
                b' ' => Self::BLANK.0,
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Self::PLAIN.0,
                b'\'' | b'.' | b'-' | b'_' | b'!' | b'#' | b'^' | b'~' | b'@' => Self::PLAIN.0,
                33..=126 => Self::NOT_UPN.0,
                // First bytes that begin nothing but letters; what follows them, and other first bytes.
                0xc3..=0xc8 | 0xcf..=0xd3 | 0xe5..=0xe9 | 0xeb | 0xec => 64,
                0x80..=0xbf => Self::PLAIN.0,
                0xc0.. => Self::STRANGE.0,
            };
            byte += 1;
        }
        kinds
    };

    /// The kinds of bytes of a text.
    #[must_use]
    #[inline]
    pub fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |all, byte| all | Self::KINDS[usize::from(byte)]))
    }

    /// The kind of a byte.
    #[must_use]
    #[inline]
    pub fn of_byte(byte: u8) -> Self {
        Self(Self::KINDS[usize::from(byte)])
    }

    /// These kinds, if so; else none.
    #[must_use]
    #[inline]
    pub fn only_if(self, so: bool) -> Self {
        Self(self.0 * u16::from(so))
    }

    /// The kinds as bits.
    #[must_use]
    #[inline(always)]
    pub fn bits(self) -> u16 {
        self.0
    }

    /// The places of the set's kinds among all of them.
    #[inline]
    pub fn kinds(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let place = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(place % Self::NUMBER)
        })
    }

    /// Whether the sets have a kind in common; every text meets [`Bytes::ANY`].
    #[must_use]
    #[inline]
    pub fn meets(self, other: Self) -> bool {
        other == Self::ANY || self.0 & other.0 != 0
    }

    /// Whether the other set has all kinds of this one.
    #[must_use]
    #[inline]
    pub const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The kinds of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOr for Bytes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn a_text_has_the_kinds_of_its_bytes() {
        assert_eq!(Bytes::of("a b"), Bytes::PLAIN | Bytes::BLANK);
        assert_eq!(Bytes::of("“\0\t+"), Bytes::STRANGE | Bytes::PLAIN | Bytes::NUL | Bytes::CONTROL | Bytes::NOT_UPN);
        assert_eq!(Bytes::of("é達Ж민"), Bytes::of("é"));
        for strange in ["\u{a0}", "\u{301}", "“", "\u{200b}", "\u{3000}", "\u{feff}", "\u{ad}", "😀"] {
            assert!(Bytes::of(strange).meets(Bytes::STRANGE) && Bytes::of(strange).meets(Bytes::BEYOND_ASCII));
        }
        assert!(Bytes::of("é").meets(Bytes::BEYOND_ASCII) && !Bytes::of("é").meets(Bytes::STRANGE));
        assert!(Bytes::of("").meets(Bytes::ANY) && !Bytes::of("").meets(Bytes::PLAIN));
    }
}
