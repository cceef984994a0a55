//! Repairs that would change the same place: the first offered is made, and what the others say is heard again afterwards.

use std::ops::Range;

/// Places that repairs have changed in this turn: bytes before the first row, columns in a row.
#[derive(Default)]
pub(super) struct Taken(Vec<Range<u64>>);

impl Taken {
    /// Begins another turn.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes all places of one repair together, or none if one of them is taken. A place without length is one all the same:
    /// two repairs cannot put something in at the same point.
    pub(super) fn take(&mut self, places: impl Iterator<Item = Range<u64>> + Clone) -> bool {
        let grown = places.map(|place| place.start..place.end.max(place.start + 1));
        let free = |place: Range<u64>| self.0.iter().all(|taken| place.end <= taken.start || place.start >= taken.end);
        if !grown.clone().all(free) {
            return false;
        }
        self.0.extend(grown);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Taken;

    #[test]
    fn the_first_of_two_repairs_in_one_place_is_made_and_a_repair_is_made_whole() {
        let mut taken = Taken::default();
        assert!(taken.take([3..5, 8..8].into_iter()));
        assert!(!taken.take(std::iter::once(4..6)) && !taken.take(std::iter::once(8..8)));
        assert!(!taken.take([5..6, 2..4].into_iter()), "one of its places is taken");
        assert!(taken.take([5..6, 0..3].into_iter()), "neighbours do not overlap");
    }
}
