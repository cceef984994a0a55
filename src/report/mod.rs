//! Reports: what people and programs see of a check. One format, one file.
//!
//! A report is a [`Sink`]: it takes the engine's events in file order, writes what it has to say at once and keeps no
//! more than it still prints. Findings arrive as data; here they get their looks. Foreign text (cells, headers, file and
//! scenario names) reaches people through [`Printable`](crate::finding::Printable) only, and values are masked unless
//! [`Options::values`] says otherwise.
//!
//! | format | for | shape |
//! |---|---|---|
//! | [`pretty`] | a person at a terminal | the record drawn under its header, then exact counts, then the verdict |
//! | [`concise`] | editors, `grep` | `file:line:char severity rule message`, one a line |
//! | [`html`] | a colleague without a terminal | one page: verdict, what to do, charts, rows, findings, rules |
//! | [`json`] | programs | one document, or one object a line (`jsonl`), as in `schemas/report.schema.json` |
//! | [`csv`] | a spreadsheet | one finding a row |
//! | [`markdown`] | a pull request, GitHub's job summary | verdict, counts, details |
//! | [`sarif`] | code scanning | SARIF 2.1.0 within GitHub's limits |
//! | [`junit`] | test views | one test case for each rule and column |
//! | [`github`], [`azure`] | a build's own list of errors | a command on a line for each of the gravest findings |
//! | [`gitlab`] | merge requests | code quality |
//!
//! To add one: a file here, a variant of [`Format`] and a row of `FORMATS`.

mod annotations;
pub mod azure;
pub mod concise;
mod coverage;
pub mod csv;
mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod object;
mod paint;
mod phrase;
pub mod pretty;
pub mod sarif;

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::NaiveDate;
pub use object::schema;
pub(crate) use paint::linked;
#[cfg(feature = "upload")]
pub(crate) use phrase::count;

use crate::check::{Event, Sink};
use crate::finding::{CellText, Severity};

/// The formats a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: drawn findings, a table, a verdict.
    Pretty,
    /// One finding a line.
    Concise,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// One self-contained page.
    Html,
    /// One finding a row, for spreadsheets.
    Csv,
    /// Tables for a comment on a pull request.
    Markdown,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// XML as `JUnit` has it, for test views.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality.
    Gitlab,
    /// Logging commands of Azure Pipelines.
    Azure,
}

/// What is known of a format.
struct Row {
    format: Format,
    name: &'static str,
    open: for<'w> fn(Out<'w>, &Options) -> Box<dyn Sink + 'w>,
}

/// What a report is written to.
type Out<'w> = Box<dyn Write + Send + 'w>;

/// All formats, in the order of the manual and of the variants.
const FORMATS: [Row; 12] = [
    Row { format: Format::Pretty, name: "pretty", open: |out, options| Box::new(pretty::Pretty::new(out, *options)) },
    Row {
        format: Format::Concise,
        name: "concise",
        open: |out, options| Box::new(concise::Concise::new(out, *options)),
    },
    Row {
        format: Format::Json,
        name: "json",
        open: |out, options| Box::new(json::Json::new(out, json::Shape::Document, options.values)),
    },
    Row {
        format: Format::Jsonl,
        name: "jsonl",
        open: |out, options| Box::new(json::Json::new(out, json::Shape::Lines, options.values)),
    },
    Row { format: Format::Html, name: "html", open: |out, options| Box::new(html::Html::new(out, *options)) },
    Row { format: Format::Csv, name: "csv", open: |out, options| Box::new(csv::Csv::new(out, options.values)) },
    Row {
        format: Format::Markdown,
        name: "markdown",
        open: |out, options| Box::new(markdown::Markdown::new(out, options.values, markdown::COMMENT)),
    },
    Row { format: Format::Sarif, name: "sarif", open: |out, options| Box::new(sarif::Sarif::new(out, options.values)) },
    Row { format: Format::Junit, name: "junit", open: |out, options| Box::new(junit::Junit::new(out, *options)) },
    Row { format: Format::Github, name: "github", open: |out, _| Box::new(github::sink(out)) },
    Row { format: Format::Gitlab, name: "gitlab", open: |out, _| Box::new(gitlab::Gitlab::new(out)) },
    Row { format: Format::Azure, name: "azure", open: |out, _| Box::new(azure::sink(out)) },
];

impl Format {
    /// All formats, in the order of the manual.
    pub const ALL: [Self; FORMATS.len()] = {
        let mut all = [Self::Pretty; FORMATS.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = FORMATS[at].format;
            at += 1;
        }
        all
    };

    /// The word used in options, such as `pretty`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The format that is called `name` in options, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The names of all formats, for messages and completions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::name)
    }

    fn row(self) -> &'static Row {
        const ROWS: &[Row] = &FORMATS;
        &ROWS[self as usize]
    }
}

/// Whether cell texts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// Their shape and length only.
    #[default]
    Masked,
    /// In clear (escaped).
    Shown,
}

impl Values {
    /// What a report tells of a cell's text: its shape and length, or the text, escaped for printing.
    fn told(self, text: &CellText) -> String {
        match self {
            Self::Masked => text.described(),
            Self::Shown => text.shown().to_string(),
        }
    }

    /// The same for formats that escape strings in a way of their own.
    fn written(self, text: &CellText) -> Cow<'_, str> {
        match self {
            Self::Masked => Cow::Owned(text.described()),
            Self::Shown => text.in_clear(),
        }
    }
}

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether cell texts are printed.
    pub values: Values,
    /// Whether formats for people use colour.
    pub colour: bool,
    /// Columns of the terminal, for formats that lay out.
    pub width: usize,
    /// The severity from which a finding fails the run, for formats that must say so before the summary.
    pub fail_on: Severity,
    /// The day on which dates are judged, for formats that must have one.
    pub today: NaiveDate,
    /// The address of the page of all rules, for formats that a terminal shows; `None`: nothing is linked.
    pub pages: Option<&'static str>,
}

impl Default for Options {
    /// Masked, without colour and links, 80 columns wide, failing on errors, on no particular day.
    fn default() -> Self {
        Self {
            values: Values::Masked,
            colour: false,
            width: 80,
            fail_on: Severity::Error,
            today: NaiveDate::default(),
            pages: None,
        }
    }
}

/// A report in `format` that is written to `out`.
///
/// It flushes at the summary, so `out` should be buffered where events are many. Errors of `out` (a closed pipe) are handed
/// to the engine as they are.
#[must_use]
pub fn sink<'w>(format: Format, out: Box<dyn Write + Send + 'w>, options: &Options) -> Box<dyn Sink + 'w> {
    (format.row().open)(out, options)
}

/// One listener made of several: each event goes to all of them, in their order.
#[derive(Default)]
pub struct Fan<'w> {
    sinks: Vec<Box<dyn Sink + 'w>>,
}

impl<'w> Fan<'w> {
    /// A fan of these listeners.
    #[must_use]
    pub fn new(sinks: Vec<Box<dyn Sink + 'w>>) -> Self {
        Self { sinks }
    }
}

impl Sink for Fan<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        self.sinks.iter_mut().try_for_each(|sink| sink.take(event))
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn a_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
        assert_eq!(Format::from_name("Pretty"), None);
        assert_eq!(Format::names().take(2).collect::<Vec<_>>(), ["pretty", "concise"]);
    }
}
