//! A receipt as text.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::{Receipt, Standing};
use crate::finding::Printable;

/// How an upload stands, in a few words.
#[must_use]
pub fn state_of(standing: Standing) -> &'static str {
    match standing {
        Standing::Accepted => "accepted by the service",
        Standing::Assumed => "sent; parts of it by the user's word only",
        Standing::Unknown => "unknown: the answer to at least one chunk was never seen",
        Standing::Incomplete => "incomplete",
    }
}

pub(super) fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// What is told in lines of a name and a text, before the chunks.
pub(super) fn facts(receipt: &Receipt) -> Vec<(&'static str, String)> {
    let Receipt { file, connector, check, rows, ledger, .. } = receipt;
    let mut facts = vec![
        ("file", Printable::new(&file.name).to_string()),
        ("size", format!("{} bytes, {} rows", file.bytes, file.rows)),
        ("SHA-256", file.sha256.to_string()),
    ];
    facts.extend(file.scenarios.iter().map(|of| ("rows of", format!("{}: {}", Printable::new(&of.scenario), of.rows))));
    facts.extend([
        ("cloud", Printable::new(&connector.cloud).to_string()),
        ("host", Printable::new(&connector.host).to_string()),
        ("tenant", Printable::new(&connector.tenant_id).to_string()),
        ("job", Printable::new(&connector.job_id).to_string()),
        ("begun", time(receipt.begun)),
    ]);
    facts.extend(receipt.resumed.iter().map(|at| ("resumed", time(*at))));
    facts.push(("finished", receipt.finished.map_or_else(|| "not yet".to_owned(), time)));
    facts.push(("accepted", format!("{} rows; compare with RecordsSaved in the connector's log", rows.accepted)));
    for (name, count) in [("assumed", rows.assumed), ("unknown", rows.unknown), ("not sent", rows.not_sent)] {
        if count > 0 {
            facts.push((name, format!("{count} rows")));
        }
    }
    let digest = |digest: Option<_>, none: &str| {
        digest.map_or_else(|| none.to_owned(), |digest: super::Digest| digest.to_string())
    };
    facts.extend([
        ("checked by", format!("hrlint {}", Printable::new(&check.version))),
        ("mapping", digest(check.mapping_sha256, "the built-in one")),
        ("rules", digest(check.rules_sha256, "not noted")),
        ("ledger", format!("record {}, {}", ledger.record, ledger.hash)),
    ]);
    facts
}

/// The receipt as text.
#[must_use]
pub fn text(receipt: &Receipt) -> String {
    let mut text = format!("Upload {}: {}\n\n", receipt.upload, state_of(receipt.state));
    for (name, fact) in facts(receipt) {
        writeln!(text, "{name:<10}  {fact}").expect("memory takes it");
    }
    text += "\nchunk  rows                    records      bytes  sent  state     answer\n";
    for chunk in &receipt.chunks {
        let rows = chunk.rows.map_or_else(String::new, |rows| format!("{} to {}", rows.first, rows.last));
        let status = chunk.status.map_or_else(String::new, |status| status.to_string());
        let reason = Printable::new(chunk.reason.as_deref().unwrap_or_default());
        let line = format!(
            "{:>5}  {rows:<22}  {:>7}  {:>9}  {:>4}  {:<8}  {status} {reason}",
            chunk.chunk, chunk.records, chunk.bytes, chunk.sent, chunk.state
        );
        writeln!(text, "{}", line.trim_end()).expect("memory takes it");
    }
    text
}
