//! A stream is mended as a file is, though none of its rows can be read a second time.

use std::sync::Arc;

use hrlint::check::{Choice, Options, mend};
use hrlint::finding::Safety;
use hrlint::source::StreamSource;

use crate::memory::{Kept, mended, plan};

#[test]
fn errors_of_a_stream_with_repeated_rows_are_counted_once() {
    let row = "mia.brandt@northwind-energy.de,12.05.2026,2026-06-15T17:00:00+02:00\n";
    let other = "jonas.keller@northwind-energy.de,someday,2026-06-15T17:00:00+02:00\n";
    let text = format!("EmailAddress,ResignationDate,LastWorkingDate\n{row}{other}{row}");
    let plan = plan();
    for safety in [Safety::Safe, Safety::Unsafe] {
        let choice = Choice { safety, ..Choice::safe() };
        for block_size in [20, 1 << 20] {
            let options = Options { block_size, ..Options::default() };
            let (file, expected) = mended(text.as_bytes(), &plan, &choice, &options).expect("memory can be read");
            let mut kept = Kept::default();
            let stream = StreamSource::new(text.as_bytes());
            let repairs = mend(&Arc::from("-"), &stream, &plan, &options, &choice, &mut kept).expect("so can this");
            assert_eq!((&repairs.before, &repairs.counts), (&expected.before, &expected.counts));
            assert_eq!(repairs.before, [("date-unparsable", 1), ("date-not-iso", 2)]);
            assert_eq!(String::from_utf8_lossy(&kept.new), String::from_utf8_lossy(&file.new));
            assert_eq!(kept.new.split(|byte| *byte == b'\n').count(), 4);
        }
    }
}
