//! Whole uploads against a disk that fails and a service that vanishes, over and over: no row may be lost, and none sent twice
//! without the user's word.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::fact::{Answer, Begin, Body, Chunk, Digest, Key, Resolution, Rows};
use super::medium::Medium;
use super::policy::{Decision, Refusal, Step, Wishes, decide};
use super::reading::Reading;
use super::writing::Ledger;

const CHUNKS: u32 = 4;

/// A disk in memory that fails at its n-th operation, and from then on if the fault stays.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<Content>>);

#[derive(Clone, Default)]
struct Content {
    bytes: Vec<u8>,
    fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug)]
struct Fault {
    /// Operations that still succeed.
    after: u32,
    /// Bytes of the failing write that are written nevertheless.
    written: usize,
    /// Whether all later operations fail, too.
    stays: bool,
}

impl Disk {
    fn content(&self) -> std::sync::MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    /// Whether this operation fails, and how much of it is done nevertheless.
    fn fails(&mut self) -> Option<usize> {
        let fault = self.fault.as_mut()?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        let written = fault.written;
        if !fault.stays {
            self.fault = None;
        }
        Some(written)
    }
}

fn full() -> io::Error {
    io::ErrorKind::StorageFull.into()
}

impl Medium for Disk {
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let mut content = self.content();
        let fails = content.fails();
        content.bytes.extend(&line[..fails.unwrap_or(line.len()).min(line.len())]);
        if fails.is_some() { Err(full()) } else { Ok(()) }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.content().fails().map_or(Ok(()), |_| Err(full()))
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        let mut content = self.content();
        if content.fails().is_some() {
            return Err(full());
        }
        content.bytes.truncate(length as usize);
        Ok(())
    }
}

/// What becomes of a chunk on its way.
#[derive(Clone, Copy, Debug)]
enum Way {
    Taken,
    Unavailable,
    NoConnection,
    AnswerLost,
    RequestLost,
    KilledBefore,
    KilledAfter,
}

fn key() -> Key {
    Key::new(Digest::of(b"file"), "commercial", "tenant", "job", "rows=1")
}

fn chunk(number: u32) -> Chunk {
    let row = u64::from(number) + 1;
    Chunk { rows: Rows { first: row, last: row }, records: 1, bytes: 10, digest: Digest::of(&[number as u8]) }
}

fn begin() -> Begin {
    Begin {
        key: key(),
        file: "leavers.csv".to_owned(),
        bytes: 40,
        rows: u64::from(CHUNKS),
        scenarios: Vec::new(),
        chunks: CHUNKS,
        host: "localhost".to_owned(),
        mapping: None,
        rules: None,
        version: "0".to_owned(),
    }
}

fn open(disk: &Disk) -> Option<Ledger> {
    let reading = Reading::of(&disk.content().bytes);
    assert_eq!(reading.verify(), Ok(()), "a ledger that went through faults is whole or torn, never damaged");
    let clock: fn() -> DateTime<Utc> = || DateTime::UNIX_EPOCH;
    Ledger::recover(Path::new("ledger"), Box::new(disk.clone()), reading, None, clock).ok()
}

/// The service, and the words that the user gave.
#[derive(Default)]
struct World {
    /// How often each chunk was taken.
    taken: [u32; CHUNKS as usize],
    /// How often the user had it sent once more.
    asked_again: [u32; CHUNKS as usize],
    /// Chunks that count as sent by the user's word.
    assumed: [bool; CHUNKS as usize],
}

/// One run; whether the whole file counts as sent.
fn run(disk: &Disk, world: &mut World, wishes: Wishes, ways: &[Way]) -> Result<(), Option<Refusal>> {
    let mut ledger = open(disk).ok_or(None)?;
    let chunks: Vec<Chunk> = (1..=CHUNKS).map(chunk).collect();
    let past = ledger.lookup(&key());
    let (mut upload, steps) = match decide(&past, &chunks, wishes) {
        Decision::Begin => (ledger.begin(begin()).map_err(|_| None)?, vec![Step::Send; CHUNKS as usize]),
        Decision::Resume(number, steps) => (ledger.resume(number, "0").map_err(|_| None)?, steps),
        Decision::Refuse(refusal) => return Err(Some(refusal)),
    };
    let mut ways = ways.iter().copied().chain(std::iter::repeat(Way::Taken));
    for (number, step) in (1..).zip(steps) {
        let place = number as usize - 1;
        match step {
            Step::Skip => continue,
            Step::Assume => {
                // The word was given, whether or not the record comes back from the disk.
                world.assumed[place] = true;
                upload.resolved(number, Resolution::AssumeSent).map_err(|_| None)?;
                continue;
            }
            Step::Resend => {
                world.asked_again[place] += 1;
                upload.resolved(number, Resolution::Resent).map_err(|_| None)?;
            }
            Step::Send => {}
        }
        let way = ways.next().unwrap_or(Way::Taken);
        upload.sending(number, chunk(number)).map_err(|_| None)?;
        if matches!(way, Way::Taken | Way::AnswerLost | Way::KilledAfter) {
            world.taken[place] += 1;
        }
        let answer =
            |status| Answer { accepted: status < 300, status, reason: String::new(), body: Body::Empty, body_bytes: 0 };
        match way {
            Way::Taken => upload.answered(number, &answer(202)),
            Way::Unavailable => upload.answered(number, &answer(503)),
            Way::NoConnection => upload.unsent(number, "refused"),
            Way::AnswerLost | Way::RequestLost => upload.unknown(number, "reset"),
            Way::KilledBefore | Way::KilledAfter => return Err(None),
        }
        .map_err(|_| None)?;
        if !matches!(way, Way::Taken) {
            return Err(None);
        }
    }
    upload.finish().map_err(|_| None)
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![
        4 => Just(Way::Taken),
        1 => Just(Way::Unavailable),
        1 => Just(Way::NoConnection),
        1 => Just(Way::AnswerLost),
        1 => Just(Way::RequestLost),
        1 => Just(Way::KilledBefore),
        1 => Just(Way::KilledAfter),
    ]
}

fn fault() -> impl Strategy<Value = Option<Fault>> {
    let some =
        (0u32..24, 0usize..700, any::<bool>()).prop_map(|(after, written, stays)| Fault { after, written, stays });
    proptest::option::of(some)
}

fn wishes() -> impl Strategy<Value = Wishes> {
    let wish = |resend_unknown, assume_sent| Wishes { again: false, resend_unknown, assume_sent };
    prop_oneof![3 => Just(wish(false, false)), 1 => Just(wish(true, false)), 1 => Just(wish(false, true))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn no_row_is_lost_and_none_sent_twice_without_the_users_word(
        runs in proptest::collection::vec((wishes(), fault(), proptest::collection::vec(way(), 0..5)), 0..6),
    ) {
        let (disk, mut world) = (Disk::default(), World::default());
        for (wishes, fault, ways) in &runs {
            disk.content().fault = *fault;
            let _ = run(&disk, &mut world, *wishes, ways);
            for (taken, asked) in world.taken.iter().zip(world.asked_again) {
                prop_assert!(*taken <= 1 + asked, "sent twice: {:?}", world.taken);
            }
        }
        disk.content().fault = None;
        match run(&disk, &mut world, Wishes::default(), &[]) {
            Ok(()) | Err(Some(Refusal::SentAlready(_))) => {}
            Err(Some(Refusal::Unknown(..))) => {
                let wishes = Wishes { resend_unknown: true, ..Wishes::default() };
                prop_assert_eq!(run(&disk, &mut world, wishes, &[]), Ok(()));
            }
            other => prop_assert!(false, "{other:?}"),
        }
        for ((taken, asked), assumed) in world.taken.iter().zip(world.asked_again).zip(world.assumed) {
            prop_assert!(*taken >= 1 || assumed, "lost: {:?}", world.taken);
            prop_assert!(*taken <= 1 + asked, "sent twice: {:?}", world.taken);
        }
        prop_assert!(Reading::of(&disk.content().bytes).uploads.last().is_some_and(|upload| upload.finished.is_some()));
    }
}

/// The curl way: the n-th operation fails, for n = 0, 1, 2, ... until a run goes through untouched.
#[test]
fn one_failing_operation_at_a_time_leaves_a_ledger_that_goes_on() {
    for stays in [false, true] {
        for written in [0, 1, 100, 10_000] {
            for after in 0.. {
                let (disk, mut world) = (Disk::default(), World::default());
                disk.content().fault = Some(Fault { after, written, stays });
                let ended = run(&disk, &mut world, Wishes::default(), &[]);
                if ended.is_ok() {
                    assert!(after > 2 * CHUNKS);
                    break;
                }
                disk.content().fault = None;
                let resumed = run(&disk, &mut world, Wishes::default(), &[]);
                let resumed = match resumed {
                    Err(Some(Refusal::Unknown(_, unknown))) => {
                        assert_eq!(unknown.len(), 1, "only the chunk on its way is unknown");
                        run(&disk, &mut world, Wishes { assume_sent: true, ..Wishes::default() }, &[])
                    }
                    // What could not be noted as done may have been noted after all.
                    Err(Some(Refusal::SentAlready(_))) => Ok(()),
                    other => other,
                };
                assert_eq!(resumed, Ok(()), "operation {after}");
                assert!(world.taken.iter().all(|taken| *taken <= 1), "{:?}", world.taken);
            }
        }
    }
}
