//! A ledger written as its format says, apart from the code that reads it.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::mutate::Sent;

/// The ledger of uploads that all went well; `bytes` are those of the file at hand.
pub(crate) fn of(past: &[Sent], bytes: &[u8]) -> Vec<u8> {
    let mut lines = Lines { text: String::new(), number: 0, previous: "0".repeat(64) };
    for (sent, upload) in past.iter().zip(1..) {
        let at = format!(
            "{}T06:00:00Z",
            chrono::NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day") - chrono::Days::new(sent.days)
        );
        let other = b"another file".as_slice();
        let file = if sent.same { bytes } else { other };
        let (scenario, rows) = sent.rows;
        let digest = hex(file);
        lines.add(&at, json!({
            "kind": "begin", "upload": upload, "digest": digest, "cloud": "commercial", "tenant": "t", "job": "j", "chunking": "rows=5000",
            "file": "sent.csv", "bytes": file.len(), "rows": rows, "scenarios": [{ "scenario": scenario, "rows": rows }],
            "chunks": 1, "host": "localhost", "mapping": null, "rules": null, "version": "0.1.0",
        }));
        lines.add(&at, json!({
            "kind": "sending", "upload": upload, "chunk": 1, "rows": { "first": 2, "last": rows + 1 }, "records": rows,
            "bytes": file.len(), "digest": digest,
        }));
        lines.add(&at, json!({
            "kind": "answered", "upload": upload, "chunk": 1, "accepted": true, "status": 200, "reason": "OK", "body": "empty",
            "bodyBytes": 0,
        }));
        lines.add(&at, json!({ "kind": "finish", "upload": upload }));
    }
    lines.text.into_bytes()
}

struct Lines {
    text: String,
    number: u64,
    previous: String,
}

impl Lines {
    fn add(&mut self, at: &str, fact: Value) {
        self.number += 1;
        let mut line = json!({ "v": 1, "n": self.number, "at": at, "prev": self.previous });
        let Value::Object(fact) = fact else { panic!("facts are objects") };
        line.as_object_mut().expect("it was made as one").extend(fact);
        let line = line.to_string();
        let said = line.strip_suffix('}').expect("an object ends so");
        self.previous = hex(said.as_bytes());
        writeln!(self.text, "{said},\"hash\":\"{}\"}}", self.previous).expect("memory takes it");
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("memory takes it");
        text
    })
}
