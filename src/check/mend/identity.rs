//! What a record is when it is mended: so that rows which become equal are found to be.

use super::row::Mender;
use crate::check::buffer::Buffer;
use crate::check::duplicates::Identity;
use crate::check::job::{Job, Wanted};
use crate::check::worker::Worker;
use crate::scan::Tape;

/// The identity of a record of a tape, mended.
pub(in crate::check) fn identity(
    job: &Job<'_, '_>,
    worker: &mut Worker,
    tape: &Tape,
    buffer: &Buffer,
    record: usize,
) -> Identity {
    let cells = tape.record(record);
    let Some(mending) = &job.mending else { return Identity::of(job.layout, buffer.piece().bytes, cells) };
    let seen = tape.observations();
    let from = seen.partition_point(|seen| (seen.record as usize) < record);
    let seen = &seen[from..];
    let seen = &seen[..seen.partition_point(|seen| seen.record as usize == record)];
    let wanted = Wanted::nothing();
    let mut mender = Mender::new(job, mending, &wanted, tape, buffer, cells.begin()).unmarked();
    mender.settle(worker, record, cells, seen);
    Identity::of_texts(job.layout, &mender.texts)
}
