//! Bits that answer, for a whole cell at once, whether some byte in it needs a closer look.

/// One bit a byte of the piece, for each question.
///
/// For a blank at the end of a cell the bit stands at the byte behind it, so a question about `odd` takes that in, too.
#[derive(Default)]
pub struct Marks {
    /// Not printable ASCII (line ends left out), `&` or `<` (with which HTML begins), or a blank at the edge of a cell.
    pub odd: Vec<u64>,
    /// A quote. Where neither is set, a row is plain and bare.
    pub quote: Vec<u64>,
}

impl Marks {
    /// Makes room for a piece of that many bytes, and forgets all quotes: few blocks have one to be written.
    pub(super) fn clear(&mut self, bytes: usize) {
        let words = bytes.div_ceil(64) + 2;
        if self.odd.len() < words {
            self.odd.resize(words, 0);
        }
        self.quote.clear();
        self.quote.resize(words, 0);
    }

    /// The first bit from `begin` on that is set; a place behind `end` if none of `begin..=end` is.
    #[must_use]
    #[inline(always)]
    pub fn next(map: &[u64], begin: usize, end: usize) -> usize {
        let mut word = begin / 64;
        let mut bits = map[word] & (u64::MAX << (begin % 64));
        while bits == 0 {
            word += 1;
            if word * 64 > end {
                return word * 64;
            }
            bits = map[word];
        }
        word * 64 + bits.trailing_zeros() as usize
    }

    /// How many of the `length` bits from `begin` on, fewer than 64, are set.
    #[must_use]
    #[inline(always)]
    pub fn count(map: &[u64], begin: usize, length: usize) -> u32 {
        (bits(map, begin) & !(u64::MAX << length)).count_ones()
    }

    /// The first bit of either map from `begin` on; a place behind all bytes if there is none.
    #[must_use]
    #[inline(always)]
    pub fn next_special(&self, begin: usize) -> usize {
        // The other map may be longer: what was not written in this piece is behind its end.
        let words = self.quote.len().min(self.odd.len());
        let (quote, odd) = (&self.quote[..words], &self.odd[..words]);
        let (mut word, mut keep) = (begin / 64, u64::MAX << (begin % 64));
        while word < words {
            let special = (quote[word] | odd[word]) & keep;
            if special != 0 {
                return word * 64 + special.trailing_zeros() as usize;
            }
            (word, keep) = (word + 1, u64::MAX);
        }
        usize::MAX
    }

    /// Whether any bit of `begin..=end` is set.
    #[must_use]
    #[inline(always)]
    pub fn any(map: &[u64], begin: usize, end: usize) -> bool {
        let (first, last) = (begin / 64, end / 64);
        if end - begin < 64 {
            return bits(map, begin) & u64::MAX >> (63 - (end - begin)) != 0;
        }
        let from = u64::MAX << (begin % 64);
        let to = u64::MAX >> (63 - end % 64);
        if first == last {
            return map[first] & from & to != 0;
        }
        let between = map[first + 1..last].iter().fold(0, |all, word| all | word);
        (map[first] & from) | between | (map[last] & to) != 0
    }
}

/// The 64 bits from `begin` on.
#[inline(always)]
fn bits(map: &[u64], begin: usize) -> u64 {
    // Whether all of them are in one word cannot be guessed.
    let word = |at: usize| map.get(at).copied().unwrap_or(0);
    word(begin / 64) >> (begin % 64) | word(begin / 64 + 1) << 1 << (63 - begin % 64)
}

#[cfg(test)]
mod tests {
    use super::Marks;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_looks_at_the_bits_one_by_one(map in proptest::collection::vec(prop_oneof![4 => Just(0), 1 => (0..64).prop_map(|bit| 1u64 << bit)], 6), begin in 0usize..192, length in 1usize..=190) {
            let bit = |i: usize| map[i / 64] >> (i % 64) & 1;
            let expected = (begin..begin + length).any(|i| bit(i) == 1);
            prop_assert_eq!(Marks::any(&map, begin, begin + length - 1), expected);
            let end = begin + length - 1;
            for (odd, quote) in [(&map[..], &[0; 6][..]), (&[0; 6], &map)] {
                let marks = Marks { odd: odd.to_vec(), quote: quote.to_vec() };
                prop_assert_eq!(marks.next_special(begin) <= end, expected);
                prop_assert!(!expected || bit(marks.next_special(begin)) == 1);
            }
            let first = (begin..=end).find(|i| bit(*i) == 1);
            let next = Marks::next(&map, begin, end);
            prop_assert_eq!(first, (next <= end).then_some(next));
            prop_assert!(next > end || bit(next) == 1);
        }
    }
}
