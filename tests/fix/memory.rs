//! Files in memory, mended and checked.

use std::io;
use std::sync::Arc;

use chrono::NaiveDate;
use hrlint::check::{
    Change, Choice, Count, Event, Input, Mended, Options, Receiver, Repairs, Session, Sink, Stopped, mend,
};
use hrlint::mapping::Mapping;
use hrlint::plan::Plan;
use hrlint::source::Source;

/// Bytes that are read as a file is.
pub(crate) struct Memory<'m>(pub(crate) &'m [u8]);

impl Source for Memory<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let rest = self.0.get(offset as usize..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        Ok(length)
    }

    fn size(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    fn release(&self, _: u64) {}

    fn rereads(&self) -> bool {
        true
    }

    fn verify(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps a mended file.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) old: Vec<u8>,
    pub(crate) new: Vec<u8>,
    pub(crate) changes: Vec<Change>,
}

impl Receiver for Kept {
    fn take(&mut self, mended: Mended<'_>) -> io::Result<()> {
        let (old, new) = (self.old.len(), self.new.len());
        let moved = |change: &Change| Change {
            old: change.old.start + old..change.old.end + old,
            new: change.new.start + new..change.new.end + new,
        };
        self.changes.extend(mended.changes.iter().map(moved));
        self.old.extend_from_slice(mended.old);
        self.new.extend_from_slice(mended.new);
        Ok(())
    }
}

/// A plan on the day that all generated files are written for.
pub(crate) fn plan() -> Plan {
    let today = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day of the calendar");
    Plan::compile(Mapping::built_in(), &[], None, today).expect("nothing was asked for that could be refused")
}

pub(crate) fn mended(
    bytes: &[u8],
    plan: &Plan,
    choice: &Choice,
    options: &Options<'_>,
) -> Result<(Kept, Repairs), Stopped> {
    let mut kept = Kept::default();
    let repairs = mend(&Arc::from("hr.csv"), &Memory(bytes), plan, options, choice, &mut kept)?;
    Ok((kept, repairs))
}

/// What a check counts; nothing where the file cannot be checked.
pub(crate) fn counted(bytes: &[u8], plan: &Plan, options: &Options<'_>) -> Option<Vec<Count>> {
    let mut nowhere = Nowhere;
    let mut session = Session::new(options, &mut nowhere);
    let input = Input { name: "hr.csv".into(), path: None, plan };
    session.source(&input, &Memory(bytes)).expect("nobody writes anything")
}

struct Nowhere;

impl Sink for Nowhere {
    fn take(&mut self, _: Event<'_>) -> io::Result<()> {
        Ok(())
    }
}
