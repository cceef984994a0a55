//! The strict scanner: byte by byte, says what is wrong and goes on.
//!
//! # After an unclosed quote
//!
//! A quoted cell that no quote closes before the end of the file, or within the limit of a record, is *unterminated*: the
//! opening quote is then read as text and its line ends where it ends, so that one slip costs one row. This is sound and
//! linear: inside an unclosed quote all further quotes stand in even runs (an odd run would close it), and an even run can
//! never leave a quote open when read from outside, so nothing between the slip and the limit is searched twice more.
//!
//! A slip may also be "closed" by the opening quote of a later cell. That shows by text right behind the closing quote. If
//! the cell spans a line break, and its first line, with the quote read as text, has just as many cells as the header, the
//! slip is in the opening quote; otherwise the text behind the closing quote is the fault.

use super::tape::{Observation, Seen};
use super::{Outcome, Piece, Scanner, Tape};

/// Scans the records that begin in `begin..stop` on an empty tape.
pub(super) fn scan(scanner: &Scanner, piece: Piece<'_>, begin: usize, stop: usize, tape: &mut Tape) -> Outcome {
    let mut strict = Strict { scanner, bytes: piece.bytes, text: piece.text(), ends_file: piece.ends_file, tape };
    let mut at = begin;
    while at < stop && !(piece.ends_file && at >= piece.len) {
        match strict.record(at) {
            Ok(next) => at = next,
            Err(Stop::NeedMore) => return Outcome::NeedMore,
            Err(Stop::TooLong) => return Outcome::TooLong(at),
        }
    }
    Outcome::Complete(at.min(piece.len))
}

struct Strict<'a, 't> {
    scanner: &'a Scanner,
    bytes: &'a [u8],
    text: usize,
    ends_file: bool,
    tape: &'t mut Tape,
}

/// Why a record could not be finished.
enum Stop {
    NeedMore,
    TooLong,
}

/// What ended a cell, and where.
enum End {
    Delimiter(usize),
    /// Position of the line feed, or of the carriage return that has none.
    Line(usize),
}

/// How a quoted cell ended.
enum Quoted {
    Closed(End),
    /// A closing quote at this position, and then text.
    Followed(usize),
    /// No closing quote; whether the limit, not the end of the file, ended the search.
    Open(bool),
}

/// How much was on the tape.
#[derive(Clone, Copy)]
struct Length {
    cells: usize,
    inner_breaks: usize,
    observations: usize,
}

impl Strict<'_, '_> {
    /// Reads one record and returns where the next begins.
    fn record(&mut self, begin: usize) -> Result<usize, Stop> {
        let length = self.length();
        let mut cell = begin;
        loop {
            let end = match self.cell(begin, cell) {
                Ok(end) => end,
                Err(stop) => {
                    self.truncate(length);
                    return Err(stop);
                }
            };
            let (at, ended) = match end {
                End::Delimiter(at) => (at, false),
                End::Line(at) => (at, true),
            };
            if at - begin > self.scanner.limit {
                self.truncate(length);
                return Err(Stop::TooLong);
            }
            self.tape.ends.push(at as u32);
            cell = at + 1;
            if ended {
                self.tape.records.push(self.tape.cells() as u32);
                return Ok(cell);
            }
        }
    }

    fn cell(&mut self, record: usize, begin: usize) -> Result<End, Stop> {
        if begin >= self.text || self.bytes[begin] != b'"' {
            return self.bare(record, begin, true);
        }
        match self.quoted(record, begin)? {
            Quoted::Closed(end) => Ok(end),
            Quoted::Followed(close) => {
                if self.is_slip(begin, close) {
                    self.observe(Seen::UnterminatedQuote { at_limit: false });
                    return self.bare(record, begin, false);
                }
                self.observe(Seen::TextAfterQuote);
                self.note_breaks(begin, close);
                self.bare(record, close + 1, false)
            }
            Quoted::Open(at_limit) => {
                self.observe(Seen::UnterminatedQuote { at_limit });
                self.bare(record, begin, false)
            }
        }
    }

    /// Reads text up to the next delimiter or line end.
    fn bare(&mut self, record: usize, begin: usize, observe: bool) -> Result<End, Stop> {
        let delimiter = self.scanner.delimiter;
        let mut stray = false;
        for at in begin..self.text {
            match self.bytes[at] {
                byte if byte == delimiter => return Ok(self.bare_end(stray, End::Delimiter(at))),
                b'\n' => return Ok(self.bare_end(stray, End::Line(at))),
                b'\r' => {
                    let at = self.line_end(at)?;
                    return Ok(self.bare_end(stray, End::Line(at)));
                }
                b'"' => stray |= observe,
                _ => {}
            }
        }
        Err(self.unfinished(record))
    }

    fn bare_end(&mut self, stray: bool, end: End) -> End {
        if stray {
            self.observe(Seen::StrayQuote);
        }
        end
    }

    /// Where the line that has a carriage return at `at` ends: there, or at the line feed behind.
    fn line_end(&self, at: usize) -> Result<usize, Stop> {
        if at + 1 < self.text {
            Ok(at + usize::from(self.bytes[at + 1] == b'\n'))
        } else if self.ends_file {
            Ok(at)
        } else {
            Err(Stop::NeedMore)
        }
    }

    /// The text ended in the middle of a record.
    fn unfinished(&self, record: usize) -> Stop {
        if self.ends_file || self.text - record > self.scanner.limit + 1 { Stop::TooLong } else { Stop::NeedMore }
    }

    fn quoted(&mut self, record: usize, begin: usize) -> Result<Quoted, Stop> {
        let limit = (record + self.scanner.limit).min(self.text);
        let mut from = begin + 1;
        loop {
            let found = memchr::memchr(b'"', self.bytes.get(from..limit).unwrap_or_default());
            let Some(close) = found.map(|at| from + at) else {
                let at_limit = record + self.scanner.limit < self.text;
                return if at_limit || self.ends_file { Ok(Quoted::Open(at_limit)) } else { Err(Stop::NeedMore) };
            };
            if close + 1 >= self.text && !self.ends_file {
                return Err(Stop::NeedMore);
            }
            let behind = self.bytes[close + 1];
            if behind == b'"' && close + 1 < self.text {
                from = close + 2;
                continue;
            }
            let end = match behind {
                byte if byte == self.scanner.delimiter => End::Delimiter(close + 1),
                b'\n' => End::Line(close + 1),
                b'\r' => End::Line(self.line_end(close + 1)?),
                _ => return Ok(Quoted::Followed(close)),
            };
            self.note_breaks(begin, close);
            return Ok(Quoted::Closed(end));
        }
    }

    /// Whether the quote that opens at `begin` and is closed in the middle of text at `close` is a slip: its first line,
    /// with the quote as text, is a whole record.
    ///
    /// Up to there, quotes stand in even runs, so no delimiter of that line is inside quotes.
    fn is_slip(&self, begin: usize, close: usize) -> bool {
        let Some(expected) = self.scanner.expected else { return false };
        let Some(line) = memchr::memchr2(b'\n', b'\r', &self.bytes[begin..close]) else { return false };
        let delimiters = memchr::memchr_iter(self.scanner.delimiter, &self.bytes[begin..begin + line]).count();
        self.tape.cells() - self.start_of_record() + delimiters + 1 == expected
    }

    fn start_of_record(&self) -> usize {
        self.tape.records.last().unwrap_or(0) as usize
    }

    /// Notes what is wrong with the cell that is being read.
    fn observe(&mut self, seen: Seen) {
        let cell = (self.tape.cells() - self.start_of_record()) as u32;
        self.tape.observations.push(Observation { seen, record: self.tape.records.len() as u32, cell });
    }

    fn note_breaks(&mut self, begin: usize, close: usize) {
        let mut from = begin;
        while let Some(at) = memchr::memchr2(b'\n', b'\r', &self.bytes[from..close]).map(|at| from + at) {
            if self.bytes[at] == b'\n' || self.bytes[at + 1] != b'\n' {
                self.tape.inner_breaks.push(at as u32);
            }
            from = at + 1;
        }
    }

    fn length(&self) -> Length {
        let tape = &*self.tape;
        Length { cells: tape.cells(), inner_breaks: tape.inner_breaks.len(), observations: tape.observations.len() }
    }

    fn truncate(&mut self, length: Length) {
        self.tape.ends.truncate(length.cells + 1);
        self.tape.inner_breaks.truncate(length.inner_breaks);
        self.tape.observations.truncate(length.observations);
    }
}
