//! A ledger cut anywhere opens to the state of its last whole record; a ledger changed anywhere is told from a good one.

use std::fs;

use hrlint::upload::ledger::{Fact, Reading, State, Tail};
use proptest::prelude::*;

use crate::example::{eventful, open};

/// The bytes of a ledger with two uploads.
fn bytes() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ledger.jsonl");
    let mut ledger = open(&path);
    eventful(&mut ledger, "leavers.csv");
    eventful(&mut ledger, "reviews.csv");
    drop(ledger);
    fs::read(&path).expect("it was just written")
}

#[test]
fn a_ledger_says_what_was_recorded() {
    let reading = Reading::of(&bytes());
    assert_eq!((reading.verify(), reading.tail), (Ok(()), Tail::None));
    assert_eq!(reading.uploads.iter().count(), 2);
    let upload = reading.uploads.last().expect("there are two");
    assert!(upload.is_complete() && !upload.is_accepted() && upload.finished.is_some());
    assert_eq!(upload.chunk(3).state, State::Assumed);
    assert_eq!((upload.chunk(2).sent, upload.chunk(4).resent), (3, true));
    assert_eq!((upload.accepted_records(), upload.begin.file.as_str()), (40, "reviews.csv"));
}

#[test]
fn a_ledger_cut_anywhere_opens_to_its_last_whole_record() {
    let bytes = bytes();
    let whole = Reading::of(&bytes);
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ledger.jsonl");
    for length in 0..=bytes.len() {
        let prefix = &bytes[..length];
        let ends = prefix.split(|byte| *byte == b'\n').count() - 1;
        // A record that lacks only its line end is whole.
        let records = ends + usize::from(bytes.get(length) == Some(&b'\n'));
        let reading = Reading::of(prefix);
        assert_eq!((reading.verify(), reading.entries.as_slice()), (Ok(()), &whole.entries[..records]), "{length}");
        // Opening writes to the disk, so not every cut is tried, but all around the ends of lines.
        let near = bytes[length.saturating_sub(2)..(length + 2).min(bytes.len())].contains(&b'\n');
        if !near && !length.is_multiple_of(97) {
            continue;
        }
        fs::write(&path, prefix).expect("there is room");
        let ledger = open(&path);
        let torn = !matches!(reading.tail, Tail::None | Tail::Unended);
        assert_eq!((ledger.uploads(), ledger.dropped() > 0), (&reading.uploads, torn), "{length}");
        drop(ledger);
        let again = Reading::read(&path).expect("it can be read");
        assert_eq!((again.verify(), again.tail), (Ok(()), Tail::None), "{length}");
        assert_eq!(again.entries.len(), records + usize::from(torn), "{length}");
        let recovered = |entry: &Fact| matches!(entry, Fact::Recovered { .. });
        assert_eq!(again.entries.last().is_some_and(|entry| recovered(&entry.fact)), torn, "{length}");
    }
}

#[test]
fn zeros_behind_the_last_record_are_as_if_not_there() {
    let bytes = bytes();
    let cut = bytes.len() - 40;
    for (kept, records) in [(cut, 1), (bytes.len() - 1, 0), (bytes.len(), 0)] {
        let with_zeros = [&bytes[..kept], &[0; 512]].concat();
        let reading = Reading::of(&with_zeros);
        assert_eq!(reading.verify(), Ok(()));
        assert_eq!(reading.entries.len() + records, Reading::of(&bytes).entries.len());
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("ledger.jsonl");
        fs::write(&path, with_zeros).expect("there is room");
        drop(open(&path));
        let read = fs::read(&path).expect("it can be read");
        assert!(!read.contains(&0) && read.ends_with(b"\n") && read.starts_with(&bytes[..kept.min(cut / 2)]));
    }
}

#[test]
fn every_changed_bit_is_told() {
    let bytes = bytes();
    let good = Reading::of(&bytes);
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            // One bit of eight in every place, all bits around ends of lines: reading it all takes its time.
            if bit != at % 8 && !bytes[at..(at + 3).min(bytes.len())].contains(&b'\n') {
                continue;
            }
            assert!(Reading::of(&changed).verify().is_err(), "bit {bit} of byte {at}");
        }
    }
    assert_eq!(good.verify(), Ok(()));
}

#[test]
fn a_line_taken_out_added_or_moved_is_told() {
    let bytes = bytes();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    // The last lines can go unseen: a receipt holds the hash that shows it.
    for at in 0..lines.len() - 1 {
        let mut without = lines.clone();
        without.remove(at);
        assert!(Reading::of(&without.concat()).verify().is_err(), "without line {at}");
        let mut moved = lines.clone();
        moved.swap(at, at + 1);
        assert!(Reading::of(&moved.concat()).verify().is_err(), "line {at} moved");
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        assert!(Reading::of(&twice.concat()).verify().is_err(), "line {at} twice");
    }
}

proptest! {
    #[test]
    fn nothing_makes_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Reading::of(&bytes);
        let _ = Reading::of(&[br#"{"v":"#.as_slice(), &bytes].concat());
    }

    #[test]
    fn runs_of_changed_bytes_are_told(at in 0usize..8000, run in proptest::collection::vec(1u8..=255, 1..40)) {
        thread_local!(static GOOD: Vec<u8> = bytes());
        let mut changed = GOOD.with(Clone::clone);
        let at = at % (changed.len() - run.len());
        changed[at..].iter_mut().zip(&run).for_each(|(byte, mask)| *byte ^= mask);
        let reading = Reading::of(&changed);
        // A run that reaches the end may look like a torn record; then that is told.
        prop_assert!(reading.verify().is_err() || matches!(reading.tail, Tail::Torn(..)));
    }
}
