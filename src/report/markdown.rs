//! `markdown`: verdict, counts and details, for a comment on a pull request and for GitHub's job summary.
//!
//! Both have a limit (a comment 65,536 characters, a step's summary 1 MiB), so the report is composed at the end from what was
//! kept: all counts that fit into half of it, then details, gravest first, until it is full. What did not fit is said. A byte is
//! taken for a character, which errs on the safe side.
//!
//! Foreign text stands in `<code>` with every mark that Markdown, GitHub or GitLab could read written as a character
//! reference: it makes no link, image, mention, table cell or element.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::coverage::{self, Line};
use super::{Values, phrase};
use crate::check::{Count, Event, FileEnd, Outcome, Sink, Summary};
use crate::finding::{Finding, Printable};

/// Most characters of a comment on GitHub; GitLab takes a million.
pub const COMMENT: usize = 65_536;
/// Most bytes of what a step adds to the job summary on GitHub.
pub const JOB_SUMMARY: usize = 1 << 20;
/// The smallest limit that a report can keep.
pub const SMALLEST: usize = 2 * FRAME;
/// Room for headings, closing lines and what is said of caps.
const FRAME: usize = 2048;
/// Lines of the table of policies: all templates are fewer.
const POLICIES: usize = 100;

/// The sink of the `markdown` format.
pub struct Markdown<'w> {
    out: Box<dyn Write + Send + 'w>,
    values: Values,
    limit: usize,
    /// The tables of counts, as far as they fit.
    counts: String,
    /// Pairs of rule and column whose counts did not fit.
    uncounted: u64,
    /// Rows of details by severity, as many as could ever fit.
    details: [Vec<String>; 3],
    /// Bytes of these rows.
    held: [usize; 3],
    findings: u64,
}

impl<'w> Markdown<'w> {
    /// A report of at most `limit` bytes that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, values: Values, limit: usize) -> Self {
        let details = [const { Vec::new() }; 3];
        Self { out, values, limit, counts: String::new(), uncounted: 0, details, held: [0; 3], findings: 0 }
    }

    fn finding(&mut self, finding: &Finding) {
        self.findings += 1;
        let severity = finding.severity as usize;
        if self.held[severity] > self.limit {
            return;
        }
        let spot = phrase::spot(&finding.file, &finding.place);
        let value = finding.value.as_ref().map_or(String::new(), |value| code(&self.values.told(value)));
        let row = format!(
            "| {} | {} | {} | {} | {} | {value} |\n",
            finding.severity,
            finding.rule,
            code(phrase::clip(spot.as_str(), 200).as_ref()),
            code(&phrase::cell(&finding.place)),
            prose(&format!("{}. {}", finding.message, finding.help)),
        );
        self.held[severity] += row.len();
        self.details[severity].push(row);
    }

    fn file_ends(&mut self, end: &FileEnd) {
        let room = self.limit.saturating_sub(FRAME) / 2;
        let file = Printable::new(&end.file);
        let heading = format!(
            "\n{}: {}\n\n| severity | rule | column | count | rows |\n|---|---|---|---:|---|\n",
            code(phrase::clip(file.as_str(), 200).as_ref()),
            phrase::count(end.rows, "row")
        );
        let before = self.counts.len();
        for count in &end.counts {
            let row = counted(count);
            let heading = if self.counts.len() == before { heading.as_str() } else { "" };
            if self.uncounted > 0 || self.counts.len() + heading.len() + row.len() > room {
                self.uncounted += 1;
            } else {
                self.counts += heading;
                self.counts += &row;
            }
        }
    }

    fn summary(&mut self, summary: &Summary) -> io::Result<()> {
        let verdict = match summary.outcome() {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::Incomplete => "incomplete",
        };
        let mut text = format!("### hrlint: {verdict}\n\n{}\n", phrase::found(summary));
        if self.values == Values::Shown {
            text += format!("\n**{}**\n", phrase::PERSONAL).as_str();
        }
        text += &policies(summary);
        text += &std::mem::take(&mut self.counts);
        if self.uncounted > 0 {
            let more = phrase::count(self.uncounted, "more pair");
            text += format!("\n{more} of rule and column did not fit here (--format json counts all).\n").as_str();
        }
        if self.findings > 0 {
            self.add_details(&mut text);
        }
        if summary.hidden > 0 {
            text += format!("\n{}.\n", phrase::hidden(summary.hidden)).as_str();
        }
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    fn add_details(&self, text: &mut String) {
        let mut room = self.limit.saturating_sub(text.len() + FRAME);
        let mut shown = Vec::new();
        for row in self.details.iter().rev().flatten() {
            if row.len() > room {
                break;
            }
            room -= row.len();
            shown.push(row.as_str());
        }
        let (shown_count, all) = (shown.len() as u64, self.findings);
        let title = if shown_count == all {
            phrase::count(all, "finding")
        } else {
            format!("The {} gravest of {}", phrase::number(shown_count), phrase::count(all, "finding"))
        };
        write!(text, "\n<details><summary>{title}</summary>\n\n").expect("writing to a String cannot fail");
        text.push_str("| severity | rule | in an editor | in a spreadsheet | what and what to do | value |\n");
        text.push_str("|---|---|---|---|---|---|\n");
        text.push_str(&shown.concat());
        text.push_str("\n</details>\n");
        if shown_count < all {
            text.push_str("\nThe rest did not fit here: --format csv or jsonl has all.\n");
        }
    }
}

impl Sink for Markdown<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(_) => {}
            Event::Finding(finding) => self.finding(finding),
            Event::FileEnds(end) => self.file_ends(end),
            Event::Summary(summary) => return self.summary(summary),
        }
        Ok(())
    }
}

/// What the files hold for the policies that were named, a few lines each.
fn policies(summary: &Summary) -> String {
    if summary.policies.is_empty() {
        return String::new();
    }
    let line = |Line { policy, data, rows, good }: Line| {
        let policy = phrase::clip(&policy, 200).into_owned();
        format!("| {} | {} | {rows} | {good} |\n", prose(&policy), prose(&data))
    };
    let all = coverage::lined(&summary.policies);
    let more = all.len().saturating_sub(POLICIES);
    let more = if more == 0 { String::new() } else { format!("\n{more} more lines did not fit here.\n") };
    let lines: String = all.into_iter().take(POLICIES).map(line).collect();
    format!("\n| {} |\n|---|---|---:|---:|\n{lines}{more}", coverage::HEADINGS.join(" | "))
}

fn counted(count: &Count) -> String {
    let column = count.column.map_or(String::new(), |column| phrase::column(column, count.header.as_deref()));
    let rows = count.rows.map_or(String::new(), phrase::rows);
    let Count { severity, rule, .. } = count;
    format!("| {severity} | {rule} | {} | {} | {rows} |\n", code(&column), phrase::number(count.count))
}

/// Text as code that is nothing but text.
fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<code>{}</code>", prose(text)) }
}

/// Text that is nothing but text: all marks are character references but those that mean nothing inside a line.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut previous = ' ';
    for c in Printable::new(text).as_str().chars() {
        // `www.` makes a link by itself.
        let dot = c == '.' && !previous.eq_ignore_ascii_case(&'w');
        if !c.is_ascii() || c.is_ascii_alphanumeric() || dot || matches!(c, ' ' | ',' | '-' | '/') {
            out.push(c);
        } else {
            write!(out, "&#{};", c as u32).expect("writing to a String cannot fail");
        }
        previous = c;
    }
    out
}
