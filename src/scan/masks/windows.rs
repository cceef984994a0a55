//! What an instruction set can tell of a window, 64 bytes at a time, and of a row's edges. Each answer has a portable form, which
//! is the oracle of the others.

use super::super::marks::Marks;
use super::{AddressMasks, OneByOne, scalar};

/// Ones for the first `length` bytes, at most 64, and zeros for the others; `None` for more.
#[must_use]
#[inline(always)]
pub fn kept(length: usize) -> Option<&'static [u8; 64]> {
    /// Ones and then zeros: 64 bytes from any place keep as many as there are ones left.
    static KEEP: [u8; 128] = {
        let mut keep = [0; 128];
        let mut i = 0;
        while i < 64 {
            keep[i] = u8::MAX;
            i += 1;
        }
        keep
    };
    KEEP.get(64usize.wrapping_sub(length)..)?.first_chunk()
}

/// Something that looks at a whole window at once.
pub trait Windows: Copy {
    /// Whether it does so by plain integer arithmetic, in which masks are dear.
    #[inline(always)]
    fn is_plain(self) -> bool {
        false
    }

    /// What the first `length` bytes, 1 to 64, are as parts of an address.
    fn address(self, bytes: &[u8; 64], length: usize) -> AddressMasks;

    /// Says that something will be looked at soon: then it need not be waited for.
    #[inline(always)]
    fn fetch<T: ?Sized>(self, _: &T) {}

    /// Whether the first `length` bytes, fewer than 256, or all where there are fewer, are not the same.
    #[inline(always)]
    fn differ(self, a: &[u8; 64], b: &[u8; 64], length: usize) -> bool {
        let keep = kept(length).unwrap_or(&[u8::MAX; 64]);
        let mut other = 0;
        for i in 0..64 {
            other |= (a[i] ^ b[i]) & keep[i];
        }
        other != 0
    }

    /// Whether any byte is less than its least, or greater than that by more than its span.
    #[inline(always)]
    fn unfit(self, bytes: &[u8; 32], least: &[u8; 32], span: &[u8; 32]) -> bool {
        let mut unfit = 0;
        for i in 0..32 {
            unfit |= u8::from(bytes[i].wrapping_sub(least[i]) > span[i]);
        }
        unfit != 0
    }

    /// Bit `i`: cell `i` of sixteen is filled. `before`: one less than where each begins.
    #[inline(always)]
    fn filled(self, before: &[u32; 16], ends: &[u32; 16]) -> u16 {
        let mut filled = 0;
        for i in 0..16 {
            filled |= u16::from(before[i].wrapping_add(1) < ends[i]) << i;
        }
        filled
    }

    /// Bit `i`: cell `i` of sixteen is asked about, and one of its bytes or the one behind it is marked. `before`: one less than where
    /// each begins; `marks`: bit `i` for the byte at `first + i`, where all cells that are asked about are.
    #[inline(always)]
    fn marked(self, (before, ends): (&[u32; 16], &[u32; 16]), (marks, first): (&[u64; 8], u32), asked: u16) -> u16 {
        let (mut left, mut marked) = (asked, 0);
        while left != 0 {
            let i = left.trailing_zeros() as usize % 16;
            let place = |at: u32| at.wrapping_sub(first) as usize;
            marked |= u16::from(Marks::any(marks, place(before[i].wrapping_add(1)), place(ends[i]))) << i;
            left &= left - 1;
        }
        marked
    }

    /// Whether any end is nearer to what is before it than the least, or farther than that by more than its span.
    #[inline(always)]
    fn unfit_lengths(self, before: &[u32; 16], ends: &[u32; 16], least: &[u32; 16], span: &[u32; 16]) -> bool {
        let mut unfit = 0;
        for i in 0..16 {
            let length = ends[i].wrapping_sub(before[i]);
            unfit |= u32::from(length.wrapping_sub(least[i]) > span[i]);
        }
        unfit != 0
    }

    /// Writes where sixteen cells are without the quotes that they begin and end with. `before`: one less than where each begins;
    /// `quotes`: bit `i` for a quote at `first + i`, where all cells that count are.
    #[inline(always)]
    fn unquote(
        self,
        (before, ends): (&[u32; 16], &[u32; 16]),
        (quotes, first): (&[u64; 8], u32),
        (own, own_ends): (&mut [u32; 16], &mut [u32; 16]),
    ) {
        for i in 0..16 {
            let begin = before[i].wrapping_add(1).wrapping_sub(first);
            let quoted = (quotes[(begin / 64) as usize % 8] >> (begin % 64)) as u32 & 1;
            own[i] = before[i].wrapping_add(quoted);
            own_ends[i] = ends[i].wrapping_sub(quoted);
        }
    }

    /// Whether any of these numbers is the one.
    #[inline(always)]
    fn holds(self, numbers: &[u16; 32], one: u16) -> bool {
        let mut any = 0;
        for number in numbers {
            any |= u16::from(*number == one).wrapping_neg();
        }
        any != 0
    }

    /// A sum that two texts, each the first `length` bytes of a window, hardly ever share, whatever they are, if they are not told the
    /// seeds: that of the products of each two words of 32 bits, a secret added to each (NH: Black, Halevi, Krawczyk, Krovetz,
    /// Rogaway: UMAC, 1999). Case makes no difference, for bit 5 of every byte is set.
    #[inline(always)]
    fn sum(self, window: &[u8; 64], length: usize, seeds: &[u64; 8]) -> u64 {
        let keep = kept(length).unwrap_or(&[u8::MAX; 64]);
        let mut sum = 0u64;
        for (i, seed) in seeds.iter().enumerate() {
            let word = |bytes: &[u8; 64]| u64::from_le_bytes(bytes.as_chunks().0[i]);
            let word = (word(window) | 0x2020_2020_2020_2020) & word(keep);
            let low = (word as u32).wrapping_add(*seed as u32);
            let high = ((word >> 32) as u32).wrapping_add((*seed >> 32) as u32);
            sum = sum.wrapping_add(u64::from(low) * u64::from(high));
        }
        sum
    }
}

impl Windows for OneByOne {
    #[inline(always)]
    fn is_plain(self) -> bool {
        true
    }

    #[inline(always)]
    fn address(self, bytes: &[u8; 64], length: usize) -> AddressMasks {
        scalar::address(bytes).within(length)
    }
}

#[cfg(test)]
mod tests {
    use super::{OneByOne, Windows};
    use crate::scan::{Instructions, Work};
    use proptest::prelude::*;

    type Answers = (bool, bool, u64, (u16, u16), bool, bool, ([u32; 16], [u32; 16]));

    /// What is asked of a set, and its answers.
    #[derive(Default)]
    struct Asked {
        window: Vec<u8>,
        other: Vec<u8>,
        length: usize,
        least: [u8; 32],
        span: [u8; 32],
        edges: [u32; 17],
        told: Option<Answers>,
    }

    impl Work for &mut Asked {
        fn run(self, set: impl Windows) {
            let (window, other) = (self.window.first_chunk(), self.other.first_chunk());
            let (window, other) = window.zip(other).expect("64 bytes");
            let text: &[u8; 32] = window.first_chunk().expect("32 bytes");
            let seeds = std::array::from_fn(|i| u64::from_le_bytes([other[i]; 8]));
            let ([before @ .., _], [_, ends @ ..]) = (&self.edges, &self.edges);
            let (least, span) = (self.least.map(u32::from), self.span.map(u32::from));
            let mut moved = ([0; 16], [0; 16]);
            set.unquote((before, ends), (&seeds, self.edges[0]), (&mut moved.0, &mut moved.1));
            let marks = seeds.map(|bits| bits & bits >> 1 & bits << 2 & 0x0101_0101_0101_0101 << (self.length % 8));
            let fits = |i: &usize| self.edges[i + 1].wrapping_sub(self.edges[0]) < 512;
            let asked = (0..16).filter(fits).fold(0, |all, i| all | u16::from(self.least[i] & 1) << i);
            let (least, span) = (least.first_chunk().expect("32"), span.first_chunk().expect("32"));
            self.told = Some((
                set.differ(window, other, self.length),
                set.unfit(text, &self.least, &self.span),
                set.sum(window, self.length, &seeds),
                (set.filled(before, ends), set.marked((before, ends), (&marks, self.edges[0]), asked)),
                set.unfit_lengths(before, ends, least, span),
                set.holds(&self.span.map(u16::from), u16::from(self.least[0])),
                moved,
            ));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn all_instruction_sets_tell_the_same_of_a_window(
            window in prop::collection::vec(any::<u8>(), 64),
            change in prop::option::of((0usize..64, 1u8..)),
            length in 0usize..70,
            least in any::<[u8; 32]>(),
            slack in prop::option::of(0usize..32),
            first in any::<u32>(),
        ) {
            let mut other = window.clone();
            if let Some((at, change)) = change {
                other[at] ^= change;
            }
            let mut span: [u8; 32] = std::array::from_fn(|i| window[i].wrapping_sub(least[i]));
            if let Some(at) = slack {
                span[at] = span[at].wrapping_sub(1);
            }
            let edge = |i: usize| first.wrapping_add(window[..i].iter().map(|byte| u32::from(byte / 4) + 1).sum());
            let edges = std::array::from_fn(edge);
            let mut asked = Asked { window, other, length, least, span, edges, told: None };
            (&mut asked).run(OneByOne);
            let expected = asked.told.take();
            let (differ, unfit, ..) = expected.expect("it was asked");
            prop_assert_eq!(differ, asked.window[..length.min(64)] != asked.other[..length.min(64)]);
            prop_assert_eq!(unfit, (0..32).any(|i| asked.window[i].wrapping_sub(least[i]) > span[i]));
            for set in Instructions::available() {
                set.run(&mut asked);
                prop_assert_eq!(asked.told.take(), expected, "{:?}", set);
            }
        }
    }
}
