//! `sarif`: SARIF 2.1.0 for code scanning, streamed, within what GitHub takes.
//!
//! GitHub refuses a file over 10 MB (compressed) and drops results after the 25,000th. So errors are written as they come;
//! warnings and infos are held, as many as there may still be room for, and written at the end, gravest first, until the
//! `budget` is spent. What was left out is said in a notification of the invocation.
//!
//! The types are serde-sarif's, which are made from the standard's schema; only the outermost objects are written by hand,
//! because their arrays must never be held whole.
//!
//! Without `--show-values always` a result holds the shape of a cell and never its text: no snippet, and no text of a repair
//! that would hold some of it (repairs that only delete are given whole).

mod budget;
mod result;
mod rules;

use std::io::{self, Write};

use serde_sarif::sarif::{Invocation, Message, Notification};

use self::budget::Budget;
use super::fingerprint::Fingerprints;
use super::{Values, json as strings, phrase};
use crate::check::{Event, Sink, Summary};
use crate::finding::{Finding, Severity};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Most bytes of results that are held.
const HELD: usize = 32 << 20;

/// The sink of the `sarif` format.
pub struct Sarif<'w> {
    out: Box<dyn Write + Send + 'w>,
    values: Values,
    budget: Budget,
    begun: bool,
    written: u64,
    fingerprints: Fingerprints,
    /// Warnings and infos, each as JSON.
    held: [Vec<Vec<u8>>; 2],
    /// Bytes of them.
    held_bytes: usize,
}

impl<'w> Sarif<'w> {
    /// A report that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, values: Values) -> Self {
        Self {
            out,
            values,
            budget: Budget::default(),
            begun: false,
            written: 0,
            fingerprints: Fingerprints::default(),
            held: [const { Vec::new() }; 2],
            held_bytes: 0,
        }
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let fingerprint = self.fingerprints.next(finding);
        if self.budget.is_spent() {
            return Ok(());
        }
        let held = match finding.severity {
            Severity::Error => {
                let mut result = Vec::new();
                strings::append(&mut result, &result::result(finding, fingerprint, self.values))?;
                self.write(&result)?;
                self.make_room();
                return Ok(());
            }
            Severity::Warning => 0,
            Severity::Info => 1,
        };
        let held_in_front: usize = self.held[..=held].iter().map(Vec::len).sum();
        if held_in_front >= self.budget.results()
            || (held == 1 && self.held_bytes >= HELD / 2)
            || self.held_bytes >= HELD
        {
            return Ok(());
        }
        let mut result = Vec::new();
        strings::append(&mut result, &result::result(finding, fingerprint, self.values))?;
        self.held_bytes += result.len();
        self.held[held].push(result);
        self.make_room();
        Ok(())
    }

    /// Drops what was held and will not be written any more.
    fn make_room(&mut self) {
        let mut room = self.budget.results();
        for held in &mut self.held {
            while held.len() > room {
                self.held_bytes -= held.pop().map_or(0, |result| result.len());
            }
            room -= held.len();
        }
    }

    /// Writes a result, if it is within the budget.
    fn write(&mut self, result: &[u8]) -> io::Result<()> {
        self.begin()?;
        if !self.budget.spend(result)? {
            return Ok(());
        }
        self.out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        self.written += 1;
        self.out.write_all(result)
    }

    /// Writes what stands before the results.
    fn begin(&mut self) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let mut text = format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[\n{{\"tool\":").into_bytes();
        strings::append(&mut text, &rules::tool())?;
        text.extend_from_slice(b",\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[");
        self.budget.spend_on_frame(&text)?;
        self.out.write_all(&text)
    }

    fn summary(&mut self, summary: &Summary) -> io::Result<()> {
        self.begin()?;
        for held in std::mem::take(&mut self.held) {
            for result in held {
                self.write(&result)?;
            }
        }
        let mut text = b"\n],\n\"invocations\":".to_vec();
        strings::append(&mut text, &[self.invocation(summary)])?;
        text.extend_from_slice(match self.values {
            Values::Masked => {
                b",\n\"redactionTokens\":[\"A\",\"a\",\"9\"],\"properties\":{\"personalData\":false}}\n]}\n"
            }
            Values::Shown => b",\n\"properties\":{\"personalData\":true}}\n]}\n",
        });
        self.out.write_all(&text)?;
        self.out.flush()
    }

    fn invocation(&self, summary: &Summary) -> Invocation {
        let mut notifications = Vec::new();
        if summary.unchecked > 0 {
            notifications.push(notification("error", &phrase::found(summary)));
        }
        if summary.hidden > 0 {
            notifications.push(notification("warning", &phrase::hidden(summary.hidden)));
        }
        notifications.extend(phrase::waived_alone(summary.waived).map(|told| notification("note", &told)));
        let all = summary.errors + summary.warnings + summary.infos;
        let left_out = all.saturating_sub(summary.hidden + self.written);
        if left_out > 0 {
            let (written, all) = (phrase::number(self.written), phrase::count(all, "finding"));
            notifications.push(notification(
                "warning",
                &format!(
                    "only the {written} gravest of {all} are listed: GitHub takes no more (--format jsonl has all)"
                ),
            ));
        }
        Invocation::builder()
            .execution_successful(summary.unchecked == 0)
            .tool_execution_notifications(notifications)
            .build()
    }
}

impl Sink for Sarif<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(_) => {
                self.fingerprints.file_begins();
                Ok(())
            }
            Event::Finding(finding) => self.finding(finding),
            Event::FileEnds(_) => Ok(()),
            Event::Summary(summary) => self.summary(summary),
        }
    }
}

fn notification(level: &str, text: &str) -> Notification {
    let message = Message::builder().text(format!("{text}.")).build();
    Notification::builder().level(level).message(message).build()
}
