//! The gravest findings as commands to a build server, and exact counts of all as plain lines.
//!
//! GitHub and Azure both keep ten errors and ten warnings of a step, in the order they are told, and drop the rest without a
//! word. So the choice is made here: faults of a whole file or its header first, because they often explain the others, then
//! the first of every rule and column, then the rest in file order. What is left out is in the counts, which come for every
//! file as it ends.
//!
//! What a build server keeps can be read by many and for long, so annotations hold no values, whatever was asked for.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::phrase;
use crate::check::{Count, Event, FileEnd, Sink, Summary};
use crate::finding::{Finding, Printable, Severity};

/// Findings of a severity that are annotated.
const OF_A_KIND: usize = 10;
/// Pairs of rule and column of a file that are listed.
const LISTED: usize = 40;

/// How a finding is told to a build server: a line, or nothing for a severity that the server has no word for.
pub(super) type Command = fn(&Finding) -> Option<String>;

/// The sink of the `github` and `azure` formats.
pub struct Annotations<'w> {
    out: Box<dyn Write + Send + 'w>,
    command: Command,
    /// The gravest so far of each severity, best first.
    gravest: [Vec<(Rank, String)>; 3],
    /// Findings of the file so far, by rule and column.
    groups: HashMap<(&'static str, Option<u32>), u64>,
    /// Findings so far.
    findings: u64,
}

/// How much a finding matters among those of its severity; the least comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    of_a_row: bool,
    nth_of_its_group: u64,
    nth: u64,
}

impl<'w> Annotations<'w> {
    pub(super) fn new(out: Box<dyn Write + Send + 'w>, command: Command) -> Self {
        Self { out, command, gravest: [const { Vec::new() }; 3], groups: HashMap::new(), findings: 0 }
    }

    fn finding(&mut self, finding: &Finding) {
        let nth_of_its_group = self.groups.entry((finding.rule, finding.place.column)).or_default();
        *nth_of_its_group += 1;
        self.findings += 1;
        let of_a_row = finding.place.row.is_some_and(|row| row > 1);
        let rank = Rank { of_a_row, nth_of_its_group: *nth_of_its_group, nth: self.findings };
        let gravest = &mut self.gravest[finding.severity as usize];
        let at = gravest.partition_point(|(other, _)| *other < rank);
        if at < OF_A_KIND
            && let Some(command) = (self.command)(finding)
        {
            gravest.truncate(OF_A_KIND - 1);
            gravest.insert(at, (rank, command));
        }
    }

    fn file_ends(&mut self, end: &FileEnd) -> io::Result<()> {
        self.groups.clear();
        let mut lines: String = end.counts.iter().take(LISTED).map(|count| line(&end.file, count)).collect();
        if end.counts.len() > LISTED {
            let more = phrase::count((end.counts.len() - LISTED) as u64, "more pair");
            let file = Printable::new(&format!("{}:", end.file));
            writeln!(lines, "{file} {more} of rule and column (--format json counts all)")
                .expect("writing to a String cannot fail");
        }
        self.out.write_all(lines.as_bytes())
    }

    fn summary(&mut self, summary: &Summary) -> io::Result<()> {
        let mut text = String::new();
        for (_, command) in self.gravest.iter().rev().flatten() {
            text += command;
            text.push('\n');
        }
        let told = self.gravest.each_ref().map(|told| told.len() as u64);
        let all = [summary.infos, summary.warnings, summary.errors];
        let rest = [2, 1, 0].map(|severity: usize| all[severity].saturating_sub(told[severity]));
        if rest.iter().any(|rest| *rest > 0) {
            let rest = phrase::tally(rest[0], rest[1], rest[2]);
            text += format!("not annotated: {rest} (at most the {OF_A_KIND} gravest of a kind are)\n").as_str();
        }
        text += &(phrase::found(summary) + "\n");
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

impl Sink for Annotations<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(_) => Ok(()),
            Event::Finding(finding) => {
                self.finding(finding);
                Ok(())
            }
            Event::FileEnds(end) => self.file_ends(end),
            Event::Summary(summary) => self.summary(summary),
        }
    }
}

/// A rule and column in the log: `hr.csv: 4,812 errors of date-not-iso in column C (ResignationDate), rows 17 to 99,003`.
fn line(file: &str, count: &Count) -> String {
    // Escaped with its colon: a file called `:` must not begin a line with `::`.
    let file = Printable::new(&format!("{file}:"));
    let severity = phrase::count(count.count, count.severity.name());
    let column = count.column.map(|column| " in ".to_owned() + &phrase::column(column, count.header.as_deref()));
    let rows = count.rows.map(|rows| ", ".to_owned() + &phrase::rows(rows));
    let (column, rows) = (column.unwrap_or_default(), rows.unwrap_or_default());
    format!("{file} {severity} of {}{column}{rows}\n", count.rule)
}

/// The word of a severity where there are two: `error` or `warning`.
pub(super) fn of_two(severity: Severity) -> Option<&'static str> {
    (severity > Severity::Info).then(|| severity.name())
}
