//! `csv`: one finding a row, for spreadsheets and mail merges.
//!
//! The columns, which keep their order and meaning (new ones come at the end):
//!
//! | column | holds |
//! |---|---|
//! | `severity`, `rule` | `error`, `warning` or `info`; the rule's name |
//! | `file`, `row`, `column`, `header` | the place in a spreadsheet; the column as a number |
//! | `line`, `char` | the place in an editor |
//! | `offset`, `length` | the cell's bytes in the file |
//! | `scenario` | key of the row's scenario |
//! | `message`, `help` | what is wrong, what to do |
//! | `value` | the cell's shape and length, or its text when values are shown |
//! | `fix` | `safe`, `unsafe`, or empty where there is no repair |
//! | `personal data` | `yes` in every row when values are shown, else `no` |
//! | `person` | equal codes, equal persons; empty unless that was asked for |
//!
//! No cell is a formula to any spreadsheet: foreign text that could begin one gets an apostrophe in front, which spreadsheets
//! take as "this is text". That also holds behind a semicolon, because in half of Europe a semicolon ends a cell. Where
//! `--max-findings` hid findings of a file, or waivers let some pass, a row without a rule says how many.

use std::io::{self, Write};

use csv::Writer;

use super::{Values, phrase};
use crate::check::{Event, FileEnd, Sink};
use crate::finding::{Finding, Printable, Safety};

const COLUMNS: [&str; 17] = [
    "severity",
    "rule",
    "file",
    "row",
    "column",
    "header",
    "line",
    "char",
    "offset",
    "length",
    "scenario",
    "message",
    "help",
    "value",
    "fix",
    "personal data",
    "person",
];

/// The sink of the `csv` format.
pub struct Csv<'w> {
    out: Writer<Box<dyn Write + Send + 'w>>,
    values: Values,
    begun: bool,
}

impl<'w> Csv<'w> {
    /// A report that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, values: Values) -> Self {
        Self { out: Writer::from_writer(out), values, begun: false }
    }

    fn row(&mut self, row: &[String; COLUMNS.len()]) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            self.write(&COLUMNS)?;
        }
        self.write(row)
    }

    fn write<T: AsRef<[u8]>>(&mut self, row: &[T]) -> io::Result<()> {
        self.out.write_record(row).map_err(io_error)
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let place = &finding.place;
        let value = finding.value.as_ref().map(|value| self.values.told(value));
        self.row(&[
            finding.severity.name().to_owned(),
            finding.rule.to_owned(),
            text(&finding.file),
            number(place.row),
            number(place.column.map(u64::from)),
            text(place.header.as_deref().unwrap_or_default()),
            number(place.line),
            number(place.char),
            number(place.offset),
            number(place.length),
            text(finding.scenario.as_deref().unwrap_or_default()),
            text(&finding.message),
            text(&finding.help),
            text(&value.unwrap_or_default()),
            finding.fix.as_ref().map_or("", |fix| Safety::name(fix.safety)).to_owned(),
            self.personal(),
            finding.person.map_or(String::new(), |person| person.to_string()),
        ])
    }

    fn file_ends(&mut self, end: &FileEnd) -> io::Result<()> {
        let hidden: u64 = end.counts.iter().map(|count| count.count - count.shown).sum();
        let hidden = (hidden > 0).then(|| phrase::hidden(hidden));
        for told in hidden.into_iter().chain(phrase::waived_alone(end.waived)) {
            let mut row = [const { String::new() }; COLUMNS.len()];
            "info".clone_into(&mut row[0]);
            row[2] = text(&end.file);
            row[11] = told;
            row[15] = self.personal();
            self.row(&row)?;
        }
        Ok(())
    }

    fn personal(&self) -> String {
        if self.values == Values::Shown { "yes" } else { "no" }.to_owned()
    }

    fn summary(&mut self) -> io::Result<()> {
        if !self.begun {
            self.write(&COLUMNS)?;
        }
        self.out.flush()
    }
}

impl Sink for Csv<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(_) => Ok(()),
            Event::Finding(finding) => self.finding(finding),
            Event::FileEnds(end) => self.file_ends(end),
            Event::Summary(_) => self.summary(),
        }
    }
}

fn number(number: Option<u64>) -> String {
    number.map_or(String::new(), |number| number.to_string())
}

/// Foreign text as a cell that is text to every spreadsheet. Printable text has no tab, carriage return or line feed, the
/// other beginnings that programs obey.
fn text(text: &str) -> String {
    let mut out = String::new();
    let mut begins = true;
    for c in Printable::new(text).as_str().chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠') {
            out.push('\'');
        }
        // Blanks and quotes before a formula do not keep every program from taking it for one.
        begins = c == ';' || (begins && matches!(c, ' ' | '"' | '\''));
        out.push(c);
    }
    out
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn no_text_begins_a_formula() {
        for trigger in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "|x", " =1", "\"=1", "a;=1", "a; \"@x", "a;b;+1"] {
            let cell = text(trigger);
            let formula = |part: &str| part.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@', '＝', '|']);
            assert!(!cell.split(';').any(formula), "{cell}");
        }
        assert_eq!(text("\t=1"), "\\t=1");
        assert_eq!(text("a-b@contoso.com = 1"), "a-b@contoso.com = 1");
    }
}
