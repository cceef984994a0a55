//! Where records are: told in full, and in the four bytes that the index keeps.

/// Bytes of file that share one entry in the table of segments.
const SEGMENT: u64 = 1 << OFFSET_BITS;

/// Bits of an offset in a segment.
const OFFSET_BITS: u32 = 14;

/// Records whose [`Spot`]s are told apart by themselves.
const GROUP_BITS: u32 = u32::BITS - OFFSET_BITS - 1;

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Location {
    /// Its offset in all files of the run laid end to end.
    pub(super) offset: u64,
    /// Its number over all files.
    pub(super) number: u64,
}

/// What is kept of a record's location: its number in its group, its offset in its segment, and whether its address has capital letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot(pub(super) u32);

impl Spot {
    const NUMBER: u32 = OFFSET_BITS + 1;

    #[inline(always)]
    pub(super) fn new(offset: u64, number: u64, capitals: bool) -> Self {
        let offset = (offset % SEGMENT) as u32;
        Self((number as u32) << Self::NUMBER | offset << 1 | u32::from(capitals))
    }

    /// Whether its address has capital letters.
    #[inline(always)]
    pub(super) fn capitals(self) -> bool {
        self.0 & 1 == 1
    }

    /// The record's number, given its group.
    #[inline(always)]
    pub(super) fn number(self, group: u64) -> u64 {
        group << GROUP_BITS | u64::from(self.0 >> Self::NUMBER)
    }
}

/// The group that a record belongs to.
#[inline(always)]
pub(super) fn group(number: u64) -> u64 {
    number >> GROUP_BITS
}

/// The number of the first record behind a group.
pub(super) fn end_of_group(group: u64) -> u64 {
    (group + 1) << GROUP_BITS
}

/// Which records begin where.
#[derive(Default)]
pub(super) struct Segments {
    /// For every segment of the files laid end to end: the number of the first record that begins in it or behind.
    first: Vec<u64>,
    /// For every group: how many segments begin with records of earlier ones.
    groups: Vec<usize>,
}

impl Segments {
    /// Says that record `number` begins at `offset`; called for every record that is the first of a segment, in order.
    pub(super) fn note(&mut self, offset: u64, number: u64) {
        let (segment, group) = ((offset / SEGMENT) as usize, group(number) as usize);
        if self.groups.len() <= group {
            self.groups.resize(group + 1, self.first.len());
        }
        while self.first.len() <= segment {
            self.first.push(number);
        }
    }

    /// An offset behind all records so far.
    pub(super) fn end(&self) -> u64 {
        self.first.len() as u64 * SEGMENT
    }

    /// Where the record at a spot of a group is.
    pub(super) fn location(&self, group: u64, spot: Spot) -> Location {
        let (number, group) = (spot.number(group), group as usize);
        let begin = |group: usize| self.groups.get(group).copied().unwrap_or(self.first.len());
        // The first record of a group may begin in a segment of the one before.
        let (from, to) = (begin(group).saturating_sub(1), begin(group + 1));
        // Segments in which no record begins have the number of the first one behind them; that comes last.
        let segment = (from + self.first[from..to].partition_point(|first| *first <= number)) as u64 - 1;
        Location { offset: segment * SEGMENT + u64::from(spot.0 >> 1) % SEGMENT, number }
    }
}

/// Whether a record at `offset` may be the first of a segment, the one before it having begun at `before`.
pub(in crate::check) fn begins_segment(before: u64, offset: u64) -> bool {
    before / SEGMENT != offset / SEGMENT
}

#[cfg(test)]
mod tests {
    use super::{Location, SEGMENT, Segments, Spot, begins_segment, end_of_group, group};

    #[test]
    fn a_spot_and_its_group_tell_where_a_record_is() {
        let (mut segments, mut all) = (Segments::default(), Vec::new());
        let (mut offset, mut before) = (7, None);
        for number in 5..400_000 {
            if before.is_none_or(|before| begins_segment(before, offset)) {
                segments.note(offset, number);
            }
            all.push(Location { offset, number });
            before = Some(offset);
            offset += match number {
                // Longer than some segments.
                300_000 => 1 << 20,
                300_001 => 1 << 33,
                // The next record begins where a segment does.
                _ if number % 1000 == 0 => SEGMENT - offset % SEGMENT,
                _ => 3,
            };
        }
        for (place, location) in all.into_iter().enumerate() {
            let spot = Spot::new(location.offset, location.number, place % 3 == 0);
            assert_eq!(segments.location(group(location.number), spot), location);
            assert_eq!(spot.capitals(), place % 3 == 0);
            assert!(location.number < end_of_group(group(location.number)));
        }
    }
}
