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
//! | [`json`] | programs | one document, or one object a line (`jsonl`), as in `schemas/report.schema.json` |
//!
//! To add one: a file here, a variant and a row of [`Format::ALL`], and an arm in [`sink`].

pub mod concise;
mod coverage;
pub mod json;
pub mod object;
mod paint;
mod phrase;
pub mod pretty;

use std::io::{self, Write};

pub use object::schema;

use crate::check::{Event, Sink};

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
}

impl Format {
    /// All formats, in the order of the manual.
    pub const ALL: [Self; 4] = [Self::Pretty, Self::Concise, Self::Json, Self::Jsonl];

    /// The word used in options: `pretty`, `concise`, `json` or `jsonl`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
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

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether cell texts are printed.
    pub values: Values,
    /// Whether formats for people use colour.
    pub colour: bool,
    /// Columns of the terminal, for formats that lay out.
    pub width: usize,
}

impl Default for Options {
    /// Masked, without colour, 80 columns wide.
    fn default() -> Self {
        Self { values: Values::Masked, colour: false, width: 80 }
    }
}

/// A report in `format` that is written to `out`.
///
/// It writes once an event and flushes at the summary, so `out` should be buffered where events are many. Errors of `out`
/// (a closed pipe) are handed to the engine as they are.
#[must_use]
pub fn sink<'w>(format: Format, out: Box<dyn Write + Send + 'w>, options: &Options) -> Box<dyn Sink + 'w> {
    match format {
        Format::Pretty => Box::new(pretty::Pretty::new(out, *options)),
        Format::Concise => Box::new(concise::Concise::new(out, *options)),
        Format::Json => Box::new(json::Json::new(out, json::Shape::Document, options.values)),
        Format::Jsonl => Box::new(json::Json::new(out, json::Shape::Lines, options.values)),
    }
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
        assert_eq!(Format::names().collect::<Vec<_>>(), ["pretty", "concise", "json", "jsonl"]);
    }
}
