//! A mended block on its way to the receiver: rows that repeat earlier ones are taken out here, in file order.

use std::io;

use super::{Change, Mended};

/// Takes a mended block, and where its records begin that repeat earlier ones.
pub(in crate::check) type TakeMended<'t> = dyn FnMut(MendedBlock, &[u32]) -> io::Result<()> + Send + 't;

/// A block, mended. Places count from its first record.
#[derive(Default)]
pub(in crate::check) struct MendedBlock {
    /// The bytes as they were, if they are wanted, and how many they are.
    pub(super) old: Vec<u8>,
    pub(super) length: usize,
    pub(super) new: Vec<u8>,
    pub(super) changes: Vec<Change>,
    /// Repairs by rule.
    pub(super) repairs: Vec<u64>,
    /// Errors of the rows as they were, by rule.
    pub(super) errors: Vec<u64>,
    /// Where records begin.
    pub(super) begins: Vec<u32>,
    /// A quote is never closed.
    pub(super) unclosed: bool,
    /// Cells stand in quotes now that did not before.
    pub(super) quoted: bool,
}

impl MendedBlock {
    /// Takes out the records that begin at these places, which are in order.
    pub(in crate::check) fn without(self, records: &[u32]) -> Self {
        if records.is_empty() {
            return self;
        }
        let mut out = Self { new: Vec::with_capacity(self.new.len()), changes: Vec::new(), ..self };
        let (mut at, mut copied, mut shift) = (0, 0, 0_isize);
        for begin in records {
            let next = out.begins.partition_point(|other| other <= begin);
            let old = *begin as usize..out.begins.get(next).map_or(out.length, |next| *next as usize);
            // Everything up to the record stays as it was mended.
            while let Some(change) = self.changes.get(at).filter(|change| change.old.start < old.start) {
                out.changes.push(moved(change, shift));
                at += 1;
            }
            let before = at.checked_sub(1).map_or((0, 0), |at| (self.changes[at].old.end, self.changes[at].new.end));
            let start = old.start - before.0 + before.1;
            let mut end = start + old.len();
            if let Some(change) = self.changes.get(at).filter(|change| change.old.start == old.start) {
                end = change.new.end;
                at += 1;
            }
            out.new.extend_from_slice(&self.new[copied..start]);
            copied = end;
            out.changes.push(Change { old, new: out.new.len()..out.new.len() });
            shift = out.new.len().cast_signed() - end.cast_signed();
        }
        out.changes.extend(self.changes[at..].iter().map(|change| moved(change, shift)));
        out.new.extend_from_slice(&self.new[copied..]);
        out
    }

    pub(in crate::check) fn mended(&self) -> Mended<'_> {
        Mended { old: &self.old, new: &self.new, changes: &self.changes }
    }
}

fn moved(change: &Change, shift: isize) -> Change {
    let place = |at: usize| at.checked_add_signed(shift).expect("what was taken out stood before");
    Change { old: change.old.clone(), new: place(change.new.start)..place(change.new.end) }
}

#[cfg(test)]
mod tests {
    use super::{Change, MendedBlock};

    #[test]
    fn records_are_taken_out_of_what_was_mended() {
        let block = MendedBlock {
            length: 12,
            old: b"aaa\nbbb\nccc\n".to_vec(),
            new: b"AAAA\nbbb\nC\n".to_vec(),
            changes: vec![Change { old: 0..4, new: 0..5 }, Change { old: 8..12, new: 9..11 }],
            begins: vec![0, 4, 8],
            ..MendedBlock::default()
        };
        let block = block.without(&[4]);
        assert_eq!(block.new, b"AAAA\nC\n");
        let changes = [(0..4, 0..5), (4..8, 5..5), (8..12, 5..7)].map(|(old, new)| Change { old, new });
        assert_eq!(block.changes, changes);
        let block = block.without(&[]);
        assert_eq!(block.changes, changes);
    }

    #[test]
    fn a_mended_record_is_taken_out_whole() {
        let block = MendedBlock {
            length: 8,
            new: b"A\nBBBB\n".to_vec(),
            changes: vec![Change { old: 0..4, new: 0..2 }, Change { old: 4..8, new: 2..7 }],
            begins: vec![0, 4],
            ..MendedBlock::default()
        };
        let block = block.without(&[4]);
        assert_eq!((block.new.as_slice(), block.changes.len()), (&b"A\n"[..], 2));
    }
}
