//! `html`: one self-contained page for the colleague who never sees a terminal.
//!
//! Verdict first, then what to do first, then counts, places, the faulty rows as a spreadsheet shows them, every finding in
//! a table that can be filtered, and what each rule means. The page loads nothing, sends nothing and works without
//! scripts; its content security policy allows the one style sheet and the one script in it, by their digests.
//!
//! The verdict stands at the top and is known last, so a page keeps what it prints, and no more: the gravest findings up to
//! `LISTED`, counts, and a histogram of fixed size for each of the first files.

mod grid;
mod manual;
mod page;
mod places;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::{Options, phrase};
use crate::check::{Event, FileEnd, Sink};
use crate::finding::{Finding, Severity};
use places::Places;

/// Findings that are listed, the gravest first.
const LISTED: usize = 2000;
/// Files that are listed, and of which places and rows are drawn.
const FILES_LISTED: usize = 200;

/// The sink of the `html` format.
pub struct Html<'w> {
    out: Box<dyn Write + Send + 'w>,
    options: Options,
    seen: Seen,
}

/// What is kept of a run until its verdict is known.
#[derive(Default)]
struct Seen {
    files: Vec<FileSeen>,
    /// Files that are no longer listed.
    files_left: u64,
    /// Findings in the order told, by severity, gravest last; at most [`LISTED`] of each.
    kept: [Vec<Kept>; 3],
    /// Findings that were told.
    told: u64,
    /// How often each rule fired, at which severity, and what it said first.
    rules: BTreeMap<(Severity, &'static str), RuleSeen>,
}

/// A finding that may be listed.
struct Kept {
    /// Its place among all that were told.
    order: u64,
    /// Its file's place in [`Seen::files`].
    file: usize,
    finding: Finding,
}

/// What is kept of a file.
struct FileSeen {
    name: Arc<str>,
    headers: Vec<Arc<str>>,
    header_row: u64,
    places: Places,
    end: Option<FileEnd>,
}

/// What is kept of a rule.
#[derive(Default)]
struct RuleSeen {
    count: u64,
    files: u64,
    /// Whether the fault is one of a whole file or of its header.
    of_the_whole: bool,
    /// Message and help of its first finding.
    said: Option<(String, String)>,
}

impl<'w> Html<'w> {
    /// A report that is written to `out`, at the summary.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, options: Options) -> Self {
        Self { out, options, seen: Seen::default() }
    }
}

impl Seen {
    fn finding(&mut self, finding: &Finding) {
        let order = self.told;
        self.told += 1;
        let rule = self.rules.entry((finding.severity, finding.rule)).or_default();
        rule.said.get_or_insert_with(|| (finding.message.clone(), finding.help.clone()));
        // A file that is no longer listed has no place to point at.
        let Some(file) = self.files.len().checked_sub(1).filter(|_| self.files_left == 0) else { return };
        if let Some(row) = finding.place.row {
            self.files[file].places.add(row, finding.severity);
        }
        let kept = &mut self.kept[finding.severity as usize];
        if kept.len() < LISTED {
            kept.push(Kept { order, file, finding: finding.clone() });
        }
    }

    fn file_ends(&mut self, end: &FileEnd) {
        let mut last = None;
        for count in &end.counts {
            let key = (count.severity, count.rule);
            let rule = self.rules.entry(key).or_default();
            rule.count += count.count;
            rule.files += u64::from(last != Some(key));
            rule.of_the_whole |= count.rows.is_none_or(|(first, _)| first == 1);
            last = Some(key);
        }
        match self.files.last_mut() {
            Some(file) if self.files_left == 0 => file.end = Some(end.clone()),
            _ => {}
        }
    }

    /// The findings to list: the gravest, in the order told.
    fn listed(&self) -> Vec<&Kept> {
        let mut listed: Vec<&Kept> = self.kept.iter().rev().flatten().take(LISTED).collect();
        listed.sort_by_key(|kept| kept.order);
        listed
    }
}

impl Sink for Html<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(start) if self.seen.files.len() < FILES_LISTED => {
                let (name, headers) = (Arc::clone(&start.file), start.headers.clone());
                let (header_row, places) = (start.header_row, Places::default());
                self.seen.files.push(FileSeen { name, headers, header_row, places, end: None });
            }
            Event::FileBegins(_) => self.seen.files_left += 1,
            Event::Finding(finding) => self.seen.finding(finding),
            Event::FileEnds(end) => self.seen.file_ends(end),
            Event::Summary(summary) => {
                let page = page::render(&self.seen, summary, &self.options).map_err(io::Error::other)?;
                self.out.write_all(page.as_bytes())?;
                self.out.flush()?;
            }
        }
        Ok(())
    }
}

/// A column as a spreadsheet names it: `C`, with its header behind it where it has one.
fn column(letters: u32, header: Option<&str>) -> String {
    let letters = phrase::letters(letters);
    match header.map(crate::finding::Printable::new).filter(|header| !header.as_str().is_empty()) {
        Some(header) => format!("{letters} ({})", header.shortened(64)),
        None => letters,
    }
}
