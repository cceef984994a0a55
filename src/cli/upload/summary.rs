//! What was sent, to be compared with what the service says that it saved.

use std::fmt::Write as _;

use super::plan::{Planned, rows};
use crate::finding::Printable;
use crate::report::count as number;
use crate::upload::Sent;

/// Chunks that are listed without being asked for.
const LISTED: usize = 10;

/// Everything was sent.
pub(super) fn all(files: &[(&Planned<'_>, Sent)], verbose: bool) -> String {
    let partly: u64 = files.iter().map(|(_, sent)| sent.partly).sum();
    let mut out = match partly {
        0 => "Upload Successful\n".to_owned(),
        _ => {
            format!("Upload done, but the service says of {} that it took only a part (207)\n", number(partly, "chunk"))
        }
    };
    for (planned, sent) in files {
        file(&mut out, planned, sent, verbose);
    }
    let expected: u64 = files.iter().map(|(planned, _)| planned.rows()).sum();
    let log = "the connector's log in the portal (\"Download log\")";
    writeln!(out, "RecordsSaved in {log} should add up to {expected}.").expect("writing to a String cannot fail");
    out
}

/// Something was sent before it stopped.
pub(super) fn so_far(files: &[(&Planned<'_>, Sent)], stopped: &Planned<'_>, accepted: u64) -> String {
    let mut out = String::from("Upload stopped. So far the service has accepted:\n");
    for (planned, sent) in files {
        file(&mut out, planned, sent, false);
    }
    let name = Printable::new(&stopped.name);
    writeln!(out, "{name}: {} of {}, in this run", rows(accepted), rows(stopped.rows()))
        .expect("writing to a String cannot fail");
    out
}

fn file(out: &mut String, planned: &Planned<'_>, sent: &Sent, verbose: bool) {
    let chunks = &planned.chunks.list;
    let name = Printable::new(&planned.name);
    let count = number(chunks.len() as u64, "chunk");
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("{name}: {} in {count}, {:.1} s", rows(planned.rows()), sent.elapsed.as_secs_f64()));
    if sent.earlier > 0 {
        line(format!("  {} of them had been accepted before", sent.earlier));
    }
    let width = planned.passed.scenarios().map(|(key, _)| key.len()).max().unwrap_or(0);
    for (key, count) in planned.passed.scenarios().filter(|(_, rows)| *rows > 0) {
        line(format!("  {key:width$}  {}", rows(count)));
    }
    if chunks.len() > 1 && (verbose || chunks.len() <= LISTED) {
        for (chunk, at) in chunks.iter().zip(1..) {
            let (first, last) = chunk.row_range();
            let scenarios: Vec<String> = chunk.scenarios().map(|(key, rows)| format!("{key} {rows}")).collect();
            line(format!("  chunk {at}: rows {first} to {last}, {} ({})", rows(chunk.rows()), scenarios.join(", ")));
        }
    }
}
