//! `gitlab`: code quality for merge requests, an array of issues as in GitLab's documentation (`ci/testing/code_quality`).
//!
//! GitLab shows an issue by its file and line and compares its fingerprint with the target branch; of two issues with one
//! fingerprint it drops one. A fault of a whole file stands on line 1. Where `--max-findings` hid findings of a file,
//! or waivers let some pass, one more issue says how many. The artifact can be read by everyone with access to the project, so it holds no values, whatever was
//! asked for.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{json, phrase};
use crate::check::{Event, FileEnd, Sink};
use crate::finding::{Finding, Printable, Severity};

/// The sink of the `gitlab` format.
pub struct Gitlab<'w> {
    out: Box<dyn Write + Send + 'w>,
    fingerprints: Fingerprints,
    /// Whether an issue was written.
    begun: bool,
    /// The issue being written; kept for its allocation.
    issue: Vec<u8>,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
}

impl<'w> Gitlab<'w> {
    /// A report that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>) -> Self {
        Self { out, fingerprints: Fingerprints::default(), begun: false, issue: Vec::new() }
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let fingerprint = self.fingerprints.next(finding);
        self.issue(&Issue {
            description: Printable::new(&phrase::sentences(finding)).as_str(),
            check_name: finding.rule,
            fingerprint: &fingerprint,
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: location(&finding.file, finding.place.line),
        })
    }

    fn file_ends(&mut self, end: &FileEnd) -> io::Result<()> {
        let hidden: u64 = end.counts.iter().map(|count| count.count - count.shown).sum();
        let hidden = (hidden > 0).then(|| ("max-findings", phrase::hidden(hidden)));
        let waived = phrase::waived_alone(end.waived).map(|told| ("waivers", told));
        for (check_name, told) in hidden.into_iter().chain(waived) {
            self.issue(&Issue {
                description: &told,
                check_name,
                fingerprint: &Fingerprints::of_file(&end.file, check_name),
                severity: "info",
                location: location(&end.file, None),
            })?;
        }
        Ok(())
    }

    fn issue(&mut self, issue: &Issue<'_>) -> io::Result<()> {
        self.issue.clear();
        self.issue.extend_from_slice(if self.begun { b",\n" } else { b"[\n" });
        self.begun = true;
        json::append(&mut self.issue, issue)?;
        self.out.write_all(&self.issue)
    }

    fn summary(&mut self) -> io::Result<()> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}

impl Sink for Gitlab<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(_) => {
                self.fingerprints.file_begins();
                Ok(())
            }
            Event::Finding(finding) => self.finding(finding),
            Event::FileEnds(end) => self.file_ends(end),
            Event::Summary(_) => self.summary(),
        }
    }
}

/// GitLab knows files by their path in the repository, without a leading `./`.
fn location(file: &str, line: Option<u64>) -> Location<'_> {
    Location { path: file.strip_prefix("./").unwrap_or(file), lines: Lines { begin: line.unwrap_or(1) } }
}
