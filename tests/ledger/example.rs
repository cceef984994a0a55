//! Uploads as the other tests need them.

use std::path::Path;
use std::time::Duration;

use hrlint::upload::ledger::{Answer, Begin, Body, Chunk, Digest, Key, Ledger, Resolution, Rows, ScenarioRows, Upload};

pub(crate) const JOB: &str = "2d0e3b1c-6a55-4a0e-8a75-0d9f8f1b7c33";
pub(crate) const TENANT: &str = "8c1d6b0e-3f4e-4a2a-9a39-5b5a7e0f1d22";

pub(crate) fn key(file: &str) -> Key {
    Key::new(Digest::of(file.as_bytes()), "commercial", TENANT, JOB, "rows=10,bytes=1000000")
}

pub(crate) fn begin(file: &str, chunks: u32) -> Begin {
    let rows = u64::from(chunks) * 10;
    Begin {
        key: key(file),
        file: file.to_owned(),
        bytes: rows * 100,
        rows,
        scenarios: vec![ScenarioRows { scenario: "resignation".to_owned(), rows }],
        chunks,
        host: "webhook.ingestion.office.com".to_owned(),
        mapping: Some(Digest::of(b"mapping")),
        rules: None,
        version: "0.1.0".to_owned(),
    }
}

pub(crate) fn chunk(number: u32) -> Chunk {
    let first = u64::from(number - 1) * 10 + 2;
    let digest = Digest::of(&number.to_le_bytes());
    Chunk { rows: Rows { first, last: first + 9 }, records: 10, bytes: 1000, digest }
}

pub(crate) fn answer(status: u16) -> Answer {
    Answer { accepted: status < 300, status, reason: "As it is".to_owned(), body: Body::Empty, body_bytes: 0 }
}

pub(crate) fn open(path: &Path) -> Ledger {
    Ledger::open(path, Duration::ZERO).expect("the ledger can be opened")
}

/// Sends a chunk that is taken.
pub(crate) fn send(upload: &mut Upload<'_>, number: u32) {
    upload.sending(number, chunk(number)).expect("there is room");
    upload.answered(number, &answer(202)).expect("there is room");
}

/// An upload of every kind of record.
pub(crate) fn eventful(ledger: &mut Ledger, file: &str) {
    let mut upload = ledger.begin(begin(file, 5)).expect("there is room");
    send(&mut upload, 1);
    upload.sending(2, chunk(2)).expect("there is room");
    upload.unsent(2, "connection refused").expect("there is room");
    upload.sending(2, chunk(2)).expect("there is room");
    upload.answered(2, &answer(503)).expect("there is room");
    send(&mut upload, 2);
    for number in [3, 4] {
        upload.sending(number, chunk(number)).expect("there is room");
        upload.unknown(number, "no answer in 400 seconds").expect("there is room");
    }
    let number = upload.number();
    let mut upload = ledger.resume(number, "0.1.1").expect("there is room");
    upload.resolved(3, Resolution::AssumeSent).expect("there is room");
    upload.resolved(4, Resolution::Resent).expect("there is room");
    send(&mut upload, 4);
    send(&mut upload, 5);
    upload.finish().expect("there is room");
}
