//! `json` and `jsonl`: every fact of a run for programs, in the shapes of [`object`](super::object).
//!
//! `jsonl` writes one object a line: a file's findings, then the `file` object with its counts, at the end the `summary`.
//! `json` writes the same objects as one document, findings first, so that they need not be held until the counts are
//! known; files are few and are held. Neither holds a time, so that the same input gives the same bytes.
//!
//! Inside strings, characters that act on a terminal or hide are written as `\uXXXX`, and so is the second `#` of `##`,
//! which a build server might obey: to a JSON reader that makes no difference.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter};

use super::Values;
use super::object::{FileObject, FindingObject, SummaryObject, VERSION};
use crate::check::{Event, Sink};
use crate::finding::Printable;

/// Whether objects stand alone or in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One JSON document: `{"version":1,"findings":[..],"files":[..],"summary":{..}}`.
    Document,
    /// One object a line.
    Lines,
}

/// The sink of the `json` and `jsonl` formats.
pub struct Json<'w> {
    out: Box<dyn Write + Send + 'w>,
    shape: Shape,
    values: Values,
    /// The object being written; kept for its allocation.
    object: Vec<u8>,
    /// Whether the document was opened.
    opened: bool,
    /// Whether a finding was written.
    found: bool,
    /// The document's `file` objects, which come after its findings.
    files: Vec<u8>,
}

impl<'w> Json<'w> {
    /// A report that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, shape: Shape, values: Values) -> Self {
        Self { out, shape, values, object: Vec::new(), opened: false, found: false, files: Vec::new() }
    }

    /// Writes one object a line.
    fn line(&mut self, object: &impl Serialize) -> io::Result<()> {
        self.object.clear();
        append(&mut self.object, object)?;
        self.object.push(b'\n');
        self.out.write_all(&self.object)
    }

    /// Adds to the document.
    fn document(&mut self, event: Event<'_>) -> io::Result<()> {
        self.object.clear();
        if !self.opened {
            self.opened = true;
            write!(self.object, "{{\"version\":{VERSION},\"findings\":[")?;
        }
        match event {
            Event::FileBegins(_) => {}
            Event::Finding(finding) => {
                self.object.extend_from_slice(if self.found { b",\n" } else { b"\n" });
                self.found = true;
                append(&mut self.object, &FindingObject::new(finding, self.values))?;
            }
            Event::FileEnds(file) => {
                self.files.extend_from_slice(if self.files.is_empty() { b"\n" } else { b",\n" });
                append(&mut self.files, &FileObject::new(file))?;
            }
            Event::Summary(summary) => {
                self.object.extend_from_slice(b"\n],\"files\":[");
                self.object.append(&mut self.files);
                self.object.extend_from_slice(b"\n],\"summary\":");
                append(&mut self.object, &SummaryObject::new(summary, self.values))?;
                self.object.extend_from_slice(b"}\n");
            }
        }
        self.out.write_all(&self.object)
    }
}

impl Sink for Json<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match (self.shape, event) {
            (Shape::Document, event) => self.document(event)?,
            (Shape::Lines, Event::FileBegins(_)) => {}
            (Shape::Lines, Event::Finding(finding)) => self.line(&FindingObject::new(finding, self.values))?,
            (Shape::Lines, Event::FileEnds(file)) => self.line(&FileObject::new(file))?,
            (Shape::Lines, Event::Summary(summary)) => self.line(&SummaryObject::new(summary, self.values))?,
        }
        if matches!(event, Event::Summary(_)) { self.out.flush() } else { Ok(()) }
    }
}

/// Serialises an object to the end of `out`, its strings safe to print anywhere.
pub(super) fn append(out: &mut Vec<u8>, object: &impl Serialize) -> io::Result<()> {
    object.serialize(&mut Serializer::with_formatter(out, Harmless)).map_err(io::Error::from)
}

/// Compact JSON whose strings are safe to print anywhere.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        let mut previous = '\0';
        for (at, c) in fragment.char_indices() {
            if !Printable::allows(c) || (c == '#' && previous == '#') {
                CompactFormatter.write_string_fragment(writer, &fragment[written..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
                written = at + c.len_utf8();
            }
            previous = c;
        }
        CompactFormatter.write_string_fragment(writer, &fragment[written..])
    }
}
