//! `concise`: `file:line:char severity rule message`, one finding a line, for editors and `grep`.
//!
//! A finding without a line has `file:` alone before the severity. After the findings comes one line with their number,
//! and, when `--max-findings` hid some, one line that says how many; neither looks like a finding. Values are never shown.

use std::io::{self, Write};

use super::paint::Paint;
use super::{Options, coverage, phrase};
use crate::check::{Event, Sink, Summary};
use crate::finding::{Finding, Printable};

/// The sink of the `concise` format.
pub struct Concise<'w> {
    out: Box<dyn Write + Send + 'w>,
    paint: Paint,
}

impl<'w> Concise<'w> {
    /// A report that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, options: Options) -> Self {
        Self { out, paint: Paint(options.colour) }
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let Finding { file, place, severity, rule, message, .. } = finding;
        let spot = match place.line {
            Some(_) => phrase::spot(file, place),
            None => Printable::new(&format!("{file}:")),
        };
        // Without a line the message is all that tells where.
        let column = place.column.filter(|_| place.line.is_none()).map(|column| {
            let name = place.header.as_deref().unwrap_or_default();
            format!(" in column {} ({name})", phrase::letters(column))
        });
        let message = Printable::new(&format!("{message}{}", column.unwrap_or_default()));
        let line = format!("{spot} {} {rule} {message}\n", self.paint.severity(*severity, severity.name()));
        self.out.write_all(line.as_bytes())
    }

    fn summary(&mut self, summary: &Summary) -> io::Result<()> {
        let mut lines = coverage::lines(&summary.policies);
        if summary.hidden > 0 {
            lines += &(phrase::hidden(summary.hidden) + "\n");
        }
        lines += &(phrase::found(summary) + "\n");
        self.out.write_all(lines.as_bytes())?;
        self.out.flush()
    }
}

impl Sink for Concise<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(_) | Event::FileEnds(_) => Ok(()),
            Event::Finding(finding) => self.finding(finding),
            Event::Summary(summary) => self.summary(summary),
        }
    }
}
