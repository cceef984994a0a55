//! `pretty`: findings drawn for a person, then exact counts, then the verdict.
//!
//! Each finding is a block: what is wrong, where (for an editor and for a spreadsheet), the record under its header with
//! the faulty cell pointed at, what else is known, and the next step. Only the first few of each rule and column are drawn:
//! a file with two million faults reads like one with twenty. When a file ends, the rest is told in a line each, and a
//! table has the exact counts. The last line is the verdict.

mod block;
mod table;
mod window;

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::paint::Paint;
use super::{Options, Values, coverage, phrase};
use crate::check::{Count, Event, FileEnd, Outcome, Sink, Summary};
use crate::finding::{Finding, Severity};

/// Findings of a file that are drawn before only the first of a rule is.
const DRAWN_FREELY: u64 = 6;
/// Findings of a file that are drawn before only errors are.
const DRAWN_OF_A_FILE: u64 = 10;
/// Findings of a file that are drawn, whatever they are: past this nobody reads on.
const DRAWN_AT_MOST: u64 = 20;
/// Rule and column pairs of a file that are listed.
const LISTED: usize = 40;

/// Findings of one rule and column of a file that are drawn.
fn drawn_of_a_group(severity: Severity) -> u64 {
    match severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Info => 1,
    }
}

/// The sink of the `pretty` format.
pub struct Pretty<'w> {
    out: Box<dyn Write + Send + 'w>,
    options: Options,
    file: FileSoFar,
    /// Whether a value was drawn, masked or not.
    valued: bool,
    /// Whether some finding was told only by its count.
    undrawn: bool,
    /// What to look at first.
    worst: Option<Worst>,
}

/// How much a rule's findings in a column matter; the greatest is what to look at first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Worst {
    severity: Severity,
    /// Faults of the file or its header come first: they often explain the others.
    of_the_whole: bool,
    count: u64,
    rule: &'static str,
}

impl Worst {
    fn new(count: &Count) -> Self {
        let of_the_whole = count.rows.is_none_or(|(first, _)| first == 1);
        Self { severity: count.severity, of_the_whole, count: count.count, rule: count.rule }
    }
}

/// What is kept of a file until it ends.
#[derive(Default)]
struct FileSoFar {
    headers: Vec<Arc<str>>,
    groups: HashMap<(&'static str, Option<u32>), Group>,
    /// The rules of which something was drawn, and what was said of each.
    said: HashMap<&'static str, block::Said>,
    drawn: u64,
}

/// The findings of one rule in one column.
#[derive(Default)]
struct Group {
    drawn: u64,
    /// Spreadsheet row of the first finding that was not drawn.
    rest_from: Option<u64>,
}

impl<'w> Pretty<'w> {
    /// A report that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, options: Options) -> Self {
        let options = Options { width: options.width.max(40), ..options };
        Self { out, options, file: FileSoFar::default(), valued: false, undrawn: false, worst: None }
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let group = self.file.groups.entry((finding.rule, finding.place.column)).or_default();
        let is_drawn = match self.file.drawn {
            ..DRAWN_FREELY => group.drawn < drawn_of_a_group(finding.severity),
            DRAWN_FREELY..DRAWN_OF_A_FILE => !self.file.said.contains_key(finding.rule),
            DRAWN_OF_A_FILE..DRAWN_AT_MOST => {
                finding.severity == Severity::Error && !self.file.said.contains_key(finding.rule)
            }
            _ => false,
        };
        if !is_drawn {
            group.rest_from = group.rest_from.or(finding.place.row);
            return Ok(());
        }
        group.drawn += 1;
        self.file.drawn += 1;
        self.valued |= block::shows_values(finding);
        let block =
            block::draw(finding, &self.file.headers, self.file.said.entry(finding.rule).or_default(), &self.options)
                + "\n";
        self.out.write_all(block.as_bytes())
    }

    fn file_ends(&mut self, end: &FileEnd) -> io::Result<()> {
        let file = std::mem::take(&mut self.file);
        if end.counts.is_empty() {
            return Ok(());
        }
        let mut text = String::new();
        let rests = end.counts.iter().filter_map(|count| {
            // What was not drawn at all is in the table.
            file.groups
                .get(&(count.rule, count.column))
                .filter(|group| group.drawn > 0)
                .and_then(|group| rest(count, group))
        });
        for rest in rests {
            text += &(phrase::wrapped(&rest, self.options.width - 2).join("\n  ") + "\n");
        }
        let drawn = |count: &Count| file.groups.get(&(count.rule, count.column)).map_or(0, |group| group.drawn);
        self.undrawn |= end.counts.iter().any(|count| count.count > drawn(count));
        for count in &end.counts {
            self.worst = self.worst.take().into_iter().chain([Worst::new(count)]).max();
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text += &table::draw(end, LISTED, &self.options);
        text.push('\n');
        self.out.write_all(text.as_bytes())
    }

    fn summary(&mut self, summary: &Summary) -> io::Result<()> {
        let mut notes = Vec::new();
        if summary.hidden > 0 {
            let findings = phrase::count(summary.hidden, "finding");
            notes.push(format!("{findings} only counted: --max-findings is reached (0 details all)."));
        }
        if self.undrawn {
            notes.push("One line for every finding: --format concise.".to_owned());
        }
        match self.options.values {
            _ if !self.valued => {}
            Values::Masked => {
                notes.push("Values are masked (a is a letter, 9 a digit); --show-values always shows them.".to_owned());
            }
            Values::Shown => notes.push(phrase::PERSONAL.to_owned()),
        }
        if summary.fixable > 0 {
            let findings = phrase::count(summary.fixable, "finding");
            notes.push(format!("{findings} can be mended safely: hrlint fix shows how, hrlint fix --write does it."));
        }
        if let Some(worst) = self.worst.take().filter(|worst| worst.severity > Severity::Info) {
            notes.push(format!("Look first at {rule}: hrlint explain {rule}", rule = worst.rule));
        }
        let paint = Paint(self.options.colour);
        let mut text = coverage::table(&summary.policies, self.options.width);
        if !text.is_empty() {
            text.push('\n');
        }
        for note in notes {
            for line in phrase::wrapped(&note, self.options.width) {
                text += &(paint.faint(&line) + "\n");
            }
        }
        let (good, word, found, amount) = verdict(summary);
        let mut lines = vec![format!("{word}: {found}. {amount}.")];
        if phrase::width(&lines[0]) > self.options.width {
            lines = phrase::wrapped(&format!("{word}: {found}."), self.options.width);
            lines.extend(phrase::wrapped(&format!("{amount}."), self.options.width));
        }
        let painted = if good { paint.good(word) } else { paint.severity(Severity::Error, word) };
        text += &(lines.join("\n").replacen(word, &painted, 1) + "\n");
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

impl Sink for Pretty<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(start) => {
                self.file = FileSoFar { headers: start.headers.clone(), ..FileSoFar::default() };
                Ok(())
            }
            Event::Finding(finding) => self.finding(finding),
            Event::FileEnds(end) => self.file_ends(end),
            Event::Summary(summary) => self.summary(summary),
        }
    }
}

/// What is left of a rule and column after those that were drawn: `rule, column C (Name): and 4,812 more in rows 17 to 99,003`.
fn rest(count: &Count, group: &Group) -> Option<String> {
    let rest = count.count.saturating_sub(group.drawn);
    if rest == 0 {
        return None;
    }
    let column =
        count.column.map_or(String::new(), |column| ", ".to_owned() + &phrase::column(column, count.header.as_deref()));
    let more = format!("and {} more", phrase::number(rest));
    let from = group.rest_from.or(count.rest_from);
    let rows =
        from.zip(count.rows).map_or(String::new(), |(from, (_, last))| format!(" in {}", phrase::rows((from, last))));
    Some(format!("{}{column}: {more}{rows}", count.rule))
}

/// Whether all is well, the word for it, what was found, and in how much and how fast.
fn verdict(summary: &Summary) -> (bool, &'static str, String, String) {
    let (good, word) = match summary.outcome() {
        Outcome::Passed => (true, "Passed"),
        Outcome::Failed => (false, "Failed"),
        Outcome::Incomplete => (false, "Incomplete"),
    };
    let (found, unchecked) = (phrase::tally_or_nothing(summary), phrase::unchecked(summary));
    let (files, rows) = (phrase::count(summary.files, "file"), phrase::count(summary.rows, "row"));
    let (size, time) = (phrase::size(summary.bytes), phrase::time(summary.elapsed));
    let rate = phrase::rate(summary.bytes, summary.elapsed).map_or(String::new(), |rate| format!(" ({rate})"));
    let waived = phrase::waived(summary.waived);
    (good, word, format!("{found}{waived}{unchecked}"), format!("{files}, {rows}, {size} in {time}{rate}"))
}
