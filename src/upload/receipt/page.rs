//! A receipt as a page to print: one file, no script, nothing fetched.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::text::{facts, state_of, time};
use super::{ChunkSent, Receipt, Standing};
use crate::finding::Printable;

const STYLE: &str = include_str!("receipt.css");

#[derive(Template)]
#[template(path = "receipt.html", config = "src/upload/receipt/askama.toml")]
struct Page<'r> {
    receipt: &'r Receipt,
    policy: String,
    style: &'static str,
    state: &'static str,
    class: &'static str,
    facts: Vec<(&'static str, String)>,
    lines: Vec<Line>,
}

/// A chunk's line.
struct Line {
    chunk: u32,
    rows: String,
    records: u64,
    bytes: u64,
    digest: String,
    state: &'static str,
    answer: String,
    at: String,
}

impl Line {
    fn of(chunk: &ChunkSent) -> Self {
        let status = chunk.status.map_or_else(String::new, |status| format!("{status} "));
        let reason = Printable::new(chunk.reason.as_deref().unwrap_or_default());
        let again = if chunk.sent > 1 { format!(" (sent {} times)", chunk.sent) } else { String::new() };
        Self {
            chunk: chunk.chunk,
            rows: chunk.rows.map_or_else(String::new, |rows| format!("{} to {}", rows.first, rows.last)),
            records: chunk.records,
            bytes: chunk.bytes,
            digest: chunk.sha256.map_or_else(String::new, |digest| digest.to_string()),
            state: chunk.state,
            answer: format!("{status}{reason}{again}"),
            at: chunk.noted_at.map_or_else(String::new, time),
        }
    }
}

/// The page.
///
/// # Panics
///
/// Never: writing to memory cannot fail.
#[must_use]
pub fn page(receipt: &Receipt) -> String {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    let page = Page {
        receipt,
        policy: format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"),
        style: STYLE,
        state: state_of(receipt.state),
        class: if receipt.state == Standing::Accepted { "good" } else { "open" },
        facts: facts(receipt),
        lines: receipt.chunks.iter().map(Line::of).collect(),
    };
    page.render().expect("writing to memory cannot fail")
}
